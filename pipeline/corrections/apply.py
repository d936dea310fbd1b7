"""Applies corrections to one document, and says which no longer fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipeline.corrections import citations, entities, facts, front, mentions
from pipeline.corrections.files import Book, Correction
from pipeline.corrections.forms import (
    AddFact,
    AddMention,
    MergeEntities,
    RelabelMention,
    RemoveFact,
    RemoveMention,
    SetBackReference,
    SetCitation,
    SetFact,
    SetFront,
    SplitEntity,
)
from pipeline.corrections.places import UnfitError
from pipeline.document import Document, Problem
from pipeline.errors import problem

STAGE = "corrections"
"""The stage that its problems name."""

_ACTS: dict[type, Callable[[Document, Any, str], Document]] = {
    AddMention: mentions.add,
    RemoveMention: mentions.remove,
    RelabelMention: mentions.relabel,
    MergeEntities: entities.merge,
    SplitEntity: entities.split,
    SetCitation: citations.set_fields,
    SetBackReference: citations.set_back_reference,
    SetFact: facts.set_fields,
    RemoveFact: facts.remove,
    AddFact: facts.add,
    SetFront: front.set_fields,
}
"""What each change does: takes the document, the change and the ``source`` to mark what it made with."""


def apply(document: Document, book: Book) -> Document:
    """The document with its corrections applied in their order; one that does not fit is a problem.

    A correction for all documents that changes nothing here is none: `unmet` tells of those that change nothing
    anywhere.
    """
    for correction in book.of(document.sha256):
        try:
            done = _ACTS[type(correction.change)](document, correction.change, correction.source)
            changed = done.mentions != document.mentions
            document = facts.follow(document, done, correction.source) if changed else done
        except UnfitError as error:
            if correction.pdf:
                document = document.with_problems(_unfit(correction, str(error)))
    return document


def unmet(book: Book, sha256s: Iterable[str], applied: Iterable[str]) -> list[tuple[Correction, Problem]]:
    """Corrections that no document met, each with its problem.

    ``sha256s`` are those of the PDFs that could be read, ``applied`` the sources of `Document.corrections`.
    """
    pdfs, used = set(sha256s), set(applied)
    found = []
    for correction in book.all:
        if correction.pdf and correction.pdf not in pdfs:
            found.append((correction, _unfit(correction, "no PDF that could be read has this SHA-256")))
        elif not correction.pdf and correction.source not in used:
            found.append((correction, _unfit(correction, "no document has this entity")))
    return found


def _unfit(correction: Correction, reason: str) -> Problem:
    words = getattr(correction.change, "quote", "") or getattr(correction.change, "into", "")
    about = f"{correction.file}: {correction.what}" + (f" 「{words[:40]}」" if words else "")
    return problem("correction-unfit", STAGE, detail=f"{about}: {reason}")
