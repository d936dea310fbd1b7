"""Names that a document introduces: they are found in all of it, and mean what they meant there."""

from __future__ import annotations

import re

from pipeline.rules.engine import Book
from pipeline.tag.candidates import LEARNED, Candidate, stands
from pipeline.tag.learn import aliases, short_names
from pipeline.tag.naming import Namer
from pipeline.tag.owners import Owners
from pipeline.tag.texts import Text, edition
from pipeline.vocabulary import CORE

Names = dict[tuple[str, str], str]
"""The entity of each label and name."""

_INTRODUCED = ("MEETING", "INITIATIVE")

_QUOTED_LENGTH = 5
"""Characters of a quoted name, at least, that is known without its quotation marks too; one found by rule has more."""


class Introductions:
    """Learns the names that a document introduces."""

    def __init__(self, book: Book, namer: Namer, owners: Owners) -> None:
        self._namer = namer
        self._owners = owners
        self._several = book.pattern("{SEVERAL_MEETINGS}")
        self._generic = book.pattern(
            r"(?:{NOT_NAME}).*|(?!コンパス|アウトルック|[三四五3-5])(?:{INITIATIVE_NOUN}|{INITIATIVE_WORD})"
        )

    def learn(self, texts: list[Text]) -> Names:
        """Adds what is introduced to ``Text.found``, settles every text, and gives the names with their entities."""
        learned: Names = {}
        for text in texts:
            for mention in list(text.standing):
                if mention.label not in _INTRODUCED:
                    continue
                for alias in aliases(text.view, mention):
                    self._introduce(text, alias.start, alias.end, mention, learned)
                if mention.label == "INITIATIVE" and self._is_telling(text, mention):
                    # What is named in quotation marks, or by what was done with it, has that name without those too.
                    learned.setdefault((mention.label, text.name(mention)), self._entity(text, mention))
        short = self._shortened(texts, learned)
        for text in texts:
            seen = {(c.start, c.end, c.label) for c in text.found}
            for (label, name), entity in [*learned.items(), *short.items()]:
                alone = _stands_alone if (label, name) in short else stands
                for match in re.finditer(re.escape(name), text.view):
                    if (*match.span(), label) not in seen and alone(text.view, *match.span(), label):
                        text.found.append(Candidate(*match.span(), label, LEARNED, entity_id=entity))
            text.settle()
        same = {self._namer.entity(label, name): entity for (label, name), entity in short.items()}
        return short | {name: same.get(entity, entity) for name, entity in learned.items()}

    def _introduce(self, text: Text, start: int, end: int, mention: Candidate, learned: Names) -> None:
        name = text.view[start:end]
        number = edition(text.view, mention) if mention.label == "MEETING" else ""
        numbered = re.fullmatch(rf"(?P<series>.*[A-Za-z])(?:{number}| [IVX]+)", name) if number else None
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
        if full.label not in _INTRODUCED:
            return
        entity = self._entity(text, full)
        for other in (name, text.name(mention)):
            if not self._namer.is_two_plus_two(other) and not self._several.fullmatch(other):
                learned.setdefault((mention.label, other), entity)
        if not same:
            text.found.append(Candidate(start, end, mention.label, LEARNED, 1, entity_id=entity))

    def _is_telling(self, text: Text, mention: Candidate) -> bool:
        """Whether quotation marks or a rule tell that something is an initiative, and its name would tell elsewhere."""
        name = text.name(mention)
        quoted = (
            text.view[mention.start - 1 : mention.start] == "「" and text.view[mention.end : mention.end + 1] == "」"
        )
        by_rule = mention.source.startswith("initiative.") and not self._owners.tells_no_owner(name)
        return "（" not in name and (
            (quoted and len(name) >= _QUOTED_LENGTH) or (by_rule and len(name) > _QUOTED_LENGTH)
        )

    def _shortened(self, texts: list[Text], learned: Names) -> Names:
        """Short names of what the document names in full; none that could mean two of them."""
        full = {(c.label, text.name(c)): c for text in texts for c in text.standing if c.label in _INTRODUCED}
        ends = [name for (label, name), c in full.items() if label == "INITIATIVE" and not c.entity_id]
        meant: dict[tuple[str, str], set[str]] = {}
        for (label, name), candidate in full.items():
            entity = learned.get((label, name)) or candidate.entity_id or self._namer.entity(label, name)
            said = [short for short in short_names(label, name) if not self._generic.fullmatch(short)]
            if label == "INITIATIVE":
                said += [end for end in ends if name.endswith(end) and name != end]
            for short in said:
                if not self._owners.tells_no_owner(short):
                    meant.setdefault((label, short), set()).add(entity)
        return {short: one.pop() for short, one in meant.items() if len(one) == 1}

    def _entity(self, text: Text, candidate: Candidate) -> str:
        return candidate.entity_id or self._namer.entity(candidate.label, text.name(candidate))


def _stands_alone(view: str, start: int, end: int, _label: str) -> bool:
    """Whether a short name is no part of a compound, and no この or その refers with it to what was said."""
    return not (
        _COMPOUND.match(view[start - 1 : start])
        or _COMPOUND.match(view[end : end + 1])
        or _REFERS.search(view, 0, start)
    )


_COMPOUND = re.compile(r"[一-龥々ァ-ヺー・A-Za-z0-9]")
_REFERS = re.compile(r"(?:この|その|次の|以下の|上の|右の|前回の|今回の|次回の)「?$")
