"""Writes a correction from the id of what is wrong: anchored, and filled with what stands there now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pipeline.corrections.citations import OF_WORK
from pipeline.corrections.facts import TABLES as FACTS
from pipeline.document import Block, Citation, Document, Mention
from pipeline.errors import UsageError

CONTEXT = 20
"""Characters before and after the words that a correction gives."""
_CITATION_FIELDS = (*OF_WORK[1:], "pages", "accessed")
_FRONT_FIELDS = ("series", "number", "title", "subtitle", "published", "language")


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall change. With nothing said, the correction holds what stands there, for a person to edit.

    ``sets`` are fields with their new values, ``to`` is the id of the citation that a back reference means (empty for
    none, None to say nothing of it), ``add`` the words of a new mention in a block.
    """

    remove: bool = False
    label: str = ""
    entity: str = ""
    name: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    to: str | None = None
    add: str = ""
    why: str = ""


def of_document(document: Document, of: str, wish: Wish) -> str:
    """The TOML of a correction of a mention, citation, fact, block or the front matter of a document.

    Raises UsageError where the document has nothing of this id.
    """
    entry = _entry(document, of, wish)
    if entry is None:
        raise UsageError(f"There is no {of} in the last run. Take an id of mentions, citations, blocks or a fact.")
    return toml({**entry, "why": wish.why})


def of_entity(entity: str, wish: Wish, quote: str = "") -> str:
    """The TOML that merges an entity into ``wish.entity``, or with ``quote`` gives it the mentions of these words."""
    if ":" not in entity:
        raise UsageError(f"There is no {entity} in the last run. Take an id of one of its tables.")
    if not wish.entity:
        raise UsageError("Say which entity it is instead: --entity ID.")
    entry: dict[str, Any]
    if quote:
        entry = {"change": "split entity", "entity": entity, "into": wish.entity, "quote": quote}
    else:
        entry = {"change": "merge entities", "entities": [entity], "into": wish.entity}
    return toml({**entry, "name": wish.name, "why": wish.why})


def _entry(document: Document, of: str, wish: Wish) -> dict[str, Any] | None:
    if of == document.doc_id:
        return _front(document, wish)
    for mention in document.mentions:
        if mention.mention_id == of:
            return _mention(document, mention, wish)
    for citation in document.citations:
        if citation.citation_id == of:
            return _citation(document, citation, wish)
    for block in document.blocks:
        if block.block_id == of:
            return _new_mention(document, block, wish)
    for table in FACTS:
        for row in getattr(document, table):
            if row.row_id == of:
                return _fact(document, table, row, wish)
    return None


def _front(document: Document, wish: Wish) -> dict[str, Any]:
    front = document.front
    values = dict(wish.sets) or {name: getattr(front, name) for name in _FRONT_FIELDS}
    return {"change": "set front matter", **_pdf(document), "fields": values}


def _mention(document: Document, mention: Mention, wish: Wish) -> dict[str, Any]:
    anchor = _anchor(document, document.block(mention.block_id), mention.start, mention.end)
    if wish.remove:
        return {"change": "remove mention", **anchor, "label": mention.label}
    label = wish.label or mention.label
    entity = wish.entity or (mention.entity_id if label == mention.label else "")
    return {
        "change": "relabel mention",
        **anchor,
        "was": mention.label,
        "label": label,
        "entity": entity,
        "name": wish.name,
    }


def _new_mention(document: Document, block: Block, wish: Wish) -> dict[str, Any]:
    start = block.text.find(wish.add) if wish.add else -1
    if start < 0 or not wish.label:
        raise UsageError(
            "To add a mention say its words, which must stand in the block, and its label: --add, --label."
        )
    anchor = _anchor(document, block, start, start + len(wish.add))
    return {"change": "add mention", **anchor, "label": wish.label, "entity": wish.entity, "name": wish.name}


def _citation(document: Document, citation: Citation, wish: Wish) -> dict[str, Any]:
    anchor = _anchor(document, document.block(citation.block_id), citation.start, citation.end)
    if wish.to is not None:
        words = [other.text for other in document.citations if other.citation_id == wish.to]
        if wish.to and not words:
            raise UsageError(f"There is no citation {wish.to} in {document.doc_id}.")
        return {"change": "set back reference", **anchor, "to": words[0] if words else ""}
    lists = {field.name for field in fields(Citation) if isinstance(getattr(citation, field.name), tuple)}
    given: dict[str, Any] = {name: getattr(citation, name) for name in _CITATION_FIELDS}
    if wish.sets:
        given = {name: value.split("; ") if name in lists else value for name, value in wish.sets}
    return {"change": "set citation", **anchor, "fields": given}


def _fact(document: Document, table: str, row: Any, wish: Wish) -> dict[str, Any]:
    evidence = row.evidence
    anchor = _anchor(document, document.block(evidence.block_id), evidence.start, evidence.end)
    there = {
        "object" if field.name == "object_id" else field.name: getattr(row, field.name)
        for field in fields(row)
        if field.name not in ("row_id", "entity_id", "subject_id", "source", "evidence")
    }
    entity = row.subject_id if table == "relations" else row.entity_id
    was = {name: value for name, value in there.items() if value}
    base = {**anchor, "table": table, "entity": entity, "was": was}
    if wish.remove:
        return {"change": "remove fact", **base}
    return {"change": "set fact", **base, "fields": dict(wish.sets) or there}


def _pdf(document: Document) -> dict[str, str]:
    return {"pdf": document.sha256, "file": document.source_file}


def _anchor(document: Document, block: Block, start: int, end: int) -> dict[str, str]:
    return {
        **_pdf(document),
        "quote": block.text[start:end],
        "before": block.text[max(0, start - CONTEXT) : start],
        "after": block.text[end : end + CONTEXT],
    }


def toml(entry: Mapping[str, Any]) -> str:
    """A ``[[correction]]`` table; what is empty is left out, except in the tables of fields."""
    lines = ["[[correction]]"]
    lines += [f"{name} = {_value(value)}" for name, value in entry.items() if value and not isinstance(value, Mapping)]
    if entry.get("to") == "":
        lines.append('to = ""')
    for name, value in entry.items():
        if isinstance(value, Mapping) and value:
            lines += [f"[correction.{name}]", *(f"{key} = {_value(of)}" for key, of in value.items())]
    return "\n".join(lines) + "\n"


def _value(value: str | Sequence[str]) -> str:
    # A JSON string is a TOML string, except that TOML wants DEL escaped too.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace("\x7f", "\\u007f")
