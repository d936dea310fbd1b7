"""Tables of contents: entries with leader dots are rows of two cells, the entry and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.lines import Apart, Char, Line

MIN_ENTRIES = 3
"""Entries of a page from which on lines with leader dots are a table of contents."""
_ENTRY = re.compile(
    r"^(?P<entry>.*?\S)(?P<leader>\s*(?:(?:[.．・･·]\s*){3,}|(?:[‥…]\s*){2,}))(?P<page>[\d０-９]{1,4}|[ivxIVX]{1,5})\s*$"
)
WRAPPED = 0.5
"""Share of the longest entry's width that the first line of an entry of two lines fills."""


def with_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Apart]]:
    """The lines of a page with its table of contents as rows of a table, and the leader dots, which belong to none."""
    matches = [None if line.table else _ENTRY.match(line.text) for line in lines]
    if sum(match is not None for match in matches) < MIN_ENTRIES:
        return list(lines), []
    left = min(line.x0 for line, match in zip(lines, matches, strict=True) if match)
    right = max(line.x1 for line, match in zip(lines, matches, strict=True) if match)
    first, last = (next(i for i in order if matches[i]) for order in (range(len(lines)), range(len(lines))[::-1]))
    out: list[Line] = []
    apart: list[Apart] = []
    for index, (line, match) in enumerate(zip(lines, matches, strict=True)):
        if match is None:
            part = first < index < last and not line.table and not _wraps(lines, index + 1, left, right)
            out.append(Line(line.page, line.chars, left, right, table=True) if part else line)
            continue
        entry, leader, page = (line.chars[slice(*match.span(name))] for name in ("entry", "leader", "page"))
        apart += [Apart(char.glyph, "leader") for char in leader if char.glyph is not None and not char.text.isspace()]
        blanks = [replace(char, text=" ") for char in leader if char.glyph is not None and char.text.isspace()]
        opening = out.pop().chars if index and matches[index - 1] is None and _wraps(lines, index, left, right) else []
        chars = [*opening, *entry, *blanks, Char("\t", None), *page, *line.chars[match.end("page") :]]
        out.append(Line(line.page, chars, left, right, table=True))
    return out, apart


def _wraps(lines: Sequence[Line], index: int, left: float, right: float) -> bool:
    """Whether the line before is the first of an entry of two lines: long, close above, no further to the left."""
    before, line = lines[index - 1], lines[index]
    close = 0 < line.base - before.base < 2 * line.size and abs(before.size - line.size) < 0.1 * line.size
    return (
        close and not before.table and before.x1 - left > WRAPPED * (right - left) and before.x0 <= line.x0 + line.size
    )
