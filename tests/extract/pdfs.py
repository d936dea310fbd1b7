"""Tiny PDFs for tests: drawn with reportlab, or written by hand where a file must be odd."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.glyphs import Glyph, PageGlyphs, read_pages
from pipeline.limits import Limits

SERIF, SANS, LATIN = "HeiseiMin-W3", "HeiseiKakuGo-W5", "Vera"
WIDTH, HEIGHT = 300.0, 400.0


def drawn(*pages: Callable[[Any], object], **options: Any) -> bytes:
    """A PDF whose pages are drawn by functions of a canvas (y upwards from the foot)."""
    for font in (SERIF, SANS):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    pdfmetrics.registerFont(TTFont(LATIN, "Vera.ttf"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    for page in pages:
        canvas.setFont(SERIF, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text_at(x: float, y: float, text: str, font: str = SERIF, size: float = 10.0) -> Callable[[Any], None]:
    """Draws a text."""

    def draw(canvas: Any) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)

    return draw


def written(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries, body)


def mapped(content: bytes, meanings: Mapping[str, str], page: bytes = b"") -> bytes:
    """A page of 300 by 400 points whose font F prints the ASCII letters of ``content`` and means other characters."""
    lines = [f"<{ord(code):02x}> <{char.encode('utf-16-be').hex()}>" for code, char in meanings.items()]
    cmap = "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def",
            "1 begincodespacerange <00> <ff> endcodespacerange",
            f"{len(lines)} beginbfchar",
            *lines,
            "endbfchar endcmap end end",
        ]
    )
    widths = b" ".join([b"1000"] * 64)
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R "
            b"/Resources << /Font << /F 5 0 R >> >> %s >>" % page,
            stream(content),
            b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Odd-Bold /FirstChar 64 /LastChar 127 "
            b"/Widths [%s] /FontDescriptor 6 0 R /ToUnicode 7 0 R >>" % widths,
            b"<< /Type /FontDescriptor /FontName /ABCDEF+Odd-Bold /Flags 4 /Ascent 800 /Descent -200 "
            b"/FontBBox [0 -200 1000 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
            stream(cmap.encode()),
        ]
    )


def read(data: bytes, limits: Limits | None = None) -> list[PageGlyphs]:
    """All pages of a PDF."""
    return list(read_pages(data, limits or Limits()))


def glyphs_of(data: bytes) -> tuple[Glyph, ...]:
    """The glyphs of a PDF's first page."""
    return read(data)[0].glyphs


def say(glyphs: Sequence[Glyph]) -> str:
    """What glyphs say in the order of the file."""
    return "".join(glyph.text for glyph in glyphs)
