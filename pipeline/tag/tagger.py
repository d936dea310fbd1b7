"""The tagging stage: a Document gets its sentences and mentions.

Rules and catalogues speak first: they see meetings, initiatives, ministers with their office, and
what is none of these. Then the document itself: the abbreviations it introduces, and the bare names
of its ministers. The model proposes the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.document import Document, Mention, Sentence
from pipeline.limits import Limits, limits_from_environment
from pipeline.rules.engine import Book, book
from pipeline.tag import model
from pipeline.tag.abbreviations import forget_other_meanings
from pipeline.tag.candidates import KNOWN_ONLY, Candidate, Catalogue, of_rules, standing
from pipeline.tag.dates import Dated, date_mentions, dates
from pipeline.tag.introduced import Introductions
from pipeline.tag.known import Known, Meant, Place
from pipeline.tag.labels import entity_id, mention_id, model_labels
from pipeline.tag.naming import Namer
from pipeline.tag.owners import Owners
from pipeline.tag.persons import Person, Roll, resolve_bare
from pipeline.tag.proposals import Proposals
from pipeline.tag.sentences import split
from pipeline.tag.texts import Text, edition
from pipeline.text import narrow, plain
from pipeline.vocabulary import CORE, LABELS

TAGGED_KINDS: frozenset[str] = frozenset(
    {"title", "subtitle", "heading", "paragraph", "list_item", "quote", "caption", "table", "note"}
)
"""Kinds of block in which mentions are looked for."""

_PERSONS = ("MINISTER", "OFFICIAL")

Span = tuple[str, int, int]
"""A block's id with start and end."""

_CATALOGUED = ("MEETING", "INITIATIVE", "ORGANIZATION", "COUNTRY", "CITY", "AGREEMENT", "EXERCISE", "EQUIPMENT")
_OF_LABEL = {"CITY": "PLACE"}
_URL = re.compile(r"https?://[!-~]+")


@dataclass(frozen=True, slots=True)
class Trace:
    """The mentions of a document, and for each block what was found there and what of it stands."""

    mentions: tuple[Mention, ...]
    blocks: dict[str, tuple[tuple[Candidate, ...], tuple[Candidate, ...]]]


