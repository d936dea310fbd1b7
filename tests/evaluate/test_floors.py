"""Floors under the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.evaluate import FIGURES, Score, check_floors, fingerprint, write_floors
from tests.evaluate.tables import GOLD


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "a.gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def score_of(**figures: float) -> list[Score]:
    return [Score("a.pdf", {**dict.fromkeys(FIGURES, 1.0), **figures}, ())]


def test_floors_hold_and_give_way_only_when_told(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    with pytest.raises(UsageError, match="write-floors"):
        check_floors(score_of(), [gold], floors)
    write_floors(score_of(text=0.98765), [gold], floors)
    assert check_floors(score_of(text=0.98765), [gold], floors) == []
    assert check_floors(score_of(text=0.99), [gold], floors) == []
    assert "text is 0.9800, under its floor 0.9876" in check_floors(score_of(text=0.98), [gold], floors)[0]

    before = floors.read_bytes()
    with pytest.raises(UsageError, match="lower-floors"):
        write_floors(score_of(text=0.98), [gold], floors)
    with pytest.raises(UsageError, match="no score"):
        write_floors([], [gold], floors)
    assert floors.read_bytes() == before
    write_floors(score_of(text=0.98), [gold], floors, lower=True)
    assert check_floors(score_of(text=0.98), [gold], floors) == []


def test_floors_are_stale_when_gold_changes(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    write_floors(score_of(), [gold], floors)
    gold.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    assert "not those" in check_floors(score_of(), [gold], floors)[0]
    write_floors(score_of(), [gold], floors)
    more = [*score_of(), Score("b.pdf", dict.fromkeys(FIGURES, 1.0), ())]
    assert "b.pdf has no floor" in check_floors(more, [gold], floors)[0]


def test_fingerprint_knows_names_and_bytes_but_no_order(tmp_path: Path, gold: Path) -> None:
    other = tmp_path / "b.gold.json"
    other.write_bytes(gold.read_bytes())
    assert fingerprint([gold, other]) == fingerprint([other, gold])
    assert fingerprint([gold]) != fingerprint([other])


def test_a_damaged_floors_file_says_so(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    known = '[fingerprint]\nfloors = "x"\n'
    for text in ("fingerprint = ", "", 'fingerprint = "x"', known + "[floors]\na = 1", "floors = 3\n" + known):
        floors.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match="is no floors file"):
            check_floors(score_of(), [gold], floors)


def test_grammar_alone_has_floors_of_its_own(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    write_floors(score_of(MEETING=0.9), [gold], floors)
    with pytest.raises(UsageError, match="no table grammar_alone"):
        check_floors(score_of(), [gold], floors, "grammar_alone")
    write_floors(score_of(MEETING=0.7, text=0.1), [gold], floors, "grammar_alone")
    assert check_floors(score_of(MEETING=0.9), [gold], floors) == []
    assert check_floors(score_of(MEETING=0.7, text=0.0), [gold], floors, "grammar_alone") == []
    assert "MEETING" in check_floors(score_of(MEETING=0.6), [gold], floors, "grammar_alone")[0]
    assert "MEETING" in check_floors(score_of(MEETING=0.7), [gold], floors)[0]
    with pytest.raises(UsageError, match="lower-floors"):
        write_floors(score_of(MEETING=0.6), [gold], floors, "grammar_alone")
    write_floors(score_of(MEETING=0.6), [gold], floors, "grammar_alone", lower=True)
    assert "MEETING" in check_floors(score_of(MEETING=0.7), [gold], floors)[0]


def test_a_document_without_names_needs_no_floor_for_grammar_alone(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    scores = [*score_of(), Score("english.pdf", {"text": 1.0}, ())]
    write_floors(scores, [gold], floors, "grammar_alone")
    assert "english.pdf" not in floors.read_text(encoding="utf-8")
    assert check_floors(scores, [gold], floors, "grammar_alone") == []
