"""A document as rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import Document
from pipeline.errors import problem
from pipeline.export import NAMES, TABLES, Overall, status
from pipeline.export.rows import document_rows


def test_every_row_has_exactly_its_tables_columns(document: Document) -> None:
    overall = Overall()
    overall.add(document)
    rows = document_rows(document)
    columns = {table.name: [column.name for column in table.columns] for table in TABLES}
    for name, found in (*rows.items(), *overall.rows().items()):
        for row in found:
            assert sorted(row) == sorted(columns[name]), name


def test_an_unread_document_has_a_row_and_its_problem_and_nothing_else() -> None:
    document = Document("d", "d.pdf", "").with_problems(problem("encrypted", "extract"))
    rows = document_rows(document)
    assert {name for name in NAMES if rows[name]} == {"documents", "problems"}
    assert rows["documents"][0]["status"] == "failed"
    assert rows["documents"][0]["language"] == ""
    assert rows["documents"][0]["pages"] is None


@pytest.mark.parametrize(
    ("codes", "readable", "wanted"),
    [
        ((), True, "ok"),
        (("no-title",), True, "warning"),
        (("stage-failed",), True, "warning"),
        (("encrypted",), False, "failed"),
        (("duplicate",), False, "duplicate"),
    ],
)
def test_status(document: Document, codes: tuple[str, ...], readable: bool, wanted: str) -> None:
    changed = replace(document, blocks=document.blocks if readable else (), problems=())
    assert status(changed.with_problems(*(problem(code, "extract") for code in codes))) == wanted


def test_a_block_over_two_pages(document: Document) -> None:
    row = document_rows(document)["blocks"][0]
    assert (row["page_start"], row["page_end"], row["page_label"]) == (1, 2, "i")


def test_a_mark_after_a_full_stop_belongs_to_the_sentence_that_it_closes(document: Document) -> None:
    (row,) = document_rows(document)["footnote_markers"]
    assert row["sentence"] == "日米は会談した。"
    assert (row["page"], row["x0"], row["top"]) == (1, 8.0, 100.0)


def test_mentions_stand_in_document_order_with_their_sentences(document: Document) -> None:
    rows = document_rows(document)["mentions"]
    assert [(row["text"], row["sentence"], row["page"], row["page_label"]) for row in rows] == [
        ("日米", "日米は会談した。", 1, "i"),
        ("続き", "続きの文。", 2, "ii"),
    ]


def test_without_sentences_the_block_stands_in(document: Document) -> None:
    rows = document_rows(replace(document, sentences=()))
    assert rows["footnote_markers"][0]["sentence"] == "日米は会談した。続きの文。"


def test_a_note_names_its_marks(document: Document) -> None:
    (row,) = document_rows(document)["footnotes"]
    assert (row["text"], row["markers"], row["page_start"]) == ("防衛省「題」。", ("d/m1",), 2)


def test_every_line_has_a_box(document: Document) -> None:
    rows = document_rows(document)["boxes"]
    assert [(row["id"], row["page"]) for row in rows] == [
        ("d/p", 1),
        ("d/p", 2),
        ("d/n", 2),
        ("d/p:0-8:SENTENCE", 1),
        ("d/p:8-13:SENTENCE", 2),
        ("d/m1", 1),
        ("d/note-1", 2),
        ("d/x2", 2),
        ("d/x1", 1),
        ("d/c2", 2),
        ("d/c1", 2),
    ]


def test_a_sentence_has_its_words_and_the_page_it_begins_on(document: Document) -> None:
    rows = document_rows(document)["sentences"]
    assert [(row["sentence_id"], row["text"], row["page"], row["page_label"]) for row in rows] == [
        ("d/p:0-8:SENTENCE", "日米は会談した。", 1, "i"),
        ("d/p:8-13:SENTENCE", "続きの文。", 2, "ii"),
    ]


def test_an_entity_gathers_its_names_and_counts(document: Document) -> None:
    overall = Overall()
    overall.add(document)
    overall.add(replace(document, doc_id="e"))
    (row,) = overall.rows()["entities"]
    assert (row["name"], row["aliases"], row["mentions"], row["documents"]) == ("続き会合", ("日米", "続き"), 4, 2)


def test_a_work_takes_its_fields_from_a_full_citation(document: Document) -> None:
    overall = Overall()
    overall.add(document)
    (row,) = overall.rows()["works"]
    assert (row["title"], row["authors"], row["citations"], row["documents"]) == ("題", ("防衛省", "外務省"), 2, 1)


def test_a_series_is_not_called_by_the_name_of_one_meeting(document: Document) -> None:
    named = (
        replace(m, entity_id="meeting:g7-summit", label="MEETING", name="G7広島サミット") for m in document.mentions
    )
    overall = Overall()
    overall.add(replace(document, mentions=tuple(named)))
    (row,) = overall.rows()["entities"]
    assert (row["name"], "G7広島サミット" in str(row["aliases"])) == ("G7サミット", True)
