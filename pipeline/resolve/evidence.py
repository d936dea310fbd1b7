"""Which drafts of a sentence are citations: a quotation with nothing of one around it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.resolve.drafts import OWN, Draft
from pipeline.resolve.known import is_prose

_EVIDENCE = (*OWN, "pages", "locator", "accessed", "edition", "translators")
_JOINS = ("、", "及び", "と")
_POINTS = re.compile(r"参|詳|よ[るり]|見")
_REFERRED = re.compile(r"[をも]?.{0,3}参")
_SHARED = re.compile(r"（(?:いずれも|ともに)")


def citing(view: str, drafts: Sequence[Draft], start: int, end: int) -> list[Draft]:
    """The drafts of the sentence ``view[start:end]`` that are citations; of titles in a row, all if the last is one.

    Titles in a row share the author in front of the first, and the date that いずれも gives them.
    """
    found: list[Draft] = []
    for draft in reversed(drafts):
        if _cites(view, draft, start, end) or (
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


def _cites(view: str, draft: Draft, start: int, end: int) -> bool:
    if draft.back is not None or draft.has(*_EVIDENCE):
        return True
    rest = view[draft.end : end].strip(" 。.、,")
    lead = view[start : draft.start].strip()
    named = draft.has("authors") or draft.same_author is not None
    if draft.referred and _POINTS.search(rest):
        return named or (bool(_REFERRED.match(rest)) and not is_prose(lead))
    return not rest and (named or not lead)
