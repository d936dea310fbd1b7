"""The facts of a document as rows, and all dated ones of all documents in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.document import Document, Evidence

Value = str | int | float | None | tuple[str, ...]
Row = dict[str, Value]
Rows = dict[str, list[Row]]
"""Rows by table name."""


def fact_rows(document: Document, texts: Mapping[str, str]) -> Rows:
    """The rows of the four tables of facts; ``texts`` are the blocks' texts by id."""

    def evidence(found: Evidence) -> Row:
        return {
            "block_id": found.block_id,
            "sentence_start": found.start,
            "sentence_end": found.end,
            "sentence": texts[found.block_id][found.start : found.end],
            "sources": found.sources,
            "sources_from": found.sources_from,
        }

    def head(found: object, *names: str) -> Row:
        return {"doc_id": document.doc_id} | {name: getattr(found, name) for name in names}

    return {
        "meetings": [
            head(m, "row_id", "entity_id", "name", "edition", "start_date", "end_date", "city", "country", "mode")
            | evidence(m.evidence)
            for m in document.meetings
        ],
        "ministers": [
            head(m, "row_id", "entity_id", "name", "office", "country", "status") | evidence(m.evidence)
            for m in document.ministers
        ],
        "initiatives": [
            head(i, "row_id", "entity_id", "name", "abbreviation", "year") | evidence(i.evidence)
            for i in document.initiatives
        ],
        "relations": [
            head(r, "row_id", "subject_id", "predicate", "object_id", "edition", "date", "source")
            | evidence(r.evidence)
            for r in document.relations
        ],
    }


def timeline_rows(rows: Rows, names: Mapping[str, str]) -> list[Row]:
    """The dated facts of a document's rows; ``names`` are those of its entities by id."""
    found: list[Row] = []
    for row in rows["meetings"]:
        if row["start_date"]:
            found.append(
                _entry(row, "meeting", row["start_date"], row["name"])
                | {name: row[name] for name in ("end_date", "edition", "city", "country")}
            )
    for row in rows["initiatives"]:
        if row["year"]:
            found.append(_entry(row, "initiative", row["year"], row["name"]))
    for row in rows["relations"]:
        if row["date"]:
            subject, meeting = (names.get(str(row[key]), "") for key in ("subject_id", "object_id"))
            found.append(
                _entry(row, "relation", row["date"], subject)
                | {"predicate": row["predicate"], "object": meeting, "edition": row["edition"]}
            )
    return found


def _entry(row: Row, what: str, date: Value, subject: Value) -> Row:
    return {
        "date": date,
        "end_date": "",
        "what": what,
        "subject": subject,
        "predicate": "",
        "object": "",
        "edition": "",
        "city": "",
        "country": "",
        "doc_id": row["doc_id"],
        "row_id": row["row_id"],
        "sentence": row["sentence"],
        "sources": row["sources"],
    }


def in_time(rows: Iterable[Row]) -> list[Row]:
    """Rows of the timeline in the order of their dates; a month comes before its days, and a year before its months."""
    return sorted(rows, key=lambda row: str(row["date"]))
