"""What takes up something named before (この会合, 第8回では, 席上, 両大臣): it becomes a sign like the name meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import Mention
from pipeline.resolve.facts.clauses import main_meeting
from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View, with_signs
from pipeline.rules.engine import Found
from pipeline.text import number

_POINTING = re.compile("この|その|同|今回の|今次|当該|本|前回の")
_THERE = ("席上", "これ", "そこ", "その場", "その席", "同席", "同場")
_HELD_THEN = "(?:その後、?)?Ⓓ(?:に|には|にも|、)[^はがもをⓂⓅⒾ。]{0,30}?(?:{HELD})"
"""A sentence without a subject: ⒹにⓁで始まり."""
_OF_TWO = re.compile("[前後]者(?=は|が|も|に|で|の)")
_TITLE = re.compile("(?:大臣|首相|外相|国防相|防衛相|長官)$")
_COUNT = {"両": 2, "二": 2, "三": 3, "四": 4}


def resolved(views: list[View], rules: Rulebook) -> list[View]:
    """The views with signs for what takes up a meeting or ministers of before; where that is unclear, as they were."""
    reader = _Reader(rules)
    return [reader.read(view) for view in views]


class _Reader:
    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._block = ""
        self._meeting: Mention | None = None
        self._fresh = False
        self._several = self._topical = False
        self._series: Mention | None = None
        self._earlier: Mention | None = None
        self._two: list[Mention] = []
        self._persons: list[list[Mention]] = []

    def read(self, view: View) -> View:
        if view.sentence.block_id != self._block:
            self._block, self._fresh, self._persons = view.sentence.block_id, False, []
            self._earlier = self._series or self._earlier if view.kind != "heading" else None
            self._series, self._two = None, []
        if view.kind != "heading":
            view = with_signs(view, [*self._meetings(view), *self._people(view)])
        self._remember(view)
        return view

    def _remember(self, view: View) -> None:
        for found in self._rules.find("edition", view.text):
            if found.match.groupdict().get("n"):
                self._series = view.of(found.start)
        for i in view.at("Ⓜ"):
            self._series = view.of(i) if view.of(i).edition else self._series
        named = list({view.of(i).entity_id: view.of(i) for i in view.at("Ⓜ")}.values())
        if not _OF_TWO.search(view.whole):
            self._two = named if len(named) == 2 else []
        main = main_meeting(view, self._rules)
        if main is not None:
            self._meeting, self._fresh = view.of(main), True
            self._topical = bool(re.match("は|が", view.text[main + 1 :]))
            self._several = len({view.of(i).entity_id for i in view.at("Ⓜ")}) > 1
        persons = list({view.of(i).entity_id: view.of(i) for i in view.at("Ⓟ")}.values())
        if persons:
            self._persons.append(persons)

    def _meetings(self, view: View) -> Iterator[tuple[int, int, list[Mention], str]]:
        """Extents in the view that mean the meeting spoken of, a mention that stands for it, and a particle to add."""
        if self._meeting is None and not view.at("Ⓜ"):
            return
        taken = -1
        for match in _OF_TWO.finditer(view.text) if len(self._two) == 2 else ():
            yield match.start(), match.end(), [self._standing(view, match.start(), self._two[match[0] == "後者"])], ""
        if self._unsaid(view) and self._meeting is not None:
            yield 0, 0, [self._standing(view, 0, self._meeting)], "は、"
        for found in sorted(self._rules.find("generic", view.text)):
            meant = self._meant(view, found)
            if meant is None or found.start < taken:
                continue
            taken = found.end
            standing_for = self._standing(view, found.start, meant, _edition(found))
            bare = view.text[found.start : found.end] == "席上" and view.text[found.end : found.end + 1] != "で"
            yield found.start, found.end, [standing_for], "で" if bare else ""

    @staticmethod
    def _standing(view: View, place: int, meant: Mention, edition: str = "") -> Mention:
        """A mention at a place of the view that stands for another."""
        block_id, start = view.sentence.block_id, view.starts[place]
        own = f"{block_id}:{start}"
        return replace(meant, mention_id=own, block_id=block_id, edition=edition, start=start, end=start)

    def _unsaid(self, view: View) -> bool:
        """Whether a sentence says when something was held, and leaves out what: the topic of the sentence before."""
        held = self._rules.pattern(_HELD_THEN).match(view.text)
        return bool(held) and self._topical and self._fresh and not self._several and not view.at("Ⓜ")

    def _meant(self, view: View, found: Found) -> Mention | None:
        """The meeting that generic words mean: one of the sentence, else the one of before, else none."""
        printed = view.text[found.start : found.end]
        edition = _edition(found)
        own = [i for i in view.at("Ⓜ") if i < found.start]
        if printed in _THERE or edition:
            front = view.text[: found.start]
            described = front.endswith(("Ⓓの", "れた", "した"))
            if edition and not described and re.search("Ⓜ(?:の|は|が|では)[^、。]{0,24}$", front):
                return None
            if own:
                return view.of(own[-1])
        # この and 同 reach back into the paragraph before; a bare 会合 does not, nor over another meeting's name.
        if edition and edition != "1" and self._series is not None:
            return self._series
        if edition and edition != "1" and not own and not self._fresh:
            # An edition that is dated or held reaches back over paragraphs, up to a heading.
            near = view.text[max(found.start - 12, 0) : found.end + 40]
            if self._earlier is not None and ("Ⓓ" in near or self._rules.pattern("{HELD}").search(near)):
                return self._earlier
        if own:
            # Ⓜも11回を数え、Ⓓの会合では: a dated one of the only series that the sentence names.
            dated = view.text[: found.start].endswith("Ⓓの") and len({view.of(i).entity_id for i in own}) == 1
            return view.of(own[-1]) if dated or _POINTING.match(printed) else None
        if self._fresh:
            apart = view.text[: found.start].endswith("での") and self._several
            return None if apart else self._meeting
        reaching = printed.startswith(("この", "同", "今回")) or (edition and printed.startswith("その"))
        return self._meeting if reaching else None

    def _people(self, view: View) -> Iterator[tuple[int, int, list[Mention], str]]:
        """Extents that mean ministers named just before: 両者, 3閣僚 the two, three of one sentence, 同氏 the last."""
        for found in self._rules.find("those", view.text):
            if re.match("[^、。]{0,24}以来", view.text[found.end :]):
                continue  # who met before need not be those who met now
            count = found.match["count"] or found.match["count2"]
            wanted = _COUNT.get(count) or number(count) or 0
            own = list({view.of(i).entity_id: view.of(i) for i in view.at("Ⓟ") if i < found.start}.values())
            title = _TITLE.search(found.match["span"])
            for persons in (own, *reversed(self._persons)):
                titled = [p for p in persons if title is not None and p.text.endswith(title[0])]
                if len(persons) > wanted == len(titled):
                    yield found.start, found.end, titled, ""
                    break
                if len(persons) == wanted:
                    yield found.start, found.end, persons, ""
                    break
                if len(persons) > wanted:
                    break
        for found in self._rules.find("that-office", view.text):
            office = view.text[found.start : found.end]
            held = [[p for p in persons if p.text.endswith(office)] for persons in self._persons[-2:]]
            near = next((persons for persons in reversed(held) if persons), [])
            if len({p.entity_id for p in near}) == 1 and not any(i < found.start for i in view.at("Ⓟ")):
                yield found.start, found.end, near[-1:], ""
        for found in self._rules.find("that-one", view.text):
            if self._persons and not any(i < found.start for i in view.at("Ⓟ")):
                yield found.start, found.end, self._persons[-1][-1:], ""


def _edition(found: Found) -> str:
    """The edition that generic words count (第8回, 初会合), empty if none."""
    groups = found.match.groupdict()
    if groups.get("first"):
        return "1"
    return str(number(groups.get("n") or groups.get("n2") or "") or "")
