"""The data package: a description of every table that other tools can read."""

from __future__ import annotations

import json

from pipeline.export.tables import TABLES, Column, Table

NAME = "nids-commentary-tables"


def data_package() -> bytes:
    """``datapackage.json`` (Data Package with Table Schema: fields, primary and foreign keys), in UTF-8."""
    package = {
        "name": NAME,
        "title": "Commentaries as tables",
        "profile": "tabular-data-package",
        "resources": [_resource(table) for table in TABLES],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(table, column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [_foreign_key(table, column) for column in table.columns if column.refers]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": f"One row per {table.rows}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    meaning = column.meaning + (", joined with '; '" if column.type == "list" else "")
    constraints: dict[str, object] = {}
    if column.name in table.key:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    field: dict[str, object] = {
        "name": column.name,
        "type": "string" if column.type == "list" else column.type,
        "description": meaning,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(table: Table, column: Column) -> dict[str, object]:
    name, _, key = column.refers.partition(".")
    # In a table schema, a reference to the table itself has an empty name.
    return {"fields": column.name, "reference": {"resource": "" if name == table.name else name, "fields": key}}
