"""What pages carry for their own sake beside or over the text: side tabs, watermarks, printed line numbers.

They are taken off glyph by glyph before lines are made, since they would join the lines that they stand beside.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.extract.glyphs import Glyph, PageGlyphs

TAB_SHARE = 0.1
"""Share of a page's glyphs that side tabs may be, at most."""
TAB_GAP = 0.8
"""White space, in type sizes, that parts a side tab from the lines that it stands beside."""
WATERMARK_PAGES, WATERMARK_SHARE = 2, 0.6
"""Pages, and share of the pages, on which a watermark stands at one place, at least."""
WATERMARK_SIZE = 1.5
"""Type size of a watermark, in those of the text, at least."""
NUMBERED_LINES, NUMBERED_STEPS = 10, 4
"""Lines that must be numbered in a row, where each is and where every fifth, say."""
TOKEN_GAP = 0.6
"""White space, in type sizes, that ends a number beside a line."""
FULL, FULL_SHARE = 2.0, 0.35
"""White space at the end of a full line, in type sizes, at most; share of a numbered text's lines that are full."""
FEW = 4
"""Glyphs of which a row of marks alone consists, at most."""
SAME_PLACE = 1.5
"""Points by which the numbers of lines stand out of line."""


def find_stamps(pages: Sequence[PageGlyphs]) -> dict[int, str]:
    """The reason (``side_tab``, ``watermark``, ``line_number``) for the ``id`` of each glyph that is no text."""
    repeated = _repeated(pages)
    found: dict[int, str] = {}
    for page in pages:
        own = [g for g in page.glyphs if id(g) in repeated]
        rest = [g for g in page.glyphs if id(g) not in repeated and not g.text.isspace()]
        if own and len(own) <= TAB_SHARE * (len(own) + len(rest)):
            found |= {id(g): "side_tab" for g in _beside(own, rest)}
    found |= {id(g): "watermark" for g in _watermarks(pages, repeated)}
    return found | {id(g): "line_number" for g in _line_numbers(pages)}


def _place(glyph: Glyph) -> tuple[str, int, int, int]:
    return glyph.text, round(glyph.x0), round(glyph.base), round(glyph.size)


def _repeated(pages: Sequence[PageGlyphs]) -> dict[int, int]:
    """For the ``id`` of each glyph that stands at the same place on two pages or more, the number of those pages."""
    places: dict[tuple[str, int, int, int], dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        for glyph in page.glyphs:
            if not glyph.text.isspace():
                places[_place(glyph)][page.number].append(glyph)
    return {
        id(g): len(by_page) for by_page in places.values() if len(by_page) > 1 for gs in by_page.values() for g in gs
    }


def _beside(repeated: Sequence[Glyph], rest: Sequence[Glyph]) -> Iterator[Glyph]:
    """Repeated glyphs that stand left or right of everything else on the page, and touch nothing that does not."""
    if not rest:
        return
    left, right = min(g.x0 for g in rest), max(g.x1 for g in rest)
    top, bottom = min(g.top for g in rest), max(g.bottom for g in rest)
    outside = [g for g in repeated if (g.x1 <= left + 0.5 or g.x0 >= right - 0.5) and top < g.base < bottom]
    taken = {id(g) for g in outside}
    inside = [g for g in (*repeated, *rest) if id(g) not in taken]
    for glyph in outside:
        if not any(_touch(glyph, other) for other in inside):
            yield glyph


def _touch(a: Glyph, b: Glyph) -> bool:
    """Whether two glyphs stand beside each other in a line."""
    near = TAB_GAP * max(a.size, b.size)
    return a.top < b.bottom and b.top < a.bottom and a.x0 - b.x1 < near and b.x0 - a.x1 < near


def _watermarks(pages: Sequence[PageGlyphs], repeated: dict[int, int]) -> Iterator[Glyph]:
    """Large type at one place on most pages that is printed over or under the text."""
    sizes = [g.size for page in pages for g in page.glyphs if g.upright]
    if len(pages) < WATERMARK_PAGES or not sizes:
        return
    least = WATERMARK_SIZE * statistics.median(sizes)
    needed = max(WATERMARK_PAGES, WATERMARK_SHARE * len(pages))
    for page in pages:
        large = [g for g in page.glyphs if g.size >= least and repeated.get(id(g), 0) >= needed]
        small = [g for g in page.glyphs if g.size < least and not g.text.isspace()]
        if any(_overlap(a, b) for a in large for b in small):
            yield from large


def _overlap(a: Glyph, b: Glyph) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _line_numbers(pages: Sequence[PageGlyphs]) -> list[Glyph]:
    """Figures left of all text that count its lines, one by one or in steps, on half of the pages or more; those of a
    list count no full lines. A page of few lines has them where the others do."""
    for edge in (_right, _left):
        columns = [_leftmost(page, edge) for page in pages]
        counted = [column for page, column in zip(pages, columns, strict=True) if _counts(column) and _fills(page)]
        if counted and len(counted) >= len(pages) // 2:
            places = [edge(column[0]) for column in counted]
            near = [c for c in columns if c and any(abs(edge(c[0]) - place) <= SAME_PLACE for place in places)]
            return [g for column in near for token in column for g in token]
    return []


def _left(token: Sequence[Glyph]) -> float:
    return token[0].x0


def _right(token: Sequence[Glyph]) -> float:
    return token[-1].x1


def _rows(page: PageGlyphs) -> list[list[Glyph]]:
    """The glyphs of a page by baseline, each row from the left."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        if glyph.upright and not glyph.text.isspace():
            rows[round(glyph.base)].append(glyph)
    return [sorted(row, key=lambda g: g.x0) for _, row in sorted(rows.items())]


def _leftmost(page: PageGlyphs, edge: Callable[[Sequence[Glyph]], float]) -> list[list[Glyph]]:
    """The numbers at the head of rows that stand in line with the leftmost one, if all else is right of them."""
    tokens = [token for row in _rows(page) if (token := _first_token(row))]
    first = min((edge(token) for token in tokens), default=0.0)
    column = [token for token in tokens if edge(token) - first <= SAME_PLACE]
    taken = {id(g) for token in column for g in token}
    text = min((g.x0 for g in page.glyphs if id(g) not in taken and not g.text.isspace()), default=0.0)
    return column if all(token[-1].x1 <= text for token in column) else []


def _counts(column: Sequence[Sequence[Glyph]]) -> bool:
    """Whether numbers count lines; they may begin again (with the notes)."""
    numbers = [int("".join(g.text for g in token)) for token in column]
    steps = {b - a for a, b in pairwise(numbers) if b > a}
    if len(steps) != 1:
        return False
    step = steps.pop()
    return len(numbers) >= (NUMBERED_LINES if step == 1 else NUMBERED_STEPS) and all(n % step == 0 for n in numbers)


def _fills(page: PageGlyphs) -> bool:
    """Whether a good part of the lines of a page are full (raised figures make rows of their own)."""
    far = [row[-1].x1 for row in _rows(page) if len(row) > FEW]
    return sum(x > max(far) - FULL * page.glyphs[0].size for x in far) >= FULL_SHARE * len(far)


def _first_token(row: Sequence[Glyph]) -> list[Glyph]:
    """The figures at the head of a row that white parts from the rest; none where something else stands there."""
    token: list[Glyph] = []
    for glyph in row:
        if token and glyph.x0 - token[-1].x1 > TOKEN_GAP * glyph.size:
            return token
        if not (glyph.text.isascii() and glyph.text.isdigit()):
            return []
        token.append(glyph)
    return token
