"""Ministers as persons: who is meant by each mention, and where the bare name stands later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.rules.engine import Book
from pipeline.rules.states import codes
from pipeline.rules.statesmen import UNDATED, Statesman, fold, roles
from pipeline.tag.candidates import Candidate
from pipeline.tag.known import Meant
from pipeline.tag.labels import entity_id

_PARTS = re.compile(r"[・=]")
_INITIAL = re.compile(r"[A-Z]\.?")
_KANJI = re.compile(r"[一-龥々]")
_KATAKANA = re.compile(r"[ァ-ヺー]")

_ADDRESSED = re.compile(
    r"氏|さん|の?両|(?:(?:、|・|と|及び)[一-龥々ァ-ヺー・=]{1,14}){1,4}(?:の?両|の?(?:[2-9二三四五]|各)(?:氏|人|者))"
    r"|の?(?:[2-9二三四五]|各)氏"
)
"""What follows a name that stands for its bearer without doubt."""

_SHORT_OFFICES = {title: frozenset({f"…{title}"}) for title in ("大臣", "長官", "部長", "部長官")}
"""Short titles and how `Person.offices` notes them."""

BARE = "minister.bare"
"""``source`` of a bare name of a person whom the document calls a minister."""


@dataclass
class Person:
    """A person with every form of the name that the document uses; ``full`` is the longest.

    ``known`` is the person of the list of statesmen who is meant, None where nobody is known; ``held`` is the first
    office that the document gives, in the form that all its variants share.
    """

    full: str
    forms: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    last_seen: int = -1
    known: Statesman | None = None
    held: str = ""

    @property
    def name(self) -> str:
        """The full name, the list's own spelling first."""
        return self.known.name if self.known else self.full

    def entity(self, label: str) -> str:
        """The entity's id, made of the full name without initials, in which writers differ, the list does not.

        Of a surname alone the office tells more (``minister:李@首相``): who bears it elsewhere may be somebody else.
        """
        if self.known is not None:
            return entity_id(label, "・".join(_PARTS.split(self.known.name)))
        name = entity_id(label, "・".join(parts(self.full)))
        return f"{name}@{self.held}" if self.held and not _is_full(self.full) else name

    def goes_by(self, name: str) -> bool:
        """Whether a name can be a shorter form of this one: 岸 is none of 岸田文雄, whose surname is known."""
        if not is_short_of(name, self.full):
            return False
        if self.known is None or _KATAKANA.match(name) or name in self.forms:
            return True
        return fold(name) in self.known.short

    def cannot_be(self, meant: Meant) -> bool:
        """Whether the list alone tells who this is, and that the office was another's at the time told of."""
        if self.known is None or meant.told is None or _is_full(self.full):
            return False
        terms = [term for term in self.known.terms if term.role in meant.roles]
        return bool(terms) and not any(term.touches(meant.told) for term in terms)


