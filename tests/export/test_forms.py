"""Every form is read back by a tool of its own and agrees with the CSV to the row. The tables hold nasty values."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import networkx
import openpyxl
import pytest
import spacy
from frictionless import Package
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from pipeline.document import Block, Document, Mention, Sentence
from pipeline.export import (
    FOLDERS,
    NAMES,
    TABLES,
    Overall,
    csv_header,
    csv_lines,
    document_rows,
    nested_json,
    spacy_file,
    workbook,
    write_book,
    write_forms,
)
from pipeline.export.cells import CHARACTERS, CUT
from pipeline.export.database import pairs, questions
from pipeline.export.docbin import doc_bin
from pipeline.export.rows import Row

NASTY = "=cmd|'/C calc'!A0"
TEXTS = (
    NASTY,
    '+1, "quoted"\r\nand\ta line \x0b _x0041_ 😀',
    "小泉進次郎防衛大臣はＡＤＭＭプラスに出席した。",
    "長" * 40_000,
    "-1",
)
SENTENCE: Row = {
    "block_id": "d/t2",
    "sentence_start": 0,
    "sentence_end": 23,
    "sentence": TEXTS[2],
    "sources": ("d/c1",),
}
FACTS: dict[str, Row] = {
    "meetings": {
        "row_id": "d/r1",
        "entity_id": "meeting:m",
        "name": "ADMMプラス",
        "edition": "12",
        "start_date": "2025-11-01",
        "city": "クアラルンプール",
        "country": "MYS",
        "mode": "in_person",
    },
    "relations": {
        "row_id": "d/r2",
        "subject_id": "person:k",
        "predicate": "attended",
        "object_id": "meeting:m",
        "edition": "12",
        "source": "rule",
    },
}


@pytest.fixture(scope="module")
def nasty(document: Document) -> Document:
    """The small document with texts that other programs trip over."""
    blocks = tuple(Block(f"d/t{at}", "paragraph", text, ()) for at, text in enumerate(TEXTS))
    mentions = (
        Mention("d/x3", "d/t2", 0, 9, "小泉進次郎防衛大臣", "MINISTER", "person:k", "小泉進次郎", "rule"),
        Mention("d/x4", "d/t2", 10, 17, "ＡＤＭＭプラス", "MEETING", "meeting:m", NASTY, "rule"),
        Mention("d/x5", "d/t2", 10, 14, "ＡＤＭＭ", "ORGANIZATION", "organization:a", "ADMM", "rule"),
    )
    url = "https://www.mod.go.jp/j/a%20b.html"
    citations = tuple(replace(citation, url=url, date="2025-11-14") for citation in document.citations)
    return replace(
        document,
        blocks=document.blocks + blocks,
        mentions=document.mentions + mentions,
        sentences=(*document.sentences, Sentence("d/t2", 0, 23)),
        citations=citations,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, nasty: Document) -> Path:
    return write(tmp_path_factory.mktemp("forms"), nasty)


def write(folder: Path, document: Document) -> Path:
    """The tables of a document and of two facts, then every form of them."""
    for name in FOLDERS:
        (folder / name).mkdir()
    overall = Overall()
    overall.add(document)
    rows = document_rows(document)
    for table in TABLES:
        if table.name in FACTS:
            empty: Row = {column.name: () if column.type == "list" else "" for column in table.columns}
            rows[table.name] = [empty | SENTENCE | {"doc_id": "d"} | FACTS[table.name]]
    for name, found in (rows | overall.rows()).items():
        (folder / f"{name}.csv").write_text(csv_header(name) + csv_lines(name, found), "utf-8", newline="")
    (folder / "json" / "d.json").write_bytes(nested_json(rows))
    write_forms(folder)
    write_book(folder)
    return folder


def table_rows(folder: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(10**9)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "nids.sqlite")) as found:
        yield found


def ask(database: sqlite3.Connection, query: str, **values: str) -> list[Any]:
    return database.execute(questions()["queries"][query]["sql"], values).fetchall()


def test_frictionless_finds_the_data_package_good(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("documents", "published", "2025-1"),
        ("documents", "doc_id", ""),
        ("blocks", "kind", "poem"),
        ("mentions", "start", "-1"),
        ("mentions", "entity_id", "meeting:nobody"),
        ("meetings", "country", "Japan"),
    ],
)
def test_frictionless_finds_what_is_wrong(folder: Path, tmp_path: Path, table: str, column: str, value: str) -> None:
    folder = shutil.copytree(folder, tmp_path / "copy")
    rows = table_rows(folder, table)
    rows[0][column] = value
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_json_fits_its_schema_and_less_does_not(folder: Path) -> None:
    schema = json.loads((folder / "schema" / "document.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads((folder / "json" / "d.json").read_text("utf-8"))
    jsonschema.validate(found, schema)
    del found["mentions"][0]["boxes"]
    with pytest.raises(jsonschema.ValidationError, match="boxes"):
        jsonschema.validate(found, schema)


@pytest.mark.parametrize("table", NAMES)
def test_sqlite_holds_what_the_csv_holds(folder: Path, database: sqlite3.Connection, table: str) -> None:
    wanted = table_rows(folder, table)
    columns = ", ".join(f'"{column.name}"' for column in next(t for t in TABLES if t.name == table).columns)
    found = database.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()
    assert [[_plain(value) for value in row] for row in found] == [list(row.values()) for row in wanted]


def _plain(value: object) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def test_sqlite_is_sound_typed_and_indexed(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    kinds = database.execute("SELECT DISTINCT typeof(start), typeof(x0), typeof(edition) FROM mentions").fetchall()
    assert ("integer", "real", "text") in kinds
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM mentions WHERE entity_id = 'x'").fetchall()
    assert "USING INDEX mentions_by_entity_id" in plan[0][3]
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO authors VALUES ('nobody', 1, 'x', NULL, NULL, NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE documents SET status = 'fine'")


def test_lists_are_tables_too(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT place, value FROM citations_authors WHERE citation_id = 'd/c1'").fetchall()
    assert found == [(1, "防衛省"), (2, "外務省")]
    assert database.execute("SELECT row_id, value FROM meetings_sources").fetchall() == [("d/r1", "d/c1")]


@pytest.mark.parametrize(
    "word",
    ["小泉", "防衛", "小", "相", "小泉進次郎防衛大臣", "ADMMプラス", "admm", "郎防", "衛大", "長長長", "。", "無い"],
)
def test_search_finds_exactly_the_texts_that_contain_a_word(database: sqlite3.Connection, word: str) -> None:
    found = {row[4] for row in ask(database, "search", word=word)}
    texts = [text for (text,) in database.execute("SELECT text FROM blocks")]
    wanted = {text for text in texts if word.casefold() in text.replace("ＡＤＭＭ", "ADMM").casefold()}
    assert found == (set() if word == "。" else wanted)


@pytest.mark.parametrize("word", ['a"b', "", " ", "*", "NOT", '"', "小泉 AND"])
def test_search_takes_any_word(database: sqlite3.Connection, word: str) -> None:
    assert isinstance(ask(database, "search", word=word), list)


def test_a_word_of_two_characters_needs_nothing_special(database: sqlite3.Connection) -> None:
    query = "SELECT blocks.block_id FROM search JOIN blocks ON place = search.rowid WHERE search MATCH ?"
    assert database.execute(query, ("小泉",)).fetchall() == [("d/t2",)]
    assert pairs("小泉大臣") == "小泉 泉大 大臣 臣"


@pytest.mark.parametrize("view", questions()["views"])
def test_every_view_can_be_read(database: sqlite3.Connection, view: str) -> None:
    assert database.execute(f"SELECT * FROM {view}").fetchall() or view == "presentations"


def test_who_attended_what_when(database: sqlite3.Connection) -> None:
    (row,) = ask(database, "attendance", meeting="ＡＤＭＭプラス")
    assert row[:5] == ("2025", "12", "小泉進次郎", "クアラルンプール", "MYS")
    assert ask(database, "meetings_by_year")[0][0] == "2025"


def test_what_a_site_is_cited_for(database: sqlite3.Connection) -> None:
    assert [row[4] for row in ask(database, "cited_from_site", site="mod.go.jp")] == ["日米は会談した。"] * 2
    assert ask(database, "cited_from_site", site="go.jp")
    assert not ask(database, "cited_from_site", site="d.go.jp")


def test_datasette_is_told_of_every_table_and_query(folder: Path, database: sqlite3.Connection) -> None:
    told = json.loads((folder / "metadata.json").read_text("utf-8"))["databases"]["nids"]
    assert set(told["tables"]) == {*NAMES, *questions()["views"]}
    for query in told["queries"].values():
        names = {name: "x" for name in ("word", "meeting", "site", "name") if f":{name}" in query["sql"]}
        database.execute(query["sql"], names)


@pytest.mark.parametrize("table", NAMES)
def test_the_workbook_holds_what_the_csv_holds(folder: Path, table: str) -> None:
    book = openpyxl.load_workbook(folder / "nids.xlsx", read_only=False)
    header, *rows = book[table].iter_rows()
    wanted = table_rows(folder, table)
    assert len(rows) == max(len(wanted), 0)
    for cells, row in zip(rows, wanted, strict=True):
        for head, cell in zip(header, cells, strict=True):
            assert _as_csv(cell.value, row[head.value]), (head.value, cell.value)
    assert book[table].freeze_panes == "A2"
    assert book[table].auto_filter.ref


def _as_csv(value: object, text: str) -> bool:
    if isinstance(value, datetime):
        return value.date().isoformat() == text
    if isinstance(value, (int, float)):
        return float(text) == value
    shown = "" if value is None else str(value).replace("_x000D_", "\r")
    cut = text[: CHARACTERS - len(CUT)] + CUT if len(text) > CHARACTERS else text
    # openpyxl keeps the escapes of control characters, which Excel resolves.
    return shown.replace("_x000B_", "\x0b").replace("_x005F_", "_") == cut


def test_no_cell_of_the_workbook_is_a_formula(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "nids.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    nasty = [cell for cell in cells if cell.value == NASTY]
    assert nasty
    assert all(cell.quotePrefix for cell in nasty)


def test_cells_lead_to_pages_and_sources(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "nids.xlsx")
    links = {cell.hyperlink.target for row in book["citations"].iter_rows() for cell in row if cell.hyperlink}
    assert links == {"https://www.mod.go.jp/j/a%20b.html"}
    at = [cell.value for cell in book["mentions"][1]].index("page")
    link = book["mentions"][3][at].hyperlink
    assert (link.target.replace("\\", "/"), link.location) == ("../raw/d.pdf", "page=2")


def test_a_table_longer_than_a_sheet_goes_on_on_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    workbook.write_workbook(folder, folder / "long.xlsx")
    book = openpyxl.load_workbook(folder / "long.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("blocks")]
    assert sheets == ["blocks", "blocks (2)", "blocks (3)"]
    assert sum(book[name].max_row - 1 for name in sheets) == len(table_rows(folder, "blocks"))


def has_calc() -> bool:
    """Whether LibreOffice is here with its part for workbooks."""
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_workbook(folder: Path, tmp_path: Path) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    options = ["--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path)]
    command = ["soffice", home, *options, str(folder / "nids.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    csv.field_size_limit(10**9)
    for table in NAMES:
        with (tmp_path / f"nids-{table}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(table_rows(folder, table))
    with (tmp_path / "nids-blocks.csv").open(encoding="utf-8", newline="") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    assert NASTY in found
    assert TEXTS[2] in found


@pytest.mark.parametrize("table", NAMES)
def test_parquet_holds_what_the_csv_holds(folder: Path, table: str) -> None:
    found = duckdb.read_parquet(str(folder / "parquet" / f"{table}.parquet"))
    wanted = table_rows(folder, table)
    rows = [
        ["; ".join(value) if isinstance(value, list) else _plain(value) for value in row] for row in found.fetchall()
    ]
    assert rows == [list(row.values()) for row in wanted]
    kinds = {"integer": "BIGINT", "number": "DOUBLE", "list": "VARCHAR[]"}
    columns = next(described for described in TABLES if described.name == table).columns
    assert [str(kind) for kind in found.types] == [kinds.get(column.type, "VARCHAR") for column in columns]


def test_networkx_reads_the_network(folder: Path) -> None:
    graph = networkx.read_graphml(folder / "network.graphml")
    nodes = {row["entity_id"] for row in table_rows(folder, "entities") if row["label"] != "ORGANIZATION"}
    assert set(graph.nodes) == nodes
    assert graph.nodes["meeting:m"]["label"] == NASTY
    edges = {(a, b, data["predicate"]): data for a, b, data in graph.edges(data=True)}
    assert edges["person:k", "meeting:m", "attended"]["weight"] == 1
    assert edges["meeting:m", "person:k", "named_with"]["documents"] == "d"


def test_spacy_reads_the_document_alone(nasty: Document) -> None:
    docs = list(DocBin().from_bytes(doc_bin(nasty)).get_docs(Vocab()))
    assert [doc.text for doc in docs] == [block.text for block in nasty.blocks]
    assert [doc.user_data["block_id"] for doc in docs] == [block.block_id for block in nasty.blocks]
    found = {
        (span.text, span.label_, span.kb_id_, span.id_, doc.user_data["block_id"], span.start_char)
        for doc in docs
        for span in doc.spans["mentions"]
    }
    assert found == {(m.text, m.label, m.entity_id, m.mention_id, m.block_id, m.start) for m in nasty.mentions}
    by_block = {doc.user_data["block_id"]: doc for doc in docs}
    assert [entity.text for entity in by_block["d/t2"].ents] == ["小泉進次郎防衛大臣", "ＡＤＭＭプラス"]
    assert [sentence.text for sentence in by_block["d/p"].sents] == ["日米は会談した。", "続きの文。"]


def test_a_spacy_file_is_made_again_only_for_another_text_or_mention(nasty: Document) -> None:
    first = spacy_file(nasty)
    assert spacy_file(nasty, first) is first
    assert spacy_file(nasty, b"cut") == first
    assert spacy_file(nasty, first[:-9]) == first
    other = replace(nasty, mentions=nasty.mentions[1:])
    assert spacy_file(other, first) != first


def test_spacy_itself_takes_the_file_as_a_corpus(nasty: Document, tmp_path: Path) -> None:
    short = replace(nasty, blocks=tuple(block for block in nasty.blocks if len(block.text) < 10_000))
    (tmp_path / "d.spacy").write_bytes(doc_bin(short))
    examples = list(spacy.training.Corpus(tmp_path)(spacy.blank("ja")))
    assert sum(len(example.reference.spans["mentions"]) for example in examples) == len(nasty.mentions)


def test_the_same_tables_give_the_same_bytes(nasty: Document, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        folder = write(tmp_path / name, nasty)
        found.append({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
        # Zip archives hold times of two seconds' precision.
        time.sleep(2.1)
    assert found[0] == found[1]
    assert doc_bin(nasty) == doc_bin(nasty)
