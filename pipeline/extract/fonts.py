"""Which fonts of a page are neither in the PDF nor on this machine, so that its picture shows blanks for their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfFont, PdfPage, PdfTextObj

_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Kana, kanji and hangul: what the few Latin fonts that the library brings with it cannot show."""


def blanks(page: PdfPage) -> list[str]:
    """The names that the PDF gives to such fonts, sorted; mostly none."""
    from pypdfium2 import raw  # noqa: PLC0415 - machine code, to be loaded only after the limits stand

    missing: set[str] = set()
    text = None
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = item.get_font()
        if font.is_embedded:
            continue
        item.textpage = text = text or page.get_textpage()
        if any(not _shown(font, letter) for letter in sorted(set(_CJK.findall(_text(item))))):
            missing.add(font.get_base_name())
    return sorted(missing)


def _text(item: PdfTextObj) -> str:
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    try:
        return str(item.extract())
    except PdfiumError:  # what holds spaces alone has no text
        return ""


def _shown(font: PdfFont, letter: str) -> bool:
    """Whether the font that stands in for this one has an outline for a letter."""
    from pypdfium2 import raw  # noqa: PLC0415

    outline = raw.FPDFFont_GetGlyphPath(font, ord(letter), 1.0)
    return bool(outline) and raw.FPDFGlyphPath_CountGlyphSegments(outline) > 0
