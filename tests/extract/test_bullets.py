"""Bullets that programs draw as shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.document import BODY_KINDS
from pipeline.extract.bullets import Shape, drawn_bullets
from pipeline.extract.glyphs import Glyph
from pipeline.extract.read import extract
from pipeline.limits import Limits
from tests.extract.pages import Sheet, prose, rows
from tests.extract.pdfs import HEIGHT, SERIF, drawn
from tests.extract.places import misplaced


def glyphs(*texts: str) -> list[Glyph]:
    sheet = Sheet()
    sheet.column(texts, x=70)
    return sheet.glyphs


def shape(x: float, y: float, size: float = 3.0, round: bool = True, filled: bool = True) -> Shape:
    """A shape by its left edge and its middle."""
    return Shape((x, y - size / 2, x + size, y + size / 2), round, filled)


@pytest.mark.parametrize(
    ("round", "filled", "size", "sign"),
    [
        (True, True, 3.0, "•"),
        (True, False, 3.0, "◦"),
        (False, True, 3.0, "▪"),
        (False, False, 3.0, "▫"),
        (True, True, 6.0, "●"),
        (True, False, 6.0, "○"),
        (False, True, 6.0, "■"),
        (False, False, 6.0, "□"),
    ],
)
def test_a_shape_before_a_line_is_the_sign_it_looks_like(round: bool, filled: bool, size: float, sign: str) -> None:
    (found,) = drawn_bullets([shape(58, 56, size, round, filled)], glyphs("市場の世話をする"))
    assert (found.text, found.x0, found.x1, found.base, found.size) == (sign, 58, 58 + size, 60, 10)


@pytest.mark.parametrize(
    "other",
    [shape(30, 56), shape(58, 80), shape(100, 56), shape(58, 56, 12), Shape((58, 54, 61, 64), True, True)],
    ids=["far", "lower", "inside", "large", "long"],
)
def test_other_shapes_are_none(other: Shape) -> None:
    assert drawn_bullets([other], glyphs("市場の世話をする")) == []


def test_the_points_of_a_chart_are_none() -> None:
    shapes = [shape(58, 56 + 0.01 * i) for i in range(100)]
    assert drawn_bullets(shapes, glyphs("市場の世話をする")) == []


@pytest.mark.parametrize("draw", ["circle", "square"])
def test_a_list_with_drawn_bullets(draw: str) -> None:
    items = [prose(21) + "。", prose(9, 30) + "。", prose(25, 50) + "。"]

    def page(canvas: Any) -> None:
        y = HEIGHT - 60
        canvas.setFont(SERIF, 10)
        for text in ["　" + prose(19, 5), prose(20, 24), prose(12, 44) + "。"]:
            canvas.drawString(50, y, text)
            y -= 16
        for item in items:
            signs: dict[str, Callable[[], None]] = {
                "circle": lambda y=y: canvas.circle(55, y + 4, 1.5, stroke=0, fill=1),  # type: ignore[misc]
                "square": lambda y=y: canvas.rect(53, y + 2, 4, 4, stroke=0, fill=1),  # type: ignore[misc]
            }
            signs[draw]()
            for row in rows(item, 18):
                canvas.drawString(70, y, row)
                y -= 16

    document = extract(drawn(page), doc_id="d", source_file="d.pdf", sha256="", limits=Limits())
    found = [(block.kind, block.text) for block in document.blocks if block.kind in BODY_KINDS]
    assert found[-3:] == [("list_item", item) for item in items]
    assert [left.reason for left in document.left_out] == ["bullet"] * 3
    assert misplaced(document) == []
