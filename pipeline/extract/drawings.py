"""Where a page holds drawings and pictures, from the boxes of what is drawn on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left."""
CELL = 8.0
"""Points within which two shapes belong to one figure."""
WIDTH, HEIGHT = 80.0, 60.0
"""Least size of a figure in points."""
SHAPES = 6
"""Shapes of which a drawing consists, at least; fewer frame or adorn a text."""
PAGE_SHARE = 0.7
"""Share of a page that a figure takes, at most; what takes more lies under the text."""


def figures_of(shapes: Iterable[Box], pictures: Iterable[Box], width: float, height: float) -> list[Box]:
    """Boxes of the figures among the drawn shapes and the pictures of a page of this size: those that lie together.

    A picture alone is a figure; shapes are one where they are many.
    """
    cells: dict[tuple[int, int], set[int]] = defaultdict(set)
    boxes: list[tuple[Box, bool]] = []
    for box, picture in (*((box, False) for box in shapes), *((box, True) for box in pictures)):
        if (box[2] - box[0]) * (box[3] - box[1]) > PAGE_SHARE * width * height:
            continue
        for x in range(int(max(box[0], 0) // CELL), int(min(box[2], width) // CELL) + 1):
            for y in range(int(max(box[1], 0) // CELL), int(min(box[3], height) // CELL) + 1):
                cells[x, y].add(len(boxes))
        boxes.append((box, picture))
    found = []
    for members in _together(cells):
        own = [boxes[i] for i in members]
        x0, top = min(b[0] for b, _ in own), min(b[1] for b, _ in own)
        x1, bottom = max(b[2] for b, _ in own), max(b[3] for b, _ in own)
        large = any(p and b[2] - b[0] >= WIDTH and b[3] - b[1] >= HEIGHT for b, p in own)
        fits = x1 - x0 >= WIDTH and bottom - top >= HEIGHT and (x1 - x0) * (bottom - top) <= PAGE_SHARE * width * height
        if fits and (large or len({b for b, _ in own}) >= SHAPES):
            found.append((x0, top, x1, bottom))
    return found


def _together(cells: dict[tuple[int, int], set[int]]) -> Iterator[set[int]]:
    """The members of cells that touch each other, group by group."""
    left = set(cells)
    while left:
        stack, members = [left.pop()], set()
        while stack:
            x, y = stack.pop()
            members |= cells[x, y]
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            stack += near
        yield members
