"""The pages of a PDF as its programs wrote them: the characters, and apart from them what is drawn.

pdfplumber makes a dictionary of every character, which takes longer than all the rest of extraction; here they stay
the objects that pdfminer makes, with two facts that it knows and does not tell.
"""

from __future__ import annotations

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import Page

FILLED_AND_DRAWN = 2
"""Text rendering mode that draws the outline of characters too (ISO 32000-1, table 106)."""
LEAST_STROKE = 0.01
"""Width of such an outline, in type sizes, from which on type looks bold."""


class Character(LTChar):
    """A character; ``y`` is the height of its baseline on the page, in points from the foot.

    ``stroked`` says that its outline is drawn so that it looks bold, ``pictured`` that its font is made of drawings.
    """

    y: float
    stroked: bool
    pictured: bool


class _Reader(PDFPageAggregator):
    """Gathers the characters of a page in the order of the file, and makes a layout of everything else."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.characters: list[Character] = []
        self._drawn = False

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._drawn = textstate.render == FILLED_AND_DRAWN
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = ""
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = Character(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        char.y = apply_matrix_pt(matrix, (0, rise))[1] if rise else matrix[5]
        char.stroked = self._drawn and graphicstate.linewidth >= LEAST_STROKE * abs(fontsize)
        char.pictured = isinstance(font, PDFType3Font)
        self.characters.append(char)
        return float(char.adv)


class PdfPage(Page):
    """A page whose characters are not among its objects."""

    @property
    def characters(self) -> list[Character]:
        """The characters in the order of the file; coordinates in points from the lower left of the media box."""
        return self._read().characters

    @property
    def layout(self) -> LTPage:
        """What is drawn on the page."""
        return self._read().get_result()

    def _read(self) -> _Reader:
        reader = getattr(self, "_reader", None)
        if reader is None:
            reader = self._reader = _Reader(self.pdf.rsrcmgr)
            PDFPageInterpreter(self.pdf.rsrcmgr, reader).process_page(self.page_obj)
        return reader
