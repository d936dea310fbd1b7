"""Marks and the text that they belong to."""

from __future__ import annotations

import pytest

from pipeline.extract.lines import Line, page_lines
from tests.extract.pages import LEFT, SIZE, Sheet, prose


def said(line: Line) -> str:
    """What a line says, with raised characters in ``^{}``."""
    return "".join(f"^{{{c.text}}}" if c.raised else c.text for c in line.chars).replace("}^{", "")


def marked(size: float, rise: float, before: str = "市場を開いています", after: str = "。") -> str:
    """A line into which a mark of some size is set, some points above its baseline."""
    sheet = Sheet()
    edge = sheet.put(before, base=60)
    edge = sheet.put("1", x=edge, base=60 - rise, size=size)
    sheet.put(after, x=edge, base=60)
    (line,) = page_lines(sheet.done())[0]
    return said(line)


@pytest.mark.parametrize(("size", "rise"), [(10.0, 4.0), (10.0, 3.0), (11.0, 4.0), (9.0, 4.0), (6.0, 4.0)])
def test_a_mark_may_be_as_large_as_the_text_and_only_raised(size: float, rise: float) -> None:
    assert marked(size, rise) == "市場を開いています^{1}。"


def test_figures_of_the_line_above_are_no_marks() -> None:
    sheet = Sheet()
    sheet.put("秋の市場は", base=60)
    sheet.put("12", x=LEFT + 55, base=54)
    sheet.put("秋の市場は", base=76)
    assert [said(line) for line in page_lines(sheet.done())[0]] == ["12", "秋の市場は", "秋の市場は"]


def test_words_of_the_texts_size_beside_a_line_are_no_marks() -> None:
    sheet = Sheet()
    edge = sheet.put("秋の市場は", base=60)
    sheet.put("Open", x=edge, base=56)
    assert [said(line) for line in page_lines(sheet.done())[0]] == ["Open", "秋の市場は"]


def test_a_comma_between_two_marks_is_raised_with_them() -> None:
    sheet = Sheet()
    edge = sheet.put("市場を開いています", base=60)
    first = sheet.put("10", x=edge + 3, base=56.5, size=6)
    comma = sheet.put(",", x=first, base=57.7, size=6)
    last = sheet.put("16", x=comma, base=56, size=6)
    sheet.put("。", x=last, base=60)
    (line,) = page_lines(sheet.done())[0]
    assert said(line) == "市場を開いています^{10,16}。"


def test_a_small_word_before_a_sign_before_a_large_number_is_kept() -> None:
    sheet = Sheet()
    edge = sheet.put("vol", base=60, size=14)
    edge = sheet.put(".", x=edge, base=60, size=17)
    sheet.put("1", x=edge, base=60, size=25)
    (line,) = page_lines(sheet.done())[0]
    assert said(line) == "vol.1"


def test_columns_are_parted_where_a_bracket_ends_a_line_of_the_left_one() -> None:
    sheet = Sheet(width=400)
    sheet.column([prose(12), prose(12, 12), "秋の終わりの市場が（十月）", prose(12, 24), prose(12, 36)])
    sheet.column([prose(12, begin) for begin in (5, 17, 29, 41, 53)], x=LEFT + 14 * SIZE)
    said = [line.text for line in page_lines(sheet.done())[0]]
    assert said[2] == "秋の終わりの市場が（十月）"
    assert said[5:] == [prose(12, begin) for begin in (5, 17, 29, 41, 53)]
