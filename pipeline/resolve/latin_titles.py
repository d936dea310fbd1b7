"""Unmarked titles in Latin letters: Author, Title (Place: Publisher, Year), pp. 1-2.

Plain text has lost its italics, so what stands around a title tells where it begins and ends.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.resolve.drafts import Draft
from pipeline.resolve.known import Span, is_news, is_org, pattern
from pipeline.resolve.latin import latin_units, names_from
from pipeline.resolve.prose import closes
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.values import date_of
from pipeline.rules.engine import book

_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁ0-9][^\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\ufffc、。]{10,}")
"""A stretch without Japanese letters, titles in marks and addresses."""
_IMPRINT = re.compile(r"（[^（）]{2,90}[,、:] ?(?:[^（）]{0,20} )?(?:1[6-9]|20)[0-9]{2}[a-z]?）")
"""(Place: Publisher, Year)"""
_SERIES = re.compile(
    r"^[A-Z][a-z]+ (?:Special )?Report of Session [0-9]{4}.*$"
    r"|^[A-Z]{2,}[\w&-]* (?:Reports?|Papers?|Briefs?|Commentary|Analysis|Studies)$"
    r"|^(?:[A-Z][\w.&' -]{0,40} )?(?:Papers?|Reports?|Briefs?|Series|Books?|Studies|Memo(?:randum)?|Notes?|Monographs?)"
    r"(?: for Congress)?(?: no\.?| No\.?| #)? ?(?:[A-Z]{1,4}-?)?[0-9][\w/-]*$"
)
_HELPERS = re.compile(
    r"(?:(?P<translators>[Tt]r(?:ans)?\.?(?: by)?|[Tt]ranslated by)|(?P<editors>[Ee]d(?:\.|ited)(?: by)?)) (?=[A-Z])"
)
"""Who translates or edits a work, named behind its title."""
_JOURNAL = re.compile(r"(?P<name>[A-Z].*[A-Za-z]) (?P<volume>[0-9]{1,4})")
_REVIEW = re.compile(r"(?:book )?review of (?=[A-Z])")
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|does|did|this|that|which|it|they|we|our|his|her|their|been|stated|"
    r"announced|argues?|notes?|said|held|took)\b|\binterviews? (?:with|by)\b"
)
_BARE_PAGES = re.compile(r", [0-9]{1,4}(?:-[0-9]{1,4})?[ .]*$")
_PAGES_FIRST = re.compile(r"^, [0-9]{1,4}(?:-[0-9]{1,4})?(?=[ .,;（]*(?:（|[.;]|$))")
_ALONE = re.compile(
    r",(?: (?:[Uu]pdated|[Rr]evised|[Rr]eleased|[Pp]ublished|[Pp]osted|[Dd]ated|[Aa]s of|[Ll]ast updated)(?: on)?)? ?$"
)
_NOTE_ON_TEXT = re.compile(
    r" ?（(?:(?:[Pp]rovisional|[Tt]entative|[Uu]nofficial) [Tt]ranslation|in (?:Japanese|Chinese|Korean|Russian))）$"
)
_YEAR_BEHIND = re.compile(r" ?（(?P<year>(?:1[6-9]|20)[0-9]{2})[a-z]?）$")
_JOINED = re.compile(r"(?:and|&) |.* (?:and|&) ")
_BEHIND = ("pages", "url", "accessed", "volume", "issue", "locator", "edition", "doi")
"""Elements that end a title."""
_MOST_AUTHORS = 6


def has_imprint(scan: Scan, start: int, end: int) -> bool:
    """Whether a stretch has (Place: Publisher, Year), or ends with a page."""
    return bool(_IMPRINT.search(scan.masked, start, end) or _BARE_PAGES.search(scan.masked, start, end))


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


class _Evidence(NamedTuple):
    """What shows that a run is a citation: where its title ends, and whether by an imprint, a date or an address.

    ``numbered`` says that a volume or issue follows, which may be one of a journal or series.
    """

    stop: int
    imprint: bool = False
    date: Item | None = None
    address_alone: bool = False
    numbered: bool = False


def _evidence(scan: Scan, low: int, high: int, end: int) -> _Evidence | None:
    items = [item for item in scan.items(low, end) if item.start <= high]
    behind = next((item for item in items if item.kind in _BEHIND), None)
    stop = behind.start if behind else high
    numbered = behind is not None and behind.kind in ("volume", "issue")
    imprint = _IMPRINT.search(scan.masked, low, high)
    if imprint and imprint.start() <= stop:
        return _Evidence(imprint.start(), imprint=True)
    if has_verb(scan.view[low:stop]):
        return None
    address = next((item for item in items if item.kind == "url"), None)
    dates = [item for item in items if item.kind == "date" and item.end <= stop]
    if dates:
        # But for an address, a date must stand by itself between commas and end the citation, or pages end it.
        alone = bool(_ALONE.search(scan.view, low, dates[-1].start))
        ends = stop < high or not _goes_on(scan.view[dates[-1].end : end])
        return _Evidence(stop, date=dates[-1], numbered=numbered) if address or (alone and ends) else None
    if stop < high or address:
        return _Evidence(stop, address_alone=address is not None and address.start == stop, numbered=numbered)
    pages = _BARE_PAGES.search(scan.view, low, high)
    return _Evidence(pages.start()) if pages else None


def _run(scan: Scan, low: int, high: int, end: int) -> Draft | None:
    evidence = _evidence(scan, low, high, end)
    if evidence is None:
        return None
    date = evidence.date
    units = [(a, b) for a, b in _units(scan.view, low, evidence.stop) if date is None or b <= date.start]
    if not units:
        return None
    year = _YEAR_BEHIND.search(scan.view, *units[0]) if len(units) > 1 else None
    if year:
        units[0] = (units[0][0], year.start())
    authors, rest = _authors(scan.view, units)
    if date is not None and not rest and len(authors.spans) == 1 and is_news(scan.view[slice(*authors.spans[0])]):
        draft = Draft(*authors.spans[0])
        draft.add("container", *authors.spans[0], scan.text[slice(*authors.spans[0])])
        return draft
    if _doubtful(scan.view, authors, rest, evidence):
        authors, rest = _Authors([]), units
    if evidence.imprint and not authors.spans and has_verb(scan.view[low : evidence.stop]):
        # A title within a sentence, as Hall argues in Title (…), is its last run of capitalised words.
        rest = [(rest[-1][0] + names_from(scan.view[slice(*rest[-1])]), rest[-1][1])]
    if not rest and not authors.spans:
        return None
    if rest and scan.view[rest[0][0]].islower() and not _REVIEW.match(scan.view, rest[0][0]):
        return None
    found = _draft(scan, authors, rest, evidence)
    if found is not None and year:
        found.add("date", *year.span("year"), year["year"])
    return found


def _doubtful(view: str, authors: _Authors, rest: list[Span], evidence: _Evidence) -> bool:
    """Whether what looks like authors is a title: with nothing left to be one, or one word before an address."""
    if not rest and evidence.date is not None and "-" in date_of(evidence.date):
        return True  # Buildup Program, December 16, 2022: persons are followed by a year at most
    if rest and all(pattern("{DOCUMENT_NUMBER}").fullmatch(view[low:high]) for low, high in rest):
        return True
    if evidence.imprint or evidence.address_alone:
        if not rest:
            return True
        first = view[slice(*authors.spans[0])] if authors.spans else ""
        return evidence.address_alone and len(first.split()) == 1 and not is_org(first)
    return False


def _goes_on(behind: str) -> bool:
    """Whether a sentence goes on behind a date, so that nothing but the date speaks for a citation."""
    behind = _PAGES_FIRST.sub("", behind).strip(" .,;")
    return behind[:1] not in ("", "（") and not closes(behind + "。")


def _draft(scan: Scan, authors: _Authors, rest: list[Span], evidence: _Evidence) -> Draft | None:
    view, text = scan.view, scan.text
    start = (authors.spans or rest)[0][0]
    draft = Draft(start, start, style="plain")
    for low, high in authors.spans:
        draft.add("authors", low, high, text[low:high])
        if authors.edit:
            draft.add("editors", low, high, text[low:high])
    end = rest[-1][1] if rest else 0
    behind = _helpers(view, rest) if evidence.imprint else _published(view, rest, numbered=evidence.numbered)
    while len(rest) > 1 and (
        _SERIES.match(view[slice(*rest[-1])]) or pattern("{DOCUMENT_NUMBER}").fullmatch(view[slice(*rest[-1])])
    ):
        last = rest.pop()
        if _SERIES.match(view[slice(*last)]):
            behind.append(("series", last))
    if rest:
        low, high = rest[0][0], rest[-1][1]
        remark = _NOTE_ON_TEXT.search(view, low, high)
        high = remark.start() if remark else high
        draft.add("title", low, high, text[low:high].strip(" ,"))
    for name, (low, high) in behind:
        draft.add(name, low, high, text[low:high])
    draft.end = max(draft.end, end)  # numbers of documents are part of it
    return draft if draft.fields else None


def _helpers(view: str, rest: list[Span]) -> list[tuple[str, Span]]:
    """Takes translators and editors off the end of a title's units."""
    found: list[tuple[str, Span]] = []
    while len(rest) > 1 and (named := _HELPERS.match(view, *rest[-1])):
        low, high = named.end(), rest.pop()[1]
        found += [(str(named.lastgroup), (low + a, low + b)) for a, b in latin_units(view[low:high])]
    return found


