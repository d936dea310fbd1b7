"""Glyphs of a page -> printed lines in reading order.

Glyphs on one baseline make a segment; small raised glyphs join the segment beside them; segments
are put in order column by column, and those of one column and baseline make a line.
"""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.extract.columns import Gutter, in_reading_order
from pipeline.extract.figures import words_in_figures
from pipeline.extract.frames import Frame, framed
from pipeline.extract.glyphs import Glyph, PageGlyphs, TableArea
from pipeline.extract.segments import Neighbours, Segment, cut_at, segments_of, under_ruby, with_scripts
from pipeline.extract.tables import bare_tables, edges_at, holds_cells, in_rows, inside, open_tables, without_captions
from pipeline.text import CURLY, is_latin, is_wide

INVISIBLE = 0.5
"""Type size in points up to which nobody sees a glyph."""
LATIN_SPACE = 0.17
"""White space between two Latin glyphs, in type sizes, that stands for a space nobody printed."""
FULL_WIDTH_LETTERS = frozenset(chr(code) for start in (0xFF21, 0xFF41) for code in range(start, start + 26))
LETTER_SPACE = 0.4
"""The same between full-width Latin letters, whose words are parted."""
HEAD_GAP = 1.5
"""White space between the head of a table without rules and its first line, in type sizes, at most."""
CELL_PADDING = 0.1
"""White space, in type sizes, that the text of two cells of a table leaves between them at least."""
PADDING_WIDTH = 12.0
"""Width in points of a column of a table that is there for its colour alone, at most."""
WIDE_SPACE = 0.8
"""The same between Japanese glyphs, beyond what justification gives all gaps of the line."""


@dataclass(slots=True, frozen=True)
class Char:
    """A character of a line. ``glyph`` is None for a space that is only a gap on the page."""

    text: str
    glyph: Glyph | None
    raised: bool = False


