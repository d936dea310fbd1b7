"""The main job as a user does it: the commands run on ``raw/``, and everything that they leave."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import jsonschema
import networkx
import openpyxl
import pytest
from frictionless import Package
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from pipeline.export import TABLES
from pipeline.export.network import LABELS

ROOT = Path(__file__).parents[1]

COLUMNS = {
    "documents": "doc_id, series, number, title, subtitle, published, language, pages, source_file, sha256, status, "
    "cite_as",
    "authors": "doc_id, position, name, affiliation, role, specialties",
    "blocks": "doc_id, block_id, kind, level, section, page_start, page_end, page_label, text",
    "boxes": "doc_id, id, page, x0, top, x1, bottom",
    "mentions": "doc_id, mention_id, block_id, start, end, text, label, entity_id, page, page_label, x0, top, x1, "
    "bottom, edition, date, source, sentence",
    "entities": "entity_id, label, name, aliases, mentions, documents",
    "meetings": "doc_id, row_id, entity_id, name, edition, start_date, end_date, city, country, mode, block_id, "
    "sentence_start, sentence_end, sentence, sources",
    "ministers": "doc_id, row_id, entity_id, name, office, country, status, block_id, sentence_start, sentence_end, "
    "sentence, sources",
    "initiatives": "doc_id, row_id, entity_id, name, abbreviation, year, block_id, sentence_start, sentence_end, "
    "sentence, sources",
    "relations": "doc_id, row_id, subject_id, predicate, object_id, edition, date, block_id, sentence_start, "
    "sentence_end, sentence, source, sources",
    "footnotes": "doc_id, note_id, number, block_id, page_start, page_end, text, markers",
    "footnote_markers": "doc_id, marker_id, number, note_id, block_id, offset, page, x0, top, x1, bottom, sentence",
    "citations": "doc_id, citation_id, note_id, number, position, work_id, kind, authors, editors, translators, "
    "title, container, publisher, place, volume, issue, date, pages, url, doi, accessed, refers_to, text",
    "works": "work_id, kind, authors, title, container, publisher, date, url, citations, documents",
    "problems": "source_file, doc_id, stage, page, severity, code, message",
}
"""Tables and columns that people load; more may follow, none may go."""
FILLED = ("documents", "authors", "blocks", "boxes", "footnotes", "footnote_markers", "mentions", "citations", "works")

Row = dict[str, str]


def pipeline(output: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "all", "--raw", "raw", "--output", str(output), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make with this test's Python in place of the one that it would set up."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--old-file=.venv/.installed", f"PY={sys.executable}", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def rows(output: Path, table: str) -> list[Row]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def results(output: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.relative_to(output).parts[0] != "work"
    }


@pytest.fixture
def output(sample_output: Path) -> Path:
    return sample_output


def test_there_are_samples() -> None:
    assert len(list((ROOT / "raw").glob("*.pdf"))) >= 3


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_has_the_promised_columns(output: Path, table: str) -> None:
    header = (output / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    wanted = COLUMNS[table].split(", ")
    assert header.split(",")[: len(wanted)] == wanted


def test_the_tables_are_those_described() -> None:
    assert [table.name for table in TABLES if table.name in COLUMNS] == list(COLUMNS)


@pytest.mark.parametrize("table", FILLED)
def test_tables_are_filled_from_every_sample(output: Path, table: str) -> None:
    found = rows(output, table)
    assert found
    if table == "mentions":
        # The model reads Japanese.
        japanese = {row["doc_id"] for row in rows(output, "documents") if row["language"] == "ja"}
        assert {row["doc_id"] for row in found} >= japanese
    elif table != "works":
        assert {row["doc_id"] for row in found} == {path.stem for path in (ROOT / "raw").glob("*.pdf")}


def test_no_table_has_carriage_returns_or_a_mark_of_byte_order(output: Path) -> None:
    for path in output.glob("*.csv"):
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\n")


def test_the_data_package_holds(output: Path) -> None:
    report = Package(str(output / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:20]


def test_fields_of_citations_lie_in_their_notes(output: Path) -> None:
    texts = {row["block_id"]: row["text"] for row in rows(output, "blocks")}
    found = rows(output, "citation_fields")
    titles = {row["citation_id"]: row["title"] for row in rows(output, "citations")}
    for field in found:
        printed = texts[field["block_id"]][int(field["start"]) : int(field["end"])]
        assert printed
        if field["field"] == "title":
            assert printed.strip() == field["value"]
            assert field["value"] in titles[field["citation_id"]]
    assert {field["citation_id"] for field in found} <= set(titles)


def test_bibliographies_have_an_item_for_each_work_and_commentary(output: Path) -> None:
    for name, table, column in (("citations", "works", "work_id"), ("commentaries", "documents", "doc_id")):
        items = json.loads((output / f"{name}.json").read_text(encoding="utf-8"))
        assert [item["id"] for item in items] == [row[column] for row in rows(output, table)]
        assert (output / f"{name}.bib").read_text(encoding="utf-8").count("\n@") + 1 == len(items)


def test_offsets_say_what_the_text_says(output: Path) -> None:
    texts = {row["block_id"]: row["text"] for row in rows(output, "blocks")}
    for mention in rows(output, "mentions"):
        assert texts[mention["block_id"]][int(mention["start"]) : int(mention["end"])] == mention["text"]
        assert mention["text"] in mention["sentence"]
    for mark in rows(output, "footnote_markers"):
        assert 0 <= int(mark["offset"]) <= len(texts[mark["block_id"]])
        assert mark["sentence"] in texts[mark["block_id"]]
    for note in rows(output, "footnotes"):
        assert note["text"] == texts[note["block_id"]]


def test_ids_start_with_their_document_and_have_boxes(output: Path) -> None:
    boxed = {row["id"] for row in rows(output, "boxes")}
    for table, column in (
        ("blocks", "block_id"),
        ("mentions", "mention_id"),
        ("footnotes", "note_id"),
        ("footnote_markers", "marker_id"),
        ("citations", "citation_id"),
    ):
        for row in rows(output, table):
            assert row[column].startswith(row["doc_id"])
            assert table == "citations" or row[column] in boxed


def test_boxes_lie_on_their_pages(output: Path) -> None:
    pages = {row["doc_id"]: int(row["pages"]) for row in rows(output, "documents")}
    for box in rows(output, "boxes"):
        assert 1 <= int(box["page"]) <= pages[box["doc_id"]]
        assert 0 <= float(box["x0"]) <= float(box["x1"])
        assert 0 <= float(box["top"]) <= float(box["bottom"])


def test_dates_are_iso(output: Path) -> None:
    for row in rows(output, "documents"):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["published"])


def test_json_holds_a_document_a_file(output: Path) -> None:
    for row in rows(output, "documents"):
        found = json.loads((output / "json" / f"{row['doc_id']}.json").read_text(encoding="utf-8"))
        assert found["document"]["title"] == row["title"]
        assert len(found["blocks"]) == sum(block["doc_id"] == row["doc_id"] for block in rows(output, "blocks"))


def test_json_fits_its_schema(output: Path) -> None:
    schema = json.loads((output / "schema" / "document.schema.json").read_text(encoding="utf-8"))
    fits = jsonschema.Draft202012Validator(schema)
    files = list((output / "json").glob("*.json"))
    assert len(files) == len(rows(output, "documents"))
    for path in files:
        fits.validate(json.loads(path.read_text(encoding="utf-8")))


def test_every_form_agrees_with_the_tables_to_the_row(output: Path) -> None:
    book = openpyxl.load_workbook(output / "nids.xlsx", read_only=True)
    with contextlib.closing(sqlite3.connect(output / "nids.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            wanted = len(rows(output, table.name))
            assert database.execute(f"SELECT count(*) FROM {table.name}").fetchone() == (wanted,)
            assert duckdb.read_parquet(str(output / "parquet" / f"{table.name}.parquet")).shape[0] == wanted
            assert sum(1 for _ in book[table.name].iter_rows()) == wanted + 1
    nodes = {row["entity_id"] for row in rows(output, "entities") if row["label"] in LABELS}
    assert set(networkx.read_graphml(output / "network.graphml").nodes) >= nodes
    docs = [doc for path in (output / "spacy").glob("*.spacy") for doc in DocBin().from_disk(path).get_docs(Vocab())]
    spans = {(span.id_, span.text) for doc in docs for span in doc.spans["mentions"]}
    assert spans == {(row["mention_id"], row["text"]) for row in rows(output, "mentions")}
    assert len(docs) == len(rows(output, "blocks"))


def test_nothing_says_where_it_was_made(output: Path) -> None:
    for name, data in results(output).items():
        assert str(ROOT).encode() not in data, name
        assert str(output).encode() not in data, name


def test_the_same_input_gives_the_same_bytes(output: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    assert pipeline(other, "--jobs", "4", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C").returncode == 0
    assert results(other) == results(output)


def test_a_second_run_gives_the_same_bytes(output: Path) -> None:
    before = results(output)
    assert pipeline(output).returncode == 0
    assert results(output) == before


def test_make_all_ends_well_and_clearly_where_some_documents_failed(tmp_path: Path) -> None:
    raw = tmp_path / "papers of 2025"
    raw.mkdir()
    (raw / "scan.pdf").write_bytes(b"no PDF")
    said = make("all", f"RAW={raw}", f"OUTPUT={tmp_path / 'out'}", "JOBS=1")
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1].startswith("make: finished; some documents failed, see ")
    assert rows(tmp_path / "out", "documents")[0]["status"] == "failed"


def test_make_all_lets_other_codes_through(tmp_path: Path) -> None:
    said = make("all", f"RAW={tmp_path}", f"OUTPUT={tmp_path / 'out'}")
    assert said.returncode == 2
    assert "There is no PDF in" in said.stderr


def test_make_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    said = make("help").stdout
    for target in targets.split():
        assert re.search(rf"^  {target} +\S", said, re.MULTILINE), target


def test_every_pinned_package_has_one_version() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^\s@/]+", pin) for pin in pins)
    assert not {"pip", "setuptools"} & {pin.split("==")[0].lower() for pin in pins}


def test_the_tables_open_without_what_made_them(output: Path, tmp_path: Path) -> None:
    """In pandas, from a copy, as a reader would."""
    import pandas as pd  # noqa: PLC0415 - slow, and for this test alone

    shutil.copytree(output, tmp_path / "copy", ignore=shutil.ignore_patterns("work"))
    blocks = pd.read_csv(tmp_path / "copy" / "blocks.csv", dtype=str, keep_default_na=False)
    assert list(blocks.columns) == COLUMNS["blocks"].split(", ")
    assert len(blocks) == len(rows(output, "blocks"))
