"""Scores as text to read in a terminal."""

from __future__ import annotations

from pipeline.evaluate.compare import FIGURES, Score


def render(scores: list[Score]) -> str:
    """A line of figures a document, their means, then every difference in its context.

    Figures are cut, not rounded, to four places: 1.0000 means full agreement.
    """
    if not scores:
        return "Nothing to score.\n"
    width = max(len("mean"), *(len(score.source_file) for score in scores))
    lines = [" ".join([" " * width, *(f"{name:>10}" for name in FIGURES)])]
    lines += [_line(score.source_file, score.figures, width) for score in scores]
    lines.append(_line("mean", means(scores), width))
    for score in scores:
        if score.differences:
            lines += ["", score.source_file]
            lines += [f"  {difference.figure}: {difference.what}" for difference in score.differences]
    return "\n".join(lines) + "\n"


def means(scores: list[Score]) -> dict[str, float]:
    """The mean of each figure over at least one score."""
    return {name: sum(score.figures[name] for score in scores) / len(scores) for name in FIGURES}


def cut(value: float) -> float:
    """The value cut to four decimal places, so that it never seems better than it is."""
    return int(value * 10_000 + 1e-6) / 10_000


def _line(name: str, figures: dict[str, float], width: int) -> str:
    return " ".join([f"{name:<{width}}", *(f"{cut(figures[figure]):>10.4f}" for figure in FIGURES)])
