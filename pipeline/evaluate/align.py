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
        self._starts: list[int] = []
        self._places: dict[str, list[int]] = {}
        at = 0
        for block_id, text in blocks:
            self._starts.append(at)
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

    def sentence(self, start: int, end: int) -> str:
        """The sentence about the places ``start`` to ``end`` (exclusive), which stand in 【】."""
        block = bisect.bisect_right(self._starts, start) - 1
        block_end = self._starts[block + 1] if block + 1 < len(self._starts) else len(self.text)
        before = self.text[self._starts[block] : start].rpartition("。")[2]
        inner, after = self.text[start:end], self.text[end : max(end, block_end)]
        stop = after.find("。") + 1 or len(after)
        return f"{before}【{inner}】{after[:stop]}"


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


class Places:
    """The gold's text, and the places of the output's text carried over to it.

    ``gold`` and ``body`` are pairs of block id and text, in reading order.
    """

    def __init__(self, gold: Iterable[tuple[str, str]], body: Iterable[tuple[str, str]]) -> None:
        self.wanted = Stream(gold)
        self.found = Stream(body)
        self._alignment = Alignment(self.found.text, self.wanted.text)

    def carry(self, place: int) -> int:
        """The place in the gold's text for a place in the output's."""
        return self._alignment.carry(place)

    def carried(self, block_id: str, offset: str) -> int | None:
        """The same for an offset as a table writes it; None where it is none or not of the body."""
        place = self.found.place(block_id, int(offset)) if offset.isdecimal() else None
        return None if place is None else self.carry(place)

    def carried_span(self, block_id: str, start: str, end: str) -> tuple[int, int] | None:
        """Start and end (exclusive) in the gold's text; None where they are no span of the body.

        The end is that of the last character, so what was lost or put in behind the span does not matter.
        """
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
            return None
        first, behind = (self.found.place(block_id, int(offset)) for offset in (start, end))
        if first is None or behind is None:
            return None
        return self.carry(first), self.carry(max(first, behind - 1)) + 1


def distance(one: str, other: str) -> int:
    """How many characters have to be inserted, deleted or replaced to make one text the other."""
    return int(Levenshtein.distance(one, other))


def likeness(one: str, other: str) -> float:
    """1 - distance / length of the longer text; 1 where both are empty."""
    return float(Levenshtein.normalized_similarity(one, other))


def changes(one: str, other: str) -> list[tuple[int, str, str]]:
    """Where the texts differ: (place in ``one``, what it has there, what ``other`` has there)."""
    return [
        (step.src_start, one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(one, other)
        if step.tag != "equal"
    ]
