"""When a meeting was: the dates of a sentence, and which of them dates which meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.resolve.facts.clauses import EVENT, SESSION, hangs_on_another, last_of_list, listed
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View

_DAY = len("2025-11-01")
_MONTH = len("2025-11")
_NEAR = 4
_CLOSED = re.compile("(?:閉幕|終了|閉会)した")
_TOPIC = re.compile("(?:は|が|も|を)")
_TO_COME = re.compile(
    "を(?:[^、。ⓂⓅⒾ]{0,8})(?:設け|創設|新設|開始|立ち上げ|再開|定例|定期|毎年|発足)|の(?:創設|設置|立ち上げ|開始|新設|定例化|次期|(?:共同)?議長国(?!を務め)|事務局)"
)
_FOUNDING = re.compile("(?:設置|創設|新設|立ち上げ|開催|再開)(?:を|に|で)(?:決め|合意|一致|提案|打診|呼び[掛か]け)")
"""Between a date and a meeting: it was agreed then, and held later if at all."""
_ENDED = re.compile("(?:であ(?:り|ったが|るが)|だったが)、")
"""Between a date and a meeting: the clause of the date ends."""
_SETTING = re.compile(
    "(?:で|に|へ|の(?:機会|際|折|傍ら|かたわら|サイドライン|期間|合間|後)|を(?:機|終|行い|開き)|が(?:開かれ|行われ|開催され)、[^。ⓂⓅ]{0,10}Ⓜも)"
)
"""Behind a meeting that another one is told of together with: both are in one month."""
THIS = re.compile("(?:この|その|同)$")
SCENE = re.compile(
    "Ⓓ(?:、|の)?(?P<at>[ⓁⒸ])。?|[^。ⓂⓅⒾⒹ]*(?:は|のは、?)Ⓓ(?:である|であった|だ|だった|に訪れ(?:た|る)|に(?:さかのぼ|遡)る|に始まる|のことであ(?:る|った))。"
)
"""A sentence that only sets the scene: 1972年9月、北京。 転機はⒹに訪れた。"""
_SAME_OCCASION = re.compile(
    "開催中の(?:第[^、。]{1,4}回)?$|(?:この|その)(?:機会|際|折|傍ら|かたわら|合間)|これに(?:合わせ|併せ)"
)
_NOT_THEN = re.compile("以来|以降|以前|までに|から(?!始)[^Ⓓ]{0,12}(?:年間|にかけて)|の時点|現在")
_SINCE_THEN = re.compile("以来|以降|から[^、。ⓂⓅ]{0,10}(?:主催|続|毎年|行ってき)")
_CLEFT_ENDS = re.compile("[^ⓂⓅⒾⒹ。は]{0,14}?(?:において|で)?(?:であ|だっ|のこと)")
"""Behind the date of Ⓜが開かれたのは Ⓓ、Ⓛにおいてであった."""
_ADVERBIAL = re.compile("(?:午前|午後|夜|頃|ごろ|早朝)?(?:、|には|にも|に、)")
_BEHIND_SUBJECT = re.compile("(?:^|[、。])[^、。ⓂⒾ]*Ⓟ(?:氏|ら)?(?:は|が|も)、?$")
_OTHERS_DAY = re.compile("(?:から|まで)?の(?:第[^、。Ⓜ]{1,5}回)?(?P<sign>Ⓜ)")
"""Behind a date that belongs to the meeting named next: 翌日からのⓂ."""
_VISITOR = re.compile("(?:に(?:かけて)?)?[ⓁⒸ](?:を|へ|に)[^、。ⓂⓅ]{0,4}(?:訪れ|訪問し|訪ね|赴い)たⓅ(?:氏|ら)?は")
"""Between a date and a meeting: ⒹにⓁを訪れたⓅは."""
_PUT_OFF = re.compile("延期(?:され|し|となり|になり|の末)")
_CAME_FROM = re.compile("(?:に|へ)(?:出席|参加)し(?:た|ていた)[^、。ⓂⓅ]{0,6}Ⓟ")
"""Behind a meeting: who came from there is then told to have met somebody on the day that opens the sentence."""
_OPENS = re.compile("(?:には|にも|、|には、)(?:第[^、。]{1,5}回)?")
_AT_ONCE = re.compile("[^、。ⓂⓅ]{0,10}(?:とともに|と同時に)、")
_BESIDE = re.compile("(?:を(?:前|控え|見据え|受け)|に(?:先立|向け|続))")
"""Behind a meeting that is only named as what comes before or after: Ⓜを前に."""


@dataclass(frozen=True)
class Days:
    """A date or a range of days in a view: its extent there and its first and last day, ISO 8601."""

    start: int
    end: int
    first: str
    last: str


@dataclass
class Before:
    """What the block has said so far: the date of the meeting told of last, the dates of the sentence before, and of a
    sentence that only set the scene."""

    told: str = ""
    sentence: list[Days] = field(default_factory=list)
    scene: list[Days] = field(default_factory=list)


class Dating:
    """Finds the dates of meetings."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules

    def of(
        self, view: View, place: int, days: list[Days], occasions: set[int], before: Before, *, counted: bool = False
    ) -> tuple[str, str] | None:
        """First and last day of the meeting at a place of the view, ISO 8601; a month where only its occasion is dated.

        ``days`` are the dates of the sentence, ``occasions`` the places of meetings that are only named as occasions;
        ``counted`` says that it is not the first of its series, so that what began then is the meeting itself.
        """
        founded = self._founded(view)
        if dates := [mention.date for mention in view.beside.get(view.ends[place], ()) if mention.date]:
            return dates[0], dates[1] if len(dates) > 1 else ""
        text = view.text
        left = self._left(view, place, [d for d in days if d.end <= place and d.start not in founded], occasions)
        last = last_of_list(view, place)
        behind = [d for d in days if d.start > last and (counted or d.start not in founded)]
        right = behind[0] if behind else None
        put_off = _PUT_OFF.search(text, last) if _TOPIC.match(text, last + 1) else None
        if put_off and (later := next((d for d in behind if d.start >= put_off.end()), None)):
            return later.first, later.last
        if len(behind) > 1 and behind[1].first.startswith(behind[0].first) and behind[1].start - behind[0].end < _NEAR:
            right = behind[1]  # ⓂはⒹ（年）にもⒹ（日）にⓁで開かれた
        if right is not None and self._dates_before(text, last, right):
            near = re.fullmatch("(?:は|が)、?[^、]{0,12}", text[last + 1 : right.start])
            if left is None or near or right.first.startswith(left[0]):
                return right.first, right.last
        if left is not None:
            return left
        if THIS.search(text[:place]) and before.sentence:
            return before.sentence[0].first, before.sentence[0].last
        if _SAME_OCCASION.search(text[:place]) and before.told:
            return before.told[:7], ""
        if place in occasions and not days and before.told:
            return before.told[:7], ""
        if before.scene and not days:
            return before.scene[0].first, before.scene[0].last
        return None

    def _founded(self, view: View) -> set[int]:
        """Places of the dates at which a series was founded."""
        return {
            found.start for found in self._rules.find("founded", view.text) if len(view.of(found.start).date) < _DAY
        }

    def _left(self, view: View, place: int, days: list[Days], occasions: set[int]) -> tuple[str, str] | None:
        """First and last day by a date in front of the meeting."""
        text = view.text
        to_come = bool(_TO_COME.match(text, place + 1))
        for found in reversed(days):
            own = _OTHERS_DAY.match(text, found.end)
            if own is not None and own.start("sign") != place and _BESIDE.match(text, own.end()):
                continue
            others = [i for i in view.at("Ⓜ") if found.end <= i < place and not _BESIDE.match(text, i + 1)]
            chained = listed(text, [*others, place])
            reach = text[found.end : others[0] if others and not chained else place]
            if _in_brackets(text, found.start) or _FOUNDING.search(text, found.end, place) or _ENDED.search(reach):
                continue
            if not others and _VISITOR.match(reach):
                return _month(found) if found.last else (found.first, "")
            if not self._reaches(found, reach, text):
                continue
            if to_come and not re.fullmatch("に|、|の", reach):
                continue
            if _CLOSED.search(reach):
                return found.first[:7], found.last or found.first
            if reach == "の" or re.fullmatch("の第[^、。Ⓜ]{1,5}回", reach):
                return found.first, found.last
            if others and not chained and not _SETTING.match(text, others[0] + 1):
                continue
            if re.match("に|から", reach) and EVENT.search(reach) and not others:
                return found.first, found.last
            apart = bool(others) and not chained and any(i not in occasions for i in others)
            here = apart and _comes_from(text, found, others)
            vague = place in occasions or (apart and not here and not _AT_ONCE.match(text, others[-1] + 1))
            if _CAME_FROM.match(text, place + 1) and _OPENS.fullmatch(reach) and "Ⓜ" in text[place + 1 :]:
                return _month(found)
            return _month(found) if vague else (found.first, found.last)
        return None

    def _dates_before(self, text: str, place: int, found: Days) -> bool:
        """Whether a date behind the meeting dates it: Ⓜは Ⓓに開かれた, Ⓜに臨んだのは Ⓓである."""
        between = re.sub(f"^{SESSION}", "", text[place + 1 : found.start], count=1)
        if re.search("[ⓂⒾ。]", between) or _SINCE_THEN.match(text, found.end):
            return False
        if re.search("のは、?[^、]{0,30}$", between) and _CLEFT_ENDS.match(text, found.end):
            return True
        return bool(_TOPIC.match(between)) and "Ⓟ" not in between and self._happens(text[found.end :])

    def _reaches(self, found: Days, between: str, text: str) -> bool:
        """Whether a date in front dates the meeting, and not something else that stands between."""
        if _NOT_THEN.match(between):
            return False
        front = text[: found.start]
        opens = (not re.search("[ⓂⓅⒾ]", front) or bool(_BEHIND_SUBJECT.search(front))) and bool(
            _ADVERBIAL.match(between)
        )
        return opens or not hangs_on_another(between)

    def _happens(self, after: str) -> bool:
        """Whether what follows a date says that a meeting took place then."""
        return bool(self._rules.pattern(_HAPPENS).match(after.partition("。")[0]))