@dataclass(eq=False)
class Line:
    """A printed line; coordinates in points from the top left, ``page`` counts from 1.

    ``left`` and ``right`` are the edges of the column it stands in.
    """

    page: int
    chars: list[Char]
    left: float
    right: float
    table: bool = False
    start: int = field(default=-1, compare=False)
    """Offset of its first character in the raw string, once that is made."""

    @cached_property
    def glyphs(self) -> list[Glyph]:
        """Its visible glyphs."""
        return [c.glyph for c in self.chars if c.glyph is not None and not c.text.isspace()]

    @cached_property
    def plain(self) -> list[Glyph]:
        """Its visible glyphs that are not raised; all of them where every one is."""
        return [
            c.glyph for c in self.chars if c.glyph is not None and not c.text.isspace() and not c.raised
        ] or self.glyphs

    @property
    def is_mark(self) -> bool:
        """Whether it holds nothing but raised characters: a mark that did not fit on the line before."""
        return all(c.raised or c.text.isspace() for c in self.chars)

    @cached_property
    def text(self) -> str:
        """Its characters, raised ones too."""
        return "".join(c.text for c in self.chars)

    @cached_property
    def said(self) -> str:
        """Its text without raised characters and blanks at the ends."""
        return "".join(c.text for c in self.chars if not c.raised).strip()

    @cached_property
    def x0(self) -> float:
        """Left edge of the first visible glyph."""
        return min(g.x0 for g in self.glyphs)

    @cached_property
    def x1(self) -> float:
        """Right edge of the last visible glyph."""
        return max(g.x1 for g in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Type size of most of its Japanese glyphs, or of all where it has few."""
        wide = [g for g in self.plain if is_wide(g.text)]
        glyphs = wide if len(wide) >= 0.15 * len(self.plain) else self.plain
        sizes = Counter(round(g.size * 4) / 4 for g in glyphs)
        if len(sizes) > 1 and not wide and all(g.text.isupper() for g in glyphs if g.text.isalpha()):
            return max(sizes)  # small capitals
        return sizes.most_common(1)[0][0]

    @cached_property
    def base(self) -> float:
        """Baseline of most of its glyphs."""
        return statistics.median(g.base for g in self.plain)

    @cached_property
    def top(self) -> float:
        """Top of its type, marks aside."""
        return min(g.top for g in self.plain)

    @cached_property
    def bottom(self) -> float:
        """Bottom of its type, marks aside."""
        return max(g.bottom for g in self.plain)

    @cached_property
    def font(self) -> str:
        """Font of most of its Japanese glyphs, or of all where it has none."""
        wide = [g.font for g in self.plain if is_wide(g.text)]
        return Counter(wide or [g.font for g in self.plain]).most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        """Whether most of its glyphs are of a bold face."""
        return sum(g.bold for g in self.plain) > 0.6 * len(self.plain)

    @cached_property
    def color(self) -> str:
        """Colour of most of its glyphs, as the PDF gives it."""
        return Counter(g.color for g in self.plain).most_common(1)[0][0]

    @property
    def indent(self) -> float:
        """Distance from the column's left edge, in type sizes."""
        return (self.x0 - self.left) / self.size

    @property
    def slack(self) -> float:
        """Distance from the column's right edge, in type sizes."""
        return (self.right - self.x1) / self.size


class Apart(NamedTuple):
    """A glyph that belongs to no line, and why; ``over`` is what ruby stands over."""

    glyph: Glyph
    reason: str
    over: str = ""


@dataclass(frozen=True)
class Pieces:
    """The segments of a page, the tables in which some of them stand, and the glyphs that belong to no line (turned
    ones, ruby, blanks, words in figures)."""

    page: PageGlyphs
    boxes: list[Segment]
    tables: list[TableArea]
    apart: list[Apart]


def page_lines(page: PageGlyphs, without: AbstractSet[int] = frozenset()) -> tuple[list[Line], list[Apart]]:
    """The lines of a page in reading order, and the glyphs that belong to none; ``without`` as in `pieces_of`."""
    pieces = pieces_of(page, without)
    return arranged(pieces, []), pieces.apart


def pieces_of(page: PageGlyphs, without: AbstractSet[int] = frozenset()) -> Pieces:
    """The pieces of a page; ``without`` holds the ``id`` of glyphs to pass over."""
    inked: list[Glyph] = []
    apart: list[Apart] = []
    left, top, right, bottom = page.visible or (0.0, 0.0, page.width, page.height)
    for glyph in page.glyphs:
        if id(glyph) not in without:
            shown = left <= glyph.x0 < right and top <= glyph.base <= bottom + glyph.size
            if shown and glyph.upright and glyph.size > INVISIBLE:
                inked.append(glyph)
            else:
                reason = "turned" if not glyph.upright else "off_page" if not shown else "invisible"
                apart.append(Apart(glyph, reason))
    segments = with_scripts(segments_of(inked))
    printed = [s for s in segments if any(not g.text.isspace() for g in s.glyphs)]
    near = Neighbours(printed)
    ruby = {s: base for s in printed if (base := under_ruby(s, near)) is not None}
    boxes = [s for s in printed if s not in ruby]
    apart += [Apart(g, "ruby", base) for s, base in ruby.items() for g in s.glyphs]
    apart += [Apart(g, "blank") for s in segments if s not in near for g in s.glyphs]
    ruled = [without_captions(table, boxes) for table in page.tables]
    for table in ruled:
        boxes = _in_cells(boxes, table)
    tables = [table for table in ruled if holds_cells(table, [s for s in boxes if inside(s, table)])]
    free = [s for s in boxes if not any(inside(s, table) for table in tables)]
    words = words_in_figures(page, free)
    apart += [Apart(g, "figure") for s in boxes if s in words for g in (*s.glyphs, *s.scripts)]
    boxes = [s for s in boxes if s not in words]
    free = [s for s in free if s not in words]
    tables += open_tables(page.rules, free)
    strips = [table for table in tables if len(table.rows) == 1]  # shaded rows of a table without rules, maybe
    whole = [table for table in tables if len(table.rows) > 1]
    for table in bare_tables([s for s in boxes if not any(inside(s, ruled) for ruled in whole)]):
        strips = [strip for strip in strips if not table.top < (strip.top + strip.bottom) / 2 < table.bottom]
        boxes, table = _with_head(boxes, table)
        whole.append(table)
    return Pieces(page, boxes, [*whole, *strips], apart)


def _with_head(segments: list[Segment], table: TableArea) -> tuple[list[Segment], TableArea]:
    """A table without rules with the line right above it, if that can be cut where its columns part: a head whose words
    stand closer than its cells do. Gives back the segments, those of the head cut."""
    size = segments[0].size
    above = [s for s in segments if s.bottom <= table.top + 0.2 * size and s.x0 < table.x1 and s.x1 > table.x0]
    last = max((s.base for s in above), default=0.0)
    head = sorted((s for s in above if last - s.base < 0.3 * size), key=lambda s: s.x0)
    glyphs = [g for s in head for g in s.glyphs if not g.text.isspace()]
    cells = [cell for cell in table.rows[0] if cell]
    cuts = [_gap_near(glyphs, b[0], a[0], b[2]) for a, b in itertools.pairwise(cells)]
    within = all(table.x0 - size < s.x0 and s.x1 < table.x1 + 2 * size for s in head)
    if not head or not within or table.top - head[0].bottom > HEAD_GAP * size or None in cuts:
        return segments, table
    edges = [cut for cut in cuts if cut is not None]
    pieces = [piece for s in head for piece in cut_at(s, edges)]
    x0, x1, top = min(table.x0, head[0].x0), max(table.x1, head[-1].x1), min(s.top for s in head)
    row = tuple((left, top, right, table.top) for left, right in itertools.pairwise([x0, *edges, x1]))
    kept = [s for s in segments if s not in head]
    return [*kept, *pieces], TableArea(x0, top, x1, table.bottom, (row, *table.rows))


def _gap_near(glyphs: Sequence[Glyph], x: float, low: float, high: float) -> float | None:
    """Middle of the white between glyphs of a line nearest to an x, between two others; None where words touch."""
    gaps = [
        (a.x1 + b.x0) / 2
        for a, b in itertools.pairwise(glyphs)
        if b.x0 - a.x1 > CELL_PADDING * b.size and low < a.x1 and b.x0 < high
    ]
    return min(gaps, key=lambda middle: abs(middle - x), default=None)


def arranged(pieces: Pieces, gutters: list[Gutter], without: AbstractSet[int] = frozenset()) -> list[Line]:
    """The lines of a page in reading order; those in a table are marked so and stand where the table stands.

    ``gutters`` gathers the white between columns, since short columns of later pages are told by that of others.
    ``without`` holds the ``id`` of glyphs whose segments are passed over (furniture already made into lines).
    """
    page, tables = pieces.page, pieces.tables
    boxes = [s for s in pieces.boxes if id(s.glyphs[0]) not in without]
    in_table = {id(s): table for s in boxes for table in tables if inside(s, table)}
    free = [s for s in boxes if id(s) not in in_table]
    frames = framed(page, free)
    in_frame = {id(s) for _, own in frames for s in own}
    inner = {id(table): frame for table in tables for frame, _ in reversed(frames) if frame.holds(table)}
    areas: list[TableArea | Frame] = [t for t in tables if id(t) not in inner]
    areas += [frame for frame, _ in frames]
    lines = []
    for region in in_reading_order([s for s in free if id(s) not in in_frame], areas, gutters):
        if isinstance(region, Frame):
            own = next(own for frame, own in frames if frame is region)
            regions = in_reading_order(own, [t for t in tables if inner.get(id(t)) is region], [])
        else:
            regions = [region]
        for part in regions:
            if isinstance(part, TableArea):
                lines += _table_lines(page, part, [s for s in boxes if in_table.get(id(s)) is part])
            else:
                lines += _column_lines(page.number, part)
    return lines


def _in_cells(segments: list[Segment], table: TableArea) -> list[Segment]:
    """Segments, those in a table cut at the edges of its cells unless these run through words (rules under text)."""
    parts = [cut_at(s, edges_at(table, s)) if inside(s, table) else [s] for s in segments]
    cuts = [(a, b) for pieces in parts for a, b in itertools.pairwise(pieces)]
    tight = sum(b.x0 - a.x1 < CELL_PADDING * a.size and len(a.glyphs) > 1 for a, b in cuts)  # a lone one is a bullet
    return [p for pieces in parts for p in pieces] if tight <= 0.2 * len(cuts) else segments


def _column_lines(page: int, segments: list[Segment]) -> list[Line]:
    """Joins the segments of a column that share a baseline."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.base):
        last = rows[-1] if rows else None
        if last and abs(segment.base - last[0].base) <= 0.3 * min(segment.size, last[0].size):
            last.append(segment)
        else:
            rows.append([segment])
    return [_line(page, row, left, right) for row in rows]


def _table_lines(page: PageGlyphs, table: TableArea, segments: list[Segment]) -> list[Line]:
    """One line for each row of cells, the cells parted by tabs; narrow columns that hold nothing are mere padding."""
    lines = []
    rows = in_rows(table, segments, page.rules)
    padding = _padding(table, rows)
    for cells in rows:
        row = [cell for column, cell in enumerate(cells) if column not in padding]
        if any(row):
            chars: list[Char] = []
            for index, cell in enumerate(row):
                chars += [Char("\t", None)] if index else []
                chars += _cell_chars(_column_lines(page.number, cell)) if cell else []
            lines.append(Line(page.number, chars, table.x0, table.x1, table=True))
    return lines


def _padding(table: TableArea, rows: Sequence[Sequence[Sequence[Segment]]]) -> set[int]:
    """The columns of a table that no row has text in and that are no wider than a few points in any row."""
    filled = {column for row in rows for column, cell in enumerate(row) if cell}
    wide = {at for row in table.rows for at, cell in enumerate(row) if cell and cell[2] - cell[0] > PADDING_WIDTH}
    return set(range(max(map(len, rows), default=0))) - filled - wide


def _cell_chars(lines: list[Line]) -> list[Char]:
    """The characters of a cell's lines, a space between lines of Latin letters."""
    chars: list[Char] = []
    for line in lines:
        if chars and is_latin(chars[-1].text) and is_latin(line.chars[0].text):
            chars.append(Char(" ", None))
        chars += line.chars
    return chars


def _line(page: int, segments: list[Segment], left: float, right: float) -> Line:
    placed: list[tuple[Glyph, bool]] = []
    for segment in segments:
        placed += [(g, False) for g in segment.glyphs]
        placed += [(g, _is_raised(g, segment)) for g in segment.scripts]
    placed.sort(key=lambda p: (p[0].x0 + p[0].x1) / 2)
    return Line(page, _spaced(placed), left, right)


def _is_raised(glyph: Glyph, segment: Segment) -> bool:
    """Whether a small glyph stands higher than the text beside it; one on the text's own baseline does not."""
    rise = segment.base - glyph.base
    return rise > 0.1 * segment.size or (
        rise > 0.02 * segment.size and glyph.bottom < segment.bottom - 0.05 * segment.size
    )


def _spaced(placed: list[tuple[Glyph, bool]]) -> list[Char]:
    """Puts a space into each gap that stands for one, unless a space is printed there."""
    gaps = [max(0.0, b[0].x0 - a[0].x1) for a, b in itertools.pairwise(placed)]
    usual = statistics.median(gaps) if gaps else 0.0
    chars = []
    for index, (glyph, raised) in enumerate(placed):
        chars.append(Char(glyph.text, glyph, raised))
        if index + 1 < len(placed):
            after, after_raised = placed[index + 1]
            wide = gaps[index] > LATIN_SPACE * glyph.size  # no less is a space, and most gaps are less
            if wide and not raised and not after_raised and _is_space(glyph, after, gaps[index], usual):
                chars.append(Char(" ", None))
    return chars


def _is_latin(glyph: Glyph) -> bool:
    """Whether a glyph is set as Latin; curly quotation marks are where they are narrow."""
    if glyph.text in CURLY:
        return glyph.x1 - glyph.x0 < 0.7 * glyph.size
    return is_latin(glyph.text)


def _is_space(before: Glyph, after: Glyph, gap: float, usual: float) -> bool:
    if before.text.isspace() or after.text.isspace():
        return False
    size = max(before.size, after.size)
    if _is_latin(before) and _is_latin(after):
        return gap > LATIN_SPACE * size and gap > 2 * usual
    wide_letters = before.text in FULL_WIDTH_LETTERS and after.text in FULL_WIDTH_LETTERS
    return gap - usual > (LETTER_SPACE if wide_letters else WIDE_SPACE) * size
