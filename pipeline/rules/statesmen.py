"""Who held which office of which state from when to when. Part of the stages' common knowledge.

The data is the section ``held`` of the rule files (``statesmen.toml``), which `pipeline.rules.engine` reads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rules import RuleError
from pipeline.text import plain

if TYPE_CHECKING:
    from pipeline.rules.engine import Book

Months = tuple[int, int]
"""A stretch of time: its first and last month, both inclusive, each as year x 12 + month - 1."""

ALWAYS: Months = (0, 12 * 10_000)
"""A stretch of time without known beginning and end."""

UNDATED = "大臣"
"""The office in ``held`` of those of whom only the state is known."""

_ROLES = (
    ("副大統領", "副大統領$"),
    ("大統領", "大統領$"),
    ("国家主席", "^(?:国家)?主席$"),
    ("総書記", "総書記$"),
    ("国務委員長", "(?:国務|国防)委員長$|国防委員会委員長$|国防第[一1]委員長$"),
    ("総統", "総統$"),
    ("事務総長", "(?<!副)事務総長$"),
    ("上級代表", "上級代表$"),
    ("委員長", "(?<!公安)(?:^|欧州委員会)委員長$"),
    ("議長", "^(?:欧州理事会)?議長$"),
    ("安全保障担当補佐官", "安全保障(?:問題)?(?:担当)?(?:大統領)?補佐官$|^(?:大統領)?補佐官$"),
    ("安全保障室長", "(?:保障|安保)室長$"),
    ("副首相", "副(?:首相|総理)$"),
    ("官房長官", "官房長官$"),
    ("首相", "(?<!副)首相$|^(?:内閣|国務院|国務)?総理(?:大臣)?$|^行政院長$"),
    ("国防相", "(?:国防|防衛)(?!産業|調達|能力|次世代|装備)[^副]*(?:大臣|相|長官|部長官?)$"),
    ("国防相", "^(?:防|軍|軍事)相$|^人民武力|^(?:戦争長官|軍事大臣)$"),
    ("外相", "(?:^|・)外相$|(?<!対)外[務交][^副]*(?:大臣|相|長官|部長官?)$|^国務長官$"),
    ("財務相", "^(?:財務?|財政|大?蔵)(?:大臣|相|長官|部長官?)$"),
    ("経済産業相", "^(?:経済産業|経産)(?:大臣|相)$"),
    ("国土交通相", "^(?:国土交通|国交)(?:大臣|相)$"),
    ("経済安全保障相", "^経済安全保障(?:担当)?(?:大臣|相)$"),
    ("商務相", "^商務(?:大臣|相|長官|部長)$"),
    ("統一相", "^統一(?:大臣|相|長官|部長官?)$"),
)  # fmt: skip
"""The offices of ``held`` and what of an office as printed makes it one of them."""

ROLES = frozenset(role for role, _ in _ROLES)
"""The offices that ``held`` may name."""

NOT_MINISTERS = frozenset(
    {
        *("副大統領", "大統領", "国家主席", "総書記", "国務委員長", "総統", "事務総長", "上級代表", "委員長", "議長"),
        *("安全保障担当補佐官", "安全保障室長", UNDATED),
    }
)
"""Of them those that make nobody a minister, or do not say which office it was."""

_SAME_SOUND = (
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ー", ""), ("ディ", "デ"),
    ("ァ", "ア"), ("ィ", "イ"), ("ゥ", "ウ"), ("ェ", "エ"), ("ォ", "オ"), ("ャ", "ヤ"), ("ュ", "ユ"), ("ョ", "ヨ"),
    ("ッ", ""),
)  # fmt: skip
_LONG_E = re.compile("(?<=[エケセテネヘメレゲゼデベペェ])イ")
"""ゲイツ and ゲーツ, デイビッド and デービッド."""
_SAME_CHARACTER = str.maketrans(
    "澤條濱齋齊斎髙﨑邊邉眞廣國惠德櫻龍曾藏應榮黃賴吳悳兑煕鍾",
    "沢条浜斉斉斉高崎辺辺真広国恵徳桜竜曽蔵応栄黄頼呉徳兌熙鐘",
)
_INITIAL = re.compile(r"[A-Z]\.?")
_ENTRY = re.compile(
    r"(?:(?P<since>[0-9]{4}-[0-9]{2})(?P<to>/(?P<until>[0-9]{4}-[0-9]{2})?)? )?(?P<names>-|[^\s0-9=-].*)"
)


class Entry(NamedTuple):
    """A line of ``held``: the names of who took an office, and the months; None for the end that the next one sets."""

    names: tuple[str, ...]
    since: int | None
    until: int | None


def read_entry(where: str, text: str) -> Entry:
    """An entry of ``held`` from its text: ``2024-10 中谷 元``, with its end ``2022-10/2023-04 ドミニク・ラーブ``.

    Raises RuleError, which names ``where``.
    """
    match = _ENTRY.fullmatch(text)
    if match is None:
        raise RuleError(
            f'{where}: {text} must be a month and a name ("2024-10 中谷 元", with the end "2022-10/2023-04 ドミニク・'
            'ラーブ", more spellings behind " = ", "2013-08 -" where nobody is known), or a name alone.'
        )
    names = () if match["names"] == "-" else tuple(name.strip() for name in match["names"].split(" = "))
    until = month(match["until"]) or (ALWAYS[1] if match["to"] else None)
    return Entry(names, month(match["since"]), until)


def month(iso: str | None) -> int | None:
    """The number of the month in which a date (ISO 8601, month or day) lies; None for None."""
    return int(iso[:4]) * 12 + int(iso[5:7]) - 1 if iso else None


def months(iso: str) -> Months | None:
    """The months that a date of any precision (ISO 8601) covers; None for an empty one."""
    if len(iso) < 4:
        return None
    first = int(iso[:4]) * 12
    return (first + int(iso[5:7]) - 1,) * 2 if len(iso) >= 7 else (first, first + 11)


@dataclass(frozen=True, slots=True)
class Term:
    """An office held in a stretch of time."""

    state: str
    role: str
    time: Months

    def touches(self, time: Months) -> bool:
        """Whether the office was held at some time of a stretch."""
        return self.time[0] <= time[1] and time[0] <= self.time[1]


@dataclass(eq=False, slots=True)
class Statesman:
    """A person with the offices held; ``name`` is the full name by which all its spellings go."""

    name: str
    keys: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    terms: list[Term] = field(default_factory=list)

    @property
    def states(self) -> frozenset[str]:
        """The states of which the person held an office."""
        return frozenset(term.state for term in self.terms)


class Statesmen:
    """The persons of ``held`` by their names."""

    def __init__(self, book: Book) -> None:
        persons: dict[str, Statesman] = {}
        first = frozenset(book.lists.get("CALLED_BY_FIRST_NAME", ()))
        self._terms: list[Term] = []
        self._full: set[str] = set()
        for (state, role), entries in book.held.items():
            for names, time in _in_time(entries):
                term = Term(state, role, time)
                self._terms.append(term)
                if not names:
                    continue
                name = plain(names[0]).replace(" ", "")
                person = persons.setdefault(name, Statesman(name))
                person.terms.append(term)
                for name in names:
                    self._full.add(plain(name).replace(" ", ""))
                    person.keys.add(fold(name))
                    person.short |= set(_short(name, first=state in first))
        self._by_key: dict[str, list[Statesman]] = defaultdict(list)
        for person in persons.values():
            for key in person.keys | person.short:
                self._by_key[key].append(person)

    @property
    def full_names(self) -> list[str]:
        """The full names in all spellings that the list gives, folded as texts are."""
        return list(self._full)

    def called(self, name: str) -> list[Statesman]:
        """The persons whom a name can mean: a full name or a surname, in any spelling."""
        return list(self._by_key.get(fold(name), ()))

    def named(self, name: str) -> list[Statesman]:
        """The persons whose full name, in any spelling, a name is."""
        key = fold(name)
        return [person for person in self._by_key.get(key, ()) if key in person.keys]

    def covers(self, states: Iterable[str], roles: frozenset[str], time: Months) -> bool:
        """Whether it is known who held one of the offices in each of some states."""
        held = {t.state for t in self._terms if t.role in roles and t.time != ALWAYS and t.touches(time)}
        return held.issuperset(states)


def roles(printed: str) -> frozenset[str]:
    """The offices of ``held`` that an office as printed is: 国防相 for 防衛大臣, 国防長官, 国防部長; two with 兼."""
    found = set()
    for part in re.split("、?兼任?", printed):
        part = _ACTING.sub("", part)
        found |= {role for role, pattern in _PATTERNS if pattern.search(part)}
    return frozenset(found - {"大統領"} if "副大統領" in found else found)


_ACTING = re.compile("(?:代行|臨時代理)$")
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)


def fold(name: str) -> str:
    """A name without what writers vary: ヴ for ブ and the like, long vowels, dots, old characters, initials."""
    text = plain(name).replace(" ", "").replace("=", "・").translate(_SAME_CHARACTER)
    text = _LONG_E.sub("", text)
    for sound, other in _SAME_SOUND:
        text = text.replace(sound, other)
    return "".join(part for part in text.split("・") if not _INITIAL.fullmatch(part))


def _short(name: str, *, first: bool) -> Iterator[str]:
    """The folded surnames of a full name: the part in front of a space or the last parts in katakana.

    Without a space the first character of a Chinese or Korean name. ``first``: the first parts in katakana too.
    """
    text = plain(name)
    if " " in text:
        yield fold(text.partition(" ")[0])
    elif "ァ" <= text[-1] <= "ー" or "・" in text:
        parts = re.split("[・=]", text)
        for at in range(1, len(parts)):
            yield fold("・".join(parts[at:]))
            if first:
                yield fold("・".join(parts[:at]))
    else:
        yield fold(text[0])


def _in_time(entries: Iterable[Entry]) -> Iterator[tuple[tuple[str, ...], Months]]:
    """The names of each entry with its time: up to the month in which the next one begins."""
    dated = sorted((e for e in entries if e.since is not None), key=lambda e: e.since or 0)
    for at, one in enumerate(dated):
        following = next((e.since for e in dated[at + 1 :]), None)
        until = one.until or following or ALWAYS[1]
        yield one.names, (one.since or 0, until)
    for one in entries:
        if one.since is None:
            yield one.names, ALWAYS
