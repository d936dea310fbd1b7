"""Texts as they are compared, and places carried from one text over to another."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

_ALIKE = str.maketrans("‐‑–−—─“”‘’", "----――\"\"''")
"""Characters that typesetting programs and fonts exchange for one another; a reader sees no difference."""


def comparable(text: str) -> str:
    """The text as it is compared: NFKC, no white space, dashes and quotation marks of one form each."""
    return "".join(_kept(char) for char in text)


def _kept(char: str) -> str:
    normal = unicodedata.normalize("NFKC", char).translate(_ALIKE)
    return "".join(c for c in normal if not c.isspace())


class Stream:
    """Blocks joined into one comparable text, in which a block's offsets are places.

    ``blocks`` are pairs of block id and text, in reading order.
    """

    def __init__(self, blocks: Iterable[tuple[str, str]]) -> None:
        pieces: list[str] = []
        self._places: dict[str, list[int]] = {}
        at = 0
        for block_id, text in blocks:
            places = [at]
            for char in text:
                kept = _kept(char)
                pieces.append(kept)
                at += len(kept)
                places.append(at)
            self._places[block_id] = places
        self.text = "".join(pieces)

    def place(self, block_id: str, offset: int) -> int | None:
        """How many characters of the joined text stand in front of the offset; None outside a known block."""
        places = self._places.get(block_id)
        return places[offset] if places is not None and 0 <= offset < len(places) else None

    def around(self, place: int, width: int = 12) -> str:
        """The text about a place, with ``|`` at the place itself."""
        return f"…{self.text[max(0, place - width) : place]}|{self.text[place : place + width]}…"


class Alignment:
    """The cheapest way (Levenshtein) to edit ``source`` into ``target``."""

    def __init__(self, source: str, target: str) -> None:
        self._steps = [s for s in Levenshtein.opcodes(source, target) if s.src_start < s.src_end]
        self._starts = [s.src_start for s in self._steps]
        self._ends = (len(source), len(target))

    def carry(self, place: int) -> int:
        """The place in the target that answers to a place of the source.

        One inside a replaced or deleted stretch goes as far into what replaces it, at most to its end.
        """
        if place >= self._ends[0]:
            return self._ends[1]
        step = self._steps[bisect.bisect_right(self._starts, place) - 1]
        return int(min(step.dest_start + place - step.src_start, step.dest_end))


def distance(one: str, other: str) -> int:
    """How many characters have to be inserted, deleted or replaced to make one text the other."""
    return int(Levenshtein.distance(one, other))


def changes(one: str, other: str) -> list[tuple[int, str, str]]:
    """Where the texts differ: (place in ``one``, what it has there, what ``other`` has there)."""
    return [
        (step.src_start, one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(one, other)
        if step.tag != "equal"
    ]
