"""Rule files: faults are named before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline import rules
from pipeline.errors import Exit
from pipeline.limits import Limits
from pipeline.rules import engine
from pipeline.run import Options, run


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Rule files are read once; forget them before and after."""
    rules.load.cache_clear()
    yield
    rules.load.cache_clear()


def test_the_files_that_come_along_are_sound() -> None:
    rules.check()


def test_every_rule_file_is_checked() -> None:
    there = {file.name for file in files("pipeline.rules").iterdir() if file.name.endswith(".toml")}
    assert set(rules.FILES) < there
    where = {rule.where.partition(":")[0] for rule in engine.book().rules.values()}
    where |= {entity.where.partition(":")[0] for entity in engine.book().entities.values()}
    without_rules = {"offices.toml", "citations_names.toml", "periodicals.toml", "statesmen.toml"}
    assert there == set(rules.FILES) | where | without_rules


def test_bad_toml_is_named_with_its_line() -> None:
    with pytest.raises(rules.RuleError, match=r"layout\.toml is no valid TOML: .*line 2"):
        rules.parse("layout.toml", "[front]\nseries = (")


def test_a_bad_pattern_stops_the_run_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {**rules.load("layout.toml"), "front": {"series": "(("}}
    monkeypatch.setattr(rules, "load", lambda name: broken if name == "layout.toml" else {})
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(rules.RuleError, match=re.escape("[front] series is no regular expression")) as caught:
        run(Options(tmp_path, tmp_path / "out", 1, Limits()))
    assert caught.value.exit_code == Exit.USAGE
    assert not (tmp_path / "out").exists()
