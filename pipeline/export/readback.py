"""Rows of a written table, one at a time: what the other forms of the tables are made from."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.export.rows import Value
from pipeline.export.tables import Column, Table


def fields_of(folder: Path, table: Table) -> Iterator[list[str]]:
    """The rows of ``TABLE.csv`` in a folder, in their order. Raises OSError where the file cannot be read."""
    # The module's own limit on a field is shorter than a long block.
    csv.field_size_limit(sys.maxsize)
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        next(reader)
        yield from reader


def typed_rows(folder: Path, table: Table) -> Iterator[tuple[Value, ...]]:
    """The same, typed again: an empty field is None, of a list an empty tuple."""
    for fields in fields_of(folder, table):
        yield tuple(_typed(column, text) for column, text in zip(table.columns, fields, strict=True))


def _typed(column: Column, text: str) -> Value:
    if column.type == "list":
        return tuple(text.split(LIST_SEPARATOR)) if text else ()
    if not text:
        return None
    if column.type == "integer":
        return int(text)
    return float(text) if column.type == "number" else text
