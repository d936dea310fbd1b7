"""Where a meeting was: city as printed and country."""

from __future__ import annotations

import re

from pipeline.resolve.facts.clauses import SESSION, hangs_on_another, last_of_list, listed
from pipeline.resolve.facts.days import SCENE, THIS
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View

Venue = tuple[str, str]
"""City and country (alpha-3), empty where unknown."""

AT = re.compile(
    "(?:(?P<at>[ⓁⒸ])|(?P<raw>(?<![ァ-ヺーⓁ・])[ァ-ヺー][ァ-ヺー・=]{1,14}|(?<=[Ⓛ県州]の)[一-龥]{2,4}|同[地市](?=で)"
    "|(?<=[都道府県])[一-龥]{2,4}(?=[市町村])|(?<=の)[一-龥]{2,4}[市町]|(?<=Ⓒ・)[ァ-ヺー]{2,}))"
    "(?:市内|近郊|郊外|市|の(?!対面|電話|画面)[一-龥]{2,10}|の[ァ-ヺー]{2,10}(?:本部|基地|大学|ホテル|センター))?"
    "(?:で(?!も?な|あ)|において|にて|における|を訪(?:れ|問し)(?:て?(?=、)|た(?=Ⓟ(?:氏|ら)?は))|(?:に|へ)(?:移(?:り|って)|飛び|飛んで|赴き|赴いて)(?=、)|に(?=[^、。ⓂⒾⓁ]{0,16}を(?:迎え|招い|招き)て?、)|を主会場)"
)
"""A place with で: a tagged one (``at``), or a word that looks like one (``raw``)."""
VISITED = re.compile("(?P<at>[ⓁⒸ])を(?:公式に)?訪(?:れ|問し|ね)")
"""A place to which somebody went to meet."""
INVITED_TO = re.compile("(?:(?P<at>[ⓁⒸ])|(?P<raw>(?<![ァ-ヺーⓁ・])[ァ-ヺー][ァ-ヺー・=]{1,14}))に(?:招|集|参集|呼)")
"""A place to which those who met were asked."""
_ALL_THERE = re.compile("(?:いずれも|ともに|共に)、?(?P<at>[ⓁⒸ])で")
_TOOK_PLACE_THERE = re.compile(
    "(?:であり|だったが|であったが)、|(?:開か|行わ|開催さ|実施さ|催さ|持た|もた)れ(?:た(?:が|後|ほか|のに続き))?、"
)
"""Between a place and a meeting: another meeting was there."""
_COUNTRY = re.compile("Ⓒ(?:の|・|[^、。ⓂⓅⒾで]{0,10}の)$")
_BEHIND = re.compile(f"(?:{SESSION})?(?P<particle>では|には|は|が|も|を)[^。ⓂⒾ]*")
_SITS = (
    "、?(?:(?:{FIRST_SITTING}|第?(?:{ORDINAL})回(?:目)?(?:の?{SITTING})?|次回(?:の?{SITTING})?)を)?"
    "(?:開[いきくか]|催[しす]|持[ちつっ]|行[いうっ])"
)
"""Behind a place: a meeting that sits there itself (初会合を開き), or that somebody holds there."""
_LOOKS_LIKE_CITY = re.compile("[ァ-ヺー・=]+|[一-龥]{1,4}")


