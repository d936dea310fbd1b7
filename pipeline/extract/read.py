"""PDF bytes -> `Document`: the steps of extraction in order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import BODY_KINDS, Block, Document, Mark, Note, Page, Problem
from pipeline.errors import BadDocument, problem
from pipeline.extract.assemble import Ids, Raw, left_out, link_marks, make_block
from pipeline.extract.back import find_back_matter, is_disclaimer
from pipeline.extract.blocks import Draft, body_drafts, whole
from pipeline.extract.front import Front, read_front
from pipeline.extract.furniture import Furniture, find_furniture
from pipeline.extract.glyphs import REPLACEMENT, PageGlyphs, read_pages
from pipeline.extract.join import Habits, Letter, habits_of, letters
from pipeline.extract.lines import Line, page_lines
from pipeline.extract.marks import Found, find_marks, raise_lone_marks
from pipeline.extract.metrics import Metrics, measure, set_edges
from pipeline.extract.notes import NotesFound, find_notes
from pipeline.limits import Limits
from pipeline.text import fold

STAGE = "extract"


@dataclass(slots=True)
class _Layout:
    """What the lines of a document were found to be."""

    furniture: Furniture
    front: Front
    notes: NotesFound
    back: list[Line]
    drafts: list[Draft]


def extract(data: bytes, *, doc_id: str, source_file: str, sha256: str, limits: Limits) -> Document:
    """Reads a PDF into a document with text, blocks, notes, marks and front matter.

    Raises BadDocument where there is nothing to read: encrypted, damaged, no pages, no text, over a limit.
    """
    pages, lines_of, apart = _read(data, limits)
    lines = [line for page in lines_of for line in page]
    if not lines:
        raise BadDocument("no-text")
    raw = Raw()
    reasons: list[tuple[int, int, str]] = []
    for page, page_of_lines, loose in zip(pages, lines_of, apart, strict=True):
        for line in page_of_lines:
            raw.add_line(line)
        start, end = raw.add_apart(page.number, loose)
        reasons.append((start, end, "turned"))
    layout = _layout(pages, lines_of)
    for line in lines:
        reason = layout.furniture.reasons.get(id(line))
        if reason:
            reasons.append((line.start, line.start + len(line.chars), reason))
    habits = habits_of([line for line in lines if id(line) not in layout.furniture.reasons], layout.front.matter.language == "en")
    document = Document(
        doc_id=doc_id,
        source_file=source_file,
        sha256=sha256,
        raw=raw.text,
        pages=tuple(Page(p.number, p.width, p.height, layout.furniture.labels.get(p.number, "")) for p in pages),
        runs=tuple(raw.runs),
        front=layout.front.matter,
    )
    return _filled(document, layout, habits, reasons, _page_problems(pages, lines_of))


def _read(data: bytes, limits: Limits) -> tuple[list[PageGlyphs], list[list[Line]], list[list]]:  # type: ignore[type-arg]
    pages, lines_of, apart = [], [], []
    for page in read_pages(data, limits):
        found, loose = page_lines(page)
        pages.append(page)
        lines_of.append(found)
        apart.append(loose)
    return pages, lines_of, apart


def _layout(pages: Sequence[PageGlyphs], lines_of: Sequence[Sequence[Line]]) -> _Layout:
    furniture = find_furniture(lines_of)
    content = [line for page in lines_of for line in page if id(line) not in furniture.reasons]
    if not content:  # every line repeats on every page: then the lines are the content
        furniture = Furniture({}, {})
        content = [line for page in lines_of for line in page]
    metrics = measure(content)
    set_edges(content, metrics)
    raise_lone_marks(content, metrics)
    back = find_back_matter(content, metrics)
    in_back = {id(line) for line in back}
    notes = find_notes(content, {p.number: p.rules for p in pages}, metrics, in_back)
    noted = notes.taken()
    back = [line for line in back if id(line) not in noted]
    taken = noted | in_back
    flow = [line for line in content if id(line) not in taken]
    heads = [line for line in lines_of[0] if furniture.reasons.get(id(line)) == "running_head"]
    front = read_front(flow, heads, back, metrics) if flow else Front()
    body = [line for line in flow if id(line) not in front.taken()]
    return _Layout(furniture, front, notes, back, body_drafts(body, metrics))


def _filled(document: Document, layout: _Layout, habits: Habits, reasons: list[tuple[int, int, str]], found: list[Problem]) -> Document:
    """The document with blocks, notes and marks."""
    ids = Ids(document.doc_id)
    drafts = _all_drafts(layout)
    read = [letters(draft.pieces, habits) for draft in drafts]
    searched = [i for i, draft in enumerate(drafts) if draft.kind in BODY_KINDS | {"title", "subtitle", "caption", "table"}]
    marks_of: dict[int, list[Found]] = dict(
        zip(searched, find_marks([read[i] for i in searched], [n.number for n in layout.notes.notes]), strict=True)
    )
    blocks: list[Block] = []
    placed = []
    section = ""
    for index, draft in enumerate(drafts):
        block, marks = make_block(ids, draft.kind, read[index], marks_of.get(index, []), draft.level, section)
        if draft.kind == "heading":
            section = block.text
        if not block.text:
            continue
        blocks.append(block)
        placed += [(n, _page_at(document, raw_ranges), block.block_id, offset, raw_ranges) for n, offset, raw_ranges in marks]
    notes, note_blocks = _notes(ids, layout.notes, habits)
    marks = link_marks(ids, placed, notes)
    every = tuple(blocks + note_blocks)
    _explain(layout, reasons)
    return Document(
        doc_id=document.doc_id,
        source_file=document.source_file,
        sha256=document.sha256,
        raw=document.raw,
        pages=document.pages,
        runs=document.runs,
        front=document.front,
        blocks=every,
        notes=tuple(note for note, _ in notes),
        marks=tuple(marks),
        left_out=left_out(document.raw, every, marks, reasons),
        problems=tuple(found + _note_problems([n for n, _ in notes], marks) + _front_problems(document)),
    )


def _page_at(document: Document, raw_ranges: Sequence[tuple[int, int]]) -> int:
    return next((run.page for run in document.runs if raw_ranges and run.start <= raw_ranges[0][0] < run.end), 1)


def _all_drafts(layout: _Layout) -> list[Draft]:
    """Drafts of front, body and back in reading order."""
    front = layout.front
    drafts = [Draft("front_matter", whole([line])) for line in front.rest]
    drafts += [Draft("title", whole(front.title))] if front.title else []
    drafts += [Draft("subtitle", whole(front.subtitle))] if front.subtitle else []
    for draft in layout.drafts:
        if draft.kind in ("paragraph", "quote") and is_disclaimer(draft.pieces[0][0].text) and len(draft.pieces) <= 3:
            draft.kind = "back_matter"
        drafts.append(draft)
    drafts += [Draft("back_matter", whole([line])) for line in layout.notes.headings + layout.back]
    return sorted(drafts, key=lambda draft: draft.pieces[0][0].start)


def _notes(ids: Ids, found: NotesFound, habits: Habits) -> tuple[list[tuple[Note, int]], list[Block]]:
    notes, blocks = [], []
    for item in found.notes:
        block, _ = make_block(ids, "note", letters(item.pieces, habits), [], None, "")
        blocks.append(block)
        notes.append((Note(ids.make("n", item.number, block.text), item.number, block.block_id), item.label_line.page))
    for line in _entries(found.references):
        block, _ = make_block(ids, "note", letters(whole(line), habits), [], None, "")
        blocks.append(block)
    return notes, [block for block in blocks]


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Entries of a list of references: a new one begins at the left edge where others hang, else after a finished line."""
    if not lines:
        return []
    left = min(line.x0 - line.left for line in lines)
    hanging = any(line.x0 - line.left > left + 0.8 * line.size for line in lines)
    entries: list[list[Line]] = []
    for line in lines:
        flush = line.x0 - line.left < left + 0.5 * line.size
        if not entries or (flush if hanging else entries[-1][-1].slack > 1.5):
            entries.append([line])
        else:
            entries[-1].append(line)
    return entries


