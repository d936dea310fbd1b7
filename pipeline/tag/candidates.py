"""What rules and catalogues see in a text, and which of it stands where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.rules.engine import Book, Rule
from pipeline.rules.patterns import alternation
from pipeline.text import plain


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span ``text[start:end]`` that something takes for a mention; ``source`` names it.

    ``entity_id`` is set where the source knows the entity. For a minister ``name``, ``office`` and
    ``state`` are the parts as printed; ``former`` says that 元 or 前 stands between them.
    """

    start: int
    end: int
    label: str
    source: str
    rank: int = 0
    entity_id: str = ""
    name: str = ""
    office: str = ""
    state: str = ""


CATALOGUE = "catalogue"
"""``source`` of a name found in the lists of names, followed by the entity's key."""

LEARNED = "learned"
"""``source`` of a name that the document itself gave as another name of an entity."""

_SOURCES = {LEARNED: 0, CATALOGUE: 1}
"""Which sources go before rules, and which of them first."""

KNOWN_ONLY = "?"
"""At the end of a rule's label: the span counts only if the document names the person in full."""

_VARIANTS = (
    ("イニシアティブ", "イニシアチブ", "イニシアティヴ"),
    ("強靱", "強靭"),
    ("か国", "カ国", "ヵ国", "ヶ国", "ケ国", "カ国"),
    ("会合", "会議"),
    ("ジュネーブ", "ジュネーヴ"),
    ("プラス", "+"),
    ("枠組み", "枠組"),
    ("島嶼国", "島しょ国"),
    ("ベトナム", "ヴェトナム"),
    ("ネゲブ", "ネゲヴ"),
    ("ヴァルダイ", "バルダイ"),
    ("ビリニュス", "ヴィリニュス"),
)
"""Spellings of one word; a catalogued name is known in each of them."""


class Catalogue:
    """All names of some labels, found in one pass over a text."""

    def __init__(self, book: Book, labels: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        for label in labels:
            for entity in book.of(label):
                for name in entity.names:
                    for form in variants(plain(name)):
                        self._known.setdefault(form, (label, entity.id))
        self._pattern = re.compile(alternation(self._known)) if self._known else None

    def find(self, view: str) -> Iterator[Candidate]:
        """The names in a text (`pipeline.text.plain` of it), the longest first at each place."""
        if self._pattern is None:
            return
        at = 0
        while match := self._pattern.search(view, at):
            start, end = match.span()
            # A shorter name may end at a word's end where the longest does not.
            while end > start and not self._stands(view, start, end):
                end -= 1
            if end == start:
                at = start + 1
                continue
            label, entity_id = self._known[view[start:end]]
            yield Candidate(start, end, label, f"{CATALOGUE}:{entity_id.partition(':')[2]}", entity_id=entity_id)
            at = end

    def _stands(self, view: str, start: int, end: int) -> bool:
        known = self._known.get(view[start:end])
        return known is not None and stands(view, start, end, known[0])

    def names(self, label: str) -> list[tuple[str, str]]:
        """Every name (folded) of a label, with the entity's id."""
        return [(name, entity_id) for name, (of, entity_id) in self._known.items() if of == label]

    def entity(self, label: str, name: str) -> str:
        """The id of the entity of that name (folded), or an empty string."""
        found = self._known.get(name)
        return found[1] if found and found[0] == label else ""


def variants(name: str) -> list[str]:
    """The name in all spellings of `_VARIANTS`, itself first."""
    forms = [name]
    for group in _VARIANTS:
        for word in group:
            if word in name and not (word == "+" and name == "+"):
                forms += [form.replace(word, other) for form in list(forms) for other in group if other != word]
                break
    return list(dict.fromkeys(forms))


_EDITION = re.compile(r"[0-9]{1,2}(?![0-9])|[IVX]{2,5}(?![A-Za-z])")
_LATIN = re.compile(r"[A-Za-z0-9]")
_KATAKANA = re.compile(r"[ァ-ヺー]")


def stands(view: str, start: int, end: int, label: str) -> bool:
    """Whether a name of that label stands there as a word of its own, or with its edition right behind it: PALM10."""
    edition = _EDITION.match(view, end) if label == "MEETING" and view[end - 1].isupper() else None
    return whole_word(view, start, edition.end() if edition else end)


def whole_word(view: str, start: int, end: int) -> bool:
    """Whether a span does not begin or end inside a word of Latin letters or katakana."""
    if view.startswith("プラス", end) and _LATIN.match(view[end - 1]):
        return False
    for kind in (_LATIN, _KATAKANA):
        if start and kind.match(view[start]) and kind.match(view[start - 1]):
            return False
        if end < len(view) and kind.match(view[end - 1]) and kind.match(view[end]):
            return False
    return True


def of_rules(rules: Iterable[Rule], view: str) -> Iterator[Candidate]:
    """What the rules find in a text (`pipeline.text.plain` of it)."""
    for rule in rules:
        for low, high, match in rule.find(view):
            start, end = balanced(view, low, high)
            if start == end:
                continue
            groups = match.groupdict()
            yield Candidate(
                start,
                end,
                rule.yields,
                rule.id,
                rule.rank,
                entity_id=str(rule.set.get("entity", "")),
                name=groups.get("name") or "",
                office=groups.get("office") or "",
                state=groups.get("state") or "",
            )


def balanced(view: str, start: int, end: int) -> tuple[int, int]:
    """The span with the partner of a quotation mark that stands right outside it; an empty one where there is none."""
    text = view[start:end]
    missing = text.count("」") - text.count("「")
    if missing == 1 and view[start - 1 : start] == "「":
        return start - 1, end
    if missing == -1 and view[end : end + 1] == "」":
        return start, end + 1
    return (start, end) if not missing else (start, start)


def standing(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stand, in text order; no two overlap.

    A rank above 0 beats all below it; then the longest wins, then the higher rank, then a name that
    the document gave, then one of the catalogue, then what begins first.
    """
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=_precedence):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            chosen.append(candidate)
            taken.update(places)
    return sorted(chosen, key=lambda c: c.start)


def overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates share a character."""
    return one.start < other.end and other.start < one.end


def _precedence(candidate: Candidate) -> tuple[int, int, int, int, int, str]:
    return (
        -max(candidate.rank, 0),
        candidate.start - candidate.end,
        -candidate.rank,
        _SOURCES.get(candidate.source.partition(":")[0], 2),
        candidate.start,
        candidate.source,
    )
