"""Rows of a written table, one at a time: what the other forms of the tables are made from."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.export.tables import Table


def fields_of(folder: Path, table: Table) -> Iterator[list[str]]:
    """The rows of ``TABLE.csv`` in a folder, in their order. Raises OSError where the file cannot be read."""
    # The module's own limit on a field is shorter than a long block.
    csv.field_size_limit(sys.maxsize)
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        next(reader)
        yield from reader
