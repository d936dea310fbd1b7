"""Vertical writing: its pages are turned a quarter to the left, so that lines run from left to right and the first one
is at the top, and read like all others; what was found is turned back for the boxes of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.drawings import Box
from pipeline.extract.glyphs import ASCENT, DEPTH_WIDE, Glyph, PageGlyphs, Rule, TableArea
from pipeline.text import is_wide

MIN_PAIRS = 20
"""Characters below one another that make a page vertical, if they are most of it."""
MAX_ACROSS = 3
"""Figures or letters set side by side within a vertical line (縦中横), at most."""


def turned_if_vertical(page: PageGlyphs) -> PageGlyphs:
    """The page turned to the left where its writing is vertical, else as it is.

    On a turned page ``width`` and ``height`` are exchanged; what is not part of a vertical line (running heads, page
    numbers) counts as turned text.
    """
    down, across = _pairs(page.glyphs)
    if len(down) < MIN_PAIRS or len(down) < 2 * len(across):
        return page
    width = page.width
    vertical = {id(g) for pair in down for g in pair}
    top = min(g.top for g in page.glyphs if id(g) in vertical)
    bottom = max(g.bottom for g in page.glyphs if id(g) in vertical)
    beside = _set_across(page.glyphs)
    glyphs = []
    for glyph in page.glyphs:
        within = top - 0.5 * glyph.size < glyph.top and glyph.bottom < bottom + 0.5 * glyph.size
        part = within and (id(glyph) in vertical or id(glyph) in beside or not glyph.upright or _alone(glyph, across))
        glyphs.append(_turned(beside.get(id(glyph), glyph), width, part))
    return PageGlyphs(
        number=page.number,
        width=page.height,
        height=width,
        glyphs=tuple(glyphs),
        rules=tuple(Rule(*_box((r.x0, r.top, r.x1, r.bottom), width)) for r in page.rules),
        tables=tuple(_table(table, width) for table in page.tables),
        pictures=page.pictures,
        visible=page.visible and _box(page.visible, width),
        figures=tuple(_box(box, width) for box in page.figures),
        frames=tuple(_box(box, width) for box in page.frames),
        vertical=True,
    )


def back(box: Box, width: float) -> Box:
    """A box of a turned page as it stands on the page of this width."""
    x0, top, x1, bottom = box
    return width - bottom, x0, width - top, x1


def _box(box: Box, width: float) -> Box:
    x0, top, x1, bottom = box
    return top, width - x1, bottom, width - x0


def _table(table: TableArea, width: float) -> TableArea:
    """A table turned: its columns, from the right, are the rows."""
    columns = zip(*(reversed(row) for row in table.rows), strict=True) if len({len(r) for r in table.rows}) == 1 else ()
    rows = tuple(tuple(cell and _box(cell, width) for cell in column) for column in columns)
    return TableArea(*_box((table.x0, table.top, table.x1, table.bottom), width), rows or ((None,),))


def _pairs(glyphs: Sequence[Glyph]) -> tuple[list[tuple[Glyph, Glyph]], list[tuple[Glyph, Glyph]]]:
    """Glyphs that follow each other in the file and stand below, and those that stand beside each other."""
    down, across = [], []
    for a, b in pairwise([g for g in glyphs if not g.text.isspace()]):
        middle = abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2
        if middle < 0.3 * a.size and 0.5 * a.size < b.top - a.top < 2 * a.size:
            down.append((a, b))
        elif abs(b.base - a.base) < 0.3 * a.size and 0 < b.x0 - a.x0 < 2 * a.size:
            across.append((a, b))
    return down, across


def _alone(glyph: Glyph, across: Sequence[tuple[Glyph, Glyph]]) -> bool:
    """Whether a wide glyph stands beside none that follows it in the file: a line of one character."""
    return is_wide(glyph.text) and not any(glyph is g for pair in across for g in pair)


def _set_across(glyphs: Sequence[Glyph]) -> dict[int, Glyph]:
    """Figures set side by side in a vertical line, as if they stood below one another in their common square."""
    out: dict[int, Glyph] = {}
    run: list[Glyph] = []
    for glyph in [*glyphs, None]:
        joins = (
            glyph is not None
            and bool(run)
            and abs(glyph.base - run[-1].base) < 0.1 * glyph.size
            and abs(glyph.x0 - run[-1].x1) < 0.3 * glyph.size
        )
        if joins and glyph is not None:
            run.append(glyph)
            continue
        if 1 < len(run) <= MAX_ACROSS and all(g.text.isascii() for g in run):
            left, right, step = run[0].x0, run[-1].x1, (run[0].bottom - run[0].top) / len(run)
            for at, g in enumerate(run):
                top = run[0].top + at * step
                out[id(g)] = replace(g, x0=left, x1=right, top=top, bottom=top + step)
        run = [glyph] if glyph is not None and not glyph.text.isspace() else []
    return out


def _turned(glyph: Glyph, width: float, part: bool) -> Glyph:
    """A glyph on the turned page; ``part`` tells whether it belongs to the text."""
    x0, top, x1, bottom = _box((glyph.x0, glyph.top, glyph.x1, glyph.bottom), width)
    base = (top + bottom) / 2 + (ASCENT - DEPTH_WIDE) / 2 * glyph.size
    return replace(glyph, x0=x0, top=top, x1=x1, bottom=bottom, base=base, upright=part)
