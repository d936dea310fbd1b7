"""A note's text as items: quotations, brackets, addresses, what the rules find, and the text between.

Everything works on `pipeline.text.plain` of the note, which is one character for one, so that every offset is
one into the note's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.resolve.addresses import Address, addresses
from pipeline.rules.engine import Found, Rule, book
from pipeline.text import plain

ELEMENTS = (
    *("date", "accessed", "pages", "volume", "issue", "edition", "locator", "genre", "doi"),
    *("same", "prior", "note"),
)
"""What rules for pieces of a citation yield."""
_QUOTES = {"「": "」", "“": "”", "«": "»", "‘": "’"}
_BOOKS = {"『": "』", "《": "》"}
_PARENS = {"（": "）", "〔": "〕", "[": "]", "【": "】", "〈": "〉"}
_KIND = dict.fromkeys(_QUOTES, "quote") | dict.fromkeys(_BOOKS, "book") | dict.fromkeys(_PARENS, "paren")
_CLOSING = _QUOTES | _BOOKS | _PARENS
_HIDDEN = "\ufffc"
"""Stands for each character that no rule may read: those of titles and addresses."""
_COMMAS = "、,，"
_STOPS = "。；;\n"
_CJK = r"[\u3041-\u30ff\u3400-\u9fff]"
_LATIN_STOP = re.compile(rf"\.(?!\s+[Уу]каз\. ?соч)(?=\s*$|\s+[\"“‘'«]?[A-ZÀ-ÞА-ЯЁ0-9]|\s*{_CJK}|\s*[「『《※])")
_ABBREVIATION = re.compile(
    r"(?:(?<![A-Za-zА-Яа-яё])(?:[A-ZА-ЯЁ]|(?i:pp?|vols?|nos?|eds?|trans|al|vs|cf|cit|Jr|Sr|Dr|Mr|Mrs|Ms|Prof|Gen|Adm|Col|"
    r"Lt|Maj|Capt|Sen|Rep|Gov|St|Mt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Univ|Dept|Rev|chaps?|"
    r"secs?|arts?|paras?|figs?|nn?|approx|Docs?|Res|Rept|Stat|Vgl|Hrsg|Bd|Jg|Nr|Nos|viz|i\.e|e\.g|esp|Ph|Mass|Conn|Calif|Va|comp|diss|ser|repr|orig|ibid|id|стр|ред|"
    r"соч|изд|Указ|им))|№ ?[0-9]+|\b[A-Z]\.[A-Z])$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a note, ``text[start:end]``.

    ``kind`` is ``quote``, ``book``, ``paren``, ``url``, ``comma``, ``stop``, ``text``, ``form`` or one of `ELEMENTS`.
    Quotations and brackets have their ``inner`` span, what rules find has ``rule`` and ``found``, addresses ``url``.
    """

    kind: str
    start: int
    end: int
    inner: tuple[int, int] = (0, 0)
    rule: Rule | None = None
    found: Found | None = None
    url: str = ""

    def group(self, name: str) -> tuple[int, int] | None:
        """The span of the rule's group of this name, or of the same name with a digit after it."""
        if self.found is None:
            return None
        for key, value in self.found.match.groupdict().items():
            if value and key.rstrip("0123456789") == name:
                return self.found.match.span(key)
        return None


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(book().yielding(label))


