"""Whether a book behind a title in 「」 is the one that the cited chapter stands in."""

from __future__ import annotations

import re

from pipeline.resolve import names as naming
from pipeline.resolve.drafts import OWN, Back, Draft
from pipeline.resolve.known import is_org, pattern
from pipeline.resolve.scan import Item

INTO = re.compile(r"^(?:[Ii]n:?|dans|en|所収|載|载|見|见) ?$|^(?:[Ii]n:?|dans|en) ")
"""Words between a chapter's title and its book."""
_SURNAME = re.compile(r"[一-龯々ヶァ-ヴー・=]{1,12}")
_EDITED = "監修$|, ?{EDS},?$"


def has_editors(view: str, start: int, end: int) -> bool:
    """Whether the words ``view[start:end]`` in front of a book name its editors or translators."""
    bare = view[start:end].strip(" 、,")
    found = naming.before_title(view, start, end)
    return bool(bare) and (bool(found.editors or found.translators) or bool(pattern(_EDITED).search(bare)))


def dated_behind(draft: Draft) -> bool:
    """Whether a date stands behind the title; one between author and title is the chapter's too."""
    title = max((span.end for span in draft.fields if span.field == "title"), default=0)
    return any(span.field == "date" and span.start >= title for span in draft.fields)


def names_the_book(draft: Draft, item: Item, between: str) -> bool:
    """Whether nothing but the name of a book's author stands between a title in 「」 and the book."""
    alone = draft.style == "quote" and item.kind == "book" and draft.has("authors")
    return alone and bool(_SURNAME.fullmatch(between)) and not is_org(between)


def is_issue(view: str, draft: Draft, between: str) -> bool:
    """Whether a book in 『』 is an issue of a journal that a title behind it is in: 『世界』2015年8月号、特集「題」."""
    if draft.has("authors") or between not in ("", "特集", "掲載", "所収"):
        return False
    return draft.has("volume", "issue") or any(
        span.field == "date" and view[span.end - 1] == "号" for span in draft.fields
    )


def same_book(draft: Draft, between: str, back: Back) -> bool:
    """Whether 同書 or ibid. behind a title in 「」 is the book that was cited before: 「章」同書、12頁."""
    if back.kind != "same" or draft.style != "quote" or draft.back is not None or draft.has(*OWN):
        return False
    into = between.strip(" ,、")
    return bool(INTO.match(into)) or (not into and back.what in ("書", "論集", "報告書"))
