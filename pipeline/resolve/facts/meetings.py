"""Meetings: editions and dated occurrences, put together from what sentences say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document import Document, Mention
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View
from pipeline.text import number, plain


@dataclass
class Occurrence:
    """An edition or dated occurrence in the making; ``view`` says it, ``at`` is that sentence's place in the document."""

    entity_id: str
    name: str
    view: View
    at: int
    edition: str = ""
    start: str = ""
    end: str = ""
    city: str = ""
    country: str = ""
    modes: set[str] = field(default_factory=set)

    @property
    def told(self) -> bool:
        """Whether an edition or a date makes it a row."""
        return bool(self.edition or self.start)

    def fits(self, other: Occurrence) -> bool:
        """Whether both can be one: the editions and dates that are known agree."""
        if self.edition and other.edition:
            return self.edition == other.edition
        return not self.start or not other.start or self.same_time(other)

    def same_time(self, other: Occurrence) -> bool:
        """Whether dates agree at the precision known, or one lies within the other's days."""
        if not self.start or not other.start:
            return False
        if self.start.startswith(other.start) or other.start.startswith(self.start):
            return True
        return any(a.end and a.start <= b.start <= a.end for a, b in ((self, other), (other, self)))

    def take(self, other: Occurrence) -> None:
        """Adds what the other one knows and this one does not; a more precise date replaces a vaguer one."""
        self.edition = self.edition or other.edition
        if not self.start or (len(other.start) > len(self.start) and other.start.startswith(self.start)):
            self.start, self.end = other.start, other.end
        elif self.start == other.start:
            self.end = self.end or other.end
        if not self.city:
            self.city, self.country = other.city, other.country or self.country
        self.country = self.country or other.country
        self.modes |= other.modes


@dataclass(frozen=True)
class Days:
    """A date or a range of days in a view: its extent there and its first and last day, ISO 8601."""

    start: int
    end: int
    first: str
    last: str


class Occurrences:
    """All occurrences of a document, and which of them each mention speaks of."""

    def __init__(self) -> None:
        self.found: list[Occurrence] = []
        self.of: dict[str, Occurrence] = {}

    def add(self, new: Occurrence, mention: Mention | None) -> Occurrence | None:
        """The occurrence that a mention speaks of, merged with one known if it is the same; None where it is unclear."""
        known = self._same(new)
        if known is not None:
            known.take(new)
        elif new.told:
            self.found.append(new)
            known = new
        if mention is not None and known is not None:
            self.of[mention.mention_id] = known
        return known

    def _same(self, new: Occurrence) -> Occurrence | None:
        own = [o for o in reversed(self.found) if o.entity_id == new.entity_id and o.fits(new)]
        for known in own:
            if new.edition and known.edition == new.edition:
                return known
        for known in own:
            if known.same_time(new):
                return known
        for known in own:
            same_block = known.view.sentence.block_id == new.view.sentence.block_id
            if same_block and (new.at - known.at <= 1 or not new.told):
                return known
        return None

    def last_of(self, entity_id: str, block_id: str) -> Occurrence | None:
        """The occurrence of a meeting that a block spoke of last."""
        for known in reversed(self.found):
            if known.entity_id == entity_id and known.view.sentence.block_id == block_id:
                return known
        return None


def occurrences(document: Document, views: list[View], rules: Rulebook) -> Occurrences:
    """The occurrences of all meetings that the body speaks of, with editions from title and notes."""
    reader = _Reader(rules)
    for at, view in enumerate(views):
        reader.read(view, at)
    _editions_elsewhere(document, reader.occurrences, rules)
    return reader.occurrences


