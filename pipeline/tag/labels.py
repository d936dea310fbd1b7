"""From the model's labels and spans to the contract's: labels."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipeline import rules
from pipeline.ids import entity_id, mention_id

__all__ = ["CORE", "LABELS", "entity_id", "mention_id", "model_labels", "read_labels"]

LABELS: frozenset[str] = frozenset(
    {
        "MEETING", "MINISTER", "INITIATIVE", "OFFICIAL", "PERSON", "ORGANIZATION", "COUNTRY", "PLACE", "DATE",
        "AGREEMENT", "EXERCISE", "EQUIPMENT",
    }
)  # fmt: skip
"""Labels of a mention in the output contract."""

CORE = ("MEETING", "MINISTER", "INITIATIVE")
"""Labels whose mentions the rules decide alone."""

_NO_MENTION = "none"


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
