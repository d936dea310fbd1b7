"""Offices: what is printed with a minister's name, and which forms of an office are one office."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.text import plain

_TRADITION = re.compile(r"OFFICES_([A-Z]{3})")
_KATAKANA = re.compile(r"[ァ-ヺー]$")
_LONGER = re.compile(r"(?P<name>[ァ-ヺー・=]{3,})(?P<more>[一-龥][一-龥・]*)")
"""A name in katakana with the beginning of an office that the list knows only in part: 外国 of 外国貿易・開発協力相."""
_SPELLED = re.compile(
    r"(?P<name>[ァ-ヺー・=]{3,})(?P<state>[一-龥]国)?(?P<office>[一-龥][一-龥・ァ-ヺー]{2,18}(?:大臣|相))"
)
"""An office that no list has, behind a name in katakana: ナレディ・パンドール国際関係・協力相."""
_SAME = (
    (re.compile("^(?:内閣|国務院)"), ""),
    (re.compile("総理大臣|総理$|総理(?=代行|臨時)"), "首相"),
    (re.compile("部長官$|部部長$"), "部長"),
    (re.compile("外務大臣|外務相"), "外相"),
    (re.compile("大臣"), "相"),
    (re.compile("防衛"), "国防"),
    (re.compile("農林水産相|農水相"), "農相"),
    (re.compile("経済産業相"), "経産相"),
)
"""What makes forms of one office equal: 内閣総理大臣, 首相; 防衛大臣, 防衛相, 国防相 (of one person)."""


@dataclass(frozen=True)
class Printed:
    """A minister's mention taken apart: name, state (alpha-3) and office, the latter two empty where not printed."""

    name: str
    state: str
    office: str
    short: str = ""
    """A title that leaves open of what (大臣, 長官), where no office is printed."""


def take_apart(text: str, rules: Rulebook) -> Printed:
    """The parts of a mention's text: ロイド・オースティン米国防長官, 外相ペッカ・ハーヴィスト."""
    view = plain(text)
    match = rules.pattern("(?P<state>{COUNTRY}|{STATE_LETTER})?(?:の|・)?(?P<office>(?:内閣|国務院)?{OFFICE})$").search(
        view
    )
    if match is not None and match.start() > 0:
        name, state = view[: match.start()].rstrip("・").removesuffix("次期"), match["state"] or ""
        # 田中外相 and テオドロ国防相 hold no state; a letter counts after katakana alone, and only in kanji.
        if len(state) == 1 and (not _KATAKANA.search(name) or _KATAKANA.search(state)):
            name, state = name + state, ""
        longer = _LONGER.fullmatch(name)
        if longer is not None:
            return Printed(longer["name"].rstrip("・"), rules.states.code(state), longer["more"] + match["office"])
        return Printed(name, rules.states.code(state), match["office"])
    match = rules.pattern("(?P<state>{COUNTRY}|{STATE_LETTER})?(?P<office>{OFFICE})(?:の|・)?").match(view)
    if match is not None and match.end() < len(view):
        return Printed(view[match.end() :], rules.states.code(match["state"] or ""), match["office"])
    match = _SPELLED.fullmatch(view)
    if match is not None:
        return Printed(match["name"].rstrip("・"), rules.states.code(match["state"] or ""), match["office"])
    short = rules.pattern("(?:{SHORT_OFFICE})$").search(view)
    if short is not None and short.start():
        return Printed(view[: short.start()], "", "", short[0])
    return Printed(view, "", "")


def parts(office: str) -> frozenset[str]:
    """The offices that one with 兼 holds, each in the form that all its variants share."""
    found = []
    for part in re.split("、?兼任?|・(?=[^・]+(?:大臣|相)$)", office):
        for pattern, form in _SAME:
            part = pattern.sub(form, part)
        found.append(part)
    return frozenset(found)


def tradition(office: str, rules: Rulebook) -> str:
    """The alpha-3 code of the only state that has an office of this form, empty if several have."""
    lists = rules.book.lists
    for name in lists:
        match = _TRADITION.fullmatch(name)
        if match and any(part in lists[name] for part in re.split("、?兼任?", office)):
            return match[1]
    return ""
