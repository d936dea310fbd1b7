"""The sample commentaries, read as a whole: nothing is lost or stands twice, everything is where it was printed."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import BODY_KINDS, Document
from pipeline.errors import BadDocument
from pipeline.extract.glyphs import PageGlyphs, read_pages
from pipeline.extract.join import superscript
from pipeline.extract.read import extract
from pipeline.geometry import Geometry
from pipeline.limits import Limits
from pipeline.text import fold
from tests.extract.pages import prose
from tests.extract.pdfs import drawn, mapped, text_at

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "raw").glob("commentary80?*.pdf"))
NAMES = [path.stem for path in SAMPLES]
REASONS = {"page_number", "running_head", "note_number", "bullet", "cut_hyphen", "turned", "ruby", "frame"}
"""Why something printed may stand in no block."""


def fresh(name: str) -> Document:
    data = (ROOT / "raw" / f"{name}.pdf").read_bytes()
    return extract(data, doc_id=name, source_file=f"{name}.pdf", sha256="0" * 64, limits=Limits())


@cache
def sample(name: str) -> Document:
    """A sample as read; read once for all tests."""
    return fresh(name)


@cache
def glyphs(name: str) -> tuple[PageGlyphs, ...]:
    return tuple(read_pages((ROOT / "raw" / f"{name}.pdf").read_bytes(), Limits()))


@cache
def gold(name: str) -> Any:
    return json.loads((ROOT / "tests" / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_every_glyph_is_in_the_raw_string_once(name: str) -> None:
    document = sample(name)
    printed = Counter((page.number, glyph.text, round(glyph.x0, 2)) for page in glyphs(name) for glyph in page.glyphs)
    placed = Counter(
        (run.page, char, run.edges[2 * at])
        for run in document.runs
        for at, char in enumerate(document.raw[run.start : run.end])
    )
    assert placed == printed


@pytest.mark.parametrize("name", NAMES)
def test_every_character_stands_in_one_place_for_a_reason(name: str) -> None:
    document = sample(name)
    holders: list[list[str]] = [[] for _ in document.raw]
    for block in document.blocks:
        for start, end in block.ranges:
            for offset in range(start, end):
                holders[offset].append(block.block_id)
    for spans in {mark.ranges for mark in document.marks}:
        for start, end in spans:
            for offset in range(start, end):
                holders[offset].append("mark")
    for left in document.left_out:
        assert left.reason in REASONS, (left, document.raw[left.start : left.end])
        for offset in range(left.start, left.end):
            if not document.raw[offset].isspace():
                holders[offset].append(left.reason)
    wrong = {
        (document.raw[offset], tuple(found))
        for offset, found in enumerate(holders)
        if len(found) != 1 and not (document.raw[offset].isspace() and not found)
    }
    assert wrong == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_block_says_what_its_raw_ranges_show(name: str) -> None:
    document = sample(name)
    for block in document.blocks:
        shown = "".join(document.raw[start:end] for start, end in block.ranges)
        assert len(shown) == len(block.text)
        for char, raw in zip(block.text, shown, strict=True):
            assert char in (fold(raw), superscript(raw)) or (char.isspace() and raw.isspace())
        assert block.text == block.text.strip()
        assert block.ranges == tuple(sorted(block.ranges))
        assert all(start < end for start, end in block.ranges)


@pytest.mark.parametrize("name", NAMES)
def test_boxes_of_blocks_lie_on_their_pages_and_hold_their_glyphs(name: str) -> None:
    document = sample(name)
    geometry = Geometry(document)
    size = {page.number: (page.width, page.height) for page in document.pages}
    for ranges in [*(block.ranges for block in document.blocks), *(mark.ranges for mark in document.marks)]:
        boxes = geometry.boxes(ranges)
        assert boxes
        for box in boxes:
            width, height = size[box.page]
            assert 0 <= box.x0 < box.x1 <= width
            assert 0 <= box.top < box.bottom <= height
        for start, end in ranges:
            for offset in range(start, end):
                for one in geometry.boxes(((offset, offset + 1),)):
                    assert any(
                        box.page == one.page
                        and box.x0 <= one.x0
                        and one.x1 <= box.x1
                        and box.top <= one.top
                        and one.bottom <= box.bottom
                        for box in boxes
                    ), (document.raw[offset], one)


@pytest.mark.parametrize("name", NAMES)
def test_marks_and_notes_hold_together(name: str) -> None:
    document = sample(name)
    notes = {note.note_id: note for note in document.notes}
    for note in document.notes:
        assert document.block(note.block_id).kind == "note"
    for mark in document.marks:
        assert 0 <= mark.offset <= len(document.block(mark.block_id).text)
        assert notes[mark.note_id].number == mark.number
    assert {mark.note_id for mark in document.marks} == set(notes)


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_begin_with_the_document_s(name: str) -> None:
    document = sample(name)
    ids = [
        *(block.block_id for block in document.blocks),
        *(note.note_id for note in document.notes),
        *(mark.mark_id for mark in document.marks),
    ]
    assert len(set(ids)) == len(ids)
    assert all(found.startswith(f"{name}:") for found in ids)


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_gives_the_same_document(name: str) -> None:
    for other in NAMES:
        sample(other)  # what was read before must not matter
    assert fresh(name) == sample(name)


@pytest.mark.parametrize("name", NAMES)
def test_blocks_stand_in_the_order_in_which_they_are_printed(name: str) -> None:
    document = sample(name)
    starts = [block.ranges[0][0] for block in document.blocks if block.kind != "note"]
    assert starts == sorted(starts)
    notes = [document.blocks.index(document.block(note.block_id)) for note in document.notes]
    assert notes == sorted(notes)


@pytest.mark.parametrize("name", NAMES)
def test_the_front_matter_of_the_gold(name: str) -> None:
    front, meta = sample(name).front, gold(name)["meta"]
    found = {
        "number": front.number,
        "title": front.title,
        "subtitle": front.subtitle,
        "author": "; ".join(author.name for author in front.authors),
        "published": front.published,
    }
    assert {key: found[key].replace(" ", "") for key in found} == {
        key: meta.get(key, "").replace(" ", "").replace("　", "") for key in found
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_of_the_gold(name: str) -> None:
    found = [(block.kind, block.text) for block in sample(name).blocks if block.kind in BODY_KINDS]
    assert found == [(block["kind"], block["text"]) for block in gold(name)["blocks"]]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("e")])
def test_the_notes_and_marks_of_the_gold(name: str) -> None:
    document, expected = sample(name), gold(name)
    found = [(note.number, document.block(note.block_id).text) for note in document.notes]
    # A printer that cuts words anywhere does not show whether a space stood at a line's end.
    assert [(number, "".join(text.split())) for number, text in found] == [
        (str(note["number"]), "".join(note["text"].split())) for note in expected["notes"]
    ]
    texts = {block["id"]: block["text"] for block in expected["blocks"]}
    marks = [(document.block(mark.block_id).text, mark.offset, mark.number) for mark in document.marks]
    assert marks == [(texts[mark["block"]], mark["offset"], str(mark["number"])) for mark in expected["markers"]]


@pytest.mark.parametrize("name", NAMES)
def test_the_section_of_a_block_is_the_heading_above_it(name: str) -> None:
    above = ""
    for block in sample(name).blocks:
        if block.kind == "heading":
            above = block.text
            assert block.level is not None
            assert block.level >= 1
        elif block.kind in BODY_KINDS:
            assert block.section == above
            assert block.level is None


def refused(data: bytes) -> str:
    with pytest.raises(BadDocument) as caught:
        extract(data, doc_id="d", source_file="d.pdf", sha256="", limits=Limits())
    return caught.value.code


def test_a_document_without_text_is_refused() -> None:
    assert refused(drawn(lambda canvas: canvas.rect(50, 50, 100, 100), lambda canvas: None)) == "no-text"
    assert refused(drawn(text_at(50, 300, "　 　"))) == "no-text"


def test_a_document_of_turned_text_is_refused() -> None:
    def turned(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.drawString(50, -200, "会合が開かれた")

    assert refused(drawn(turned)) == "no-text"
    assert refused(drawn(turned, turned)) == "no-text"


def test_ids_do_not_change_when_another_block_comes() -> None:
    def page(*texts: str) -> bytes:
        def draw(canvas: Any) -> None:
            for at, text in enumerate(texts):
                canvas.drawString(50, 350 - 40 * at, text)

        return drawn(draw)

    one = extract(page("会合が開かれた。", "次の文である。"), doc_id="d", source_file="", sha256="", limits=Limits())
    more = extract(
        page("会合が開かれた。", "市場の文である。", "次の文である。"),
        doc_id="d",
        source_file="",
        sha256="",
        limits=Limits(),
    )
    ids = {block.text: block.block_id for block in one.blocks}
    assert {block.text: block.block_id for block in more.blocks if block.text in ids} == ids


def test_unknown_characters_are_reported() -> None:
    data = mapped(b"BT /F 10 Tf 20 300 Td (AB\\002A) Tj ET", {"A": "会", "B": "\ue000"})
    document = extract(data, doc_id="d", source_file="", sha256="", limits=Limits())
    codes = {(problem.code, problem.page) for problem in document.problems}
    assert {("unmapped-glyph", 1), ("private-use-glyph", 1)} <= codes
    assert "".join(block.text for block in document.blocks) == "会\ue000\ufffd会"


def test_what_the_front_does_not_say_is_reported() -> None:
    document = extract(drawn(text_at(50, 300, "会合が")), doc_id="d", source_file="", sha256="", limits=Limits())
    assert {"no-date", "no-author"} <= {problem.code for problem in document.problems}


def test_marks_beside_the_authors_belong_to_their_notes() -> None:
    def page(canvas: Any) -> None:
        for x, y, text, size in (
            (60, 350, "秋の市場と港の町", 16),
            (80, 320, "海野渡", 10),
            (110, 324, "1", 6),
            *((50, 290 - 16 * at, prose(20, 3 * at), 10) for at in range(10)),
            (50, 60, "1", 5),
            (53, 57, "港町研究所研究員。", 8),
        ):
            text_at(x, y, text, size=size)(canvas)

    document = extract(drawn(page), doc_id="d", source_file="d.pdf", sha256="", limits=Limits())
    assert [(mark.number, document.block(mark.block_id).kind, bool(mark.note_id)) for mark in document.marks] == [
        ("1", "front_matter", True)
    ]
