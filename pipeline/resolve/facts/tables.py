"""Meetings in tables: a row with one day and one meeting is an occurrence; columns give its place and who came."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Document, Mention, Sentence
from pipeline.resolve.facts.days import days_of
from pipeline.resolve.facts.occurrences import Occurrence, Occurrences
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import SIGNS, View, view
from pipeline.text import number

_NAMED = re.compile("(?:第(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,4})回の?)?(?P<sign>Ⓜ)(?:（[^（）]*）)?\\s*")
_COUNTED = re.compile("第([0-9]{1,3}|[一二三四五六七八九十]{1,4})回")
_WHERE = re.compile("開催地|場所|開催都市|会場|都市|形式")
_WHO = re.compile("出席|参加")


@dataclass(frozen=True)
class Row:
    """A row of a table: its view, in which tabs part the cells, and the heading of each column."""

    view: View
    heads: tuple[str, ...]

    def cells(self) -> Iterator[tuple[str, int, int]]:
        """Heading, start and end of each cell in the view's text."""
        at = 0
        for n, cell in enumerate(self.view.text.split("\t")):
            yield self.heads[n] if n < len(self.heads) else "", at, at + len(cell)
            at += len(cell) + 1


def rows(document: Document) -> Iterator[Row]:
    """The rows of the document's tables, without those that head them."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        if mention.label in SIGNS:
            mentions[mention.block_id].append(mention)
    for block in document.blocks:
        if block.kind != "table":
            continue
        heads: tuple[str, ...] = ()
        at = 0
        for line in block.text.split("\n"):
            sentence = Sentence(block.block_id, at, at + len(line))
            seen = view(sentence, block.kind, block.text, mentions[block.block_id])
            at += len(line) + 1
            if seen.at("Ⓓ") or seen.at("Ⓜ"):
                yield Row(seen, heads)
            else:
                heads = tuple(seen.text.split("\t"))


def in_table(row: Row, at: int, occurrences: Occurrences, rules: Rulebook) -> Iterator[tuple[Occurrence, Mention, int]]:
    """The occurrence that a row states, its meeting, and where each minister who came is named; -1 for nobody."""
    seen = row.view
    days = days_of(seen)
    named = [(match, head) for head, start, end in row.cells() if (match := _NAMED.fullmatch(seen.text, start, end))]
    if len(named) != 1 or len(days) != 1 or len(seen.at("Ⓜ")) != 1:
        return
    meeting = seen.of(named[0][0].start("sign"))
    counted = named[0][0]["n"] or next(iter(_COUNTED.findall(seen.text)), "")
    new = Occurrence(meeting.entity_id, meeting.name, seen, at, start=days[0].first, end=days[0].last)
    new.edition = meeting.edition or str(number(counted) or "")
    came = []
    for head, start, end in row.cells():
        cell = seen.text[start:end].strip()
        if _WHERE.search(head):
            new.city, new.country = _venue(seen, start, cell, rules)
            new.modes = {"online"} if cell in rules.book.lists["ONLINE"] else set()
        elif _WHO.search(head):
            came += [i for i in range(start, end) if seen.text[i] == "Ⓟ"]
    known = occurrences.add(new, meeting)
    if known is not None:
        yield from ((known, meeting, place) for place in came or [-1])


def _venue(seen: View, start: int, cell: str, rules: Rulebook) -> tuple[str, str]:
    """City and state of a cell that is the name of a place and no more."""
    if cell not in ("Ⓛ", "Ⓒ"):
        return "", ""
    printed = seen.of(seen.text.index(cell, start)).text
    if cell == "Ⓒ" and not rules.states.is_city(printed):
        return "", rules.states.code(printed)
    return printed, rules.states.of_city(printed)
