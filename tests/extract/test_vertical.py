"""Vertical writing: lines from the right, tiers from the top, boxes where they are printed."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document
from pipeline.extract.read import extract
from pipeline.geometry import Geometry
from pipeline.limits import Limits
from pipeline.text import fold
from tests.extract.pages import prose, rows
from tests.extract.pdfs import SERIF
from tests.extract.places import misplaced, unexplained

WIDTH, HEIGHT, PITCH = 420.0, 300.0, 18.0


class Paper:
    """A page for vertical lines, each given by its x and the distance of its head from the page's top."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(SERIF))
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=(WIDTH, HEIGHT), invariant=1)

    def line(self, text: str, x: float, top: float, size: float = 10) -> None:
        for char in text:
            if char != "　":
                self.across(char, x, top, size)
            top += size

    def across(self, text: str, x: float, top: float, size: float = 10) -> None:
        self.canvas.setFont(SERIF, size)
        self.canvas.drawString(x, HEIGHT - top - 0.88 * size, text)

    def read(self) -> Document:
        self.canvas.showPage()
        self.canvas.save()
        data = self.target.getvalue()
        return extract(data, doc_id="d", source_file="d.pdf", sha256="", limits=Limits())


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "paragraph"]


@pytest.mark.parametrize("tiers", [1, 2])
def test_lines_are_read_from_the_right_and_tiers_from_the_top(tiers: int) -> None:
    paper = Paper()
    texts = []
    for tier in range(tiers):
        x = 380.0
        for at in range(6):
            texts.append(prose(32 + at, 9 * at + 60 * tier) + "。")
            for row in rows(texts[-1], 12, 1):
                paper.line(row, x, 20 + 140 * tier)
                x -= PITCH
    document = paper.read()
    assert paragraphs(document) == texts
    assert [(page.width, page.height, page.vertical) for page in document.pages] == [(WIDTH, HEIGHT, True)]
    assert len(document.pages[0].columns) == tiers
    assert "vertical-text" in {problem.code for problem in document.problems}
    assert misplaced(document) == []
    assert unexplained(document) == []


def test_a_vertical_line_has_one_box_where_it_is_printed() -> None:
    paper = Paper()
    printed = rows(prose(35) + "。", 12, 1)
    for at, row in enumerate(printed):
        paper.line(row, 300 - PITCH * at, 40)
    document = paper.read()
    (block,) = (block for block in document.blocks if block.kind == "paragraph")
    boxes = Geometry(document).boxes(block.ranges)
    assert [(round(box.x0), round(box.x1)) for box in boxes] == [
        (300 - 18 * at, 310 - 18 * at) for at in range(len(printed))
    ]
    assert [round(box.top) for box in boxes] == [50, *[40] * (len(printed) - 1)]


def test_figures_side_by_side_in_a_line_and_what_stands_across_the_page() -> None:
    paper = Paper()
    for at in range(5):
        paper.line(prose(14, 5 * at), 330 - PITCH * at, 40)
    paper.line("昭和", 240, 40)
    paper.across("12", 240, 60)
    paper.line("年の港の市場。", 240, 70)
    paper.across("港町コメンタリー第八号", 20, 8)
    paper.across("7", 210, 285)
    document = paper.read()
    assert "".join(block.text for block in document.blocks).endswith("昭和12年の港の市場。")
    out = {left.reason: document.raw[left.start : left.end] for left in document.left_out}
    assert set(out) == {"turned"}


def test_horizontal_pages_stay_as_they_are() -> None:
    paper = Paper()
    for at in range(8):
        paper.across(prose(30, 5 * at), 40, 40 + 16 * at)
    document = paper.read()
    assert not document.pages[0].vertical
    assert "vertical-text" not in {problem.code for problem in document.problems}


@pytest.mark.parametrize(("form", "plain"), [("︒", "。"), ("︑", "、"), ("﹁", "「"), ("︵", "（"), ("︙", "︙")])
def test_forms_for_vertical_writing_are_the_ordinary_characters(form: str, plain: str) -> None:
    assert fold(form) == plain
