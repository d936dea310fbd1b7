"""JSON Schema of a document's JSON file, made from the tables' own description."""

from __future__ import annotations

import json

from pipeline.export.tables import BY_NAME, TABLES, Column, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BOXED = ("blocks", "mentions", "footnotes", "footnote_markers")
"""Tables whose rows hold their boxes in the JSON file."""


def document_schema() -> bytes:
    """``document.schema.json``: what `export.nested_json` gives, every member named and typed, in UTF-8."""
    parts: dict[str, object] = {
        table.name: _list_of(table)
        for table in TABLES
        if table.name not in ("documents", "boxes") and _has_document(table)
    }
    properties = {"document": _row(BY_NAME["documents"], without=()), **parts}
    schema = {
        "$schema": DIALECT,
        "title": "A commentary with everything read of it",
        **_closed(properties),
        "$defs": {"box": _row(BY_NAME["boxes"], without=("doc_id", "id"))},
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _has_document(table: Table) -> bool:
    return any(column.name == "doc_id" for column in table.columns)


def _list_of(table: Table) -> object:
    row = _row(table, without=("doc_id",))
    if table.name in BOXED:
        boxes = {"type": "array", "items": {"$ref": "#/$defs/box"}, "description": "Its printed lines"}
        row["properties"]["boxes"] = boxes  # type: ignore[index]
        row["required"].append("boxes")  # type: ignore[attr-defined]
    return {"type": "array", "description": f"One per {table.rows}", "items": row}


def _row(table: Table, without: tuple[str, ...]) -> dict[str, object]:
    return _closed({c.name: _value(table, c) for c in table.columns if c.name not in without})


def _closed(properties: dict[str, object]) -> dict[str, object]:
    """An object with exactly these members."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _value(table: Table, column: Column) -> dict[str, object]:
    """The schema of one value; what is unknown is null."""
    if column.type == "list":
        return {"type": "array", "items": {"type": "string"}, "description": column.meaning}
    kind = column.type if column.type in ("integer", "number") else "string"
    given = column.required or column.name in table.key
    found: dict[str, object] = {"type": kind if given else [kind, "null"], "description": column.meaning}
    if column.values:
        found["enum"] = [*column.values] if given else [*column.values, None]
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.pattern:
        found["pattern"] = f"^({column.pattern})$"
    return found
