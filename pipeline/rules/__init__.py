"""Knowledge as data: the rule files, read and checked.

A fault in one is the user's to mend before anything is read, so `check` names file, place and cure.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import UsageError

FILES = ("layout.toml", "characters.toml", "ginza_labels.toml")
"""The files of this folder that are no rules of `pipeline.rules.engine`."""


class RuleError(UsageError):
    """A rule file is faulty."""


@cache
def load(name: str) -> dict[str, Any]:
    """The content of a rule file. Raises RuleError where it is no TOML."""
    return parse(f"pipeline/rules/{name}", files(__name__).joinpath(name).read_text(encoding="utf-8"))


def parse(name: str, text: str) -> dict[str, Any]:
    """The content of a rule file from its text. Raises RuleError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name} is no valid TOML: {error}. Mend that line and run again.") from error


def compiled(name: str, section: str, key: str) -> re.Pattern[str]:
    """A pattern of a rule file, for any case. Raises RuleError where it is missing or no regular expression."""
    try:
        return re.compile(load(name)[section][key], re.IGNORECASE)
    except KeyError as error:
        raise RuleError(f"pipeline/rules/{name} has no [{section}] {key}. Put it back and run again.") from error
    except (re.error, TypeError) as error:
        raise RuleError(
            f"pipeline/rules/{name}, [{section}] {key} is no regular expression: {error}. Mend it and run again."
        ) from error


def check() -> None:
    """Reads every rule file and compiles every pattern. Raises RuleError at the first fault."""
    for name in FILES:
        load(name)
    for section, patterns in load("layout.toml").items():
        for key in patterns:
            compiled("layout.toml", section, key)
