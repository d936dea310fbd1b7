"""The figure of the facts: share that is right of everything the gold states, and of what the output claims besides.

Counted are, for each edition or occurrence of a meeting, its edition, date and place (any row of the meeting's that has
the edition, if one is known, may have them); for each initiative its year; for each office of a minister the office and
the country; and every relation. Claims that count against the output where the gold does not have them: relations of
the kinds that the gold knows, and rows of a meeting whose edition or date fits none of the gold's.

An entity of the output is that of the gold with which it shares its mentions; facts of an entity that was never found
are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate.align import comparable
from pipeline.evaluate.figures import Result, share_right
from pipeline.evaluate.gold import GoldFacts, GoldMeeting, Row, Tables
from pipeline.evaluate.names import Names

PREDICATES = ("attended", "presented_at")
"""Relations that the gold has; it is silent about others."""

_OCCURRENCE = ("edition", "start_date", "city", "country")

_Check = tuple[bool, str]
"""Whether a fact is right, and what to tell if not."""


def facts(tables: Tables, gold: GoldFacts, names: Names) -> Result:
    """The figure, and the facts that are wrong."""
    checks = [
        *_meetings(tables, gold, names),
        *_initiatives(tables, gold, names),
        *_ministers(tables, gold, names),
        *_relations(tables, gold, names),
        *((False, told) for told in _false_meetings(tables, gold, names)),
    ]
    wrong = [told for right, told in checks if not right]
    return share_right(len(wrong), len(checks)), wrong


def _meetings(tables: Tables, gold: GoldFacts, names: Names) -> Iterator[_Check]:
    entities = names.entities()
    for meeting in gold.meetings:
        own = _of(tables.rows["meetings"], entities.get(meeting.entity))
        edition = str(meeting.edition)
        rows = [row for row in own if edition in ("", row["edition"])]
        where = names.about(meeting.entity, meeting.place, f"第{edition}回", *_printed(meeting.start_date))
        for name, want, columns in (
            ("edition", edition, ("edition",)),
            ("start_date", meeting.start_date, ("start_date",)),
            ("place", meeting.place, ("city", "country")),
        ):
            if want:
                right = any(comparable(want) in comparable("".join(row[c] for c in columns)) for row in rows)
                yield right, f"{name} {want} of {meeting.entity}; rows: {_told(own, *_OCCURRENCE)}: {where}"


def _initiatives(tables: Tables, gold: GoldFacts, names: Names) -> Iterator[_Check]:
    entities = names.entities()
    for initiative in gold.initiatives:
        own = _of(tables.rows["initiatives"], entities.get(initiative.entity))
        right = any(row["year"] == str(initiative.year) for row in own)
        where = names.about(initiative.entity, f"{initiative.year}年")
        yield right, f"year {initiative.year} of {initiative.entity}; rows: {_told(own, 'year')}: {where}"


def _ministers(tables: Tables, gold: GoldFacts, names: Names) -> Iterator[_Check]:
    entities = names.entities()
    for minister in gold.ministers:
        own = _of(tables.rows["ministers"], entities.get(minister.entity))
        where = names.about(minister.entity, minister.office)
        for name, want, right in (
            ("office", minister.office, any(comparable(minister.office) in comparable(row["office"]) for row in own)),
            ("country", minister.country, any(row["country"] == minister.country for row in own)),
        ):
            yield right, f"{name} {want} of {minister.entity}; rows: {_told(own, 'office', 'country')}: {where}"


def _relations(tables: Tables, gold: GoldFacts, names: Names) -> Iterator[_Check]:
    gold_entity = {found: wanted for wanted, found in names.entities().items()}
    stated = {(r.subject, r.predicate, r.object) for r in gold.relations}
    claimed = {
        (gold_entity[row["subject_id"]], row["predicate"], gold_entity[row["object_id"]]): row.get("sentence", "")
        for row in tables.rows["relations"]
        if row["predicate"] in PREDICATES and row["subject_id"] in gold_entity and row["object_id"] in gold_entity
    }
    for relation in sorted(stated | claimed.keys()):
        subject, predicate, object_ = relation
        fault = "missing" if relation in stated else "too many"
        where = claimed.get(relation) or names.between(subject, object_)
        yield relation in stated and relation in claimed, f"{fault}: {subject} {predicate} {object_}: {where}"


def _false_meetings(tables: Tables, gold: GoldFacts, names: Names) -> Iterator[str]:
    """Rows of a meeting that the gold dates or numbers otherwise."""
    gold_entity = {found: wanted for wanted, found in names.entities().items()}
    for row in tables.rows["meetings"]:
        entity = gold_entity.get(row["entity_id"])
        wanted = [meeting for meeting in gold.meetings if meeting.entity == entity]
        if wanted and (row["edition"] or row["start_date"]) and not any(_fits(row, meeting) for meeting in wanted):
            yield f"too many: {entity} {_told([row], *_OCCURRENCE)}: {row.get('sentence', '')}"


def _fits(row: Row, meeting: GoldMeeting) -> bool:
    """Whether the two may be the same occurrence: neither edition nor date speaks against it."""
    editions = meeting.edition == "" or row["edition"] in ("", str(meeting.edition))
    one, other = row["start_date"], meeting.start_date
    return editions and (one.startswith(other) or other.startswith(one))


def _of(rows: list[Row], entity_id: str | None) -> list[Row]:
    return [row for row in rows if row["entity_id"] == entity_id]


def _printed(date: str) -> list[str]:
    """The parts of an ISO date as a Japanese text prints them."""
    return [f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False) if part]


def _told(rows: list[Row], *columns: str) -> str:
    return "; ".join(" ".join(row[c] for c in columns if row[c]) for row in rows) or "none"
