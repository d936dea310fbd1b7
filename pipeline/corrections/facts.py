"""Setting, removing and adding facts, and keeping them true to mentions that were corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import msgspec

from pipeline.corrections.forms import AddFact, At, FactFields, RemoveFact, SetFact
from pipeline.corrections.places import UnfitError, place_of
from pipeline.document import Corrected, Document, Evidence, Initiative, Meeting, Mention, Minister, Relation

TABLES: dict[str, type[Any]] = {
    "meetings": Meeting,
    "ministers": Minister,
    "initiatives": Initiative,
    "relations": Relation,
}
"""Tables of facts and what their rows are."""
_ENTITIES = ("entity_id", "subject_id", "object_id")
_DIGITS = 10
"""Digits of the SHA-256 in the id of an added row."""


def set_fields(document: Document, change: SetFact, source: str) -> Document:
    """Sets fields of a fact."""
    row = _row(document, change, change.table, change.entity, change.was)
    given = _given(document, change.table, change.fields)
    return _replaced(document, change.table, row, replace(row, **given), source)


def remove(document: Document, change: RemoveFact, source: str) -> Document:
    """Removes a fact."""
    row = _row(document, change, change.table, change.entity, change.was)
    return _replaced(document, change.table, row, None, source)


def add(document: Document, change: AddFact, source: str) -> Document:
    """Adds a fact; the citations that the author footnotes for its sentence are those of another fact of it, if any."""
    block, start, end = place_of(document, change.quote, change.before, change.after)
    given = _given(document, change.table, change.fields)
    of_entity = [mention for mention in document.mentions if mention.entity_id == change.entity]
    if not of_entity:
        raise UnfitError(f"no mention has the entity {change.entity}; add one first")
    same = [row.evidence for table in TABLES for row in getattr(document, table) if _stands(row, block.block_id, start)]
    evidence = replace(same[0], start=start, end=end) if same else Evidence(block.block_id, start, end)
    content = "\0".join((change.table, change.entity, *(f"{name}={value}" for name, value in given.items())))
    row_id = f"{document.doc_id}:{change.table[:-1]}:{hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]}"
    known: dict[str, Any] = {"row_id": row_id, "evidence": evidence, **given}
    if change.table == "relations":
        if not {"predicate", "object_id"} <= given.keys():
            raise UnfitError("a relation needs a predicate and an object")
        known |= {"subject_id": change.entity, "source": source}
    else:
        known = {"name": of_entity[0].name or of_entity[0].text, "entity_id": change.entity} | known
    rows = getattr(document, change.table)
    if any(row.row_id == row_id for row in rows):
        raise UnfitError("this fact is there already")
    done = Corrected(source, change.table, row_id, "", "", change.quote)
    layer: dict[str, Any] = {change.table: (*rows, TABLES[change.table](**known))}
    return replace(document, **layer, corrections=(*document.corrections, done))


def _stands(row: Any, block_id: str, start: int) -> bool:
    evidence = row.evidence
    return bool(evidence.block_id == block_id and evidence.start <= start < evidence.end)


def _row(document: Document, change: At, table: str, entity: str, was: FactFields) -> Any:
    block, start, _ = place_of(document, change.quote, change.before, change.after)
    wanted = _given(document, table, was, exists=False)
    of = "subject_id" if table == "relations" else "entity_id"
    found = [
        row
        for row in getattr(document, table)
        if getattr(row, of) == entity
        and _stands(row, block.block_id, start)
        and all(getattr(row, name) == value for name, value in wanted.items())
    ]
    if len(found) != 1:
        raise UnfitError("the sentence states no such fact" if not found else "it states several; say more in `was`")
    return found[0]


def _given(document: Document, table: str, given: FactFields, *, exists: bool = True) -> dict[str, str]:
    """The fields that are given, by the names that the table's rows have."""
    values = {name: value for name, value in msgspec.structs.asdict(given).items() if value is not None}
    if "object" in values:
        values["object_id"] = values.pop("object")
        if exists and all(mention.entity_id != values["object_id"] for mention in document.mentions):
            raise UnfitError(f"no mention has the entity {values['object_id']}; add one first")
    foreign = values.keys() - {field.name for field in fields(TABLES[table])}
    if foreign:
        raise UnfitError(f"{table} have no {', '.join(sorted(foreign))}")
    return values


def _replaced(document: Document, table: str, row: Any, by: Any | None, source: str) -> Document:
    if by is not None and hasattr(by, "source") and by != row:
        by = replace(by, source=source)
    rows = tuple(
        by if other is row else other for other in getattr(document, table) if by is not None or other is not row
    )
    layer: dict[str, Any] = {table: rows}
    return replace(document, **layer, corrections=(*document.corrections, *_done(table, row, by, source)))


def _done(table: str, row: Any, by: Any | None, source: str) -> list[Corrected]:
    if by is None:
        return [Corrected(source, table, row.row_id, "", getattr(row, "name", "") or row.predicate, "")]
    return [
        Corrected(source, table, row.row_id, field.name, getattr(row, field.name), getattr(by, field.name))
        for field in fields(row)
        if field.name not in ("evidence", "source") and getattr(row, field.name) != getattr(by, field.name)
    ]


@dataclass(frozen=True, slots=True)
class _Moves:
    """What became of the mentions: the entity of each place before and after."""

    before: Mapping[tuple[str, int, int], str]
    after: Mapping[tuple[str, int, int], str]

    def entity(self, entity: str, evidence: Evidence) -> str | None:
        """What a fact's entity is now; None where nothing in the text names it any longer."""
        places = [place for place, known in self.before.items() if known == entity]
        inside = [
            place for place in places if place[0] == evidence.block_id and evidence.start <= place[1] < evidence.end
        ]
        now = [self.after.get(place) for place in inside or places]
        if entity in now or not places:
            return entity
        others = {other for other in now if other and other.partition(":")[0] == entity.partition(":")[0]}
        if len(others) == 1:
            return others.pop()
        return entity if entity in self.after.values() and not inside else None


def follow(before: Document, document: Document, source: str) -> Document:
    """The document with its facts true to its mentions, which ``source`` has changed since ``before``.

    A fact goes over to the entity that its sentence's mention has now, and goes where the sentence names none of its
    kind any longer. Rows that a merge made equal are one.
    """
    moves = _Moves(_places(before.mentions), _places(document.mentions))
    for table in TABLES:
        seen: set[tuple[Any, ...]] = set()
        for row in getattr(document, table):
            by: Any | None = row
            for name in _ENTITIES:
                if by is not None and hasattr(by, name):
                    entity = moves.entity(getattr(by, name), by.evidence)
                    by = replace(by, **{name: entity}) if entity else None
            content = _content(by) if by is not None else ()
            if by is not None and by != row and content in seen:
                by = None
            seen.add(content)
            if by is None or by != row:
                document = _replaced(document, table, row, by, source)
    return document


def _places(mentions: tuple[Mention, ...]) -> dict[tuple[str, int, int], str]:
    # Labels of names that lie in one place are told apart by the beginning of their entities; the last one wins here.
    return {(m.block_id, m.start, m.end): m.entity_id for m in mentions}


def _content(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, field.name) for field in fields(row) if field.name not in ("row_id", "evidence", "name"))
