"""The data package: a description of every table that other tools can read.

Data Package and Table Schema, version 2 (https://datapackage.org/standard/data-package/).
"""

from __future__ import annotations

import json

from pipeline.export.tables import TABLES, Column, Table

NAME = "nids-commentary-tables"
_PROFILES = "https://datapackage.org/profiles/2.0"


def data_package() -> bytes:
    """``datapackage.json`` (fields with types, constraints and meanings, primary and foreign keys), in UTF-8."""
    package = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": NAME,
        "title": "Commentaries as tables",
        "description": "Text, notes, citations, names and facts of commentaries, each value with its page and words. "
        "Offsets count Unicode characters from 0 and exclude their end; pages count from 1; boxes are PDF points from "
        "the top left of the page.",
        "resources": [_resource(table) for table in TABLES],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [_foreign_key(table, column) for column in table.columns if column.refers and column.type != "list"]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": f"One row per {table.rows}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    meaning = column.meaning + (", joined with '; '" if column.type == "list" else "")
    field: dict[str, object] = {
        "name": column.name,
        # A table schema's own dates have one precision for the whole column.
        "type": column.type if column.type in ("integer", "number") else "string",
        "description": meaning,
    }
    constraints = _constraints(table, column)
    return field | ({"constraints": constraints} if constraints else {})


def _constraints(table: Table, column: Column) -> dict[str, object]:
    found: dict[str, object] = {}
    if column.required or column.name in table.key:
        found["required"] = True
    if table.key == (column.name,):
        found["unique"] = True
    if column.values:
        found["enum"] = list(column.values)
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.pattern:
        found["pattern"] = f"^({column.pattern})$"
    return found


def _foreign_key(table: Table, column: Column) -> dict[str, object]:
    name, _, key = column.refers.partition(".")
    reference = {"fields": [key]} if name == table.name else {"resource": name, "fields": [key]}
    return {"fields": [column.name], "reference": reference}
