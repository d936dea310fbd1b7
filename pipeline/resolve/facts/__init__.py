"""Facts: what the document says of meetings, ministers and initiatives, each with its sentence and sources."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.document import Document, Initiative, Meeting, Minister, Relation
from pipeline.resolve.facts.anaphora import resolved
from pipeline.resolve.facts.evidence import Sources, row_id
from pipeline.resolve.facts.initiatives import Begun, initiatives
from pipeline.resolve.facts.meetings import occurrences
from pipeline.resolve.facts.ministers import Ministers
from pipeline.resolve.facts.occurrences import Occurrence, Occurrences
from pipeline.resolve.facts.relations import Relations, Stated
from pipeline.resolve.facts.rulebook import Rulebook, rulebook
from pipeline.resolve.facts.tables import in_table, rows
from pipeline.resolve.facts.view import views
from pipeline.rules.engine import book

__all__ = ["add_facts"]


def add_facts(document: Document) -> Document:
    """The document with its fact layers made anew from mentions, sentences, marks and citations."""
    rules = rulebook(book())
    read = resolved(views(document), rules)
    sources = Sources(document)
    found = occurrences(document, read, rules)
    ministers = Ministers(document, read, rules)
    tabled = tuple(_tabled(document, found, len(read), rules))
    # Relations may show further occurrences, so they come first.
    stated = tuple(Relations(found, ministers, rules, document.front.published).read(read)) + tabled
    return replace(
        document,
        meetings=tuple(_meeting(o, document, sources) for o in found.found),
        ministers=tuple(_ministers(ministers, document, sources)),
        initiatives=tuple(_initiative(one, document, sources) for one in initiatives(document, read, found, rules)),
        relations=tuple(_relations(stated, document, sources)),
    )


def _tabled(document: Document, found: Occurrences, at: int, rules: Rulebook) -> Iterator[Stated]:
    """Who attended the meetings that tables list; ``found`` gets their occurrences."""
    for n, row in enumerate(rows(document)):
        for occurrence, meeting, place in in_table(row, at + n, found, rules):
            if place >= 0 and not occurrence.start > document.front.published > "":
                person = row.view.of(place).entity_id
                yield Stated(person, "attended", meeting, occurrence, row.view, "attended.in-table")


def _meeting(found: Occurrence, document: Document, sources: Sources) -> Meeting:
    mode = "hybrid" if len(found.modes) > 1 else next(iter(found.modes), "")
    return Meeting(
        row_id=row_id(document, "meeting", found.entity_id, found.edition, found.start),
        entity_id=found.entity_id,
        name=found.name,
        evidence=sources.of(found.view.sentence),
        edition=found.edition,
        start_date=found.start,
        end_date=found.end,
        city=found.city,
        country=found.country,
        mode=mode,
    )


def _ministers(found: Ministers, document: Document, sources: Sources) -> Iterator[Minister]:
    for person in found.persons.values():
        for office in person.offices:
            yield Minister(
                row_id=row_id(document, "minister", person.entity_id, office.printed),
                entity_id=person.entity_id,
                name=person.name_printed or person.name,
                evidence=sources.of(office.view.sentence),
                office=office.printed,
                country=person.country,
                status=found.status(office),
            )


def _relations(stated: Iterable[Stated], document: Document, sources: Sources) -> Iterator[Relation]:
    """Each relation once for each occurrence, with the first sentence that states it.

    What is said again without a day is no other one where there is just one with a day; of their sentences the one
    counts for which the author gives a source.
    """
    found: dict[tuple[str, str, str], dict[tuple[str, str], Relation]] = {}
    order: list[tuple[tuple[str, str, str], tuple[str, str]]] = []
    for one in stated:
        when = (one.occurrence.edition, one.occurrence.start) if one.occurrence else ("", "")
        triple = (one.subject_id, one.predicate, one.meeting.entity_id)
        if when in found.setdefault(triple, {}):
            continue
        order.append((triple, when))
        found[triple][when] = Relation(
            row_id=row_id(document, "relation", *triple, *when),
            subject_id=one.subject_id,
            predicate=one.predicate,
            object_id=one.meeting.entity_id,
            evidence=sources.of(one.view.sentence),
            source=one.rule,
            edition=when[0],
            date=when[1],
        )
    for triple, when in order:
        same, relation = found[triple], found[triple][when]
        undated = same.get(("", ""))
        if undated is None or len(same) != 2:
            yield relation
        elif relation is not undated:
            sourced = undated.evidence.sources and not relation.evidence.sources
            yield replace(relation, evidence=undated.evidence) if sourced else relation


def _initiative(found: Begun, document: Document, sources: Sources) -> Initiative:
    return Initiative(
        row_id=row_id(document, "initiative", found.entity_id),
        entity_id=found.entity_id,
        name=found.name,
        evidence=sources.of(found.view.sentence),
        abbreviation=found.abbreviation,
        year=found.year,
    )
