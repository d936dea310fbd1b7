"""The tables as one SQLite database: typed, with keys, indexes, views and a search that finds two characters.

**Search.** SQLite's own tokenizers cut Japanese at spaces or into runs of three characters, and find neither 小泉
nor 防衛. The table ``search`` therefore holds every text as its overlapping pairs of characters: 小泉大臣 is
小泉 泉大 大臣. A word of two characters is looked up as it is (``MATCH '小泉'``), a longer one as the phrase of its
pairs (``MATCH '"小泉 泉大 大臣"'``), one character as the beginning of a pair (``MATCH '米*'``). That finds exactly the
texts that contain the word; width and case make no difference, and one punctuation mark is as good as another.
``search.rowid`` is ``blocks.place``.
"""

from __future__ import annotations

import sqlite3
import tomllib
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.export.readback import fields_of
from pipeline.export.tables import BY_NAME, TABLES, Column, Table

_TYPES = {"integer": "INTEGER", "number": "REAL"}
_PLACED = "blocks"
"""The table whose rows have a number of their own, since the search index knows texts by number."""
_BATCH = 500
"""Rows handed to SQLite at once."""


def questions() -> dict[str, Any]:
    """Views and ready queries: ``questions.toml``."""
    return tomllib.loads(files("pipeline.export").joinpath("questions.toml").read_text(encoding="utf-8"))


def pairs(text: str) -> str:
    """A text as its overlapping pairs of characters, and its last character, with spaces between them."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return " ".join([a + b for a, b in pairwise(plain)] + [plain[-1:]])


def write_database(folder: Path, path: Path) -> None:
    """Writes the tables of a folder as an SQLite file that is not there yet. The same tables give the same bytes.

    Unknown values are NULL. Each column that is a list is a table of its own besides (``citations_authors``), with a
    row for each entry. Raises OSError or `sqlite3.Error` where the file cannot be written.
    """
    with closing(sqlite3.connect(path)) as database:
        # No journal: a run that fails throws the whole file away.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
        for table in TABLES:
            database.execute(_create(table))
            for column in _lists(table):
                database.execute(_create_list(table, column))
        database.execute("CREATE VIRTUAL TABLE search USING fts5(pairs, content='', tokenize='unicode61')")
        for table in TABLES:
            _fill(database, folder, table)
        database.execute("INSERT INTO search(search) VALUES ('optimize')")
        for statement in _indexes():
            database.execute(statement)
        for name, view in questions()["views"].items():
            database.execute(f"CREATE VIEW {name} AS\n{view['sql'].strip()}")
        database.commit()
        database.execute("ANALYZE")
        database.commit()


def _lists(table: Table) -> list[Column]:
    return [column for column in table.columns if column.type == "list"] if table.key else []


def _create(table: Table) -> str:
    lines = [f"  {_column(table, column)}" for column in table.columns]
    if table.name == _PLACED:
        lines.insert(0, "  place INTEGER PRIMARY KEY")
        lines.append(f"  UNIQUE ({', '.join(map(_quoted, table.key))})")
    elif table.key:
        lines.append(f"  PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    lines += [f"  {_reference(column.name, column.refers)}" for column in table.columns if _is_reference(column)]
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n)"


def _column(table: Table, column: Column) -> str:
    parts = [_quoted(column.name), _TYPES.get(column.type, "TEXT")]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    if column.values:
        allowed = ", ".join(f"'{value}'" for value in column.values)
        parts.append(f"CHECK ({_quoted(column.name)} IN ({allowed}))")
    return " ".join(parts)


def _create_list(table: Table, column: Column) -> str:
    types = {of.name: _TYPES.get(of.type, "TEXT") for of in table.columns}
    keys = [f"  {_quoted(name)} {types[name]} NOT NULL" for name in table.key]
    columns = ", ".join(map(_quoted, table.key))
    lines = [
        *keys,
        # "place" of the entry in its list, counted from 1.
        "  place INTEGER NOT NULL",
        "  value TEXT NOT NULL",
        f"  PRIMARY KEY ({columns}, place)",
        f"  FOREIGN KEY ({columns}) REFERENCES {table.name} ({columns})",
    ]
    if column.refers:
        lines.append(f"  {_reference('value', column.refers)}")
    return f"CREATE TABLE {table.name}_{column.name} (\n" + ",\n".join(lines) + "\n)"


def _reference(name: str, refers: str) -> str:
    table, _, key = refers.partition(".")
    return f"FOREIGN KEY ({_quoted(name)}) REFERENCES {table} ({_quoted(key)})"


def _is_reference(column: Column) -> bool:
    return bool(column.refers) and column.type != "list"


def _fill(database: sqlite3.Connection, folder: Path, table: Table) -> None:
    rows = fields_of(folder, table)
    names = [column.name for column in table.columns]
    while batch := list(islice(rows, _BATCH)):
        _insert(database, table, names, batch)
        if table.name == _PLACED:
            text = names.index("text")
            database.executemany("INSERT INTO search(pairs) VALUES (?)", ((pairs(row[text]),) for row in batch))


def _insert(database: sqlite3.Connection, table: Table, names: list[str], rows: list[list[str]]) -> None:
    """Inserts rows of the CSV file. The types of the columns make numbers of their texts."""
    columns, marks = ", ".join(map(_quoted, names)), ", ".join(["NULLIF(?, '')"] * len(names))
    database.executemany(f"INSERT INTO {_quoted(table.name)} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    for column in _lists(table):
        width = len(table.key) + 2
        entries = _entries(rows, [names.index(name) for name in table.key], names.index(column.name))
        database.executemany(f"INSERT INTO {table.name}_{column.name} VALUES ({', '.join('?' * width)})", entries)  # noqa: S608


def _entries(rows: list[list[str]], keys: list[int], at: int) -> Iterator[tuple[str | int, ...]]:
    for row in rows:
        for place, value in enumerate(row[at].split(LIST_SEPARATOR) if row[at] else (), start=1):
            yield (*(row[key] for key in keys), place, value)


def _indexes() -> Iterator[str]:
    """One for each column that refers elsewhere or is a date, unless a key begins with it."""
    for table in TABLES:
        for column in table.columns:
            if (_is_reference(column) or column.type == "date") and table.key[:1] != (column.name,):
                yield f"CREATE INDEX {table.name}_by_{column.name} ON {table.name} ({_quoted(column.name)})"
        for column in _lists(table):
            name = f"{table.name}_{column.name}"
            yield f"CREATE INDEX {name}_by_value ON {name} (value)"
    yield "CREATE INDEX boxes_by_id ON boxes (id)"
    yield "CREATE INDEX entities_by_name ON entities (name)"


def _quoted(name: str) -> str:
    return f'"{name}"'


def datasette_metadata() -> dict[str, Any]:
    """What Datasette shows of the database: meanings of tables and columns, and the ready queries."""
    asked = questions()
    tables = {
        table.name: {
            "description": f"One row per {table.rows}.",
            "columns": {column.name: column.meaning for column in table.columns},
        }
        for table in BY_NAME.values()
    }
    views = {name: {"description": view["meaning"]} for name, view in asked["views"].items()}
    queries = {name: {"title": query["title"], "sql": query["sql"].strip()} for name, query in asked["queries"].items()}
    return {
        "title": "Commentaries as tables",
        "databases": {"nids": {"tables": tables | views, "queries": queries}},
    }
