"""The reading page of a commentary."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from pipeline.document import (
    Block,
    Citation,
    Document,
    Evidence,
    FieldSpan,
    FrontMatter,
    Mark,
    Meeting,
    Mention,
    Note,
    Page,
    Run,
    Sentence,
)
from pipeline.errors import problem
from pipeline.report.site.passages import Piece
from tests.report.site.conftest import Publish
from tests.report.site.test_frame import Tags

LINES = ("題", "岸大臣は会議に出た。", "次の文。", "防衛省「題」https://example.jp/a", "同上、3頁。", "表", "い\tろ")
STARTS = (0, 2, 13, 18, 45, 52, 54)
PAGES = (1, 1, 2, 2, 2, 2, 2)


def edges(count: int) -> tuple[float, ...]:
    return tuple(float(x) for left in range(count) for x in (left, left + 1))


@pytest.fixture
def document() -> Document:
    """A title, a paragraph of two sentences over two pages, a table and two notes, the second a back reference."""
    raw = "\n".join(LINES)
    assert [raw[start : start + len(line)] for start, line in zip(STARTS, LINES, strict=True)] == list(LINES)
    runs = tuple(
        Run(page, start, start + len(line), 100.0 + start, 110.0 + start, edges(len(line)))
        for line, start, page in zip(LINES, STARTS, PAGES, strict=True)
    )
    full = Citation(
        "d:n-1:0-26",
        "d:n-1",
        "d:b-n1",
        0,
        26,
        1,
        "work:w",
        LINES[3],
        "web",
        ("防衛省", "外務省"),
        title="題",
        url="https://example.jp/a",
        spans=(FieldSpan("url", 6, 26, "https://example.jp/a"),),
    )
    again = replace(full, citation_id="d:n-2:0-5", note_id="d:n-2", block_id="d:b-n2", end=5, pages="3", spans=())
    again = replace(again, refers_to=full.citation_id, text="同上、3頁")
    return Document(
        doc_id="d",
        source_file="d.pdf",
        sha256="0" * 64,
        raw=raw,
        pages=(Page(1, 595, 842, "i"), Page(2, 595, 842)),
        runs=runs,
        front=FrontMatter("系列", "7", "題", "", "2025-11-01", "ja"),
        blocks=(
            Block("d:b-t", "title", "題", ((0, 1),)),
            Block("d:b-p", "paragraph", LINES[1] + LINES[2], ((2, 12), (13, 17))),
            Block("d:b-h", "heading", "表", ((52, 53),), 3),
            Block("d:b-c", "table", LINES[6], ((54, 57),)),
            Block("d:b-n1", "note", LINES[3], ((18, 44),)),
            Block("d:b-n2", "note", LINES[4], ((45, 51),)),
        ),
        notes=(Note("d:n-1", "1", "d:b-n1"), Note("d:n-2", "2", "d:b-n2")),
        marks=(
            Mark("d:m-1", "1", "d:n-1", "d:b-p", 10, ((11, 12),)),
            Mark("d:m-9", "9", "", "d:b-p", 14, ()),
        ),
        sentences=(Sentence("d:b-p", 0, 10), Sentence("d:b-p", 10, 14)),
        mentions=(
            Mention("d:b-p:0-3:MINISTER", "d:b-p", 0, 3, "岸大臣", "MINISTER", "minister:岸", "岸", "rule"),
            Mention("d:b-p:4-6:MEETING", "d:b-p", 4, 6, "会議", "MEETING", "meeting:m", "会議", "rule"),
        ),
        citations=(full, again),
        meetings=(Meeting("d:meeting:1", "meeting:m", "会議", Evidence("d:b-p", 0, 10), "2", "2025-01-01"),),
        problems=(
            problem("mark-without-note", "extract", about="d:m-9"),
            problem("unresolved-reference", "resolve", 2, about="d:b-n2"),
            problem("page-without-text", "extract", 2),
        ),
    )


def page(output: Path) -> str:
    return (output / "site" / "commentaries" / "d.html").read_text(encoding="utf-8")


def element(text: str, own_id: str) -> str:
    """From the element's beginning to the next line end."""
    found = re.search(rf'<\w+ [^>]*id="{re.escape(own_id)}".*', text)
    assert found, own_id
    return found[0]


