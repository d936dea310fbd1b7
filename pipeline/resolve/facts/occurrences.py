"""Editions and dated occurrences of meetings in the making, and which of them each mention speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Mention
from pipeline.resolve.facts.view import View


@dataclass
class Occurrence:
    """An edition or dated occurrence in the making; ``view`` says it, ``at`` is its place among the document's."""

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
    session: bool = False
    """Whether it is one of several sittings of its edition."""

    @property
    def told(self) -> bool:
        """Whether an edition or a date makes it a row."""
        return bool(self.edition or self.start)

    def fits(self, other: Occurrence) -> bool:
        """Whether both can be one: the editions and dates that are known agree."""
        if self.edition and other.edition:
            apart = (self.session or other.session) and self.start and other.start and not self.same_time(other)
            return self.edition == other.edition and not apart
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


class Occurrences:
    """All occurrences of a document, and which of them each mention speaks of."""

    def __init__(self) -> None:
        self.found: list[Occurrence] = []
        self.of: dict[str, Occurrence] = {}
        self.since: dict[tuple[str, int], Occurrence] = {}
        """By block and start of a sentence, the earlier occurrence that it counts from (…と会って以来)."""

    def add(self, new: Occurrence, mention: Mention | None) -> Occurrence | None:
        """The occurrence that a mention speaks of, merged with a known one if it is the same; None where unclear."""
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

    def last_of(self, entity_id: str, block_id: str, at: int) -> Occurrence | None:
        """The occurrence of a meeting that a block spoke of last, up to the ``at``-th sentence of the document."""
        own = [
            o for o in self.found if o.entity_id == entity_id and o.view.sentence.block_id == block_id and o.at <= at
        ]
        return own[-1] if own else None
