"""PDF bytes -> `Document`: the steps of extraction in order."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from pipeline.document import BODY_KINDS, Block, Document, Note, Page
from pipeline.errors import BadDocument
from pipeline.extract.assemble import Ids, Placed, Raw, left_out, link_marks, make_block, reasons_of
from pipeline.extract.glyphs import PageGlyphs, read_pages
from pipeline.extract.join import Habits, habits_of, letters
from pipeline.extract.layout import Layout, PageLines, find_layout
from pipeline.extract.lines import Line
from pipeline.extract.marks import Found, find_marks
from pipeline.extract.notes import NotesFound
from pipeline.extract.problems import front_problems, note_problems, page_problems
from pipeline.extract.vertical import back, turned_if_vertical
from pipeline.limits import Limits

MARKED_KINDS = BODY_KINDS | {"title", "subtitle", "front_matter", "caption", "table"}
"""Kinds of block in which note marks are looked for."""


def extract(data: bytes, *, doc_id: str, source_file: str, sha256: str, limits: Limits) -> Document:
    """Reads a PDF into a document with text, blocks, notes, marks and front matter.

    Raises BadDocument where there is nothing to read: encrypted, damaged, no pages, no text, over a limit.
    """
    pages = [turned_if_vertical(page) for page in read_pages(data, limits)]
    if all(page.error for page in pages):
        raise BadDocument("damaged", pages[0].error)
    if not any(not glyph.text.isspace() for page in pages for glyph in page.glyphs):
        raise BadDocument("no-text")
    try:
        layout = find_layout(pages)
    except ValueError as error:
        raise BadDocument("no-text", "all text is turned or off the page") from error
    raw = Raw()
    for page, read in zip(pages, layout.pages, strict=True):
        raw.add_page(read.number, read.lines, read.apart, page.height if page.vertical else None)
    habits = habits_of(_content(layout), layout.front.matter.language == "en")
    ids = Ids(doc_id)
    blocks, placed = _blocks(ids, layout, habits)
    notes, entries = _notes(ids, layout.notes, habits)
    marks = link_marks(
        ids, placed, raw, [(note, item.label_line.page) for note, item in zip(notes, layout.notes.notes, strict=True)]
    )
    every = (*blocks, *entries)
    return Document(
        doc_id=doc_id,
        source_file=source_file,
        sha256=sha256,
        raw=raw.text,
        pages=tuple(_page(page, read, layout) for page, read in zip(pages, layout.pages, strict=True)),
        runs=tuple(raw.runs),
        front=layout.front.matter,
        blocks=every,
        notes=tuple(notes),
        marks=tuple(marks),
        left_out=left_out(raw.text, every, marks, [*raw.apart, *reasons_of(layout)]),
        problems=(
            *page_problems(pages, layout.pages),
            *note_problems(notes, marks),
            *front_problems(layout.front.matter),
        ),
    )


def _page(page: PageGlyphs, read: PageLines, layout: Layout) -> Page:
    """A page with the columns in which its lines stand, furniture left out."""
    lines = (line for line in read.lines if id(line) not in layout.furniture.reasons)
    columns = []
    for _, group in itertools.groupby(lines, key=lambda line: (line.left, line.right, line.table)):
        own = list(group)
        columns.append(
            (min(x.x0 for x in own), min(x.top for x in own), max(x.x1 for x in own), max(x.bottom for x in own))
        )
    label = layout.furniture.labels.get(page.number, "")
    if page.vertical:
        placed = tuple(back(column, page.height) for column in columns)
        return Page(page.number, page.height, page.width, label, placed, vertical=True)
    return Page(page.number, page.width, page.height, label, tuple(columns))


def _content(layout: Layout) -> list[Line]:
    """All lines but furniture, in reading order."""
    return [line for page in layout.pages for line in page.lines if id(line) not in layout.furniture.reasons]


def _blocks(ids: Ids, layout: Layout, habits: Habits) -> tuple[list[Block], list[Placed]]:
    """Blocks of front, body and back in reading order, and the marks that stand in them."""
    drafts = layout.drafts()
    read = [letters(draft.pieces, habits, table=draft.kind == "table") for draft in drafts]
    searched = [index for index, draft in enumerate(drafts) if draft.kind in MARKED_KINDS]
    found = find_marks([read[index] for index in searched], [note.number for note in layout.notes.notes])
    marks_of: Mapping[int, Sequence[Found]] = dict(zip(searched, found, strict=True))
    blocks: list[Block] = []
    placed: list[Placed] = []
    above: list[Block] = []
    for index, draft in enumerate(drafts):
        if draft.kind == "heading":
            above = [heading for heading in above if (heading.level or 0) < (draft.level or 0)]
        section = above[-1].text if above else ""
        block, marks = make_block(ids, draft.kind, read[index], marks_of.get(index, ()), draft.level, section)
        if not block.text:
            continue
        if draft.kind == "heading":
            above.append(block)
        blocks.append(block)
        placed += marks
    return blocks, placed


def _notes(ids: Ids, found: NotesFound, habits: Habits) -> tuple[list[Note], list[Block]]:
    """Notes, and the blocks of notes and of the entries of a list of references (which are no notes)."""
    notes, blocks = [], []
    for item in found.notes:
        block, _ = make_block(ids, "note", letters(item.pieces, habits), (), None, "")
        blocks.append(block)
        notes.append(Note(ids.make("n", item.number, block.text), item.number, block.block_id))
    for entry in found.entries():
        block, _ = make_block(ids, "note", letters([(line, 0) for line in entry], habits), (), None, "")
        blocks.append(block)
    return notes, blocks
