"""One text in many typesettings: whatever the page, the type, the marks and the place of the notes, the blocks are the
same. The text, its length and the typesetting are drawn at random from a fixed seed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import BODY_KINDS, Author, Document
from pipeline.extract.read import extract
from pipeline.limits import Limits
from tests.extract.pages import prose
from tests.extract.places import misplaced
from tests.extract.press import FORMS, SERIF, SIGNS, Form, Setting, broken, glyphs, number_of, typeset

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


LEAST = 14
"""Characters in a line of a column, at least."""


class Sentence(NamedTuple):
    """A sentence of the pool; ``mark`` tells whether a note mark stands in it, before or after its full stop."""

    text: int
    mark: Literal["", "before", "after"]


Section = list[list[Sentence]]
"""Paragraphs of a section."""


@dataclass
class Read:
    """What a document says: body blocks, notes, and marks as (number, index of the block, offset)."""

    blocks: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    marks: list[tuple[str, int, int]]


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


def expected(blocks: Sequence[tuple[str, str]], notes: Sequence[str], form: Form) -> Read:
    def label(number: int) -> str:
        return number_of(number, form) if form == "sign" else str(number)

    marks = []
    for at, (_, text) in enumerate(blocks):
        length = 0
        for piece in re.split(r"(\{\d+\})", text):
            if piece.startswith("{"):
                marks.append((label(int(piece.strip("{}"))), at, length))
            else:
                length += len(piece)
    plain = [(kind, re.sub(r"\{\d+\}", "", text)) for kind, text in blocks]
    return Read(plain, [(label(n), text) for n, text in enumerate(notes, 1)], marks)


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
    if setting.ems < LEAST:
        setting = replace(setting, columns=1)
    if len(notes) > len(SIGNS) and setting.mark == "sign":
        setting = replace(setting, mark="small")
    if setting.indent == "none":
        blocks = with_short_ends(blocks, setting)
    document, found = read(typeset(blocks, notes, setting))
    right = expected(blocks, notes, setting.mark)
    assert found.blocks == right.blocks
    assert found.notes == right.notes
    assert found.marks == right.marks
    front = document.front
    assert (front.series, front.number, front.published) == ("港町コメンタリー", "801", "2025-11-14")
    assert (front.title, front.subtitle) == ("秋の市場と港の町", "")
    assert front.authors == (Author("海野 渡", "政策研究部", "主任研究官"),)
    assert {left.reason for left in document.left_out} <= {"page_number", "running_head", "note_number"}
    assert document.problems == ()
    assert misplaced(document) == []


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
    mark=st.sampled_from(list(FORMS)),
    notes=st.sampled_from(["foot", "end"]),
    note_size=st.sampled_from([0.75, 0.85]),
    folio=st.sampled_from(["", "{}", "- {} -"]),
    head=st.booleans(),
    columns=st.sampled_from([1, 1, 2, 3]),
)


@settings(max_examples=26, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(TEXTS, SETTINGS)
def test_the_same_text_in_any_typesetting_is_read_alike(sections: list[Section], setting: Setting) -> None:
    check(*written(sections), setting)


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
@pytest.mark.parametrize("mark", ["raised", "bracket", "wide"])
@pytest.mark.parametrize("indent", ["printed", "white", "none"])
def test_one_text_in_every_style(
    indent: Literal["printed", "white", "none"], mark: Form, notes: Literal["foot", "end"]
) -> None:
    setting = Setting((420.0, 595.0), 57.0, 10.5, 1.7, indent, mark, notes, 0.85, "{}", False)
    check(*written(SOURCE), setting)
