"""Front matter: series, number, titles, date, language, authors."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from pipeline.corrections.forms import SetFront
from pipeline.document import Author, Corrected, Document


def set_fields(document: Document, change: SetFront, source: str) -> Document:
    """Sets fields of the front matter."""
    given = {name: value for name, value in msgspec.structs.asdict(change.fields).items() if value is not None}
    if change.fields.authors is not None:
        given["authors"] = tuple(
            Author(author.name, author.affiliation, author.role, tuple(author.specialties))
            for author in change.fields.authors
        )
    front = replace(document.front, **given)
    done = tuple(
        Corrected(source, "documents", document.doc_id, name, _text(was), _text(now))
        for name in given
        if (was := getattr(document.front, name)) != (now := getattr(front, name))
    )
    return replace(document, front=front, corrections=(*document.corrections, *done))


def _text(value: str | tuple[Author, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(author.name for author in value)
