"""Short names that a note gives to a work, （以下「大綱」という） or [hereafter NDPG], and citations by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.resolve.drafts import Draft
from pipeline.resolve.known import is_name
from pipeline.resolve.prose import closes
from pipeline.resolve.scan import Scan

_GIVEN = re.compile(
    r"(?:以下|以後)(?:では|、|,)? ?(?:単に|これを)?"
    r"(?:「(?P<a>[^「」]{2,40})」|『(?P<b>[^『』]{2,40})』|(?P<c>[^ぁ-ん「」『』、。（）\[\]][^「」『』、。（）\[\]]{1,29}?))"
    r"(?=、?(?:と(?:する|略|いう|称|呼|記|表記|言う)|）|\]|〕|。|$))"
    r"|(?i:here(?:in)?after),?(?i: cited| referred to| abbreviated| quoted)?(?i: as)?:? "
    r"[“\"'‘]?(?P<d>[^“”\"（）\[\]。;]{2,60}?)[”\"'’.,]*(?=[）\]。]|\.?$)"
)
_NO_NAME = re.compile(r"同じ?|同様|省略|略|引用|傍点|強調|下線|頁数?.*")
_MARKS = " 、。,.;（〔[「『”"
_FOLLOWS = re.compile(r"[」』]?(?=[、,。.; 0-9（第§Ⅰ-ⅿ]|$)")
_PLAIN_PAGES = re.compile(r" ?[0-9]{1,4}(?:-[0-9]{1,4})?")
_BESIDE = frozenset({"pages", "locator", "comma", "stop", "edition", "volume", "issue", "paren"})
"""Items that may stand behind a short name that cites."""


def short_names(view: str, drafts: Sequence[Draft]) -> None:
    """Adds to each of a note's drafts, which are in order, the short names that are given right behind it."""
    for given in _GIVEN.finditer(view):
        name = next(value for value in given.groups() if value).strip()
        before = [draft for draft in drafts if _title_end(draft) <= given.start() and draft.start < given.start()]
        if not before or not is_name(name) or _NO_NAME.fullmatch(name):
            continue
        gap = view[before[-1].end : given.start()].strip(_MARKS)
        if not gap or closes(gap + "。"):
            before[-1].shorts += (name,)


def _title_end(draft: Draft) -> int:
    return max((span.end for span in draft.fields if span.field == "title"), default=draft.end)


def cited_by_short(scan: Scan, start: int, end: int, shorts: Collection[str]) -> list[Draft]:
    """The draft of a stretch that is a short name with pages or the like and nothing else: 「大綱」Ⅲの1."""
    opening = re.compile(r"[ 、,「『“]*").match(scan.view, start, end)
    at = opening.end() if opening else start
    for short in sorted(shorts, key=len, reverse=True):
        if not scan.view.startswith(short, at) or at + len(short) > end:
            continue
        named = _FOLLOWS.match(scan.view, at + len(short), end)
        if named and _nothing_else(scan, named.end(), end):
            draft = Draft(at, named.end(), style="plain")
            draft.add("title", at, at + len(short), scan.text[at : at + len(short)])
            return [draft]
    return []


def _nothing_else(scan: Scan, start: int, end: int) -> bool:
    for item in scan.items(start, end):
        text = scan.view[item.start : item.end]
        if text.strip() and item.kind not in _BESIDE and not _PLAIN_PAGES.fullmatch(text) and not closes(text + "。"):
            return False
    return True