class Venues:
    """Finds the places of meetings; ``last`` is the venue told of last, ``before`` that of the sentence before."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self.last: Venue = ("", "")
        self.before: Venue = ("", "")

    def of(self, view: View, place: int, occasions: set[int], *, scene: bool) -> Venue:
        """The venue of the meeting at a place; ``scene`` says that the sentence before only set the scene."""
        inside = [m for m in view.beside.get(view.ends[place], ()) if m.label != "DATE"]
        if len(inside) == 1 and (inside[0].label == "PLACE" or self._rules.states.is_city(inside[0].text)):
            return inside[0].text, self._rules.states.of_city(inside[0].text)
        found = self._behind(view, place) or self._in_front(view, place, occasions)
        if found:
            return found
        if named := self._rules.states.city_in(view.of(place).text):
            return named, self._rules.states.of_city(named)
        return self.before if scene or THIS.search(view.text[:place]) else ("", "")

    def of_sentence(self, view: View) -> Venue:
        """Where a sentence that names no meeting is set."""
        if view.at("Ⓜ"):
            return "", ""
        match = next(AT.finditer(view.text), None) or SCENE.fullmatch(view.text)
        return (self.city(view, match) if match and match["at"] else None) or ("", "")

    def _in_front(self, view: View, place: int, occasions: set[int]) -> Venue | None:
        """ⓁのⓂ, Ⓛで開かれたⓂ, ⓁでⓅとⓂを行い."""
        if match := re.search("(?P<at>Ⓛ)の(?:第[^、。ⓂⓅ]{1,5}回)?$", view.text[:place]):
            return self.city(view, match)
        for match in reversed(list(AT.finditer(view.text, 0, place))):
            if _TOOK_PLACE_THERE.search(view.text, match.end(), place):
                return None
            others = [i for i in view.at("Ⓜ") if match.end() <= i < place]
            if not listed(view.text, [*others, place]) and any(i not in occasions for i in others):
                return None
            if hangs_on_another(view.text[match.end() : place]):
                return None
            if "を訪" in match.group() and "Ⓓ" in view.text[match.end() : place]:
                # A visit of another day: 7日にⓁを訪れ、21日にはⓂが開かれた.
                return None
            if found := self.city(view, match):
                return found
        return None

    def _behind(self, view: View, place: int) -> Venue | None:
        """Ⓜは ⒹにⓁで開かれ, Ⓜでは ⓅらがⓁで一堂に会した."""
        text = view.text
        last = last_of_list(view, place)
        after = _BEHIND.match(text, last + 1)
        if after is None:
            return None
        scene = after["particle"] in ("には", "では")
        verbs = "一堂に会|顔を揃え|集[いっま]" + ("" if scene else "|{HELD}|開催|主催")
        sits = "" if scene else f"|{_SITS}"
        held = self._rules.pattern(
            f"であ|だっ|のこと|[^。ⓂⓅ]{{0,30}}?(?:{verbs})|[^。ⓂⓅ]{{0,12}}?予定され|の(?:第[^、。]{{1,4}}回)?(?:会合|会議){sits}"
        )
        gapped = self._rules.pattern("(?:として[^、]{0,10})?、[^。]*?Ⓜ(?:は|が)[^。]*(?:{HELD}|開催)")
        first = self._rules.pattern("{HELD}").search(text, last + 1)
        if (all_there := _ALL_THERE.search(text, last)) and self._rules.pattern("{HELD}").search(text, all_there.end()):
            return self.city(view, all_there)
        for match in AT.finditer(text, last + 1, min(after.end(), first.start() if first else after.end())):
            if held.match(text, match.end()) or gapped.match(text, match.end()):
                return self.city(view, match)
        return None

    def city(self, view: View, match: re.Match[str]) -> Venue | None:
        """City as printed and country of what `AT` found, None where it is no place."""
        states = self._rules.states
        raw = match.groupdict().get("raw") or ""
        front = view.text[: match.start()]
        named = _COUNTRY.search(front)
        country = states.code(view.of(named.start()).text) if named else ""
        if not raw:
            printed = view.of(match.start("at")).text
            if view.text[match.start("at")] == "Ⓒ" and not states.is_city(printed):
                return "", states.code(printed)
            return printed, states.of_city(printed) or country
        if raw in ("同地", "同市"):
            named_last = [i for i in view.at("Ⓛ") if i < match.start()]
            if not named_last:
                return self.last
            printed = view.of(named_last[-1]).text
            return printed, states.of_city(printed)
        if re.search("[都道府県]の?$", front):
            country = country or "JPN"
        known = country or states.is_city(raw) or _LOOKS_LIKE_CITY.fullmatch(raw)
        return (raw, states.of_city(raw) or country) if known and not self._rules.is_no_place(raw) else None
