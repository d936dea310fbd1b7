"""The text of one commentary for its reading page: blocks and notes with sentences, names, marks and citations."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from pipeline.report.site.frame import UP, WEB, anchor, entity_href, say, say_in
from pipeline.report.site.text import ADDRESS, CITATION, NAME, SENTENCE, Point, Span, marked_up

_HEAD = frozenset({"front_matter", "title", "subtitle"})
_FOOT = "back_matter"
_NUMBERED = re.compile(r"[（(]?[\w①-⓿]{1,4}[)）.．、:：]|[①-⓿Ⅰ-ⅿ]|第[\d一二三四五六七八九十]+")
"""How an entry of a list begins that says its own number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it is shown.

    ``rows`` are the cells of a table, ``level`` is that of a heading's element (from 2). An entry of a list that says
    no number is ``bulleted``, as it was in print.
    """

    kind: str
    own_id: str
    text: str
    markup: Markup
    level: int = 0
    rows: tuple[tuple[Markup, ...], ...] = ()
    problems: tuple[int, ...] = ()

    @property
    def bulleted(self) -> bool:
        return self.kind == "list_item" and not _NUMBERED.match(self.text)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is shown, with the ids of the marks that lead to it."""

    own_id: str
    number: str
    markup: Markup
    marks: tuple[str, ...]
    page: int | None
    text_id: str
    problems: tuple[int, ...]


Group = tuple[str, tuple[Piece, ...]]
"""Neighbours of one kind, as the entries of a list are."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A document's rows of the tables that its text is made of, each in its order."""

    blocks: Sequence[sqlite3.Row]
    sentences: Sequence[sqlite3.Row]
    mentions: Sequence[sqlite3.Row]
    footnote_markers: Sequence[sqlite3.Row]
    footnotes: Sequence[sqlite3.Row]
    citations: Sequence[sqlite3.Row]
    citation_fields: Sequence[sqlite3.Row]


