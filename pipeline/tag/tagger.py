"""The tagging stage: a Document gets its sentences and mentions.

Rules and catalogues speak first: they see meetings, initiatives, ministers with their office, and
what is none of these. Then the document itself: the abbreviations it introduces, and the bare names
of its ministers. The model proposes the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pipeline.document import Block, Document, Mention, Sentence
from pipeline.limits import Limits, limits_from_environment
from pipeline.rules.engine import Book, book
from pipeline.tag import model
from pipeline.tag.candidates import KNOWN_ONLY, LEARNED, Candidate, Catalogue, of_rules, standing, stands
from pipeline.tag.dates import Dated, date_mentions, dates
from pipeline.tag.known import Known, Meant, Place
from pipeline.tag.labels import LABELS, entity_id, mention_id, model_labels
from pipeline.tag.learn import aliases, short_names
from pipeline.tag.naming import Namer
from pipeline.tag.owners import Owners
from pipeline.tag.persons import Person, Roll, resolve_bare
from pipeline.tag.proposals import Proposals
from pipeline.tag.sentences import split
from pipeline.text import narrow, number, plain

TAGGED_KINDS: frozenset[str] = frozenset(
    {"title", "subtitle", "heading", "paragraph", "list_item", "quote", "caption", "table", "note"}
)
"""Kinds of block in which mentions are looked for."""

CORE = ("MEETING", "MINISTER", "INITIATIVE")
"""Labels whose mentions the rules decide alone."""

_PERSONS = ("MINISTER", "OFFICIAL")

Span = tuple[str, int, int]
"""A block's id with start and end."""

_CATALOGUED = ("MEETING", "INITIATIVE", "ORGANIZATION", "COUNTRY", "CITY", "AGREEMENT", "EXERCISE", "EQUIPMENT")
_OF_LABEL = {"CITY": "PLACE"}
_URL = re.compile(r"https?://[!-~]+")
_EDITION = re.compile(r"第(?P<number>[0-9〇一二三四五六七八九十百]+)回目?(?:となる|の)?[「（]?$")
_EDITION_AFTER = re.compile(r"(?P<number>[0-9]{1,2}|[IVX]{1,6})(?![0-9年月日か])")


