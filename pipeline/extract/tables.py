"""Tables: which text stands in cells, and rows of cells as lines.

Ruled grids come from the page's drawing (`glyphs`); tables with rules between rows only are found here.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.extract.columns import Boxed
from pipeline.extract.glyphs import Rule, TableArea
from pipeline.extract.knowledge import pattern
from pipeline.extract.segments import Segment
from pipeline.text import narrow

Cell = tuple[float, float, float, float]
SAME_EDGE = 4.0
"""Points by which the ends of a table's rules differ."""
MAX_ROW = 90.0
"""Height of a row between two rules, in points, at most."""
TINT = 3.0
"""Points within which a rule is drawn at the edge of a tint."""
MIN_RULE = 8.0
"""Length in points of a rule that parts rows or columns, at least."""
CELL_SHARE = 0.6
"""Share of a table's rows that hold two cells or more, at least."""
MAX_CELL = 12.0
"""Width of a cell of a table without rules, in type sizes, at most."""
MIN_CELLS, MIN_LINES = 3, 3
"""Columns and lines of a table without rules, at least."""
MAX_GAP = 2.5
"""White between its lines, in type sizes, at most."""


B = TypeVar("B", bound=Boxed)


def inside(segment: Boxed, table: TableArea) -> bool:
    """Whether the middle of a segment lies in a table."""
    x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
    return table.x0 <= x <= table.x1 and table.top <= y <= table.bottom


def edges_at(table: TableArea, segment: Boxed) -> list[float]:
    """The left edges of the cells in whose row a segment stands."""
    y = (segment.top + segment.bottom) / 2
    return sorted(cell[0] for row in table.rows for cell in row if cell and cell[1] <= y <= cell[3])


def without_captions(table: TableArea, segments: Sequence[Segment]) -> TableArea:
    """A table without the lines above and below its cells that name it or its source, where rules run around all."""
    lines = _lines([s for s in segments if inside(s, table)])
    first = next((i for i, line in enumerate(lines) if len(line) > 1), len(lines))
    last = next((i for i, line in reversed([*enumerate(lines)]) if len(line) > 1), -1)
    top, bottom = table.top, table.bottom
    for (head,) in lines[:first]:
        if _says(head, "line"):
            top = head.bottom
    for (foot,) in reversed(lines[last + 1 :] if first < last else []):
        if _says(foot, "source"):
            bottom = foot.top
    return replace(table, top=top, bottom=bottom)


def _says(segment: Segment, kind: str) -> bool:
    return bool(pattern("captions", kind).match(narrow("".join(glyph.text for glyph in segment.glyphs)).strip()))


def holds_cells(table: TableArea, segments: Sequence[B]) -> bool:
    """Whether text stands in two cells of one row: rules that only frame or adorn make no table."""
    return any(sum(bool(cell) for cell in row) >= 2 for row in in_rows(table, segments))


def in_rows(table: TableArea, segments: Sequence[B], rules: Sequence[Rule] = ()) -> list[list[list[B]]]:
    """Segments by row and cell: each in the smallest cell that holds its middle, or in the nearest one.

    Where ``rules`` part rows of a table, edges of mere tints that cells run across part none; nor do they part columns
    where such cells hold text.
    """
    cells = [(r, c, cell) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell]
    rows: list[list[list[B]]] = [[[] for _ in row] for row in table.rows]
    filled: set[Cell] = set()
    for segment in segments:
        x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
        row, column, cell = min(cells, key=lambda item: (_distance(x, y, item[2]), _size(item[2])))
        rows[row][column].append(segment)
        filled.add(cell)
    if not rules:
        return rows
    tops = [min(cell[1] for cell in row if cell) for row in table.rows if any(row)]
    down = _kept(tops, [cell for _, _, cell in cells], table, rules, 1)
    width = max(map(len, table.rows))
    lefts = [[row[c][0] for row in table.rows if c < len(row) and row[c]] for c in range(width)]  # type: ignore[index]
    across = _kept([min(xs) if xs else table.x1 for xs in lefts], filled, table, rules, 0)
    if len(down) != len(rows):
        return rows
    out: list[list[list[B]]] = [[[] for _ in range(max(across) + 1)] for _ in range(max(down) + 1)]
    for r, row_ in enumerate(rows):
        for c, own in enumerate(row_):
            out[down[r]][across[c]] += own
    return out


