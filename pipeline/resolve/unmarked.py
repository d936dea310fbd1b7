"""Citations whose title no quotation mark sets off: Author, Title (Place: Publisher, Year); a title and its address.

Plain text has lost its italics, so it is what stands around a title that tells where it begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resolve import names as naming
from pipeline.resolve.drafts import Draft
from pipeline.resolve.known import is_name, is_news, is_org, is_prose, pattern
from pipeline.resolve.latin import latin_units
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.values import date_of
from pipeline.rules.engine import book

_CJK = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")
_LATIN_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁ0-9][^\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\ufffc、。]{10,}")
_IMPRINT = re.compile(r"（[^（）]{2,90}[,、:] ?(?:[^（）]{0,20} )?(?:1[6-9]|20)[0-9]{2}[a-z]?）")
_DOCUMENT = re.compile(
    r"(?:白書|青書|報告書|報告|年鑑|年報|大綱|戦略|計画|要綱|指針|ガイドライン|声明|宣言|条約集|議事録|会議録|議録|資料|統計|調査|総覧|便覧|要覧|概要|方針|構想|ビジョン|レポート|答申|提言|要旨|結果|一覧)$"
)
_SERIES = re.compile(
    r"^(?:[A-Z][\w.&' -]{0,40} )?(?:Papers?|Reports?|Briefs?|Series|Books?|Studies|Memo(?:randum)?|Notes?|Monographs?)"
    r"(?: no\.?| No\.?| #)? ?[0-9][\w/-]*$"
)
_CODE = re.compile(r"^[A-Z]{1,10}[-/ ]?[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*$|^[A-Z]+/[A-Z0-9/.-]+$")
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|does|did|this|that|which|it|they|we|our|his|her|their|been|stated|announced|argues?|notes?|said|held|took)\b"
)
_SENTENCE_END = re.compile(
    r"(?:[ぁ-ん](?:た|る|す|い|う|く)|である|です|ます|だ|参考|参照|のとおり|の通り|は|が|を|に|で|の|[0-9]%|等|など|公開|設置|発表|掲載)$|(?:は|が|を|に|では|には)、?(?:参考|参照|以下)$"
)
_EDITORS = re.compile(r",? ?（?[Ee]ds?\.?）?$|, editors?$")


def has_unmarked(scan: Scan, start: int, end: int) -> bool:
    """Whether a stretch has something that only citations have: an address, pages, an imprint, a newspaper's date."""
    kinds = {item.kind for item in scan.items(start, end)}
    return bool(kinds & {"url", "pages", "doi"}) or bool(_IMPRINT.search(scan.masked, start, end)) or "date" in kinds


def read_unmarked(scan: Scan, start: int, end: int, *, alone: bool) -> list[Draft]:
    """At most one draft for the stretch, without what follows its title; ``alone`` where it is a whole sentence."""
    items = scan.items(start, end)
    return _latin(scan, start, end) or _with_address(scan, items, start) or (_bare(scan, items) if alone else [])


# ------------------------------------------------------------ Author, Title (Place: Publisher, Year), pp. 1-2


def _latin(scan: Scan, start: int, end: int) -> list[Draft]:
    for run in _LATIN_RUN.finditer(scan.masked, start, end):
        low, high = run.span()
        lead = max(
            (
                hit.end
                for rule in book().yielding("lead")
                for hit in rule.find(scan.view[low:high])
                if rule.id == "lead-en" and hit.end < high - low
            ),
            default=0,
        )
        found = _latin_run(scan, low + lead, high, end)
        if found:
            return [found]
    return []


def _latin_run(scan: Scan, low: int, high: int, end: int) -> Draft | None:
    imprint = _IMPRINT.search(scan.masked, low, high)
    items = [item for item in scan.items(low, end) if item.start <= high]
    stop = next(
        (
            item.start
            for item in items
            if item.kind in ("pages", "url", "accessed", "volume", "issue", "locator", "edition", "doi")
        ),
        high,
    )
    if imprint and imprint.start() <= stop:
        stop = imprint.start()
    elif (
        stop >= high
        and not any(item.kind == "url" for item in items)
        and not any(item.kind == "date" for item in items)
    ):
        return None
    units = _units(scan.view, low, stop)
    if not units or (imprint is None and _VERBS.search(scan.view[low:stop])):
        return None
    date: Item | None = None
    if not imprint:
        dates = [item for item in items if item.kind == "date" and item.end <= stop]
        date = dates[-1] if dates else None
        if date is not None:
            units = [(a, b) for a, b in units if b <= date.start]
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


def _latin_draft(
    scan: Scan, authors: Sequence[tuple[int, int]], rest: list[tuple[int, int]], *, imprinted: bool
) -> Draft | None:
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
    tail: list[tuple[str, tuple[int, int]]] = []
    while len(rest) > 1:
        last = view[slice(*rest[-1])]
        if _SERIES.match(last):
            tail.append(("series", rest.pop()))
        elif _CODE.match(last) or re.fullmatch(r"D\.? ?C\.?", last):
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


