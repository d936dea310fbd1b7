"""What commentaries state of entities: when meetings met, who came, offices held, initiatives, with the sources given.

What several sentences or commentaries state alike is one fact with all their places.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from pipeline.report.site.where import SAID, WHERE_SAID, Place, apart

_HELD = f"""
SELECT fact.row_id, fact.entity_id, fact.start_date, fact.end_date, fact.edition, fact.city, fact.country, fact.mode,
  {SAID}
FROM meetings AS fact {WHERE_SAID}
ORDER BY fact.start_date IS NULL, fact.start_date, fact.rowid
"""  # noqa: S608 - our own words
_OFFICES = f"""
SELECT fact.row_id, fact.entity_id, documents.published, fact.office, fact.country, fact.status, {SAID}
FROM ministers AS fact {WHERE_SAID} JOIN documents ON documents.doc_id = fact.doc_id
ORDER BY documents.published IS NULL, documents.published, fact.rowid
"""  # noqa: S608
_BEGUN = f"""
SELECT fact.row_id, fact.entity_id, fact.year, fact.abbreviation, {SAID}
FROM initiatives AS fact {WHERE_SAID}
ORDER BY fact.year IS NULL, fact.year, fact.rowid
"""  # noqa: S608
_DONE = f"""
SELECT fact.row_id, fact.subject_id, fact.predicate, fact.object_id,
  COALESCE(fact.date, occurrence.start_date) AS dated, COALESCE(fact.edition, occurrence.edition), occurrence.city,
  {SAID}
FROM relations AS fact {WHERE_SAID}
LEFT JOIN meetings AS occurrence ON occurrence.row_id = (
  SELECT row_id FROM meetings
  WHERE doc_id = fact.doc_id AND entity_id = fact.object_id AND (edition = fact.edition OR start_date = fact.date)
  ORDER BY rowid LIMIT 1)
ORDER BY dated IS NULL, dated, fact.rowid
"""  # noqa: S608
_SOURCES = """
SELECT given.row_id, citations.citation_id, citations.work_id, citations.text, works.authors, works.title,
  works.container, works.date, works.url, citations.doc_id, blocks.page_start
FROM (
  SELECT row_id, value, place FROM meetings_sources UNION ALL SELECT row_id, value, place FROM ministers_sources
  UNION ALL SELECT row_id, value, place FROM initiatives_sources
  UNION ALL SELECT row_id, value, place FROM relations_sources) AS given
JOIN citations ON citations.citation_id = given.value
JOIN blocks ON blocks.block_id = citations.block_id
LEFT JOIN works ON works.work_id = citations.work_id
ORDER BY given.row_id, given.place
"""


_HELD_COLUMNS = ("date", "end_date", "edition", "city", "country", "mode")
_OFFICE_COLUMNS = ("published", "office", "country", "status")
_BEGUN_COLUMNS = ("date", "abbreviation")
_DONE_COLUMNS = ("who", "predicate", "meeting", "date", "edition", "city")
SIDES = ("who", "meeting")
"""Values of what somebody did that are ids of entities."""


@dataclass(slots=True)
class Source:
    """A work that an author gives for something: where it leads, and the places of its citations."""

    title: str
    said: str
    url: str
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Fact:
    """Values by column, where they are stated, and the sources that the authors give for them."""

    values: dict[str, str]
    places: list[Place] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)


Facts = Mapping[str, Sequence[Fact]]
"""Facts by the entity that they are of."""


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of all entities. ``attended`` are by meeting, ``did`` by who or what did it."""

    held: Facts
    attended: Facts
    did: Facts
    offices: Facts
    begun: Facts

    def of(self, entity_id: str) -> dict[str, Sequence[Fact]]:
        """The facts of an entity, by the names of the lists above."""
        return {field.name: getattr(self, field.name).get(entity_id, ()) for field in fields(self)}


def known(tables: sqlite3.Connection) -> Known:
    """All facts, each list in the order of dates, undated ones last; offices by the commentaries' publication."""
    sources = _sources(tables)
    done = tables.execute(_DONE).fetchall()
    return Known(
        held=_facts(tables.execute(_HELD), _HELD_COLUMNS, sources, lambda fact: (fact["date"] or fact["edition"],)),
        attended=_facts(((row[0], row[3], *row[1:]) for row in done), _DONE_COLUMNS, sources, _deed),
        did=_facts(((row[0], row[1], *row[1:]) for row in done), _DONE_COLUMNS, sources, _deed),
        offices=_facts(
            tables.execute(_OFFICES),
            _OFFICE_COLUMNS,
            sources,
            lambda fact: (fact["office"], fact["country"], fact["status"]),
        ),
        begun=_facts(tables.execute(_BEGUN), _BEGUN_COLUMNS, sources, lambda fact: (fact["date"],)),
    )


def _deed(fact: Mapping[str, str]) -> tuple[str, ...]:
    return fact["who"], fact["predicate"], fact["meeting"], fact["date"] or fact["edition"]


def _facts(
    rows: Iterable[Sequence[Any]],
    columns: Sequence[str],
    sources: Mapping[str, Sequence[_Given]],
    same: Callable[[Mapping[str, str]], tuple[str, ...]],
) -> Facts:
    """Facts of rows that are: id, entity, values by column, place. Those of which ``same`` is the same are one."""
    found: dict[str, dict[tuple[str, ...], Fact]] = defaultdict(dict)
    for row_id, entity_id, *rest in rows:
        values = {column: value or "" for column, value in zip(columns, rest, strict=False)}
        fact = found[entity_id or ""].setdefault(same(values), Fact(values))
        for column, value in values.items():
            fact.values[column] = fact.values[column] or value
        fact.places.append(Place(*rest[len(columns) :]))
        for given in sources.get(row_id, ()):
            source = fact.sources.setdefault(given.work, Source(given.title, given.said, given.url))
            source.places.append(given.place)
    return {entity_id: list(facts.values()) for entity_id, facts in found.items()}


class _Given(NamedTuple):
    work: str
    title: str
    said: str
    url: str
    place: Place


def _sources(tables: sqlite3.Connection) -> Mapping[str, Sequence[_Given]]:
    """The citations given for each row of facts."""
    found: dict[str, list[_Given]] = defaultdict(list)
    for row_id, citation_id, work_id, text, *about, doc_id, page in tables.execute(_SOURCES):
        found[row_id].append(_Given(work_id or citation_id, *described(text, *about), Place(doc_id, citation_id, page)))
    return found


def described(
    text: str | None, authors: str | None, title: str | None, container: str | None, date: str | None, url: str | None
) -> tuple[str, str, str]:
    """The title of a work, what else is known of it, and its address; without a title, the citation as printed."""
    if title:
        return title, apart(authors, container, date), url or ""
    return text or url or "", "", url or ""
