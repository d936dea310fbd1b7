"""Reading order of the pieces of a page: which columns there are, and in which order they are read.

Rows of a page that share a white gutter with text on both sides make a band of columns; the band is
read column by column, what stands above before it and what stands below after it.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

MIN_GUTTER = 0.9
"""Width of a gutter between columns, in type sizes."""
CLOSE_GUTTER, CLOSE_ROWS = 0.25, 8
"""Width of a narrow gutter, in type sizes, and the lines that must begin at its right edge."""
WIDE_AREA = 0.6
"""Share of the page's text that an area across all columns is wide, at least."""
MIN_COLUMN = 11.0
"""Least width of a column of text, in type sizes; narrower ones are cells or labels."""
MIN_ROWS = 4
"""Rows that a column needs on each side of a gutter."""
HEAD_ROWS, HEAD_WHITE = 3, 1.4
"""Printed lines of a heading over all columns, at most, and the white above it in that between lines, at least."""
SMALL = 0.9
"""Type under this share of the columns' usual size is set small on purpose."""
INDENT, LEAD = 1.5, 2.0
"""Indent of a column's line in type sizes, and white between its lines in usual ones, at most."""
PROFILE_ROWS = 12
"""Lines that may stand apart under columns on the left, at most; more are a column."""
FRONT_ROWS = 8
"""Lines that may stand above the columns without touching a gutter, at most."""
LEVEL = 4.0
"""Type sizes by which the ends of columns of one section differ, at most."""
MIN_FILL = 0.6
"""Share of its column's width that the middle row of a column of text fills."""


