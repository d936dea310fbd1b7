"""JSON Schema of a document's JSON file, made from the tables' own description."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.export.json import BOX, BOXED, FIELD, MEMBERS
from pipeline.export.tables import BY_NAME, Column, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document_schema() -> bytes:
    """``document.schema.json``: what `export.nested_json` gives, every member named and typed, in UTF-8."""
    properties = {"document": _closed(_values("documents"))} | {name: _list_of(name) for name in MEMBERS}
    schema = {
        "$schema": DIALECT,
        "title": "A commentary with everything read of it",
        **_closed(properties),
        "$defs": {
            "box": _closed(_only("boxes", BOX)),
            "field": _closed(_only("citation_fields", FIELD)),
        },
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _list_of(name: str) -> dict[str, object]:
    values = _values(name)
    del values["doc_id"]
    if name in BOXED:
        values["boxes"] = _array({"$ref": "#/$defs/box"}, "Its printed lines")
    if name == "citations":
        values["fields"] = _array({"$ref": "#/$defs/field"}, "Its printed fields")
    return _array(_closed(values), f"One per {BY_NAME[name].rows}")


def _array(items: dict[str, object], meaning: str) -> dict[str, object]:
    return {"type": "array", "items": items, "description": meaning}


def _values(name: str) -> dict[str, dict[str, object]]:
    table = BY_NAME[name]
    return {column.name: _value(table, column) for column in table.columns}


def _only(name: str, columns: tuple[str, ...]) -> dict[str, dict[str, object]]:
    values = _values(name)
    return {column: values[column] for column in columns}


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    """An object with exactly these members."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _value(table: Table, column: Column) -> dict[str, object]:
    """The schema of one value; what is unknown is null."""
    if column.type == "list":
        return _array({"type": "string"}, column.meaning)
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
