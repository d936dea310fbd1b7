"""The order in which the pieces of a page are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from pipeline.extract.columns import in_reading_order
from pipeline.extract.glyphs import TableArea
from pipeline.extract.lines import page_lines
from tests.extract.pages import Sheet, prose, texts

ONE, TWO = 50.0, 260.0
"""Left edges of two columns of 18 characters."""


@dataclass
class Piece:
    """A box with a name."""

    name: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 10.0


def stack(name: str, x0: float, x1: float, count: int, top: float = 100.0) -> list[Piece]:
    """Boxes one below the other, named with a number."""
    return [Piece(f"{name}{i}", x0, top + 16 * i, x1, top + 16 * i + 10) for i in range(count)]


def order(pieces: Sequence[Piece], areas: Sequence[TableArea] = ()) -> list[str]:
    """Names of columns and areas as they are read, each column from its top."""
    out = []
    for region in in_reading_order(pieces, areas, []):
        if isinstance(region, TableArea):
            out.append("table")
        else:
            out += [piece.name for piece in sorted(region, key=lambda piece: piece.top)]
    return out


def names(name: str, count: int) -> list[str]:
    return [f"{name}{i}" for i in range(count)]


def said(sheet: Sheet) -> list[str]:
    return texts(page_lines(sheet.done())[0])


def test_one_column() -> None:
    assert order(stack("a", 50, 250, 6)) == names("a", 6)


def test_two_columns() -> None:
    pieces = [*stack("b", 260, 440, 8), *stack("a", 50, 230, 8)]
    assert order(pieces) == names("a", 8) + names("b", 8)


def test_three_columns() -> None:
    pieces = [*stack("c", 350, 480, 8), *stack("b", 200, 330, 8), *stack("a", 50, 180, 8)]
    assert order(pieces) == names("a", 8) + names("b", 8) + names("c", 8)


@pytest.mark.parametrize("shift", [0.0, 5.0, 8.0])
def test_columns_whose_lines_stand_at_other_heights(shift: float) -> None:
    pieces = [*stack("a", 50, 230, 9), *stack("b", 260, 440, 9, top=100 + shift)]
    assert order(pieces) == names("a", 9) + names("b", 9)


def test_a_title_over_both_columns_is_read_first() -> None:
    title = Piece("title", 100, 60, 400, 76, 16)
    pieces = [*stack("b", 260, 440, 8), title, *stack("a", 50, 230, 8)]
    assert order(pieces) == ["title", *names("a", 8), *names("b", 8)]


def test_a_line_across_parts_what_is_above_from_what_is_below() -> None:
    across = Piece("across", 50, 240, 440, 252)
    pieces = [
        *stack("a", 50, 230, 8),
        *stack("b", 260, 440, 8),
        across,
        *stack("c", 50, 230, 8, top=270),
        *stack("d", 260, 440, 8, top=270),
    ]
    assert order(pieces) == [*names("a", 8), *names("b", 8), "across", *names("c", 8), *names("d", 8)]


def test_a_short_right_column() -> None:
    pieces = [*stack("a", 50, 230, 12), *stack("b", 260, 440, 5)]
    assert order(pieces) == names("a", 12) + names("b", 5)


def test_a_list_of_short_cells_is_no_column() -> None:
    """Numbers at the left of a text, as in a list, are read with their lines."""
    pieces = [*stack("n", 50, 60, 6), *stack("t", 80, 440, 6)]
    assert order(pieces) == [f"{kind}{i}" for i in range(6) for kind in "nt"]


def test_a_few_rows_are_no_columns() -> None:
    pieces = [*stack("a", 50, 230, 3), *stack("b", 260, 440, 3)]
    assert order(pieces) == ["a0", "b0", "a1", "b1", "a2", "b2"]


def test_an_area_stands_where_it_is_printed() -> None:
    area = TableArea(50, 195, 250, 290, ())
    above, below = stack("a", 50, 250, 6), stack("b", 50, 250, 6, top=300)
    assert order([*above, *below], [area]) == [*names("a", 6), "table", *names("b", 6)]


def test_an_area_in_a_column_is_read_with_it() -> None:
    area = TableArea(260, 150, 440, 240, ())
    right = [*stack("b", 260, 440, 3), *stack("c", 260, 440, 5, top=250)]
    assert order([*stack("a", 50, 230, 14), *right], [area]) == [
        *names("a", 14),
        *names("b", 3),
        "table",
        *names("c", 5),
    ]


def test_areas_alone_and_nothing_at_all() -> None:
    area = TableArea(50, 100, 250, 200, ())
    assert order([], [area]) == ["table"]
    assert order([]) == []


def test_every_piece_is_read_once() -> None:
    pieces = [
        Piece("title", 100, 60, 400, 76, 16),
        *stack("a", 50, 230, 9),
        *stack("b", 260, 440, 7),
        *stack("n", 50, 440, 3, top=400),
    ]
    area = TableArea(50, 120, 230, 140, ())
    assert sorted(order(pieces, [area])) == sorted([piece.name for piece in pieces] + ["table"])


def two_columns(rows: int, first: float, size: float = 10.0, begin: int = 0, ems: int = 18) -> tuple[list[str], Sheet]:
    """A sheet with two columns of text, and its lines as they are read."""
    sheet = Sheet(width=500, height=700)
    left = [prose(ems, begin + i) for i in range(rows)]
    right = [prose(ems, begin + 31 + i) for i in range(rows)]
    sheet.column(left, ONE, first, size=size)
    sheet.column(right, TWO, first, size=size)
    return left + right, sheet


def test_a_heading_by_lines_and_two_columns() -> None:
    body, sheet = two_columns(20, 180)
    sheet.put("秋の市場と港の町", x=130, base=80, size=18)
    sheet.put("主任研究官 海野 渡", x=330, base=120)
    assert said(sheet) == ["秋の市場と港の町", "主任研究官 海野 渡", *body]


def test_notes_across_the_page_below_two_columns() -> None:
    body, sheet = two_columns(20, 80)
    notes = [f"{n} 港の記録の第{n}章に、秋の市場に集まる人と船の数が年ごとに書き留めてある。" for n in (1, 2, 3)]
    sheet.column(notes, ONE, 440, 12, 8)
    assert said(sheet) == body + notes


def test_notes_under_each_column_are_read_after_both() -> None:
    body, sheet = two_columns(20, 80)
    left = ["1 港の記録の第一章、とくに市場を扱う節。", "2 同上、四十頁から。"]
    right = ["3 町の記録の第二章、とくに船を扱う節の表。", "4 同上、五十頁から。"]
    sheet.column(left, ONE, 440, 12, 8)
    sheet.column(right, TWO, 440, 12, 8)
    assert said(sheet) == body + left + right


def test_paragraphs_with_indents_and_short_lines_in_two_columns() -> None:
    sheet = Sheet(width=500, height=700)
    left = ["　" + prose(17), prose(18, 3), prose(6, 9) + "。", "　" + prose(17, 20), prose(18, 5), prose(9) + "。"]
    right = [prose(18, 40), prose(11) + "。", "　" + prose(17, 8), prose(18, 2), prose(18, 30), prose(4) + "。"]
    sheet.column(left, ONE, 80)
    sheet.column(right, TWO, 80)
    assert said(sheet) == left + right


@pytest.mark.parametrize("gutter", [4.5, 7.0, 10.0])
def test_columns_close_to_each_other(gutter: float) -> None:
    sheet = Sheet(width=500)
    left, right = [prose(20, 3 * i) for i in range(12)], [prose(20, 3 * i + 1) for i in range(12)]
    left[4] = left[4][:-1] + "、"
    sheet.column(left, 50)
    sheet.column(right, 250 + gutter)
    assert said(sheet) == left + right


def test_words_that_happen_to_begin_below_each_other_are_no_columns() -> None:
    sheet = Sheet(width=500)
    words = [f"{prose(12 + i % 2, i)} {prose(9, i + 5)}" for i in range(12)]
    sheet.column(words)
    assert said(sheet) == words


def test_an_area_across_two_columns_parts_what_is_above_from_what_is_below() -> None:
    pieces = [
        *stack("a", 50, 230, 6),
        *stack("b", 260, 440, 6),
        *stack("c", 50, 230, 6, 300),
        *stack("d", 260, 440, 6, 300),
    ]
    area = TableArea(50, 210, 440, 280, (((50, 210, 240, 280), (240, 210, 440, 280)),))
    assert order(pieces, [area]) == [*names("a", 6), *names("b", 6), "table", *names("c", 6), *names("d", 6)]


@pytest.mark.parametrize("shift", [3.0, 5.0, 7.0])
def test_three_columns_whose_lines_stand_at_other_heights(shift: float) -> None:
    pieces = [
        *stack("a", 50, 180, 12),
        *stack("b", 200, 330, 12, top=100 + shift),
        *stack("c", 350, 480, 5, top=100 + 2 * shift),
    ]
    assert order(pieces) == names("a", 12) + names("b", 12) + names("c", 5)


def test_notes_under_three_columns_are_read_after_all() -> None:
    pieces = [*stack("a", 50, 180, 8), *stack("b", 200, 330, 8), *stack("c", 350, 480, 8)]
    for x0, name in ((50, "n"), (200, "o"), (350, "p")):
        for i in range(4):
            pieces.append(Piece(f"{name}{i}", x0, 240 + 10 * i, x0 + 130, 247 + 10 * i, 7.0))
    text = [*names("a", 8), *names("b", 8), *names("c", 8)]
    assert order(pieces) == [*text, *names("n", 4), *names("o", 4), *names("p", 4)]


@pytest.mark.parametrize("size", [10.0, 12.0])
def test_columns_end_above_a_short_heading_and_begin_anew_below(size: float) -> None:
    above = [*stack("a", 50, 230, 6), *stack("b", 260, 440, 5)]
    head = Piece("head", 50, 214, 130, 214 + size, size)
    below = [*stack("c", 50, 230, 6, top=240), *stack("d", 260, 440, 6, top=240)]
    assert order([*above, head, *below]) == [*names("a", 6), *names("b", 5), "head", *names("c", 6), *names("d", 6)]


def test_a_heading_of_the_left_column_parts_only_that() -> None:
    left = [*stack("a", 50, 230, 6), Piece("head", 50, 214, 130, 226, 12), *stack("c", 50, 230, 6, top=240)]
    right = stack("b", 260, 440, 14)
    assert order([*left, *right]) == [*names("a", 6), "head", *names("c", 6), *names("b", 14)]


def test_two_columns_over_three() -> None:
    above = [*stack("a", 50, 255, 7), *stack("b", 275, 480, 7)]
    below = [
        *stack("c", 50, 180, 6, top=240),
        *stack("d", 200, 330, 6, top=240),
        *stack("e", 350, 480, 6, top=240),
    ]
    read = order([*above, Piece("head", 50, 220, 140, 232, 12), *below])
    assert read == [*names("a", 7), *names("b", 7), "head", *names("c", 6), *names("d", 6), *names("e", 6)]


def test_a_few_lines_of_columns_are_told_by_the_gutter_of_another_page() -> None:
    gutters: list[tuple[float, float]] = []
    in_reading_order([*stack("a", 50, 230, 9), *stack("b", 260, 440, 9)], [], gutters)
    assert gutters == [(230, 260)]
    short = [Piece("a0", 50, 100, 230, 110), Piece("b0", 260, 100, 300, 110)]
    assert [[piece.name for piece in column] for column in in_reading_order(short, [], gutters)] == [["a0"], ["b0"]]
    assert order(short) == ["a0", "b0"]


def test_front_lines_left_and_right_above_three_columns() -> None:
    front = [Piece("banner", 50, 40, 120, 50), Piece("date", 400, 56, 480, 66), Piece("title", 210, 76, 320, 90, 14)]
    text = [*stack("a", 50, 180, 8, top=130), *stack("b", 200, 330, 8, top=130), *stack("c", 350, 480, 8, top=130)]
    assert order([*front, *text]) == ["banner", "date", "title", *names("a", 8), *names("b", 8), *names("c", 8)]


def both(name: str, count: int, top: float) -> list[Piece]:
    """The lines of two columns that begin at one height."""
    return [*stack(f"{name}l", 50, 230, count, top), *stack(f"{name}r", 260, 440, count, top)]


def test_a_short_heading_over_both_columns_parts_them() -> None:
    heading = Piece("heading", 50, 240, 120, 253, 13)
    pieces = [*both("a", 8, 100), heading, *both("b", 8, 270)]
    above, below = names("al", 8) + names("ar", 8), names("bl", 8) + names("br", 8)
    assert order(pieces) == [*above, "heading", *below]
