"""Figures, and the words in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract.drawings import Box, figures_of
from pipeline.extract.lines import page_lines
from tests.extract.pages import LEFT, Sheet, prose, texts

PAGE = (300.0, 420.0)
DIAGRAM: list[Box] = [
    (60 + 40 * (i % 3), 200 + 45 * (i // 3), 90 + 40 * (i % 3), 240 + 45 * (i // 3)) for i in range(9)
]


def test_shapes_that_lie_together_are_a_figure() -> None:
    near = [(x0, top, x0 + 38, top + 42) for x0, top, _, _ in DIAGRAM]
    assert figures_of(near, [], *PAGE) == [(60, 200, 178, 332)]


def test_a_picture_is_a_figure_and_an_icon_is_none() -> None:
    assert figures_of([], [(50, 100, 250, 200)], *PAGE) == [(50, 100, 250, 200)]
    assert figures_of([], [(50, 100, 70, 120)], *PAGE) == []


@pytest.mark.parametrize(
    "shapes",
    [
        [(40.0, 40.0, 260.0, 140.0)],  # a box around a text
        [(0.0, 0.0, 300.0, 420.0)] * 8,  # the page's ground
        [(20.0, 20.0, 280.0, 30.0)] * 8,  # a band under the head
        [(30.0 + 90 * i, 60.0, 40.0 + 90 * i, 70.0) for i in range(3)],
    ],
)
def test_what_frames_or_adorns_is_no_figure(shapes: list[Box]) -> None:
    assert figures_of(shapes, [], *PAGE) == []


def sheet() -> Sheet:
    """A page of text with labels in its middle."""
    page = Sheet(number=2)
    page.column([prose(20, 3 * i) for i in range(8)])
    page.put("港", 70, 220, 6)
    page.put("市場と橋", 120, 230, 6)
    page.put("図1　港の町", 100, 310, 8)
    page.column([prose(20, 5 * i + 1) for i in range(3)], base=340)
    return page


def left_out(page: Sheet, figures: tuple[Box, ...]) -> str:
    _, apart = page_lines(replace(page.done(), figures=figures))
    assert {why for _, why, _ in apart} <= {"figure"}
    return "".join(glyph.text for glyph, _, _ in apart)


def test_words_in_a_figure_are_left_out_and_its_caption_is_not() -> None:
    assert left_out(sheet(), ((60, 200, 200, 320),)) == "港市場と橋"
    assert "図1　港の町" in texts(page_lines(replace(sheet().done(), figures=((60, 200, 200, 320),)))[0])


def test_text_over_a_picture_stays_text() -> None:
    page = sheet()
    page.put(prose(18, 2), 60, 260)
    assert left_out(page, ((50, 200, 250, 320),)) == ""


def test_a_page_that_is_one_figure_keeps_its_words() -> None:
    page = Sheet(number=2)
    page.put("市場と橋", 120, 230, 6)
    page.put("港", 50, 380, 6)
    assert left_out(page, ((60, 200, 200, 320),)) == ""


def test_a_title_over_a_picture_is_read() -> None:
    page = Sheet()
    page.put("秋の市場", LEFT + 30, 90, 16)
    page.column([prose(20, 3 * i) for i in range(8)], base=200)
    assert left_out(page, ((40, 50, 260, 130),)) == ""


def test_a_caption_of_two_lines_in_a_figure_is_kept_and_its_words_are_not() -> None:
    page = Sheet(number=2)
    page.column([prose(20, 3 * i) for i in range(10)])
    page.put("図１　港の町の秋の市場に集まる", x=60, base=240, size=9)
    page.put("船と人々", x=90, base=253, size=9)
    page.put("倉庫", x=150, base=300, size=9)
    page.put("提供：港の町", x=60, base=330, size=8)
    lines, apart = page_lines(replace(page.done(), figures=((55.0, 230.0, 250.0, 335.0),)))
    assert texts(lines)[-3:] == ["図１　港の町の秋の市場に集まる", "船と人々", "提供：港の町"]
    assert "".join(one.glyph.text for one in apart) == "倉庫"
