"""Scores as text."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate import Score, render
from tests.evaluate.tables import TABLES, change, scored_names


def test_figures_means_and_differences(tmp_path: Path) -> None:
    score = scored_names(tmp_path, change(TABLES, "mentions", 5, entity_id="meeting:b"))
    other = Score("english.pdf", {"text": 0.5}, ())
    lines = render([score, other]).splitlines()
    assert lines[0].split()[:2] == ["text", "meta"]
    assert lines[1].split()[:2] == ["a.pdf", "1.0000"]
    assert lines[2].split() == ["english.pdf", "0.5000"]
    assert lines[3].split()[:3] == ["mean", "0.7500", "1.0000"]
    assert lines[5].split()[0] == "MEETING"
    assert lines[6].split() == ["a.pdf", *["1.0000"] * 4, "0.8571", *["1.0000"] * 4]  # cut, not rounded: 6/7
    assert lines[7].split()[0] == "mean"
    assert lines[9:] == ["a.pdf", "  linking: admm-plus is split into meeting:a (1), meeting:b (1)"]
    assert render([score, other], differences=False).splitlines() == lines[:8]


def test_nothing_to_score() -> None:
    assert render([]) == "Nothing to score.\n"
