"""The rules of facts, by what they yield."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.resolve.facts.states import States
from pipeline.rules.engine import Book, Found, Rule


class Rulebook:
    """The rules that read a `View`, and what is known of states and cities."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.states = States(book)
        self._rules: dict[str, list[Rule]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def rules(self, kind: str) -> list[Rule]:
        """The rules that yield a kind of finding."""
        if kind not in self._rules:
            self._rules[kind] = self.book.yielding(kind)
        return self._rules[kind]

    def find(self, kind: str, text: str) -> Iterator[Found]:
        """What the rules of a kind find in the text of a view."""
        for rule in self.rules(kind):
            yield from rule.find(text)

    def pattern(self, pattern: str) -> re.Pattern[str]:
        """A pattern over the named sub-patterns of the rule files."""
        if pattern not in self._patterns:
            self._patterns[pattern] = self.book.pattern(pattern)
        return self._patterns[pattern]

    def is_no_place(self, word: str) -> bool:
        """Whether a word before で is how something was held, and no place (オンライン)."""
        return word in self.book.lists["ONLINE"] or word in self.book.lists["NO_PLACE"]


@cache
def rulebook(book: Book) -> Rulebook:
    """The rulebook of a book, made once."""
    return Rulebook(book)
