"""Rows as CSV text: RFC 4180 quoting, line feeds, lists joined with ``; ``."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.rows import Row, Value
from pipeline.export.tables import BY_NAME

LIST_SEPARATOR = "; "


def header(table: str) -> str:
    """The header row of a table."""
    return ",".join(column.name for column in BY_NAME[table].columns) + "\n"


def lines(table: str, rows: Iterable[Row]) -> str:
    """The rows of a table, each with all of its columns. Raises KeyError where a row lacks one."""
    names = [column.name for column in BY_NAME[table].columns]
    return "".join(",".join(_field(row[name]) for name in names) + "\n" for row in rows)


def _field(value: Value) -> str:
    text = _text(value)
    # Not the csv module: with line feeds as line ends it leaves a lone carriage return unquoted.
    if any(char in text for char in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)