class Boxed(Protocol):
    """Anything with a box and a type size."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float


class Area(Protocol):
    """Anything with a box."""

    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...


B = TypeVar("B", bound=Boxed)
A = TypeVar("A", bound=Area)


Gutter = tuple[float, float]
"""Left and right edge of the white between two columns."""


def in_reading_order(boxes: Sequence[B], areas: Sequence[A], known: list[Gutter]) -> list[list[B] | A]:
    """Columns of boxes in reading order, with each area (a table) where it stands among them.

    ``known`` gathers the gutters that were found, at which a line is enough from then on.
    """
    for area in sorted(areas, key=lambda a: a.top):
        if _is_wide(area, boxes, areas):
            above = [b for b in boxes if (b.top + b.bottom) / 2 < area.top]
            below = [b for b in boxes if (b.top + b.bottom) / 2 >= area.top]
            others = [a for a in areas if a is not area]
            before = in_reading_order(above, [a for a in others if a.top < area.top], known)
            return [*before, area, *in_reading_order(below, [a for a in others if a.top >= area.top], known)]
    regions: list[list[B] | A] = []
    for column in _columns(list(boxes), known):
        regions += _with_areas(column, areas, regions)
    placed = [region for region in regions if not isinstance(region, list)]
    return regions + [area for area in areas if area not in placed]


def _is_wide(area: A, boxes: Sequence[B], areas: Sequence[A]) -> bool:
    """Whether an area goes across all columns: nothing stands beside it, and it is as wide as most of the page."""
    edges = [(b.x0, b.x1) for b in boxes] + [(a.x0, a.x1) for a in areas]
    wide = area.x1 - area.x0 > WIDE_AREA * (max(x1 for _, x1 in edges) - min(x0 for x0, _ in edges))
    return wide and not any(area.top < (b.top + b.bottom) / 2 < area.bottom for b in boxes)


def _with_areas(column: list[B], areas: Sequence[A], before: list[list[B] | A]) -> list[list[B] | A]:
    """A column cut where areas stand in its way or above it."""
    if not column:
        return []
    x0, x1 = min(b.x0 for b in column), max(b.x1 for b in column)
    bottom = max(b.bottom for b in column)
    out: list[list[B] | A] = []
    rest = column
    for area in sorted(areas, key=lambda a: a.top):
        shared = min(x1, area.x1) - max(x0, area.x0)
        if area in before or shared < 0.3 * (area.x1 - area.x0) or area.top > bottom:
            continue
        above = [b for b in rest if (b.top + b.bottom) / 2 < area.top]
        rest = [b for b in rest if (b.top + b.bottom) / 2 >= area.top]
        out += [above] if above else []
        out.append(area)
    return out + ([rest] if rest else [])


def _columns(boxes: list[B], known: list[Gutter], whole: bool = True) -> list[list[B]]:
    """Columns in reading order; one where no gutter is found. ``whole`` tells that nothing stands beside the boxes."""
    rows = _rows(boxes)
    best = _band(rows, known)
    if best is None:
        return [boxes] if boxes else []
    start, end, gutter = best
    left, right = _sides([box for row in rows[start:end] for box in row], gutter)
    white = _usual([b.x1 for b in left]), _usual([b.x0 for b in right])
    if end - start >= MIN_ROWS and white not in known:
        known.append(white)
    above, *sections, below = [
        [box for row in rows[:start] for box in row],
        *_sections([box for row in rows[start:end] for box in row], gutter),
        [box for row in rows[end:] for box in row],
    ]
    if len(sections) > 1 and len(_rows(sections[0])) < MIN_ROWS:
        above += sections.pop(0)  # the last lines of other columns, which happen to leave this gutter free
    read: dict[int, list[list[B]]] = {}
    longest = sorted(enumerate(sections), key=lambda item: -len(item[1]))  # it shows its gutters best
    for at, section in longest:
        beside = [column for side in _sides(section, gutter) for column in _columns(side, known, whole=False)]
        read[at] = _notes_last(beside) if whole else beside
    inner = [column for _, columns in sorted(read.items()) for column in columns]
    return _columns(above, known) + inner + _columns(below, known)


def _usual(edges: Sequence[float]) -> float:
    """The place, to a point, at which most lines end or begin."""
    return float(Counter(map(round, edges)).most_common(1)[0][0])


def _sections(boxes: list[B], gutter: float) -> list[list[B]]:
    """The text of a band cut above headings that stand over all its columns though they do not reach the gutter."""
    left, right = (sorted(side, key=lambda b: b.top) for side in _sides(boxes, gutter))
    whites = [b.top - a.bottom for a, b in pairwise(left)]
    whites.insert(0, statistics.median(whites) if whites else 0.0)
    cuts = [
        left[i].top
        for i in range(1, len(left))
        if whites[i] > max(HEAD_WHITE * whites[i - 1], 0.4 * left[i].size) and _heads(left, i, right)
    ]
    edges = [float("-inf"), *cuts, float("inf")]
    return [[b for b in boxes if low <= b.top < high] for low, high in pairwise(edges)]


def _heads(left: Sequence[B], index: int, right: Sequence[B]) -> bool:
    """Whether the heading that begins at ``index`` stands over both columns: they end at about one height above it,
    and begin anew at one height below it."""
    above, head = left[index - 1], left[index]
    before = [b.bottom for b in right if b.bottom <= head.top]
    if head.x1 > max(b.x1 for b in left) - 2 * head.size:
        return False  # a full line is no heading
    if before and abs(above.bottom - before[-1]) > LEVEL * above.size:
        return False
    for below in left[index + 1 : index + 1 + HEAD_ROWS]:
        slip = 0.2 * below.size
        after = [b for b in right if b.top >= below.top - slip]
        if after and after[0].top <= below.top + slip:
            alike = abs(after[0].size - below.size) <= 0.05 * below.size  # and no heading of its own column
            return alike and len(before) + len(after) == len(right)
    return False


def _sides(boxes: Sequence[B], gutter: float) -> tuple[list[B], list[B]]:
    """The boxes left and right of a gutter."""
    return [b for b in boxes if (b.x0 + b.x1) / 2 < gutter], [b for b in boxes if (b.x0 + b.x1) / 2 >= gutter]


def _notes_last(columns: list[list[B]]) -> list[list[B]]:
    """Columns that stand beside one another, in reading order; notes under all of them are read after all."""
    widths: dict[float, float] = defaultdict(float)
    for box in (b for column in columns for b in column):
        widths[box.size] += box.x1 - box.x0
    least = 0.1 * sum(widths.values())
    usual = max((size for size, width in widths.items() if width >= least), default=0.0)
    parts = []
    for column in columns:
        rows = sorted(column, key=lambda b: b.top)
        end = len(rows)
        while end > 0 and rows[end - 1].size < SMALL * usual:
            end -= 1
        parts.append((rows[:end], rows[end:]))
    if not all(text and notes for text, notes in parts):
        return columns
    return [text for text, _ in parts] + [notes for _, notes in parts]


def _rows(boxes: list[B]) -> list[list[B]]:
    """Boxes that overlap in height, from the top."""
    rows: list[list[B]] = []
    bottom = float("-inf")
    for box in sorted(boxes, key=lambda b: b.top):
        if rows and box.top < bottom - 0.5 * box.size:
            rows[-1].append(box)
            bottom = max(bottom, box.bottom) if box.bottom - box.top < 3 * box.size else bottom
        else:
            rows.append([box])
            bottom = box.bottom
    return rows


def _band(rows: list[list[B]], known: Sequence[Gutter]) -> tuple[int, int, float] | None:
    """The longest run of rows (start, end) with a common gutter and text on both sides of it, and the gutter's x."""
    if len(rows) < MIN_ROWS and not known:
        return None
    boxes = [box for row in rows for box in row]
    size = statistics.median(b.size for b in boxes) if boxes else 0.0
    low, high = min((b.x0 for b in boxes), default=0.0), max((b.x1 for b in boxes), default=0.0)
    best: tuple[int, int, float] | None = None
    whites = [((a + b) / 2, MIN_GUTTER * size, (a, b)) for a, b in known]
    for gutter, width, white in [*((x, width, None) for x, width in _gutters(boxes, size)), *whites]:
        if white is None and min(gutter - low, high - gutter) < MIN_COLUMN * size:
            continue
        for start, end in _runs(rows, gutter, width, 1 if white else MIN_ROWS):
            start, end = _trimmed(rows, start, end, gutter)
            if best is not None and end - start <= best[1] - best[0]:
                continue
            if _meets(rows[start:end], white) if white else _is_columns(rows[start:end], gutter, size):
                best = (start, end, gutter)
    return best


