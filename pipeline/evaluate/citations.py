"""Figures of the citations in notes.

- citations: F1 of works cited, found by their note: a citation of the gold and a row are the same work where their
  titles are alike by half (1 - Levenshtein distance / length of the longer), or their addresses are equal. Of several
  pairs the likest come first, and nothing is taken twice.
- cite_fields: share of the gold's authors, titles, containers, dates, pages and addresses that are right, over all
  citations; those of a citation that was missed are wrong. A field that the gold leaves out is not scored, one that it
  has as empty must be empty.
- refers_to: share of the gold's back references whose row points to a citation in the right note.
"""

from __future__ import annotations

import re

from pipeline.evaluate.align import comparable, likeness
from pipeline.evaluate.figures import Result, f1, names, share_right
from pipeline.evaluate.gold import GoldCitation, Row, Tables

_ALIKE = 0.5
"""Titles that are less alike belong to different works."""
_AROUND_TITLE = "「」『』\"'.,、。"
_AROUND_CONTAINER = _AROUND_TITLE + "()"


class Citations:
    """The gold's citations beside those of the output. ``notes`` are the gold's notes by number."""

    def __init__(self, tables: Tables, gold: list[GoldCitation], notes: dict[str, str]) -> None:
        self._gold, self._rows, self._notes = gold, tables.rows["citations"], notes
        numbers = tables.note_numbers()
        self._note_of = {row["citation_id"]: row.get("number") or numbers.get(row["note_id"], "") for row in self._rows}
        self._pairs = self._matched()

    def figures(self) -> dict[str, Result]:
        """The figures by name."""
        return {"citations": self._found(), "cite_fields": self._fields(), "refers_to": self._back_references()}

    def _matched(self) -> dict[int, Row]:
        """The row for each of the gold's citations, by its place in the gold, that was found."""
        likely = sorted(
            (-_likeness(citation, row), i, j)
            for i, citation in enumerate(self._gold)
            for j, row in enumerate(self._rows)
            if self._note_of[row["citation_id"]] == str(citation.note)
        )
        pairs: dict[int, int] = {}
        for unlike, i, j in likely:
            if -unlike >= _ALIKE and i not in pairs and j not in pairs.values():
                pairs[i] = j
        return {i: self._rows[j] for i, j in pairs.items()}

    def _found(self) -> Result:
        taken = {row["citation_id"] for row in self._pairs.values()}
        missed = [
            f"missing: {citation.title!r} {self._in_note(str(citation.note))}"
            for i, citation in enumerate(self._gold)
            if i not in self._pairs
        ]
        extra = [
            f"too many: {row['title']!r} {self._in_note(self._note_of[row['citation_id']])}"
            for row in self._rows
            if row["citation_id"] not in taken
        ]
        return f1(len(self._pairs), len(self._gold), len(self._rows)), missed + extra

    def _fields(self) -> Result:
        wrong: list[str] = []
        lost = total = 0
        for i, citation in enumerate(self._gold):
            fields = citation.scored_fields()
            total += len(fields)
            row = self._pairs.get(i)
            if row is None:
                lost += len(fields)
                continue
            wrong += [
                f"{name}: {row.get(name, '')!r} for {want!r} {self._in_note(str(citation.note))}"
                for name, want in fields.items()
                if not field_right(name, want, row)
            ]
        return share_right(lost + len(wrong), total), wrong

    def _back_references(self) -> Result:
        wrong, total = [], 0
        for i, citation in enumerate(self._gold):
            if citation.refers_to is None:
                continue
            total += 1
            target = self._pairs[i].get("refers_to", "") if i in self._pairs else ""
            have = self._note_of.get(target, "")
            if have != str(citation.refers_to):
                wrong.append(f"note {have or 'none'} for {citation.refers_to} {self._in_note(str(citation.note))}")
        return share_right(len(wrong), total), wrong

    def _in_note(self, number: str) -> str:
        return f"in note {number}: {self._notes.get(number, '')}"


def _likeness(citation: GoldCitation, row: Row) -> float:
    """1 where the addresses are equal, otherwise how alike the titles are."""
    if isinstance(citation.url, str) and citation.url and field_right("url", citation.url, row):
        return 1.0
    return likeness(comparable(citation.title or ""), comparable(row["title"]))


def field_right(name: str, want: str | list[str] | None, row: Row) -> bool:
    """Whether a row has what the gold wants in a field: None or nothing where it must be empty.

    Authors may stand in any order. Of titles and containers no quotation marks or stops around them count, of pages
    only the figures; a container may also stand as the publisher, or run on into it.
    """
    have = row.get(name, "")
    if isinstance(want, list):
        return names(want) == names(have.split(";"))
    want = want or ""
    if name == "title":
        return comparable(want).strip(_AROUND_TITLE) == comparable(have).strip(_AROUND_TITLE)
    if name == "url":
        return want.rstrip(".") == have.strip().rstrip(".")
    if name == "pages":
        return re.findall(r"\d+", want) == re.findall(r"\d+", have)
    if name == "container":
        if not want:
            return not have.strip()
        container, publisher = (
            comparable(row.get(key, "")).strip(_AROUND_CONTAINER) for key in ("container", "publisher")
        )
        return comparable(want).strip(_AROUND_CONTAINER) in (container, publisher, container + publisher)
    return comparable(want) == comparable(have)