class _Reader:
    """Reads sentence by sentence; ``current`` is the meeting spoken of last."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self.occurrences = Occurrences()
        self._current: Mention | None = None
        self._told = ""
        self._city_told: tuple[str, str] | None = None
        self._sentence_days: list[Days] = []
        self._sentence_place = ("", "")
        self._scene: list[Days] = []
        self._block = ""

    def read(self, view: View, at: int) -> None:
        if view.sentence.block_id != self._block:
            self._block, self._told = view.sentence.block_id, ""
            self._sentence_days, self._scene, self._sentence_place = [], [], ("", "")
        editions = self._editions(view)
        occasions = {found.start for found in self._rules.find("occasion", view.text)}
        days = days_of(view)
        for place in view.at("Ⓜ"):
            mention = view.of(place)
            new = Occurrence(mention.entity_id, mention.name, view, at, edition=editions.get(place, ""))
            found = self._days_for(view, place, days, occasions)
            if found is not None:
                new.start, new.end = found
            new.city, new.country = self._place_for(view, place, occasions)
            new.modes = self._modes(view, place)
            self.occurrences.add(new, mention)
            self._told = new.start or self._told
            self._city_told = (new.city, new.country) if new.city else self._city_told
        self._since(view, at, days)
        self._sentence_days = days
        self._sentence_place = self._clause_place(view)
        self._scene = days if _SCENE.fullmatch(view.text) else []
        main = main_meeting(view, self._rules)
        if main is not None:
            self._current = view.of(main)

    def _clause_place(self, view: View) -> tuple[str, str]:
        """City and country of a sentence that names no meeting: where something happened, or the scene that it sets."""
        if view.at("Ⓜ"):
            return "", ""
        match = next(iter(_AT.finditer(view.text)), None) or _SCENE.fullmatch(view.text)
        return (self._city(view, match) if match and match["at"] else None) or ("", "")

    def _editions(self, view: View) -> dict[int, str]:
        found: dict[int, str] = {}
        for match in self._rules.find("edition", view.text):
            groups = match.match.groupdict()
            printed = groups.get("n") or groups.get("n2") or groups.get("n3") or ""
            value = 1 if not printed else number(printed)
            if value:
                found.setdefault(match.start, str(value))
        for place in view.at("Ⓜ"):
            if view.of(place).edition:
                found.setdefault(place, view.of(place).edition)
        return found

    def _days_for(self, view: View, place: int, days: list[Days], occasions: set[int]) -> tuple[str, str] | None:
        """First and last day of the meeting at a place, ISO 8601; a month where only its occasion is dated."""
        founded = {
            found.start for found in self._rules.find("founded", view.text) if len(view.of(found.start).date) < _DAY
        }
        if dates := view.dated.get(view.starts[place]):
            return dates[0], dates[1] if len(dates) > 1 else ""
        text = view.text
        left = self._left(view, place, [d for d in days if d.end <= place and d.start not in founded], occasions)
        last = self._last_of_list(view, place)
        right = next((d for d in days if d.start > last and d.start not in founded), None)
        if right is not None and self._dates_before(text, last, right):
            near = re.fullmatch("(?:は|が)、?[^、]{0,12}", text[last + 1 : right.start])
            if left is None or near or right.first.startswith(left[0]):
                return right.first, right.last
        if left is not None:
            return left
        if _THIS.search(text[:place]) and self._sentence_days:
            return self._sentence_days[0].first, self._sentence_days[0].last
        if _SAME_OCCASION.search(text[:place]) and self._told:
            return self._told[:7], ""
        if self._scene and not days:
            return self._scene[0].first, self._scene[0].last
        return None

    def _left(self, view: View, place: int, days: list[Days], occasions: set[int]) -> tuple[str, str] | None:
        """First and last day by a date in front of the meeting."""
        text = view.text
        to_come = bool(_TO_COME.match(text, place + 1))
        for found in reversed(days):
            others = [i for i in view.at("Ⓜ") if found.end <= i < place]
            chained = listed(text, [*others, place])
            reach = text[found.end : others[0] if others and not chained else place]
            if _in_brackets(text, found.start) or not self._reaches(found, reach, text):
                continue
            if to_come and not re.fullmatch("に|、|の", reach):
                continue
            if _CLOSED.search(reach):
                return found.first[:7], found.last or found.first
            if reach == "の" or re.fullmatch("の第[^、。Ⓜ]{1,5}回", reach):
                return found.first, found.last
            vague = place in occasions or (bool(others) and not chained and any(i not in occasions for i in others))
            return _month(found) if vague else (found.first, found.last)
        return None

    def _dates_before(self, text: str, place: int, found: Days) -> bool:
        """Whether a date behind the meeting dates it: Ⓜは Ⓓに開かれた, Ⓜに臨んだのは Ⓓである."""
        between = _SESSION.sub("", text[place + 1 : found.start], count=1)
        if re.search("[ⓂⒾ。]", between):
            return False
        if re.search("のは、?[^、]{0,30}$", between) and re.match("であ|だっ|のこと", text[found.end :]):
            return True
        return bool(_TOPIC.match(between)) and "Ⓟ" not in between and self._happens(text[found.end :])

    def _reaches(self, found: Days, between: str, text: str) -> bool:
        """Whether a date in front dates the meeting, and not something else that stands between."""
        if re.match("以来|以降|以前|までに|から(?!始)[^Ⓓ]{0,12}(?:年間|にかけて)|の時点|現在", between):
            return False
        opening = not re.search("[ⓂⓅⒾ]", text[: found.start]) and bool(re.match("、|には|にも|に、", between))
        rest = _EVENT_CLAUSE.sub("", between)
        return opening or not _OTHER_CLAUSE.search(rest)

    def _happens(self, after: str) -> bool:
        """Whether what follows a date says that a meeting took place then."""
        clause = re.split("[。]", after)[0]
        return bool(
            self._rules.pattern(
                "^[^ⓂⓅⒾ]{0,44}?(?:{HELD}|開催|実施|予定|行(?:い|っ|う)|開(?:い|き|く)|主催|開始|控え|[ⓁⒸ]での(?:第[^、。]{1,4}回)?(?:会合|会議))"
                "|^(?:に|、)?[^ⓂⓅⒾ、]{0,16}で、[^。]*Ⓜ(?:は|が)[^。]*(?:{HELD}|開催)"
            ).match(clause)
        )

    def _last_of_list(self, view: View, place: int) -> int:
        """Place of the last meeting of a list (ⓂとⓂは) that the one at a place stands in."""
        for other in view.at("Ⓜ"):
            if other > place and listed(view.text, [place, other]):
                place = other
        return place

    def _place_for(self, view: View, place: int, occasions: set[int]) -> tuple[str, str]:
        """City and country of the meeting at a place of the view."""
        text = view.text
        named = self._rules.states.city_in(view.of(place).text)
        if found := self._place_behind(view, place):
            return found
        for match in reversed(list(_AT.finditer(text, 0, place))):
            between = text[match.end() : place]
            others = [i for i in view.at("Ⓜ") if match.end() <= i < place]
            if not listed(text, [*others, place]) and any(i not in occasions for i in others):
                break
            if _OTHER_CLAUSE.search(_EVENT_CLAUSE.sub("", between)):
                break
            if found := self._city(view, match):
                return found
        if named:
            return named, self._rules.states.of_city(named)
        return self._sentence_place if _THIS.search(text[:place]) or self._scene else ("", "")

    def _place_behind(self, view: View, place: int) -> tuple[str, str] | None:
        """City and country that follow a meeting's name: Ⓜは Ⓓに Ⓛで開かれ, Ⓜでは ⓅらがⓁで一堂に会した."""
        text = view.text
        last = self._last_of_list(view, place)
        after = re.compile(rf"(?:{_SESSION.pattern[1:]})?(?:では|には|は|が|も|を)[^。ⓂⒾ]*").match(text, last + 1)
        if after is None:
            return None
        verbs = "一堂に会|顔を揃え|集[いっま]" + ("" if after[0].startswith(("には", "では")) else "|{HELD}|開催|主催")
        held = self._rules.pattern(f"[^。ⓂⓅ]{{0,30}}?(?:{verbs})|の(?:第[^、。]{{1,4}}回)?(?:会合|会議)")
        gapped = self._rules.pattern("(?:として[^、]{0,10})?、[^。]*?Ⓜ(?:は|が)[^。]*(?:{HELD}|開催)")
        first = self._rules.pattern("{HELD}").search(text, last + 1)
        for match in _AT.finditer(text, last + 1, min(after.end(), first.start() if first else after.end())):
            if held.match(text, match.end()) or gapped.match(text, match.end()):
                return self._city(view, match)
        return None

    def _city(self, view: View, match: re.Match[str]) -> tuple[str, str] | None:
        """City as printed and country, of a place with で."""
        states = self._rules.states
        at = match.start("at")
        sign = view.text[at]
        before = view.text[:at]
        country_before = re.search(r"Ⓒ(?:の|・|[^、。ⓂⓅⒾで]{0,10}の)$", before)
        country = states.code(view.of(country_before.start()).text) if country_before else ""
        if sign == "Ⓛ" or (sign == "Ⓒ" and states.is_city(view.of(at).text)):
            city = view.of(at).text
            return city, states.of_city(city) or country
        if sign == "Ⓒ":
            return "", states.code(view.of(at).text)
        city = match.groupdict().get("raw") or ""
        if city in ("同地", "同市"):
            return self._city_told or None
        if not city or self._rules.is_no_place(city):
            return None
        if not country and not states.is_city(city) and not re.fullmatch("[ァ-ヺー・=]+|[一-龥]{1,4}", city):
            return None
        return city, states.of_city(city) or country

    def _modes(self, view: View, place: int) -> set[str]:
        """How the meeting at a place met, if its clause or its name says so."""
        name = plain(view.of(place).text)
        modes = {"online"} if re.search("電話|テレビ|オンライン|ビデオ", name) else set()
        if len(set(view.at("Ⓜ"))) > 1:
            start = max((i + 1 for i in view.at("Ⓜ") if i < place), default=0)
            end = min((i for i in view.at("Ⓜ") if i > place), default=len(view.text))
        else:
            start, end = 0, len(view.text)
        clause = view.text[start:end]
        return modes | {mode for mode in ("online", "in_person") if any(self._rules.find(mode, clause))}

    def _since(self, view: View, at: int, days: list[Days]) -> None:
        """Ⓜは、ⒹにⓅがⓁで会って以来である: an occurrence of which the sentence says no more."""
        current = self._current
        if current is None or view.kind == "heading":
            return
        for match in _SINCE.finditer(view.text):
            day = next((d for d in days if d.start == match.start("day")), None)
            if day is None:
                continue
            new = Occurrence(current.entity_id, current.name, view, at, start=day.first, end=day.last)
            place = next(iter(_AT.finditer(view.text, day.end, match.end())), None)
            new.city, new.country = (self._city(view, place) if place is not None else None) or ("", "")
            self.occurrences.add(new, None)


