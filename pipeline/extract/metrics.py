"""What is usual in this document: type size, line pitch, column edges. All later decisions are relative to it."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.drawings import Box
from pipeline.extract.lines import Line

BODY_SHARE = 0.2
"""Share of a document's characters that a type size needs to be the body's; the largest such size is."""
FULL_SHARE = 0.15
"""Share of a column's lines that end at its right edge, at least."""
EDGE = 3.0
"""Points by which the ends of full lines differ."""
SAME_LEFT = 1.5
"""Points by which lines that begin at one edge differ."""
CLOSERS = "。．.！？!?」』）)】］]：:"
"""Characters with which a paragraph may end."""
BESIDE, BELOW = 3, 3.0
"""Lines beside a figure that its column leaves room for, at least; type sizes under it in which its caption stands."""
SMALL = 0.94
"""Type smaller than this share of the body's is set small on purpose (notes, captions)."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Usual measures of the body, in points; ``face`` is its usual font, ``pitch`` the usual distance of baselines.

    ``short`` is the white at a line's end, in type sizes, that only a paragraph's last line leaves.
    """

    size: float
    face: str
    color: str
    pitch: float
    short: float = 2.5

    def is_small(self, line: Line) -> bool:
        """Whether the line is set smaller than the body."""
        return line.size < SMALL * self.size


def measure(lines: Sequence[Line]) -> Metrics:
    """Measures a document's lines (furniture left out). Raises ValueError where there are none."""
    text = [line for line in lines if not line.table] or list(lines)
    if not text:
        raise ValueError("no lines to measure")
    weights: Counter[float] = Counter()
    for line in text:
        weights[line.size] += len(line.glyphs)
    total = weights.total()
    size = max((s for s, n in weights.items() if n >= BODY_SHARE * total), default=weights.most_common(1)[0][0])
    body = [line for line in text if abs(line.size - size) < 0.3]
    faces: Counter[str] = Counter()
    colors: Counter[str] = Counter()
    for line in body:
        faces[line.font] += len(line.glyphs)
        colors[line.color] += len(line.glyphs)
    return Metrics(size, faces.most_common(1)[0][0], colors.most_common(1)[0][0], _pitch(body, size))


def _pitch(body: Sequence[Line], size: float) -> float:
    steps = [
        round(b.base - a.base, 1)
        for a, b in itertools.pairwise(body)
        if a.page == b.page and 0.9 * size < b.base - a.base < 3.5 * size
    ]
    return statistics.mode(steps) if steps else 1.6 * size


