"""Glyphs on one baseline -> segments, each with the small raised or lowered glyphs that belong to it."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
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
SCRIPT_SIZE = 0.88
"""Glyphs smaller than this share of their neighbours may be a superscript or subscript."""
SCRIPT_GAP = 0.6
"""White space, in type sizes, between text and a mark after it."""
LABEL_GAP = 6.0
"""White space, in type sizes, between a note's raised number and its text."""
RUBY_SIZE = 0.62
"""Kana smaller than this share of the type below them are ruby."""
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
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.x0)):
        for strip in reversed(strips[-4:]):
            reference = strip[0]
            near = SAME_BASELINE * max(glyph.size, reference.size)
            alike = min(glyph.size, reference.size) > SCRIPT_SIZE * max(glyph.size, reference.size)
            if abs(glyph.base - reference.base) <= near and (alike or glyph.text.isspace()):
                strip.append(glyph)
                break
        else:
            strips.append([glyph])
    return [segment for strip in strips for segment in _cut(strip)]


def _cut(strip: list[Glyph]) -> list[Segment]:
    strip.sort(key=lambda g: g.x0)
    pieces, edge = [[strip[0]]], strip[0].x1
    for glyph in strip[1:]:
        if glyph.x0 - edge > SEGMENT_GAP * glyph.size:
            pieces.append([glyph])
        else:
            pieces[-1].append(glyph)
        edge = max(edge, glyph.x1)
    return [Segment(piece) for piece in pieces]


def with_scripts(segments: list[Segment]) -> list[Segment]:
    """Hands each small segment to the larger one that it touches and overlaps in height."""
    beside = Neighbours(segments)
    kept = []
    for small in segments:
        host = None
        if _SCRIPT.match("".join(g.text for g in small.glyphs)):
            gap, label = SCRIPT_GAP * beside.largest, LABEL_GAP * beside.largest
            reach = (small.x0 - gap, small.top, small.x1 + label, small.bottom)
            near = [h for h in beside.within(*reach, small.size / SCRIPT_SIZE) if h is not small and _touches(small, h)]
            host = min(near, key=lambda h: (round(_apart(small, h)), -_overlap(small, h)), default=None)
        if host is None:
            kept.append(small)
        else:
            host.scripts += small.glyphs
    return kept


def _apart(small: Segment, host: Segment) -> float:
    """White space between two segments across the page, in points; 0 where they overlap."""
    return max(0.0, small.x0 - host.x1, host.x0 - small.x1)


def _overlap(small: Segment, host: Segment) -> float:
    """Share of the small segment's height that lies beside the host."""
    return (min(small.bottom, host.bottom) - max(small.top, host.top)) / max(0.1, small.bottom - small.top)


def _touches(small: Segment, host: Segment) -> bool:
    before = LABEL_GAP if _LABEL.match("".join(g.text for g in small.glyphs).strip()) else SCRIPT_GAP
    beside = small.x0 <= host.x1 + SCRIPT_GAP * host.size and small.x1 >= host.x0 - before * host.size
    if not beside or _overlap(small, host) < 0.3:
        return False
    covered = any(_ink(g)[0] + 0.45 * g.size < small.x1 and _ink(g)[1] - 0.45 * g.size > small.x0 for g in host.glyphs)
    return not covered or _overlap(small, host) > 0.9


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


def is_ruby(small: Segment, beside: Neighbours) -> bool:
    """Whether a segment is ruby: kana of half size right above a larger segment that it stands over."""
    text = "".join(g.text for g in small.glyphs).strip()
    if not text or not all("\u3041" <= c <= "\u30ff" for c in text):
        return False
    far = beside.largest
    reach = (small.x0 - far, small.bottom - 0.3 * far, small.x1 + far, small.bottom + 0.45 * far)
    return any(
        -0.3 * host.size < host.top - small.bottom < 0.45 * host.size
        and host.x0 - host.size < small.x0
        and small.x1 < host.x1 + host.size
        for host in beside.within(*reach, small.size / RUBY_SIZE)
    )