def _kept(
    starts: Sequence[float], cells: Collection[Cell], table: TableArea, rules: Sequence[Rule], axis: int
) -> list[int]:
    """For each row (axis 1) or column (axis 0), which begins at one of ``starts``, the place among those that are left
    when the edges are dropped that nothing is drawn at and that one of ``cells`` runs across."""
    drawn = [_place(rule, axis) for rule in rules if _parts(rule, table, axis)]
    inner = any(min(starts) + TINT < at < (table.bottom if axis else table.x1) - TINT for at in drawn)
    out, place = [], -1
    for start in starts:
        ruled = any(abs(at - start) < TINT for at in drawn)
        crossed = any(cell[axis] < start - TINT and cell[axis + 2] > start + TINT for cell in cells)
        place += place < 0 or ruled or not crossed or not inner
        out.append(place)
    return out


def _place(rule: Rule, axis: int) -> float:
    """Where a rule is drawn: its height on the page (axis 1), or its x (axis 0)."""
    return (rule.top + rule.bottom) / 2 if axis else (rule.x0 + rule.x1) / 2


def _parts(rule: Rule, table: TableArea, axis: int) -> bool:
    """Whether a rule runs through a table, between rows (axis 1) or columns (axis 0)."""
    across = min(rule.x1, table.x1) - max(rule.x0, table.x0)
    down = min(rule.bottom, table.bottom) - max(rule.top, table.top)
    thin, long = (rule.bottom - rule.top, across) if axis else (rule.x1 - rule.x0, down)
    return thin < TINT and long > MIN_RULE and (down if axis else across) >= 0


def _size(cell: Cell) -> float:
    return (cell[2] - cell[0]) * (cell[3] - cell[1])


def _distance(x: float, y: float, cell: Cell) -> float:
    """Distance of a point from a box, 0 inside; up and down counts more than across."""
    across = max(cell[0] - x, x - cell[2], 0.0)
    down = max(cell[1] - y, y - cell[3], 0.0)
    return across + 4 * down


def open_tables(rules: Sequence[Rule], segments: Sequence[Boxed]) -> list[TableArea]:
    """Tables with rules between their rows and none between their columns."""
    spans: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for x0, x1, y in _long_rules(rules):
        key = next(
            (k for k in spans if abs(spans[k][0][0] - x0) < SAME_EDGE and abs(spans[k][0][1] - x1) < SAME_EDGE), None
        )
        spans[len(spans) if key is None else key].append((x0, x1, y))
    found = []
    for members in spans.values():
        for run in _runs(sorted({round(y, 1) for _, _, y in members})):
            area = _area(min(m[0] for m in members), max(m[1] for m in members), run, segments)
            if area is not None:
                found.append(area)
    return found


def bare_tables(segments: Sequence[Boxed]) -> list[TableArea]:
    """Tables without any rules: lines of short cells below one another that stand in line with each other."""
    short = [s for s in segments if s.x1 - s.x0 <= MAX_CELL * s.size]
    lines = [sorted(line, key=lambda s: s.x0) for line in _lines(short)]
    found, begin = [], 0
    while begin < len(lines):
        end, columns = _aligned(lines, begin)
        if end - begin >= MIN_LINES and len(columns) >= MIN_CELLS:
            own = [s for line in lines[begin:end] for s in line if any(x0 <= s.x0 < x1 for x0, x1 in columns)]
            found.append(_bare_area(own, columns))
            begin = end
        else:
            begin += 1
    return found


def _aligned(lines: Sequence[Sequence[Boxed]], begin: int) -> tuple[int, list[tuple[float, float]]]:
    """End of the run of lines from ``begin`` on whose cells stand in columns, and the left and right edges of these."""
    columns: list[tuple[float, float]] = []
    end = begin
    while end < len(lines):
        run = lines[begin : end + 1]
        gap = lines[end][0].top - lines[end - 1][0].bottom if end > begin else 0.0
        grown = [
            (x0, x1)
            for x0, x1 in _columns([s for line in run for s in line])
            if sum(any(x0 <= s.x0 < x1 for s in line) for line in run) >= CELL_SHARE * len(run)
        ]
        cells = sum(any(x0 <= s.x0 < x1 for s in lines[end]) for x0, x1 in grown)
        if (
            len(grown) < max(MIN_CELLS, len(columns))
            or cells < CELL_SHARE * len(grown)
            or gap > MAX_GAP * lines[end][0].size
        ):
            break
        columns, end = grown, end + 1
    return end, columns