@lru_cache(maxsize=10_000)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in katakana, without initials; one part for any other name."""
    return tuple(part for part in _PARTS.split(name) if part and not _INITIAL.fullmatch(part))


def is_short_of(short: str, full: str) -> bool:
    """Whether one name can be a shorter form of the other: a surname, or some parts of it in a row."""
    if short == full:
        return True
    if _KATAKANA.match(full):
        few, many = parts(short), parts(full)
        return len(few) < len(many) and any(few == many[i : i + len(few)] for i in range(len(many) - len(few) + 1))
    # 木原 of 木原稔, 董 of 董軍: what is left must be a given name.
    return full.startswith(short) and 1 <= len(full) - len(short) <= 3 and len(short) <= 3


class Roll:
    """The ministers of a document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.persons: list[Person] = []

    def register(
        self, found: Iterable[Candidate], meant: Sequence[Meant | None] = ()
    ) -> list[tuple[Candidate, Person]]:
        """Finds the person of each mention with an office, in text order; makes the persons.

        ``meant`` are the statesmen that the mentions can mean, if looked up. Full names come first, because
        headings and titles often use the surname before the text says the full name, and because the text's own
        words go before the list.
        """
        mentions = list(found)
        looked_up = list(meant) or [None] * len(mentions)
        names = list(dict.fromkeys(self.clean(candidate.name) for candidate in mentions))
        known = {self.clean(c.name): m.person for c, m in zip(mentions, looked_up, strict=True) if m and m.person}
        for name in names:
            # 小野寺 looks like a full name until 小野寺五典 is there.
            if _is_full(name) and not any(is_short_of(name, other) for other in names if other != name):
                self._add(name, known.get(name))
        for at, (candidate, one) in enumerate(zip(mentions, looked_up, strict=True)):
            if one and one.person and (one := self._unless_named(candidate, one)):
                self._add(self.clean(candidate.name), one.person)
            looked_up[at] = one
        assigned = []
        for at, (candidate, one) in enumerate(zip(mentions, looked_up, strict=True)):
            person = self._person(candidate, one)
            person.last_seen = at
            person.forms.add(self.clean(candidate.name))
            if candidate.office:
                person.offices |= {self.office_kind(candidate.office), *self._titles(candidate.office)}
                person.held = person.held or self._held(candidate)
            if state := self.state(candidate.state):
                person.states.add(state)
            assigned.append((candidate, person))
        return assigned

    def _add(self, name: str, known: Statesman | None) -> None:
        """Makes a person, or gives the one of the same statesman another form of the name."""
        same = next((p for p in self.persons if known is not None and p.known is known), None)
        if same is None:
            self.persons.append(Person(name, {name}, known=known))
        else:
            same.forms.add(name)
            same.full = max(same.full, name, key=len)

    def _unless_named(self, candidate: Candidate, meant: Meant) -> Meant | None:
        """Who is meant by a name, unless the document names somebody else in full who can be meant."""
        name = self.clean(candidate.name)
        for person in self.persons:
            if person.known is meant.person or not _is_full(person.full) or not person.goes_by(name):
                continue
            if person.known is None:
                return None
            held = [term for term in person.known.terms if term.role in meant.roles | {UNDATED}]
            if held and not meant.told:
                return None
        return meant

    def knows(self, candidate: Candidate) -> bool:
        """Whether some person of the roll can be meant."""
        name = self.clean(candidate.name)
        return any(is_short_of(name, person.full) for person in self.persons)

    def _person(self, candidate: Candidate, meant: Meant | None) -> Person:
        name = self.clean(candidate.name)
        if meant and meant.person:
            return next(person for person in self.persons if person.known is meant.person)
        fitting = [p for p in self.persons if p.goes_by(name) and not (meant and p.cannot_be(meant))]
        if not fitting:
            # The full name of somebody known so far by surname only, if the office is the same.
            office = self.office_kind(candidate.office)
            fitting = [p for p in self.persons if p.full != name and is_short_of(p.full, name) and office in p.offices]
            if not fitting:
                self.persons.append(Person(name))
                return self.persons[-1]
        best = max(fitting, key=lambda person: self._fit(candidate, name, person))
        if len(name) > len(best.full):
            best.full = name
        return best

    def _fit(self, candidate: Candidate, name: str, person: Person) -> tuple[float, ...]:
        office, state = self.office_kind(candidate.office), self.state(candidate.state)
        score = 0.0
        score += 4 * (name == person.full)
        score += 2 * (
            office in person.offices or bool(person.offices & _SHORT_OFFICES.get(candidate.office, frozenset()))
        )
        # 岸 is not short for 岸田文雄 where the document says 岸田.
        score -= any(form != person.full and form.startswith(name) and form != name for form in person.forms)
        score += (state in person.states) - (bool(state) and bool(person.states) and state not in person.states)
        return (score, person.last_seen >= 0, person.last_seen, -len(person.full))

    def clean(self, name: str) -> str:
        """A name without a state behind it (モディ・インド)."""
        split = _PARTS.split(name)
        if len(split) > 1 and self._states.fullmatch(split[-1]):
            return name[: -len(split[-1]) - 1]
        return name

    def office_kind(self, office: str) -> str:
        """What an office is about, whatever its form: 防衛相, 国防大臣 and 国防長官 are one kind."""
        kind = re.sub(r"^(?:内閣総理|国務院|内閣)", "", office)
        kind = re.sub(r"(?:担当)?(?:大臣|相|長官|部長官|部長)$", "", kind)
        return {"国防": "防衛", "外務": "外", "外交": "外", "国務": "外", "総理": "首", "": "大臣"}.get(kind, kind)

    def _held(self, candidate: Candidate) -> str:
        """The office in a person's id (国防相 for 防衛大臣), empty for a short title, which does not say of what."""
        name, office = self.clean(candidate.name), candidate.office
        # 李強 is a whole name.
        whole = len(name) == 2 and name[0] in self._book.lists["FOREIGN_SURNAME"]
        if whole or office in _SHORT_OFFICES or office == "閣僚":
            return ""
        return min(roles(office), default=self.office_kind(office))

    @staticmethod
    def _titles(office: str) -> Iterator[str]:
        """The short titles that someone in the office is called by: 大臣 of 防衛相, but not of 首相."""
        if office.endswith(("大臣", "相")) and not office.endswith(("首相", "総理大臣")):
            yield "…大臣"
        for title in ("長官", "部長", "部長官"):
            if office.endswith(title):
                yield f"…{title}"

    def state(self, printed: str) -> str:
        """The ISO code of a state as printed between name and office, or an empty string."""
        return self._codes.get(printed, "")

    @cached_property
    def _codes(self) -> dict[str, str]:
        return codes(self._book)

    @cached_property
    def _states(self) -> re.Pattern[str]:
        return self._book.pattern("{COUNTRY}")

    def bare(self, view: str, others: list[Candidate]) -> Iterator[Candidate]:
        """Bare names of the persons in a text; ``others`` are spans that no bare name may touch."""
        taken = {place for other in others for place in range(other.start, other.end)}
        for person in self.persons:
            self._complete(person, view)
            for form in self.bare_forms(person):
                for match in re.finditer(re.escape(form), view):
                    start, end = match.span()
                    if taken.isdisjoint(range(start, end)) and self._stands_alone(form, view, start, end):
                        yield Candidate(start, end, "MINISTER", BARE, -2, name=form)

    @staticmethod
    def _complete(person: Person, view: str) -> None:
        """Takes in the full name (イニア・セルイラトゥ氏) of a person whom offices go with the surname alone."""
        if len(parts(person.full)) > 1 or len(person.full) < (2 if _KANJI.match(person.full) else 3):
            return
        surname = re.escape(person.full)
        if _KATAKANA.match(person.full):
            full = rf"(?<![ァ-ヺー・])(?:[ァ-ヺー]{{2,}}[・=]|[A-Z]\.?・){{1,3}}{surname}(?=氏|さん)"
        elif len(person.full) == 2:
            full = rf"(?<![一-龥々]){surname}[一-龥々]{{1,3}}(?=氏|さん)"
        else:
            return
        if match := re.search(full, view):
            person.full = match[0]
            person.forms.add(match[0])
            if person.known is not None and fold(match[0]) not in person.known.keys:
                person.known = None

    def bare_forms(self, person: Person) -> list[str]:
        """The forms in which a person's bare name may stand, the longest first."""
        forms = set(person.forms) | {person.full}
        if _KATAKANA.match(person.full):
            split = parts(person.full)
            forms |= {split[-1], "・".join(split[-2:])}
            if len(split) > 1:
                forms |= {split[0], "・".join(split[:2])}
        else:
            # 岸 is no form of 岸田文雄 where the document calls him 岸田.
            known = any(form != person.full for form in person.forms)
            prefixes = () if known else (person.full[:length] for length in (1, 2, 3))
            forms |= {prefix for prefix in prefixes if is_short_of(prefix, person.full)}
        return sorted((form for form in forms if form), key=len, reverse=True)

    def _stands_alone(self, form: str, view: str, start: int, end: int) -> bool:
        before, after = view[start - 1 : start], view[end : end + 12]
        if _KATAKANA.match(form):
            if len(form) < 2 or (before and re.match(r"[ァ-ヺー・=]", before)):
                return False
            if re.match(r"[ァ-ヺー=]|・[ァ-ヺー]", after):
                return False
        elif _KANJI.match(form):
            if before and _KANJI.match(before) and not view[:start].endswith(("元", "前", "故")):
                return False
            used = any(form == person.full or form in person.forms for person in self.persons)
            if len(form) == 1 or not (used or self._is_surname(form)):
                return bool(_ADDRESSED.match(after))
            if _KANJI.match(after) and not re.match(r"氏|両|前|元|自身|本人|外相|防衛相", after):
                return False
        return not self._not_meant.match(after)

    def _is_surname(self, form: str) -> bool:
        """Whether two characters are the surname of somebody with a Japanese full name, and no place."""
        full = any(person.full.startswith(form) and 4 <= len(person.full) <= 5 for person in self.persons)
        return len(form) == 2 and full and not self._places.fullmatch(form)

    @cached_property
    def _places(self) -> re.Pattern[str]:
        return self._book.pattern("{CITY}|{COUNTRY}|{REGION}|{PREFECTURE_SURNAME}")

    @cached_property
    def _not_meant(self) -> re.Pattern[str]:
        return self._book.pattern(
            r"[一-龥]{0,8}(?:{OTHER_OFFICE})|政権|内閣|ドクトリン|ビジョン|構想|プラン|談話|路線|外交|時代|派|家|王朝|議員|・?[ァ-ヺ]"
        )


def resolve_bare(roll: Roll, candidate: Candidate, recent: list[Person]) -> Person | None:
    """The person meant by a bare name: of those it can be short for, the one named last; None before any.

    ``recent`` are the persons named so far, the last one last.
    """
    for person in reversed(recent):
        if candidate.name in roll.bare_forms(person):
            return person
    return next((person for person in roll.persons if person.full == candidate.name and _is_full(person.full)), None)


def _is_full(name: str) -> bool:
    """Whether a name looks like given name and surname together."""
    if _KATAKANA.match(name):
        return len(parts(name)) > 1
    return len(name) >= 3