_HAPPENS = (
    "[^ⓂⓅⒾ]{0,44}?(?:{HELD}|開催|実施|予定|行(?:い|っ|う)|開(?:い|き|く)|主催|開始|控え"
    "|[ⓁⒸ]での(?:第[^、。]{1,4}回)?(?:会合|会議))"
    # ⓂはⒹにⓁで、ⓂはⒹにⓁで開かれた; ⓂはⒹに、ⓂはⒹに、…: the first half leaves its verb to the second.
    "|(?:(?:に|、)?[^ⓂⓅⒾ、]{0,16}で、(?:[^。]*Ⓜ(?:は|が)|Ⓓ)|に、Ⓜ(?:は|が)Ⓓ)[^。]*(?:{HELD}|開催)"
)


def days_of(view: View) -> list[Days]:
    """The dates of a sentence, two that make a range as one."""
    found: list[Days] = []
    places = [i for i in view.at("Ⓓ") if view.of(i).date]
    skip = -1
    for n, place in enumerate(places):
        if place == skip:
            continue
        first = view.of(place).date
        last, end = "", place + 1
        if n + 1 < len(places):
            other = places[n + 1]
            iso = view.of(other).date
            if len(iso) == len(first) and first < iso and _to(view.text, place, other):
                last, end, skip = iso, other + 1, other
        found.append(Days(place, end, first, last))
    return found


