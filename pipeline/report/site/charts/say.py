"""What pictures are given to speak and to lead on with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pipeline.report.site.charts.sheet import Words

Link = Callable[[str], str]
"""The page of an entity by its id; nothing where it has none."""


class Say(Protocol):
    """A text of the interface by its key, in both languages, with numbers and names filled in."""

    def __call__(self, key: str, **values: object) -> Words: ...