def set_edges(lines: Sequence[Line], metrics: Metrics) -> None:
    """Gives every line the edges that its column's text has, in place of those of whatever stood in it."""
    columns: dict[tuple[int, float, float], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.table:
            columns[(line.page, line.left, line.right)].append(line)
    found: dict[tuple[int, float, float], tuple[float, float]] = {}
    for key, members in columns.items():
        body = [m for m in members if abs(m.size - metrics.size) < 0.3]
        if len(body) < 5:  # another text of the same paper, set slightly larger or smaller
            body = [m for m in members if SMALL * metrics.size <= m.size < metrics.size / SMALL]
        if len(body) >= 5:
            right = _right(members)
            found[key] = (_left(body, right), right)
    usual = _usual_lefts(found, columns)
    for key, (left, right) in found.items():
        at = usual[round(right / EDGE)]
        if left > at + 0.8 * metrics.size and any(abs(member.x0 - at) <= SAME_LEFT for member in columns[key]):
            found[key] = (at, right)
    for key, members in columns.items():
        left, right = found.get(key) or _nearest(key, found) or (key[1], key[2])
        for member in members:
            member.left, member.right = left, right


def set_edges_beside(lines: Sequence[Line], figures: Mapping[int, Sequence[Box]]) -> None:
    """Gives lines that stand beside a figure in their column the edges that it leaves them.

    ``figures`` are the boxes of each page. A caption may stand under a figure, so that the text is narrow further down.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if figures.get(line.page) and not line.table:
            pages[line.page].append(line)
    for page, own in pages.items():
        for box in figures[page]:
            for column in {(line.left, line.right) for line in own}:
                if column[0] - EDGE <= box[0] and box[2] <= column[1] + EDGE:
                    _make_room([line for line in own if (line.left, line.right) == column], box)


def _make_room(lines: Sequence[Line], box: Box) -> None:
    """Moves the edges of the lines of a column that stand left or right of a box in it."""
    near = [line for line in lines if box[1] - line.size < line.base < box[3] + BELOW * line.size]
    after, before = [line for line in near if line.x0 > box[2]], [line for line in near if line.x1 < box[0]]
    if len(after) >= BESIDE:
        left = min(line.x0 for line in after)
        for line in after:
            line.left = left
    if len(before) >= BESIDE:
        right = max(line.x1 for line in before)
        for line in before:
            line.right = right


def with_short(metrics: Metrics, lines: Sequence[Line]) -> Metrics:
    """The measures with how ragged the right edge is, once the edges of columns are known."""
    slacks = sorted(
        line.slack
        for line in lines
        if not line.table and abs(line.size - metrics.size) < 0.3 and line.said[-1:] not in CLOSERS and line.slack > -1
    )
    if len(slacks) < 10:
        return metrics
    ragged = slacks[round(0.7 * (len(slacks) - 1))]
    return replace(metrics, short=min(2.5, max(1.2, ragged + 0.6)))


def _left(lines: Sequence[Line], right: float) -> float:
    """The x at which most lines begin; the leftmost of those that many lines share, or some that run on from a line to
    the next (where most of a page is set in).
    """
    starts = Counter(round(line.x0) for line in lines)
    often = [x for x in starts if sum(starts[x + d] for d in (-1, 0, 1)) >= 0.25 * len(lines)]
    running = [
        (a, b) for a, b in itertools.pairwise(lines) if abs(right - a.x1) < a.size and b.text.strip()[:1].isalpha()
    ]
    often += [round(b.x0) for a, b in running if a.text.strip()[:1].isalpha() and abs(a.x0 - b.x0) <= SAME_LEFT]
    anchor = min(often) if often else min(starts)
    return statistics.median(line.x0 for line in lines if abs(line.x0 - anchor) <= SAME_LEFT)


def _usual_lefts(
    found: Mapping[tuple[int, float, float], tuple[float, float]],
    columns: Mapping[tuple[int, float, float], Sequence[Line]],
) -> dict[int, float]:
    """The left edge that most lines have in the columns that end at one x, by that x in steps of EDGE."""
    lefts: dict[int, Counter[float]] = defaultdict(Counter)
    for key, (left, right) in found.items():
        lefts[round(right / EDGE)][left] += len(columns[key])
    return {right: counted.most_common(1)[0][0] for right, counted in lefts.items()}


def _right(lines: Sequence[Line]) -> float:
    """The furthest x at which several lines end (hanging punctuation aside)."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    needed = max(3, round(FULL_SHARE * len(ends)))
    for end in ends:
        near = [x for x in ends if end - EDGE <= x <= end]
        if len(near) >= needed:
            return statistics.median(near)
    return ends[0]


def _nearest(
    key: tuple[int, float, float], found: dict[tuple[int, float, float], tuple[float, float]]
) -> tuple[float, float] | None:
    """The edges of the column that a sparsely filled one most likely shares: the one it lies within."""
    _, x0, x1 = key
    fits = [edges for edges in found.values() if edges[0] - 8 <= x0 and x1 <= edges[1] + 40 and x0 < edges[1]]
    if not fits:
        return None
    return (
        Counter(fits).most_common(1)[0][0]
        if x1 - x0 < 60
        else min(fits, key=lambda e: abs(e[0] - x0) + 0.1 * abs(e[1] - x1))
    )
