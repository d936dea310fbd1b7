"""Scores as text to read in a terminal."""

from __future__ import annotations

from pipeline.evaluate.figures import CITATIONS, NAMES, READING, Score

_TABLES = (READING, (*NAMES, *CITATIONS, "facts"))
"""Figures that stand side by side."""


def render(scores: list[Score], differences: bool = True) -> str:
    """Lines of figures for each document, their means, then every difference in its context if asked for.

    Figures are cut, not rounded, to four places: 1.0000 means full agreement. A figure that the gold of a document has
    nothing for is left blank.
    """
    if not scores:
        return "Nothing to score.\n"
    lines: list[str] = []
    for figures in _TABLES:
        rows = [
            (score.source_file, score.figures) for score in scores if any(name in score.figures for name in figures)
        ]
        if rows:
            lines += _table([*rows, ("mean", means(scores))], figures)
    for score in scores:
        if differences and score.differences:
            lines += [score.source_file]
            lines += [f"  {difference.figure}: {difference.what}" for difference in score.differences]
            lines += [""]
    return "\n".join(lines[:-1]) + "\n"


def means(scores: list[Score]) -> dict[str, float]:
    """The mean of each figure over the scores that have it."""
    found: dict[str, list[float]] = {}
    for score in scores:
        for name, value in score.figures.items():
            found.setdefault(name, []).append(value)
    return {name: sum(values) / len(values) for name, values in found.items()}


def cut(value: float) -> float:
    """The value cut to four decimal places, so that it never seems better than it is."""
    return int(value * 10_000 + 1e-6) / 10_000


def _table(rows: list[tuple[str, dict[str, float]]], figures: tuple[str, ...]) -> list[str]:
    width = max(len(name) for name, _ in rows)
    head = " ".join([" " * width, *(f"{name:>11}" for name in figures)])
    return [head, *(_line(name.ljust(width), values, figures) for name, values in rows), ""]


def _line(name: str, values: dict[str, float], figures: tuple[str, ...]) -> str:
    cells = (f"{cut(values[figure]):11.4f}" if figure in values else " " * 11 for figure in figures)
    return " ".join([name, *cells]).rstrip()
