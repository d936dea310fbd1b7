"""Reading order of the pieces of a page: which columns there are, and in which order they are read.

Rows of a page that share a white gutter with text on both sides make a band of columns; the band is
read column by column, what stands above before it and what stands below after it. A rule drawn across the gutter ends
a band, and so does a heading above both columns that is too short to reach the gutter.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
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
SMALL = 0.9
"""Type under this share of the columns' usual size is set small on purpose."""
HEADING = 1.1
"""Type size of a heading over columns, in that of their text, at least."""
LEVEL = 2.0
"""Points by which the first lines of columns below it differ in height."""
MIN_FILL = 0.5
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


def in_reading_order(boxes: Sequence[B], areas: Sequence[A], rules: Sequence[Area] = ()) -> list[list[B] | A]:
    """Columns of boxes in reading order, with each area (a table) where it stands among them.

    ``rules`` are the lines drawn on the page.
    """
    for area in sorted(areas, key=lambda a: a.top):
        if _is_wide(area, boxes, areas):
            above = [b for b in boxes if (b.top + b.bottom) / 2 < area.top]
            below = [b for b in boxes if (b.top + b.bottom) / 2 >= area.top]
            others = [a for a in areas if a is not area]
            before = in_reading_order(above, [a for a in others if a.top < area.top], rules)
            return [*before, area, *in_reading_order(below, [a for a in others if a.top >= area.top], rules)]
    regions: list[list[B] | A] = []
    for column in _columns(list(boxes), [rule for rule in rules if rule.bottom - rule.top < rule.x1 - rule.x0]):
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


def _columns(boxes: list[B], rules: Sequence[Area]) -> list[list[B]]:
    """Columns in reading order; one where no gutter is found."""
    rows = _rows(boxes)
    best = _band(rows, rules)
    if best is None:
        return [boxes] if boxes else []
    start, end, gutter = best
    above = [box for row in rows[:start] for box in row]
    below = [box for row in rows[end:] for box in row]
    out = _columns(above, rules)
    for part in _parts([box for row in rows[start:end] for box in row], gutter):
        out += _columns(part, rules)
    return out + _columns(below, rules)


def _parts(boxes: Sequence[B], gutter: float) -> list[list[B]]:
    """What stands left and right of a gutter, in reading order; notes under both columns are read after both."""
    sizes = Counter(b.size for b in boxes)
    usual = max(size for size, count in sizes.items() if count >= 0.1 * sizes.total())
    sides = [
        sorted((b for b in boxes if ((b.x0 + b.x1) / 2 < gutter) == left), key=lambda b: b.top)
        for left in (True, False)
    ]
    ends = [len(side) for side in sides]
    for index, side in enumerate(sides):
        while ends[index] > 0 and side[ends[index] - 1].size < SMALL * usual:
            ends[index] -= 1
    if any(end in (0, len(side)) for end, side in zip(ends, sides, strict=True)):
        return sides
    return [side[:end] for end, side in zip(ends, sides, strict=True)] + [
        side[end:] for end, side in zip(ends, sides, strict=True)
    ]


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


def _band(rows: list[list[B]], rules: Sequence[Area]) -> tuple[int, int, float] | None:
    """The longest run of rows (start, end) with a common gutter and text on both sides of it, and the gutter's x."""
    if len(rows) < MIN_ROWS:
        return None
    boxes = [box for row in rows for box in row]
    size = statistics.median(b.size for b in boxes)
    low, high = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    best: tuple[int, int, float] | None = None
    for gutter, width in _gutters(boxes, size):
        if gutter - low < MIN_COLUMN * size or high - gutter < MIN_COLUMN * size:
            continue
        for start, end in _runs(rows, gutter, width, rules):
            start, end = _trimmed(rows, start, end, gutter)
            if (best is None or end - start > best[1] - best[0]) and _is_columns(rows[start:end], gutter, low, high):
                best = (start, end, gutter)
    return best


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
    lead = next((i for i in range(start, end) if any(b.x0 < gutter for b in rows[i])), end)
    below = next((b.top for row in rows[lead:end] for b in row if b.x0 >= gutter), None)
    near = 1.25 * max(usual, 1.3 * rows[start][0].size) if start < end else 0.0
    first = lead
    while first > start and below is not None and below - rows[first - 1][0].top <= near:
        first -= 1
        below = rows[first][0].top
    start = first
    both = max((i for i in range(start, end) if any(b.x0 >= gutter for b in rows[i])), default=end - 1)
    for index in range(both + 1, end):
        if rows[index][0].top - rows[index - 1][0].bottom > 1.6 * usual:
            return start, index
    return start, end


def _runs(rows: list[list[B]], gutter: float, width: float, rules: Sequence[Area]) -> list[tuple[int, int]]:
    """Maximal runs of rows in which nothing stands in the gutter, nor over both columns."""
    half = width / 2
    across = [rule for rule in rules if rule.x0 < gutter - width and rule.x1 > gutter + width]
    runs, start = [], 0
    for index, row in enumerate(rows):
        filled = any(box.x0 < gutter + half - 0.1 and box.x1 > gutter - half + 0.1 for box in row)
        if filled or _heads(rows, index, gutter):
            runs.append((start, index))
            start = index + 1
        elif index and any(_lies_between(rule, rows[index - 1], row) for rule in across):
            runs.append((start, index))
            start = index
    runs.append((start, len(rows)))
    return [(a, b) for a, b in runs if b - a >= MIN_ROWS]


def _lies_between(rule: Area, above: Sequence[Boxed], below: Sequence[Boxed]) -> bool:
    return max(box.top for box in above) < rule.top < min(box.bottom for box in below)


def _heads(rows: Sequence[Sequence[Boxed]], index: int, gutter: float) -> bool:
    """Whether a row is a short heading over columns: larger, nothing at its right, and both begin anew below it."""
    if not 0 < index < len(rows) - 1 or any(box.x1 > gutter for box in rows[index]):
        return False
    below = rows[index + 1]
    sides = [[box for box in below if (box.x0 < gutter) == left] for left in (True, False)]
    if not all(sides) or not any(box.x0 >= gutter for box in rows[index - 1]):
        return False
    larger = min(box.size for box in rows[index]) >= HEADING * max(box.size for box in below)
    return larger and abs(sides[0][0].top - sides[1][0].top) < LEVEL


def _is_columns(rows: list[list[B]], gutter: float, low: float, high: float) -> bool:
    left = [sum(b.x1 - b.x0 for b in row if b.x1 <= gutter) for row in rows]
    right = [sum(b.x1 - b.x0 for b in row if b.x0 >= gutter) for row in rows]
    left, right = [width for width in left if width], [width for width in right if width]
    if min(len(left), len(right)) < MIN_ROWS:
        return False
    return min(statistics.median(left) / (gutter - low), statistics.median(right) / (high - gutter)) >= MIN_FILL
