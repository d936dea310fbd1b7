"""One text in many typesettings: whatever the page, the type, the marks and the place of the notes, the blocks are the
same. The text, its length and the typesetting are drawn at random from a fixed seed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import BODY_KINDS, Author, Document
from pipeline.extract import extract
from pipeline.limits import Limits
from tests.extract.pages import prose

SERIF, SANS = "HeiseiMin-W3", "HeiseiKakuGo-W5"
for _font in (SERIF, SANS):
    pdfmetrics.registerFont(UnicodeCIDFont(_font))
SENTENCES = (
    "港の町では秋になると市場が開かれ、近くの村から多くの人が集まる",
    "通りには果物や魚を並べた店が続き、子どもたちは橋の上から船を眺めて過ごす",
    "2019年の記録によれば、この日に港へ入った船は48隻であった",
    "市場の世話をする組合（HMC）は、町の人々の手で作られた",
    "「船は風を待ち、人は船を待つ」という言葉が今も残っている",
    "丘に登れば湾の全体が見渡せて、遠くの島まで数えることができた",
    "もっとも、冬の間は雪が深く、峠を越える道は閉ざされる",
    "その年の春には新しい橋が架かり、町と島とが結ばれた",
    "課題は（1）費用と（2）時間である",
    "こうした市場の仕組みは、ほかの町にも少しずつ広まっていった",
)
HEADINGS = ("港の町の成り立ち", "秋の市場", "橋と島", "船の数をめぐって", "町のこれから", "市場を支える人々")
NOTES = (
    "港書房編『{word}の記録』第{n}巻、港書房、2020年、45-48頁。",
    "海野渡「{word}と秋の市場に集まる船と人の数について」『町の研究』第{n}号、2018年3月、12頁。",
    "同上、「{word}」の項。",
    "{word}については、山辺桜『組合の歴史』町書房、20{n:02}年を参照。なお、数え方は年によって違う。",
)
CANNOT_START = "、。，．）」』】・ー々？！〉》"
CANNOT_END = "（「『【〈《"


class Sentence(NamedTuple):
    """A sentence of the pool; ``mark`` tells whether a note mark stands in it, before or after its full stop."""

    text: int
    mark: Literal["", "before", "after"]


Section = list[list[Sentence]]
"""Paragraphs of a section."""


@dataclass(frozen=True)
class Setting:
    """How a text is set; sizes in points, pitch and note size as shares of the type size."""

    page: tuple[float, float]
    margin: float
    size: float
    pitch: float
    indent: Literal["printed", "white", "none"]
    mark: Literal["raised", "bracket"]
    notes: Literal["foot", "end"]
    note_size: float
    folio: str
    head: bool

    @property
    def step(self) -> float:
        """Distance of baselines."""
        return self.size * self.pitch

    @property
    def ems(self) -> int:
        """Characters in a full line."""
        return int((self.page[0] - 2 * self.margin) / self.size)


class Glyph(NamedTuple):
    """A character to print: its font, size and rise; ``note`` is the number of the note whose mark it ends."""

    text: str
    font: str
    size: float
    rise: float = 0.0
    note: int = 0

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


@dataclass
class Read:
    """What a document says: body blocks, notes, and marks as (number, index of the block, offset)."""

    blocks: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    marks: list[tuple[str, int, int]]


def glyphs(text: str, font: str, size: float, mark: str) -> list[Glyph]:
    """Glyphs of a text in which ``{3}`` is the mark of note 3."""
    out: list[Glyph] = []
    for piece in re.split(r"(\{\d+\})", text):
        number = piece.strip("{}")
        if piece.startswith("{") and mark == "raised":
            out += [Glyph(char, font, 0.62 * size, 0.36 * size) for char in number]
        else:
            out += [Glyph(char, font, size) for char in (f"（注{number}）" if piece.startswith("{") else piece)]
        if piece.startswith("{"):
            out[-1] = out[-1]._replace(note=int(number))
    return out


def clusters(text: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that no line end may part."""
    out: list[list[Glyph]] = []
    for glyph in text:
        before = out[-1][-1] if out else None
        word = before is not None and glyph.text.isascii() and before.text.isascii() and glyph.text != " "
        if before is not None and (word or glyph.rise or glyph.text in CANNOT_START or before.text in CANNOT_END):
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
        self.number = 1
        self.foot: list[Row] = []
        self.y = setting.margin
        self.empty = True

    def put(self, row: Row, base: float) -> None:
        """Prints a row; all but the last one of a paragraph fill the measure."""
        groups = clusters(row.glyphs)
        free = self.left + self.width - row.x - sum(glyph.width for glyph in row.glyphs)
        spread = free / (len(groups) - 1) if not row.last and len(groups) > 1 else 0.0
        x = row.x
        for group in groups:
            for glyph in group:
                self.canvas.setFont(glyph.font, glyph.size)
                self.canvas.drawString(x, self.setting.page[1] - base + glyph.rise, glyph.text)
                x += glyph.width
            x += spread

    def text(self, text: str, font: str, size: float, base: float, place: float = 0.0) -> None:
        """Prints a text alone: 0 at the left, 0.5 in the middle, 1 at the right."""
        row = Row(glyphs(text, font, size, "raised"), 0.0, 0.0, True)
        row.x = self.left + place * (self.width - sum(glyph.width for glyph in row.glyphs))
        self.put(row, base)

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

    def turn(self) -> None:
        """Ends a page."""
        if self.foot:
            base = self.setting.page[1] - self.setting.margin - sum(row.step for row in self.foot)
            y = self.setting.page[1] - base + 0.2 * self.setting.size
            self.canvas.line(self.left, y, self.left + 0.3 * self.width, y)
            for row in self.foot:
                base += row.step
                self.put(row, base)
        if self.setting.folio:
            self.text(self.setting.folio.format(self.number), SERIF, 9, self.setting.page[1] - 24, 0.5)
        if self.setting.head and self.number > 1:
            self.text("港町コメンタリー第801号", SANS, 8, 26, 1)
        self.canvas.showPage()
        self.number += 1
        self.foot, self.y, self.empty = [], self.setting.margin, True

    def done(self) -> bytes:
        """The PDF."""
        self.turn()
        self.canvas.save()
        return self.target.getvalue()


