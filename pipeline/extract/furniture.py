"""Running heads, running feet and page numbers: what a page carries for its own sake.

A line is furniture where it is the outermost of its page, stands apart from the text, and either
counts the pages or says on several pages the same thing at the same height.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.extract.lines import Line
from pipeline.text import narrow

DEPTH = 3
"""Lines from the top and from the bottom of a page that may be furniture."""
APART = 0.7
"""White space, in type sizes, between furniture and text."""
FAR = 2.0
"""White space, in type sizes, above a page number that is the only one of its document."""
CLIPPED = 8
"""Characters that a line needs to be taken for the one before it, printed once more."""
LIKE_TEXT = 1.02
"""The same in white spaces between the document's lines, for text that is set wide."""
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
    rows = [_rows(lines) for lines in pages]
    numbered = _page_numbers(rows)
    labels = {line.page: label for line, label in numbered}
    reasons = {id(line): "page_number" for line, _ in numbered}
    candidates = {id(line) for line in [*_repeated(rows, reasons), *_quoting_page_one(pages[:1], rows, reasons)]}
    heads = _outermost(rows, candidates, reasons)
    reasons |= {id(line): "running_head" for line in heads}
    for line in heads:
        match = _NUMBER_AT_EDGE.search(narrow(line.text.strip()))
        if match and line.page not in labels and len({head.text for head in heads}) > 1:
            labels[line.page] = match["first"] or match["last"]
    reasons |= {id(line): "printed_twice" for line in _clipped(pages, reasons)}
    return Furniture(reasons, labels)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page from its top, those at one height together; tables left out."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if not line.table), key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base <= 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _edges(rows: Sequence[list[Line]], taken: Container[int]) -> list[Line]:
    """Lines of the outermost rows that nothing is known of."""
    outer = [*rows[:DEPTH], *rows[max(DEPTH, len(rows) - DEPTH) :]]
    return [line for row in outer for line in row if id(line) not in taken]


def _white(row: Sequence[Line], inner: Sequence[Line]) -> float:
    """White space between two rows, in points."""
    low, high = (row, inner) if row[0].base < inner[0].base else (inner, row)
    return min(line.top for line in high) - max(line.bottom for line in low)


def _page_numbers(pages: Sequence[Sequence[list[Line]]]) -> list[tuple[Line, str]]:
    """Lines that hold a page number alone; their distance to the page's index must be a habit of the document."""
    candidates: list[tuple[Line, str, int]] = []
    for rows in pages:
        for line in _edges(rows, ()):
            match = _PAGE_NUMBER.match(narrow(line.text.strip()))
            value = _value(match["number"]) if match else None
            if match and value is not None and _stands_apart(rows, line):
                candidates.append((line, match["number"], value - line.page))
    shifts = Counter(shift for _, _, shift in candidates)
    if not shifts:
        return []
    shift, count = shifts.most_common(1)[0]
    habit = {s for s, n in shifts.items() if n >= 3} | {shift}
    if count < 2 and len(pages) > 1:
        return [(line, label) for line, label, s in candidates if s == 0 and _stands_far_below(pages, line)]
    chosen: dict[int, tuple[Line, str]] = {}
    for line, label, s in candidates:
        if s in habit and (line.page not in chosen or line.base > chosen[line.page][0].base):
            chosen[line.page] = (line, label)
    places = [line for line, _ in chosen.values()]
    for line, label, _ in candidates:
        if line.page not in chosen and sum(_same_place(line, other) for other in places) > 1:
            chosen[line.page] = (line, label)  # it counts wrong, but it is the number printed there
    return list(chosen.values())


def _same_place(a: Line, b: Line) -> bool:
    """Whether lines stand at one place of their pages, in one size."""
    level = abs(a.base - b.base) <= SAME_HEIGHT and abs(a.size - b.size) < 0.1 * a.size
    return level and abs(a.x0 + a.x1 - b.x0 - b.x1) <= 2 * SAME_HEIGHT


def _stands_apart(rows: Sequence[list[Line]], line: Line) -> bool:
    """Whether some white lies between a line and the rows above and below it."""
    index = next(i for i, row in enumerate(rows) if line in row)
    near = [rows[i] for i in (index - 1, index + 1) if 0 <= i < len(rows)]
    return all(_white(rows[index], row) >= 0.3 * line.size for row in near)


