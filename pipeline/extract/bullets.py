"""Bullets that programs draw as shapes: a disc, ring or square before a line becomes the character it looks like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.drawings import Box

if TYPE_CHECKING:
    from pipeline.extract.glyphs import Glyph

SIZE = 0.12, 0.7
"""Width and height of a bullet, in type sizes."""
LARGE = 0.4
"""Width of a sign, in type sizes, from which on it may stand before a heading too."""
SQUARE = 0.85
"""Share of a bullet's longer side that its shorter one is, at least."""
BEFORE = 3.0
"""White space, in type sizes, between a bullet and its line, at most."""
ALONE = 1.5
"""White space, in type sizes, before a bullet, at least."""
MOST = 60
"""Bullets of a page, at most; more shapes of one kind are the points of a chart."""


class Shape(NamedTuple):
    """A drawn shape; ``round`` where its outline is curved, ``filled`` where it is no mere outline."""

    box: Box
    round: bool
    filled: bool


def drawn_bullets(shapes: Iterable[Shape], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs for the shapes that stand before lines as bullets do, on the baseline of the line."""
    largest = max((glyph.size for glyph in glyphs), default=0.0)
    small = [s for s in shapes if s.box[2] - s.box[0] <= SIZE[1] * largest and _is_square(s.box)]
    if not small or len(small) > MOST:
        return []
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.upright and not glyph.text.isspace():
            rows[round(glyph.base)].append(glyph)
    found = []
    for shape in small:
        x0, top, x1, bottom = shape.box
        middle = (top + bottom) / 2
        row = [g for y in range(int(middle), int(middle + largest) + 1) for g in rows.get(y, ())]
        beside = [g for g in row if g.base - 0.8 * g.size < middle < g.base]
        first = min((g for g in beside if g.x0 >= x1), key=lambda g: g.x0, default=None)
        if first is None or not _is_small(shape.box, first.size) or first.x0 - x1 > BEFORE * first.size:
            continue
        if any(x0 - ALONE * g.size < g.x1 and g.x0 < x1 for g in beside):
            continue
        large = x1 - x0 > LARGE * first.size
        text = (
            ("●○" if large else "•◦")[not shape.filled] if shape.round else ("■□" if large else "▪▫")[not shape.filled]
        )
        found.append(replace(first, text=text, x0=x0, x1=x1))
    return found


def _is_small(box: Box, size: float) -> bool:
    """Whether a shape is as large as a bullet of a type size."""
    return SIZE[0] * size <= box[2] - box[0] <= SIZE[1] * size


def _is_square(box: Box) -> bool:
    """Whether a shape is as wide as high."""
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) >= max(1.0, SQUARE * max(width, height))
