"""What every line of a document is: furniture, front matter, body, note or back matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.back import find_back_matter, is_disclaimer, says_whose_views
from pipeline.extract.blocks import body_drafts
from pipeline.extract.columns import Gutter
from pipeline.extract.contents import with_contents
from pipeline.extract.drafts import Draft, whole
from pipeline.extract.front import Front, read_front
from pipeline.extract.furniture import Furniture, find_furniture
from pipeline.extract.glyphs import PageGlyphs
from pipeline.extract.lines import Apart, Line, arranged, pieces_of
from pipeline.extract.margins import find_stamps
from pipeline.extract.marks import raise_lone_marks
from pipeline.extract.metrics import measure, set_edges, set_edges_beside, with_short
from pipeline.extract.notes import NotesFound, find_notes

SHORT, LONG = 3, 8
"""Lines of a disclaimer that its first line tells, and of one that speaks of the paper itself, at most."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in reading order, heads first and feet last, and the glyphs that belong to none."""

    number: int
    lines: tuple[Line, ...]
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a document were found to be. ``body`` are the drafts between front and back."""

    pages: tuple[PageLines, ...]
    furniture: Furniture
    front: Front
    body: tuple[Draft, ...]
    notes: NotesFound
    back: tuple[Line, ...]

    def drafts(self) -> list[Draft]:
        """Drafts of front, body and back in reading order; notes are none of them. Lines must know their raw place."""
        drafts = [Draft("front_matter", whole([line])) for line in self.front.rest]
        drafts += [Draft("title", whole(self.front.title))] if self.front.title else []
        drafts += [Draft("subtitle", whole(self.front.subtitle))] if self.front.subtitle else []
        drafts += self.body
        drafts += [Draft("back_matter", whole([line])) for line in [*self.notes.headings, *self.back]]
        return sorted(drafts, key=lambda draft: draft.pieces[0][0].start)


def find_layout(pages: Sequence[PageGlyphs]) -> Layout:
    """Finds the layout of a document. Raises ValueError where no page has a line."""
    read, furniture = _lines(pages)
    content = [line for page in read for line in page.lines if id(line) not in furniture.reasons]
    metrics = measure(content)
    set_edges(content, metrics)
    set_edges_beside(content, {page.number: page.figures for page in pages if page.figures})
    metrics = with_short(metrics, content)
    raise_lone_marks(content, metrics)
    back = find_back_matter(content, read[0].lines)
    in_back = {id(line) for line in back}
    notes = find_notes(content, {page.number: page.rules for page in pages}, metrics, in_back)
    noted = notes.taken()
    back = [line for line in back if id(line) not in noted]
    flow = [line for line in content if id(line) not in noted | in_back]
    heads = [line for line in read[0].lines if furniture.reasons.get(id(line)) == "running_head"]
    front = read_front(flow, heads, back, metrics)
    taken = front.taken()
    body = body_drafts([line for line in flow if id(line) not in taken], metrics)
    for draft in body:
        if draft.kind in ("paragraph", "quote") and _is_disclaimer(draft):
            draft.kind = "back_matter"
    return Layout(tuple(read), furniture, front, tuple(body), notes, tuple(back))


def _is_disclaimer(draft: Draft) -> bool:
    lines = [line for line, _ in draft.pieces]
    short = len(lines) <= SHORT and is_disclaimer(lines[0].text)
    return short or (len(lines) <= LONG and says_whose_views("".join(line.said for line in lines)))


def _lines(pages: Sequence[PageGlyphs]) -> tuple[list[PageLines], Furniture]:
    """Lines and furniture of all pages. Side tabs and the like are in no line. Furniture is taken off before the rest
    is put in order, since it stands in no column; where every line repeats on every page, none is furniture."""
    stamps = find_stamps(pages)
    pieces = [pieces_of(page, stamps.keys()) for page in pages]
    gutters: list[Gutter] = []
    first = [arranged(own, gutters) for own in pieces]
    furniture = find_furniture(first)
    if all(id(line) in furniture.reasons for lines in first for line in lines):
        furniture = Furniture({}, {})
    read = []
    for page, parts, lines in zip(pages, pieces, first, strict=True):
        own = [line for line in lines if id(line) in furniture.reasons]
        if own:
            printed = {id(char.glyph) for line in own for char in line.chars if char.glyph is not None}
            inner = arranged(parts, gutters, printed)
            middle = inner[0].base if inner else 0.0
            lines = [*(f for f in own if f.base <= middle), *inner, *(f for f in own if f.base > middle)]
        lines, leaders = with_contents(lines)
        apart = [*parts.apart, *leaders]
        apart += [Apart(glyph, stamps[id(glyph)]) for glyph in page.glyphs if id(glyph) in stamps]
        read.append(PageLines(page.number, tuple(lines), tuple(apart)))
    return read, furniture
