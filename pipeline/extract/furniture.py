"""Running heads, running feet and page numbers: what a page carries for its own sake.

A line is furniture where it is the outermost of its page, stands apart from the text, and either
counts the pages or says on several pages the same thing at the same height.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.lines import Line
from pipeline.text import narrow

DEPTH = 3
"""Lines from the top and from the bottom of a page that may be furniture."""
APART = 0.7
"""White space, in type sizes, between furniture and text."""
CLIPPED = 8
"""Characters that a line needs to be taken for the one before it, printed once more."""
SAME_HEIGHT = 3.0
"""Points by which a running head may move between pages."""

_DASH = r"[-‐‑–—―−ー~〜・|\s]*"
_ROMAN = r"[ivxlc]+"
_PAGE_NUMBER = re.compile(
    rf"^{_DASH}(?:p(?:age|\.)?\s*)?(?P<number>\d{{1,4}}|{_ROMAN})(?:\s*(?:/|of)\s*\d{{1,4}}|\s*(?:頁|ページ))?{_DASH}$",
    re.IGNORECASE,
)
_NUMBER_AT_EDGE = re.compile(r"^(?P<first>\d{1,3})\s|\s(?P<last>\d{1,3})$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found: each line's reason by ``id(line)``, and the number printed on each page."""

    reasons: dict[int, str]
    labels: dict[int, str]


def find_furniture(pages: Sequence[Sequence[Line]]) -> Furniture:
    """Furniture of a document, given the lines of each page (in any order)."""
    reasons: dict[int, str] = {}
    labels: dict[int, str] = {}
    numbered = _page_numbers(pages)
    for line, label in numbered:
        reasons[id(line)] = "page_number"
        labels[line.page] = label
    repeated = _repeated(pages, set(reasons))
    repeated += _quoting_page_one(pages, set(reasons) | {id(line) for line in repeated})
    for line in _clipped(pages, set(reasons) | {id(line) for line in repeated}):
        reasons[id(line)] = "printed_twice"
    for line in repeated:
        reasons[id(line)] = "running_head"
        match = _NUMBER_AT_EDGE.search(narrow(line.text.strip()))
        if match and line.page not in labels and len({m.text for m in repeated}) > 1:
            labels[line.page] = match["first"] or match["last"]
    return Furniture(reasons, labels)


def _edges(lines: Sequence[Line], taken: set[int]) -> list[tuple[Line, float]]:
    """The outermost lines of a page that nothing is known of, each with the white space before the next inner line."""
    rest = sorted((line for line in lines if not line.table), key=lambda line: line.base)
    found = []
    for ordered, downward in ((rest, True), (rest[::-1], False)):
        for index, line in enumerate(ordered[:DEPTH]):
            inner = next((o for o in ordered[index + 1 :] if abs(o.base - line.base) > 0.5 * line.size), None)
            gap = ((inner.top - line.bottom) if downward else (line.top - inner.bottom)) if inner else 1000.0
            if id(line) not in taken:
                found.append((line, gap / line.size))
    return found


def _page_numbers(pages: Sequence[Sequence[Line]]) -> list[tuple[Line, str]]:
    """Lines that hold a page number alone; their distance to the page's index must be a habit of the document."""
    candidates: list[tuple[Line, str, int]] = []
    for lines in pages:
        for line, gap in _edges(lines, set()):
            match = _PAGE_NUMBER.match(narrow(line.text.strip()))
            if match and gap >= 0.3:
                value = _value(match["number"])
                if value is not None:
                    candidates.append((line, match["number"], value - line.page))
    shifts = Counter(shift for _, _, shift in candidates)
    if not shifts:
        return []
    shift, count = shifts.most_common(1)[0]
    habit = {s for s, n in shifts.items() if n >= 3} | {shift}
    if count < 2 and len(pages) > 1:
        return []
    chosen: dict[int, tuple[Line, str]] = {}
    for line, label, s in candidates:
        if s in habit and (line.page not in chosen or line.base > chosen[line.page][0].base):
            chosen[line.page] = (line, label)
    return list(chosen.values())


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [digits[c] for c in number.lower()]
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if 0 < total < 100 else None


def _repeated(pages: Sequence[Sequence[Line]], taken: set[int]) -> list[Line]:
    """Lines that stand at one height with one wording, figures aside, on two pages or more."""
    groups: dict[str, list[tuple[Line, float]]] = defaultdict(list)
    for lines in pages:
        for line, gap in _edges(lines, taken):
            groups[_key(line)].append((line, gap))
    heads: list[tuple[Line, float]] = []
    for members in groups.values():
        for line, gap in members:
            others = {m.page for m, _ in members if _same_place(m, line)}
            if others:
                heads.append((line, gap))
    return _apart(heads)


def _quoting_page_one(pages: Sequence[Sequence[Line]], taken: set[int]) -> list[Line]:
    """Heads that say what the head of page 1 says (the title over the even pages, say), on one page only."""
    if len(pages) < 2:
        return []
    first = re.sub(r"[\W_]", "", narrow("".join(line.text for line in pages[0][:15])))
    usual = statistics.median(line.size for page in pages for line in page)
    found = []
    for lines in pages[1:]:
        top = min((line.base for line in lines), default=0.0)
        for line, gap in _edges(lines, taken):
            words = re.findall(r"\w+", narrow(line.text).replace("_", " "))
            said = sum(map(len, words)) >= 4 and all(word in first for word in words)
            if said and gap >= APART and line.size < 0.95 * usual and line.base < top + 0.5 * line.size:
                found.append(line)
    return found


def _clipped(pages: Sequence[Sequence[Line]], taken: set[int]) -> list[Line]:
    """First lines of pages that are the last line of the page before once more: some programs print a line that
    does not fit on both pages, cut off at the edge of each."""
    found = []
    for before, after in pairwise(pages):
        last = max((line for line in before if id(line) not in taken), key=lambda line: line.base, default=None)
        first = min((line for line in after if id(line) not in taken), key=lambda line: line.base, default=None)
        if last and first and len(last.said) >= CLIPPED and last.said == first.said and not first.table:
            found.append(first)
    return found


def _same_place(a: Line, b: Line) -> bool:
    """Whether lines of two pages stand at one height in one size of type."""
    return a.page != b.page and abs(a.base - b.base) <= SAME_HEIGHT and abs(a.size - b.size) < 0.1 * a.size


def _apart(heads: list[tuple[Line, float]]) -> list[Line]:
    """Those that stand apart from the text, alone or as a group of lines one above the other."""
    by_page: dict[int, list[tuple[Line, float]]] = defaultdict(list)
    for line, gap in heads:
        by_page[line.page].append((line, gap))
    out = []
    for members in by_page.values():
        for line, gap in members:
            neighbours = [o for o, _ in members if o is not line]
            if gap >= APART or any(abs(o.base - line.base) < 2.2 * max(o.size, line.size) for o in neighbours):
                out.append(line)
    return out


def _key(line: Line) -> str:
    text = re.sub(r"\s+", "", narrow(line.text))
    return re.sub(r"\d+", "0", text)