_DAY = len("2025-11-01")
_SESSION = re.compile(
    "^の?(?:第?[0-9一二三四五六七八九十]+[回次])?(?:の?(?:初会合|会合|会議|協議|全体会合|閣僚会合|首脳会合))?(?=は|が|を)"
)
"""Behind a meeting: one of its sittings (第5回Ⓜの第3次会合は)."""
_CLOSED = re.compile("(?:閉幕|終了|閉会)した")
_NOT_HELD = re.compile(
    "の(?:次回|開催時期|日程|開催は未定)|(?:の開催)?を(?:見送|中止|延期|取りやめ)|に続|に先立|の構成|のような|と同様|に並ぶ|に次"
)
_TOPIC = re.compile(r"(?:は|が|も|を)")
_EVENT_CLAUSE = re.compile(
    r"(?:開かれ|行われ|開催され|実施され|催され|もたれ|持たれ|実現し|開幕し|予定され|始まっ|控え|開い|開催し|主催し|催し|招集し|行っ)(?:てい)?(?:た|る)"
)
_OTHER_CLAUSE = re.compile(
    r"(?:[っいきしちりえけせてねべめれげじ]た|する|される|れる|ている|てきた)(?=[一-龥ァ-ヺⓅⒾⓄⓁⒸⓂ「]|初の|この|その|$)"
)
_LIST = re.compile(
    r"(?:など)?(?:、|と|や|及び|および|並びに|のほか、?)(?:[^、。ⓂⓅⒾはが]{0,20}の|第[0-9]+回)?(?:(?:[^、。ⓂⓅⒾはが]{0,20}の)?Ⓟとの)?"
)
_TO_COME = re.compile(
    r"を(?:[^、。ⓂⓅⒾ]{0,8})(?:設け|創設|新設|開始|立ち上げ|再開|定例|定期|毎年|発足)|の(?:創設|設置|立ち上げ|開始|新設|定例化)"
)
_THIS = re.compile("(?:この|その|同)$")
_SCENE = re.compile("Ⓓ(?:、|の)?(?P<at>[ⓁⒸ])。?")
"""A sentence that only sets the scene: 1972年9月、北京。"""
_SAME_OCCASION = re.compile(
    r"開催中の(?:第[^、。]{1,4}回)?$|" + r"(?:この|その)(?:機会|際|折|傍ら|かたわら)|これに(?:合わせ|併せ)"
)
_AT = re.compile(
    r"(?:(?P<at>[ⓁⒸ])|(?P<raw>(?<![ァ-ヺーⓁ・])[ァ-ヺー][ァ-ヺー・=]{1,14}|(?<=[Ⓛ県州]の)[一-龥]{2,4}|同[地市](?=で)|(?<=の)[一-龥]{2,4}[市町]|(?<=Ⓒ・)[ァ-ヺー]{2,}))"
    r"(?:市内|近郊|郊外|市|の[一-龥]{2,10}|の[ァ-ヺー]{2,10}(?:本部|基地|大学|ホテル|センター))?(?:で(?!も?な|あ)|において|にて|における|を訪(?:れ|問し)て?(?=、)|を主会場)"
)
_SINCE = re.compile(
    r"(?:会談|会合|参加|出席|開催|対面|会う|実施|面会|協議)(?:した)?(?:の)?は、?[^。ⓂⒾ]{0,14}(?P<day>Ⓓ)[^。ⓂⒾ]{0,60}?以来"
)