def _published(view: str, rest: list[Span], *, numbered: bool) -> list[tuple[str, Span]]:
    """Takes place and publisher off the end of a title's units where no bracket holds them."""
    found = _helpers(view, rest)
    journal = _JOURNAL.fullmatch(view, *rest[-1]) if len(rest) > 1 else None
    if journal and pattern(r".*\b{PERIODICAL_LIKE_EN}").fullmatch(journal["name"]):
        rest.pop()
        return [*found, ("container", journal.span("name")), ("volume", journal.span("volume"))]
    if numbered and len(rest) > 1 and pattern(r".*\b{PERIODICAL_LIKE_EN}").fullmatch(view, *rest[-1]):
        return [*found, ("container", rest.pop())]
    while len(rest) > 1:
        low, high = rest[-1]
        last = view[low:high]
        if any(name == "publisher" for name, _ in found) and not pattern("{PLACES}|{DOCUMENT_NUMBER}").fullmatch(last):
            break
        both = re.fullmatch(
            r"(?P<place>[A-ZÀ-Þ][\w.-]{2,20}(?: [\w.-]{2,20})?): (?P<publisher>[A-Z]\S*(?: \S+){0,4})", last
        )
        if both:
            found += [("place", (low, low + both.end("place"))), ("publisher", (low + both.start("publisher"), high))]
            rest.pop()
            break
        if pattern("{PLACES}").fullmatch(last):
            found.append(("place", rest.pop()))
        elif pattern("{DOCUMENT_NUMBER}").fullmatch(last):
            rest.pop()
        elif is_news(last):
            found.append(("container", rest.pop()))
            break
        elif (
            is_org(last)
            or pattern("{PUBLISHERS_EN}").fullmatch(last)
            or (len(rest) > 2 and pattern("{PLACES}").fullmatch(view[slice(*rest[-2])]))
        ):
            found.append(("publisher", rest.pop()))
        else:
            break
    return found


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


