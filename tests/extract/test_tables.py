"""Cells of tables, and tables that are ruled between their rows only."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract.glyphs import Rule, TableArea
from pipeline.extract.lines import page_lines
from pipeline.extract.tables import holds_cells, in_rows, inside, open_tables
from tests.extract.pages import LEFT, Sheet, prose, texts
from tests.extract.test_columns import Piece


def test_text_is_in_the_cell_that_holds_its_middle() -> None:
    sheet = Sheet()
    sheet.table([["", ""], ["", ""]], 50, 100, (60, 100), 20)
    (table,) = sheet.tables
    pieces = [Piece("a", 53, 105, 80, 115), Piece("b", 113, 105, 150, 115), Piece("d", 113, 125, 150, 135)]
    assert [[[p.name for p in cell] for cell in row] for row in in_rows(table, pieces)] == [
        [["a"], ["b"]],
        [[], ["d"]],
    ]


def test_text_beside_every_cell_is_in_the_nearest() -> None:
    sheet = Sheet()
    sheet.table([["", ""], ["", ""]], 50, 100, (60, 100), 20)
    found = in_rows(sheet.tables[0], [Piece("x", 215, 125, 240, 135)])
    assert [[len(cell) for cell in row] for row in found] == [[0, 0], [0, 1]]


def test_inside() -> None:
    sheet = Sheet()
    sheet.table([["", ""]], 50, 100, (60, 100), 20)
    assert inside(Piece("a", 60, 105, 80, 115), sheet.tables[0])
    assert not inside(Piece("a", 60, 125, 80, 135), sheet.tables[0])
    assert not inside(Piece("a", 220, 105, 240, 115), sheet.tables[0])


def test_a_frame_with_text_in_one_column_holds_no_cells() -> None:
    sheet = Sheet()
    sheet.table([["", ""], ["", ""]], 50, 100, (60, 100), 20)
    (table,) = sheet.tables
    assert not holds_cells(table, [])
    assert not holds_cells(table, [Piece("a", 53, 105, 80, 115), Piece("c", 53, 125, 80, 135)])
    assert holds_cells(table, [Piece("a", 53, 105, 80, 115), Piece("b", 113, 105, 150, 115)])


ROWS = [
    ("年", "会合の名称", "場所"),
    ("2023", "秋の会合", "港の町"),
    ("2024", "春の会合", "丘の町"),
    ("2025", "夏の会合", "島"),
]


def open_table(rules: list[float]) -> Sheet:
    """A table of four rows with rules at these heights only, between two lines of text."""
    sheet = Sheet()
    sheet.put(prose(20), base=60)
    for at, row in enumerate(ROWS):
        for text, x in zip(row, (LEFT + 4, LEFT + 60, LEFT + 140), strict=True):
            sheet.put(text, x=x, base=114 + 20 * at)
    sheet.put(prose(20, 5), base=220)
    for y in rules:
        sheet.rule(y, LEFT, LEFT + 200)
    return sheet


@pytest.mark.parametrize(
    "rules", [[100.0, 120.0, 140.0, 160.0, 180.0], [100.0, 120.0, 180.0]], ids=["every row", "head and foot"]
)
def test_a_table_with_rules_between_its_rows_only(rules: list[float]) -> None:
    found, apart = page_lines(open_table(rules).done())
    assert texts(found) == [prose(20), *("\t".join(row) for row in ROWS), prose(20, 5)]
    assert [one.table for one in found] == [False, True, True, True, True, False]
    assert apart == []


def test_rules_around_running_text_make_no_table() -> None:
    sheet = Sheet()
    sheet.column([prose(20, i) for i in range(6)], base=80)
    for y in (66.0, 100.0, 170.0):
        sheet.rule(y, LEFT, LEFT + 200)
    assert not any(one.table for one in page_lines(sheet.done())[0])


def test_no_rules_no_table() -> None:
    assert open_tables([], []) == []


def bare_table(cells: Sequence[tuple[str, ...]], places: tuple[float, ...] = (LEFT, LEFT + 60, LEFT + 140)) -> Sheet:
    """A table without rules between two lines of text."""
    sheet = Sheet()
    sheet.put(prose(20), base=60)
    for at, row in enumerate(cells):
        for text, x in zip(row, places, strict=True):
            sheet.put(text, x=x, base=94 + 18 * at)
    sheet.put(prose(20, 5), base=220)
    return sheet


def test_a_table_without_rules() -> None:
    found, _ = page_lines(bare_table(ROWS).done())
    assert texts(found) == [prose(20), *("\t".join(row) for row in ROWS), prose(20, 5)]
    assert [one.table for one in found] == [False, True, True, True, True, False]


def test_the_head_of_a_table_without_rules_may_touch_its_neighbours() -> None:
    head = ("年の始め", "会合に使う名", "場所の名")
    found, _ = page_lines(bare_table([head, *ROWS[1:]], (LEFT, LEFT + 45, LEFT + 108)).done())
    assert texts(found)[1] == "\t".join(head)
    assert found[1].table


@pytest.mark.parametrize("cells", [ROWS[:2], [(a, prose(13, at), b) for at, (a, _, b) in enumerate(ROWS)]])
def test_two_lines_or_wide_cells_make_no_table(cells: list[tuple[str, ...]]) -> None:
    found, _ = page_lines(bare_table(cells, (LEFT, LEFT + 50, LEFT + 200)).done())
    assert not any(one.table for one in found)


def kinds(sheet: Sheet) -> list[tuple[bool, str]]:
    """Whether each line of a page is a row of a table, and what it says."""
    return [(line.table, line.text) for line in page_lines(sheet.done())[0]]


def test_the_name_and_the_source_of_a_table_are_none_of_its_rows_though_ruled_in_with_it() -> None:
    sheet = Sheet()
    sheet.table([["", ""], ["年", "会合"], ["2023", "秋の会合"], ["", ""]], 50, 100, (60, 140), 20)
    sheet.put("表１　港の町の会合の一覧", x=60, base=114)
    sheet.put("資料：港の町の暦", x=60, base=174, size=8)
    assert kinds(sheet) == [
        (False, "表１　港の町の会合の一覧"),
        (True, "年\t会合"),
        (True, "2023\t秋の会合"),
        (False, "資料：港の町の暦"),
    ]


def test_a_cell_across_a_table_stays_a_row_of_it() -> None:
    sheet = Sheet()
    sheet.table([["", ""], ["年", "会合"], ["2023", "秋の会合"]], 50, 100, (60, 140), 20)
    sheet.put("港の町の会合", x=100, base=114)
    assert [row for row, _ in kinds(sheet)] == [True, True, True]


def test_text_is_in_the_smallest_of_the_cells_that_hold_it() -> None:
    table = TableArea(0, 0, 200, 60, (((0, 0, 200, 60), None), ((10, 20, 100, 40), (100, 20, 190, 40))))
    found = in_rows(table, [Piece("a", 20, 25, 60, 35), Piece("b", 120, 25, 160, 35), Piece("c", 20, 5, 60, 15)])
    assert [[[piece.name for piece in cell] for cell in row] for row in found] == [[["c"], []], [["a"], ["b"]]]


def test_narrow_columns_that_hold_nothing_are_padding() -> None:
    sheet = Sheet()
    sheet.table([["", "年", "", "会合"], ["", "2023", "", "秋の会合"]], 50, 100, (6, 60, 6, 100), 20)
    assert kinds(sheet) == [(True, "年\t会合"), (True, "2023\t秋の会合")]


def test_a_column_of_empty_cells_keeps_its_place() -> None:
    sheet = Sheet()
    sheet.table([["年", "", "会合"], ["2023", "", "秋の会合"]], 50, 100, (60, 60, 100), 20)
    assert kinds(sheet) == [(True, "年\t\t会合"), (True, "2023\t\t秋の会合")]


TINTED = TableArea(
    50,
    100,
    250,
    180,
    (
        ((50, 100, 150, 140), (150, 100, 250, 120)),
        (None, (150, 120, 250, 140)),
        ((50, 140, 150, 180), (150, 140, 250, 160)),
        (None, (150, 160, 250, 180)),
    ),
)
"""Two rows of two cells, those at the right tinted line by line."""
LINES = [Piece(name, x, y, x + 40, y + 10) for name, x, y in (("a", 60, 115), ("b1", 160, 105), ("b2", 160, 125))]
LINES += [Piece(name, x, y, x + 40, y + 10) for name, x, y in (("c", 60, 155), ("d1", 160, 145), ("d2", 160, 165))]


def names(rows: list[list[list[Piece]]]) -> list[list[str]]:
    """The names of the pieces in each cell, together."""
    return [[" ".join(piece.name for piece in cell) for cell in row] for row in rows]


def test_the_tints_of_a_cell_s_lines_are_no_rows_where_rules_part_the_rows() -> None:
    rules = [Rule(50, y, 250, y + 0.5) for y in (100, 140, 180)]
    assert names(in_rows(TINTED, LINES, rules)) == [["a", "b1 b2"], ["c", "d1 d2"]]


def test_tints_are_rows_where_no_rule_parts_them() -> None:
    frame = [Rule(50, 100, 250, 100.5), Rule(50, 180, 250, 180.5)]
    assert names(in_rows(TINTED, LINES, frame)) == names(in_rows(TINTED, LINES))
    assert len(in_rows(TINTED, LINES)) == 4


def test_rows_within_a_row_that_rules_part_are_rows() -> None:
    rules = [Rule(50, y, 250, y + 0.5) for y in (100, 140, 180)] + [Rule(150, y, 250, y + 0.5) for y in (120, 160)]
    assert names(in_rows(TINTED, LINES, rules)) == [["a", "b1"], ["", "b2"], ["c", "d1"], ["", "d2"]]


def test_a_head_over_two_ruled_columns_joins_them_not() -> None:
    table = TableArea(50, 100, 250, 140, (((50, 100, 250, 120), None), ((50, 120, 150, 140), (150, 120, 250, 140))))
    pieces = [Piece("head", 120, 105, 180, 115), Piece("a", 60, 125, 100, 135), Piece("b", 160, 125, 200, 135)]
    rules = [Rule(50, 120, 250, 120.5), Rule(150, 120, 150.5, 140)]
    assert names(in_rows(table, pieces, rules)) == [["head", ""], ["a", "b"]]
