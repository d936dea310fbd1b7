"""The tables as Parquet files, through DuckDB: typed columns, lists as lists."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.export.tables import TABLES, Column, Table

_TYPES = {"integer": "BIGINT", "number": "DOUBLE"}


def write_parquet(folder: Path, target: Path) -> None:
    """Writes ``TABLE.parquet`` for each table of a folder into another, which must be there.

    Unknown values are NULL, lists may be empty; dates are text, for their precision varies. DuckDB streams the rows,
    and one thread keeps them in order: the same tables give the same bytes. Raises `duckdb.Error`.
    """
    with duckdb.connect(config={"threads": 1, "preserve_insertion_order": True}) as database:
        for table in TABLES:
            _write(database, table, folder / f"{table.name}.csv", target / f"{table.name}.parquet")


def _write(database: duckdb.DuckDBPyConnection, table: Table, source: Path, target: Path) -> None:
    columns = ", ".join(f"'{column.name}': '{_TYPES.get(column.type, 'VARCHAR')}'" for column in table.columns)
    chosen = ", ".join(map(_chosen, table.columns))
    database.execute(
        f"COPY (SELECT {chosen} FROM read_csv({_literal(source)}, header = true, columns = {{{columns}}}, "  # noqa: S608
        "delim = ',', quote = '\"', escape = '\"', new_line = '\\n', auto_detect = false, strict_mode = true, "
        f"max_line_size = 1000000000, parallel = false)) TO {_literal(target)} (FORMAT parquet, COMPRESSION zstd)"
    )


def _chosen(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "list":
        return (
            f"CASE WHEN {name} IS NULL THEN []::VARCHAR[] ELSE string_split({name}, '{LIST_SEPARATOR}') END AS {name}"
        )
    return name


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
