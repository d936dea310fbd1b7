"""A small database of tables, made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.export.csvfile import header, lines
from pipeline.export.database import write_database
from pipeline.export.tables import TABLES

EMPTY: dict[str, Any] = {"list": (), "string": "", "date": "", "integer": None, "number": None}
ROWS: dict[str, list[dict[str, Any]]] = {
    "documents": [{"doc_id": d, "source_file": f"{d}.pdf", "status": "ok"} for d in ("a", "b")],
    "blocks": [
        {"doc_id": d, "block_id": f"{d}:p", "kind": "paragraph", "page_start": 2, "page_end": 2, "text": "文。"}
        for d in ("a", "b")
    ],
    "sentences": [
        {"doc_id": "b", "sentence_id": "b:p:0-2:SENTENCE", "block_id": "b:p", "start": 0, "end": 2, "page": 3}
        | {"text": "文。"}
    ],
    "entities": [
        {"entity_id": "meeting:m", "label": "MEETING", "name": "環海会合", "mentions": 2, "documents": 2},
        {"entity_id": "minister:甲", "label": "MINISTER", "name": "甲野乙", "mentions": 2, "documents": 2},
        {"entity_id": "initiative:i", "label": "INITIATIVE", "name": "凪構想", "mentions": 1, "documents": 1},
    ],
    "mentions": [
        {"mention_id": f"a:{n}", "start": 0, "end": 1, "text": "名", "entity_id": entity, "label": label, "source": "r"}
        | {"doc_id": "a", "block_id": "a:p", "sentence": "文。"}
        for n, (entity, label) in enumerate(
            (("meeting:m", "MEETING"), ("initiative:i", "INITIATIVE"), ("meeting:m", "MEETING"))
        )
    ],
    "meetings": [
        {"doc_id": "a", "row_id": "a:m1", "edition": "", "start_date": "2024-11-20", "city": "凪市"},
        {"doc_id": "b", "row_id": "b:m1", "edition": "3", "start_date": "2024-11-20", "city": ""},
        {"doc_id": "b", "row_id": "b:m2", "edition": "4", "start_date": "", "city": ""},
        {"doc_id": "b", "row_id": "b:m3", "edition": "2", "start_date": "2023", "city": ""},
    ],
    "ministers": [
        {"doc_id": "a", "row_id": "a:o", "entity_id": "minister:甲", "name": "甲野乙", "office": "相", "country": "JPN"}
        | {"block_id": "a:p"}
    ],
    "initiatives": [
        {
            "doc_id": "a",
            "row_id": "a:i",
            "entity_id": "initiative:i",
            "name": "凪構想",
            "year": "2020",
            "block_id": "a:p",
        }
    ],
    "relations": [
        {"doc_id": d, "row_id": f"{d}:r", "subject_id": "minister:甲", "predicate": "attended", "date": "2024-11-20"}
        | {"object_id": "meeting:m", "block_id": f"{d}:p", "source": "r"}
        for d in ("a", "b")
    ]
    + [
        {"doc_id": "b", "row_id": "b:r2", "subject_id": "minister:甲", "predicate": "chaired", "edition": "4"}
        | {"object_id": "meeting:m", "block_id": "b:p", "source": "r"}
    ],
    "citations": [
        {"doc_id": d, "citation_id": f"{d}:c{n}", "work_id": work, "kind": "web", "number": "", "position": n + 1}
        for d, n, work in (("a", 0, "work:1"), ("a", 1, "work:1"), ("a", 2, "work:2"), ("b", 0, "work:2"))
    ]
    + [{"doc_id": "b", "citation_id": "b:c9", "work_id": "work:3", "kind": "book", "position": 2}],
    "works": [
        {
            "work_id": "work:1",
            "kind": "web",
            "title": "概要",
            "authors": ("凪省",),
            "url": "https://www.nagi.example/x",
        },
        {"work_id": "work:2", "kind": "book", "title": "海", "authors": ("丙",), "publisher": "潮書房", "date": "2019"},
        {"work_id": "work:3", "kind": "other", "title": "", "url": "https://www.kaze.example:8/y"},
    ],
}
"""Two commentaries: both date one meeting, and both say that the same minister came."""


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An open ``nids.sqlite`` of `ROWS`."""
    for row in ROWS["citations"]:
        row["block_id"] = f"{row['doc_id']}:p"
    for row in ROWS["meetings"]:
        row |= {"entity_id": "meeting:m", "name": "環海会合", "block_id": f"{row['doc_id']}:p", "sentence_start": 0}
    for table in TABLES:
        blank = {column.name: EMPTY[column.type] for column in table.columns}
        rows = [blank | row for row in ROWS.get(table.name, [])]
        (tmp_path / f"{table.name}.csv").write_text(header(table.name) + lines(table.name, rows), encoding="utf-8")
    write_database(tmp_path, tmp_path / "nids.sqlite")
    with closing(sqlite3.connect(tmp_path / "nids.sqlite")) as database:
        yield database
