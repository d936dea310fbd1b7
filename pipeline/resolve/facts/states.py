"""States and cities: ISO codes of names and letters, who meets by a meeting's name, a city's country."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.rules.engine import Book
from pipeline.rules.states import codes
from pipeline.rules.statesmen import Statesmen
from pipeline.text import plain

_KANJI = re.compile("[一-龥々]")


class States:
    """What the rule files know of states, their letters, and cities."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def code(self, printed: str) -> str:
        """The alpha-3 code of a state's name or letter (米国, 米, 中), empty if it is none."""
        return self._codes.get(plain(printed).strip("「」"), "")

    def of_statesman(self, name: str) -> str:
        """The alpha-3 code of the only state that had a minister of this name, in full or by surname; else empty."""
        # A surname of one character is of many states.
        men = self._statesmen.named(name) if _KANJI.match(name) else self._statesmen.called(name)
        states = {state for man in men for state in man.states if state.isupper()}
        return next(iter(states)) if len(states) == 1 else ""

    def of_city(self, city: str) -> str:
        """The alpha-3 code of a city's country, empty if unknown."""
        return self._cities.get(plain(city), "")

    def is_city(self, name: str) -> bool:
        """Whether the rule files know a city of this name (シンガポール is one too)."""
        return plain(name) in self._cities

    def last(self, text: str) -> str:
        """The code of the last state named in full in a text, empty for none."""
        found = [match[0] for match in self._named.finditer(text)]
        return self.code(found[-1]) if found else ""

    def parties(self, name: str) -> frozenset[str]:
        """The states that meet by a name (日米豪防衛相会談), empty unless it names two or more and no group."""
        text = re.sub(r"^(?:第[0-9]+回)?(?:拡大|特別|臨時|緊急|非公式|合同)?", "", plain(name))
        found: list[str] = []
        at = 0
        while match := self._party.match(text, at):
            if not (code := self.code(match["party"])):
                return frozenset()
            found.append(code)
            at = match.end()
        return frozenset(found) if len(found) > 1 else frozenset()

    def city_in(self, name: str) -> str:
        """The city that a single meeting of a series is named after: ワルシャワ of NATOワルシャワ首脳会議."""
        match = self._named_after.search(plain(name))
        return match["city"] if match else ""

    @cached_property
    def _codes(self) -> dict[str, str]:
        return codes(self._book)

    @cached_property
    def _statesmen(self) -> Statesmen:
        return Statesmen(self._book)

    @cached_property
    def _cities(self) -> dict[str, str]:
        return {plain(name): entity.key for entity in self._book.of("CITY") for name in entity.names}

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return self._book.pattern("{COUNTRY}")

    @cached_property
    def _party(self) -> re.Pattern[str]:
        return self._book.pattern(r"(?:[・、+/-]|及び|および|と)?(?P<party>{GROUP}|{COUNTRY}|{REGION}|{STATE_LETTER})")

    @cached_property
    def _named_after(self) -> re.Pattern[str]:
        return self._book.pattern(
            "(?:^|{GROUP}|[一-龥]{2,3}[県州])(?:{NO_VENUE})?(?P<city>{CITY})・?(?:{ONE_MEETING})$"
        )
