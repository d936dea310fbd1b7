"""Prints a sample with CID fonts that are named but not embedded, as Japanese PDFs of the 2000s were made."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle
from sample_source import Block, Front, Note, Sample, by_line, profile

SERIF, SANS = "HeiseiMin-W3", "HeiseiKakuGo-W5"
MARGIN = 72.0
# name: (font, size, leading, other properties of the paragraph), in points
STYLES: dict[str, tuple[str, float, float, dict[str, Any]]] = {
    "banner": (SANS, 18, 24, {"spaceAfter": 4}),
    "issue": (SERIF, 10.5, 15, {"alignment": TA_RIGHT, "spaceAfter": 14}),
    "title": (SANS, 15, 22, {"alignment": TA_CENTER}),
    "subtitle": (SANS, 11.5, 18, {"alignment": TA_CENTER, "spaceAfter": 6}),
    "byline": (SERIF, 10.5, 15, {"alignment": TA_RIGHT}),
    "heading1": (SANS, 12, 18, {"spaceBefore": 14, "spaceAfter": 3, "keepWithNext": 1}),
    "heading2": (SANS, 10.5, 17, {"spaceBefore": 8, "spaceAfter": 2, "keepWithNext": 1}),
    "paragraph": (SERIF, 10.5, 17.5, {"firstLineIndent": 10.5}),
    "quote": (SERIF, 10, 16, {"leftIndent": 26, "rightIndent": 26, "spaceBefore": 6, "spaceAfter": 6}),
    "list_item": (SERIF, 10.5, 17.5, {"leftIndent": 24, "firstLineIndent": -13}),
    "caption": (SANS, 9, 14, {"alignment": TA_CENTER, "spaceBefore": 8, "spaceAfter": 3, "keepWithNext": 1}),
    "cell": (SERIF, 9, 12, {}),
    "note": (SERIF, 8.5, 12.5, {"leftIndent": 14, "firstLineIndent": -14}),
    "more": (SERIF, 8.5, 12.5, {"leftIndent": 14, "firstLineIndent": 8.5}),
    "label": (SANS, 11, 16, {"spaceBefore": 22, "spaceAfter": 3, "keepWithNext": 1}),
    "back": (SERIF, 9.5, 14, {}),
}


class _Pages(Canvas):  # type: ignore[misc]
    """A canvas that numbers its pages at the end, when their count is known."""

    front: Front

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._kept, 1):
            self.__dict__.update(state)
            self.setFont(SERIF, 9)
            self.drawCentredString(A4[0] / 2, 36, self.front.page_label.format(page=number, pages=len(self._kept)))
            self.setFont(SANS, 8.5)
            self.drawRightString(A4[0] - MARGIN, A4[1] - 42, self.front.running_head)
            Canvas.showPage(self)
        Canvas.save(self)


def to_pdf(sample: Sample, target: Path) -> None:
    """Writes `target`."""
    for font in (SERIF, SANS):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    pages = type("Pages", (_Pages,), {"front": sample.front})
    room = {"leftMargin": MARGIN, "rightMargin": MARGIN, "topMargin": 66, "bottomMargin": 62}
    document = SimpleDocTemplate(str(target), pagesize=A4, title=sample.front.title, invariant=1, **room)
    document.build(list(_flow(sample)), canvasmaker=pages)


def _p(name: str, inner: str) -> Paragraph:
    font, size, leading, more = STYLES[name]
    return Paragraph(inner, ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, wordWrap="CJK", **more))


def _flow(sample: Sample) -> Iterator[Flowable]:
    front = sample.front
    opening = [("banner", front.banner), ("issue", front.issue), ("title", front.title), ("subtitle", front.subtitle)]
    opening += [("byline", by_line(a, front.language)) for a in front.authors]
    yield from (_p(name, escape(text)) for name, text in opening if text)
    yield from (_block(block, front) for block in sample.blocks)
    if front.notes_heading:
        yield _p("heading1", escape(front.notes_heading))
    for note in sample.notes:
        yield from _note(note, front)
    first, *rest = profile(sample)
    if front.profile_page:
        yield PageBreak()
    yield _p("label", escape(first))
    yield from (_p("back", escape(line)) for line in rest)


def _block(block: Block, front: Front) -> Flowable:
    if block.kind == "table":
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
        return Table([[_p("cell", escape(c)) for c in row] for row in block.rows], style=grid, spaceAfter=10)
    inner = "".join(escape(text) + _marks(numbers, front) for text, numbers in block.pieces())
    name = f"heading{block.level}" if block.kind == "heading" else block.kind
    return _p(name, (escape(front.bullet) if block.bullet else "") + inner)


def _marks(numbers: Sequence[str], front: Front) -> str:
    if front.mark == "super":
        return f'<super size="6.5">{escape(front.mark_join.join(numbers))}</super>' if numbers else ""
    return front.mark_join.join(escape(front.mark.format(n)) for n in numbers)


def _note(note: Note, front: Front) -> Iterator[Flowable]:
    first, *rest = note.paragraphs
    yield _p("note", escape(f"{front.note_label.format(note.number)} {first}"))
    yield from (_p("more", escape(r)) for r in rest)
