"""A press for the tests: sets a source text on pages, its notes at their foot or at its end, and prints the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SERIF, SANS = "HeiseiMin-W3", "HeiseiKakuGo-W5"
for _font in (SERIF, SANS):
    pdfmetrics.registerFont(UnicodeCIDFont(_font))
Form = Literal["raised", "large", "small", "bracket", "chu", "closing", "square", "kome", "wide", "sign"]
FORMS: dict[Form, tuple[str, str]] = {
    "raised": ("{}", "{} "),
    "large": ("{}", "{} "),
    "small": ("{}", "{} "),
    "bracket": ("（注{}）", "（注{}）"),
    "chu": ("注{}", "注{}　"),
    "closing": ("{}）", "{}） "),
    "square": ("[{}]", "[{}] "),
    "kome": ("※{}", "※{} "),
    "wide": ("{}", "{}　"),
    "sign": ("{}", "{} "),
}
"""How a mark is printed in the text, and the number of its note; those that are not raised stand at text size."""
RAISED = {"raised": (0.62, 0.36), "large": (0.86, 0.2), "small": (0.86, 0.0)}
"""Size and rise of raised and small marks, as shares of the type size."""
SIGNS = ("*", "**", "***", "†", "††", "‡", "‡‡", "§", "§§", "¶")
"""Signs that stand for numbers of notes, in their order."""
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
GUTTER = 2
"""White space between columns, in characters."""
CANNOT_START = "、。，．）」』】・ー々？！〉》"
CANNOT_END = "（「『【〈《"


@dataclass(frozen=True)
class Setting:
    """How a text is set; sizes in points, pitch and note size as shares of the type size."""

    page: tuple[float, float]
    margin: float
    size: float
    pitch: float
    indent: Literal["printed", "white", "none"]
    mark: Form
    notes: Literal["foot", "end"]
    note_size: float
    folio: str
    head: bool
    columns: int = 1

    @property
    def step(self) -> float:
        """Distance of baselines."""
        return self.size * self.pitch

    @property
    def ems(self) -> int:
        """Characters in a full line of a column."""
        across = int((self.page[0] - 2 * self.margin) / self.size)
        return (across - GUTTER * (self.columns - 1)) // self.columns


class Glyph(NamedTuple):
    """A character to print: its font, size and rise; ``note`` is the number of the note whose mark it ends, ``marks``
    tells whether it is part of a mark."""

    text: str
    font: str
    size: float
    rise: float = 0.0
    note: int = 0
    marks: bool = False

    @property
    def width(self) -> float:
        return float(pdfmetrics.stringWidth(self.text, self.font, self.size))


@dataclass
class Row:
    """A printed line: glyphs, its place, the notes marked in it and the white before it."""

    glyphs: list[Glyph]
    x: float
    step: float
    last: bool
    before: float = 0.0
    notes: list[int] = field(default_factory=list)
    keep: bool = False


def number_of(count: int, mark: Form) -> str:
    """A note's number as a form of mark writes it; signs last for ten notes."""
    if mark == "sign":
        return SIGNS[count - 1]
    return str(count).translate(WIDE) if mark == "wide" else str(count)


def glyphs(text: str, font: str, size: float, mark: Form) -> list[Glyph]:
    """Glyphs of a text in which ``{3}`` is the mark of note 3."""
    out: list[Glyph] = []
    for piece in re.split(r"(\{\d+\})", text):
        number = piece.strip("{}")
        if not piece.startswith("{"):
            out += [Glyph(char, font, size) for char in piece]
            continue
        share, rise = RAISED.get(mark, (1.0, 0.0))
        printed = FORMS[mark][0].format(number_of(int(number), mark))
        out += [Glyph(char, font, share * size, rise * size, marks=True) for char in printed]
        out[-1] = out[-1]._replace(note=int(number))
    return out