def _meets(rows: list[list[B]], white: Gutter) -> bool:
    """Whether a line on the left ends and one on the right begins where a known gutter does."""
    left, right = _sides([box for row in rows for box in row], sum(white) / 2)
    if not left or not right:
        return False
    end, begin = max(left, key=lambda b: b.x1), min(right, key=lambda b: b.x0)
    return abs(end.x1 - white[0]) < end.size and abs(begin.x0 - white[1]) < INDENT * begin.size


def _gutters(boxes: Sequence[B], size: float) -> list[tuple[float, float]]:
    """Where gutters may be, with their widths: left of each box, and narrow ones left of where many boxes begin."""
    wide = sorted({math.floor(b.x0 - MIN_GUTTER * size / 2) for b in boxes})
    starts = Counter(round(b.x0) for b in boxes)
    close = [x for x, count in starts.items() if count + starts[x + 1] >= CLOSE_ROWS]
    half = CLOSE_GUTTER * size / 2
    return [(x, MIN_GUTTER * size) for x in wide] + [(x - 1 - half, 2 * half) for x in sorted(close)]


def _trimmed(rows: list[list[B]], start: int, end: int, gutter: float) -> tuple[int, int]:
    """A band without what only happens to leave the gutter free: lines at the right above the columns (by-lines), and
    what stands apart on the left below the end of the right column (a profile)."""
    steps = [rows[i + 1][0].top - rows[i][0].top for i in range(start, end - 1)]
    usual = statistics.median(steps) if steps else 0.0
    start = _below_front(rows, start, end, gutter, usual)
    lead = next((i for i in range(start, end) if any(b.x0 < gutter for b in rows[i])), end)
    below = next((b.top for row in rows[lead:end] for b in row if b.x0 >= gutter), None)
    near = 1.25 * max(usual, 1.3 * rows[start][0].size) if start < end else 0.0
    right = [b for row in rows[lead:end] for b in row if b.x0 >= gutter]
    edge, far = min((b.x0 for b in right), default=gutter), max((b.x1 for b in right), default=gutter)
    tops = sorted(b.top for b in right)
    pitch = statistics.median([b - a for a, b in pairwise(tops)] or [0.0])
    first = lead
    while first > start and below is not None:
        row = rows[first - 1]
        flush = row[0].x0 - edge < INDENT * row[0].size
        byline = not flush and far - row[-1].x1 < row[0].size
        if byline or below - row[0].top > (LEAD * pitch if flush else near):
            break
        first -= 1
        below = row[0].top
    start = first
    both = max((i for i in range(start, end) if any(b.x0 >= gutter for b in rows[i])), default=end - 1)
    for index in range(max(both + 1, end - PROFILE_ROWS), end):
        if rows[index][0].top - rows[index - 1][0].bottom > 1.6 * usual:
            return start, index
    ends = max((b.bottom for b in right), default=0.0)
    for index in range(max(both + 1, end - HEAD_ROWS, start + 2), end):
        before, above, head = (rows[i][0] for i in (index - 2, index - 1, index))
        level = above.x0 < gutter and before.x0 < gutter and abs(above.bottom - ends) < LEVEL * above.size
        least = HEAD_WHITE if head.size > 1.04 * above.size else 2 * HEAD_WHITE
        if level and head.top - above.bottom > least * max(above.top - before.bottom, 0.3 * head.size):
            return start, index  # a heading over the columns that begin below
    return start, end


