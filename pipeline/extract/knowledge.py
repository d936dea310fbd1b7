"""What extraction knows of layout habits: the patterns of ``rules/layout.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of ``rules/layout.toml``. Raises KeyError for an unknown name."""
    data = tomllib.loads(files("pipeline.rules").joinpath("layout.toml").read_text(encoding="utf-8"))
    return re.compile(data[section][name], re.IGNORECASE)
