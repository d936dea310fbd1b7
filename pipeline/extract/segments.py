"""Glyphs on one baseline -> segments, each with the small raised or lowered glyphs that belong to it."""

from __future__ import annotations

import bisect
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.glyphs import Glyph

SAME_BASELINE = 0.14
"""Share of the type size by which glyphs of one baseline may differ (fonts are set slightly apart)."""
SEGMENT_GAP = 1.1
"""White space, in type sizes, at which a printed line may be two things (cells, columns, tabs)."""
CELL = 16.0
"""Side in points of the squares by which neighbours are looked up."""
_FARTHEST = 1000
"""Squares from the page's corner up to which places count; no page is larger, but a damaged file may say so."""
COLUMN_ROWS = 8
"""Lines that must begin at one x for it to be the edge of a column that stands close to another."""
COLUMN_GAP = 0.4
"""White space before such a column, in type sizes, at least."""
SHARED_ROWS = 4
"""Lines that must begin at one x for the white in the box of a bracket before it to count as white between columns."""
SAME_X = 1.0
"""Points by which the beginnings of a column's lines differ."""
SCRIPT_SIZE = 0.88
"""Glyphs smaller than this share of their neighbours may be a superscript or subscript."""
SCRIPT_GAP = 0.6
"""White space, in type sizes, between text and a mark after it."""
LABEL_GAP = 6.0
"""White space, in type sizes, between a note's raised number and its text."""
RUBY_SIZE = 0.62
"""Kana smaller than this share of the type below them are ruby."""
LEAST_SCRIPT = 0.3
"""Share of the size of the text beside it that a raised or lowered glyph has at least; less is a line of its own."""
RAISED_SIZE = 1.15
"""Size of a mark, in that of the text beside it, up to which it may be set as large as that and only raised."""
RISE = (0.2, 0.6)
"""Height by which such a mark stands above the baseline, in type sizes."""
BESIDE = 0.3
"""White space beside such a mark, or between the parts of one mark, in type sizes, at most."""
_SCRIPT = re.compile(r"(?:[注註脚]|[^\u3040-\u30ff\u3400-\u9fff]){1,24}$")
"""What may be raised or lowered: figures, signs, Latin letters, a few; of Japanese what notes are called."""
_LABEL = re.compile(r"[(（\[［]?[注註]?[\d０-９*†‡]{1,4}[)）\]］]?[.．]?$")


@dataclass(eq=False)
class Segment:
    """Glyphs of one baseline without a wide gap; the raised ones that belong to it come later."""

    glyphs: list[Glyph]
    scripts: list[Glyph] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = Counter(round(g.size * 4) / 4 for g in self.glyphs).most_common(1)[0][0]
        self.base = statistics.median(g.base for g in self.glyphs)
        self.x0 = min(g.x0 for g in self.glyphs)
        self.x1 = max(g.x1 for g in self.glyphs)
        self.top = min(g.top for g in self.glyphs)
        self.bottom = max(g.bottom for g in self.glyphs)


class Neighbours:
    """Segments by the squares of the page that they cover, so that those near one are found without looking at all."""

    def __init__(self, segments: list[Segment]) -> None:
        self._cells: dict[tuple[int, int], list[Segment]] = defaultdict(list)
        self._all = set(segments)
        self.largest = max((segment.size for segment in segments), default=0.0)
        for segment in segments:
            for row in _span(segment.top, segment.bottom):
                for column in _span(segment.x0, segment.x1):
                    self._cells[row, column].append(segment)

    def __contains__(self, segment: object) -> bool:
        return segment in self._all

    def within(self, x0: float, top: float, x1: float, bottom: float, above: float) -> list[Segment]:
        """Segments larger than ``above`` points that come into a rectangle, from its top."""
        found = {
            id(s): s
            for row in _span(top, bottom)
            for column in _span(x0, x1)
            for s in self._cells.get((row, column), ())
            if s.size > above and s.top <= bottom and s.bottom >= top and s.x0 <= x1 and s.x1 >= x0
        }
        return sorted(found.values(), key=lambda s: (s.top, s.x0))


