"""A page for each thing named: its names, what is known of it, sources given for it, every sentence that names it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.report.site.frame import NO_PAGE, Site, entity_href
from pipeline.report.site.kinds import kind_href
from pipeline.report.site.known import SIDES, Fact, Source, described, known
from pipeline.report.site.where import Place, Where, titled

_NO_PAGE = ", ".join(f"'{label}'" for label in NO_PAGE)
_ENTITIES = f"SELECT * FROM entities WHERE label NOT IN ({_NO_PAGE}) ORDER BY rowid"  # noqa: S608 - our own labels
_MENTIONS = f"""
SELECT entities.entity_id, mentions.doc_id, mentions.mention_id, mentions.page, mentions.text,
  mentions.start - sentences.start AS at, COALESCE(sentences.text, mentions.sentence) AS sentence
FROM entities
JOIN mentions ON mentions.entity_id = entities.entity_id
JOIN documents ON documents.doc_id = mentions.doc_id
LEFT JOIN sentences ON sentences.block_id = mentions.block_id
  AND sentences.start <= mentions.start AND sentences."end" > mentions.start
WHERE entities.label NOT IN ({_NO_PAGE})
ORDER BY entities.rowid, documents.published IS NULL, documents.published DESC, documents.rowid, mentions.rowid
"""  # noqa: S608
_SOURCES = f"""
SELECT entities.entity_id, citations.doc_id, citations.citation_id, blocks.page_start AS page,
  COALESCE(citations.work_id, citations.citation_id) AS work, citations.text,
  works.authors, works.title, works.container, works.date, works.url
FROM entities
JOIN mentions ON mentions.entity_id = entities.entity_id
JOIN sentences ON sentences.block_id = mentions.block_id
  AND sentences.start <= mentions.start AND sentences."end" > mentions.start
JOIN footnote_markers AS marks ON marks.block_id = mentions.block_id
  AND marks."offset" > sentences.start AND marks."offset" <= sentences."end"
JOIN citations ON citations.note_id = marks.note_id
JOIN blocks ON blocks.block_id = citations.block_id
LEFT JOIN works ON works.work_id = citations.work_id
WHERE entities.label NOT IN ({_NO_PAGE})
GROUP BY entities.rowid, citations.citation_id
ORDER BY entities.rowid, min(mentions.rowid), citations.rowid
"""  # noqa: S608


class Occurrence(NamedTuple):
    """A sentence that names an entity, cut around the name. Pages count from 1."""

    place: Place
    before: str
    name: str
    after: str


def write(site: Site) -> None:
    """Writes ``entities/SLUG.html`` for each entity of a kind that has pages."""
    where = Where(site)
    facts = known(site.database)
    names = {row["entity_id"]: (row["name"], row["label"]) for row in site.rows("SELECT * FROM entities")}
    mentions = _Grouped(site.database.execute(_MENTIONS))
    sources = _Grouped(site.database.execute(_SOURCES))
    for entity in site.rows(_ENTITIES):
        entity_id = entity["entity_id"]
        found, cited = mentions.of(entity_id), sources.of(entity_id)
        stated = facts.of(entity_id)
        path = entity_href(entity_id)
        made_from = (entity, found, cited, stated, *_beside(found, cited, stated, names, where))
        if site.again((path,), made_from=made_from):
            continue
        site.page(
            path,
            "entity.html",
            entity=entity,
            spellings=Counter(row["text"] for row in found).most_common(),
            others=_others(entity["aliases"], found),
            **stated,
            sources=_sources(cited),
            documents=[(doc_id, _occurrences(rows)) for doc_id, rows in groupby(found, key=lambda row: row["doc_id"])],
            names=names,
            no_page=NO_PAGE,
            kind_href=kind_href,
            titled=titled,
            where=where,
        )


def _beside(
    found: Iterable[sqlite3.Row],
    cited: Iterable[sqlite3.Row],
    stated: Mapping[str, Sequence[Fact]],
    names: Mapping[str, tuple[str, str]],
    where: Where,
) -> Iterator[object]:
    """What a page shows of other entities, and of the commentaries that it leads to."""
    deeds = (*stated["attended"], *stated["did"])
    yield sorted({side: names.get(side) for fact in deeds for side in map(fact.values.get, SIDES) if side}.items())
    places = {place.doc_id for facts in stated.values() for fact in facts for place in fact.places}
    yield where.shown(places | {row["doc_id"] for row in (*found, *cited)})


class _Grouped:
    """Rows of entities in their order, an entity at a time."""

    def __init__(self, rows: Iterable[sqlite3.Row]) -> None:
        self._groups = groupby(rows, key=lambda row: row["entity_id"])
        self._next = next(self._groups, None)

    def of(self, entity_id: str) -> list[sqlite3.Row]:
        """The rows of an entity, which must come before those of all that were not yet asked for."""
        if self._next is None or self._next[0] != entity_id:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _others(aliases: str | None, found: Iterable[sqlite3.Row]) -> list[str]:
    """Names that no text prints, such as the whole name of somebody named by the surname."""
    printed = {row["text"] for row in found}
    return [name for name in (aliases or "").split(LIST_SEPARATOR) if name and name not in printed]


def _occurrences(rows: Iterable[sqlite3.Row]) -> list[Occurrence]:
    found = []
    for row in rows:
        sentence, name = row["sentence"] or row["text"], row["text"]
        start = row["at"] if row["at"] is not None else max(0, sentence.find(name))
        place = Place(row["doc_id"], row["mention_id"], row["page"])
        found.append(Occurrence(place, sentence[:start], name, sentence[start + len(name) :]))
    return found


def _sources(rows: Iterable[sqlite3.Row]) -> list[Source]:
    """Works footnoted to sentences that name an entity, those cited by most commentaries first."""
    found: dict[str, Source] = {}
    for row in rows:
        about = (row[name] for name in ("text", "authors", "title", "container", "date", "url"))
        source = found.setdefault(row["work"], Source(*described(*about)))
        source.places.append(Place(row["doc_id"], row["citation_id"], row["page"]))
    return sorted(found.values(), key=lambda source: -len({place.doc_id for place in source.places}))
