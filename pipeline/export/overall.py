"""Tables over all documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.document import Citation, Document, Mention
from pipeline.export.bibliography import CitingPlaces, Item, Origin, of_commentary, of_work
from pipeline.export.facts import Row, Rows, fact_rows, in_time, timeline_rows
from pipeline.geometry import Geometry
from pipeline.rules.engine import book


@dataclass(slots=True)
class _Entity:
    label: str
    names: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    documents: int = 0


@dataclass(slots=True)
class _Work:
    best: Citation
    citations: int = 0
    documents: int = 0
    places: CitingPlaces = field(default_factory=CitingPlaces)


class Overall:
    """Gathers entities and works while the documents go by, in the order of their first appearance."""

    def __init__(self, origins: Mapping[str, Origin] | None = None) -> None:
        """``origins`` says of source files where they came from."""
        self._origins = origins or {}
        self._commentaries: list[Item] = []
        self._entities: dict[str, _Entity] = {}
        self._works: dict[str, _Work] = {}
        self.read: set[str] = set()
        """SHA-256 of every document that could be read."""
        self.corrected: set[str] = set()
        """Sources of the corrections that changed something."""
        self._timeline: list[Row] = []

    def add(self, document: Document) -> None:
        """Takes a document in."""
        self._add_mentions(document.mentions)
        self._add_citations(document)
        self.corrected |= {done.source for done in document.corrections}
        if document.readable:
            self.read.add(document.sha256)
            origin = self._origins.get(document.source_file, Origin())
            self._commentaries.append(of_commentary(document.doc_id, document.source_file, document.front, origin))
        facts = fact_rows(document, {block.block_id: block.text for block in document.blocks})
        self._timeline += timeline_rows(facts, {m.entity_id: m.name or m.text for m in document.mentions})

    def rows(self) -> Rows:
        """The rows of the tables over all documents."""
        series = _Series()
        return {
            "entities": [_entity_row(entity_id, entity, series) for entity_id, entity in self._entities.items()],
            "timeline": in_time(self._timeline),
            "works": [_work_row(work_id, work) for work_id, work in self._works.items()],
        }

    def cited(self) -> list[Item]:
        """The works cited, as items of a bibliography."""
        return [of_work(work.best, work.places) for work in self._works.values()]

    def commentaries(self) -> list[Item]:
        """The commentaries themselves, as items of a bibliography."""
        return list(self._commentaries)

    def _add_mentions(self, mentions: tuple[Mention, ...]) -> None:
        for mention in mentions:
            if not mention.entity_id:
                continue
            entity = self._entities.setdefault(mention.entity_id, _Entity(mention.label))
            entity.names[mention.name or mention.text] += 1
            entity.texts[mention.text] += 1
        for entity_id in {mention.entity_id for mention in mentions if mention.entity_id}:
            self._entities[entity_id].documents += 1

    def _add_citations(self, document: Document) -> None:
        geometry = Geometry(document)
        ranges = {block.block_id: block.ranges for block in document.blocks}
        numbers = {note.note_id: note.number for note in document.notes}
        for citation in document.citations:
            if not citation.work_id:
                continue
            work = self._works.setdefault(citation.work_id, _Work(citation))
            work.citations += 1
            work.best = _with_blanks_filled(work.best, citation)
            number = numbers.get(citation.note_id, "")
            work.places.add(document.front, document.doc_id, number, geometry.page_of(ranges[citation.block_id]))
        for work_id in {citation.work_id for citation in document.citations if citation.work_id}:
            self._works[work_id].documents += 1


_FIELDS = (
    *("authors", "editors", "translators", "container", "publisher", "place", "volume", "issue", "date", "url"),
    *("doi", "accessed"),
)


def _with_blanks_filled(best: Citation, other: Citation) -> Citation:
    """The citation with what another one of the same work says more: missing fields, a title with its subtitle."""
    more = {name: getattr(other, name) for name in _FIELDS if not getattr(best, name) and getattr(other, name)}
    if len(other.title) > len(best.title):
        more["title"] = other.title
    return replace(best, **more) if more else best


def _by_use(found: Counter[str]) -> list[str]:
    """Most used first; ties by code points, so that the order is the same on every run."""
    return sorted(found, key=lambda text: (-found[text], text))


class _Series:
    """Names of meeting series that the rule files know."""

    def __init__(self) -> None:
        self._book = book()

    def name(self, entity_id: str, used: str) -> str:
        """The name most used, or the series' own where that one is of a single meeting (G7広島サミット)."""
        own = self._own.get(entity_id, used)
        return own if self._city.search(used) and not self._city.search(own) else used

    @cached_property
    def _own(self) -> dict[str, str]:
        return {f"meeting:{entity.key}": entity.names[0] for entity in self._book.of("MEETING")}

    @cached_property
    def _city(self) -> re.Pattern[str]:
        return self._book.pattern("{CITY}")


def _entity_row(entity_id: str, entity: _Entity, series: _Series) -> Row:
    name = series.name(entity_id, _by_use(entity.names)[0])
    others = dict.fromkeys((*_by_use(entity.names), *_by_use(entity.texts)))
    return {
        "entity_id": entity_id,
        "label": entity.label,
        "name": name,
        "aliases": tuple(other for other in others if other != name),
        "mentions": entity.texts.total(),
        "documents": entity.documents,
    }


def _work_row(work_id: str, work: _Work) -> Row:
    best = work.best
    return {
        "work_id": work_id,
        "kind": best.kind,
        "authors": best.authors,
        "title": best.title,
        "container": best.container,
        "publisher": best.publisher,
        "date": best.date,
        "url": best.url,
        "citations": work.citations,
        "documents": work.documents,
    }
