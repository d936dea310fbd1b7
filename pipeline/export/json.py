"""One document as nested JSON: the same as its rows, with the boxes of each thing inside it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from pipeline.export.rows import Row, Rows
from pipeline.export.tables import BY_NAME

_OWN_ID = {"blocks": "block_id", "mentions": "mention_id", "footnotes": "note_id", "footnote_markers": "marker_id"}
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
        fields[str(row["citation_id"])].append({name: row[name] for name in ("field", "start", "end", "value")})
    boxes: dict[str, list[Row]] = defaultdict(list)
    for row in rows["boxes"]:
        boxes[str(row["id"])].append({name: row[name] for name in ("page", "x0", "top", "x1", "bottom")})
    found: dict[str, list[dict[str, object]]] = {}
    for name, members in rows.items():
        if name in ("documents", "boxes", "citation_fields") or "doc_id" not in {
            column.name for column in BY_NAME[name].columns
        }:
            continue
        found[name] = [_member(name, row, boxes) for row in members]
        if name == "citations":
            for row, member in zip(members, found[name], strict=True):
                member["fields"] = fields[str(row["citation_id"])]
    whole = {"document": _plain(rows["documents"][0])} | found
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _member(table: str, row: Row, boxes: dict[str, list[Row]]) -> dict[str, object]:
    member = _plain({name: value for name, value in row.items() if name != "doc_id"})
    if table in _OWN_ID:
        member["boxes"] = [_plain(box) for box in boxes[str(row[_OWN_ID[table]])]]
    return member


def _plain(row: Row) -> dict[str, object]:
    return {
        name: round(value, _PLACES) if isinstance(value, float) else None if value == "" else value
        for name, value in row.items()
    }
