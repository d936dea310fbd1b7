"""Finds quotations and URLs in the text of a note."""

from __future__ import annotations

import re

_PAIRS = {"「": "」", "『": "』", "“": "”"}
_STRAIGHT = '"'

_URL = re.compile(r"https?://[!-~]+")
_AFTER_URL = ".,;:!?'\">"
"""ASCII characters that close the sentence and not the URL, when they stand last."""
_BRACKETS = {")": "(", "]": "["}


def quotations(text: str) -> list[tuple[int, int]]:
    """The outermost quotations 「…」 『…』 “…” "…" as (start, end) offsets, marks included, in order.

    Quotations within quotations count as text. A mark without its partner quotes nothing.
    """
    closing = _closing_marks(text)
    found: list[tuple[int, int]] = []
    for start, last in sorted(closing.items()):
        if not found or start >= found[-1][1]:
            found.append((start, last + 1))
    return found


def _closing_marks(text: str) -> dict[int, int]:
    """Offset of the closing mark for each opening one; each kind of mark pairs for itself."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {mark: [] for mark in (*_PAIRS.values(), _STRAIGHT)}
    for at, char in enumerate(text):
        if char in _PAIRS:
            waiting[_PAIRS[char]].append(at)
        elif waiting.get(char):
            found[waiting[char].pop()] = at
        elif char == _STRAIGHT:
            waiting[_STRAIGHT].append(at)
    return found


def first_url(text: str) -> tuple[str, int] | None:
    """The first URL of a text and its start; None if there is none.

    It ends before the first character outside printable ASCII, then loses what closes the
    sentence around it: full stops, commas and the like, and a bracket that opens outside.
    """
    match = _URL.search(text)
    if match is None:
        return None
    url = match.group()
    spare = {closing: url.count(closing) - url.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(url)
    while url[end - 1] in _AFTER_URL or spare.get(url[end - 1], 0) > 0:
        end -= 1
        if url[end] in spare:
            spare[url[end]] -= 1
    return url[:end], match.start()