def written(sections: Sequence[Section]) -> tuple[list[tuple[str, str]], list[str]]:
    """The source: (kind, text with ``{n}`` for marks) of each block, and the notes' texts."""
    blocks: list[tuple[str, str]] = []
    notes: list[str] = []
    count = 0  # of sentences, each of which begins in its own way, as lines that repeat are running heads
    for at, section in enumerate(sections):
        blocks.append(("heading", f"{'１２３４５６'[at]}．{HEADINGS[at]}"))
        for paragraph in section:
            text = ""
            for sentence in paragraph:
                mark = ""
                if sentence.mark:
                    notes.append(note(len(notes) + 1, sentence.text))
                    mark = f"{{{len(notes)}}}"
                count += 1
                said = f"{prose(4 + count % 5, 11 * count)}のころ、{SENTENCES[sentence.text]}"
                text += said + (f"{mark}。" if sentence.mark == "before" else f"。{mark}")
            blocks.append(("paragraph", text))
    return blocks, notes


def note(number: int, form: int) -> str:
    """The text of a note, unlike that of others."""
    return NOTES[(number * 3 + form) % len(NOTES)].format(n=number, word=prose(3 + number % 4, 7 * number))


def expected(blocks: Sequence[tuple[str, str]], notes: Sequence[str]) -> Read:
    marks = []
    for at, (_, text) in enumerate(blocks):
        length = 0
        for piece in re.split(r"(\{\d+\})", text):
            if piece.startswith("{"):
                marks.append((piece.strip("{}"), at, length))
            else:
                length += len(piece)
    plain = [(kind, re.sub(r"\{\d+\}", "", text)) for kind, text in blocks]
    return Read(plain, [(str(n), text) for n, text in enumerate(notes, 1)], marks)


def typeset(blocks: Sequence[tuple[str, str]], notes: Sequence[str], setting: Setting) -> bytes:
    """The text as a PDF."""
    press = Press(setting)
    size, left, width = setting.size, press.left, press.width
    press.text("港町コメンタリー", SANS, 1.3 * size, press.y + 1.3 * size)
    press.text("第801号　2025年11月14日", SERIF, size, press.y + 3 * size, 1)
    press.text("秋の市場と港の町", SANS, 1.6 * size, press.y + 6 * size, 0.5)
    press.text("政策研究部　主任研究官　海野　渡", SERIF, size, press.y + 8.5 * size, 1)
    press.y, press.empty = press.y + 10.5 * size, False

    rows: list[Row] = []
    for kind, text in blocks:
        if kind == "heading":
            found = broken(glyphs(text, SANS, 1.1 * size, "raised"), left, width, setting.step)
            found[0].before, found[-1].keep = 0.9 * setting.step, True
        else:
            printed = ("　" if setting.indent == "printed" else "") + text
            white = size if setting.indent == "white" else 0.0
            found = broken(glyphs(printed, SERIF, size, setting.mark), left, width, setting.step, white)
            found[0].before = 0.7 * setting.step if setting.indent == "none" else 0.0
        for row in found:
            row.notes = [glyph.note for glyph in row.glyphs if glyph.note]
        rows += found
    small = setting.note_size * size
    form = "（注{}）" if setting.mark == "bracket" else "{} "
    set_notes = {
        n: broken(glyphs(form.format(n) + text, SERIF, small, "raised"), left, width, 1.45 * small)
        for n, text in enumerate(notes, 1)
    }
    press.flow(rows, set_notes if setting.notes == "foot" else {})
    if setting.notes == "end" and notes:
        (head,) = broken(glyphs("注", SANS, size, "raised"), left, width, setting.step)
        head.before, head.keep = 1.5 * setting.step, True
        press.flow([head, *(row for n in sorted(set_notes) for row in set_notes[n])], {})
    return press.done()