def _below_front(rows: list[list[B]], start: int, end: int, gutter: float, usual: float) -> int:
    """Start of a band without lines above its columns that happen to leave the gutter free: some at the left, some at
    the right or in the middle, and white below them."""
    right = [b.x0 for row in rows[start:end] for b in row if b.x0 >= gutter]
    edge = _usual(right) if right else gutter
    size = statistics.median([b.size for row in rows[start:end] for b in row] or [0.0])
    aside = False
    for index in range(start, min(start + FRONT_ROWS, end - MIN_ROWS)):
        row = rows[index]
        off = row[0].x0 - edge
        flush = abs(off) < INDENT * row[0].size and row[0].size < 1.1 * size
        if len({b.x0 < gutter for b in row}) > 1 or flush:
            break  # a line of both columns, or of the right one
        aside = aside or off > 0
        white = rows[index + 1][0].top - max(b.bottom for b in row)
        if aside and white > max(usual, row[0].size):
            return index + 1
    return start


def _runs(rows: list[list[B]], gutter: float, width: float, least: int) -> list[tuple[int, int]]:
    """Maximal runs of so many rows or more in which nothing stands in the gutter."""
    half = width / 2
    runs, start = [], 0
    for index, row in enumerate(rows):
        if any(box.x0 < gutter + half - 0.1 and box.x1 > gutter - half + 0.1 for box in row):
            runs.append((start, index))
            start = index + 1
    runs.append((start, len(rows)))
    return [(a, b) for a, b in runs if b - a >= least]


def _is_columns(rows: list[list[B]], gutter: float, size: float) -> bool:
    """Whether text fills a column on each side of a gutter, as far as the next gutter."""
    boxes = [box for row in rows for box in row]
    for left in (True, False):
        edge = _next_gutter(boxes, gutter, size, left)
        low, high = (edge, gutter) if left else (gutter, edge)
        widths = [sum(b.x1 - b.x0 for b in row if low <= b.x0 and b.x1 <= high) for row in rows]
        filled = [width for width in widths if width]
        begun = not left and 0 < len(filled) < MIN_ROWS and all(widths[: len(filled)]) and len(rows) >= 2 * MIN_ROWS
        if begun and max(filled) >= MIN_COLUMN * size:
            continue  # the first lines of a column that the text does not fill
        if len(filled) < MIN_ROWS or high - low < MIN_COLUMN * size:
            return False
        if statistics.median(filled) < MIN_FILL * (high - low):
            return False
    return True


def _next_gutter(boxes: Sequence[Boxed], gutter: float, size: float, left: bool) -> float:
    """How far text reaches on one side of a gutter before the next white that is wide enough for one."""
    if left:
        edge = gutter
        for box in sorted((b for b in boxes if b.x1 <= gutter), key=lambda b: -b.x1):
            if edge < gutter and box.x1 < edge - MIN_GUTTER * size:
                break
            edge = min(edge, box.x0)
        return edge
    edge = gutter
    for box in sorted((b for b in boxes if b.x0 >= gutter), key=lambda b: b.x0):
        if edge > gutter and box.x0 > edge + MIN_GUTTER * size:
            break
        edge = max(edge, box.x1)
    return edge
