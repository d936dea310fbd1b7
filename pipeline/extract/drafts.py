"""Blocks to be: lines with what they were found to be, before they are text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.lines import Line
from pipeline.vocabulary import BlockKind


@dataclass(slots=True)
class Draft:
    """A block to be: its lines with the index of the first char that counts in each."""

    kind: BlockKind
    pieces: list[tuple[Line, int]]
    level: int | None = None
    hang: float | None = field(default=None, compare=False)
    """Where the text of a list item's further lines begins."""

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.pieces[-1][0]


def whole(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Lines as pieces that begin with their first char."""
    return [(line, 0) for line in lines]