def _explain(layout: _Layout, reasons: list[tuple[int, int, str]]) -> None:
    """Adds why characters of lines may stand in no block: furniture, note numbers, bullets, hyphens of cut words."""
    for draft in layout.drafts:
        for line, first in draft.pieces:
            reasons.append((line.start, line.start + first, "bullet"))
            reasons.append((line.start + len(line.chars) - 1, line.start + len(line.chars), "cut_hyphen"))
    for note in layout.notes.notes:
        for line, _ in note.pieces:
            reasons.append((line.start + len(line.chars) - 1, line.start + len(line.chars), "cut_hyphen"))
        first = next((start for line, start in note.pieces if line is note.label_line), len(note.label_line.chars))
        reasons.append((note.label_line.start, note.label_line.start + first, "note_number"))


def _page_problems(pages: Sequence[PageGlyphs], lines_of: Sequence[Sequence[Line]]) -> list[Problem]:
    found = []
    for page, lines in zip(pages, lines_of, strict=True):
        unmapped = sum(g.text == REPLACEMENT for g in page.glyphs)
        private = sum(unicodedata.category(fold(g.text)) == "Co" for g in page.glyphs)
        turned = sum(not g.upright for g in page.glyphs)
        if unmapped:
            found.append(problem("unmapped-glyph", STAGE, page.number, f"{unmapped} on this page"))
        if private:
            found.append(problem("private-use-glyph", STAGE, page.number, f"{private} on this page"))
        if not lines and page.pictures:
            found.append(problem("page-without-text", STAGE, page.number))
        if turned > 0.5 * len(page.glyphs) and turned > 20:
            found.append(problem("vertical-text", STAGE, page.number, f"{turned} turned glyphs were left out"))
    return found


def _note_problems(notes: Sequence[Note], marks: Sequence[Mark]) -> list[Problem]:
    found = []
    without_note = Counter(mark.number for mark in marks if not mark.note_id)
    for number in without_note:
        found.append(problem("mark-without-note", STAGE, None, f"mark {number}"))
    marked = {mark.note_id for mark in marks}
    for note in notes:
        if note.note_id not in marked:
            found.append(problem("note-without-mark", STAGE, None, f"note {note.number}"))
    figures = [int(note.number) for note in notes if note.number.isdigit()]
    for before, after in zip(figures, figures[1:], strict=False):
        if after > before + 1:
            found.append(problem("note-number-gap", STAGE, None, f"{before} is followed by {after}"))
    return found


def _front_problems(document: Document) -> list[Problem]:
    front = document.front
    missing = (("no-title", front.title), ("no-date", front.published), ("no-author", front.authors))
    return [problem(code, STAGE, 1) for code, value in missing if not value]
