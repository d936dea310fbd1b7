"""States by what texts call them. Part of the stages' common knowledge."""

from __future__ import annotations

from functools import cache

from pipeline.rules.engine import Book
from pipeline.text import plain


@cache
def codes(book: Book) -> dict[str, str]:
    """The ISO 3166-1 alpha-3 code of each state's names and of the letters that stand for it (米, 露), folded."""
    found: dict[str, str] = {}
    for label in ("STATE_LETTER", "COUNTRY"):
        for entity in book.of(label):
            found |= dict.fromkeys(map(plain, entity.names), entity.key)
    return found
