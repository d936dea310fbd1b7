"""Splits text into sentences by rules on characters.

The rules need no model, so that sentences are the same whatever tags the text, and a
tokenizer's cut can never move one.
"""

from __future__ import annotations

import re
from collections import Counter

WHOLE_KINDS: frozenset[str] = frozenset({"title", "subtitle", "front_matter", "heading", "caption", "table"})
"""Kinds of block that are one sentence each: their full stops number or abbreviate."""

STOPS = "。！？"
"""What ends a sentence of running text in Japanese."""

_PAIRS = dict(zip('「『（(“〈《【〔[［"', '」』）)”〉》】〕]］"', strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_ROUND = frozenset("（(")
_WIDE_ENDS = frozenset("。！？｡")
_ENDS = _WIDE_ENDS | frozenset(".!?")
_GO_ON = frozenset("、，,・…‥―—─;；:：")
"""What never begins a sentence: after it, ！ or ？ was an exclamation inside one."""

_SHORT_WORDS = (
    "mr mrs ms dr prof gen lt col maj capt cmdr adm sgt sen rep gov amb hon st jr sr "
    "no nos vol vols p pp ed eds fig ch sec art para cf al op cit ibid e.g i.e vs viz ca rev trans "
    "co corp inc ltd jan feb mar apr jun jul aug sep sept oct nov dec"
)
_ABBREVIATIONS = frozenset(_SHORT_WORDS.split())
"""Words before a full stop that ends no sentence: titles and ranks, terms of citing, firms, months."""
_LAST_WORD = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")
_NUMBERING = re.compile(r"\s*(?:\d+(?:\.\d+)*|[A-Za-z]|[ivxIVX]+)")
_LONGEST_WORD = 16
"""How far to look back for an abbreviation or a numbering."""


def split(text: str, kind: str = "paragraph") -> list[tuple[int, int]]:
    """The sentences of a block's text as (start, end), in order.

    They tile the text: the first starts at 0, each starts where the one before ends, the last
    ends at ``len(text)``; white space and closing brackets after an end belong to the sentence
    before. No text, no sentence. A full stop inside brackets or quotation marks ends nothing,
    unless the brackets hold a whole sentence; brackets without a partner are no brackets.

    ``kind`` is the block's: those of `WHOLE_KINDS` are one sentence.
    """
    if not text:
        return []
    if kind in WHOLE_KINDS:
        return [(0, len(text))]
    partners = _partners(text)
    found: list[tuple[int, int]] = []
    start = at = 0
    while at < len(text):
        if at in partners:
            after = partners[at] + 1
            ended = text[after - 2] in _ENDS and _closes_sentence(text, start, at, after)
        elif text[at] in _ENDS:
            after = _past(text, at, partners)
            ended = _ends_sentence(text, start, at, after)
        else:
            at += 1
            continue
        if ended:
            after = _past_space(text, after)
            found.append((start, after))
            start = after
        at = after
    if start < len(text):
        found.append((start, len(text)))
    return found


def _partners(text: str) -> dict[int, int]:
    """Offset of the closing bracket for each opening one that has a partner."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    wanted: Counter[str] = Counter()
    for at, char in enumerate(text):
        if char in _CLOSERS and wanted[char]:
            # What was opened later and not closed by now never will be.
            while True:
                opened = waiting.pop()
                closer = _PAIRS[text[opened]]
                wanted[closer] -= 1
                if closer == char:
                    break
            found[opened] = at
        elif char in _PAIRS:
            waiting.append(at)
            wanted[_PAIRS[char]] += 1
    return found


def _past(text: str, at: int, partners: dict[int, int]) -> int:
    """Offset behind an end at ``at`` and what belongs to it: more ends (！？) and closing brackets."""
    at += 1
    while at < len(text) and at not in partners and (text[at] in _ENDS or text[at] in _CLOSERS):
        at += 1
    return at


def _past_space(text: str, at: int) -> int:
    """Offset of the first character at or after ``at`` that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, start: int, at: int, after: int) -> bool:
    """Whether the stop at ``at``, outside brackets, ends the sentence begun at ``start``."""
    following = text[after : after + 1]
    if not following:
        return True
    if text[at] in _WIDE_ENDS:
        return text[at] in "。｡" or following not in _GO_ON
    if text[at] in "!?" and not following.isascii():
        return following not in _GO_ON
    at_next = _past_space(text, after)
    if not following.isspace() or not _may_begin(text[at_next : at_next + 1]):
        return False
    return text[at] != "." or not _abbreviates(text, start, at)


def _closes_sentence(text: str, start: int, opened: int, after: int) -> bool:
    """Whether brackets from ``opened`` to ``after`` with a stop at their end close a sentence.

    「…。」と述べた goes on; （…。） that stands by itself does not; "….” before a capital does not.
    """
    following = text[after : after + 1]
    if not following:
        return True
    alone = _past_space(text, start) == opened
    if alone and text[opened] in _ROUND:
        return following not in _GO_ON
    if following.isspace():
        at_next = _past_space(text, after)
        next_char = text[at_next : at_next + 1]
        return (alone and not next_char.isascii()) or not next_char or next_char.isupper()
    return False


def _may_begin(char: str) -> bool:
    """Whether a sentence in Latin type, or one after it, can begin with the character."""
    return not char or char.isupper() or char in _PAIRS or (not char.isascii() and char not in _GO_ON)


def _abbreviates(text: str, start: int, at: int) -> bool:
    """Whether the full stop at ``at`` marks an abbreviation, an initial or a numbering."""
    before = text[max(start, at - _LONGEST_WORD) : at]
    if at - start < _LONGEST_WORD and _NUMBERING.fullmatch(before):
        return True
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group()
    initial = len(last) == 1 or last[-2] == "."
    return (initial and last[-1].isupper()) or last.lower() in _ABBREVIATIONS


def around(view: str, start: int, end: int = 0) -> tuple[int, int]:
    """Where the sentence around ``view[start:end]`` begins, and where its stop is (the text's length without one).

    Without an ``end`` it is the one around a place. Stops alone tell it, also inside brackets: for what looks at the
    words near a place.
    """
    ends = (at for stop in STOPS if (at := view.find(stop, max(start, end))) >= 0)
    return max(view.rfind(stop, 0, start) for stop in STOPS) + 1, min(ends, default=len(view))
