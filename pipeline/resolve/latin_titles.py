"""Unmarked titles in Latin letters: Author, Title (Place: Publisher, Year), pp. 1-2.

Plain text has lost its italics, so what stands around a title tells where it begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resolve.drafts import Draft
from pipeline.resolve.known import Span, is_news, is_org, pattern
from pipeline.resolve.latin import latin_units
from pipeline.resolve.scan import Scan
from pipeline.rules.engine import book

_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁ0-9][^\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\ufffc、。]{10,}")
"""A stretch without Japanese letters, titles in marks and addresses."""
_IMPRINT = re.compile(r"（[^（）]{2,90}[,、:] ?(?:[^（）]{0,20} )?(?:1[6-9]|20)[0-9]{2}[a-z]?）")
"""(Place: Publisher, Year)"""
_SERIES = re.compile(
    r"^(?:[A-Z][\w.&' -]{0,40} )?(?:Papers?|Reports?|Briefs?|Series|Books?|Studies|Memo(?:randum)?|Notes?|Monographs?)"
    r"(?: no\.?| No\.?| #)? ?[0-9][\w/-]*$"
)
_CODE = re.compile(r"^[A-Z]{1,10}[-/ ]?[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*$|^[A-Z]+/[A-Z0-9/.-]+$|D\.? ?C\.?$")
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|does|did|this|that|which|it|they|we|our|his|her|their|been|stated|"
    r"announced|argues?|notes?|said|held|took)\b"
)
_EDITORS = re.compile(r",? ?（?[Ee]ds?\.?）?$|, editors?$")
_MARKED_EDITORS = re.compile(r"（?[Ee]ds?\.?）?")
_JOINED = re.compile(r"(?:and|&) |.* (?:and|&) ")
_BEHIND = ("pages", "url", "accessed", "volume", "issue", "locator", "edition", "doi")
"""Elements that end a title."""
_MOST_AUTHORS = 6


def has_imprint(scan: Scan, start: int, end: int) -> bool:
    """Whether a stretch has (Place: Publisher, Year)."""
    return bool(_IMPRINT.search(scan.masked, start, end))


def has_verb(words: str) -> bool:
    """Whether English words hold a verb or pronoun that titles seldom have."""
    return bool(_VERBS.search(words))


def latin_titles(scan: Scan, start: int, end: int) -> list[Draft]:
    """The first unmarked title of a stretch, if any, without what follows it."""
    for run in _RUN.finditer(scan.masked, start, end):
        low = run.start() + _lead(scan.view[slice(*run.span())])
        found = _run(scan, low, run.end(), end)
        if found:
            return [found]
    return []


def _lead(words: str) -> int:
    """Where an English lead-in (See, For example,) ends."""
    hits = [hit.end for hit in book().rules["lead-en"].find(words) if hit.end < len(words)]
    return max(hits, default=0)


def _run(scan: Scan, low: int, high: int, end: int) -> Draft | None:
    imprint = _IMPRINT.search(scan.masked, low, high)
    items = [item for item in scan.items(low, end) if item.start <= high]
    stop = next((item.start for item in items if item.kind in _BEHIND), high)
    dates = [item for item in items if item.kind == "date"]
    if imprint and imprint.start() <= stop:
        stop = imprint.start()
    elif stop >= high and not dates and not any(item.kind == "url" for item in items):
        return None
    if not imprint and has_verb(scan.view[low:stop]):
        return None
    before = [date for date in dates if date.end <= stop]
    date = before[-1] if before and not imprint else None
    units = [(a, b) for a, b in _units(scan.view, low, stop) if date is None or b <= date.start]
    if not units:
        return None
    authors, rest = _authors(scan.view, units)
    if not rest and date is not None and len(authors) == 1 and is_news(scan.view[slice(*authors[0])]):
        draft = Draft(*authors[0])
        draft.add("container", *authors[0], scan.text[slice(*authors[0])])
        return draft
    if (not rest and (imprint or not authors)) or (rest and scan.view[rest[0][0]].islower()):
        return None
    return _latin_draft(scan, authors, rest, imprinted=bool(imprint))


def _latin_draft(scan: Scan, authors: Sequence[Span], rest: list[Span], *, imprinted: bool) -> Draft | None:
    view, text = scan.view, scan.text
    edited = bool(authors) and bool(_EDITORS.search(view[slice(*authors[-1])]))
    draft = Draft((authors or rest)[0][0], (authors or rest)[0][0], style="plain")
    for low, high in authors:
        high -= len(view[low:high]) - len(_EDITORS.sub("", view[low:high]))
        if not view[low:high].strip():
            continue
        draft.add("authors", low, high, text[low:high])
        if edited:
            draft.add("editors", low, high, text[low:high])
    tail: list[tuple[str, Span]] = []
    while len(rest) > 1:
        last = view[slice(*rest[-1])]
        if _SERIES.match(last):
            tail.append(("series", rest.pop()))
        elif _CODE.match(last):
            rest.pop()
        elif not imprinted and pattern("{PLACES}").fullmatch(last):
            tail.append(("place", rest.pop()))
        elif not imprinted and not any(name != "place" for name, _ in tail) and (is_org(last) or is_news(last)):
            tail.append(("publisher" if not is_news(last) else "container", rest.pop()))
        else:
            break
    if rest:
        low, high = rest[0][0], rest[-1][1]
        draft.add("title", low, high, text[low:high].strip(" ,"))
    for name, (low, high) in tail:
        draft.add(name, low, high, text[low:high])
    return draft if draft.fields else None


def _units(view: str, low: int, high: int) -> list[Span]:
    """Spans between commas outside brackets."""
    found, at, depth = [], low, 0
    for pos in range(low, high + 1):
        char = view[pos] if pos < high else ","
        depth += (char in "（[") - (char in "）]")
        if char == "," and depth <= 0:
            a, b = at, pos
            while a < b and view[a] in " .":
                a += 1
            while a < b and view[b - 1] in " ":
                b -= 1
            if a < b:
                found.append((a, b))
            at = pos + 1
    return found


def _authors(view: str, units: list[Span]) -> tuple[list[Span], list[Span]]:
    """The units that are authors, split into names, and the rest. A list of persons ends with and, or with eds."""
    ends = 0
    for at, (low, high) in enumerate(units[:6]):
        unit = view[low:high]
        if re.fullmatch(r"（?[Ee]ds?\.?）?", view[slice(*units[at + 1])] if at + 1 < len(units) else ""):
            ends = at + 2
            break
        joined = re.match(r"(?:and|&) |.* (?:and|&) ", unit)
        names = re.sub(r"^(?:and|&) ", "", unit)
        if (
            joined
            and at + 1 < len(units)
            and _persons(names)
            and (at == 0 or all(_persons(view[a:b]) for a, b in units[:at]))
        ):
            ends = at + 1
            if at + 1 < len(units) and re.fullmatch(r"（?[Ee]ds?\.?）?", view[slice(*units[at + 1])]):
                ends = at + 2
            break
        if not _persons(names):
            break
    if ends == 0:
        first = view[slice(*units[0])]
        ends = 1 if _can_write(first) and (len(units) > 1 or _persons(first)) else 0
        if (
            ends
            and len(units) > 1
            and latin_units(f"{first}, {view[slice(*units[1])]}") == [(0, len(first) + 2 + len(view[slice(*units[1])]))]
        ):
            ends = 2 if len(units) > 2 else 1
    if ends == 0:
        return [], units
    low, high = units[0][0], units[ends - 1][1]
    marked = re.search(r",? ?（?[Ee]ds?\.?）?$", view[low:high])
    names_end = low + marked.start() if marked else high
    spans = [(low + a, low + b) for a, b in latin_units(view[low:names_end])]
    if marked and spans:
        spans[-1] = (spans[-1][0], high)
    return spans, units[ends:]


def _persons(unit: str) -> bool:
    """Whether a unit reads like one or two persons: two to four capitalised words each, no body, no colon."""
    for name in re.split(r" (?:and|&) ", _EDITORS.sub("", unit)):
        words = name.split()
        if not 1 <= len(words) <= 5 or is_org(name) or re.search(r"[:?!0-9（]", name):
            return False
        if any(
            word[0].islower()
            and word not in ("de", "da", "van", "von", "der", "bin", "al", "la", "du", "le", "et", "al.")
            for word in words
        ):
            return False
    return True


def _can_write(unit: str) -> bool:
    """Whether a unit can be an author: a person, or a body by its name."""
    words = unit.split()
    return _persons(unit) or (
        is_org(unit) and len(words) <= 12 and not re.search(r"[:?!]", unit) and unit[:1].isupper()
    )
