"""Which entity a name means: one key for all forms of a meeting's or an initiative's name."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.rules.engine import Book
from pipeline.rules.states import codes
from pipeline.tag.candidates import Catalogue
from pipeline.tag.labels import entity_id

_FOREIGN_AND_DEFENCE = "2plus2"
_LEVELS = (
    (r"(?:外務|外交)・?(?:防衛|国防)(?:担当)?(?:閣僚|大臣|相|長官)級?|外相・?(?:防衛|国防)相", _FOREIGN_AND_DEFENCE),
    (r"「?[2二](?:プラス|\+)[2二]」?(?:閣僚級?)?", _FOREIGN_AND_DEFENCE),
    (r"(?:国防|防衛)(?:担当)?(?:大臣|相|閣僚|長官|首脳)級?", "国防相"),
    (r"外務(?:担当)?大臣級?|外相級?|外務閣僚|外務長官|国務長官", "外相"),
    (r"首脳級?|サミット", "首脳"),
    (r"参謀(?:総)?長(?:等)?級?|統合参謀本部議長級?|統合幕僚長級?|合同参謀議長級?", "参謀総長"),
    (r"(?:国防|防衛)(?:当局)?(?:間)?の?次官級?", "防衛次官"),
)
"""Levels of a meeting and the word that stands for all their forms."""

_KINDS = r"(?:電話|テレビ|オンライン|ビデオ)?(?:会合|会談|会議|協議|懇談)"
"""Words for a meeting that make no difference."""

_DROPPED = (
    r"特別|臨時|緊急|非公式|定期|定例|年次|三国間|二国間|多国間|"
    r"(?:[0-9]{1,2}|[二三四五六七八九十])[かカヶケヵ]国(?:間)?|当局間|(?<=[国府局級者])間|間(?=の)|の|による|「|」|\s|・"
)
"""What of a name says nothing of which meeting it is."""

_OF_DEFENCE = re.compile("防(?:担当)?(?:大臣|相|閣僚|長官|部長|首脳|次官|当局|高官)")
"""What makes 国防 of a 国 in front of it."""
_BRACKETS = re.compile(r"（[^）]*）")


class Namer:
    """Gives names their entity. ``catalogue`` may be empty: then the grammar alone decides."""

    def __init__(self, book: Book, catalogue: Catalogue) -> None:
        self._book = book
        self._catalogue = catalogue

    def entity(self, label: str, view: str) -> str:
        """The id of a meeting or an initiative from its name (folded)."""
        return self.meeting(view) if label == "MEETING" else self.initiative(view)

    def meeting(self, view: str) -> str:
        """The id of a meeting from its name (folded): of the catalogue, or made from who meets and at which level."""
        key = self._key(view)
        known = self._catalogue.entity("MEETING", view) or self._known.get(key, "")
        about = _ABOUT.match(view)
        if not known and about and self._cities.match(view, about.end()):
            # The Dakar forum on peace and security is the Dakar forum.
            known = self._known.get(self._key(view[about.end() :]), "")
        return known or entity_id("MEETING", key)

    def meets_two_plus_two(self, view: str) -> bool:
        """Whether a meeting of this name is one of foreign and defence ministers, which is called 2プラス2."""
        return _FOREIGN_AND_DEFENCE in self._key(view) or self._catalogue.entity("MEETING", view) in self._two_plus_two

    def is_two_plus_two(self, view: str) -> bool:
        """Whether a name is 2プラス2 without saying who meets."""
        return bool(re.fullmatch(r"「?[2二](?:プラス|\+)[2二]」?(?:会合|協議|閣僚会合)?", view))

    def initiative(self, view: str) -> str:
        """The id of an initiative from its name (folded)."""
        name = _spelling(_BRACKETS.sub("", view))
        known = self._catalogue.entity("INITIATIVE", view) or self._catalogue.entity("INITIATIVE", name)
        return known or entity_id("INITIATIVE", name)

    def _key(self, view: str) -> str:
        text = re.sub(r"[「」]", "", _spelling(_BRACKETS.sub("", view)))
        parties, rest = self._split(text)
        for pattern, level in _LEVELS:
            rest = re.sub(pattern, level, rest)
        rest = re.sub(_KINDS, "", rest)
        rest = re.sub(_DROPPED, "", rest)
        # The host says nothing of a series of states or of a group, nor does the institute that holds it.
        # A conference on one country is named after the place where it met.
        if len(parties) > 1 or self._group.match(text) or _ACRONYM.match(text):
            rest = self._cities.sub("", rest)
        rest = rest.removeprefix("IISS")
        return "・".join([*sorted(parties), *filter(None, [rest])])

    def _split(self, text: str) -> tuple[set[str], str]:
        """Who meets (ISO codes, groups, regions), and the rest of the name."""
        widened = re.match(r"拡大", text)
        start = widened.end() if widened else 0
        parties: set[str] = set()
        at = start
        # 伊 of 伊勢志摩 is no party.
        while not (parties and self._cities.match(text, at)) and (match := self._party.match(text, at)):
            word, at = match["party"], match.end()
            if word[1:] == "国" and _OF_DEFENCE.match(text, at):
                # 日韓国防相会談 is of 日 and 韓.
                word, at = word[0], at - 1
            parties.add(self._codes.get(word, word))
        return parties, ("拡大" if widened else "") + text[at:].removeprefix("と")

    @cached_property
    def _party(self) -> re.Pattern[str]:
        # A letter is a party only before another one, a name of several letters, or what meets.
        return self._book.pattern(
            r"(?:[・、+/-]|及び|および|と(?:の間)?(?:の)?)?(?P<party>{GROUP}|{COUNTRY}|{REGION}|{RUN_LETTER})(?:の(?=[一-龥]))?"
        )

    @cached_property
    def _group(self) -> re.Pattern[str]:
        return self._book.pattern("(?:拡大)?(?:{GROUP})")

    @cached_property
    def _cities(self) -> re.Pattern[str]:
        return self._book.pattern(r"(?:[一-龥]{2,3}[県府都])?(?:{CITY})・?")

    @cached_property
    def _codes(self) -> dict[str, str]:
        groups = {name: entity.key for entity in self._book.of("ORGANIZATION") for name in entity.names}
        return groups | codes(self._book) | _GROUP_CODES

    @cached_property
    def _two_plus_two(self) -> frozenset[str]:
        """Catalogued meetings that have 2プラス2 among their names: SCC, AUSMIN."""
        return frozenset(known for key, known in self._known.items() if _FOREIGN_AND_DEFENCE in key)

    @cached_property
    def _known(self) -> dict[str, str]:
        """Catalogued meetings by the key of each of their names."""
        found: dict[str, str] = {}
        for name, known in self._catalogue.names("MEETING"):
            key = self._key(name)
            if len(key) > 2:
                found.setdefault(key, known)
        return found


_ACRONYM = re.compile(r"[A-Z]{3,}(?=[一-龥ァ-ヺ])")
_ABOUT = re.compile(r".{2,}?(?:に関する|をめぐる|のための)")
_GROUP_CODES = {"クアッド": "quad", "QUAD": "quad", "Quad": "quad"}
"""Groups of states that are no organisation and have several names."""


def _spelling(text: str) -> str:
    text = re.sub(r"イニシア(?:チブ|ティヴ)", "イニシアティブ", text)
    return re.sub(r"[カヵヶケ]国", "か国", text).replace("強靭", "強靱").replace("枠組み", "枠組")
