"""Limits: each is documented with its default, and changed by its variable."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from pipeline.limits import LATER, Limits, limits_from_environment

README = Path(__file__).parents[1] / "README.md"


def test_the_readme_lists_every_limit_with_its_default() -> None:
    listed = re.findall(r"^\| `PIPELINE_([A-Z_]+)` \| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.lower(): int(value) for name, value in listed} == asdict(Limits())


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_every_limit_is_changed_by_its_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PIPELINE_{name.upper()}", "7")
    assert limits_from_environment() == Limits(**{**asdict(Limits()), name: 7})


def test_the_later_stages_limits_are_limits() -> None:
    assert set(asdict(Limits())) >= LATER
