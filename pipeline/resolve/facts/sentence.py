"""A sentence with its persons and predicates, and which meeting each predicate is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.resolve.facts.clauses import listed
from pipeline.resolve.facts.groups import Group, groups
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View

KINDS = ("attend", "talk", "meet", "act", "held", "chair", "host", "absent")
"""Kinds of predicate that the rules of facts.toml find; "session" is the predicate of any other sentence."""

_AT = re.compile(
    "(?:等|など)?(?:での[^、。ⓂⓅⒾ]{0,8}(?:で|において)|で(?:は|も)?(?!の|あ|な[いくか])|において(?:は|も)?"
    "|に(?:際し|おけ|当た|あた)(?:て|る|って|り)?(?:は|も)?|の(?:後|のち|直後)(?:、|に)"
    "|の(?:席上|場|席|壇上)(?:で(?:は|も)?|において)?"
    "|の[^、。ⓂⓅⒾ]{0,14}(?:演説|講演|発言|スピーチ|討論|セッション|会合|冒頭|開会式|閉会式|分科会|夕食会|本会議)"
    "(?:で(?:は|も)?|において(?:は|も)?)|の(?:冒頭|初日|[一二三四]日目|最終日|開会式|閉会式)に(?!当た|あた)(?:は|も)?)"
)
"""Behind a meeting: what follows took place there."""
_TO = re.compile("(?:等|など)?(?:の[^、。ⓂⓅⒾ]{0,10})?(?:に|へ)(?:は|も)?")
_TOPIC = re.compile("(?:は|が|も)")
_SUBJECT = re.compile("(?:は|が|も|の[^、。ⓂⓅ]{0,6}が)")
_OBJECT = re.compile("(?:等|など)?を")
_OF_CHAIR = re.compile("の(?:共同)?$")
_ATTRIBUTE = re.compile("[^、。ⓂⓅⒾ]{0,16}?(?:され|行われ|交わされ|示され|し|れ)た(?=[一-龥ァ-ヺ「ⓅⒾⓄ])")
"""After Ⓜで: what was done there only describes something else (Ⓜで採択された基準)."""
_ADNOMINAL = re.compile("[^、。ⓂⓅⒾⓄ]{0,6}?(?:た|る|だ|中の)(?:ばかりの)?(?P<between>[^、。ⓂⓅⒾをがは]{0,22}?)(?=[ⓅⓄ])")
_NO_HEAD = re.compile("こと|ため|ところ|際|後")
_CLEFT = re.compile("[^、。ⓂⓅ]{0,4}?(?:た|る)のは、?(?=[^。ⓂⓅ]{0,22}Ⓟ)")
_DESCRIBES = re.compile(
    "(?:(?:され|し|す)?(?:た|る|ている|ていた)|(?:(?<=て)|て|り|し|め)、?[^。ⓂⓅⒾ]{0,24}?(?:開かれ|開催され|行われ)た)"
    "(?:[^、。ⓂⓅⒾ]{0,12})(?P<sign>Ⓜ)"
)
"""Behind who chairs or hosts: the clause describes a meeting (Ⓟが議長となってⓁで開かれたⓂ)."""
_CAME_TO = re.compile("(?:し|ん|っ)?[ただ](?:ばかりの)?(?:この|その|同|第[^、。ⓂⓅ]{1,5}回|初の)?(?P<sign>Ⓜ)")
"""Behind who came: the meeting that the clause describes (Ⓟが出席したⓂ, Ⓟ、Ⓟが揃って来日したこの会合)."""
_SUBORDINATE = re.compile("[^、。ⓂⓅⒾ]{0,4}?た(?=[一-龥ァ-ヺも「])(?!後|際|上で|ほか)")
"""Behind a predicate: its clause only describes a noun."""
_GOES_ON = re.compile("(?:し|い|き|み|って|して|んで)?、|した(?:ほか|上で|際)|して")
"""Behind a predicate: the sentence goes on with what the same persons did there."""
_SAYS_MORE = re.compile("[^ぁ-ん、].{2}")
"""What stands behind the last predicate and is more than its ending."""
_HABIT = re.compile("てき(?:た|ている)")
ELSEWHERE = re.compile("^[^ⓅⓂ]{0,14}(?:Ⓓ(?!の)|その後|のちに|後日|帰国|帰途|一方で|その足で|これに先立)")
"""How a clause begins that no longer speaks of the meeting."""

_OF_OTHERS = re.compile("[^。、ⓅⓂ]{0,6}が、[^。]*Ⓟ[^、。]{0,4}(?:は|が|も)[^。]*Ⓓ")
"""Behind a predicate: a clause that goes on about others, at another time (出席したが、Ⓟ氏はⒹに辞任し)."""


@dataclass(frozen=True)
class Predicate:
    """A predicate in a view: its extent, kind, the rule that found it, and whether it happened."""

    start: int
    end: int
    kind: str
    rule: str
    happened: bool


class Sentence:
    """A view with its predicates and groups."""

    def __init__(self, view: View, rules: Rulebook) -> None:
        self.view = view
        self.groups = groups(view)
        self._rules = rules
        self._occasions = {found.start for found in rules.find("occasion", view.text)}
        self.predicates = self._predicates()

    def _predicates(self) -> list[Predicate]:
        text = self.view.text
        found = [
            Predicate(start, end, kind, rule.id, happened(text, end, self._rules))
            for kind in KINDS
            for rule in self._rules.rules(kind)
            for start, end, _ in rule.find(text)
        ]
        chosen: list[Predicate] = []
        for predicate in sorted(found, key=lambda p: (p.start, p.kind != "absent", p.start - p.end)):
            if not chosen or predicate.start >= chosen[-1].end:
                chosen.append(predicate)
        end = len(text.rstrip("。 "))
        at = chosen[-1].end if chosen else 0
        if _SAYS_MORE.search(text[at:end]) and not _HABIT.search(text[end - 5 :]):
            # Whoever does anything at a meeting took part, whatever the verb of the sentence is.
            chosen.append(Predicate(max(end - 1, at), end, "session", "attended.in-session", happened=True))
        return chosen

    def moved_on(self, predicate: Predicate, at: int) -> bool:
        """Whether a clause from ``at`` to a predicate tells of another time or place than the meeting before."""
        if predicate.kind not in ("act", "meet", "session"):
            return False
        if not self.meeting_before(at):
            return False
        clause = self.view.text[at : predicate.start]
        if predicate.kind == "session" and _OF_OTHERS.match(clause):
            return True
        return bool(ELSEWHERE.search(clause)) and "Ⓜ" not in clause

    def has_subject(self) -> bool:
        """Whether a noun that is no person of ours is the sentence's subject."""
        return bool(re.search("[一-龥ァ-ヺーA-ZⒸⓂⒾⓄ」](?:が|は)", self.view.text))

    def meeting_before(self, end: int) -> bool:
        """Whether a meeting is named in front of a place otherwise than as an occasion."""
        return any(i < end and i not in self._occasions for i in self.view.at("Ⓜ"))

    def listed(self, predicate: Predicate) -> list[int]:
        """Places of meetings in one list with the one that a predicate is about, in front of it."""
        last = self.meeting(predicate)
        if last is None or predicate.kind not in ("talk", "attend"):
            return []
        places = [i for i in self.view.at("Ⓜ") if i <= last]
        found: list[int] = []
        for first, second in reversed(list(pairwise(places))):
            if not listed(self.view.text, [first, second]):
                break
            found.append(first)
        return found

    def likewise(self, predicate: Predicate, own: list[Group]) -> list[int]:
        """Places of other meetings that the same topic acts at: Ⓟは Ⓜでは…に重点を置き、Ⓜでは…を伝えた."""
        main = self.meeting(predicate)
        if main is None or predicate.kind not in ("act", "session") or not any(g.role == "topic" for g in own):
            return []
        start = min(g.end for g in own)
        others = [i for i in self.view.at("Ⓜ") if start <= i < main and i not in self._occasions]
        return [i for i in others if re.match("では、?", self.view.text[i + 1 :])]

    def beside(self, group: Group, place: int) -> bool:
        """Whether persons stand right in front of a meeting: ⓅとのⓂ."""
        return group.end < place and bool(re.fullmatch("との?", self.view.text[group.end : place]))

    def attends(self, end: int) -> bool:
        """Whether somebody is said in front of a place to attend."""
        return any(p.kind == "attend" and p.happened and p.end < end for p in self.predicates)

    def attended_by_head(self, end: int) -> int | None:
        """Place of the meeting of a clause that hangs on who is then said to announce: Ⓜに出席したⓅは Ⓘを発表した."""
        for predicate in self.predicates:
            head = self.head(predicate) if predicate.kind == "attend" and predicate.end < end else None
            if head is None or head.role not in ("subject", "topic"):
                continue
            if not ELSEWHERE.search(self.view.text[head.end + 1 : end]):
                return self.meeting(predicate)
        return None

    def held(self, place: int) -> bool:
        """Whether the sentence says that the meeting at a place was held."""
        text = self.view.text
        if not _SUBJECT.match(text, place + 1):
            return False
        return any(
            p.kind == "held" and p.happened and p.start > place and not re.search("[ⓂⓅⒾ。]", text[place + 1 : p.start])
            for p in self.predicates
        )

    def head(self, predicate: Predicate) -> Group | None:
        """The persons that a clause hangs on (Ⓜに出席したⓅは), or that it leads up to (出席したのは、Ⓟである)."""
        text = self.view.text
        for pattern in (_CLEFT, _ADNOMINAL):
            match = pattern.match(text, predicate.end)
            if match is None:
                continue
            group = next((g for g in self.groups if g.start >= match.end()), None)
            if group is None:
                return None
            if pattern is _ADNOMINAL and (group.start != match.end() or _NO_HEAD.search(match["between"])):
                return None
            return group
        return None

    def meeting(self, predicate: Predicate, *, adnominal: bool = False) -> int | None:
        """Place of the meeting of this sentence that a predicate is about; None if it is none of them."""
        text = self.view.text
        if predicate.kind == "talk":
            return max(i for i in self.view.at("Ⓜ") if i < predicate.start)
        came = _CAME_TO.match(text, predicate.end) if predicate.kind == "attend" else None
        if came is not None and not re.search("Ⓜ[^、。ⓂⓅ]{0,6}(?:に|へ|を)[^、。ⓂⓅ]{0,6}$", text[: predicate.start]):
            return came.start("sign")
        for place in reversed([i for i in self.view.at("Ⓜ") if i < predicate.start]):
            if place in self._occasions:
                continue
            if self._fits(place, predicate, text, adnominal=adnominal):
                return place
        after = _DESCRIBES.match(text, predicate.end)
        return after.start("sign") if after and predicate.kind in ("chair", "host") else None

    def _fits(self, place: int, predicate: Predicate, text: str, *, adnominal: bool) -> bool:
        kind = predicate.kind
        at = _AT.match(text, place + 1)
        if at is not None:
            described = _ATTRIBUTE.match(text, at.end())
            return adnominal or kind in ("attend", "chair") or described is None or predicate.start < described.end()
        if kind in ("attend", "absent") and _TO.match(text, place + 1):
            return True
        if kind == "meet" and text.startswith("に、", place + 1) and text.startswith("迎え", predicate.start):
            return True
        if kind == "attend" and _OBJECT.match(text, place + 1) and predicate.rule == "attended.joined":
            return True
        if kind == "host":
            itself = _TOPIC.match(text, place + 1) and predicate.rule == "hosted" and text[predicate.start - 1] == "が"
            return bool(_OBJECT.match(text, place + 1) or itself)
        if kind == "chair" and (_TOPIC.match(text, place + 1) or _OF_CHAIR.match(text[place + 1 : predicate.start])):
            return True
        if kind == "held":
            return bool(_TOPIC.match(text, place + 1)) and not re.search("[ⓂⒾ]", text[place + 1 : predicate.start])
        if kind in ("act", "session") and _SUBORDINATE.match(text, predicate.end):
            return False
        if self.held(place):
            return True
        if kind in ("attend", "act", "meet", "session") and re.match("は(?=Ⓟ|、)|には", text[place + 1 :]):
            return True
        # ⓅはⓂに出席し、…を表明した; ⓂをⓁで行い、…一致した
        joined = [
            p
            for p in self.predicates
            if place < p.start < predicate.start and p.kind in ("attend", "talk", "host", "chair") and p.happened
        ]
        return any(self.meeting(p) == place and _GOES_ON.match(text, p.end) for p in joined)


def happened(text: str, end: int, rules: Rulebook) -> bool:
    """Whether what a predicate that ends here says took place."""
    return not rules.pattern("{NOT}|{PLANNED}").match(text, end)
