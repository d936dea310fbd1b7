"""What the pictures show, read from ``nids.sqlite``: facts of all commentaries, each once, with where it is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pipeline.report.site.known import Source, known
from pipeline.report.site.where import SAID, WHERE_SAID, Place, apart


@dataclass(slots=True)
class Occurrence:
    """A dated meeting, or an initiative with its year, whatever the number of commentaries that speak of it."""

    entity_id: str
    label: str
    name: str
    date: str
    end_date: str
    edition: str
    city: str
    country: str
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Deed:
    """Who did what at which meeting: ``predicate`` and dates as in ``relations``; ``country`` is an ISO 3166-1 code."""

    who_id: str
    who: str
    country: str
    predicate: str
    meeting_id: str
    meeting: str
    date: str
    edition: str
    places: list[Place] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    """What the authors give for it."""


@dataclass(slots=True)
class Cited:
    """A work, or a publisher, with how often it is cited. ``said`` is what else tells it apart."""

    key: str
    name: str
    said: str
    url: str
    places: list[Place]

    @property
    def citations(self) -> int:
        return len(self.places)

    @property
    def documents(self) -> int:
        return len({place.doc_id for place in self.places})


@dataclass(slots=True)
class Tie:
    """What joins two entities: ``deeds`` are stated relations, ``sentences`` the number that name both."""

    one: str
    other: str
    deeds: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """A minister, meeting or initiative."""

    entity_id: str
    label: str
    name: str


_OCCURRENCES = f"""
SELECT fact.entity_id, fact.label, COALESCE(entities.name, fact.name), fact.date, fact.end_date, fact.edition,
  fact.city, fact.country, {SAID}
FROM (
  SELECT entity_id, 'MEETING' AS label, name, start_date AS date, end_date, edition, city, country,
    block_id, sentence_start, rowid AS place
  FROM meetings WHERE start_date IS NOT NULL
  UNION ALL
  SELECT entity_id, 'INITIATIVE', name, year, NULL, NULL, NULL, NULL, block_id, sentence_start, rowid
  FROM initiatives WHERE year IS NOT NULL) AS fact
{WHERE_SAID}
LEFT JOIN entities ON entities.entity_id = fact.entity_id
ORDER BY fact.date, fact.label DESC, fact.place
"""  # noqa: S608 - our own words
_NAMES = "SELECT entity_id, name FROM entities"
_COUNTRIES = """
SELECT entity_id, country FROM ministers WHERE country IS NOT NULL
GROUP BY entity_id, country ORDER BY entity_id, count(*), country DESC
"""
"""Of several countries of one minister, the one said most comes last."""
_WORKS = """
SELECT w.work_id, w.kind, w.authors, w.title, w.container, w.publisher, w.date, w.url,
  c.doc_id, c.citation_id, b.page_start
FROM works w JOIN citations c ON c.work_id = w.work_id JOIN blocks b ON b.block_id = c.block_id
ORDER BY w.rowid, c.rowid
"""
_NAMED = """
WITH named AS (
  SELECT DISTINCT block_id, sentence, entity_id FROM mentions
  WHERE label IN ('MEETING', 'MINISTER', 'INITIATIVE') AND entity_id IS NOT NULL)
SELECT this.entity_id, other.entity_id, count(*)
FROM named AS this
JOIN named AS other ON other.block_id = this.block_id AND other.sentence = this.sentence
  AND other.entity_id > this.entity_id
GROUP BY 1, 2 ORDER BY 1, 2
"""
_ENTITIES = """
SELECT entity_id, label, name FROM entities WHERE label IN ('MEETING', 'MINISTER', 'INITIATIVE') ORDER BY rowid
"""
_ISSUED = ("web", "report", "press_conference", "treaty", "law", "dataset", "other")
"""Kinds of work that the body named as author publishes itself."""


def occurrences(tables: sqlite3.Connection) -> list[Occurrence]:
    """Dated meetings and initiatives in the order of their dates. What commentaries say of one day is one."""
    found: dict[tuple[str, str, str], Occurrence] = {}
    for entity_id, label, name, date, end_date, edition, city, country, *place in tables.execute(_OCCURRENCES):
        key = (entity_id or name, label, date)
        one = found.setdefault(key, Occurrence(entity_id or "", label, name, date, "", "", "", ""))
        one.end_date = one.end_date or end_date or ""
        one.edition = one.edition or edition or ""
        one.city = one.city or city or ""
        one.country = one.country or country or ""
        one.places.append(Place(*place))
    return list(found.values())


def deeds(tables: sqlite3.Connection) -> list[Deed]:
    """Stated relations in the order of their dates, undated ones last; one that several commentaries state is one."""
    names: dict[str, str] = dict(tables.execute(_NAMES))
    countries: dict[str, str] = dict(tables.execute(_COUNTRIES))
    stated = [fact for found in known(tables).attended.values() for fact in found]
    stated.sort(key=lambda fact: (not fact.values["date"], fact.values["date"]))
    return [
        Deed(
            who_id=fact.values["who"],
            who=names[fact.values["who"]],
            country=countries.get(fact.values["who"], ""),
            predicate=fact.values["predicate"],
            meeting_id=fact.values["meeting"],
            meeting=names[fact.values["meeting"]],
            date=fact.values["date"],
            edition=fact.values["edition"],
            places=fact.places,
            sources=list(fact.sources.values()),
        )
        for fact in stated
        if fact.values["who"] in names and fact.values["meeting"] in names
    ]


def ties(tables: sqlite3.Connection, found: Iterable[Deed]) -> list[Tie]:
    """What joins ministers, meetings and initiatives: stated relations, and sentences that name both."""
    pairs: dict[tuple[str, str], Tie] = {}
    for one, other, sentences in tables.execute(_NAMED):
        pairs[one, other] = Tie(one, other, 0, sentences)
    for deed in found:
        one, other = sorted((deed.who_id, deed.meeting_id))
        pairs.setdefault((one, other), Tie(one, other)).deeds += 1
    return list(pairs.values())


def entities(tables: sqlite3.Connection) -> dict[str, Entity]:
    """Ministers, meetings and initiatives by id."""
    return {row[0]: Entity(*row) for row in tables.execute(_ENTITIES)}


def works(tables: sqlite3.Connection) -> list[Cited]:
    """Works by the number of commentaries that cite them, then of citations, then in the order of first citation."""
    return _ranked(
        (work_id, title or url or container or authors or kind, apart(authors, container, date), url, place)
        for work_id, kind, authors, title, container, _, date, url, *place in _texts(tables)
    )


def publishers(tables: sqlite3.Connection) -> list[Cited]:
    """Publishers, periodicals and issuing bodies in the same order: whoever brought out what is cited."""
    return _ranked(
        (name, name, "", "", place)
        for _, kind, authors, _, container, publisher, _, url, *place in _texts(tables)
        if (name := publisher or container or (authors if kind in _ISSUED else "") or _site(url))
    )


def _texts(tables: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    for row in tables.execute(_WORKS):
        yield tuple("" if value is None else value for value in row)


def _ranked(found: Iterable[tuple[str, str, str, str, list[Any]]]) -> list[Cited]:
    things: dict[str, Cited] = {}
    for key, name, said, url, place in found:
        things.setdefault(key, Cited(key, name, said, url, [])).places.append(Place(*place))
    return sorted(things.values(), key=lambda thing: (-thing.documents, -thing.citations))


def _site(url: str) -> str:
    """The host of an address without www; nothing where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
