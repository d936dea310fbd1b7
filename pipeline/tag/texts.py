"""A document's text at work: a block with what was found in it, and the edition that stands with a meeting's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.document import Block
from pipeline.tag.candidates import Candidate, standing
from pipeline.text import number


@dataclass
class Text:
    """A block with what was found in it; ``view`` is `pipeline.text.plain` of its text."""

    block: Block
    view: str
    found: list[Candidate] = field(default_factory=list)
    standing: list[Candidate] = field(default_factory=list)

    def settle(self) -> None:
        """Decides anew what of ``found`` stands."""
        self.standing = standing(self.found)

    def name(self, candidate: Candidate) -> str:
        """The candidate's text, folded."""
        return self.view[candidate.start : candidate.end]


def edition(view: str, candidate: Candidate) -> str:
    """The edition in front of a meeting's name, or right behind it (PALM10); empty where there is none."""
    before = _BEFORE.search(view, max(0, candidate.start - 12), candidate.start)
    if before:
        return str(number(before["number"]) or "")
    after = _AFTER.match(view, candidate.end)
    return after["number"] if after and after["number"].isdigit() else ""


_BEFORE = re.compile(r"第(?P<number>[0-9〇一二三四五六七八九十百]+)回目?(?:となる|の)?[「（]?$")
_AFTER = re.compile(r"(?P<number>[0-9]{1,2}|[IVX]{1,6})(?![0-9年月日か])")