class Passages:
    """The pieces of a document; ``labels`` are the numbers printed on its pages, ``problems`` numbers by anchor."""

    def __init__(
        self, doc_id: str, rows: Rows, labels: Mapping[int, str], problems: Mapping[str, Sequence[int]]
    ) -> None:
        self._doc_id = doc_id
        self._labels = labels
        self._problems = problems
        self._spans: dict[str, list[Span]] = defaultdict(list)
        self._points: dict[str, list[Point]] = defaultdict(list)
        self._turned: set[int] = set()
        self._lay(rows)
        self._texts = {row["block_id"]: row for row in rows.blocks}
        pieces = self._pieces([row for row in rows.blocks if row["kind"] != "note"])
        first = next((at for at, piece in enumerate(pieces) if piece.kind not in _HEAD), len(pieces))
        last = next((len(pieces) - at for at, piece in enumerate(reversed(pieces)) if piece.kind != _FOOT), 0)
        self.head = pieces[:first]
        self.body: list[Group] = [(kind, tuple(group)) for kind, group in groupby(pieces[first:last], _kind)]
        self.foot = pieces[max(first, last) :]
        self.titled = any(piece.kind == "title" for piece in self.head)
        self.contents = [piece for piece in pieces[first:last] if piece.kind == "heading"]
        self.notes = [self._note(row) for row in rows.footnotes]

    def _lay(self, rows: Rows) -> None:
        """Lays everything over the texts that it stands in."""
        kinds = {row["block_id"]: row["kind"] for row in rows.blocks}
        for row in rows.sentences:
            if kinds[row["block_id"]] not in ("note", _FOOT):
                self._turn(row["block_id"], row["start"], row["page"])
            self._add(row, SENTENCE, "s", row["sentence_id"])
        for row in rows.citations:
            self._add(row, CITATION, "c", row["citation_id"])
        for row in rows.mentions:
            href = entity_href(row["entity_id"])
            self._add(row, NAME, f"m {row['label']}", row["mention_id"], href and UP + href)
        for row in rows.citation_fields:
            if row["field"] == "url" and WEB.fullmatch(row["value"] or ""):
                self._add(row, ADDRESS, "url", "", row["value"])
        for row in rows.footnote_markers:
            self._points[row["block_id"]].append(Point(row["offset"], self._mark(row)))

    def _add(self, row: sqlite3.Row, rank: int, classes: str, own_id: str, href: str = "") -> None:
        own = anchor(self._doc_id, own_id)
        self._spans[row["block_id"]].append(Span(row["start"], row["end"], rank, classes, own, href))

    def _turn(self, block_id: str, offset: int, page: int | None) -> None:
        """Marks where a page begins, at the first sentence that begins on it."""
        if page is None or page in self._turned:
            return
        self._turned.add(page)
        label = self._labels.get(page, str(page))
        said = say("reading.page", page=label)
        markup = Markup('<span class="turn"><span id="page-{}" role="doc-pagebreak" {}>{}</span>{}</span>').format(
            page, say_in("aria-label", "reading.page", page=label), said, self._troubles(f"page-{page}")
        )
        self._points[block_id].append(Point(offset, markup, opens=True))

    def _mark(self, row: sqlite3.Row) -> Markup:
        own_id = anchor(self._doc_id, row["marker_id"])
        if not row["note_id"]:
            return Markup('<sup class="mark lost" id="{}">{}</sup>{}').format(
                own_id, row["number"], self._troubles(own_id)
            )
        return Markup('<sup class="mark"><a id="{}" data-of="{}" href="#{}" role="doc-noteref" {}>{}</a></sup>').format(
            own_id,
            own_id,
            anchor(self._doc_id, row["note_id"]),
            say_in("aria-label", "reading.note", number=row["number"]),
            row["number"],
        )

    def _troubles(self, own_id: str) -> Markup:
        return Markup("").join(trouble(number) for number in self._problems.get(own_id, ()))

    def _pieces(self, blocks: Sequence[sqlite3.Row]) -> list[Piece]:
        pieces: list[Piece] = []
        above = 1
        for row in blocks:
            level = 0
            if row["kind"] == "heading" or (row["kind"] == "title" and any(p.kind == "title" for p in pieces)):
                # No level is left out on the way down, whatever the tables say.
                level = above = min((row["level"] or 1) + 1, above + 1, 6)
            pieces.append(self._piece(row, level))
        return pieces

    def _piece(self, row: sqlite3.Row, level: int) -> Piece:
        block_id, text = row["block_id"], row["text"]
        own_id = anchor(self._doc_id, block_id)
        kind = "heading" if level else row["kind"]
        rows: list[tuple[Markup, ...]] = []
        markup = Markup("")
        if kind == "table":
            at = 0
            for line in text.split("\n"):
                cells = []
                for cell in line.split("\t"):
                    cells.append(self._marked_up(block_id, at, at + len(cell)))
                    at += len(cell) + 1
                rows.append(tuple(cells))
        else:
            markup = self._marked_up(block_id, 0, len(text))
        return Piece(kind, own_id, text, markup, level, tuple(rows), tuple(self._problems.get(own_id, ())))

    def _note(self, row: sqlite3.Row) -> Note:
        own_id, text_id = (anchor(self._doc_id, row[name]) for name in ("note_id", "block_id"))
        marks = (row["markers"] or "").split("; ") if row["markers"] else []
        return Note(
            own_id,
            row["number"],
            self._marked_up(row["block_id"], 0, len(row["text"])),
            tuple(anchor(self._doc_id, mark) for mark in marks),
            row["page_start"],
            text_id,
            (*self._problems.get(own_id, ()), *self._problems.get(text_id, ())),
        )

    def _marked_up(self, block_id: str, start: int, end: int) -> Markup:
        text = self._texts[block_id]["text"]
        return marked_up(text, self._spans[block_id], self._points[block_id], start, end)


def trouble(number: int) -> Markup:
    """A link to a problem of the document, by its number from 1."""
    return Markup('<a class="trouble" href="#problem-{}" {}>!</a>').format(
        number, say_in("aria-label title", "reading.trouble", number=number)
    )


def _kind(piece: Piece) -> str:
    return piece.kind