def _bare_area(segments: Sequence[Boxed], columns: Sequence[tuple[float, float]]) -> TableArea:
    """The table of cells without rules, its rows begun by the lines that hold the most of its columns."""
    lines = _lines(segments)
    x0, x1 = columns[0][0], columns[-1][1]
    edges = [x0, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), x1]
    bottom = max(s.bottom for s in segments)
    tops = [min(s.top for s in line) for line in lines]
    rows = tuple(
        tuple((left, top, right, below) for left, right in itertools.pairwise(edges))
        for top, below in itertools.pairwise([*tops, bottom])
    )
    return TableArea(x0, tops[0], x1, bottom, rows)


def _long_rules(rules: Sequence[Rule]) -> list[tuple[float, float, float]]:
    """Horizontal rules as (x0, x1, y), the pieces of one line joined."""
    flat = sorted((r for r in rules if r.bottom - r.top < 3 and r.x1 - r.x0 > 10), key=lambda r: (round(r.top), r.x0))
    out: list[tuple[float, float, float]] = []
    for rule in flat:
        if out and abs(out[-1][2] - rule.top) < 1.5 and rule.x0 <= out[-1][1] + 2:
            out[-1] = (out[-1][0], max(out[-1][1], rule.x1), out[-1][2])
        else:
            out.append((rule.x0, rule.x1, rule.top))
    return out


def _runs(heights: Sequence[float]) -> list[list[float]]:
    """Heights of rules that follow one another no further apart than a row is high."""
    runs: list[list[float]] = []
    for y in heights:
        if runs and y - runs[-1][-1] <= MAX_ROW:
            if y - runs[-1][-1] > 4:
                runs[-1].append(y)
        else:
            runs.append([y])
    return [run for run in runs if len(run) >= 3]


def _area(x0: float, x1: float, heights: Sequence[float], segments: Sequence[Boxed]) -> TableArea | None:
    """A table between rules at these heights, its columns told by the white between its cells."""
    own = [
        s for s in segments if x0 - 2 <= s.x0 and s.x1 <= x1 + 2 and heights[0] <= (s.top + s.bottom) / 2 <= heights[-1]
    ]
    columns = _columns(own)
    lines = _lines(own)
    if len(columns) < 2 or sum(len(line) >= 2 for line in lines) < CELL_SHARE * len(lines):
        return None
    edges = [x0, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), x1]
    rows = tuple(
        tuple((edges[c], top, edges[c + 1], bottom) for c in range(len(columns)))
        for top, bottom in _bands(heights, lines)
    )
    return TableArea(x0, heights[0], x1, heights[-1], rows)


def _columns(segments: Sequence[Boxed]) -> list[tuple[float, float]]:
    """Left and right edges of columns: segments that overlap across, over all rows."""
    out: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.x0):
        if out and segment.x0 < out[-1][1] - 1:
            out[-1] = (out[-1][0], max(out[-1][1], segment.x1))
        else:
            out.append((segment.x0, segment.x1))
    return out


def _lines(segments: Sequence[B]) -> list[list[B]]:
    lines: list[list[B]] = []
    for segment in sorted(segments, key=lambda s: s.top):
        if lines and segment.top < lines[-1][0].bottom - 0.5 * segment.size:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return lines


def _bands(heights: Sequence[float], lines: Sequence[Sequence[Boxed]]) -> list[tuple[float, float]]:
    """Rows: the printed lines where rules stand only at head and foot, else what lies between two rules."""
    bands = list(itertools.pairwise(heights))
    if len(lines) <= len(bands):
        return bands
    tops = [min(s.top for s in line) for line in lines]
    return [(top, bottom) for top, bottom in zip(tops, [*tops[1:], heights[-1]], strict=True)]
