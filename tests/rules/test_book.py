"""The rules that come with the pipeline."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.rules import RuleError, engine
from pipeline.rules.engine import Book
from pipeline.text import plain

BOOK = engine.book()


@pytest.mark.parametrize("rule_id", sorted(BOOK.rules))
def test_examples_hold(rule_id: str) -> None:
    BOOK.rules[rule_id].check()


def test_no_name_means_two_things_of_one_label() -> None:
    names = Counter((entity.label, plain(name)) for entity in BOOK.entities.values() for name in entity.names)
    # A letter may stand for two states (北, 新), and two papers of one title are told apart by their owner.
    assert [name for (label, name), count in names.items() if count > 1 and label != "STATE_LETTER"] == []


def test_no_file_redefines_what_another_defines() -> None:
    # What a file read later defines again would change the rules of the earlier one.
    folder = Path(str(files("pipeline.rules")))
    defined: Counter[tuple[str, ...]] = Counter()
    for name, text in engine.sources(folder):
        if name in engine.OF_OTHERS:
            continue
        data = tomllib.loads(text)
        defined.update(("name", key) for key in [*data.get("patterns", {}), *data.get("lists", {})])
        defined.update((label, key) for label, entries in data.get("names", {}).items() for key in entries)
        defined.update(("rule", rule["id"]) for rule in data.get("rule", []))
    assert [key for key, count in defined.items() if count > 1] == []


def test_no_list_or_pattern_is_idle() -> None:
    folder = Path(str(files("pipeline")))
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    shipped = [text for name, text in engine.sources(folder / "rules") if name not in engine.OF_OTHERS]
    used = set(re.findall(r"\{([A-Z0-9_]+)\}", "\n".join([code, *shipped]))) | set(re.findall(r"[A-Z][A-Z0-9_]+", code))
    data = map(tomllib.loads, shipped)
    named = [name for one in data for name in (*one.get("lists", {}), *one.get("patterns", {}))]
    # Those of states are found by their form.
    assert [n for n in named if n not in used and not re.fullmatch("OFFICES_[A-Z]{3}", n)] == []


def test_no_list_says_a_word_twice() -> None:
    assert [name for name, words in BOOK.lists.items() if len(words) != len(set(words))] == []


def test_every_state_has_its_code() -> None:
    assert all(len(entity.key) == 3 and entity.key.isupper() for entity in BOOK.of("COUNTRY"))
    assert len(BOOK.of("COUNTRY")) > 195


def test_a_users_folder_adds_and_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text('[names.MEETING]\nx = ["架空会合"]\nadmm = ["ADMM"]\n', encoding="utf-8")
    monkeypatch.setenv(engine.VARIABLE, str(tmp_path))
    engine.forget()
    try:
        book = engine.book()
        assert book.entities["meeting:x"].names == ("架空会合",)
        assert book.entities["meeting:admm"].names == ("ADMM",)
        assert len(book.rules) == len(BOOK.rules)
    finally:
        engine.forget()


def test_a_rule_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RuleError, match="bad"):
        Book(engine.sources(tmp_path))
