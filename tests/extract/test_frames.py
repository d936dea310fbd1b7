"""Text in frames."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.drawings import Box
from pipeline.extract.lines import page_lines
from tests.extract.pages import LEFT, Sheet, prose, texts

ONE, TWO = LEFT, 260.0
"""Left edges of two columns of 18 characters."""


def read(sheet: Sheet, *frames: Box) -> list[str]:
    return texts(page_lines(replace(sheet.done(), frames=frames))[0])


def test_a_frame_across_two_columns_is_read_between_what_is_above_and_below() -> None:
    sheet = Sheet(width=500)
    parts = {name: [prose(18, 7 * at + i) for i in range(6)] for at, name in enumerate(("a", "b", "c", "d"))}
    boxed = [prose(36, 40 + 3 * i) for i in range(4)]
    sheet.column(parts["a"], ONE)
    sheet.column(parts["b"], TWO)
    sheet.column(boxed, ONE + 10, base=180)
    sheet.column(parts["c"], ONE, base=270)
    sheet.column(parts["d"], TWO, base=270)
    frame = (ONE, 160.0, 440.0, 240.0)
    assert read(sheet, frame) == [*parts["a"], *parts["b"], *boxed, *parts["c"], *parts["d"]]


def test_the_lines_in_a_frame_have_its_edges() -> None:
    sheet = Sheet()
    sheet.column([prose(20, 3 * i) for i in range(5)])
    sheet.column([prose(16, 5 * i) for i in range(4)], LEFT + 20, base=160)
    sheet.column([prose(20, 7 * i) for i in range(5)], base=250)
    lines, _ = page_lines(replace(sheet.done(), frames=((60.0, 145.0, 240.0, 225.0),)))
    assert {(line.left, line.right) for line in lines[5:9]} == {(70, 230)}
    assert {(line.left, line.right) for line in [*lines[:5], *lines[9:]]} == {(50, 250)}


def test_a_box_around_a_heading_or_around_the_page_frames_nothing() -> None:
    sheet = Sheet()
    sheet.put("港の町", base=40)
    sheet.column([prose(20, 3 * i) for i in range(6)])
    boxes = ((45.0, 25.0, 255.0, 45.0), (10.0, 10.0, 290.0, 400.0))
    lines, _ = page_lines(replace(sheet.done(), frames=boxes))
    assert {(line.left, line.right) for line in lines} == {(50, 250)}


def test_a_table_in_a_frame_is_read_with_it() -> None:
    sheet = Sheet()
    sheet.column([prose(20, 3 * i) for i in range(8)])
    sheet.column([prose(16, 5 * i) for i in range(3)], LEFT + 10, base=212)
    sheet.table([["年", "名称"], ["2025", "会合"]], 65, 252, (60, 100), 20)
    sheet.column([prose(16, 5 * i + 2) for i in range(2)], LEFT + 10, base=312)
    sheet.column([prose(20, 11)], base=380)
    found = read(sheet, (52.0, 195.0, 250.0, 345.0))
    assert found.index("年\t名称") == 11
    assert found[-1] == prose(20, 11)
