"""Ids of mentions and entities, made from what they are."""

from __future__ import annotations

import hashlib
import unicodedata

_MAX_BYTES = 120
"""UTF-8 bytes of a name that stand in its id."""


def entity_id(label: str, name: str) -> str:
    """The id of an entity from its label and any form of its name: ``country:日本``.

    Forms that differ in width or case alone share an id (NFKC, casefold). A name of letters,
    digits, ``-``, ``_``, ``.`` and ``・`` stands as it is; where anything else had to be replaced
    by ``-``, or the name is too long, ``~`` and six digits of its SHA-256 keep it distinct.
    """
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
    clean = "".join(c if c.isalnum() or c in "-_.・" else "-" for c in normal)
    short = clean.encode()[:_MAX_BYTES].decode(errors="ignore")
    if short == normal:
        return f"{label.lower()}:{short}"
    return f"{label.lower()}:{short}~{hashlib.sha256(normal.encode()).hexdigest()[:6]}"


def mention_id(block_id: str, start: int, end: int, label: str) -> str:
    """The id of a mention; made from what it is, so that no other mention's coming changes it."""
    return f"{block_id}:{start}-{end}:{label}"
