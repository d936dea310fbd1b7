"""Text in a frame: a box drawn around some lines of a page makes a column of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.columns import Area
from pipeline.extract.glyphs import PageGlyphs
from pipeline.extract.segments import Segment

MIN_LINES = 3
"""Lines that a frame holds, at least; a box around fewer adorns a heading."""
TEXT_SHARE = 0.6
"""Share of a page's text in a frame, at most; a box around more of it adorns the page."""
SLIP = 2.0
"""Points by which type may stand out of its frame."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A box around text; coordinates in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, area: Area) -> bool:
        """Whether an area lies in this frame."""
        across = self.x0 - SLIP <= area.x0 and area.x1 <= self.x1 + SLIP
        return across and self.top - SLIP <= area.top and area.bottom <= self.bottom + SLIP


def framed(page: PageGlyphs, segments: Sequence[Segment]) -> list[tuple[Frame, list[Segment]]]:
    """The frames of a page with the segments in each; where one stands in another, the inner one has its own."""
    total = sum(len(s.glyphs) for s in segments)
    taken: set[int] = set()
    found = []
    for box in sorted(page.frames, key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
        frame = Frame(*box)
        own = [s for s in segments if id(s) not in taken and frame.holds(s)]
        cut = any(_crosses(frame, s) for s in segments)
        few = len({round(s.base) for s in own}) < MIN_LINES
        if few or cut or sum(len(s.glyphs) for s in own) > TEXT_SHARE * total:
            continue
        taken |= {id(s) for s in own}
        found.append((frame, own))
    return found


def _crosses(frame: Frame, s: Segment) -> bool:
    """Whether a segment stands half in a frame: what is drawn there is none."""
    within = frame.top < s.base < frame.bottom and s.x0 < frame.x1 - SLIP and s.x1 > frame.x0 + SLIP
    return within and not (frame.x0 - SLIP <= s.x0 and s.x1 <= frame.x1 + SLIP)
