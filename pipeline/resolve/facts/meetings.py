"""Meetings: editions and dated occurrences, put together from what sentences say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.document import Document, Mention
from pipeline.resolve.facts.clauses import main_meeting
from pipeline.resolve.facts.days import SCENE, Before, Dating, Days, days_of
from pipeline.resolve.facts.occurrences import Occurrence, Occurrences
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.venues import AT, INVITED_TO, VISITED, Venues
from pipeline.resolve.facts.view import View
from pipeline.text import number, plain

_SINCE = re.compile(
    r"(?:(?:Ⓜ|会談|会合|参加|出席|開催|対面|会う|実施|面会|協議)(?:した)?(?:の)?|Ⓜが(?:開か|行わ|開催さ|実現す)(?:れ)?るの)は、?[^。ⓂⒾ]{0,14}(?P<day>Ⓓ)[^。Ⓜ]{0,60}?以来"
)


_ITEM = re.compile("(?P<day>Ⓓ)(?:には|に|は|の)?、?(?:Ⓒの)?(?P<at>[ⓁⒸ])で")
_ITEM_BEFORE = re.compile("(?P<day>Ⓓ)の(?:(?P<at>[ⓁⒸ])|(?P<raw>[ァ-ヺー]{2,12}))(?=、|と|や)")
_LISTED_BEFORE = re.compile("(?:Ⓓの(?:[ⓁⒸ]|[ァ-ヺー]{2,12})(?:、|と、?|や)){2,8}(?:[0-9二三四五]+(?:度|回)の)?$")
"""In front of a meeting: ⒹのⓁ、ⒹのⓁと、Ⓜは."""
_LISTED = (
    "(?:は|が|も)、?(?:Ⓓ(?:には|に|の)?、?(?:Ⓒの)?[ⓁⒸ]で(?:{HELD})?(?:た|て)?(?:後|のち|ほか)?、(?:そして|続いて|次いで)?){1,8}"
    "Ⓓ(?:には|に|は|の)?、?(?:Ⓒの)?[ⓁⒸ]で[^。ⓂⓅⒾ]{0,10}?(?:{HELD}|開催)"
)
"""Behind a meeting: several dates and places, one verb."""
_ITSELF = re.compile("(?:の(?:開催|実施))?(?:は|が|も|を)")
_NEVER = re.compile(
    "(?:開かれ|開催され|行われ|実現し|実施され)(?:てい)?(?:な[いか]|ませ)|(?:固ま|決ま)ってい(?:な|ませ)|未定|見送(?:ら|っ|り)|(?:延期|中止)(?:さ|し|と|に|が)|取りやめ|流れた"
    "|調整[はが](?:付|つ)か"
)
"""Behind a meeting that was not held."""
_HELD_LATER = re.compile("Ⓓ[^。Ⓜ]*(?:開[かく催]|行わ|実現|予定)")
"""Behind what was put off: it was or will be held after all."""
_SAME_MODE = re.compile("同(?:じ|様の)(?:形|形式|方式)で(?:開|行|実施|開催)")
_SESSION = re.compile("の第[0-9一二三四五六七八九十]{1,2}次(?:会合|会議|セッション|協議)?")
"""Behind a meeting of which one edition sits several times."""


def occurrences(document: Document, views: list[View], rules: Rulebook) -> Occurrences:
    """The occurrences of all meetings that the body speaks of, with editions from title and notes."""
    reader = _Reader(rules)
    for at, view in enumerate(views):
        reader.read(view, at)
    _editions_elsewhere(document, reader.occurrences)
    return reader.occurrences


class _Reader:
    """Reads sentence by sentence; ``current`` is the meeting spoken of last."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._dating = Dating(rules)
        self._venues = Venues(rules)
        self._before = Before()
        self.occurrences = Occurrences()
        self._current: Mention | None = None
        self._current_block = self._block = ""
        self._last_modes: set[str] = set()

    def read(self, view: View, at: int) -> None:
        """Takes in a sentence, the ``at``-th of the document."""
        if view.sentence.block_id != self._block:
            self._block, self._before, self._venues.before = view.sentence.block_id, Before(), ("", "")
        editions = self._editions(view)
        occasions = {found.start for found in self._rules.find("occasion", view.text)}
        days = days_of(view)
        for place in view.at("Ⓜ"):
            if self._never(view, place):
                venue = self._venues.of(view, place, occasions, scene=False)
                self._venues.last = venue if venue[0] else self._venues.last
                continue
            mention = view.of(place)
            new = Occurrence(mention.entity_id, mention.name, view, at, edition=editions.get(place, ""))
            counted = new.edition not in ("", "1")
            found = self._dating.of(view, place, days, occasions, self._before, counted=counted)
            new.start, new.end = found or ("", "")
            new.session = bool(_SESSION.match(view.text, place + 1))
            new.city, new.country = self._venues.of(view, place, occasions, scene=bool(self._before.scene))
            new.modes = self._modes(view, place)
            self._last_modes = new.modes or self._last_modes
            self.occurrences.add(new, mention)
            self._more(view, at, place, new, days)
            self._before.told = new.start or self._before.told
            self._venues.last = (new.city, new.country) if new.city else self._venues.last
        self._since(view, at, days)
        self._before.sentence = days
        self._before.scene = days if SCENE.fullmatch(view.text) else []
        self._venues.before = self._venues.of_sentence(view)
        main = main_meeting(view, self._rules)
        if main is not None:
            self._current, self._current_block = view.of(main), self._block

    def _never(self, view: View, place: int) -> bool:
        """Whether a sentence says that a meeting was put off or not held."""
        itself = _ITSELF.match(view.text, place + 1)
        if itself is None:
            return False
        held = self._rules.pattern("(?:{HELD}|出席し|参加し)(?=た|て(?!いな)|、)").search(view.text, itself.end())
        for never in _NEVER.finditer(view.text, itself.end(), held.start() if held else len(view.text)):
            said = view.text[itself.end() : never.start()]
            if not re.search("[Ⓜ。]", said) and not re.search("(?<!開催)(?<!会合)[がをも][^、。ずてり]{0,6}$", said):
                return not _HELD_LATER.search(view.text, never.end())
        return False

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

    def _modes(self, view: View, place: int) -> set[str]:
        """How the meeting at a place met, if its clause or its name says so."""
        name = plain(view.of(place).text)
        modes = {"online"} if re.search("電話|テレビ|オンライン|ビデオ", name) else set()
        meetings = view.at("Ⓜ")
        start = max((i + 1 for i in meetings if i < place), default=0)
        following = [i for i in meetings if i > place]
        # What stands behind the last comma before the next meeting belongs to that one.
        end = view.text.rfind("、", place, following[0]) if following else len(view.text)
        clause = view.text[start : max(end, place)]
        if _SAME_MODE.search(clause, 0):
            modes |= self._last_modes
        return modes | {mode for mode in ("online", "in_person") if any(self._rules.find(mode, clause))}

    def _more(self, view: View, at: int, place: int, first: Occurrence, days: list[Days]) -> None:
        """Further occurrences of a meeting that a sentence lists by date and place: ⓂはⒹにⓁで、ⒹにⓁで開かれた."""
        span = self._rules.pattern(_LISTED).match(view.text, place + 1)
        front = _LISTED_BEFORE.search(view.text[:place])
        found = span or front
        if found is None or not first.start:
            return
        for match in (_ITEM if span else _ITEM_BEFORE).finditer(view.text, found.start(), found.end()):
            day = next((d for d in days if d.start == match.start("day")), None)
            if day is not None and (front or day.first != first.start):
                city, country = self._venues.city(view, match) or ("", "")
                self.occurrences.add(
                    Occurrence(
                        first.entity_id, first.name, view, at, start=day.first, end=day.last, city=city, country=country
                    ),
                    None,
                )

    def _since(self, view: View, at: int, days: list[Days]) -> None:
        """Ⓜは、ⒹにⓅがⓁで会って以来である, ⒹにⒸがⓁに招いたことに始まる: an occurrence of which nothing more is said."""
        current = self._current
        if current is None or view.kind == "heading":
            return
        found = [(match.start("day"), match.end()) for match in _SINCE.finditer(view.text)]
        if not view.at("Ⓜ") and self._current_block == self._block:
            found += [(match.start, match.match.end()) for match in self._rules.find("began", view.text)]
        for start, end in found:
            day = next((d for d in days if d.start <= start < d.end), None)
            if day is None:
                continue
            new = Occurrence(current.entity_id, current.name, view, at, start=day.first, end=day.last)
            place = next(AT.finditer(view.text, day.end, end), None) or VISITED.search(view.text, day.end, end)
            place = place or INVITED_TO.search(view.text, day.end, end)
            new.city, new.country = (self._venues.city(view, place) if place is not None else None) or ("", "")
            known = self.occurrences.add(new, None)
            if known is not None:
                self.occurrences.since[view.sentence.block_id, view.sentence.start] = known


def _editions_elsewhere(document: Document, occurrences: Occurrences) -> None:
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