@dataclass
class _Text:
    """A block with what was found in it."""

    block: Block
    view: str
    found: list[Candidate] = field(default_factory=list)
    standing: list[Candidate] = field(default_factory=list)

    def settle(self) -> None:
        self.standing = standing(self.found)


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
        self._known = None if grammar_alone else Known(self._book)
        self._several = self._book.pattern("{SEVERAL_MEETINGS}")
        self._proposals = Proposals(self._book)
        self._generic = self._book.pattern(
            r"(?:{NOT_NAME}).*|(?!コンパス|アウトルック|[三四五3-5])(?:{INITIATIVE_NOUN}|{INITIATIVE_WORD})"
        )
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
            _Text(block, plain(block.text))
            for block in document.blocks
            if block.kind in TAGGED_KINDS and block.text.strip()
        ]
        dated = dates((block for block in document.blocks if block.kind in TAGGED_KINDS), document.front.published)
        found = [*self._mentions(document, texts, dated), *date_mentions(document, dated)]
        mentions = in_order(found, document)
        return Trace(mentions, {text.block.block_id: (tuple(text.found), tuple(text.standing)) for text in texts})

    def _mentions(self, document: Document, texts: list[_Text], dated: list[Dated]) -> list[Mention]:
        english = document.front.language == "en"
        for text in texts:
            urls = [match.span() for match in _URL.finditer(text.view)]
            seen = [*self._catalogue.find(text.view), *([] if english else of_rules(self._rules, text.view))]
            text.found = [c for c in seen if not any(low < c.end and c.start < high for low, high in urls)]
        roll = Roll(self._book)
        self._only_known(texts)
        for text in texts:
            text.settle()
        entities = self._learn(texts)
        persons = self._ministers(texts, roll, self._meant(texts, roll, dated, document.front.published))
        if self._propose_too and not english:
            self._propose(texts)
        return list(self._named(texts, entities, persons))

    def _only_known(self, texts: list[_Text]) -> None:
        """Short offices (長官) count only for persons whom the document calls ministers in full."""
        sure = Roll(self._book)
        sure.register(c for text in texts for c in text.found if c.label == "MINISTER" and c.office)
        for text in texts:
            text.found = [
                replace(c, label=c.label.rstrip(KNOWN_ONLY))
                for c in text.found
                if not c.label.endswith(KNOWN_ONLY) or sure.knows(c)
            ]

    def _learn(self, texts: list[_Text]) -> dict[tuple[str, str], str]:
        """Names that the document introduces, with their entity; they are found everywhere after that."""
        learned: dict[tuple[str, str], str] = {}
        for text in texts:
            for mention in list(text.standing):
                if mention.label not in ("MEETING", "INITIATIVE"):
                    continue
                for alias in aliases(text.view, mention):
                    self._introduce(text, alias.start, alias.end, mention, learned)
                name = text.view[mention.start : mention.end]
                if mention.label == "INITIATIVE" and self._is_telling(text.view, mention):
                    # A name given in quotation marks, or by what was done with it, is the same without that further on.
                    learned.setdefault((mention.label, name), mention.entity_id or self._entity_of(mention.label, name))
        short = self._shortened(texts, learned)
        for text in texts:
            seen = {(c.start, c.end, c.label) for c in text.found}
            for (label, name), entity in [*learned.items(), *short.items()]:
                for match in re.finditer(re.escape(name), text.view):
                    alone = _stands_alone if (label, name) in short else stands
                    if (*match.span(), label) not in seen and alone(text.view, *match.span(), label):
                        text.found.append(Candidate(*match.span(), label, LEARNED, entity_id=entity))
            text.settle()
        same = {self._entity_of(label, name): entity for (label, name), entity in short.items()}
        return short | {name: same.get(entity, entity) for name, entity in learned.items()}

    def _is_telling(self, view: str, mention: Candidate) -> bool:
        """Whether quotation marks or a verb tell that something is an initiative, and its name would tell elsewhere."""
        name = view[mention.start : mention.end]
        quoted = view[mention.start - 1 : mention.start] == "「" and view[mention.end : mention.end + 1] == "」"
        by_rule = mention.source.startswith("initiative.") and not self._owners.tells_no_owner(name)
        return "（" not in name and (
            (quoted and len(name) >= _LEARNED_LENGTH) or (by_rule and len(name) > _LEARNED_LENGTH)
        )

    def _shortened(self, texts: list[_Text], learned: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Short names of what the document names in full; none that could mean two of them."""
        full = {
            (c.label, text.view[c.start : c.end]): c
            for text in texts
            for c in text.standing
            if c.label in ("MEETING", "INITIATIVE")
        }
        ends = [name for (label, name), c in full.items() if label == "INITIATIVE" and not c.entity_id]
        meant: dict[tuple[str, str], set[str]] = {}
        for (label, name), candidate in full.items():
            entity = learned.get((label, name)) or candidate.entity_id or self._entity_of(label, name)
            said = [short for short in short_names(label, name) if not self._generic.fullmatch(short)]
            if label == "INITIATIVE":
                said += [end for end in ends if name.endswith(end) and name != end]
            for short in said:
                if not self._owners.tells_no_owner(short):
                    meant.setdefault((label, short), set()).add(entity)
        return {short: one.pop() for short, one in meant.items() if len(one) == 1}

    def _introduce(
        self, text: _Text, start: int, end: int, mention: Candidate, learned: dict[tuple[str, str], str]
    ) -> None:
        name = text.view[start:end]
        edition = _edition(text.view, mention) if mention.label == "MEETING" else ""
        numbered = re.fullmatch(rf"(?P<series>.*[A-Za-z])(?:{edition}| [IVX]+)", name) if edition else None
        if numbered:
            # The fifth ABC has the abbreviation ABC5.
            name = numbered["series"]
            end = start + len(name)
        # United Nations in a foreign name is no reason against it; another meeting there is.
        inside = [c for c in text.standing if c.label in CORE and c.start < end and start < c.end]
        same = [c for c in inside if (c.start, c.end) == (start, end)]
        # ReArm Europe Plan is a longer name than ReArm Europe.
        longer = name.isascii() and all(c.label == mention.label and start <= c.start and c.end <= end for c in inside)
        if inside and not (same or longer):
            return
        full = max((mention, *same), key=lambda c: (bool(c.entity_id), c.end - c.start))
        if full.label not in ("MEETING", "INITIATIVE"):
            return
        entity = full.entity_id or self._entity_of(full.label, text.view[full.start : full.end])
        for other in (name, text.view[mention.start : mention.end]):
            if not self._namer.is_two_plus_two(other) and not self._several.fullmatch(other):
                learned.setdefault((mention.label, other), entity)
        if not same:
            text.found.append(Candidate(start, end, mention.label, LEARNED, 1, entity_id=entity))

    def _meant(self, texts: list[_Text], roll: Roll, dated: list[Dated], published: str) -> dict[Span, Meant]:
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

    def _ministers(self, texts: list[_Text], roll: Roll, meant: dict[Span, Meant]) -> dict[Span, Person]:
        """The person of every minister's mention, bare names included, and of every official who is known."""
        ordered = [(text, c) for text in texts for c in text.standing if c.label == "MINISTER"]
        looked_up = [meant.get((text.block.block_id, c.start, c.end)) for text, c in ordered]
        assigned = roll.register((c for _, c in ordered), looked_up)
        persons = {span: Person(known.person.name, known=known.person) for span, known in meant.items()}
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

    def _propose(self, texts: list[_Text]) -> None:
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
        texts: list[_Text],
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
                    entity = entity_id(candidate.label, person.key)
                elif candidate.label in ("MEETING", "INITIATIVE"):
                    entity = learned.get((candidate.label, name), entity) or self._entity_of(candidate.label, name)
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

    def _entity_of(self, label: str, name: str) -> str:
        maker: Callable[[str], str] = self._namer.meeting if label == "MEETING" else self._namer.initiative
        return maker(name)


def in_order(mentions: list[Mention], document: Document) -> tuple[Mention, ...]:
    """The mentions in the order of the blocks, then of the text."""
    place = {block.block_id: at for at, block in enumerate(document.blocks)}
    return tuple(sorted(mentions, key=lambda m: (place[m.block_id], m.start, m.end)))


def _stands_alone(view: str, start: int, end: int, _label: str) -> bool:
    """Whether a short name is no part of a compound, and no この or その refers with it to what was said."""
    return not (
        _COMPOUND.match(view[start - 1 : start])
        or _COMPOUND.match(view[end : end + 1])
        or _REFERS.search(view, 0, start)
    )


_COMPOUND = re.compile(r"[一-龥々ァ-ヺー・A-Za-z0-9]")
_REFERS = re.compile(r"(?:この|その|次の|以下の|上の|右の)「?$")


_LEARNED_LENGTH = 5
"""Characters of a quoted name, at least, that is known without its quotation marks too."""

SOURCE = "ginza"
"""``source`` of the mentions that the model found."""


def _mention(text: _Text, candidate: Candidate, entity: str, full_name: str) -> Mention:
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
        edition=_edition(text.view, candidate) if label == "MEETING" else "",
    )


def _edition(view: str, candidate: Candidate) -> str:
    """The edition in front of a meeting's name, or right behind it (PALM10)."""
    before = _EDITION.search(view, max(0, candidate.start - 12), candidate.start)
    if before:
        return str(number(before["number"]) or "")
    after = _EDITION_AFTER.match(view, candidate.end)
    return after["number"] if after and after["number"].isdigit() else ""


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
