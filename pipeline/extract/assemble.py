"""Lines and drafts -> the raw string, its runs, blocks, notes and marks of a `Document`."""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.document import Block, LeftOut, Mark, Note, Run
from pipeline.extract.glyphs import Glyph
from pipeline.extract.join import Letter, superscript
from pipeline.extract.layout import Layout
from pipeline.extract.lines import Apart, Line
from pipeline.extract.marks import Found
from pipeline.extract.vertical import back
from pipeline.vocabulary import BlockKind


class Placed(NamedTuple):
    """A mark in its block: after ``offset`` characters; ``ranges`` are the raw ranges of its glyphs."""

    number: str
    block_id: str
    offset: int
    ranges: tuple[tuple[int, int], ...]


class Raw:
    """The raw string while it is made: characters are added, never changed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.runs: list[Run] = []
        self.apart: list[LeftOut] = []
        self._turned: float | None = None

    @property
    def text(self) -> str:
        """The raw string so far."""
        return "".join(self.parts)

    def add_page(self, page: int, lines: Sequence[Line], apart: Sequence[Apart], turned: float | None = None) -> None:
        """Adds the lines of a page, and after them the glyphs that belong to none.

        ``turned`` is the width of a page that was turned for its vertical writing.
        """
        self._turned = turned
        for line in lines:
            self.add_line(line)
        start = self.length
        self._add(page, [(glyph.text, glyph) for glyph, _, _ in apart])
        self.apart += [LeftOut(start + i, start + i + 1, why, over) for i, (_, why, over) in enumerate(apart)]
        self._put("\n")

    def page_at(self, offset: int) -> int:
        """Page on which a raw character is printed (of the last one before it where it is not)."""
        index = bisect.bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        return self.runs[max(0, index)].page

    def add_line(self, line: Line) -> None:
        """Adds a line's characters and a newline, and remembers on the line where it starts."""
        line.start = self.length
        self._add(line.page, [(char.text, char.glyph) for char in line.chars])
        self._put("\n")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _add(self, page: int, chars: Iterable[tuple[str, Glyph | None]]) -> None:
        open_run: list[Glyph] = []
        start = self.length
        for text, glyph in chars:
            if glyph is not None and self._turned is not None:
                x0, top, x1, bottom = back((glyph.x0, glyph.top, glyph.x1, glyph.bottom), self._turned)
                glyph = replace(glyph, x0=x0, top=top, x1=x1, bottom=bottom)
            alike = glyph is not None and (not open_run or _alike(open_run[-1], glyph))
            if open_run and not alike:
                self.runs.append(_run(page, start, open_run))
                open_run = []
            if glyph is not None:
                if not open_run:
                    start = self.length
                open_run.append(glyph)
            self._put(text)
        if open_run:
            self.runs.append(_run(page, start, open_run))


def _alike(a: Glyph, b: Glyph) -> bool:
    return a.font == b.font and abs(a.size - b.size) < 0.05 and abs(a.top - b.top) < 0.05


def _run(page: int, start: int, glyphs: Sequence[Glyph]) -> Run:
    edges = tuple(round(edge, 2) for glyph in glyphs for edge in (glyph.x0, glyph.x1))
    top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
    return Run(page, start, start + len(glyphs), round(top, 2), round(bottom, 2), edges)


