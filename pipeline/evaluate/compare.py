"""The figures: how far the tables of a document agree with its gold file.

All lie between 0 and 1; 1 is full agreement.

- text: 1 - character error rate of headings and body, joined in reading order.
- meta: share of the gold's fields that are right.
- headings: F1 of headings by their text.
- paragraphs: F1 of the places where blocks begin.
- notes: 1 - character error rate over all notes, found by their number.
- markers: F1 of marks with the right number at the right place that lead to a note of that number.

Texts are compared as `align.comparable` makes them. Places in the output are carried over to the
gold's text first, so that an error in the text does not make every place behind it wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.document import BODY_KINDS
from pipeline.evaluate.align import Alignment, Stream, changes, comparable, distance
from pipeline.evaluate.gold import Gold, GoldNote, Row, Tables, read_gold, read_tables

FIGURES = ("text", "meta", "headings", "paragraphs", "notes", "markers")

_MARKS_NOT_IN_GOLD = frozenset({"title", "subtitle", "caption", "table", "note"})
"""Kinds of block outside the annotated text that may have marks all the same."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; ``what`` says what the gold has, what the output has, and where."""

    figure: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one document by name, all 0 where the output has no such document."""

    source_file: str
    figures: dict[str, float]
    differences: tuple[Difference, ...]


def evaluate(output: Path, gold: list[Path]) -> list[Score]:
    """Scores the tables under ``output`` against gold files; one score a file, in their order.

    Raises UsageError for a gold file that cannot be read.
    """
    scores = []
    for path in gold:
        wanted = read_gold(path)
        scores.append(score(read_tables(output, wanted.source_file), wanted))
    return scores


def score(tables: Tables | None, gold: Gold) -> Score:
    """The score of one document's tables (None: there are none)."""
    if tables is None:
        return Score(gold.source_file, dict.fromkeys(FIGURES, 0.0), (Difference("text", "not in the output"),))
    comparison = _Comparison(tables, gold)
    results = {
        "text": comparison.text(),
        "meta": comparison.meta(),
        "headings": comparison.headings(),
        "paragraphs": comparison.paragraphs(),
        "notes": comparison.notes(),
        "markers": comparison.markers(),
    }
    differences = [Difference(name, what) for name, (_, found) in results.items() for what in found]
    return Score(gold.source_file, {name: value for name, (value, _) in results.items()}, tuple(differences))


_Result = tuple[float, list[str]]
_Item = TypeVar("_Item")


class _Comparison:
    """One document's tables beside its gold; each method gives a figure and the differences."""

    def __init__(self, tables: Tables, gold: Gold) -> None:
        self._tables, self._gold = tables, gold
        self._body = [row for row in tables.blocks if row["kind"] in BODY_KINDS]
        self._wanted = Stream((block.id, block.text) for block in gold.blocks)
        self._found = Stream((row["block_id"], row["text"]) for row in self._body)
        self._alignment = Alignment(self._found.text, self._wanted.text)

    def text(self) -> _Result:
        wanted, found = self._wanted.text, self._found.text
        edits = [f"{have!r} for {want!r} at {self._wanted.around(at)}" for at, want, have in changes(wanted, found)]
        return _share_right(distance(wanted, found), len(wanted)), edits

    def meta(self) -> _Result:
        wrong = []
        for name, want in self._gold.meta.items():
            if name == "author":
                have = "; ".join(row["name"] for row in self._tables.authors)
                right = _set(want.split(";")) == _set(have.split(";"))
            else:
                have = self._tables.document.get(name, "")
                right = comparable(want) == comparable(have)
            if not right:
                wrong.append(f"{name}: {have!r} for {want!r}")
        return _share_right(len(wrong), len(self._gold.meta)), wrong

    def headings(self) -> _Result:
        wanted = Counter(comparable(block.text) for block in self._gold.blocks if block.kind == "heading")
        found = Counter(comparable(row["text"]) for row in self._body if row["kind"] == "heading")
        return _f1(wanted, found, repr)

    def paragraphs(self) -> _Result:
        wanted = self._starts(self._wanted, ((block.id, block.text) for block in self._gold.blocks))
        found = {
            self._alignment.carry(place)
            for place in self._starts(self._found, ((row["block_id"], row["text"]) for row in self._body))
        }
        return _f1(Counter(wanted), Counter(found), self._wanted.around)

    def notes(self) -> _Result:
        left = list(self._tables.notes)
        edits = total = 0
        different = []
        for note in self._gold.all_notes():
            want = comparable(note.text)
            row = _nearest(note, left)
            have = comparable(row["text"]) if row is not None else ""
            if row is not None:
                left.remove(row)
            total += len(want)
            edits += min(len(want), distance(want, have))
            if row is None:
                different.append(f"{note.number}: missing: {note.text!r}")
                continue
            different += [
                f"{note.number}: {b!r} for {a!r} behind …{want[max(0, at - 12) : at]}"
                for at, a, b in changes(want, have)
            ]
        different += [f"{row['number']}: too many: {row['text']!r}" for row in left]
        edits += sum(len(comparable(row["text"])) for row in left)
        return _share_right(edits, total), different

    def markers(self) -> _Result:
        numbers = {row["note_id"]: row["number"] for row in self._tables.notes}
        kinds = {row["block_id"]: row["kind"] for row in self._tables.blocks}
        wanted = Counter((str(m.number), self._wanted.place(m.block, m.offset), True) for m in self._gold.markers)
        found = Counter(
            (row["number"], self._carried(row), numbers.get(row["note_id"]) == row["number"])
            for row in self._tables.marks
            if kinds.get(row["block_id"]) not in _MARKS_NOT_IN_GOLD
        )
        return _f1(wanted, found, self._tell_mark)

    def _starts(self, stream: Stream, blocks: Iterable[tuple[str, str]]) -> set[int]:
        """Places where blocks that have text begin."""
        places = (stream.place(block_id, 0) for block_id, text in blocks if comparable(text))
        return {place for place in places if place is not None}

    def _carried(self, row: Row) -> int | None:
        """Place of a mark in the gold's text; None where its block or offset is not of the body."""
        place = self._found.place(row["block_id"], int(row["offset"])) if row["offset"].isdigit() else None
        return None if place is None else self._alignment.carry(place)

    def _tell_mark(self, mark: tuple[str, int | None, bool]) -> str:
        number, place, linked = mark
        where = "outside the body" if place is None else f"at {self._wanted.around(place)}"
        return f"{number} {where}" + ("" if linked else " (leads to no note of this number)")


def _nearest(note: GoldNote, rows: list[Row]) -> Row | None:
    """The row with the note's number, and of several the one whose text is nearest."""
    want = comparable(note.text)
    same = [row for row in rows if row["number"] == note.number]
    return min(same, key=lambda row: distance(want, comparable(row["text"])), default=None)


def _set(names: list[str]) -> set[str]:
    return {comparable(name) for name in names} - {""}


def _share_right(wrong: int, total: int) -> float:
    """What share of ``total`` is right; more wrong than there is counts as nothing right."""
    if total == 0:
        return 1.0 if wrong == 0 else 0.0
    return max(0.0, 1 - wrong / total)


def _f1(wanted: Counter[_Item], found: Counter[_Item], tell: Callable[[_Item], str]) -> _Result:
    """F1 of two multisets, and what only one of them has, told by ``tell``."""
    both = (wanted & found).total()
    total = wanted.total() + found.total()
    missed = [f"missing: {tell(item)}" for item in (wanted - found).elements()]
    extra = [f"too many: {tell(item)}" for item in (found - wanted).elements()]
    return (2 * both / total if total else 1.0), missed + extra
