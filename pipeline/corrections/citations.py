"""Fields of citations, and what back references point to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from pipeline.corrections.forms import At, SetBackReference, SetCitation
from pipeline.corrections.places import UnfitError, place_of
from pipeline.document import Block, Citation, Corrected, Document, FieldSpan

OF_WORK = (
    *("work_id", "kind", "authors", "editors", "translators", "title", "container", "publisher", "place", "volume"),
    *("issue", "date", "url", "doi"),
)
"""Fields that say what the work is; a back reference takes them from the citation that it points to."""


def set_fields(document: Document, change: SetCitation, source: str) -> Document:
    """Sets fields of a citation, and of its work in those that point to it."""
    citation, block = _citation(document, change)
    given = {name: value for name, value in msgspec.structs.asdict(change.fields).items() if value is not None}
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    changed = {citation.citation_id: replace(citation, **given, spans=_spans(citation, block, given))}
    of_work = {name: value for name, value in given.items() if name in OF_WORK}
    for other in document.citations:
        if of_work and other.refers_to in changed and other.citation_id not in changed:
            changed[other.citation_id] = replace(other, **of_work)
    return _with(document, changed, source)


def set_back_reference(document: Document, change: SetBackReference, source: str) -> Document:
    """Points a citation to another one, whose work it then means; or to none."""
    citation, _ = _citation(document, change)
    if not change.to:
        return _with(document, {citation.citation_id: replace(citation, refers_to="")}, source)
    meant = [other for other in document.citations if other.text == change.to and other != citation]
    if not meant:
        raise UnfitError("no other citation has the words of `to`")
    target = meant[0]
    taken = {name: getattr(target, name) for name in OF_WORK}
    return _with(document, {citation.citation_id: replace(citation, **taken, refers_to=target.citation_id)}, source)


def _citation(document: Document, change: At) -> tuple[Citation, Block]:
    block, start, end = place_of(document, change.quote, change.before, change.after)
    for citation in document.citations:
        if (citation.block_id, citation.start, citation.end) == (block.block_id, start, end):
            return citation, block
    raise UnfitError("the words are no citation as a whole")


def _spans(citation: Citation, block: Block, given: Mapping[str, Any]) -> tuple[FieldSpan, ...]:
    """The fields' places in the note: those that were set are looked up anew, and have none where not printed so."""
    kept = [span for span in citation.spans if span.field not in given]
    for name, value in given.items():
        for entry in value if isinstance(value, tuple) else (value,):
            at = block.text.find(entry, citation.start, citation.end) if entry and name != "work_id" else -1
            if at >= 0:
                kept.append(FieldSpan(name, at, at + len(entry), entry))
    return tuple(sorted(kept, key=lambda span: (span.start, span.end, span.field)))


def _with(document: Document, changed: Mapping[str, Citation], source: str) -> Document:
    citations = tuple(changed.get(citation.citation_id, citation) for citation in document.citations)
    done = tuple(
        Corrected(source, "citations", was.citation_id, name, _text(getattr(was, name)), _text(getattr(now, name)))
        for was, now in zip(document.citations, citations, strict=True)
        for name in (*OF_WORK, "pages", "accessed", "refers_to")
        if getattr(was, name) != getattr(now, name)
    )
    return replace(document, citations=citations, corrections=(*document.corrections, *done))


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
