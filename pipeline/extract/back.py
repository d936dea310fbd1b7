"""Back matter: the author's profile, the disclaimer, the imprint and whom to write to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.knowledge import pattern
from pipeline.extract.labels import labels_of
from pipeline.extract.lines import Line
from pipeline.text import narrow

FOLLOWED = 0.4
"""Share of a document's lines that must follow back matter which is not at its end."""
BANNER = 8
"""Lines of page 1 among which the banner stands."""
TAIL = 30
"""Lines that may follow a disclaimer which no heading opens."""


def find_back_matter(lines: Sequence[Line], head: Sequence[Line]) -> list[Line]:
    """The lines of the back matter, in reading order; ``lines`` come without furniture.

    ``head`` are the lines of page 1, furniture too. Back matter begins at a heading such as PROFILE, or
    at a disclaimer near the end, and takes along a banner printed again above it. It ends with the
    document, or where notes begin.
    """
    start = _opening(lines)
    if start is None:
        return []
    end = next((i for i in range(start + 1, len(lines)) if _ends(lines, start, i)), len(lines))
    return list(lines[_with_banner(lines, start, head) : end])


def _ends(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether back matter that began at ``start`` is over at ``index``: at notes, or where the paper itself follows.

    A profile in a box on the first page ends where type size or indent change.
    """
    line, first = lines[index], lines[start + 1]
    if pattern("notes", "heading").match(narrow(line.text.strip())):
        return True
    if len(lines) - index < FOLLOWED * len(lines) or index < start + 3:
        return False
    return abs(line.size - first.size) > 0.04 * first.size or line.x0 < first.x0 - 1.2 * line.size


def _opening(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines):
        text = narrow(line.text.strip())
        if index > 3 and len(text) < 30 and pattern("back_matter", "opens").match(text):
            return index
    for index in range(len(lines) // 3, len(lines)):
        if index > 3 and pattern("back_matter", "specialties").match(narrow(lines[index].said)):
            return _profile_start(lines, index)
    for index in range(max(4, len(lines) - TAIL), len(lines)):
        own = narrow(lines[index].said)
        text = own + (narrow(lines[index + 1].said) if index + 1 < len(lines) else "")
        says = pattern("back_matter", "says").search(text)
        if says and says.start() < len(own) and not labels_of(lines[index]) and _begins(lines, index):
            return _imprint_start(lines, index)
    return None


def _imprint_start(lines: Sequence[Line], index: int) -> int:
    """Start of an imprint: the lines right above the first one that tells it which share its middle, or name the series
    and share its edge."""
    start = index
    while start > 4:
        line, below = lines[start - 1], lines[start]
        near = line.page == below.page and 0 < below.base - line.base < 2.2 * max(line.size, below.size)
        level = abs((line.x0 + line.x1) - (below.x0 + below.x1)) < 2 * below.size
        level = level or (abs(line.x0 - below.x0) < 1 and bool(pattern("front", "series").search(narrow(line.said))))
        if not near or line.said.endswith("。") or not level or labels_of(line):
            break
        start -= 1
    return start


def _profile_start(lines: Sequence[Line], index: int) -> int:
    """Start of a profile that no heading opens: the lines of name and office right above the specialties."""
    start = index
    while start > 4:
        line, below = lines[start - 1], lines[start]
        near = line.page == below.page and below.base - line.base < 2.2 * line.size
        if not near or line.said.endswith("。") or line.slack < 4 or abs(line.size - below.size) > 2:
            break
        start -= 1
    return start


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph may begin here: after a finished line, a gap or a change of size."""
    line, before = lines[index], lines[index - 1]
    ended = before.text.rstrip()[-1:] in "。.)）」" or before.slack > 2
    return ended or before.page != line.page or before.size != line.size or line.top - before.bottom > line.size


def _with_banner(lines: Sequence[Line], start: int, head: Sequence[Line]) -> int:
    """Moves the start up over lines that say what the head of page 1 says (the banner printed again)."""
    said = {_key(line) for line in head[:BANNER]}
    while start > 6 and _key(lines[start - 1]) in said:
        start -= 1
    return start


def _key(line: Line) -> str:
    return re.sub(r"\s+", "", narrow(line.text))


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph is a disclaimer, an imprint, a signature or the like."""
    plain = narrow(text.strip())
    return bool(pattern("back_matter", "says").search(plain) or pattern("back_matter", "signature").match(plain))


def says_whose_views(text: str) -> bool:
    """Whether a paragraph of any length is a disclaimer: it says of the paper itself whose views it gives."""
    return bool(pattern("back_matter", "disclaims").match(narrow(text.strip())))
