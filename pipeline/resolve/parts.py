"""A note as the sum of its parts: citations, the words that lead in to them and close them, and explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.resolve.drafts import Draft
from pipeline.resolve.scan import Scan
from pipeline.rules.engine import book

PartKind = Literal["citation", "lead", "tail", "explanation", "stop"]

_POINTS = re.compile(r"参照|参考|see|cf\.", re.IGNORECASE)


class Part(NamedTuple):
    """``text[start:end]`` of a note: a citation, what leads in to one or closes it, an explanation, or marks alone."""

    kind: PartKind
    start: int
    end: int


def parts(text: str, drafts: Sequence[Draft]) -> list[Part]:
    """All of a note's text in order, without gap or overlap; ``drafts`` are its citations in order."""
    scan = Scan(text)
    found: list[Part] = []
    at = 0
    for draft in (draft for draft in drafts if not draft.unread):
        found += _between(scan, at, draft.start, before=True, after=at > 0)
        found.append(Part("citation", draft.start, draft.end))
        at = draft.end
    found += _between(scan, at, len(text), before=False, after=at > 0)
    return found


def _between(scan: Scan, start: int, end: int, *, before: bool, after: bool) -> Iterator[Part]:
    """The sentences of a stretch without citations; ``before`` and ``after`` say on which side one stands."""
    if start >= end:
        return
    sentences = [(items[0].start, items[-1].end) for items in scan.sentences(start, end)]
    for at, (low, high) in enumerate(sentences):
        words = scan.view[low:high].strip(" 、,。.;；\n")
        last = before and at == len(sentences) - 1
        if not any(char.isalnum() for char in words):
            yield Part("stop", low, high)
        elif after and at == 0 and _closes(words + "。"):
            yield Part("tail", low, high)
        elif last and (scan.view[high - 1] not in "。.;；\n" or (_POINTS.search(words) and len(words) < 40)):
            yield Part("lead", low, high)
        else:
            yield Part("explanation", low, high)


def _closes(words: str) -> bool:
    return any(hit.start == 0 for rule in book().yielding("tail") for hit in rule.find(words))
