"""Which drafts of a sentence are citations: a quotation with nothing of one around it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.resolve.drafts import OWN, Draft
from pipeline.resolve.known import is_news, is_prose, pattern

_EVIDENCE = ("date", "url", "volume", "issue", "doi", "pages", "locator", "accessed", "edition", "translators")
"""Fields any of which makes a citation; a container or publisher may be words that only follow a quotation."""
_JOINS = ("、", "及び", "と")
_POINTS = re.compile(r"参|詳|よ[るり]|見")
_REFERRED = re.compile(r"[をも]?.{0,3}参")
_ARCHIVE = re.compile(r"(?:史料館|公文書館|文書館|憲政資料室|史料室|史料編纂所)$|\bArchives$|Presidential Library$")
_HELD = re.compile(r"所?蔵")
_SHARED = re.compile(r"（(?:いずれも|ともに)")


def citing(view: str, drafts: Sequence[Draft], start: int, end: int, *, nested: bool) -> list[Draft]:
    """The drafts of the sentence ``view[start:end]`` that are citations; of titles in a row, all if the last is one.

    ``nested`` says that the text stands in a bracket, where a quotation alone is a name. Titles in a row share the
    author in front of the first, and the date that いずれも gives them.
    """
    found: list[Draft] = []
    for draft in reversed(drafts):
        if _cites(view, draft, start, end, nested=nested) or (
            found and _in_row(view, draft, found[-1]) and (draft.has("authors") or draft is not drafts[0])
        ):
            found.append(draft)
    found.reverse()
    _share(view, found)
    return found


def _in_row(view: str, draft: Draft, after: Draft) -> bool:
    joined = view[draft.end : after.start].strip() in _JOINS
    return joined and draft.style == after.style and not after.has("authors", "container")


def _share(view: str, row: Sequence[Draft]) -> None:
    for draft, after in pairwise(row):
        if _in_row(view, draft, after) and not draft.has(*OWN):
            after.fields += [span for span in draft.fields if span.field == "authors"]
    for draft, after in reversed(list(pairwise(row))):
        if not draft.has("date") and _SHARED.search(view, draft.end, row[-1].end):
            draft.fields += [span for span in after.fields if span.field == "date"]


def _cites(view: str, draft: Draft, start: int, end: int, *, nested: bool) -> bool:
    if draft.back is not None or draft.has(*_EVIDENCE) or _is_published(view, draft):
        return True
    rest = view[draft.end : end].strip(" 。.、,")
    rest = "" if pattern("{NO_FIELD}").fullmatch(rest) else rest
    lead = view[start : draft.start].strip()
    named = draft.has("authors") or draft.same_author is not None
    if draft.referred and not nested and _POINTS.search(rest):
        return named or (bool(_REFERRED.match(rest)) and not is_prose(lead))
    return not rest and (named or (not lead and not nested and not draft.has("container", "publisher")))


def _is_published(view: str, draft: Draft) -> bool:
    """Whether container or publisher are certain: a title in marks, a news medium, in a bracket, or an archive."""
    spans = [span for span in draft.fields if span.field in ("container", "publisher")]
    return any(
        (span.start and view[span.start - 1] in "『《（")
        or is_news(span.value)
        or _HELD.match(view, span.end)
        or _ARCHIVE.search(span.value)
        for span in spans
    )


def gaps(drafts: Sequence[Draft], start: int, end: int) -> list[tuple[int, int]]:
    """What of a sentence stands in no draft; the drafts are in order."""
    found = []
    at = start
    for draft in drafts:
        if at < draft.start:
            found.append((at, draft.start))
        at = max(at, draft.end)
    if at < end:
        found.append((at, end))
    return found
