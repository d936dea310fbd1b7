"""Figures of mentions and their entities."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.figures import FIGURES, NAMES, READING
from pipeline.evaluate.names import b_cubed
from tests.evaluate.tables import GOLD, TABLES, Tables, change, more, scored_names, without

KOIZUMI, PLACE, FIRST_MEETING, FOIP, SECOND_MEETING = range(1, 6)
"""Rows of the mentions."""


def test_full_agreement(tmp_path: Path) -> None:
    score = scored_names(tmp_path, TABLES)
    assert score.figures == dict.fromkeys(FIGURES, 1.0)
    assert score.differences == ()


def test_what_nobody_annotated_has_no_figure(tmp_path: Path) -> None:
    score = scored_names(tmp_path, TABLES, mentions=None, citations=None)
    assert tuple(score.figures) == READING


@pytest.mark.parametrize(
    ("tables", "wanted", "told"),
    [
        pytest.param(
            without(TABLES, "mentions", SECOND_MEETING),
            # Precision 1; recall 1, 1/2, 1/2, 1 over koizumi, the meeting twice, foip.
            {"MEETING": 2 / 3, "mentions": 6 / 7, "linking": 6 / 7},
            "missing: 2007年に始まったFOIPは、【ADMMプラス】でも語られた。 (admm-plus)",
            id="missed",
        ),
        pytest.param(
            change(TABLES, "mentions", SECOND_MEETING, end="24"),
            {"MEETING": 1 / 2, "mentions": 3 / 4, "linking": 6 / 7},
            "too many: 2007年に始まったFOIPは、【ADMMプラスで】も語られた。 (rule)",
            id="a character too long",
        ),
        pytest.param(
            change(TABLES, "mentions", SECOND_MEETING, label="INITIATIVE"),
            {"MEETING": 2 / 3, "INITIATIVE": 2 / 3, "mentions": 3 / 4, "linking": 6 / 7},
            "too many: 2007年に始まったFOIPは、【ADMMプラス】でも語られた。 (rule)",
            id="of another label",
        ),
        pytest.param(
            more(TABLES, "mentions", label="MINISTER", start="0", end="5"),
            {"MINISTER": 2 / 3, "mentions": 8 / 9},
            "too many: 【2007年】に始まったFOIPは、ADMMプラスでも語られた。 (rule)",
            id="one too many",
        ),
        pytest.param(
            change(TABLES, "mentions", SECOND_MEETING, end="", start="x"),
            {"MEETING": 1 / 2, "mentions": 3 / 4, "linking": 6 / 7},
            "too many: no span of its block (rule)",
            id="no span",
        ),
    ],
)
def test_mentions(tmp_path: Path, tables: Tables, wanted: dict[str, float], told: str) -> None:
    score = scored_names(tmp_path, tables)
    names = {name: value for name, value in score.figures.items() if name in NAMES}
    assert names == pytest.approx({**dict.fromkeys(NAMES, 1.0), **wanted})
    assert told in [difference.what for difference in score.differences]


@pytest.mark.parametrize(
    ("row", "entity_id", "linking", "told"),
    [
        # Precision 2/3, 2/3, 1/3 of the three joined and 1 of the other; recall 1.
        (FOIP, "meeting:a", 0.8, "meeting:a joins admm-plus (2), foip (1)"),
        # Precision 1; recall 1/2 of two of the four.
        (SECOND_MEETING, "meeting:b", 6 / 7, "admm-plus is split into meeting:a (1), meeting:b (1)"),
    ],
)
def test_linking(tmp_path: Path, row: int, entity_id: str, linking: float, told: str) -> None:
    score = scored_names(tmp_path, change(TABLES, "mentions", row, entity_id=entity_id))
    assert score.figures["linking"] == pytest.approx(linking)
    assert score.figures["mentions"] == 1.0
    assert told in [difference.what for difference in score.differences]


def test_a_span_is_found_behind_an_error_in_the_text(tmp_path: Path) -> None:
    tables = change(TABLES, "blocks", 1, text="なお、" + GOLD["blocks"][0]["text"])
    tables = change(tables, "mentions", KOIZUMI, start="3", end="9")
    tables = change(tables, "mentions", FIRST_MEETING, start="34", end="41")
    score = scored_names(tmp_path, tables)
    assert score.figures["mentions"] == 1.0
    assert score.figures["text"] < 1.0


def test_other_labels_and_other_blocks_do_not_count(tmp_path: Path) -> None:
    tables = change(TABLES, "mentions", 0, start="0", end="3")
    assert scored_names(tmp_path, change(tables, "mentions", PLACE, end="40")).figures["mentions"] == 1.0


def test_b_cubed() -> None:
    assert b_cubed([]) == 1.0
    assert b_cubed([("x", 1), ("x", 1), ("y", 2)]) == 1.0
    # All in one: precision 2/3, 2/3, 1/3, mean 5/9; recall 1.
    assert b_cubed([("x", 1), ("x", 1), ("y", 1)]) == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_b_cubed_is_the_same_in_both_directions_and_1_for_equal_partitions(pairs: list[tuple[int, int]]) -> None:
    assert b_cubed(pairs) == pytest.approx(b_cubed([(found, wanted) for wanted, found in pairs]))
    assert b_cubed([(wanted, wanted + 10) for wanted, _ in pairs]) == pytest.approx(1.0)
    assert 0 < b_cubed(pairs) <= 1 + 1e-9
