"""Quotations: text that is set in as a whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.extract.drafts import Draft
from pipeline.extract.lines import Line
from pipeline.extract.metrics import CLOSERS
from pipeline.extract.numbering import ITEMS, bullet, numbering

INSET = 1.4
"""Indent from which on lines that all share it are a quotation."""
FAR_RIGHT = 8.0
"""Indent of a line at the right edge of its column, at least."""
CLOSE = 2.2
"""Distance of baselines within a quotation, in type sizes, at most."""


def is_inset(line: Line, rest: Sequence[Line], indents: bool) -> bool:
    """Whether a block that begins here is a quotation: set in as a whole, not by its first line alone.

    ``rest`` are the two lines after it; ``indents`` tells whether the document's paragraphs begin with an indent.
    """
    first = line.indent
    after = rest[0] if rest else None
    if first < INSET - 0.5 or (first > FAR_RIGHT and line.slack < 2):
        return False
    if after is not None and line.slack > 2 and _is_item(after) and line.said[-1:] in CLOSERS:
        return False  # it leads in a list
    if after is not None and after.page != line.page and line.slack < 1 and line.said[-1:] not in CLOSERS:
        return min(first, after.indent) >= INSET - 0.2
    goes_on = after is not None and not after.table and abs(after.size - line.size) < 0.1 and after.base > line.base
    if goes_on and after is not None and after.base - line.base < CLOSE * line.size and line.slack < 6:
        if line.slack > 1.2 and _begins_paragraph(rest):
            return first >= INSET
        inset = after.indent
        return inset >= (INSET - 0.5 if not indents else INSET - 0.2) and first >= inset - 0.5
    return first >= INSET


def _is_item(line: Line) -> bool:
    text = line.text.strip()
    return bool(bullet(text)) or (numbering(text) in ITEMS and line.indent > 0.4)


def _begins_paragraph(lines: Sequence[Line]) -> bool:
    """Whether the first of two lines is full and the second goes on with it at the left edge."""
    if len(lines) < 2:
        return False
    line, after = lines
    close = line.page == after.page and 0 < after.base - line.base < CLOSE * line.size
    return close and line.slack < 1.2 and line.said[-1:] not in CLOSERS and after.indent < 0.3


def without_bare_quotes(drafts: Sequence[Draft]) -> None:
    """Makes paragraphs of quotations that are all the text under a heading: the author's own text, set in there; and of
    those that begin the sections of other headings of that level.
    """
    sections = list(_sections(drafts))
    bare = {level for level, own in sections if own and not any(draft.kind == "paragraph" for draft in own)}
    for level, own in sections:
        if level in bare:
            for draft in itertools.takewhile(lambda draft: draft.kind != "paragraph", own):
                if draft.kind == "quote":
                    draft.kind = "paragraph"


def _sections(drafts: Sequence[Draft]) -> Iterator[tuple[int | None, list[Draft]]]:
    """The blocks under each heading with its level; None before the first."""
    level, own = None, list[Draft]()
    for draft in drafts:
        if draft.kind == "heading":
            yield level, own
            level, own = draft.level, []
        else:
            own.append(draft)
    yield level, own
