"""Which person of the list of statesmen a name with an office means, by state and time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.rules.engine import Book
from pipeline.rules.patterns import alternation
from pipeline.rules.states import codes
from pipeline.rules.statesmen import ALWAYS, NOT_MINISTERS, UNDATED, Months, Statesman, Statesmen, Term, months, roles
from pipeline.tag.candidates import Candidate, whole_word
from pipeline.tag.dates import Dated
from pipeline.tag.sentences import around

_KANJI = re.compile("[一-龥々]+")
_IN_FRONT = re.compile(
    "(?:政府|側)?(?:の|から(?:は|の)?、?|側の)?(?:(?<=の)[^、。（）がはをにで]{0,12}(?:の|た|である))?"
)
"""Between a state and the name of its minister: 韓国の金国防相, 日本からは岸防衛相, 英国の国防相であるウォレス氏."""
_PREDECESSOR = re.compile("(?P<how>それまでの|前任の|先代の)[^、。はがをにでと]{0,12}$")
_FORMER_BEHIND = re.compile("・?(?P<how>元|前)")
_NAMED_ALONE = re.compile("氏|さん|[はがをにとも、（]|の(?!ような)|から|より")
"""What follows a full name that stands for its bearer."""
_SHORT = re.compile("大臣|長官|部長|部長官|閣僚")
_TOPICS = (("国防相", re.compile("防衛|国防")), ("外相", re.compile("外相|外務|外交|国務長官")))
_HANGS_ON = re.compile("[^、。をがはもで]{0,20}(?:た(?:ばかりの)?|る|の)")
"""Between a date and the name that it belongs to: 2018年5月に来日した李首相, 2009年の麻生首相."""
_HANDOVER = 2
"""Months before the successor takes the office in which texts already call somebody its former holder."""
_TAKES_OFFICE = re.compile("就任|着任|就い[たて]|後を[継受]|後任|引き継")
_DESIGNATE = 3
"""Months before an office is taken in which texts already call the person by it."""
IN_FULL = "minister.known"
"""``source`` of a full name known from the list of statesmen, without an office beside it."""
_REACH = 40
"""Characters in front of a name in which its state is looked for."""


class Place(NamedTuple):
    """A block as `Known` reads it: its text folded, and what stands there."""

    block_id: str
    view: str
    standing: Sequence[Candidate]


class Meant(NamedTuple):
    """The person meant, None where the sentence's own date says that it is nobody who is known.

    ``roles`` are the offices looked for; ``told`` is that date, if it told who is meant or that nobody is.
    """

    person: Statesman | None
    roles: frozenset[str] = frozenset()
    told: Months | None = None


class _Date(NamedTuple):
    """A date of a block: where it stands, the months it covers, and whether the sentence tells of it."""

    start: int
    end: int
    time: Months
    told: bool


class _Asked(NamedTuple):
    """A name with what is said beside it: the state's code, empty if none, and the offices that may be meant."""

    place: Place
    candidate: Candidate
    name: str
    state: str
    roles: frozenset[str]

    @property
    def in_kanji(self) -> bool:
        """Whether the name is written as Japanese, Chinese and Korean ones are."""
        return bool(_KANJI.match(self.name))


class _Held(NamedTuple):
    """A person who may be meant, and an office that would fit."""

    person: Statesman
    term: Term


