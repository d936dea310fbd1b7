"""From the model's labels to those of the tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipeline import rules
from pipeline.ids import entity_id, mention_id
from pipeline.vocabulary import LABELS

__all__ = ["entity_id", "mention_id", "model_labels", "read_labels"]

_NO_MENTION = "none"


def read_labels(text: str) -> dict[str, str | None]:
    """The tables' label, or None, for each of the model's, from the text of ``ginza_labels.toml``.

    Raises `rules.RuleError` where a key is no label of the tables or a label stands twice.
    """
    found: dict[str, str | None] = {}
    for label, names in rules.parse("ginza_labels.toml", text).items():
        if label not in LABELS and label != _NO_MENTION:
            raise rules.RuleError(f"pipeline/rules/ginza_labels.toml: {label} is no label of a mention.")
        for name in names:
            if name in found:
                raise rules.RuleError(f"pipeline/rules/ginza_labels.toml: {name} stands there twice.")
            found[name] = None if label == _NO_MENTION else label
    return found


@cache
def model_labels() -> dict[str, str | None]:
    """`read_labels` of the file that comes with the pipeline."""
    return read_labels(files("pipeline.rules").joinpath("ginza_labels.toml").read_text(encoding="utf-8"))