def _stands_far_below(pages: Sequence[Sequence[list[Line]]], line: Line) -> bool:
    """Whether a line is alone at the foot of its page (whose number other pages, notes say, need not have)."""
    rows = next(rows for rows in pages if any(line in row for row in rows))
    return len(rows) > 1 and rows[-1] == [line] and _white(rows[-1], rows[-2]) > FAR * line.size


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [digits[c] for c in number.lower()]
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if 0 < total < 100 else None


def _repeated(pages: Sequence[Sequence[list[Line]]], taken: Container[int]) -> list[Line]:
    """Lines that stand at one height with one wording on two pages or more; figures may count the pages."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for rows in pages:
        for line in _edges(rows, taken):
            groups[_key(line)].append(line)
    return [line for members in groups.values() for line in members if any(_says_the_same(line, m) for m in members)]


def _says_the_same(a: Line, b: Line) -> bool:
    """Whether lines of two pages are alike: one height, one size, figures that are the same or count the pages."""
    if a.page == b.page or abs(a.base - b.base) > SAME_HEIGHT or abs(a.size - b.size) >= 0.1 * a.size:
        return False
    one, other = ([int(n) for n in re.findall(r"\d+", narrow(line.text))] for line in (a, b))
    return len(one) == len(other) and all(y - x in (0, b.page - a.page) for x, y in zip(one, other, strict=True))


def _quoting_page_one(
    front: Sequence[Sequence[Line]], pages: Sequence[Sequence[list[Line]]], taken: Container[int]
) -> list[Line]:
    """First lines of pages that say what the head of page 1 says (the title over the even pages, say).

    ``front`` holds the lines of page 1 in reading order, ``pages`` the rows of all.
    """
    if len(pages) < 2 or not pages[0]:
        return []
    first = re.sub(r"[\W_]", "", narrow("".join(line.text for page in front for line in page[:15])))
    usual = statistics.median(line.size for rows in pages for row in rows for line in row)
    found = []
    for rows in pages[1:]:
        for line in rows[0] if rows else ():
            words = re.findall(r"\w+", narrow(line.text).replace("_", " "))
            said = sum(map(len, words)) >= 4 and all(word in first for word in words)
            if said and line.size < 0.95 * usual and id(line) not in taken:
                found.append(line)
    return found


def _outermost(pages: Sequence[Sequence[list[Line]]], candidates: Container[int], taken: Container[int]) -> list[Line]:
    """Candidates with nothing but furniture outside them, and the innermost of them apart from the text, on one page
    that has them at least."""
    whites = [_white(a, b) for rows in pages for a, b in pairwise(rows)]
    usual = statistics.median(whites) if whites else 0.0
    sides = [side for rows in pages for side in (rows, rows[::-1])]
    runs = [
        list(takewhile(lambda row: all(id(line) in candidates or id(line) in taken for line in row), side[:DEPTH]))
        for side in sides
    ]
    known: set[str] = set()
    for side, run in zip(sides, runs, strict=True):
        for depth, row in enumerate(run, 1):
            inner = side[depth] if depth < len(side) else None
            if inner is None or _is_apart(row, inner, usual):
                known |= {_key(line) for outer in run[:depth] for line in outer}
    found = {
        id(line): line for run in runs for row in run for line in row if id(line) in candidates and _key(line) in known
    }
    return list(found.values())


def _is_apart(row: Sequence[Line], inner: Sequence[Line], usual: float) -> bool:
    """Whether a row stands apart from the next inner one: by more white than lies between lines, or, above the text,
    by some white and smaller type."""
    white = _white(row, inner)
    small_head = row[0].base < inner[0].base and row[0].size < 0.9 * inner[0].size
    return white >= max(APART * row[0].size, 0.0 if small_head else LIKE_TEXT * usual)


def _clipped(pages: Sequence[Sequence[Line]], taken: Container[int]) -> list[Line]:
    """First lines of pages that are the last line of the page before once more: some programs print a line that
    does not fit on both pages, cut off at the edge of each."""
    found = []
    for before, after in pairwise(pages):
        last = max((line for line in before if id(line) not in taken), key=lambda line: line.base, default=None)
        first = min((line for line in after if id(line) not in taken), key=lambda line: line.base, default=None)
        if last and first and len(last.said) >= CLIPPED and last.said == first.said and not first.table:
            found.append(first)
    return found


def _key(line: Line) -> str:
    text = re.sub(r"\s+", "", narrow(line.text))
    return re.sub(r"\d+", "0", text)
