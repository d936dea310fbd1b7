"""Which words stand in a figure and not in the text: labels of maps, of diagrams, of axes."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.drawings import Box
from pipeline.extract.glyphs import PageGlyphs
from pipeline.extract.knowledge import pattern
from pipeline.extract.segments import Segment
from pipeline.text import narrow

WORDS_SHARE = 0.7
"""Share of a page's glyphs that stand in a figure, at most."""
TITLE_SHARE = 0.45
"""Share of the first page, from its top, in which a title may stand over a picture."""
LINE = 1.7
"""Distance of baselines of a caption's lines, in type sizes, at most."""
RUNNING_SIZE, RUNNING_WIDTH = 0.8, 0.6
"""Type size and width, in those of the text's lines, from which on a line in a figure is text laid over it."""


def words_in_figures(page: PageGlyphs, segments: Sequence[Segment]) -> set[Segment]:
    """The segments of a page that are words of a figure."""
    inside = [(figure, [s for s in segments if _holds(figure, s)]) for figure in page.figures]
    within = {s for _, own in inside for s in own}
    text = [s for s in segments if s not in within]
    total = sum(len(s.glyphs) for s in segments)
    found: set[Segment] = set()
    for figure, own in inside:
        titled = page.number == 1 and figure[1] < TITLE_SHARE * page.height
        many = sum(len(s.glyphs) for s in own) > WORDS_SHARE * total
        captions = _captions(own)
        words = [s for s in own if s not in captions]
        if not titled and not many and not any(_runs(s, text) for s in words):
            found |= set(words)
    return found


def _captions(segments: Sequence[Segment]) -> list[Segment]:
    """The segments that name the figure or its source, with the lines on which such a name goes on."""
    found: list[Segment] = []
    for s in sorted(segments, key=lambda s: s.base):
        if _is_caption(s) or any(_goes_on(above, s) for above in found):
            found.append(s)
    return found


def _goes_on(above: Segment, s: Segment) -> bool:
    """Whether a segment is the next line of one: set alike, close below, and no further to the left."""
    close = 0 < s.base - above.base < LINE * s.size and above.x0 - 1 < s.x0 < above.x1
    return close and abs(s.size - above.size) < 0.3 and s.glyphs[0].font == above.glyphs[-1].font


def _is_caption(segment: Segment) -> bool:
    """Whether a segment names the figure or its source, which is no word of it though it may stand inside."""
    text = narrow("".join(g.text for g in segment.glyphs)).strip()
    return any(pattern("captions", kind).match(text) for kind in ("line", "source"))


def _holds(figure: Box, segment: Segment) -> bool:
    x, y = (segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2
    return figure[0] <= x <= figure[2] and figure[1] <= y <= figure[3]


def _runs(segment: Segment, text: Sequence[Segment]) -> bool:
    """Whether a segment is set like a line of the page's text."""
    sizes: Counter[float] = Counter()
    for s in text:
        sizes[s.size] += len(s.glyphs)
    if not sizes:
        return False
    usual = sizes.most_common(1)[0][0]
    width = statistics.median(s.x1 - s.x0 for s in text if s.size == usual)
    return segment.size >= RUNNING_SIZE * usual and segment.x1 - segment.x0 >= RUNNING_WIDTH * width