def _units(view: str, low: int, high: int) -> list[tuple[int, int]]:
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


def _authors(view: str, units: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The units that are authors, split into names, and the rest. A list of persons ends with and, or with eds."""
    ends = 0
    for at, (low, high) in enumerate(units[:6]):
        unit = view[low:high]
        if re.fullmatch(r"（?[Ee]ds?\.?）?", unit):
            ends = at + 1
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


# ------------------------------------------------------------ a title or name and its address


def _with_address(scan: Scan, items: Sequence[Item], start: int) -> list[Draft]:
    found: list[Draft] = []
    at = start
    for item in items:
        if item.kind != "url":
            continue
        if found and not scan.view[at : item.start].strip(" 、,:;<>"):
            continue
        found.append(_addressed(scan, at, item))
        at = item.end
    return found[:1] if len(found) == 1 else found


def _addressed(scan: Scan, start: int, url: Item) -> Draft:
    low, high = _trim(scan.view, start, url.start)
    low = max(
        (
            low + hit.end
            for rule in book().yielding("lead")
            for hit in rule.find(scan.view[low:high])
            if rule.id != "lead-ja-close" and hit.start == 0 and hit.end < high - low
        ),
        default=low,
    )
    words = scan.view[low:high]
    if not words or _running(words):
        draft = Draft(url.start, url.end, style="plain")
    elif is_news(words):
        draft = Draft(low, url.end, style="plain")
        draft.add("container", low, high, scan.text[low:high])
    else:
        draft = Draft(low, url.end, style="plain")
        date = next((item for item in scan.items(low, high) if item.kind == "date"), None)
        inside = [item for item in scan.items(low, high) if item.kind == "paren"]
        dated = next((part for item in inside for part in scan.items(*item.inner) if part.kind == "date"), None)
        end = date.start if date is not None and date.start > low + 1 else high
        if dated is not None and inside[-1].end == high:
            end = inside[-1].start
        while end > low and scan.view[end - 1] in " 、,":
            end -= 1
        draft.add("title", low, end, scan.text[low:end])
        if date is not None or dated is not None:
            chosen = date if date is not None else dated
            assert chosen is not None  # noqa: S101
            draft.add("date", chosen.start, chosen.end, date_of(chosen))
    draft.add("url", url.start, url.end, url.url)
    return draft


def _trim(view: str, low: int, high: int) -> tuple[int, int]:
    while low < high and view[low] in " 、,・※:;<>（":
        low += 1
    while low < high and view[high - 1] in " 、,:<（・":
        high -= 1
    return low, high


def _running(words: str) -> bool:
    """Whether words in front of an address are a sentence and no title."""
    if re.search(r"[ぁ-んァ-ヶ一-龯]", words):
        return bool(_SENTENCE_END.search(words))
    return bool(_VERBS.search(words)) and not re.search(r"\?", words)


# ------------------------------------------------------------ nothing but a name, pages or a date


def _bare(scan: Scan, items: Sequence[Item]) -> list[Draft]:
    """白書, 12頁 (a title), 佐竹、12頁 (an author alone), 架空新聞、2020年4月6日 (a newspaper)."""
    texts = [item for item in items if item.kind == "text" and scan.view[item.start : item.end].strip()]
    kinds = [item.kind for item in items if item.kind not in ("text", "comma", "stop")]
    if (
        not texts
        or not kinds
        or any(kind not in ("pages", "date", "locator", "paren", "edition", "volume", "issue") for kind in kinds)
    ):
        return []
    first = texts[0]
    before = naming.before_title(scan.view, items[0].start, first.end) if len(texts) == 1 else None
    low, high = _trim(scan.view, first.start, first.end)
    if before is not None and before.authors:
        low, high = before.authors[0][0], before.authors[-1][1]
    unit = scan.view[low:high]
    if any(item.start < low for item in items if item.kind not in ("text", "comma")) or not is_name(unit):
        return []
    draft = Draft(low, high, style="plain")
    if "date" in kinds and "pages" not in kinds and len(texts) == 1 and is_news(unit):
        draft.add("container", low, high, scan.text[low:high])
    elif "pages" in kinds and len(texts) == 1 and _DOCUMENT.search(unit):
        draft.add("title", low, high, scan.text[low:high])
    elif kinds == ["pages"] and len(texts) == 1 and not _DOCUMENT.search(unit) and not is_prose(unit):
        spans = before.authors if before is not None and before.authors else [(low, high)]
        for a, b in spans:
            draft.add("authors", a, b, scan.text[a:b])
    else:
        return []
    return [draft]


_ = _CJK