def _to(text: str, place: int, other: int) -> bool:
    link = text[place + 1 : other]
    if re.fullmatch(r"(?:午前|午後)?(?:から|~|-|―|─|—)", link):
        return True
    return bool(re.fullmatch(r"、|・|及び|および|と", link)) and bool(
        re.match(r"(?:両日|にかけて|の|に|で|、)", text[other + 1 :])
    )


def to_come(view: View, day: Days, published: str) -> bool:
    """Whether a date is that of a plan which a sentence speaks of, and not of the speaking."""
    return view.text.startswith("まで", day.end) or day.first > published > ""


def another_month(view: View, end: int, known: str) -> bool:
    """Whether what stands in front of ``end`` has a date that is more than a month from a ``known`` one, ISO 8601."""
    days = [day for day in days_of(view) if day.end <= end and not view.text.startswith("の", day.end)]
    if not days or not known:
        return False
    one, other = known, days[-1].first
    if min(len(one), len(other)) < _MONTH:
        return one[:4] != other[:4]
    numbers = [int(iso[:4]) * 12 + int(iso[5:7]) for iso in (one, other)]
    return abs(numbers[0] - numbers[1]) > 1


def _month(days: Days) -> tuple[str, str]:
    return days.first[:7], ""


def _comes_from(text: str, found: Days, others: list[int]) -> bool:
    return bool(_CAME_FROM.match(text, others[-1] + 1) and _OPENS.fullmatch(text, found.end, others[0]))


def _in_brackets(text: str, place: int) -> bool:
    return text.rfind("（", 0, place) > text.rfind("）", 0, place)