class Tagger:
    """Tags documents; the model is loaded at the first Japanese one.

    ``limits`` are those of the environment and ``rules`` those of `pipeline.rules.engine.book` unless
    given. With ``grammar_alone`` no catalogued meeting, initiative or person is known; without
    ``propose`` the model is not asked.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        rules: Book | None = None,
        *,
        grammar_alone: bool = False,
        propose: bool = True,
    ) -> None:
        self._propose_too = propose
        self._limits = limits or limits_from_environment()
        self._book = rules or book()
        labels = [label for label in _CATALOGUED if not (grammar_alone and label in CORE)]
        self._catalogue = Catalogue(self._book, labels)
        self._namer = Namer(self._book, self._catalogue)
        self._owners = Owners(self._book)
        self._introductions = Introductions(self._book, self._namer, self._owners)
        self._known = None if grammar_alone else Known(self._book)
        self._proposals = Proposals(self._book)
        self._rules = [
            rule
            for rule in self._book.yielding(*LABELS, *(label + KNOWN_ONLY for label in LABELS))
            if not (grammar_alone and rule.set.get("catalogue"))
        ]

    def tag(self, document: Document) -> Document:
        """The document with `Document.sentences` and `Document.mentions` made anew.

        Both stand in the order of the blocks, then of the text. In an English document only
        catalogued names are found, since grammar and model know Japanese.
        """
        sentences = tuple(
            Sentence(block.block_id, start, end)
            for block in document.blocks
            for start, end in split(block.text, block.kind)
        )
        return replace(document, sentences=sentences, mentions=self.trace(document).mentions)

    def trace(self, document: Document) -> Trace:
        """How the document's mentions came about: everything that was seen, block by block."""
        texts = [
            Text(block, plain(block.text))
            for block in document.blocks
            if block.kind in TAGGED_KINDS and block.text.strip()
        ]
        dated = dates((block for block in document.blocks if block.kind in TAGGED_KINDS), document.front.published)
        found = [*self._mentions(document, texts, dated), *date_mentions(document, dated)]
        mentions = in_order(found, document)
        return Trace(mentions, {text.block.block_id: (tuple(text.found), tuple(text.standing)) for text in texts})

    def _mentions(self, document: Document, texts: list[Text], dated: list[Dated]) -> list[Mention]:
        english = document.front.language == "en"
        for text in texts:
            urls = [match.span() for match in _URL.finditer(text.view)]
            seen = [*self._catalogue.find(text.view), *([] if english else of_rules(self._rules, text.view))]
            text.found = [c for c in seen if not any(low < c.end and c.start < high for low, high in urls)]
        forget_other_meanings(texts, self._book)
        roll = Roll(self._book)
        self._only_known(texts, dated, document.front.published)
        for text in texts:
            text.settle()
            if self._known and not english:
                text.found += self._known.in_full(text.view)
                text.settle()
        entities = self._introductions.learn(texts)
        persons = self._ministers(texts, roll, self._meant(texts, roll, dated, document.front.published))
        if self._propose_too and not english:
            self._propose(texts)
        return list(self._named(texts, entities, persons))

    def _only_known(self, texts: list[Text], dated: list[Dated], published: str) -> None:
        """Short offices (長官) count only for persons whom the document calls ministers in full.

        Or for foreign names of those who are known to have held such an office then (ラムズフェルド長官).
        """
        sure = Roll(self._book)
        sure.register(c for text in texts for c in text.found if c.label == "MINISTER" and c.office)
        reader = self._known.reader([], dated, published) if self._known else None
        for text in texts:
            place = Place(text.block.block_id, text.view, ())
            text.found = [
                replace(c, label=c.label.rstrip(KNOWN_ONLY))
                for c in text.found
                if not c.label.endswith(KNOWN_ONLY) or sure.knows(c) or (reader and reader.is_foreign(place, c))
            ]

    def _meant(self, texts: list[Text], roll: Roll, dated: list[Dated], published: str) -> dict[Span, Meant]:
        """The persons of the list of statesmen whom names with an office mean, where just one fits."""
        if self._known is None:
            return {}
        places = [Place(text.block.block_id, text.view, text.standing) for text in texts]
        reader = self._known.reader(places, dated, published)
        return {
            (place.block_id, c.start, c.end): meant
            for place in places
            for c in place.standing
            if c.label in _PERSONS and (meant := reader.meant(place, c, roll.clean(c.name)))
        }

    def _ministers(self, texts: list[Text], roll: Roll, meant: dict[Span, Meant]) -> dict[Span, Person]:
        """The person of every minister's mention, bare names included, and of every official who is known."""
        ordered = [(text, c) for text in texts for c in text.standing if c.label == "MINISTER"]
        looked_up = [meant.get((text.block.block_id, c.start, c.end)) for text, c in ordered]
        assigned = roll.register((c for _, c in ordered), looked_up)
        persons = {span: Person(one.person.name, known=one.person) for span, one in meant.items() if one.person}
        for (text, candidate), (_, person) in zip(ordered, assigned, strict=True):
            persons[text.block.block_id, candidate.start, candidate.end] = person
        recent: list[Person] = []
        for text in texts:
            block_id = text.block.block_id
            spans = [(c.start, c.end) for c in text.standing if c.label == "MINISTER"]
            named = {start: persons[block_id, start, end] for start, end in spans}
            bare = {c.start: c for c in standing(roll.bare(text.view, text.standing))}
            for start in sorted({*named, *bare}):
                who = named.get(start) or resolve_bare(roll, bare[start], recent)
                if who is None:
                    continue
                if start not in named:
                    text.found.append(bare[start])
                    persons[block_id, start, bare[start].end] = who
                if who in recent:
                    recent.remove(who)
                recent.append(who)
            text.settle()
        return persons

    def _propose(self, texts: list[Text]) -> None:
        """What the model finds where no rule spoke; the core labels are the rules' alone."""
        found = model.entities([text.block.text for text in texts], self._limits.model_bytes)
        for text, entities in zip(texts, found, strict=True):
            urls = [match.span() for match in _URL.finditer(text.view)]
            for entity in entities:
                label = model_labels().get(entity.label)
                if label is None or label in CORE or label == "DATE":
                    continue
                start, end = _trim(text.block.text, entity.start, entity.end)
                if not self._proposals.worth(label, text.view[start:end], text.view[end : end + 2]):
                    continue
                if start < end and not any(low < end and start < high for low, high in urls):
                    text.found.append(Candidate(start, end, label, SOURCE, -9))
            taken = {place for c in text.standing for place in range(c.start, c.end)}
            proposed = [c for c in text.found if c.source == SOURCE and taken.isdisjoint(range(c.start, c.end))]
            text.standing = standing([*text.standing, *proposed])

    def _named(
        self,
        texts: list[Text],
        learned: dict[tuple[str, str], str],
        persons: dict[Span, Person],
    ) -> list[Mention]:
        found = []
        last_two_plus_two = last_ewg = ""
        self._owners.begin()
        for text in texts:
            for candidate in text.standing:
                name = text.view[candidate.start : candidate.end]
                # A town's entry says its state; the town itself is the entity.
                entity = candidate.entity_id if candidate.label != "CITY" else ""
                span = text.block.block_id, candidate.start, candidate.end
                person = persons.get(span) if candidate.label in _PERSONS else None
                if person is not None:
                    entity = person.entity(candidate.label)
                elif candidate.label in ("MEETING", "INITIATIVE"):
                    entity = learned.get((candidate.label, name), entity) or self._namer.entity(candidate.label, name)
                    if candidate.label == "MEETING":
                        if name == "EWG" and text.view[candidate.start - 1 : candidate.start] == "同":
                            entity = last_ewg or entity
                        elif entity.startswith("meeting:ewg-"):
                            last_ewg = entity
                        if self._namer.is_two_plus_two(name) and last_two_plus_two:
                            entity = last_two_plus_two
                        elif self._namer.meets_two_plus_two(name):
                            last_two_plus_two = entity
                    else:
                        entity = self._owners.owned(entity, name, text.view, candidate.start)
                elif not entity and candidate.label != "CITY":
                    entity = self._catalogue.entity(candidate.label, name)
                found.append(_mention(text, candidate, entity, person.name if person else ""))
        return found