def test_names_lead_to_their_entities(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    assert re.search(r'<a class="m MEETING"[^>]*href="../entities/meeting-m.html">会議</a>', text)
    assert re.search(r'<a class="m MINISTER"[^>]*href="../entities/minister~\w+.html">岸大臣</a>', text)


def test_a_mark_leads_to_its_note_and_the_note_back(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    assert 'href="#n-1"' in element(text, "m-1")
    assert 'href="#m-1"' in text[text.index('id="n-1"') : text.index('id="n-2"')]


def test_a_citation_shows_its_fields_and_its_address_is_a_link(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    note = text[text.index('id="n-1"') : text.index('id="n-2"')]
    assert note.count('href="https://example.jp/a"') == 2
    assert "防衛省、外務省" in note


def test_a_back_reference_leads_to_the_work_meant(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    assert re.search(r'<a href="#n-1:0-26">.*防衛省「題」</a>', text[text.index('id="n-2"') :])


def test_a_page_begins_where_its_first_sentence_does(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    places = [text.index(f'id="{own_id}"') for own_id in ("b-p:0-10:SENTENCE", "page-2", "b-p:10-14:SENTENCE")]
    assert places == sorted(places)


def test_problems_stand_where_they_are(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    assert 'href="#problem-1"' in element(text, "m-9")
    assert 'href="#problem-2"' in element(text, "b-n2")
    assert 'href="#problem-3"' in element(text, "page-2")
    assert 'href="#m-9"' in element(text, "problem-1")
    assert 'href="#sheet-2"' in element(text, "problem-3")


def test_a_fact_stands_with_its_sentence_and_page(publish: Publish, document: Document) -> None:
    text = page(publish(document))
    fact = text[text.index('id="meeting:1"') :]
    assert 'href="#b-p:0-10:SENTENCE">岸大臣は会議に出た。' in fact
    assert "i頁" in fact
    assert "2025-01-01" in fact


def test_a_table_has_cells(publish: Publish, document: Document) -> None:
    assert "<td>い</td><td>ろ</td>" in page(publish(document))


def test_no_level_of_headings_is_left_out(publish: Publish, document: Document) -> None:
    assert element(page(publish(document)), "b-h").startswith("<h2")


def test_every_box_belongs_to_an_element_of_the_page(publish: Publish, document: Document) -> None:
    output = publish(document)
    script = (output / "site" / "commentaries" / "d.js").read_text(encoding="utf-8")
    data = json.loads(script.removeprefix("window.NIDS_COMMENTARY = ").removesuffix(";\n"))
    tags = Tags()
    tags.feed(page(output))
    ids = {attributes.get("id") for _, attributes in tags.seen}
    assert set(data["boxes"]) <= ids
    assert set(data["names"]) <= ids
    assert data["boxes"]["b-p:0-3:MINISTER"] == [[1, 0.0, 102.0, 3.0, 112.0]]


@pytest.mark.parametrize(
    ("text", "bulleted"),
    [
        ("能力の向上", True),
        ("1. 題", False),
        ("（２）題", False),
        ("①題", False),
        ("(a) x", False),
        ("第一", False),
    ],
)
def test_an_entry_of_a_list_has_its_bullet_or_its_number(text: str, bulleted: bool) -> None:
    assert Piece("list_item", "b", text, Markup("")).bulleted == bulleted


def test_a_document_without_a_title_has_a_heading_all_the_same(publish: Publish, document: Document) -> None:
    text = page(publish(replace(document, blocks=document.blocks[1:], front=FrontMatter())))
    assert "<h1>d.pdf</h1>" in text


def test_an_address_that_is_none_of_the_web_is_no_link(publish: Publish, document: Document) -> None:
    bad = "javascript:alert(1)"
    first = replace(document.citations[0], url=bad, spans=(FieldSpan("url", 6, 26, bad),))
    assert 'href="javascript' not in page(publish(replace(document, citations=(first, document.citations[1]))))
