"""Abbreviations that a document gives to something else than the catalogue does: 国際宇宙ステーション（ISS）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.rules.engine import Book
from pipeline.tag.candidates import CATALOGUE, Candidate
from pipeline.tag.texts import Text
from pipeline.vocabulary import CORE

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9&+/-]{1,5}")
_NAME_BEFORE = re.compile(
    r"(?:[一-龥々ァ-ヺー・A-Za-z0-9]|の|と|及び|に対する|に関する|における|のための|に向けた){2,40}[」』]?（(?:以下、?|略称、?|通称、?)?「?$"
)
_PAIR = re.compile(r"(?=([一-龥々]{2}|[ァ-ヺー]{3}))")
_COMMON = frozenset("国際 世界 地域 安全 保障 防衛 国防 協力 会議 会合 計画 戦略 構想 支援 政策 共同 海洋".split())
"""Pairs of characters that many names share."""
_LONGEST = 60
"""How far before an abbreviation its full name may begin."""


def forget_other_meanings(texts: Iterable[Text], book: Book) -> None:
    """Takes from ``Text.found`` what the catalogue knows by an abbreviation that the document gives to something else.

    A name right before the brackets that shares nothing with any name of the catalogued entity is something else.
    """
    texts = list(texts)
    other = {
        (c.label, text.name(c))
        for text in texts
        for c in text.found
        if _is_catalogued(text, c) and _is_other(text, c, book)
    }
    for text in texts:
        text.found = [c for c in text.found if not (_is_catalogued(text, c) and (c.label, text.name(c)) in other)]


def _is_catalogued(text: Text, candidate: Candidate) -> bool:
    return (
        candidate.label in CORE
        and candidate.source.startswith(CATALOGUE)
        and bool(_ABBREVIATION.fullmatch(text.name(candidate)))
    )


def _is_other(text: Text, candidate: Candidate, book: Book) -> bool:
    before = _NAME_BEFORE.search(text.view, max(0, candidate.start - _LONGEST), candidate.start)
    if not before or text.view[candidate.end : candidate.end + 1] not in "）」、:":
        return False
    given = _pairs(before.group())
    known = [_pairs(name) for name in book.entities[candidate.entity_id].names]
    return bool(given) and any(known) and not any(given & pairs for pairs in known)


def _pairs(name: str) -> set[str]:
    return set(_PAIR.findall(name)) - _COMMON