class Known:
    """Looks up persons for one document after the other."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.men = Statesmen(book)

    def reader(self, places: Sequence[Place], dated: Iterable[Dated], published: str) -> Reader:
        """What looks up the persons of a document; ``published`` is ISO 8601, empty if unknown."""
        return Reader(self, places, dated, published)

    def tradition(self, office: str) -> frozenset[str]:
        """The states that alone have an office of this form; empty if any may."""
        found = frozenset(state for state, forms in self._traditions.items() if office in forms)
        return found | {"TWN"} if "CHN" in found else found

    def state(self, printed: str) -> str:
        """The code of a state as printed beside a name, empty for none."""
        return self.codes.get(printed, "")

    @cached_property
    def codes(self) -> dict[str, str]:
        """Codes of states, and keys of the organizations that have offices, by their names."""
        held = {state for state, _ in self._book.held}
        bodies = {n: e.key for e in self._book.of("ORGANIZATION") if e.key in held for n in e.names}
        return bodies | codes(self._book)

    @cached_property
    def _traditions(self) -> dict[str, frozenset[str]]:
        lists = self._book.lists
        return {name[8:]: frozenset(lists[name]) for name in lists if re.fullmatch("OFFICES_[A-Z]{3}", name)}

    @cached_property
    def letter_in_front(self) -> re.Pattern[str]:
        """A letter that stands for a state in front of an office or a name: 米国防長官の, 米側の."""
        return self._book.pattern("(?<![一-龥])(?P<letter>{RUN_LETTER})(?:側)?(?:の|(?:{OFFICE})(?:の|である|だった))$")

    @cached_property
    def former_in_front(self) -> re.Pattern[str]:
        """An office left, in front of a name: 元防衛相の, 前米国防長官である."""
        return self._book.pattern("(?P<how>元|前)(?:{STATE})?(?:{OFFICE})(?:の|である|だった)$")

    def in_full(self, view: str) -> Iterator[Candidate]:
        """Full names of ministers in sentences that speak of an office of theirs: 河野太郎氏が外相から防衛相へ."""
        for match in self._full_names.finditer(view):
            start, end = match.span()
            in_word = not whole_word(view, start, end) or _KANJI.match(view[start - 1 : start])
            if in_word or not _NAMED_ALONE.match(view, end):
                continue
            first, last = around(view, start)
            spoken = {role for office in self._offices.finditer(view, first, last) for role in roles(office["office"])}
            held = {term.role for person in self.men.named(match[0]) for term in person.terms}
            if not spoken.isdisjoint(held - NOT_MINISTERS):
                yield Candidate(start, end, "MINISTER", IN_FULL, -2, name=match[0])

    @cached_property
    def _full_names(self) -> re.Pattern[str]:
        return re.compile(alternation(self.men.full_names))

    @cached_property
    def _offices(self) -> re.Pattern[str]:
        return self._book.pattern("(?P<office>{OFFICE}){NOT_OFFICE_AFTER}")

    @cached_property
    def letters(self) -> re.Pattern[str]:
        """Letters of states in a row (日米韓)."""
        return self._book.pattern("{LETTERS}")


class Reader:
    """What a document says of the state and the time of each name."""

    def __init__(self, known: Known, places: Sequence[Place], dated: Iterable[Dated], published: str) -> None:
        self._known = known
        self._places = places
        self._published = [time for time in (months(published),) if time]
        self._met: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._dates: dict[str, list[_Date]] = defaultdict(list)
        views = {place.block_id: place.view for place in places}
        for one in dated:
            time = months(one.iso) or _decade(views.get(one.block_id, "")[one.start : one.end])
            if time and not any(time[0] > now[1] for now in self._published):
                self._dates[one.block_id].append(_Date(one.start, one.end, time, one.told))

    def meant(self, place: Place, candidate: Candidate, name: str) -> Meant | None:
        """The one person who can be meant; None where nobody, or more than one, is known to fit."""
        if candidate.label == "OFFICIAL" and _KANJI.match(name):
            name = self._whole(place.view[candidate.start : candidate.end - len(candidate.office)])
        men = self._known.men.named(name)
        full = bool(men)
        men = men or self._known.men.called(name)
        if not men:
            return None
        state = self._state(place, candidate)
        if full:
            men = [p for p in men if not state or state in p.states]
            if len(men) == 1:
                return Meant(men[0])
        asked = _Asked(place, candidate, name, state, roles(candidate.office) or self._spoken_of(place, candidate))
        able = [_Held(p, t) for p in men for t in p.terms if t.role in asked.roles and (not state or t.state == state)]
        found = self._in_time(asked, able) if able else None
        if found and found.person:
            states = {h.term.state for h in able if h.person is found.person}
            self._met[place.block_id] += [(candidate.start, state) for state in states]
        return found

    def is_foreign(self, place: Place, candidate: Candidate) -> bool:
        """Whether a name in katakana is of somebody who is known to have held the office."""
        found = None if _KANJI.match(candidate.name) else self.meant(place, candidate, candidate.name)
        return bool(found and found.person)

    def _whole(self, text: str) -> str:
        """The name in what stands in front of an official's office: 金正日 of 金正日国防(委員長)."""
        prefixes = (text[:end] for end in range(len(text), 1, -1))
        return next((prefix for prefix in prefixes if self._known.men.named(prefix)), text)

    def _in_time(self, asked: _Asked, able: list[_Held]) -> Meant | None:
        sentence, before = self._times(asked.place, asked.candidate)
        how = self._former(asked.place.view, asked.candidate)
        predecessor = len(how) > 1
        if how and not (predecessor and sentence):
            times = (*sentence, *(before if predecessor else ()), *self._published, ALWAYS)
            return self._one(asked, self._past(able, times[0], how))
        # Of a Chinese or Korean surname so frequent somebody unknown may have held the office.
        frequent = len(asked.name) == 1 and any(h.term.state != "JPN" for h in able)
        for time in sentence:
            if fitting := self._then(asked, able, time):
                found = self._one(asked, fitting) or Meant(None, asked.roles)
                return found._replace(told=time)
        passing = self._passing(asked.place, asked.candidate.start)
        for time in () if frequent else passing:
            if fitting := self._then(asked, able, time):
                return self._one(asked, fitting)
        fitting = [h for h in able if any(h.term.touches(time) for time in (*passing, *before, *self._published))]
        states = {h.term.state for h in fitting}
        if frequent and not all(self._known.men.covers(states, asked.roles, time) for time in sentence):
            fitting = []
        elif not fitting and not frequent:
            fitting = self._once(asked, able, sentence)
        if not fitting and sentence:
            return Meant(None, asked.roles, sentence[0])
        return self._one(asked, fitting)

    def _once(self, asked: _Asked, able: list[_Held], sentence: list[Months]) -> list[_Held]:
        """Those who held the office at any time before, in a state that the text names; or else were about to."""
        if asked.state or not sentence:
            likely = {asked.state, *self._named, *self._known.tradition(asked.candidate.office)}
            likely |= {"JPN"} if asked.in_kanji else set()
            time = (*self._published, ALWAYS)[0]
            past = [h for h in self._past(able, time, "元") if h.term.state in likely]
            if past:
                return past
        soon = [(now[1] + 1, now[1] + _DESIGNATE) for now in (*sentence, *self._published)[:1]]
        return [h for h in able if any(h.term.touches(time) for time in soon)]

    @staticmethod
    def _then(asked: _Asked, able: list[_Held], time: Months) -> list[_Held]:
        """Those who held the office at a time; of two in one month the one who took it, if the sentence says so."""
        fitting = [h for h in able if h.term.touches(time)]
        view, candidate = asked.place.view, asked.candidate
        if len(fitting) > 1 and _TAKES_OFFICE.search(view, around(view, candidate.start)[0], candidate.end + 10):
            return [h for h in fitting if time[0] <= h.term.time[0] <= time[1]] or fitting
        return fitting

    @staticmethod
    def _past(able: list[_Held], time: Months, how: str) -> list[_Held]:
        """Those who had held the office by a time; of predecessors (前) the last who had left it."""
        if how == "元":
            return [h for h in able if h.term.time[0] <= time[1]]
        left = [h for h in able if h.term.time[1] <= time[1] + _HANDOVER]
        latest = max((h.term.time[1] for h in left), default=0)
        return [h for h in left if h.term.time[1] == latest]

    def _one(self, asked: _Asked, held: list[_Held]) -> Meant | None:
        """The only person left when what is nearest to the name has told the state."""
        tradition = self._known.tradition(asked.candidate.office)
        for states in (tradition, *self._scopes(asked.place, asked.candidate)):
            if len({h.person.name for h in held}) < 2:
                break
            held = [h for h in held if h.term.state in states] or held
        if len({h.person.name for h in held}) != 1:
            return None
        of = {h.term.state for h in held}
        if not asked.state and len(asked.name) == 1 and of.isdisjoint(tradition | {"JPN"} | self._named):
            # 李首相 and 金国防相 are of a state that the text names.
            return None
        others = (p for p in self._known.men.called(asked.name) if p is not held[0].person)
        if any(term.role == UNDATED and term.state in of for other in others for term in other.terms):
            return None
        return Meant(held[0].person, asked.roles)

    @staticmethod
    def _spoken_of(place: Place, candidate: Candidate) -> frozenset[str]:
        """The offices that a short title (大臣, 長官) can be, by what the sentence, or else the block, speaks of."""
        if not _SHORT.fullmatch(candidate.office):
            return frozenset()
        start, end = around(place.view, candidate.start)
        for text in (place.view[start:end], place.view):
            if found := frozenset(role for role, words in _TOPICS if words.search(text)):
                return found
        return frozenset()

    def _state(self, place: Place, candidate: Candidate) -> str:
        """The state that is said of the person: printed with the name, or in front of it."""
        if printed := self._known.state(candidate.state):
            return printed
        view, start = place.view, candidate.start
        low = max([start - _REACH, *(view.rfind(sign, 0, start) + 1 for sign in "。、，")])
        for other in reversed(place.standing):
            if other.end > start or other.end < low:
                continue
            if other.label in ("COUNTRY", "ORGANIZATION"):
                code = other.entity_id.partition(":")[2]
                if code in self._known.codes.values() and _IN_FRONT.fullmatch(view[other.end : start]):
                    return code
            if other.label in ("MINISTER", "OFFICIAL"):
                low = max(low, other.end)
        match = self._known.letter_in_front.search(view[max(low, 0) : start])
        return self._known.state(match["letter"]) if match else ""

    def _times(self, place: Place, candidate: Candidate) -> tuple[list[Months], list[Months]]:
        """When the sentence's event was, the likeliest time first, and what was told of last before it."""
        view, start = place.view, candidate.start
        first, last = around(view, start)
        dates = self._dates.get(place.block_id, [])
        own = [d for d in dates if first <= d.start < start]
        if own and _HANGS_ON.fullmatch(view, own[-1].end, start):
            return [own[-1].time], []
        if behind := [d.time for d in dates if d.start > start and view[candidate.end : d.start] == "の"]:
            return behind, []
        told = [d.time for d in own if d.told][-1:]
        before = [] if told else [d.time for d in dates if d.start < first and d.told][-1:]
        return told + [d.time for d in dates if start <= d.start < last and d.told][:1], before

    def _passing(self, place: Place, start: int) -> list[Months]:
        """The date that the sentence names last in front of a place, be it in passing."""
        first, _ = around(place.view, start)
        return [d.time for d in self._dates.get(place.block_id, []) if first <= d.start < start][-1:]

    def _former(self, view: str, candidate: Candidate) -> str:
        """元, 前 or 前任の, where the person is said to have held the office before; else empty."""
        match = _FORMER_BEHIND.match(view, candidate.end) if candidate.source.endswith(".former") else None
        before = view[max(0, candidate.start - 20) : candidate.start]
        match = match or self._known.former_in_front.search(before) or _PREDECESSOR.search(before)
        return match["how"] if match else ""

    def _scopes(self, place: Place, candidate: Candidate) -> Iterator[frozenset[str]]:
        """The states named in the sentence, in the block, in the title or what comes first, in the document."""
        first, _ = around(place.view, candidate.start)
        yield self._states(place, first, candidate.end)
        yield self._states(place, 0, len(place.view))
        for other in self._places[:1]:
            yield self._states(other, 0, len(other.view))
        yield self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        """The states that the document names."""
        return frozenset().union(*(self._states(place, 0, len(place.view)) for place in self._places))

    def _states(self, place: Place, start: int, end: int) -> frozenset[str]:
        found = (c for c in place.standing if c.label in ("COUNTRY", "CITY") and start <= c.start < end)
        named = {one.entity_id.partition(":")[2] for one in found}
        runs = (match.group() for match in self._known.letters.finditer(place.view, start, end))
        met = {state for at, state in self._met[place.block_id] if start <= at < end}
        return frozenset(named | met | {self._known.state(letter) for run in runs for letter in run} - {""})


def _decade(printed: str) -> Months | None:
    """The months of 1970年代; None for anything else."""
    match = re.match("([12][0-9]{2}0)年代", printed)
    return (int(match[1]) * 12, int(match[1]) * 12 + 119) if match else None