def read(data: bytes) -> tuple[Document, Read]:
    document = extract(data, doc_id="d", source_file="d.pdf", sha256="", limits=Limits())
    body = [block for block in document.blocks if block.kind in BODY_KINDS]
    place = {block.block_id: at for at, block in enumerate(body)}
    notes = [(note.number, document.block(note.block_id).text) for note in document.notes]
    marks = [(mark.number, place.get(mark.block_id, -1), mark.offset) for mark in document.marks]
    return document, Read([(block.kind, block.text) for block in body], notes, marks)


def with_short_ends(blocks: Sequence[tuple[str, str]], setting: Setting) -> list[tuple[str, str]]:
    """The text with short last lines: without indents nothing else tells a paragraph that ends with its page."""
    out = []
    for kind, text in blocks:
        while kind == "paragraph":
            last = broken(glyphs(text, SERIF, setting.size, setting.mark), 0, setting.ems * setting.size, 0)[-1]
            if sum(glyph.width for glyph in last.glyphs) < (setting.ems - 4) * setting.size:
                break
            text = "なお、" + text
        out.append((kind, text))
    return out


def check(blocks: Sequence[tuple[str, str]], notes: Sequence[str], setting: Setting) -> None:
    if setting.indent == "none":
        blocks = with_short_ends(blocks, setting)
    document, found = read(typeset(blocks, notes, setting))
    right = expected(blocks, notes)
    assert found.blocks == right.blocks
    assert found.notes == right.notes
    assert found.marks == right.marks
    front = document.front
    assert (front.series, front.number, front.published) == ("港町コメンタリー", "801", "2025-11-14")
    assert (front.title, front.subtitle) == ("秋の市場と港の町", "")
    assert front.authors == (Author("海野 渡", "政策研究部", "主任研究官"),)
    assert {left.reason for left in document.left_out} <= {"page_number", "running_head", "note_number"}
    assert document.problems == ()


TEXTS = st.lists(
    st.lists(
        st.lists(
            st.builds(Sentence, st.integers(0, len(SENTENCES) - 1), st.sampled_from(["", "", "before", "after"])),
            min_size=2,
            max_size=7,
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=2,
    max_size=6,
)
SETTINGS = st.builds(
    Setting,
    page=st.sampled_from([(595.0, 842.0), (516.0, 729.0), (420.0, 595.0)]),
    margin=st.sampled_from([57.0, 71.0]),
    size=st.sampled_from([9.0, 10.5, 12.0]),
    pitch=st.sampled_from([1.5, 1.7, 2.0]),
    indent=st.sampled_from(["printed", "white", "none"]),
    mark=st.sampled_from(["raised", "bracket"]),
    notes=st.sampled_from(["foot", "end"]),
    note_size=st.sampled_from([0.75, 0.85]),
    folio=st.sampled_from(["", "{}", "- {} -"]),
    head=st.booleans(),
)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(TEXTS, SETTINGS)
def test_the_same_text_in_any_typesetting_is_read_alike(sections: list[Section], setting: Setting) -> None:
    check(*written(sections), setting)


PLAIN = Setting((595.0, 842.0), 71.0, 10.5, 1.7, "printed", "raised", "foot", 0.85, "- {} -", True)
SOURCE: list[Section] = [
    [
        [Sentence(0, "before"), Sentence(2, ""), Sentence(5, "after"), Sentence(3, "")],
        [Sentence(6, ""), Sentence(4, "before")],
    ],
    [
        [Sentence(7, ""), Sentence(8, "after"), Sentence(1, ""), Sentence(9, "before")],
        [Sentence(2, "before"), Sentence(6, ""), Sentence(3, "before")],
    ],
    [
        [Sentence(4, ""), Sentence(0, ""), Sentence(5, "before"), Sentence(1, "after")],
        [Sentence(9, "before"), Sentence(7, "after")],
    ],
    [
        [Sentence(8, "before"), Sentence(2, "after"), Sentence(6, "after"), Sentence(3, ""), Sentence(5, "")],
        [Sentence(1, ""), Sentence(4, "before")],
    ],
]


@pytest.mark.parametrize("notes", ["foot", "end"])
@pytest.mark.parametrize("mark", ["raised", "bracket"])
@pytest.mark.parametrize("indent", ["printed", "white", "none"])
def test_one_text_in_every_style(
    indent: Literal["printed", "white", "none"], mark: Literal["raised", "bracket"], notes: Literal["foot", "end"]
) -> None:
    setting = Setting((420.0, 595.0), 57.0, 10.5, 1.7, indent, mark, notes, 0.85, "{}", False)
    check(*written(SOURCE), setting)
