"""Initiatives: abbreviation, and the year in which each was announced, adopted or began."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Document, Mention
from pipeline.resolve.facts.days import days_of
from pipeline.resolve.facts.occurrences import Occurrences
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View
from pipeline.rules.engine import Found
from pipeline.text import plain

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:[-/&+][A-Z0-9][A-Za-z0-9]*)*")
_LONGEST = 12
_ALONE = re.compile("Ⓘ。?")
_FISCAL = re.compile(r"([0-9]{4})年度")
_SAID_OF_IT, _ANNOUNCED = 3, 1
"""How sure a year is that another sentence gives: ranks as in the rules of facts_initiatives.toml."""


@dataclass
class Begun:
    """What the text says of one initiative; ``rank`` is that of the rule which gave the year, ``view`` its sentence."""

    entity_id: str
    name: str
    view: View
    abbreviation: str = ""
    year: str = ""
    rank: int = -1


def initiatives(document: Document, views: list[View], occurrences: Occurrences, rules: Rulebook) -> list[Begun]:
    """The initiatives that the body speaks of, in order of their first mention."""
    forms: dict[str, list[str]] = defaultdict(list)
    for mention in document.mentions:
        forms[mention.entity_id].append(plain(mention.text))
    found: dict[str, Begun] = {}
    block, told, alone = "", "", ""
    for view in views:
        if view.sentence.block_id != block:
            block, told, alone = view.sentence.block_id, "", ""
        for place in view.at("Ⓘ"):
            mention = view.of(place)
            found.setdefault(mention.entity_id, Begun(mention.entity_id, mention.name, view))
        for entity_id, year, rank in (*_years(view, told, occurrences, rules), *_of_named_before(view, alone, rules)):
            one = found[entity_id]
            if rank > one.rank:
                one.year, one.rank, one.view = year, rank, view
        alone = view.of(0).entity_id if _ALONE.fullmatch(view.text) else ""
        days = days_of(view)
        held = [o.start for i in view.at("Ⓜ") if (o := occurrences.of.get(view.of(i).mention_id)) and o.start]
        told = held[-1] if held else days[0].first if days else told
    for one in found.values():
        own = forms[one.entity_id]
        one.abbreviation = next((form for form in own if len(form) <= _LONGEST and _ACRONYM.fullmatch(form)), "")
        one.name = max(own, key=lambda form: (not form.isascii(), len(form)))
    return list(found.values())


def _years(view: View, told: str, occurrences: Occurrences, rules: Rulebook) -> Iterator[tuple[str, str, int]]:
    """Id of an initiative, year, and how sure that is."""
    for rule in rules.rules("begun"):
        for found in rule.find(view.text):
            groups = found.match.groupdict()
            year = _year(view.of(found.match.start("d" if groups["d"] else "d2")))
            if year:
                yield from ((entity_id, year, rule.rank) for entity_id in _named(view, found))
    for found in rules.find("announced", view.text):
        meetings = [i for i in view.at("Ⓜ") if i < found.start]
        if any(view.of(i).date for i in view.at("Ⓓ") if max(meetings, default=-1) < i < found.start):
            continue
        if meetings:
            occurrence = occurrences.of.get(view.of(meetings[-1]).mention_id)
            told = occurrence.start if occurrence is not None else ""
        if told:
            yield from ((entity_id, told[:4], _ANNOUNCED) for entity_id in _named(view, found))


def _of_named_before(view: View, entity_id: str, rules: Rulebook) -> Iterator[tuple[str, str, int]]:
    """The same for an initiative that is all that the sentence before says: Ⓘ。 ⒸがⒹに始めた枠組みで."""
    if entity_id and not view.at("Ⓘ"):
        for found in rules.find("said-of-it", view.text):
            if year := _year(view.of(found.start)):
                yield entity_id, year, _SAID_OF_IT


def _year(date: Mention) -> str:
    """The year of a date, or in which a fiscal year begins; empty if unknown."""
    fiscal = _FISCAL.fullmatch(plain(date.text))
    return date.date[:4] or (fiscal[1] if fiscal else "")


def _named(view: View, found: Found) -> list[str]:
    return [view.of(i).entity_id for i in range(found.start, found.end) if view.text[i] == "Ⓘ"]
