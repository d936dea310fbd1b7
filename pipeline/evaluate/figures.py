"""The names of the figures, and the arithmetic that they share.

All lie between 0 and 1; 1 is full agreement. ``reading``, ``names``, ``citations`` and ``facts`` say what each of
them means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from pipeline.evaluate.align import comparable
from pipeline.vocabulary import CORE

READING = ("text", "meta", "headings", "paragraphs", "notes", "markers")
NAMES = (*CORE, "mentions", "linking")
CITATIONS = ("citations", "cite_fields", "refers_to")
FIGURES = (*READING, *NAMES, *CITATIONS, "facts")

Result = tuple[float, list[str]]
"""A figure, and what differs."""
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; ``what`` says what the gold has, what the output has, and where."""

    figure: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one document by name: those that its gold is annotated for.

    All are 0 where the output has no such document.
    """

    source_file: str
    figures: dict[str, float]
    differences: tuple[Difference, ...]


def names(listed: Iterable[str]) -> set[str]:
    """Names as they are compared where their order does not matter."""
    return {comparable(name) for name in listed} - {""}


def share_right(wrong: int, total: int) -> float:
    """What share of ``total`` is right; more wrong than there is counts as nothing right."""
    if total == 0:
        return 1.0 if wrong == 0 else 0.0
    return max(0.0, 1 - wrong / total)


def f1(both: int, wanted: int, found: int) -> float:
    """F1 of ``wanted`` and ``found`` things of which ``both`` are the same; 1 where there is nothing at all."""
    return 2 * both / (wanted + found) if wanted + found else 1.0


def f1_of(wanted: Counter[_Item], found: Counter[_Item], tell: Callable[[_Item], str]) -> Result:
    """F1 of two multisets, and what only one of them has, told by ``tell``."""
    missed = [f"missing: {tell(item)}" for item in (wanted - found).elements()]
    extra = [f"too many: {tell(item)}" for item in (found - wanted).elements()]
    return f1((wanted & found).total(), wanted.total(), found.total()), missed + extra
