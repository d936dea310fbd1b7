"""Relations: who took part in a meeting, chaired or hosted it, and what was announced there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.document import Mention
from pipeline.resolve.facts import turns
from pipeline.resolve.facts.announced import announced
from pipeline.resolve.facts.clauses import goes_on, main_meeting
from pipeline.resolve.facts.days import another_month, days_of, to_come
from pipeline.resolve.facts.groups import Group
from pipeline.resolve.facts.guests import received, those_of, visits
from pipeline.resolve.facts.ministers import Ministers
from pipeline.resolve.facts.occurrences import Occurrence, Occurrences
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.sentence import Predicate, Sentence, happened
from pipeline.resolve.facts.venues import Venues
from pipeline.resolve.facts.view import View


@dataclass(frozen=True)
class Stated:
    """A relation that a sentence states; ``occurrence`` is the meeting's, if known."""

    subject_id: str
    predicate: str
    meeting: Mention
    occurrence: Occurrence | None
    view: View
    rule: str


class Relations:
    """Reads sentence by sentence; what holds across them is the meeting spoken of and whether it was just held."""

    def __init__(self, occurrences: Occurrences, ministers: Ministers, rules: Rulebook, published: str) -> None:
        self._occurrences = occurrences
        self._ministers = ministers
        self._rules = rules
        self._published = published
        self._block = ""
        self._meeting: Mention | None = None
        self._just_held = self._just_met = False
        self._last_subjects: tuple[str, ...] = ()
        self._topic: tuple[str, ...] = ()
        self._item = False
        self._at = 0
        self._venues = Venues(rules)
        self._met: tuple[str, ...] = ()

    def read(self, views: Iterable[View]) -> Iterator[Stated]:
        """All relations that the sentences state, in order; the same one may be stated several times."""
        for self._at, view in enumerate(views):
            if view.sentence.block_id != self._block:
                self._block, self._just_held, self._just_met = view.sentence.block_id, False, False
                self._last_subjects = self._topic = ()
                self._meeting = self._meeting if view.kind == "list_item" or self._taken_up(view) else None
                self._item, self._met = False, ()
            sentence = Sentence(view, self._rules)
            yield from self._of_this(view)
            yield from self._of_pair(sentence)
            yield from self._of_speech(view)
            yield from self._of_other_side(sentence)
            yield from self._of_persons(sentence)
            yield from self._of_initiatives(sentence)
            self._after(sentence)

    def _taken_up(self, view: View) -> bool:
        """Whether a block begins with words that mean the meeting of the block before."""
        return bool(turns.TAKES_UP.match(view.text))

    def _after(self, sentence: Sentence) -> None:
        """What the next sentence may refer to."""
        view = sentence.view
        places = view.at("Ⓜ")
        main = main_meeting(view, self._rules)
        if main is not None:
            self._meeting = view.of(main)
        one = len({view.of(i).entity_id for i in places}) == 1
        held = any(p.kind == "held" and p.happened for p in sentence.predicates)
        self._item = bool(turns.ITEM.search(view.text))
        held = held or bool(turns.WAS_HELD.search(view.text))
        self._just_held = self._item or (held and (one or (main is not None and sentence.held(main))))
        self._just_met = any(p.kind in ("attend", "talk", "meet") and p.happened for p in sentence.predicates)
        self._met = self._sides(sentence)
        subjects = [g for g in sentence.groups if g.role in ("subject", "topic")]
        if subjects:
            self._last_subjects = tuple(view.of(p).entity_id for p in subjects[-1].places)
        topics = [g for g in sentence.groups if g.role == "topic"]
        if topics or sentence.has_subject():
            self._topic = tuple(view.of(p).entity_id for g in topics[:1] for p in g.places)

    def _of_persons(self, sentence: Sentence) -> Iterator[Stated]:
        inherited: list[Group] = []
        chairing = hosting = False
        waiting: list[Group] = []
        at = 0
        for predicate in sentence.predicates:
            end = predicate.end if predicate.kind in ("talk", "session") else predicate.start
            segment = [g for g in sentence.groups if at <= g.start < end]
            head = sentence.head(predicate)
            own = [g for g in segment if g.role in ("subject", "topic")]
            if head is not None:
                own = [head]
            elif not own and not turns.OWN_SUBJECT.search(sentence.view.text[at : predicate.start]):
                # Who only chairs did not take part, unless the sentence says what he did there.
                own = [] if chairing and predicate.kind == "session" else inherited
                own = own or self._left_out(sentence, predicate)
            if hosting and turns.RECEIVES.search(sentence.view.text, at, predicate.end + 1):
                own = []
            if predicate.kind == "held":
                waiting += [g for g in segment if g.role == "subject"]
            elif predicate.kind == "attend" and predicate.happened:
                # 第2回にはⓅが、Ⓛで開かれた第3回にはⓅが参加した: the first half leaves its verb to the second.
                yield from self._gapped(sentence, predicate, waiting)
            subject = own
            if predicate.kind == "chair" and sentence.view.text.startswith("を", predicate.start - 1):
                own = [g for g in sentence.groups if g.end == predicate.start - 1]  # Ⓟを議長として
            if predicate.happened and not (at and sentence.moved_on(predicate, at)):
                yield from self._of_predicate(sentence, predicate, own, segment)
            hosting = hosting or predicate.kind in ("chair", "host")
            chairing = predicate.kind == "chair" or (chairing and not any(g in own for g in segment))
            if predicate.kind == "absent":
                inherited = []
            elif head is None:
                inherited = subject or inherited
            at = predicate.end

    def _gapped(self, sentence: Sentence, predicate: Predicate, waiting: list[Group]) -> Iterator[Stated]:
        for group in waiting:
            place = sentence.meeting(replace(predicate, start=group.end, end=group.end))
            if place is not None and re.match("には?", sentence.view.text[place + 1 :]):
                yield from self._stated(sentence.view, "attended", [group], sentence.view.of(place), predicate.rule)

    def _left_out(self, sentence: Sentence, predicate: Predicate) -> list[Group]:
        """The subject that a sentence leaves out: the one person that the sentence before is about."""
        silent = predicate.kind in ("attend", "talk") or (predicate.kind == "act" and not sentence.has_subject())
        if not silent or sentence.meeting(predicate) is None or len(self._topic) != 1:
            return []
        return [Group((-1,), 0, 0, "topic")]

    def _of_predicate(
        self, sentence: Sentence, predicate: Predicate, own: list[Group], segment: list[Group]
    ) -> Iterator[Stated]:
        view = sentence.view
        if predicate.kind == "absent":
            return
        meeting = self._meeting_of(sentence, predicate, own, segment)
        if meeting is None:
            return
        if predicate.kind in ("chair", "host"):
            relation = "chaired" if predicate.kind == "chair" else "hosted"
            yield from self._stated(view, relation, own, meeting, predicate.rule)
            if relation == "hosted":
                yield from self._host_states(sentence, predicate, meeting)
            return
        place = sentence.meeting(predicate)
        if place is not None and place < predicate.start:
            # Ⓟが取りまとめたⓂでは: the clause describes the meeting and not what somebody did there.
            text = view.text
            own = [g for g in own if g.role != "subject" or goes_on(text[g.end : max(g.end, place)])]
        if place is not None and any(g.start > place for g in own):
            # 第2回にはⓅが、第3回にはⓅが出席した: who stands in front as subject came to the other one.
            yield from self._gapped(sentence, predicate, [g for g in own if g.start < place and g.role == "subject"])
            own = [g for g in own if g.start > place or g.role == "topic"]
        company = [g for g in segment if g.role in ("with", "partner")]
        if predicate.kind == "held":
            # Ⓟとの間でⓂが行われた, Ⓟを迎えてⓂが行われた, Ⓟが来日し、Ⓜが行われた
            parties = self._rules.states.parties(meeting.text)
            together = [g for g in segment if g.role in ("by", "partner") or visits(view, g, parties, self._ministers)]
            together += [g for g in sentence.groups if g not in segment and received(sentence, g, predicate)]
            together += [g for g in segment if those_of(sentence, g, predicate)]
            yield from self._stated(view, "attended", together, meeting, predicate.rule)
            yield from self._dropped(sentence, meeting, predicate)
            return
        company += [g for g in segment if g.role == "addressee"]
        for other in sentence.likewise(predicate, own):
            yield from self._stated(view, "attended", own, view.of(other), predicate.rule)
        for other in sentence.listed(predicate):
            beside = [g for g in company if sentence.beside(g, other)]
            yield from self._stated(view, "attended", [*own, *beside], view.of(other), predicate.rule)
        apart = [g for g in company if not any(sentence.beside(g, other) for other in sentence.listed(predicate))]
        yield from self._stated(view, "attended", [*own, *apart], meeting, predicate.rule)

    def _sides(self, sentence: Sentence) -> tuple[str, ...]:
        """Those who a sentence says met, without naming the meeting."""
        met = [p for p in sentence.predicates if p.kind == "meet" and p.happened and sentence.meeting(p) is None]
        gathered = any(sentence.view.text[p.start] == "集" for p in met)
        if not met or not (gathered or any(g.role == "partner" for g in sentence.groups)):
            return ()
        found = [g for g in sentence.groups if g.role in ("subject", "topic", "partner")]
        return tuple(sentence.view.of(p).entity_id for g in found for p in g.places)

    def _of_this(self, view: View) -> Iterator[Stated]:
        """ⓅはⓅと会談した。このⓂで: the name comes after those who met."""
        match = turns.THIS.match(view.text)
        if match and self._met:
            meeting = view.of(match.start("sign"))
            parties = self._rules.states.parties(meeting.text)
            for entity_id in self._met:
                country = self._ministers.country(entity_id)
                if not parties or not country or country in parties:
                    yield self._one(view, entity_id, "attended", meeting, "attended.met")

    def _dropped(self, sentence: Sentence, meeting: Mention, predicate: Predicate) -> Iterator[Stated]:
        """Ⓜが行われ、Ⓟとの間で…: the other side of two is the subject of the sentence before."""
        view = sentence.view
        later = [g for g in sentence.groups if g.start > predicate.start and g.role == "partner"]
        later = [g for g in later if view.text[g.end : g.end + 3] == "との間"]
        if not later or any(g.role in ("subject", "topic") for g in sentence.groups):
            return
        yield from self._stated(view, "attended", later, meeting, predicate.rule)
        parties = self._rules.states.parties(meeting.text)
        for entity_id in self._last_subjects:
            if len(parties) == 2 and self._ministers.country(entity_id) in parties:
                yield self._one(view, entity_id, "attended", meeting, predicate.rule)

    def _stated(self, view: View, predicate: str, found: list[Group], meeting: Mention, rule: str) -> Iterator[Stated]:
        parties = self._rules.states.parties(meeting.text)
        for group in found:
            for place in group.places:
                entity_id = view.of(place).entity_id if place >= 0 else self._topic[0]
                country = self._ministers.country(entity_id)
                if parties and country and country not in parties:
                    continue
                spoke = rule in ("attended.acted", "attended.joined")
                if predicate == "attended" and not spoke and turns.IN_CHAIR.search(view.text, 0, place):
                    yield self._one(view, entity_id, "chaired", meeting, "chaired")
                    continue
                yield self._one(view, entity_id, predicate, meeting, rule)

    def _one(self, view: View, subject: str, predicate: str, meeting: Mention, rule: str) -> Stated:
        if self._since(view, subject):
            occurrence = self._occurrences.since.get((view.sentence.block_id, view.sentence.start))
        else:
            occurrence = None if turns.TIME_BEFORE.match(view.text) else self._occurrence(meeting)
        return Stated(subject, predicate, meeting, occurrence, view, rule)

    @staticmethod
    def _since(view: View, subject: str) -> bool:
        """Whether somebody is named in a clause that tells of an earlier time: Ⓟと向き合って以来."""
        return any(
            view.of(place).entity_id == subject and turns.SINCE.match(view.text, place) for place in view.at("Ⓟ")
        )

    def _occurrence(self, meeting: Mention) -> Occurrence | None:
        found = self._occurrences.of.get(meeting.mention_id)
        return found or self._occurrences.last_of(meeting.entity_id, self._block, self._at)

    def _host_states(self, sentence: Sentence, predicate: Predicate, meeting: Mention) -> Iterator[Stated]:
        view = sentence.view
        for match in re.finditer(r"Ⓒ(?:政府)?(?=が|は|の(?=主催|ホスト))", view.text[: predicate.start]):
            yield self._one(view, view.of(match.start()).entity_id, "hosted", meeting, predicate.rule)

    def _meeting_of(
        self, sentence: Sentence, predicate: Predicate, own: list[Group], segment: list[Group]
    ) -> Mention | None:
        """The meeting that a predicate is about: one of the sentence, or the one spoken of before."""
        view, kind = sentence.view, predicate.kind
        place = sentence.meeting(predicate)
        if place is not None:
            found = view.of(place)
            occurrence = self._occurrences.of.get(found.mention_id)
            if occurrence is not None and occurrence.start > self._published > "" and kind != "host":
                return None
            return found
        current = self._meeting
        before = view.text[: predicate.start]
        known = self._occurrence(current) if current is not None else None
        if known is not None and known.start > self._published > "":
            return None
        if current is None or view.kind == "heading" or sentence.meeting_before(predicate.start):
            return None
        if kind == "chair":
            return current
        if kind == "attend":
            goal = turns.OTHER_GOAL.search(before)
            elsewhere = (
                goal is not None and not turns.TIME.search(goal["goal"]) and not turns.SAME_MEETING.search(goal["goal"])
            )
            if elsewhere or turns.OTHER_PLACE.search(before):
                return None
            another = known is not None and another_month(view, predicate.start, known.start)
            another = another and any(group.places for group in own)
            return self._taken_up_by(view, predicate.start, current) if another else current
        if kind == "meet" and self._both_sides(view, [*own, *segment], current):
            return self._taken_up_by(view, predicate.start, current)
        beside = sum(len(group.places) for group in segment if group.role == "with")
        several = any(len(group.places) + beside > 1 for group in own)
        there = bool(turns.AT_IT.search(before)) or (
            self._item and kind != "session" and not turns.LATER.search(before)
        )
        chaired = any(p.kind == "chair" and p.end <= predicate.start for p in sentence.predicates)
        there = there or (chaired and kind == "act") or any(turns.OF_HOST.search(view.text, 0, g.start) for g in own)
        if any(day.end <= predicate.start and not to_come(view, day, self._published) for day in days_of(view)):
            return None
        if kind in ("act", "session", "meet") and self._just_held and (several or there):
            return current
        return None

    def _taken_up_by(self, view: View, end: int, meeting: Mention) -> Mention:
        """The meeting that generic words (会談した) take up; with another date, another occurrence of it."""
        days = [d for d in days_of(view) if d.end <= end]
        if not days:
            return meeting
        city, country = self._venues.of_sentence(view)
        other = replace(meeting, mention_id=f"{view.sentence.block_id}:{view.sentence.start}")
        new = Occurrence(meeting.entity_id, meeting.name, view, self._at, start=days[-1].first, end=days[-1].last)
        new.city, new.country = city, country
        self._occurrences.add(new, other)
        return other

    def _of_pair(self, sentence: Sentence) -> Iterator[Stated]:
        """Ⓓ、ⓁでⓅとⓅ。 in a list of the occurrences of a meeting."""
        view = sentence.view
        if self._meeting is None or not turns.PAIR.fullmatch(view.text):
            return
        everybody = [replace(group, role="subject") for group in sentence.groups]
        if self._both_sides(view, everybody, self._meeting):
            meeting = self._taken_up_by(view, len(view.text), self._meeting)
            yield from self._stated(view, "attended", everybody, meeting, "attended.met")

    def _of_other_side(self, sentence: Sentence) -> Iterator[Stated]:
        """相手はⓅとⓅである。 behind a sentence that says who took part."""
        if self._meeting is not None and self._just_met and turns.OTHER_SIDE.match(sentence.view.text):
            yield from self._stated(sentence.view, "attended", sentence.groups, self._meeting, "attended.met")

    def _of_speech(self, view: View) -> Iterator[Stated]:
        """ⓂにおけるⓅの演説: who speaks at a meeting attends it."""
        for match in turns.SPEECH.finditer(view.text):
            meeting = view.of(match.start())
            occurrence = self._occurrence(meeting)
            if occurrence is None or not occurrence.start > self._published > "":
                yield self._one(view, view.of(match.start("sign")).entity_id, "attended", meeting, "attended.acted")

    def _both_sides(self, view: View, found: list[Group], meeting: Mention) -> bool:
        """Whether those who meet are the two parties of a meeting."""
        parties = self._rules.states.parties(meeting.text)
        persons = {view.of(p).entity_id for g in found for p in g.places if g.role != "other" and p >= 0}
        states = {self._ministers.country(entity_id) for entity_id in persons}
        return len(parties) == 2 and states == parties

    def _of_initiatives(self, sentence: Sentence) -> Iterator[Stated]:
        view = sentence.view
        for found in self._rules.find("present", view.text):
            places = announced(view.text, found.start, found.end)
            if not places:
                continue
            predicate = Predicate(found.start, found.end, "act", "presented", happened=True)
            if not happened(view.text, found.end, self._rules):
                continue
            place = sentence.meeting(predicate, adnominal=True)
            if place is None and (cleft := turns.PRESENTED_AT.match(view.text, found.end)):
                place = cleft.start("sign")
            if place is None:
                place = sentence.attended_by_head(found.start)
            meeting = view.of(place) if place is not None else None
            if place is not None and turns.LATER_ON.search(view.text, place, min(*places, found.start)):
                continue
            if meeting is None and not view.at("Ⓜ") and sentence.attends(found.start):
                meeting = self._meeting
            if meeting is None and self._meeting is not None and not view.at("Ⓜ"):
                own = [g for g in sentence.groups if g.start < found.start and g.role in ("subject", "topic", "with")]
                there = self._item or turns.AT_IT.search(view.text[: found.start])
                if self._just_held and (there or sum(len(g.places) for g in own) > 1):
                    meeting = self._meeting
            if meeting is not None:
                for initiative in places:
                    yield self._one(view, view.of(initiative).entity_id, "presented_at", meeting, "presented")
