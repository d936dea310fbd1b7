"""What of the model's proposals is clean enough to be counted.

The model was trained on newspapers: it takes Latin words for people, runs of state letters (日豪) for
a person or a state, and common nouns (参加国) for equipment.
"""

from __future__ import annotations

import re

from pipeline.rules.engine import Book

_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_NAME = re.compile(r"[ァ-ヺー]+(?:[・=][ァ-ヺー]+)*|[一-龥々]{2,6}|[一-龥々]{1,3}[ぁ-ん]{1,3}[一-龥]?")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z]")
_NO_PERSON = re.compile(r"(?:軍|国|島|型|級|省|庁|党|会|側|派|海|人|氏)$")
_NO_ORGANIZATION = re.compile(r"(?:政権|内閣|協力|関係|戦略|会談|会合|同盟)$")
_EQUIPMENT = re.compile(
    r"[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*|.*(?:艦|機|型|級|弾|砲|車|号|ミサイル|ロケット|衛星|レーダー)"
)


class Proposals:
    """Judges proposals; ``rules`` know the letters of states and the regions."""

    def __init__(self, rules: Book) -> None:
        self._letters = rules.pattern("(?:{RUN_LETTER}|中|対){1,8}")
        self._regions = rules.pattern("(?:{REGION}|{COUNTRY}|{GROUP})(?:諸国|以外|地域|各国)?")

    def worth(self, label: str, name: str) -> bool:
        """Whether a proposal under this label is a mention; ``name`` is its folded text."""
        if self._letters.fullmatch(name) or name.isdigit():
            return False
        if label == "PERSON":
            return bool(_NAME.fullmatch(name)) and not (_NO_PERSON.search(name) or self._regions.fullmatch(name))
        if label == "ORGANIZATION":
            return not _NO_ORGANIZATION.search(name) and bool(_JAPANESE.search(name) or _ACRONYM.fullmatch(name))
        if label == "PLACE":
            return bool(_JAPANESE.search(name)) and not re.search(r"(?:国|以外|各国|側)$", name)
        if label == "EQUIPMENT":
            return bool(_EQUIPMENT.fullmatch(name))
        # The catalogue knows every state, and the rules know agreements by their last word.
        return label not in ("COUNTRY", "AGREEMENT")