class Scan:
    """A note read once; `items` gives its pieces on one level of brackets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = plain(text)
        self._addresses = addresses(text)
        self._pairs = _pairs(text, self.view, self._addresses)
        without_urls = _hide(self.view, [(a.start, a.end) for a in self._addresses])
        titles = [pair for pair in self._pairs if pair.kind in ("quote", "book")]
        self.masked = _hide(without_urls, [pair.inner for pair in titles])
        self._elements = self._find_elements()
        self._forms = self._find_forms(without_urls, titles)

    def items(self, start: int, end: int) -> list[Item]:
        """The pieces of ``text[start:end]`` outside its brackets, in order; together they are all of it."""
        known = sorted(self._known(start, end), key=lambda item: (item.start, -item.end))
        found: list[Item] = []
        at = start
        for item in known:
            if item.start < at:
                continue
            found += self._plain_items(at, item.start)
            found.append(item)
            at = item.end
        found += self._plain_items(at, end)
        return found

    def sentences(self, start: int, end: int) -> Iterator[list[Item]]:
        """The items of each sentence in turn, its closing stop last; together they are all of the text."""
        sentence: list[Item] = []
        for item in self.items(start, end):
            sentence.append(item)
            if item.kind == "stop":
                yield sentence
                sentence = []
        if sentence:
            yield sentence

    def _known(self, start: int, end: int) -> Iterator[Item]:
        """Outermost brackets, addresses and elements of a span, forms before all others."""
        forms = [form for form in self._forms if start <= form.start and form.end <= end]
        yield from forms
        taken = [(form.start, form.end) for form in forms]
        last = start
        for pair in self._pairs:
            if start <= pair.start and pair.end <= end and pair.start >= last and not _within(pair, taken):
                yield pair
                taken.append((pair.start, pair.end))
                last = pair.end
        for address in self._addresses:
            if start <= address.start and address.end <= end:
                yield Item("url", address.start, address.end, url=address.url)
        for element in self._elements:
            if start <= element.start and element.end <= end:
                yield element

    def _find_elements(self) -> list[Item]:
        """What rules find outside titles and addresses, the higher ranks first; of one rank, the longest."""
        rules = [(rule, label) for label in ELEMENTS for rule in _rules(label)]
        chosen: list[Item] = []
        for rank in sorted({rule.rank for rule, _ in rules}, reverse=True):
            view = _hide(self.masked, [(item.start, item.end) for item in chosen])
            found = [
                Item(label, hit.start, hit.end, rule=rule, found=hit)
                for rule, label in rules
                if rule.rank == rank
                for hit in rule.find(view)
                if _HIDDEN not in view[hit.start : hit.end]
            ]
            for item in sorted(found, key=lambda item: (item.start - item.end, item.start)):
                if not _within(item, [(other.start, other.end) for other in chosen]):
                    chosen.append(item)
        return sorted(chosen, key=lambda item: item.start)

    def _find_forms(self, view: str, titles: list[Item]) -> list[Item]:
        found: list[Item] = []
        ranked = sorted(_rules("form"), key=lambda rule: -rule.rank)
        for rule in ranked:
            for hit in rule.find(view):
                inside = any(t.start < hit.start < t.end or t.start < hit.end < t.end for t in titles)
                item = Item("form", hit.start, hit.end, rule=rule, found=hit)
                if not inside and not _within(item, [(other.start, other.end) for other in found]):
                    found.append(item)
        return found

    def _plain_items(self, start: int, end: int) -> Iterator[Item]:
        """Commas, stops and the text between them."""
        at = start
        for pos in range(start, end):
            kind = "comma" if self.view[pos] in _COMMAS else "stop" if self._stops(pos) else ""
            if kind:
                if at < pos:
                    yield Item("text", at, pos)
                yield Item(kind, pos, pos + 1)
                at = pos + 1
        if at < end:
            yield Item("text", at, end)

    def _stops(self, pos: int) -> bool:
        """Whether the character ends a sentence."""
        if self.view[pos] in _STOPS:
            return True
        if self.view[pos] != "." or not _LATIN_STOP.match(self.masked, pos):
            return False
        if re.match(rf"\.(?:\s*$|{_CJK})", self.masked[pos:]):
            # An abbreviation may end a sentence too, but no number or page follows it there.
            return not re.match(r"\.\s*[0-9]", self.masked[pos:])
        return not _ABBREVIATION.search(self.masked[max(0, pos - 12) : pos])


def _within(item: Item, spans: list[tuple[int, int]]) -> bool:
    """Whether the item shares a character with one of the spans."""
    return any(item.start < high and low < item.end for low, high in spans)


def _hide(view: str, spans: list[tuple[int, int]]) -> str:
    chars = list(view)
    for low, high in spans:
        chars[low:high] = _HIDDEN * (high - low)
    return "".join(chars)


def _pairs(text: str, view: str, found: list[Address]) -> list[Item]:
    """Brackets and quotations with their partners, by their start; those that stand in others too."""
    if view.count("“") != view.count("”"):  # ”…” and “…“ are typed for “…”
        view = view.translate(str.maketrans("“”„", '"""'))
    inside_url = {at for address in found for at in range(address.start, address.end)}
    waiting: dict[str, list[int]] = {closing: [] for closing in _CLOSING.values()}
    pairs: dict[int, tuple[int, str]] = {}
    for at, char in enumerate(view):
        if at in inside_url:
            continue
        char = text[at] if text[at] in "‘’" else char
        if char in _CLOSING and not (char == "‘" and not _opens(text, at)):
            waiting[_CLOSING[char]].append(at)
        elif waiting.get(char) and not (char == "’" and not _closes(text, at)):
            opening = waiting[char].pop()
            pairs[opening] = (at, _KIND[text[opening] if text[opening] in "‘’" else view[opening]])
    pairs |= _straight(view, '"', inside_url)
    for opening, (closing, kind) in _straight(view, "'", inside_url, curly=text).items():
        if not any(
            opening < low < closing < high or low < opening < high < closing for low, (high, _) in pairs.items()
        ):
            pairs[opening] = (closing, kind)
    items = [Item(kind, opening, closing + 1, (opening + 1, closing)) for opening, (closing, kind) in pairs.items()]
    items = [replace(item, kind="quote") if _is_chinese_title(view, item) else item for item in items]
    items += _unclosed(view, waiting, found, items)
    return sorted(items, key=lambda item: (item.start, -item.end))


def _is_chinese_title(view: str, item: Item) -> bool:
    """Whether 〈 〉 hold the title of an article, as where 《journal》 follows in books from Taiwan."""
    return view[item.start] == "〈" and bool(re.match(r"[，,、 ]{0,2}[《『]", view[item.end :]))


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return (not before.strip() or before in '([（「『“"、。,') and bool(after.strip())


def _closes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before.strip()) and (not after or after in ',.;:)]）、。」』”"' or (after == " " and before in ",.?!"))


def _straight(view: str, mark: str, skip: set[int], curly: str = "") -> dict[int, tuple[int, str]]:
    """Quotations in straight marks, which tell their direction by what stands around them."""
    found: dict[int, tuple[int, str]] = {}
    opening = -1
    for at, char in enumerate(view):
        if char != mark or at in skip or (curly and curly[at] in "‘’"):
            continue
        if opening < 0:
            if _opens(view, at) or (mark == '"' and at + 1 < len(view)):
                opening = at
        elif _closes(view, at) or (mark == '"' and (view[at - 1] in ",.?!" or not _opens(view, at))):
            found[opening] = (at, "quote")
            opening = -1
    return found


def _unclosed(view: str, waiting: dict[str, list[int]], found: list[Address], items: list[Item]) -> list[Item]:
    """A title whose closing mark was forgotten ends where the address begins."""
    more: list[Item] = []
    for closing in ("」", "』", "”"):
        for opening in waiting[closing]:
            address = next((a for a in found if a.start > opening), None)
            inside = any(item.start < opening < item.end for item in items)
            if address and not inside and "。" not in view[opening : address.start]:
                kind = _KIND[view[opening]]
                end = opening + len(view[opening : address.start].rstrip())
                more.append(Item(kind, opening, end, (opening + 1, end)))
    return more