class _Authors(NamedTuple):
    """Spans of authors' names, and whether they are editors."""

    spans: list[Span]
    edit: bool = False


def _authors(view: str, units: list[Span]) -> tuple[_Authors, list[Span]]:
    """The authors that the first units are, and the rest. A list of persons ends with and, or with eds."""
    units = _with_editors_apart(view, units)
    words = [view[low:high] for low, high in units]
    for at in range(min(len(words) - 1, _MOST_AUTHORS)):
        if pattern("（?{EDS}）?").fullmatch(words[at + 1]):
            return _Authors(_split(view, units[: at + 1]), edit=True), units[at + 2 :]
        names = re.sub(r"^(?:and|&) ", "", words[at])
        if not _persons(names):
            break
        if _JOINED.match(words[at]) or words[at].endswith("et al."):
            return _Authors(_split(view, units[: at + 1])), units[at + 1 :]
    if not _can_write(words[0]) or (len(words) == 1 and not _persons(words[0])):
        return _Authors([]), units
    count = 1
    while is_org(words[0]) and count < len(words) - 1 and pattern("{SUBDIVISION_EN}").fullmatch(words[count]):
        count += 1
    if count > 1:
        return _Authors([(units[0][0], units[count - 1][1])]), units[count:]
    count = 2 if len(units) > 2 and len(_split(view, units[:2])) == 1 else 1
    return _Authors(_split(view, units[:count])), units[count:]


def _with_editors_apart(view: str, units: list[Span]) -> list[Span]:
    """The units, with the mark of editors one of its own: A B, ed. Title and A B (eds.), Title."""
    found: list[Span] = []
    for low, high in units:
        ahead = re.match(r"(?:[Ee]ds?\.) (?=[A-Z])", view[low:high])
        behind = _editors(view[low:high])
        if ahead:
            found += [(low, low + ahead.end() - 1), (low + ahead.end(), high)]
        elif behind and behind.start():
            found += [(low, low + behind.start()), (low + len(view[low:high]) - len(behind.group().lstrip(" ,")), high)]
        else:
            found.append((low, high))
    return found


def _editors(unit: str) -> re.Match[str] | None:
    """The mark of editors at the end of a unit."""
    return pattern(r",? ?（(?<![A-Za-z]){EDS}）$|[, ] ?(?<![A-Za-z]){EDS}$").search(unit)


def _split(view: str, units: list[Span]) -> list[Span]:
    low, high = units[0][0], units[-1][1]
    return [(low + a, low + b) for a, b in latin_units(view[low:high])]


def _persons(unit: str) -> bool:
    """Whether a unit reads like one or two persons: two to four capitalised words each, no body, no colon."""
    behind = _editors(unit)
    for name in re.split(r" (?:and|&|et|und|y|и) | ?/ ?", unit[: behind.start()] if behind else unit):
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
        is_org(unit)
        and len(words) <= 12
        and not re.search(r"[:?!]", unit)
        and unit[:1].isupper()
        and not pattern("{DOCUMENT_EN}").match(unit)
    )
