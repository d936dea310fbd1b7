"""Finds again the words that a correction is about."""

from __future__ import annotations

from pipeline.document import Block, Document


class UnfitError(Exception):
    """The correction does not fit the document; the message says why."""


def place_of(document: Document, quote: str, before: str, after: str) -> tuple[Block, int, int]:
    """The one block and span (0-based, end exclusive) where these words stand between these others.

    Where the words stand only once, what is around them may differ. Raises `UnfitError` where there is no such place
    or more than one.
    """
    everywhere = [
        (block, start, start + len(quote)) for block in document.blocks for start in _starts(block.text, quote)
    ]
    fitting = [
        (block, start, end)
        for block, start, end in everywhere
        if block.text[:start].endswith(before) and block.text[end:].startswith(after)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if len(everywhere) == 1:
        return everywhere[0]
    if not everywhere:
        raise UnfitError("these words do not stand in the text")
    if not fitting:
        raise UnfitError("these words no longer stand between those before and after them")
    raise UnfitError(f"these words stand in {len(fitting)} places; give more of what is before and after them")


def _starts(text: str, quote: str) -> list[int]:
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found