def clusters(text: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that no line end may part."""
    out: list[list[Glyph]] = []
    for glyph in text:
        before = out[-1][-1] if out else None
        word = before is not None and glyph.text.isascii() and before.text.isascii() and glyph.text != " "
        if before is not None and (word or glyph.marks or glyph.text in CANNOT_START or before.text in CANNOT_END):
            out[-1].append(glyph)
        else:
            out.append([glyph])
    return out


def broken(text: Sequence[Glyph], x: float, width: float, step: float, indent: float = 0.0) -> list[Row]:
    """A paragraph in lines."""
    rows = [Row([], x + indent, step, False)]
    room = width - indent
    for cluster in clusters(text):
        need = sum(glyph.width for glyph in cluster)
        if rows[-1].glyphs and need > room + 0.01:
            rows.append(Row([], x, step, False))
            room = width
        rows[-1].glyphs += cluster
        room -= need
    rows[-1].last = True
    return rows


class Press:
    """Prints rows on pages, notes at their foot."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=setting.page, invariant=1)
        self.left = setting.margin
        self.width = setting.ems * setting.size
        self.number, self.column, self.head = 1, 0, setting.margin
        self.foot: list[Row] = []
        self.y = setting.margin
        self.empty = True

    def put(self, row: Row, base: float) -> None:
        """Prints a row; all but the last one of a paragraph fill the measure."""
        groups = clusters(row.glyphs)
        free = self.width - row.x - sum(glyph.width for glyph in row.glyphs)
        spread = free / (len(groups) - 1) if not row.last and len(groups) > 1 else 0.0
        x = self.left + row.x + self.column * (self.width + GUTTER * self.setting.size)
        for group in groups:
            for glyph in group:
                self.canvas.setFont(glyph.font, glyph.size)
                self.canvas.drawString(x, self.setting.page[1] - base + glyph.rise, glyph.text)
                x += glyph.width
            x += spread

    def text(self, text: str, font: str, size: float, base: float, place: float = 0.0) -> None:
        """Prints a text alone: 0 at the left, 0.5 in the middle, 1 at the right."""
        row = Row(glyphs(text, font, size, "raised"), 0.0, 0.0, True)
        across = self.setting.columns * (self.width + GUTTER * self.setting.size) - GUTTER * self.setting.size
        row.x = place * (across - sum(glyph.width for glyph in row.glyphs))
        column, self.column = self.column, 0
        self.put(row, base)
        self.column = column

    def flow(self, rows: Sequence[Row], notes: dict[int, list[Row]]) -> None:
        """Prints the rows of the text, each on the page that has room for it and its notes."""
        for at, row in enumerate(rows):
            together = [row, *(rows[at + 1 : at + 3] if row.keep else [])]
            more = [line for one in together for number in one.notes for line in notes.get(number, [])]
            need = sum(one.before + one.step for one in together)
            if not self.empty and self.y + need > self.bottom(self.foot + more):
                self.turn()
            self.y += row.step + (0.0 if self.empty else row.before)
            self.empty = False
            self.put(row, self.y)
            self.foot += [line for number in row.notes for line in notes.get(number, [])]

    def bottom(self, foot: Sequence[Row]) -> float:
        """Lowest baseline of the text above these notes."""
        low = self.setting.page[1] - self.setting.margin
        return low - sum(row.step for row in foot) - (1.2 * self.setting.size if foot else 0.0)

    def turn(self, last: bool = False) -> None:
        """Ends a column, and with the last one the page."""
        if self.foot:
            base = self.setting.page[1] - self.setting.margin - sum(row.step for row in self.foot)
            y = self.setting.page[1] - base + 0.2 * self.setting.size
            left = self.left + self.column * (self.width + GUTTER * self.setting.size)
            self.canvas.line(left, y, left + 0.3 * self.width, y)
            for row in self.foot:
                base += row.step
                self.put(row, base)
        self.foot, self.y, self.empty = [], self.head, True
        self.column += 1
        if self.column < self.setting.columns and not last:
            return
        self.column, self.head = 0, self.setting.margin
        if self.setting.folio:
            self.text(self.setting.folio.format(self.number), SERIF, 9, self.setting.page[1] - 24, 0.5)
        if self.setting.head and self.number > 1:
            self.text("港町コメンタリー第801号", SANS, 8, 26, 1)
        self.canvas.showPage()
        self.number += 1
        self.y = self.setting.margin

    def done(self) -> bytes:
        """The PDF."""
        self.turn(last=True)
        self.canvas.save()
        return self.target.getvalue()


def typeset(blocks: Sequence[tuple[str, str]], notes: Sequence[str], setting: Setting) -> bytes:
    """The text as a PDF."""
    press = Press(setting)
    size, width = setting.size, press.width
    press.text("港町コメンタリー", SANS, 1.3 * size, press.y + 1.3 * size)
    press.text("第801号　2025年11月14日", SERIF, size, press.y + 3 * size, 1)
    press.text("秋の市場と港の町", SANS, 1.6 * size, press.y + 6 * size, 0.5)
    press.text("政策研究部　主任研究官　海野　渡", SERIF, size, press.y + 8.5 * size, 1)
    press.y = press.head = press.y + 10.5 * size

    rows: list[Row] = []
    for kind, text in blocks:
        if kind == "heading":
            found = broken(glyphs(text, SANS, 1.1 * size, "raised"), 0, width, setting.step)
            found[0].before, found[-1].keep = 0.9 * setting.step, True
        else:
            printed = ("　" if setting.indent == "printed" else "") + text
            white = size if setting.indent == "white" else 0.0
            found = broken(glyphs(printed, SERIF, size, setting.mark), 0, width, setting.step, white)
            found[0].before = 0.7 * setting.step if setting.indent == "none" else 0.0
        for row in found:
            row.notes = [glyph.note for glyph in row.glyphs if glyph.note]
        rows += found
    small = setting.note_size * size
    set_notes = {}
    for n, text in enumerate(notes, 1):
        label = FORMS[setting.mark][1].format(number_of(n, setting.mark))
        set_notes[n] = broken(glyphs(label + text, SERIF, small, "raised"), 0, width, 1.45 * small)
    press.flow(rows, set_notes if setting.notes == "foot" else {})
    if setting.notes == "end" and notes:
        (head,) = broken(glyphs("注", SANS, size, "raised"), 0, width, setting.step)
        head.before, head.keep = 1.5 * setting.step, True
        press.flow([head, *(row for n in sorted(set_notes) for row in set_notes[n])], {})
    return press.done()
