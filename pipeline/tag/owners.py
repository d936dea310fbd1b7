"""Whose strategy it is: 国家安全保障戦略 of Japan and of Germany are two initiatives."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.rules.engine import Book
from pipeline.rules.states import codes
from pipeline.tag.sentences import around

_TOPIC = r"(?:政府|側|軍|国防省|政権|国防総省)?(?:は|も|が|では|で|において|側)"


class Owners:
    """Tells initiatives of one name apart by the state that owns them. `begin` starts a document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._last: dict[str, str] = {}

    def begin(self) -> None:
        """Forgets the document before."""
        self._last = {}

    def owned(self, entity: str, name: str, view: str, start: int) -> str:
        """The entity with its owner, where the name alone (国家安全保障戦略, 戦略的パートナーシップ) does not tell.

        The owner is the state right before the name with の, or Japan behind one of its bodies, else the one that the
        sentence is about, else that of the last mention of the name, else Japan. An abbreviation (NDS) has the owner of
        the last mention of its name.
        """
        if not self.tells_no_owner(name):
            return _with(entity, self._last.get(entity, ""))
        pair = bool(self._partnership.fullmatch(name))
        head = view[:start]
        cut, _ = around(view, start)
        owner = self._partners(head[cut:]) if pair else self._state(head[cut:])
        owner = owner or self._last.get(entity) or (self._partners(head) if pair else "JPN")
        self._last[entity] = owner
        return _with(entity, owner)

    def tells_no_owner(self, name: str) -> bool:
        """Whether several states have an initiative of that name: 国家安全保障戦略, 戦略的パートナーシップ."""
        return bool(self._general.fullmatch(name))

    def _state(self, head: str) -> str:
        if self._ours.search(head):
            return "JPN"
        close = self._before.search(head)
        if close:
            return self._codes[close["state"] or close["letter"]]
        found = list(self._topic.finditer(head))
        return self._codes[found[-1]["state"]] if found else ""

    def _partners(self, head: str) -> str:
        found = list(self._joined.finditer(head))
        if found:
            return "-".join(sorted({self._codes[m.group()] for m in self._letter.finditer(found[-1].group())}))
        states = list(dict.fromkeys(self._codes[m.group()] for m in self._country.finditer(head)))
        return "-".join(sorted(states[-2:]))

    @cached_property
    def _general(self) -> re.Pattern[str]:
        return self._book.pattern("{STATE_DOCUMENT}|{PARTNERSHIP}")

    @cached_property
    def _partnership(self) -> re.Pattern[str]:
        return self._book.pattern("{PARTNERSHIP}")

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return self._book.pattern(
            r"(?P<state>{COUNTRY})(?:政府|軍|国防総省|国防省)?の(?:[^、。]{0,12}の)?[「『]?$"
            r"|(?<![一-龥])(?P<letter>[米英仏独豪印韓中露])の?[「『]?$"
        )

    @cached_property
    def _ours(self) -> re.Pattern[str]:
        return self._book.pattern("{JAPANS_BODY}(?:の[「『]?|[「『])$")

    @cached_property
    def _topic(self) -> re.Pattern[str]:
        return self._book.pattern(r"(?P<state>{COUNTRY})" + _TOPIC)

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return self._book.pattern("{LETTERS}")

    @cached_property
    def _letter(self) -> re.Pattern[str]:
        return self._book.pattern("{RUN_LETTER}")

    @cached_property
    def _country(self) -> re.Pattern[str]:
        return self._book.pattern("{COUNTRY}")

    @cached_property
    def _codes(self) -> dict[str, str]:
        return codes(self._book)


def _with(entity: str, owner: str) -> str:
    return entity if owner in ("", "JPN") else f"{entity}@{owner}"
