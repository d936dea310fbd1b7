"""What is new or gone in the tables since they were last written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.export.rows import Row

WATCHED: dict[str, tuple[tuple[str, ...], str, str]] = {
    # table: (columns that tell rows apart, column for the id, column for the name)
    "documents": (("doc_id", "sha256"), "doc_id", "title"),
    "entities": (("entity_id",), "entity_id", "name"),
    "works": (("work_id",), "work_id", "title"),
    "problems": (("source_file", "page", "code", "message"), "doc_id", "message"),
}
"""Tables whose rows are compared; a document whose file changed is gone and new."""

Read = Mapping[str, str]


def changes(table: str, old: Iterable[Read], new: Iterable[Read]) -> list[Row]:
    """Rows of ``changes`` for one table as it was and is: what is gone in the old order, then what is new."""
    before, after = _by_identity(table, old), _by_identity(table, new)
    gone = [_row(table, "gone", row) for identity, row in before.items() if identity not in after]
    return gone + [_row(table, "new", row) for identity, row in after.items() if identity not in before]


def _by_identity(table: str, rows: Iterable[Read]) -> dict[tuple[str, ...], tuple[str, str]]:
    columns, own_id, name = WATCHED[table]
    # Tables of an earlier version may lack a column.
    return {tuple(row.get(c, "") for c in columns): (row.get(own_id, ""), row.get(name, "")) for row in rows}


def _row(table: str, change: str, found: tuple[str, str]) -> Row:
    return {"table": table, "change": change, "id": found[0], "name": found[1]}
