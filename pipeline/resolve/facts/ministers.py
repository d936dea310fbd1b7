"""Ministers: the offices that the text gives each person, the country, and the standing at publication."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pipeline.document import Document
from pipeline.resolve.facts.days import days_of
from pipeline.resolve.facts.groups import Group, groups
from pipeline.resolve.facts.offices import parts, take_apart, tradition
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View
from pipeline.text import plain

_JAPANESE_NAME = re.compile(r"[一-龥々]{2,5}|(?=[^ぁ-ん]{0,4}[ぁ-ん])[一-龥々ぁ-ん]{2,7}")
"""A name in kanji, perhaps with hiragana, which only Japanese names have."""


@dataclass
class Office:
    """An office of a person and the sentence that gives it first."""

    printed: str
    view: View
    last_told: str = ""
    former: bool = False
    designate: bool = False


@dataclass
class Person:
    """What the text says of one minister."""

    entity_id: str
    name: str
    offices: list[Office] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    short: Office | None = None
    near: Counter[str] = field(default_factory=Counter)
    name_printed: str = ""

    @property
    def country(self) -> str:
        """The state for which most speaks, empty where nothing does."""
        return max(self.states, key=lambda state: (self.states[state], state)) if self.states else ""


_PRINTED, _IN_FRONT, _TRADITION, _BESIDE, _KNOWN, _MEETING, _NEAR = 1000, 300, 200, 100, 150, 10, 1
"""How much each sign of a person's country counts: printed with the office, in front of the name, the office's
tradition, in front of a list, the list of statesmen, the meeting spoken of, the state named last."""


_VISIT = re.compile("(?P<at>[ⓁⒸ])(?:を(?:[^、。ⓅⓂ]{0,4})(?:訪問|訪れ|訪ね|視察)|に(?:赴|飛|入))[^。ⓅⓂⓁⒸ]{0,24}$")
_IN_BRACKETS = (
    "(?P<was>元|前|当時の?)?(?P<state>{COUNTRY}|{STATE_LETTER})?(?:の|・)?(?P<office>{OFFICE})(?P<then>[、,・]?当時)?"
)
"""State and office behind a name: エネレ・ソポアガ（ツバル首相）."""


class Ministers:
    """The ministers of a document."""

    def __init__(self, document: Document, views: list[View], rules: Rulebook) -> None:
        self._rules = rules
        self._published = document.front.published
        self.persons: dict[str, Person] = {}
        self._successors: list[tuple[str, str, View]] = []
        self._told = ""
        self._last_state = ""
        self._block = ""
        for view in views:
            self._read(view)
        self._succeed()
        for person in self.persons.values():
            if not person.offices and person.short is not None:
                person.offices.append(person.short)
        self._countries(views)
        self._standing()

    def country(self, entity_id: str) -> str:
        """The alpha-3 code of a minister's country, empty if unknown."""
        person = self.persons.get(entity_id)
        return person.country if person is not None else ""

    def _read(self, view: View) -> None:
        if view.sentence.block_id != self._block:
            self._block, self._told, self._last_state = view.sentence.block_id, "", ""
        days = days_of(view)
        before = self._told
        for place in view.at("Ⓟ"):
            near = [d for d in days if d.end <= place][-1:] or days[:1]
            self._told = near[0].first if near else before
            self._named(view, place)
        told = [d.first for d in days if d.first <= self._published or not self._published]
        self._told = told[-1] if told else before
        self._offices_apart(view)
        for found in self._rules.find("left", view.text):
            for office in self.persons[view.of(found.start).entity_id].offices:
                office.former = True

    def _named(self, view: View, place: int) -> None:
        """What a mention itself says of a person."""
        mention = view.of(place)
        person = self.persons.setdefault(mention.entity_id, Person(mention.entity_id, mention.name))
        printed = take_apart(mention.text, self._rules)
        # Where only a surname is printed, the mention may know the full name.
        full = printed.name if mention.name in plain(mention.text) else mention.name
        person.name_printed = max(person.name_printed, printed.name, full, key=len)
        for state in (printed.state, self._rules.states.code(view.asides.get(place, ""))):
            if state:
                person.states[state] += _PRINTED
        if printed.short and person.short is None:
            person.short = Office(printed.short, view, self._told)
        for held in person.offices if printed.short else ():
            held.last_told = max(held.last_told, self._told)
        if printed.office:
            office = self._give(person, printed.office, view, place)
            if office is not None and "次期" in mention.text:
                office.designate = True
        aside = self._rules.pattern(_IN_BRACKETS).fullmatch(view.asides.get(place, ""))
        if aside is not None:
            if aside["state"]:
                person.states[self._rules.states.code(aside["state"])] += _PRINTED
            office = self._give(person, aside["office"], view, place)
            if office is not None and (aside["was"] or aside["then"]):
                office.former = True

    def _offices_apart(self, view: View) -> None:
        """Offices that stand apart from the name: 防衛大臣のⓅ氏, Ⓟは内相に転じた, Ⓟ、Ⓟの両外相."""
        for found in self._rules.find("office", view.text):
            person = self.persons[view.of(found.start).entity_id]
            parts_of = found.match.groupdict()
            if was := parts_of.get("was"):
                left = self._give(person, was, view, found.start)
                if left is not None:
                    left.former = True
            office = self._give(person, parts_of["office"] or parts_of.get("office2") or "", view, found.start)
            if office is not None and found.start < found.match.start("office") and "返り咲" in found.match[0]:
                office.former = False
            printed = parts_of.get("state") or ""
            if printed and printed != "同国":
                name = view.of(found.match.start("state")).text if printed == "Ⓒ" else printed
                person.states[self._rules.states.code(name)] += _IN_FRONT
        for found in self._rules.find("succession", view.text):
            place = next(found.match.start(name) for name in ("p", "p2", "p3", "p4") if found.match[name])
            self._successors.append((view.of(place).entity_id, view.of(found.start).entity_id, view))
        for found in self._rules.find("office-of-all", view.text):
            group = next((g for g in groups(view) if found.start in g.places), None)
            for place in group.places if group is not None else (found.start,):
                if take_apart(view.of(place).text, self._rules).office:
                    continue
                office = self._give(self.persons[view.of(place).entity_id], found.match["office"], view, place)
                if office is not None and re.search("[元前]$", found.match[0][: -len(found.match["office"])]):
                    office.former = True

    def _give(self, person: Person, printed: str, view: View, place: int) -> Office | None:
        """The person has an office, as the mention at a place of the view says."""
        if not printed or printed in self._rules.book.lists["SHORT_OFFICE_ONLY"]:
            return None
        own = parts(printed)
        office = next((o for o in person.offices if own <= parts(o.printed) or parts(o.printed) <= own), None)
        if office is None:
            office = Office(printed, view)
            person.offices.append(office)
        elif len(parts(office.printed)) < len(own):
            office.printed, office.view = printed, view
        office.last_told = max(office.last_told, self._told)
        if self._former(view, place):
            office.former = True
        text = view.text
        if any(found.end == place for found in self._rules.find("designate", text)):
            office.designate = True
        return office

    def _succeed(self) -> None:
        """Successors have the office of those whom they follow, unless the text gives them one of their own."""
        for before, after, view in self._successors:
            own = self.persons[after].offices
            if not self.persons[before].offices and own:
                self.persons[before].offices.append(Office(own[0].printed, view, former=True))
            left = next((o for o in reversed(self.persons[before].offices) if not o.designate), None)
            if left is not None and before != after:
                left.former = True
                if not self.persons[after].offices:
                    self.persons[after].offices.append(Office(left.printed, view))

    def _former(self, view: View, place: int) -> bool:
        aside = view.asides.get(place, "")
        if re.fullmatch(r"(?:い?ずれも|役職は|肩書は)?当時|のち.*|後の.*|現.*", aside):
            return True
        if any(found.end == place for found in self._rules.find("former", view.text)):
            return True
        if re.match("(?:氏)?の?(?:両)?(?:元|前)(?!線|向)", view.text[place + 1 :]):
            return True
        after = view.whole[view.ends[place] - view.sentence.start :]
        return bool(
            re.match(r"[^。（]{0,60}(?:人|名|氏|大臣|首相|ら)?（(?:いずれも|肩書は|役職は)(?:いずれも)?当時）", after)
        )

    def _countries(self, views: list[View]) -> None:
        for view in views:
            if view.sentence.block_id != self._block:
                self._block, self._last_state = view.sentence.block_id, ""
            for group in groups(view):
                self._of_group(view, group)
            self._last_state = self._state_named(view, len(view.text)) or self._last_state
        for person in self.persons.values():
            if known := self._rules.states.of_statesman(person.name_printed):
                person.states[known] += _KNOWN
            for office in person.offices:
                if state := tradition(office.printed, self._rules):
                    # Taiwan has the same offices as China; what the text says beside the name decides.
                    near = person.near["TWN"] > person.near["CHN"] or known == "TWN"
                    near = near and state == "CHN"
                    person.states["TWN" if near else state] += _TRADITION
            if not self._foreign(person) and person.offices:
                person.states["JPN"] += _BESIDE - 1
        for before, after, _ in self._successors:
            if (state := self.country(before)) and not self.persons[after].states:
                self.persons[after].states[state] += _BESIDE
        self._by_meetings(views)

    def _of_group(self, view: View, group: Group) -> None:
        """States in front of the names of a group: 英国の holds for the next name, 英国側から for all to come."""
        text = view.text
        for place, code in zip(group.places, self._one_each(view, group), strict=False):
            self.persons[view.of(place).entity_id].states[code] += _IN_FRONT
        state, all_of = "", False
        before_end = max((i + 1 for i in range(group.start) if text[i] in "。、Ⓟ"), default=0)
        for place in group.places:
            front = text[before_end:place]
            printed = self._in_front(view, before_end, place)
            if printed:
                state = printed
                all_of = bool(re.search("側(?:から|は|の)?|から(?:は)?|の$|は$", front))
            entity = self.persons[view.of(place).entity_id]
            entity.near[self._state_named(view, place, cities=True) or self._last_state] += 1
            if printed:
                # 同国 means a state of before, and which one is a guess.
                entity.states[printed] += _BESIDE if "同国" in front else _IN_FRONT
            elif state and all_of and not take_apart(view.of(place).text, self._rules).state:
                entity.states[state] += _BESIDE
            before_end = place + 1

    def _one_each(self, view: View, group: Group) -> list[str]:
        """The states of 英仏独のⓅ、Ⓟ、Ⓟ, one for each."""
        match = re.search("([一-龥]{2,6})の$", view.text[: group.start])
        codes = [self._rules.states.code(letter) for letter in match[1]] if match else []
        return codes if len(codes) == len(group.places) and all(codes) else []

    def _in_front(self, view: View, start: int, place: int) -> str:
        """The state that a name's own qualifier says (英国の, 隣国スウェーデンの, 日本側から), empty for none."""
        match = re.search(
            r"(?:Ⓒ|(?P<same>同国))(?:政府|側)?(?:からは?|は|の|側の|側は)?(?:[^、。ⓅⓂⒾⒸをがはに]{0,10}の)?"
            r"(?:[^、。ⓅⓂⒾⒸをがはにで]{0,12}(?:た|である|る)|[^、。ⓅⓂⒾⒸをが]{0,10}に(?:就任|着任)した(?:ばかりの)?)?$",
            view.text[start:place],
        )
        if match is None:
            match = re.search(r"Ⓒ$", view.text[start:place])
        if match is None:
            return ""
        if match.groupdict().get("same"):
            return self._state_named(view, start + match.start()) or self._last_state
        return self._rules.states.code(view.of(start + match.start()).text)

    def _state_named(self, view: View, end: int, *, cities: bool = False) -> str:
        """The foreign state named last before a place of the view: itself, by a meeting's parties or by a minister."""
        for i in range(end - 1, -1, -1):
            mention = view.mentions[i]
            if mention is None:
                continue
            if (
                cities
                and mention.label == "PLACE"
                and (code := self._rules.states.of_city(mention.text)) not in ("", "JPN")
            ):
                return code
            if mention.label == "COUNTRY" and (code := self._rules.states.code(mention.text)) not in ("", "JPN"):
                return code
            if mention.label == "MEETING":
                others = self._rules.states.parties(mention.text) - {"JPN"}
                if len(others) == 1:
                    return next(iter(others))
            if mention.label == "MINISTER":
                state = self.persons[mention.entity_id].country
                if state not in ("", "JPN"):
                    return state
        return ""

    def _foreign(self, person: Person) -> bool:
        """Whether the person is not taken for Japanese: no Japanese name, a Chinese or Korean one, or another state."""
        name = person.name_printed
        if not _JAPANESE_NAME.fullmatch(plain(name)):
            return True
        surname = name[0] in self._rules.book.lists["FOREIGN_SURNAME"] and len(name) <= 3
        return surname or any(state != "JPN" for state in person.states)

    def _by_meetings(self, views: list[View]) -> None:
        """Countries of those whom nothing else tells: the meeting's parties that nobody else speaks for."""
        unknown: dict[str, Counter[str]] = defaultdict(Counter)
        block, named = "", ""
        for view in views:
            if view.sentence.block_id != block:
                block, named = view.sentence.block_id, ""
            members = groups(view)
            for group in members:
                for at, place in enumerate(group.places):
                    person = self.persons[view.of(place).entity_id]
                    if person.states:
                        continue
                    state = self._by_parties(view, group, at, several=sum(bool(g.places) for g in members) > 1)
                    if state:
                        unknown[person.entity_id][state] += _MEETING
                    elif len(self._parties(view, place)) > 2:
                        continue
                    elif state := self._visited(view, place):
                        unknown[person.entity_id][state] += _MEETING
                    elif state := self._state_named(view, place) or named:
                        unknown[person.entity_id][state] += _NEAR
            named = self._state_named(view, len(view.text)) or named
        for entity_id, states in unknown.items():
            self.persons[entity_id].states += states

    def _by_parties(self, view: View, group: Group, at: int, *, several: bool) -> str:
        """The party of the meeting that a member of a group speaks for, empty where it is not clear."""
        place = group.places[at]
        parties = self._parties(view, place)
        person = self.persons[view.of(place).entity_id]
        possible = parties - {"JPN"}
        if any("首相" in parts(o.printed) for o in person.offices):
            possible -= frozenset(self._rules.book.lists["NO_PRIME_MINISTER"])
        beside = [self.country(view.of(p).entity_id) for p in group.places]
        if len(possible) > 1 and len(parties) == 2:
            # Both sides are foreign: those who stand together speak for one side.
            near = [c for c in beside[max(0, at - 1) : at + 2] if c in possible]
            if near and (several or at):
                return near[0]
        if len(possible) > 1:
            possible -= frozenset(beside)
        return next(iter(possible)) if len(possible) == 1 else ""

    def _visited(self, view: View, place: int) -> str:
        """The state of the city that somebody visits to meet a person at a place of the view (Ⓛを訪れ、Ⓟと会談)."""
        match = _VISIT.search(view.text[:place])
        if match is None or not re.match("(?:氏)?(?:ら)?と(?:も|の)?(?:会|懇談|協議|意見)", view.text[place + 1 :]):
            return ""
        printed = view.of(match.start("at")).text
        return self._rules.states.of_city(printed) or self._rules.states.code(printed)

    def _parties(self, view: View, place: int) -> frozenset[str]:
        """The states whose meeting or agreement a person at a place of the view has to do with."""
        meetings = view.at("Ⓜ")
        own = [
            i
            for i in meetings
            if re.match(r"(?:氏|ら)?(?:と(?:の)?|による)", view.text[place + 1 : i]) and place < i < place + 8
        ]
        before = [i for i in reversed(meetings) if i < place]
        after = [i for i in meetings if i > place]
        for i in (*own, *before, *after):
            if found := self._rules.states.parties(view.of(i).text):
                return found
        letters = self._rules.pattern("{LETTERS}").search(view.whole)
        return self._rules.states.parties(letters[0]) if letters else frozenset()

    def _standing(self) -> None:
        """Former: whoever has a successor in the text."""
        held: dict[tuple[str, str], list[Office]] = defaultdict(list)
        for person in self.persons.values():
            for office in person.offices:
                for part in parts(office.printed):
                    held[person.country, part].append(office)
        for (country, _), own in held.items():
            latest = max((o.last_told for o in own if not o.designate and not o.former), default="")
            for office in own:
                if country and office.last_told and office.last_told < latest and len(own) > 1:
                    office.former = True

    def status(self, office: Office) -> str:
        """current, former or designate at publication; empty where the text does not tell."""
        if office.designate:
            return "designate"
        if office.former:
            return "former"
        return "current" if _recent(office.last_told, self._published) else ""


def _recent(told: str, published: str) -> bool:
    """Whether a date lies in the year up to the day of publication or after it, as far as both are known."""
    if len(told) < 7 or len(published) < 7:
        return bool(told) and told[:4] == published[:4]
    months = [int(iso[:4]) * 12 + int(iso[5:7]) for iso in (told, published)]
    return months[1] - months[0] <= 12
