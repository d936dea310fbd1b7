"""Initiatives: abbreviation, and the year in which each was announced, adopted or began."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.resolve.facts.days import days_of
from pipeline.resolve.facts.occurrences import Occurrences
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View
from pipeline.text import plain

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:[-/&+][A-Z0-9][A-Za-z0-9]*)*")
_LONGEST = 12


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
    block, told = "", ""
    for view in views:
        if view.sentence.block_id != block:
            block, told = view.sentence.block_id, ""
        for place in view.at("Ⓘ"):
            mention = view.of(place)
            found.setdefault(mention.entity_id, Begun(mention.entity_id, mention.name, view))
        for place, year, rank in _years(view, told, occurrences, rules):
            one = found[view.of(place).entity_id]
            if rank > one.rank:
                one.year, one.rank, one.view = year, rank, view
        days = days_of(view)
        held = [o.start for i in view.at("Ⓜ") if (o := occurrences.of.get(view.of(i).mention_id)) and o.start]
        told = held[-1] if held else days[0].first if days else told
    for one in found.values():
        own = forms[one.entity_id]
        one.abbreviation = next((form for form in own if len(form) <= _LONGEST and _ACRONYM.fullmatch(form)), "")
        one.name = max(own, key=lambda form: (not form.isascii(), len(form)))
    return list(found.values())


def _years(view: View, told: str, occurrences: Occurrences, rules: Rulebook) -> Iterator[tuple[int, str, int]]:
    """Place of an initiative, year, and how sure that is."""
    for rule in rules.rules("begun"):
        for found in rule.find(view.text):
            date = view.of(found.match.start("d")).date
            if date:
                yield from ((place, date[:4], rule.rank) for place in _signs(view, found.start, found.end))
    for found in rules.find("announced", view.text):
        if any(view.of(i).date for i in view.at("Ⓓ") if i < found.start):
            continue
        meetings = [view.of(i) for i in view.at("Ⓜ") if i < found.start]
        if meetings:
            occurrence = occurrences.of.get(meetings[-1].mention_id)
            told = occurrence.start if occurrence is not None else ""
        if told:
            yield from ((place, told[:4], 1) for place in _signs(view, found.start, found.end))


def _signs(view: View, start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if view.text[i] == "Ⓘ"]