def in_order(mentions: list[Mention], document: Document) -> tuple[Mention, ...]:
    """The mentions in the order of the blocks, then of the text."""
    place = {block.block_id: at for at, block in enumerate(document.blocks)}
    return tuple(sorted(mentions, key=lambda m: (place[m.block_id], m.start, m.end)))


SOURCE = "ginza"
"""``source`` of the mentions that the model found."""


def _mention(text: Text, candidate: Candidate, entity: str, full_name: str) -> Mention:
    block, printed = text.block, text.block.text[candidate.start : candidate.end]
    label = _OF_LABEL.get(candidate.label, candidate.label)
    return Mention(
        mention_id=mention_id(block.block_id, candidate.start, candidate.end, label),
        block_id=block.block_id,
        start=candidate.start,
        end=candidate.end,
        text=printed,
        label=label,
        entity_id=entity or entity_id(label, narrow(printed)),
        name=full_name or narrow(printed),
        source=candidate.source,
        edition=edition(text.view, candidate) if label == "MEETING" else "",
    )


_OUTSIDE = " \t\r\n　「」『』“”\"'、。，．,:;：；・"
"""Characters that no mention begins or ends with; the model often takes one along."""

_OPENING = {"」": "「", "』": "『", "”": "“"}


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without `_OUTSIDE` characters at its ends; empty if there is nothing else.

    A closing bracket stays where its opening one stands inside the span: 日米「2プラス2」.
    """
    while start < end and text[start] in _OUTSIDE:
        start += 1
    while start < end and text[end - 1] in _OUTSIDE:
        opening = _OPENING.get(text[end - 1])
        if opening is not None and opening in text[start : end - 1]:
            break
        end -= 1
    return start, end
