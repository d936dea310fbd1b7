"""The pages of charts: each picture, its files, and the whole table that it shows a part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from pipeline.report.site.charts import attendance, cited, facts, network, timeline
from pipeline.report.site.charts.drawn import drawn
from pipeline.report.site.charts.sheet import Sheet, Words
from pipeline.report.site.frame import Site, entity_href, say, words
from pipeline.report.site.where import Where, titled

NAMES = ("timeline", "attendance", "network", "works", "publishers")
"""The pages, in the order shown; also the names of the pictures' files in ``charts/``."""
FOLDER = "charts"


class Table(NamedTuple):
    """A table behind a picture: keys of its columns' words, with those that hold numbers, and the cells of its rows."""

    columns: Sequence[str]
    counts: frozenset[str]
    rows: Sequence[Sequence[object]]


def write(site: Site) -> None:
    """Writes ``timeline.html`` and the other pages of charts, and the pictures' files into ``charts/``."""
    where = Where(site)
    deeds = facts.deeds(site.database)
    occurrences = facts.occurrences(site.database)
    _page(site, timeline.draw(occurrences, words_of, entity_href), _timeline(occurrences, where))
    _page(site, attendance.draw(deeds, words_of, entity_href), _attendance(deeds, where))
    entities, ties = facts.entities(site.database), facts.ties(site.database, deeds)
    _page(site, network.draw(entities, ties, words_of, entity_href), _network(entities, ties))
    for name, found in (("works", facts.works(site.database)), ("publishers", facts.publishers(site.database))):
        _page(site, cited.draw(name, found, words_of), _cited(name, found, where))


def words_of(key: str, **values: object) -> Words:
    """Words of the pages as plain texts, with values filled in."""
    texts = words(key)
    return Words(texts["ja"].format(**values), texts["en"].format(**values))


def _page(site: Site, sheet: Sheet, table: Table) -> None:
    inside = ""
    if table.rows:
        picture = drawn(sheet, site.kept)
        inside = picture.inside
        folder = site.folder / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for ending, data in picture.files.items():
            (folder / f"{sheet.name}{ending}").write_bytes(data)
    site.page(
        f"{sheet.name}.html",
        "chart.html",
        sheet=sheet,
        picture=Markup(inside),  # noqa: S704 - our own drawing, in which all names are escaped
        tabs=NAMES,
        folder=FOLDER,
        table=table,
    )


def _timeline(found: Iterable[facts.Occurrence], where: Where) -> Table:
    rows = [
        (
            one.date,
            say(f"label.{one.label}"),
            _entity(one.entity_id, one.name),
            one.edition,
            one.city,
            where.links("", one.places),
        )
        for one in found
    ]
    return Table(("date", "kind", "name", "edition", "city", "where"), frozenset({"edition"}), rows)


def _attendance(found: Iterable[facts.Deed], where: Where) -> Table:
    rows = [
        (
            _entity(one.who_id, one.who),
            say(f"did.{one.predicate}"),
            _entity(one.meeting_id, one.meeting),
            one.date,
            one.edition,
            where.links("", one.places),
            Markup("; ").join(titled(source.title, source.said, source.url) for source in one.sources),
        )
        for one in found
    ]
    columns = ("who", "predicate", "meeting", "date", "edition", "where", "sources")
    return Table(columns, frozenset({"edition"}), rows)


def _network(entities: dict[str, facts.Entity], ties: Iterable[facts.Tie]) -> Table:
    known = [tie for tie in ties if tie.one in entities and tie.other in entities]
    rows = [
        (
            _entity(tie.one, entities[tie.one].name),
            _entity(tie.other, entities[tie.other].name),
            tie.deeds,
            tie.sentences,
        )
        for tie in sorted(known, key=lambda tie: (-tie.deeds, -tie.sentences))
    ]
    return Table(("one", "other", "deeds", "sentences"), frozenset({"deeds", "sentences"}), rows)


def _cited(name: str, found: Iterable[facts.Cited], where: Where) -> Table:
    rows = [
        (titled(one.name, one.said, one.url), one.documents, one.citations, where.links("", one.places))
        for one in found
    ]
    return Table((name[:-1], "documents", "citations", "where"), frozenset({"documents", "citations"}), rows)


def _entity(entity_id: str, name: str) -> Markup:
    return (
        Markup('<a href="{}">{}</a>').format(entity_href(entity_id), name) if entity_id else Markup("{}").format(name)
    )
