"""PDF bytes -> the picture of a page as it is printed. Runs in the reading child alone."""

from __future__ import annotations

import math

import msgspec

from pipeline.errors import BadDocument
from pipeline.limits import Limits

POINTS_PER_INCH = 72


class Picture(msgspec.Struct, frozen=True):
    """A page's pixels: ``rgb`` holds three bytes each, row by row from the top left; ``scale`` is pixels a point."""

    width: int
    height: int
    scale: float
    rgb: bytes


def render(data: bytes, page: int, resolution: int, limits: Limits) -> Picture:
    """The picture of a page (from 1) at ``resolution`` dots per inch, or as many as ``picture_pixels`` allows.

    It shows the whole media box, as which the document measures its boxes. Raises BadDocument where there is no such
    page or it cannot be drawn.
    """
    # A library of machine code, to be loaded only after the limits stand.
    import pypdfium2  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            sheet = pdf[page - 1]
            sheet.set_cropbox(*sheet.get_mediabox())
            width, height = sheet.get_size()
            scale = min(resolution / POINTS_PER_INCH, math.sqrt(limits.picture_pixels / max(1.0, width * height)))
            image = sheet.render(scale=scale).to_pil().convert("RGB")
            return Picture(image.width, image.height, scale, image.tobytes())
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise BadDocument("damaged", f"page {page} cannot be drawn") from error
