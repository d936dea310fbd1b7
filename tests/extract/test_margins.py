"""Side tabs, watermarks and numbers of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.extract.glyphs import PageGlyphs
from pipeline.extract.margins import find_stamps
from tests.extract.pages import LEFT, PITCH, Sheet, prose, rows


def stamped(pages: Sequence[PageGlyphs]) -> list[dict[str, str]]:
    """For each page what was found, by reason."""
    found = find_stamps(pages)
    out = []
    for page in pages:
        own: dict[str, str] = {}
        for glyph in page.glyphs:
            if id(glyph) in found:
                own[found[id(glyph)]] = own.get(found[id(glyph)], "") + glyph.text
        out.append(own)
    return out


def sheets(count: int = 3) -> list[Sheet]:
    """Pages full of text, each with another one, and with a running head."""
    out = []
    for number in range(1, count + 1):
        sheet = Sheet(number)
        sheet.put("港町コメンタリー", LEFT, 30, 8)
        sheet.column(rows(prose(300, 7 * number)), base=60)
        sheet.put(str(number), 150, 405, 8)
        out.append(sheet)
    return out


def tab(sheet: Sheet, x: float) -> None:
    for at, char in enumerate("第２章"):
        sheet.put(char, x, 150 + 12 * at)


@pytest.mark.parametrize("x", [20, 270])
def test_a_tab_in_the_margin_is_no_text(x: float) -> None:
    pages = sheets()
    for sheet in pages:
        tab(sheet, x)
    assert stamped([sheet.done() for sheet in pages]) == [{"side_tab": "第２章"}] * 3


def test_tabs_of_odd_and_of_even_pages() -> None:
    pages = sheets(4)
    for sheet in pages:
        tab(sheet, 270 if sheet.number % 2 else 20)
    assert stamped([sheet.done() for sheet in pages]) == [{"side_tab": "第２章"}] * 4


def test_what_hangs_out_of_a_line_is_no_tab() -> None:
    pages = sheets()
    for sheet in pages:
        sheet.put("。", 250, 60)
    assert stamped([sheet.done() for sheet in pages]) == [{}] * 3


def test_pages_that_say_the_same_have_no_tabs() -> None:
    pages = [sheet.done() for sheet in sheets(1)]
    again = [replace(glyph) for glyph in pages[0].glyphs]
    assert stamped([*pages, replace(pages[0], number=2, glyphs=tuple(again))]) == [{}, {}]


def test_a_watermark_is_no_text() -> None:
    pages = sheets()
    for sheet in pages:
        sheet.put("見本", 100, 200, 60, color="0.9")
    assert stamped([sheet.done() for sheet in pages]) == [{"watermark": "見本"}] * 3
    assert stamped([sheet.done() for sheet in pages[:2]]) == [{"watermark": "見本"}] * 2
    assert stamped([sheet.done() for sheet in pages[:1]]) == [{}]


def test_a_large_heading_that_touches_no_text_is_no_watermark() -> None:
    pages = []
    for sheet in sheets():
        kept = [glyph for glyph in sheet.glyphs if not 80 < glyph.base < 160]
        sheet.glyphs[:] = kept
        sheet.put("章", LEFT, 130, 40)
        pages.append(sheet.done())
    assert stamped(pages) == [{}] * 3


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_are_no_text(step: int) -> None:
    pages = []
    for number in (1, 2):
        sheet = Sheet(number)
        sheet.height = 1000
        sheet.column(rows(prose(1000, 7 * number)), base=60)
        for at in range(step, 51, step):
            sheet.put(str(at), 30, 60 + (at - 1) * PITCH, 7)
        pages.append(sheet.done())
    numbers = "".join(str(at) for at in range(step, 51, step))
    assert stamped(pages) == [{"line_number": numbers}] * 2


def test_a_numbered_list_is_text() -> None:
    sheet = Sheet()
    sheet.column([f"{number}  {prose(6 + number % 7, number)}" for number in range(1, 15)])
    assert stamped([sheet.done()]) == [{}]


def test_nothing_is_found_on_empty_pages() -> None:
    assert find_stamps([Sheet().done()]) == {}


def test_line_numbers_that_begin_again_with_the_notes_and_a_page_of_few_lines() -> None:
    pages = []
    for number, count in ((1, 40), (2, 4)):
        sheet = Sheet(number)
        sheet.height = 1000
        sheet.column(rows(prose(20 * count, 7 * number)), base=60)
        for at in range(1, count + 1):
            sheet.put(str(at if at < 31 else at - 30), 30, 60 + (at - 1) * PITCH, 7)
        pages.append(sheet.done())
    first, second = stamped(pages)
    assert first == {"line_number": "".join(str(at if at < 31 else at - 30) for at in range(1, 41))}
    assert second == {"line_number": "1234"}
