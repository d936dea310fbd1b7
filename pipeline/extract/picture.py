"""PDF bytes -> pictures of pages as they are printed. Runs in the reading child alone."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from pipeline.errors import BadDocument
from pipeline.extract.fonts import blanks
from pipeline.limits import Limits

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

POINTS_PER_INCH = 72
RESOLUTION = 144
"""Dots per inch of `sheets`: a page half as wide as a large window stays sharp on a screen of two dots a pixel."""
QUALITY, EFFORT = 30, 4
"""Of WebP's 0 to 100 and 0 to 6: less quality frays the strokes of small kanji, more effort saves 2 % of the bytes."""


class Picture(msgspec.Struct, frozen=True):
    """A page's pixels: ``rgb`` holds three bytes each, row by row from the top left; ``scale`` is pixels a point."""

    width: int
    height: int
    scale: float
    rgb: bytes


class Sheet(msgspec.Struct, frozen=True):
    """A page (from 1) of ``pages`` as a WebP picture, empty where ``code`` and ``detail`` say why there is none.

    A picture may have a problem as well. Page 0 only says how many there are.
    """

    page: int
    pages: int
    webp: bytes = b""
    code: str = ""
    detail: str = ""


def render(data: bytes, page: int, resolution: int, limits: Limits) -> Picture:
    """The picture of a page (from 1) at ``resolution`` dots per inch, or as many as ``picture_pixels`` allows.

    It shows the whole media box, as which the document measures its boxes. Raises BadDocument where there is no such
    page or it cannot be drawn.
    """
    with _opened(data) as pdf, _told(page):
        image, scale = _drawn(pdf[page - 1], resolution, limits)
        return Picture(image.width, image.height, scale, image.tobytes())


def sheets(data: bytes, first: int, limits: Limits) -> Iterator[Sheet]:
    """All pages from the ``first`` on, one at a time, after a sheet 0. Raises BadDocument where it cannot be opened."""
    with _opened(data) as pdf:
        pages = min(len(pdf), limits.pages)
        yield Sheet(0, pages)
        for page in range(first, pages + 1):
            try:
                with _told(page):
                    sheet = pdf[page - 1]
                    image, _ = _drawn(sheet, RESOLUTION, limits)
                    missing = blanks(sheet)
            except BadDocument as error:
                yield Sheet(page, pages, code="no-picture", detail=error.detail)
                continue
            target = io.BytesIO()
            image.save(target, "WEBP", quality=QUALITY, method=EFFORT)
            yield Sheet(page, pages, target.getvalue(), "no-font" if missing else "", ", ".join(missing))


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    # A library of machine code, to be loaded only after the limits stand.
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415

    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        raise BadDocument("damaged", "it cannot be drawn") from error
    with pdf:
        yield pdf


@contextmanager
def _told(page: int) -> Iterator[None]:
    """Turns the library's errors into ours."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    try:
        yield
    except (PdfiumError, IndexError) as error:
        raise BadDocument("damaged", f"page {page} cannot be drawn") from error


def _drawn(sheet: PdfPage, resolution: int, limits: Limits) -> tuple[Image, float]:
    """The page as an image, and its pixels a point."""
    sheet.set_cropbox(*sheet.get_mediabox())
    width, height = sheet.get_size()
    scale = min(resolution / POINTS_PER_INCH, math.sqrt(limits.picture_pixels / max(1.0, width * height)))
    return sheet.render(scale=scale).to_pil().convert("RGB"), scale
