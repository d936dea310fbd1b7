"""What extraction knows of layout habits: the patterns of ``rules/layout.toml``, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pipeline import rules


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of ``rules/layout.toml``. Raises `rules.RuleError` for an unknown name."""
    return rules.compiled("layout.toml", section, name)