def main_meeting(view: View, rules: Rulebook) -> int | None:
    """Place of the meeting that a sentence speaks of most: the last one held, else the topic, else the last one named."""
    named = [i for i in view.at("Ⓜ") if not _NOT_HELD.match(view.text, i + 1)]
    if not named:
        return None
    held = [m.start() for m in rules.pattern("Ⓜ(?:は|が|も)[^。ⓂⓅⒾ]{0,50}?(?:{HELD})").finditer(view.text)]
    topic = [i for i in named if re.match("は|には|では|で、|で、?Ⓟ|において", view.text[i + 1 :])]
    for found in (held[-1:], topic[:1], named[-1:]):
        if found:
            return found[0]
    return None


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
        re.match(r"(?:両日|にかけて|の2日|に|、)", text[other + 1 :])
    )


def _month(days: Days) -> tuple[str, str]:
    return days.first[:7], ""


def listed(text: str, places: list[int]) -> bool:
    """Whether the meetings at these places are named in one list, each right behind the other."""
    return all(_LIST.fullmatch(text, first + 1, second) for first, second in pairwise(places))


def _in_brackets(text: str, place: int) -> bool:
    return text.rfind("（", 0, place) > text.rfind("）", 0, place)


def _editions_elsewhere(document: Document, occurrences: Occurrences, rules: Rulebook) -> None:
    """Editions that only the title or a note gives, for the occurrence that they must mean."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        mentions[mention.block_id].append(mention)
    for block in document.blocks:
        if block.kind not in ("title", "subtitle", "note", "caption"):
            continue
        for meeting, edition in _numbered(mentions[block.block_id], plain(block.text)):
            own = [o for o in occurrences.found if o.entity_id == meeting.entity_id]
            if any(o.edition == edition for o in own):
                continue
            open_ = [o for o in own if not o.edition and o.start]
            if block.kind == "note":
                dates = [m.date for m in mentions[block.block_id] if m.label == "DATE" and m.date]
                open_ = [o for o in open_ if any(_near(o.start, date) for date in dates)]
            else:
                published = document.front.published
                open_ = [o for o in open_ if o.start[:4] >= str(int(published[:4]) - 1)] if published else open_
                open_ = sorted(open_, key=lambda o: o.start)[-1:]
            if len(open_) == 1:
                open_[0].edition = edition


def _numbered(mentions: list[Mention], view: str) -> Iterator[tuple[Mention, str]]:
    for mention in mentions:
        if mention.label != "MEETING":
            continue
        match = re.search(r"第([0-9]{1,3}|[一二三四五六七八九十]{1,4})回(?:目の|目|の)?[「『]?$", view[: mention.start])
        edition = mention.edition or (str(number(match[1]) or "") if match else "")
        if edition:
            yield mention, edition


def _near(start: str, date: str) -> bool:
    """Whether a note's date is that of the meeting, or of a report within its month."""
    return start.startswith(date[:7]) if len(date) >= 7 else False
