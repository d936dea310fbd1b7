"""What a reader of the extracted data should know."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.document import FrontMatter, Mark, Note, Problem
from pipeline.errors import problem
from pipeline.extract.glyphs import REPLACEMENT, PageGlyphs
from pipeline.extract.layout import PageLines
from pipeline.text import fold

STAGE = "extract"
TURNED = 20
"""Turned glyphs from which on a page is said to hold vertical or turned text, if they are most of it."""


def page_problems(pages: Sequence[PageGlyphs], read: Sequence[PageLines]) -> Iterator[Problem]:
    """Glyphs without a character, pages without text, turned text."""
    for page, found in zip(pages, read, strict=True):
        if page.error:
            yield problem("page-unreadable", STAGE, page.number, page.error)
        unmapped = sum(g.text == REPLACEMENT for g in page.glyphs)
        private = sum(unicodedata.category(fold(g.text)) == "Co" for g in page.glyphs)
        turned = sum(not g.upright for g in page.glyphs)
        if unmapped:
            yield problem("unmapped-glyph", STAGE, page.number, f"{unmapped} on this page")
        if private:
            yield problem("private-use-glyph", STAGE, page.number, f"{private} on this page")
        if not found.lines and page.pictures:
            yield problem("page-without-text", STAGE, page.number)
        if page.vertical or turned > max(TURNED, 0.5 * len(page.glyphs)):
            yield problem("vertical-text", STAGE, page.number, f"{turned} glyphs were left out")


def note_problems(notes: Sequence[Note], marks: Sequence[Mark]) -> Iterator[Problem]:
    """Marks without a note, notes without a mark, gaps in the numbers."""
    first = {mark.number: mark.mark_id for mark in reversed(marks) if not mark.note_id}
    for number in dict.fromkeys(mark.number for mark in marks if not mark.note_id):
        yield problem("mark-without-note", STAGE, None, f"mark {number}", first[number])
    marked = {mark.note_id for mark in marks}
    for note in notes:
        if note.note_id not in marked:
            yield problem("note-without-mark", STAGE, None, f"note {note.number}", note.note_id)
    figures = [int(note.number) for note in notes if note.number.isdigit()]
    for before, after in itertools.pairwise(figures):
        if after > before + 1:
            yield problem("note-number-gap", STAGE, None, f"{before} is followed by {after}")


def front_problems(front: FrontMatter) -> Iterator[Problem]:
    """Front matter that was not found."""
    for code, value in (("no-title", front.title), ("no-date", front.published), ("no-author", front.authors)):
        if not value:
            yield problem(code, STAGE, 1)
