"""Pictures of pages: the whole media box, no larger than the limit, no page that is not there, no blank kept silent."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import BadDocument
from pipeline.extract.guard import Guard
from pipeline.extract.picture import Sheet, render, sheets
from pipeline.limits import Limits

SAMPLE = Path(__file__).parents[2] / "raw" / "commentary804.pdf"
FONTLESS = (str(Path(__file__).with_name("fontless.py")),)


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


def test_sheets_are_pages_in_order_as_small_pictures_that_are_not_blank() -> None:
    data = SAMPLE.read_bytes()
    begun, *found = sheets(data, 2, Limits())
    assert begun == Sheet(0, 5)
    assert [(sheet.page, sheet.code) for sheet in found] == [(2, ""), (3, ""), (4, ""), (5, "")]
    for sheet in found:
        picture = Image.open(io.BytesIO(sheet.webp))
        assert (picture.format, picture.width, picture.height) == ("WEBP", 1191, 1684)
        assert min(picture.convert("L").tobytes()) < 100
        assert 5_000 < len(sheet.webp) < 150_000


def test_the_same_page_gives_the_same_bytes() -> None:
    assert list(sheets(sheet(), 1, Limits())) == list(sheets(sheet(), 1, Limits()))


def written(words: str, font: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 100))
    canvas.setFont(font, 12)
    canvas.drawString(20, 50, words)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("words", "font", "code", "detail"),
    [
        ("防衛大臣", "HeiseiMin-W3", "no-font", "HeiseiMin-W3"),
        ("Minister", "HeiseiMin-W3", "", ""),
        ("Minister", "Helvetica", "", ""),
    ],
)
def test_text_that_no_font_here_can_show_is_told(words: str, font: str, code: str, detail: str, tmp_path: Path) -> None:
    registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    data = written(words, font)
    path = tmp_path / "in.pdf"
    path.write_bytes(data)
    guard = Guard(Limits(), FONTLESS)
    with path.open("rb") as pdf:
        (found,) = guard.sheets(pdf, source_file="in.pdf", sha256=hashlib.sha256(data).hexdigest())
    guard.stop()
    assert (found.code, found.detail) == (code, detail)
    assert found.webp


def test_embedded_text_needs_no_font_here() -> None:
    guard = Guard(Limits(), FONTLESS)
    with SAMPLE.open("rb") as pdf:
        found = list(guard.sheets(pdf, source_file="in.pdf", sha256=hashlib.sha256(SAMPLE.read_bytes()).hexdigest()))
    guard.stop()
    assert {sheet.code for sheet in found} == {""}
