"""From the model's labels and spans to the contract's: labels, entity ids, mention ids."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib.resources import files

from pipeline import rules

LABELS: frozenset[str] = frozenset(
    {
        "MEETING", "MINISTER", "INITIATIVE", "OFFICIAL", "PERSON", "ORGANIZATION", "COUNTRY", "PLACE", "DATE",
        "AGREEMENT", "EXERCISE", "EQUIPMENT",
    }
)  # fmt: skip
"""Labels of a mention in the output contract."""

_NO_MENTION = "none"
_MAX_ID_BYTES = 120


def read_labels(text: str) -> dict[str, str | None]:
    """The contract's label, or None, for each of the model's, from the text of ``ginza_labels.toml``.

    Raises `rules.RuleError` where a key is no label of the contract or a label stands twice.
    """
    found: dict[str, str | None] = {}
    for label, names in rules.parse("ginza_labels.toml", text).items():
        if label not in LABELS and label != _NO_MENTION:
            raise rules.RuleError(f"pipeline/rules/ginza_labels.toml: {label} is no label of the output contract.")
        for name in names:
            if name in found:
                raise rules.RuleError(f"pipeline/rules/ginza_labels.toml: {name} stands there twice.")
            found[name] = None if label == _NO_MENTION else label
    return found


@cache
def model_labels() -> dict[str, str | None]:
    """`read_labels` of the file that comes with the pipeline."""
    return read_labels(files("pipeline.rules").joinpath("ginza_labels.toml").read_text(encoding="utf-8"))


def entity_id(label: str, name: str) -> str:
    """The id of an entity from its label and any form of its name: ``country:日本``.

    Forms that differ in width or case alone share an id (NFKC, casefold). A name of letters,
    digits, ``-``, ``_``, ``.`` and ``・`` stands as it is; where anything else had to be replaced
    by ``-``, or the name is too long, ``~`` and six digits of its SHA-256 keep it distinct.
    """
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
    clean = "".join(c if c.isalnum() or c in "-_.・" else "-" for c in normal)
    short = clean.encode()[:_MAX_ID_BYTES].decode(errors="ignore")
    if short == normal:
        return f"{label.lower()}:{short}"
    return f"{label.lower()}:{short}~{hashlib.sha256(normal.encode()).hexdigest()[:6]}"


def mention_id(block_id: str, start: int, end: int, label: str) -> str:
    """The id of a mention; made from what it is, so that no other mention's coming changes it."""
    return f"{block_id}:{start}-{end}:{label}"