def _span(low: float, high: float) -> range:
    """The squares that a distance covers."""
    first, last = (int(max(-_FARTHEST, min(_FARTHEST, edge // CELL))) for edge in (low, high))
    return range(first, last + 1)


def segments_of(glyphs: list[Glyph]) -> list[Segment]:
    """Groups glyphs by baseline and size, and cuts each group at wide gaps."""
    strips: list[list[Glyph]] = []
    references: dict[int, Glyph] = {}  # the first glyph of a strip that is no blank: a blank's size says nothing
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.x0)):
        for strip in reversed(strips[-4:]):
            reference = references[id(strip)]
            near = SAME_BASELINE * max(glyph.size, reference.size)
            alike = min(glyph.size, reference.size) > SCRIPT_SIZE * max(glyph.size, reference.size)
            blank = glyph.text.isspace() or reference.text.isspace()
            if abs(glyph.base - reference.base) <= near and (alike or blank):
                strip.append(glyph)
                if reference.text.isspace():
                    references[id(strip)] = glyph
                break
        else:
            strips.append([glyph])
            references[id(strips[-1])] = glyph
    for strip in strips:
        strip.sort(key=lambda g: g.x0)
    strips.sort(key=lambda strip: strip[0].base)
    starts = _starts(strips)
    edges = column_edges(strips, starts)
    return [segment for strip in strips for segment in _cut(strip, edges.get(id(strip), []), starts)]


def _cut(strip: list[Glyph], edges: list[float], starts: Counter[int]) -> list[Segment]:
    """A strip cut at wide gaps and columns; where other lines begin, the white in a bracket's or stop's box counts."""
    pieces, edge, ink = [[strip[0]]], strip[0].x1, _ink(strip[0])[1]
    for glyph in strip[1:]:
        at_column = any(edge < x + SAME_X and x - SAME_X < glyph.x0 for x in edges)
        wide = SEGMENT_GAP * glyph.size
        shared = glyph.x0 - ink > wide and sum(starts[round(glyph.x0) + d] for d in (-1, 0, 1)) >= SHARED_ROWS
        if glyph.x0 - edge > wide or ((at_column or shared) and not glyph.text.isspace()):
            pieces.append([glyph])
        else:
            pieces[-1].append(glyph)
        edge = max(edge, glyph.x1)
        ink = edge if glyph.text.isspace() else max(ink, _ink(glyph)[1])
    return [Segment(piece) for piece in pieces]


def cut_at(segment: Segment, edges: Sequence[float]) -> list[Segment]:
    """A segment cut at the edges of cells: each glyph goes to the side on which its middle lies."""
    pieces: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in segment.glyphs:
        pieces[bisect.bisect(edges, (glyph.x0 + glyph.x1) / 2)].append(glyph)
    if len(pieces) == 1:
        return [segment]
    found = {at: Segment(glyphs) for at, glyphs in sorted(pieces.items())}
    for glyph in segment.scripts:
        at = bisect.bisect(edges, (glyph.x0 + glyph.x1) / 2)
        found.get(at, next(iter(found.values()))).scripts.append(glyph)
    return list(found.values())


def _starts(strips: list[list[Glyph]]) -> Counter[int]:
    """How many strips have a glyph that begins, with some white before it, at each x in whole points."""
    starts: Counter[int] = Counter()
    for strip in strips:
        starts.update({round(x) for x in _after_white(strip)})
    return starts


def column_edges(strips: list[list[Glyph]], starts: Counter[int]) -> dict[int, list[float]]:
    """Left edges of columns that stand so close to the one before that the white between them could be a space: for
    the ``id`` of each strip, the x at which it is to be cut. Strips come from the top, their glyphs from the left.
    """
    found: dict[int, list[float]] = defaultdict(list)
    for x, count in starts.items():
        if count + starts[x + 1] < COLUMN_ROWS or starts[x + 1] > count or starts[x - 1] > count:
            continue
        run: list[list[Glyph]] = []
        for strip in [*strips, []]:
            if strip and _is_open(strip, x):
                run.append(strip)
                continue
            begun = sum(any(abs(start - x) <= SAME_X for start in _after_white(s)) for s in run)
            both = sum(s[0].x0 < x - SAME_X and s[-1].x1 > x + SAME_X for s in run)
            if begun >= COLUMN_ROWS and begun >= 0.6 * both:
                for one in run:
                    found[id(one)].append(float(x))
            run = []
    return found


def _after_white(strip: list[Glyph]) -> list[float]:
    """Where glyphs of a strip begin that some white parts from those before."""
    out, edge = [], None
    for glyph in strip:
        if glyph.text.isspace():
            continue
        if edge is not None and glyph.x0 - edge > COLUMN_GAP * glyph.size:
            out.append(glyph.x0)
        edge = max(edge or glyph.x1, _ink(glyph)[1])
    return out


def _is_open(strip: list[Glyph], x: float) -> bool:
    """Whether nothing is printed right before an x."""
    return not any(
        _ink(g)[0] < x - SAME_X and _ink(g)[1] > x - COLUMN_GAP * g.size + SAME_X for g in strip if not g.text.isspace()
    )


def with_scripts(segments: list[Segment]) -> list[Segment]:
    """Hands each small or raised segment to the one that it touches and overlaps in height."""
    beside = Neighbours([s for s in segments if any(not g.text.isspace() for g in s.glyphs)])
    kept: list[tuple[Segment, str]] = []
    hosted: list[tuple[Segment, Segment]] = []
    for small in segments:
        host = None
        text = "".join(g.text for g in small.glyphs)
        if _SCRIPT.match(text):
            gap, label = SCRIPT_GAP * beside.largest, LABEL_GAP * beside.largest
            reach = (small.x0 - gap, small.top, small.x1 + label, small.bottom)
            near = [h for h in beside.within(*reach, small.size / SCRIPT_SIZE) if h is not small and _touches(small, h)]
            host = min(
                near,
                key=lambda h: (_is_covered(small, h), round(_apart(small, h)), -_overlap(small, h)),
                default=None,
            )
            if host is None and _LABEL.match(text.strip()):
                larger = beside.within(*reach, small.size / RAISED_SIZE)
                host = next((h for h in larger if _is_raised(small, h)), None)
        if host is None:
            kept.append((small, text.strip()))
        else:
            hosted.append((small, host))
    for small, host in _at_roots(hosted):
        host.scripts += small.glyphs
    return [segment for segment, text in kept if not _joins(segment, text, hosted)]


def _at_roots(hosted: Sequence[tuple[Segment, Segment]]) -> list[tuple[Segment, Segment]]:
    """Small segments with the segments that they end up at, where a host has a larger one itself (vol.１)."""
    host_of = {id(small): host for small, host in hosted}
    out = []
    for small, host in hosted:
        passed = {id(small)}
        while id(host) in host_of and id(host) not in passed:
            passed.add(id(host))
            host = host_of[id(host)]
        out.append((small, host))
    return out


def _is_raised(mark: Segment, host: Segment) -> bool:
    """Whether a mark as large as the text stands raised right behind a glyph of the host."""
    if host is mark or not RISE[0] < (host.base - mark.base) / host.size < RISE[1]:
        return False
    behind = any(abs(mark.x0 - g.x1) < BESIDE * host.size for g in host.glyphs if not g.text.isspace())
    return behind and not _is_covered(mark, host)


def _joins(small: Segment, text: str, hosted: Sequence[tuple[Segment, Segment]]) -> bool:
    """Hands a sign, such as a comma between two marks, to the host of the marks that it touches; whether it did."""
    if not text or len(text) > 2 or not _SCRIPT.match(text):
        return False
    for mark, host in hosted:
        touches = mark.x0 <= small.x0 < mark.x1 + BESIDE * mark.size and _overlap(small, mark) > 0.5
        if touches and small.size < SCRIPT_SIZE * host.size:
            host.scripts += small.glyphs
            return True
    return False


def _apart(small: Segment, host: Segment) -> float:
    """White space between two segments across the page, in points; 0 where they overlap."""
    return max(0.0, small.x0 - host.x1, host.x0 - small.x1)


def _overlap(small: Segment, host: Segment) -> float:
    """Share of the small segment's height that lies beside the host."""
    return (min(small.bottom, host.bottom) - max(small.top, host.top)) / max(0.1, small.bottom - small.top)


def _touches(small: Segment, host: Segment) -> bool:
    before = LABEL_GAP if _LABEL.match("".join(g.text for g in small.glyphs).strip()) else SCRIPT_GAP
    beside = small.x0 <= host.x1 + SCRIPT_GAP * host.size and small.x1 >= host.x0 - before * host.size
    if not beside or _overlap(small, host) < 0.3 or small.size < LEAST_SCRIPT * host.size:
        return False
    return not _is_covered(small, host) or _overlap(small, host) > 0.9


def _is_covered(small: Segment, host: Segment) -> bool:
    """Whether the small segment stands over or under glyphs of the host, and not beside them."""
    return any(_ink(g)[0] + 0.45 * g.size < small.x1 and _ink(g)[1] - 0.45 * g.size > small.x0 for g in host.glyphs)


def _ink(glyph: Glyph) -> tuple[float, float]:
    """Left and right edge of a glyph's ink, as far as its character tells: brackets and stops fill half their box."""
    if glyph.text.isspace():
        return glyph.x1, glyph.x0
    half = 0.5 * (glyph.x1 - glyph.x0)
    if glyph.text in "「『（〔［｛〈《【“‘":
        return glyph.x0 + half, glyph.x1
    if glyph.text in "、。，．」』）〕］｝〉》】”’":
        return glyph.x0, glyph.x0 + half
    return glyph.x0, glyph.x1


def under_ruby(small: Segment, beside: Neighbours) -> str | None:
    """What a segment stands over as ruby: kana of half size right above a larger segment. None where it is no ruby."""
    text = "".join(g.text for g in small.glyphs).strip()
    if not text or not all("\u3041" <= c <= "\u30ff" for c in text):
        return None
    far = beside.largest
    reach = (small.x0 - far, small.bottom - 0.3 * far, small.x1 + far, small.bottom + 0.45 * far)
    for host in beside.within(*reach, small.size / RUBY_SIZE):
        over = -0.3 * host.size < host.top - small.bottom < 0.45 * host.size
        within = host.x0 - host.size < small.x0 and small.x1 < host.x1 + host.size
        if over and within:
            under = [g for g in host.glyphs if small.x0 - 0.3 * g.size < (g.x0 + g.x1) / 2 < small.x1 + 0.3 * g.size]
            return "".join(g.text for g in sorted(under, key=lambda g: g.x0)).strip()
    return None
