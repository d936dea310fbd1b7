"""What is known of one commentary beside its text: the citations read, and the facts with sentence and sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.report.site.frame import UP, WEB, Site, anchor, entity_href, place_href, say

_FIELDS = (
    *("authors", "title", "container", "editors", "translators", "publisher", "place", "volume", "issue", "date"),
    *("pages", "url", "doi", "accessed"),
)
"""Fields of a citation, in the order shown."""
_LISTS = frozenset({"authors", "editors", "translators"})
_SHORT = 30
"""Characters of a title that name a source in one line."""

_ELSEWHERE = """
SELECT citations.work_id, citations.doc_id, citations.citation_id, documents.title, documents.source_file
FROM citations JOIN documents USING (doc_id)
WHERE work_id IN (SELECT work_id FROM citations WHERE doc_id = ?) AND doc_id != ?
ORDER BY citations.rowid
"""
_FACTS: Mapping[str, str] = {
    "relations": """
        SELECT relations.*, who.name AS subject, meeting.name AS object
        FROM relations JOIN entities AS who ON who.entity_id = subject_id
        JOIN entities AS meeting ON meeting.entity_id = object_id
        WHERE doc_id = ? ORDER BY relations.rowid""",
    "meetings": "SELECT * FROM meetings WHERE doc_id = ? ORDER BY rowid",
    "ministers": "SELECT * FROM ministers WHERE doc_id = ? ORDER BY rowid",
    "initiatives": "SELECT * FROM initiatives WHERE doc_id = ? ORDER BY rowid",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A citation as it was read.

    ``refers`` is what a back reference means: its anchor, the number of its note, a short name. ``elsewhere`` are other
    commentaries that cite the work: the address of the place, and the title.
    """

    own_id: str
    kind: str
    fields: tuple[tuple[str, Markup], ...]
    refers: tuple[str, str, str] | None
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a table of facts: in words, when and where; its sentence, and the citations footnoted for it.

    ``place`` is the anchor of the sentence, ``page`` the number of its page.
    """

    own_id: str
    words: Markup
    when: str
    where: str
    sentence: str
    place: str
    page: str
    sources: tuple[tuple[str, str, str], ...]


def elsewhere(site: Site, doc_id: str) -> list[sqlite3.Row]:
    """The citations in other documents of the works that a document cites."""
    return site.rows(_ELSEWHERE, doc_id, doc_id)


class Sources:
    """The citations of a document, by id; ``elsewhere`` are those of the same works in others."""

    def __init__(self, doc_id: str, citations: Sequence[sqlite3.Row], elsewhere: Sequence[sqlite3.Row]) -> None:
        self._doc_id = doc_id
        self._rows = {row["citation_id"]: row for row in citations}
        self._elsewhere: dict[str, dict[str, tuple[str, str]]] = {}
        for row in elsewhere:
            found = self._elsewhere.setdefault(row["work_id"], {})
            href = UP + place_href(row["doc_id"], row["citation_id"])
            found.setdefault(row["doc_id"], (href, row["title"] or row["source_file"]))

    def cards(self) -> dict[str, list[Card]]:
        """The citations of each note or other block, by its anchor."""
        found: dict[str, list[Card]] = {}
        for row in self._rows.values():
            holder = anchor(self._doc_id, row["note_id"] or row["block_id"])
            found.setdefault(holder, []).append(self._card(row))
        return found

    def named(self, citation_id: str) -> tuple[str, str, str] | None:
        """Anchor, number of the note and a short name of a citation; None where there is no such."""
        row = self._rows.get(citation_id)
        if row is None:
            return None
        title = row["title"] or row["container"] or row["text"]
        short = title if len(title) <= _SHORT else title[: _SHORT - 1] + "…"
        author = (row["authors"] or "").partition(LIST_SEPARATOR)[0]
        return anchor(self._doc_id, citation_id), row["number"] or "", _short_name(author, short)

    def _card(self, row: sqlite3.Row) -> Card:
        fields = tuple((name, _shown(name, row[name])) for name in _FIELDS if row[name])
        refers = self.named(row["refers_to"]) if row["refers_to"] else None
        elsewhere = () if row["refers_to"] else tuple(self._elsewhere.get(row["work_id"], {}).values())
        return Card(anchor(self._doc_id, row["citation_id"]), row["kind"], fields, refers, elsewhere)


def _short_name(author: str, title: str) -> str:
    if title.isascii():
        return f"{author}, {title}" if author else title
    return f"{author}「{title}」"


def _shown(field: str, value: str) -> Markup:
    if field in _LISTS:
        return Markup("{}").format(listed(value.split(LIST_SEPARATOR)))
    if field == "url" and WEB.fullmatch(value):
        return Markup('<a class="url" href="{}">{}</a>').format(value, value)
    if field == "doi":
        return Markup('<a class="url" href="https://doi.org/{}">{}</a>').format(value, value)
    return Markup("{}").format(value)


def listed(names: Sequence[str]) -> str:
    """Names in a row, as one writes them in their script."""
    return ", ".join(names) if all(name.isascii() for name in names) else "、".join(names)


def facts(site: Site, doc_id: str, sources: Sources, pages: Mapping[str, str]) -> dict[str, list[Fact]]:
    """The facts of a document by table, of those tables that have any.

    ``pages`` are the printed numbers of the pages of its sentences and blocks, by id; a fact that stands in no
    sentence leads to its block.
    """
    found: dict[str, list[Fact]] = {}
    for table, question in _FACTS.items():
        for row in site.rows(question, doc_id):
            found.setdefault(table, []).append(_fact(doc_id, table, row, sources, pages))
    return found


def _fact(doc_id: str, table: str, row: sqlite3.Row, sources: Sources, pages: Mapping[str, str]) -> Fact:
    sentence = f"{row['block_id']}:{row['sentence_start']}-{row['sentence_end']}:SENTENCE"
    place = sentence if sentence in pages else row["block_id"]
    cited = (sources.named(source) for source in (row["sources"] or "").split(LIST_SEPARATOR))
    when = where = ""
    if table == "meetings":
        words = _edition(_link(row["entity_id"], row["name"]), row["edition"])
        if row["mode"]:
            words += Markup(" ") + say(f"mode.{row['mode']}")
        when, where = span_of(row["start_date"], row["end_date"]), " ".join(filter(None, (row["city"], row["country"])))
    elif table == "ministers":
        words = _link(row["entity_id"], row["name"]) + Markup(" {}").format(row["office"] or "")
        if row["status"]:
            words += Markup(" ") + say(f"status.{row['status']}")
        where = row["country"] or ""
    elif table == "initiatives":
        words = _link(row["entity_id"], row["name"])
        if row["abbreviation"] and row["abbreviation"] != row["name"]:
            words += Markup(" ({})").format(row["abbreviation"])
        when = row["year"] or ""
    else:
        meeting = _edition(_link(row["object_id"], row["object"]), row["edition"])
        words = say(f"predicate.{row['predicate']}", who=_link(row["subject_id"], row["subject"]), meeting=meeting)
        when = row["date"] or ""
    return Fact(
        anchor(doc_id, row["row_id"]),
        words,
        when,
        where,
        row["sentence"] or "",
        anchor(doc_id, place),
        pages[place],
        tuple(filter(None, cited)),
    )


def span_of(start: str | None, end: str | None) -> str:
    """Days from one to another, or the one that is known."""
    return f"{start}–{end}" if start and end and start != end else start or end or ""


def _link(entity_id: str | None, name: str | None) -> Markup:
    if not entity_id:
        return Markup("{}").format(name or "")
    return Markup('<a href="{}">{}</a>').format(UP + entity_href(entity_id), name or entity_id)


def _edition(meeting: Markup, edition: str | None) -> Markup:
    return say("fact.edition", meeting=meeting, edition=edition) if edition else meeting
