"""What of the model's proposals is clean enough to be counted.

The model was trained on newspapers: it takes Latin words for people, runs of state letters (日豪) for
a person or a state, and common nouns (参加国) for equipment.
"""

from __future__ import annotations

import re

from pipeline.rules.engine import Book

_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_NAME = re.compile(r"[ァ-ヺー]+(?:[・=][ァ-ヺー]+)*|[一-龥々]{2,6}|[一-龥々]{1,3}[ぁ-ん]{1,3}[一-龥]?")
_SURNAME = re.compile(r"[一-龥々]{1,2}")
_ADDRESSED = re.compile(r"氏|さん|は、|（")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z]")
_NO_PERSON = re.compile(r"(?:軍|国|島|型|級|省|庁|党|会|側|派|海|人|氏)$")
_ORGANIZATION = re.compile(
    r".{2,}(?:省|庁|社|党|会|隊|軍|院|所|大学|大|銀行|機構|機関|センター|財団|協会|新聞|本部|司令部|組合|連盟|連合|書房|出版|派|局)"
)
_EQUIPMENT = re.compile(r"[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*|.{2,}(?:艦|機|弾|砲|車|ミサイル|ロケット|衛星|レーダー)")
_NO_PLACE = re.compile(r"(?:国|以外|側|後|前|内|の|籍|首都)$|^日欧$")


class Proposals:
    """Judges proposals; ``rules`` know the letters of states and the regions."""

    def __init__(self, rules: Book) -> None:
        self._letters = rules.pattern("(?:{RUN_LETTER}|中|対){1,8}")
        self._offices = rules.pattern("{OFFICE}|{OTHER_OFFICE}|大臣|[陸海空]上")
        self._regions = rules.pattern("(?:{REGION}|{COUNTRY}|{GROUP})(?:諸国|以外|地域|各国)?")

    def worth(self, label: str, name: str, after: str = "") -> bool:
        """Whether a proposal under this label is a mention; ``name`` is its folded text, ``after`` what follows."""
        if self._letters.fullmatch(name) or name.isdigit():
            return False
        if label == "PERSON":
            if not _NAME.fullmatch(name) or _NO_PERSON.search(name) or self._regions.fullmatch(name):
                return False
            # A word of two characters is a name where somebody is spoken of.
            return not self._offices.search(name) and bool(not _SURNAME.fullmatch(name) or _ADDRESSED.match(after))
        if label == "ORGANIZATION":
            return bool(_ORGANIZATION.fullmatch(name) or _ACRONYM.fullmatch(name))
        if label == "PLACE":
            return bool(_JAPANESE.search(name)) and not _NO_PLACE.search(name)
        if label == "EQUIPMENT":
            return bool(_EQUIPMENT.fullmatch(name))
        # The catalogue knows every state, and the rules know agreements by their last word.
        return label not in ("COUNTRY", "AGREEMENT")
