"""One document as nested JSON: the same as its rows, with the boxes of each thing inside it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from pipeline.export.rows import Row, Rows
from pipeline.export.tables import TABLES

MEMBERS: tuple[str, ...] = tuple(
    table.name
    for table in TABLES
    if table.name not in ("documents", "boxes", "citation_fields", "timeline")
    and any(column.name == "doc_id" for column in table.columns)
)
"""Tables that are lists of their own in a document's JSON file."""
BOX = ("page", "x0", "top", "x1", "bottom")
"""Columns of a box inside the thing that it is of."""
FIELD = ("field", "start", "end", "value")
"""Columns of a field inside its citation."""
BOXED = {
    "blocks": "block_id",
    "sentences": "sentence_id",
    "mentions": "mention_id",
    "footnotes": "note_id",
    "footnote_markers": "marker_id",
    "citations": "citation_id",
}
"""The column that holds a row's own id, for tables whose things have boxes."""
_PLACES = 2
"""Decimal places of points, as in the tables."""


def nested(rows: Rows) -> bytes:
    """A document's rows as JSON in UTF-8, indented.

    ``document`` is its row; every other table is a list under its name. A row has no ``doc_id`` of its own, an
    unknown value is null; blocks, notes, marks and mentions hold their ``boxes``, citations their ``fields``.
    """
    fields: dict[str, list[Row]] = defaultdict(list)
    for row in rows["citation_fields"]:
        fields[str(row["citation_id"])].append({name: row[name] for name in FIELD})
    boxes: dict[str, list[Row]] = defaultdict(list)
    for row in rows["boxes"]:
        boxes[str(row["id"])].append({name: row[name] for name in BOX})
    found: dict[str, list[dict[str, object]]] = {}
    for name in MEMBERS:
        found[name] = [_member(name, row, boxes) for row in rows[name]]
    for member in found["citations"]:
        member["fields"] = fields[str(member["citation_id"])]
    whole = {"document": _plain(rows["documents"][0])} | found
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _member(table: str, row: Row, boxes: dict[str, list[Row]]) -> dict[str, object]:
    member = _plain({name: value for name, value in row.items() if name != "doc_id"})
    if table in BOXED:
        member["boxes"] = [_plain(box) for box in boxes[str(row[BOXED[table]])]]
    return member


def _plain(row: Row) -> dict[str, object]:
    return {
        name: round(value, _PLACES) if isinstance(value, float) else None if value == "" else value
        for name, value in row.items()
    }