class Ids:
    """Ids made from content: of two pieces with one content the second gets ``.2``."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self._seen: Counter[str] = Counter()

    def make(self, prefix: str, *content: object) -> str:
        """``DOC_ID:prefix-hash``, stable for the same document and content."""
        digest = hashlib.sha256("\x1f".join(map(str, content)).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        found = f"{self._doc_id}:{prefix}-{digest}"
        self._seen[found] += 1
        return found if self._seen[found] == 1 else f"{found}.{self._seen[found]}"


def make_block(
    ids: Ids, kind: BlockKind, letters: Sequence[Letter], marks: Sequence[Found], level: int | None, section: str
) -> tuple[Block, list[Placed]]:
    """A block of its letters without the marks, and the marks."""
    taken = {index for mark in marks for index in range(mark.start, mark.end)}
    kept = [(i, letter) for i, letter in enumerate(letters) if i not in taken]
    kept = _trimmed(_without_double_spaces(kept))
    text = "".join(superscript(letter.text) if letter.raised else letter.text for _, letter in kept)
    block = Block(ids.make("b", kind, text), kind, text, ranges([letter.raw for _, letter in kept]), level, section)
    placed = []
    for mark in marks:
        offset = sum(index < mark.start for index, _ in kept)
        raw = ranges([letter.raw for letter in letters[mark.start : mark.end]])
        placed += [Placed(number, block.block_id, offset, raw) for number in mark.numbers]
    return block, placed


def _trimmed(kept: list[tuple[int, Letter]]) -> list[tuple[int, Letter]]:
    while kept and kept[0][1].text.isspace():
        kept = kept[1:]
    while kept and kept[-1][1].text.isspace():
        kept = kept[:-1]
    return kept


def _without_double_spaces(kept: list[tuple[int, Letter]]) -> list[tuple[int, Letter]]:
    """Drops a space that follows one once a mark between them is gone."""
    out: list[tuple[int, Letter]] = []
    for item in kept:
        if item[1].text == " " and out and out[-1][1].text == " ":
            continue
        out.append(item)
    return out


def ranges(offsets: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Offsets in order as ranges, neighbours joined."""
    out: list[tuple[int, int]] = []
    for offset in offsets:
        if out and out[-1][1] == offset:
            out[-1] = (out[-1][0], offset + 1)
        else:
            out.append((offset, offset + 1))
    return tuple(out)


def link_marks(ids: Ids, placed: Sequence[Placed], raw: Raw, notes: Sequence[tuple[Note, int]]) -> list[Mark]:
    """Marks with the notes they belong to; ``notes`` gives each note with its page.

    Where numbering restarts, the first note of that number on the mark's page or a later one is meant.
    """
    marks = []
    for mark in placed:
        page = raw.page_at(mark.ranges[0][0])
        fits = [(note, at) for note, at in notes if note.number == mark.number]
        note_id = next((note.note_id for note, at in fits if at >= page), fits[-1][0].note_id if fits else "")
        mark_id = ids.make("m", mark.block_id, mark.offset, mark.number)
        marks.append(Mark(mark_id, mark.number, note_id, mark.block_id, mark.offset, mark.ranges))
    return marks


def reasons_of(layout: Layout) -> Iterator[LeftOut]:
    """Why characters of lines may stand in no block: furniture, note numbers, bullets, hyphens of cut words."""
    for page in layout.pages:
        for line in page.lines:
            end = line.start + len(line.chars)
            yield LeftOut(end - 1, end, "cut_hyphen")
            if id(line) in layout.furniture.reasons:
                yield LeftOut(line.start, end, layout.furniture.reasons[id(line)])
    for draft in layout.body:
        for line, first in draft.pieces:
            yield LeftOut(line.start, line.start + first, "bullet")
    for note in layout.notes.notes:
        first = next((start for line, start in note.pieces if line is note.label_line), len(note.label_line.chars))
        yield LeftOut(note.label_line.start, note.label_line.start + first, "note_number")


def left_out(
    raw: str, blocks: Sequence[Block], marks: Sequence[Mark], reasons: Iterable[LeftOut]
) -> tuple[LeftOut, ...]:
    """Raw ranges that stand in no block and no mark, each with its reason; blanks are not listed.

    ``reasons`` gives raw ranges of lines with what they are; what no reason covers is ``unplaced``.
    """
    unplaced = LeftOut(0, 0, "unplaced")
    reason_of: list[LeftOut | None] = [unplaced] * len(raw)
    for reason in reasons:
        reason_of[reason.start : reason.end] = [reason] * (reason.end - reason.start)
    for spans in (*(block.ranges for block in blocks), *(mark.ranges for mark in marks)):
        for start, end in spans:
            reason_of[start:end] = [None] * (end - start)
    found: list[LeftOut] = []
    for index, (char, why) in enumerate(zip(raw, reason_of, strict=True)):
        if why is None or char.isspace():
            continue
        last = found[-1] if found else None
        alike = last is not None and (last.reason, last.over) == (why.reason, why.over)
        if last is not None and alike and raw[last.end : index].strip(" \u3000\t") == "":
            found[-1] = replace(last, end=index + 1)
        else:
            found.append(LeftOut(index, index + 1, why.reason, why.over))
    return tuple(found)
