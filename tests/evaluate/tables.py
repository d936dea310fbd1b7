"""Tables and gold of a small commentary, written by hand, and how tests change and score them.

``GOLD`` annotates two sentences and three notes; ``TABLES`` agree with all of it.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from pipeline.evaluate import Score, evaluate

Tables = dict[str, list[dict[str, str]]]


def change(tables: Tables, table: str, row: int, **fields: str) -> Tables:
    """The tables with other fields in one row."""
    rows = [dict(r) for r in tables[table]]
    rows[row].update(fields)
    return {**tables, table: rows}


def without(tables: Tables, table: str, row: int) -> Tables:
    """The tables without one row."""
    return {**tables, table: [r for i, r in enumerate(tables[table]) if i != row]}


def more(tables: Tables, table: str, **fields: str) -> Tables:
    """The tables with one more row: the last one with other fields."""
    return {**tables, table: [*tables[table], {**tables[table][-1], **fields}]}


def scored(folder: Path, gold: Path, tables: Tables) -> Score:
    """The score of tables against a gold file."""
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            if rows:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
    (score,) = evaluate(folder, [gold])
    return score


def scored_names(folder: Path, tables: Tables, **other: Any) -> Score:
    """The score of tables against ``GOLD``, with other values of some of its keys."""
    gold = folder / "a.gold.json"
    gold.write_text(json.dumps({**GOLD, **other}), encoding="utf-8")
    return scored(folder, gold, tables)


FIRST = "小泉防衛大臣は2025年11月1日、クアラルンプールで第12回ADMMプラスに出席した。"
SECOND = "2007年に始まったFOIPは、ADMMプラスでも語られた。"
NOTES = {
    "1": "防衛省「会合の概要」2025年11月1日、https://example.org/a.html。",
    "2": "甲一・乙二『海の本』（丙書房、2020年）12-15頁。",
    "3": "防衛省、前掲資料。",
}
GOLD: dict[str, Any] = {
    "source_file": "a.pdf",
    "blocks": [
        {"id": "g1", "kind": "paragraph", "text": FIRST},
        {"id": "g2", "kind": "paragraph", "text": SECOND},
    ],
    "notes": NOTES,
    "mentions": [
        {"block": "g1", "label": "MINISTER", "entity": "koizumi", "start": 0, "end": 6},
        {"block": "g1", "label": "MEETING", "entity": "admm-plus", "start": 31, "end": 38},
        {"block": "g2", "label": "INITIATIVE", "entity": "foip", "start": 10, "end": 14},
        {"block": "g2", "label": "MEETING", "entity": "admm-plus", "start": 16, "end": 23},
    ],
    "citations": [
        {
            "note": 1,
            "authors": ["防衛省"],
            "title": "会合の概要",
            "container": None,
            "date": "2025-11-01",
            "pages": None,
            "url": "https://example.org/a.html",
        },
        {
            "note": 2,
            "authors": ["甲一", "乙二"],
            "title": "海の本",
            "container": None,
            "date": "2020",
            "pages": "12-15",
            "url": None,
        },
        {"note": 3, "authors": ["防衛省"], "title": "会合の概要", "date": "2025-11-01", "refers_to": 1},
    ],
    "facts": {
        "meetings": [{"entity": "admm-plus", "edition": 12, "start_date": "2025-11-01", "place": "クアラルンプール"}],
        "initiatives": [{"entity": "foip", "year": 2007}],
        "ministers": [{"entity": "koizumi", "office": "防衛大臣", "country": "JPN"}],
        "relations": [{"subject": "koizumi", "predicate": "attended", "object": "admm-plus"}],
    },
}


def _mention(block_id: str, start: int, end: int, label: str, entity_id: str) -> dict[str, str]:
    place = {"doc_id": "a", "block_id": block_id, "start": str(start), "end": str(end)}
    return place | {"label": label, "entity_id": entity_id, "source": "rule"}


def _citation(number: int, authors: str, title: str, date: str, **other: str) -> dict[str, str]:
    empty = dict.fromkeys(("container", "publisher", "pages", "url", "refers_to"), "")
    row = {"doc_id": "a", "citation_id": f"c{number}", "note_id": f"n{number}", "number": str(number)}
    return row | empty | {"authors": authors, "title": title, "date": date} | other


TABLES: Tables = {
    "documents": [{"doc_id": "a", "source_file": "a.pdf", "status": "ok"}],
    "blocks": [
        {"doc_id": "a", "block_id": "t", "kind": "title", "text": "ADMMプラス"},
        {"doc_id": "a", "block_id": "b1", "kind": "paragraph", "text": FIRST},
        {"doc_id": "a", "block_id": "b2", "kind": "paragraph", "text": SECOND},
    ],
    "footnotes": [{"doc_id": "a", "note_id": f"n{n}", "number": n, "text": text} for n, text in NOTES.items()],
    "mentions": [
        _mention("t", 0, 7, "MEETING", "meeting:a"),
        _mention("b1", 0, 6, "MINISTER", "minister:k"),
        _mention("b1", 18, 26, "PLACE", "place:k"),
        _mention("b1", 31, 38, "MEETING", "meeting:a"),
        _mention("b2", 10, 14, "INITIATIVE", "initiative:f"),
        _mention("b2", 16, 23, "MEETING", "meeting:a"),
    ],
    "citations": [
        _citation(1, "防衛省", "「会合の概要」", "2025-11-01", url="https://example.org/a.html"),
        _citation(2, "乙二; 甲一", "海の本", "2020", pages="12–15", publisher="丙書房"),
        _citation(3, "防衛省", "会合の概要", "2025-11-01", refers_to="c1"),
    ],
    "meetings": [
        {
            "doc_id": "a",
            "entity_id": "meeting:a",
            "edition": "12",
            "start_date": "2025-11-01",
            "city": "クアラルンプール",
            "country": "MYS",
            "sentence": FIRST,
        }
    ],
    "ministers": [{"doc_id": "a", "entity_id": "minister:k", "office": "防衛大臣", "country": "JPN"}],
    "initiatives": [{"doc_id": "a", "entity_id": "initiative:f", "year": "2007"}],
    "relations": [
        {
            "doc_id": "a",
            "subject_id": "minister:k",
            "predicate": "attended",
            "object_id": "meeting:a",
            "sentence": FIRST,
        }
    ],
}
