"""Pictures of pages: the whole media box, no larger than the limit, and no page that is not there."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import BadDocument
from pipeline.extract.picture import render
from pipeline.limits import Limits


def sheet(*, crop: bool = False, width: float = 200, height: float = 100) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height))
    if crop:
        canvas.setCropBox((50, 50, 150, 100))
    canvas.rect(10, 70, 20, 20, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("crop", [False, True])
def test_a_page_is_drawn_whole_and_to_scale(crop: bool) -> None:
    picture = render(sheet(crop=crop), 1, 144, Limits())
    assert (picture.width, picture.height, picture.scale) == (400, 200, 2.0)
    dark = {(at // 3 % 400 // 2, at // 3 // 400 // 2) for at in range(0, len(picture.rgb), 3) if picture.rgb[at] < 128}
    assert (min(x for x, _ in dark), min(y for _, y in dark)) == (10, 10)
    assert (max(x for x, _ in dark), max(y for _, y in dark)) == (29, 29)


def test_a_huge_page_is_drawn_smaller() -> None:
    picture = render(sheet(width=14400, height=14400), 1, 144, Limits(picture_pixels=10_000))
    assert picture.width * picture.height <= 10_201
    assert picture.scale == pytest.approx(100 / 14400)


@pytest.mark.parametrize(("data", "page"), [(sheet(), 2), (b"%PDF-1.7 and nothing else", 1)])
def test_what_cannot_be_drawn_says_so(data: bytes, page: int) -> None:
    with pytest.raises(BadDocument) as caught:
        render(data, page, 100, Limits())
    assert caught.value.code == "damaged"
