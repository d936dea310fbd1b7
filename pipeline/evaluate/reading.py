"""Figures of the text that was read.

- text: 1 - character error rate of headings and body, joined in reading order.
- meta: share of the gold's fields that are right.
- headings: F1 of headings by their text.
- paragraphs: F1 of the places where blocks begin.
- notes: 1 - character error rate over all notes, found by their number.
- markers: F1 of marks with the right number at the right place that lead to a note of that number.

Texts are compared as `align.comparable` makes them. Places in the output are carried over to the gold's text first, so
that an error in the text does not make every place behind it wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.evaluate.align import Places, Stream, changes, comparable, distance
from pipeline.evaluate.figures import Result, f1_of, names, share_right
from pipeline.evaluate.gold import Gold, GoldNote, Row, Tables

_MARKS_NOT_IN_GOLD = frozenset({"title", "subtitle", "caption", "table", "note"})
"""Kinds of block outside the annotated text that may have marks all the same."""


def reading(tables: Tables, gold: Gold, places: Places) -> dict[str, Result]:
    """The figures by name."""
    return {
        "text": _text(places),
        "meta": _meta(tables, gold),
        "headings": _headings(tables, gold),
        "paragraphs": _paragraphs(tables, gold, places),
        "notes": _notes(tables, gold),
        "markers": _markers(tables, gold, places),
    }


def _text(places: Places) -> Result:
    wanted, found = places.wanted, places.found.text
    edits = [f"{have!r} for {want!r} at {wanted.around(at)}" for at, want, have in changes(wanted.text, found)]
    return share_right(distance(wanted.text, found), len(wanted.text)), edits


def _meta(tables: Tables, gold: Gold) -> Result:
    wrong = []
    for name, want in gold.meta.items():
        if name == "author":
            have = "; ".join(row["name"] for row in tables.rows["authors"])
            right = names(want.split(";")) == names(have.split(";"))
        else:
            have = tables.document.get(name, "")
            right = comparable(want) == comparable(have)
        if not right:
            wrong.append(f"{name}: {have!r} for {want!r}")
    return share_right(len(wrong), len(gold.meta)), wrong


def _headings(tables: Tables, gold: Gold) -> Result:
    wanted = Counter(comparable(block.text) for block in gold.blocks if block.kind == "heading")
    found = Counter(comparable(row["text"]) for row in tables.body if row["kind"] == "heading")
    return f1_of(wanted, found, repr)


def _paragraphs(tables: Tables, gold: Gold, places: Places) -> Result:
    wanted = _starts(places.wanted, ((block.id, block.text) for block in gold.blocks))
    starts = _starts(places.found, ((row["block_id"], row["text"]) for row in tables.body))
    return f1_of(Counter(wanted), Counter({places.carry(place) for place in starts}), places.wanted.around)


def _starts(stream: Stream, blocks: Iterable[tuple[str, str]]) -> set[int]:
    """Places where blocks that have text begin."""
    found = (stream.place(block_id, 0) for block_id, text in blocks if comparable(text))
    return {place for place in found if place is not None}


def _notes(tables: Tables, gold: Gold) -> Result:
    left = list(tables.rows["footnotes"])
    edits = total = 0
    different = []
    for note in gold.all_notes():
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
            f"{note.number}: {b!r} for {a!r} behind …{want[max(0, at - 12) : at]}" for at, a, b in changes(want, have)
        ]
    different += [f"{row['number']}: too many: {row['text']!r}" for row in left]
    edits += sum(len(comparable(row["text"])) for row in left)
    return share_right(edits, total), different


def _nearest(note: GoldNote, rows: list[Row]) -> Row | None:
    """The row with the note's number, and of several the one whose text is nearest."""
    want = comparable(note.text)
    same = [row for row in rows if row["number"] == note.number]
    return min(same, key=lambda row: distance(want, comparable(row["text"])), default=None)


def _markers(tables: Tables, gold: Gold, places: Places) -> Result:
    numbers = tables.note_numbers()
    kinds = {row["block_id"]: row["kind"] for row in tables.rows["blocks"]}
    wanted = Counter((str(m.number), places.wanted.place(m.block, m.offset), True) for m in gold.markers)
    found = Counter(
        (row["number"], places.carried(row["block_id"], row["offset"]), numbers.get(row["note_id"]) == row["number"])
        for row in tables.rows["footnote_markers"]
        if kinds.get(row["block_id"]) not in _MARKS_NOT_IN_GOLD
    )

    def tell(mark: tuple[str, int | None, bool]) -> str:
        number, place, linked = mark
        where = "outside the body" if place is None else f"at {places.wanted.around(place)}"
        return f"{number} {where}" + ("" if linked else " (leads to no note of this number)")

    return f1_of(wanted, found, tell)
