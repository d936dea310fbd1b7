"""The document and its layers: what every stage takes and gives back.

Extraction makes one raw string a document: every glyph in reading order, running heads and
note marks too, a newline after each printed line. Nothing edits it afterwards. A block is a
list of raw ranges read through a one-to-one character map; layers store offsets into a
block's text, so that block offset -> raw offset -> printed glyph is one lookup and every span
knows its pages and boxes.

Offsets are 0-based, count Unicode code points and exclude their end. Pages count from 1.
Boxes are PDF points from the top left of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import msgspec

from pipeline.vocabulary import BlockKind

BODY_KINDS: frozenset[str] = frozenset({"heading", "paragraph", "list_item", "quote"})
"""Kinds whose text is the commentary's own running text."""


class Box(NamedTuple):
    """A rectangle on a page; ``page`` counts from 1, the rest are points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points and the number printed on it (empty if none).

    ``columns`` are the regions that were read one after the other, in that order: each its x0, top, x1 and bottom.
    ``vertical`` says that its lines run from top to bottom.
    """

    number: int
    width: float
    height: float
    label: str = ""
    columns: tuple[tuple[float, float, float, float], ...] = ()
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one printed line that share font and size, standing together in the raw string.

    ``edges`` holds x0 and x1 for each character of ``raw[start:end]`` in turn.
    """

    page: int
    start: int
    end: int
    top: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: raw ranges in reading order, and the text they show.

    ``text`` has exactly one character for each raw character of ``ranges``; the two differ
    only where a character stands for another (a radical for its ideograph, a line end for a
    space). ``kind`` and ``level`` are those of ``blocks.csv``; ``section`` is the text of
    the heading above.
    """

    block_id: str
    kind: BlockKind
    text: str
    ranges: tuple[tuple[int, int], ...]
    level: int | None = None
    section: str = ""

    def raw_ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """Raw ranges of ``text[start:end]``, in order; empty for an empty span."""
        found = []
        at = 0
        for low, high in self.ranges:
            first, last = max(start, at), min(end, at + high - low)
            if first < last:
                found.append((low + first - at, low + last - at))
            at += high - low
        return found


@dataclass(frozen=True, slots=True)
class Author:
    """An author as printed; ``specialties`` come from the PROFILE."""

    name: str
    affiliation: str = ""
    role: str = ""
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the document says of itself. ``published`` is ISO 8601 at the precision printed."""

    series: str = ""
    number: str = ""
    title: str = ""
    subtitle: str = ""
    published: str = ""
    language: str = "ja"
    authors: tuple[Author, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; its text is the block ``block_id`` of kind ``note``."""

    note_id: str
    number: str
    block_id: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A note mark: it stands after ``offset`` characters of its block.

    ``ranges`` are the raw ranges of the printed mark; ``note_id`` is empty where no note fits.
    """

    mark_id: str
    number: str
    note_id: str
    block_id: str
    offset: int
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block."""

    block_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged span of a block; ``source`` names the rule or model that found it."""

    mention_id: str
    block_id: str
    start: int
    end: int
    text: str
    label: str
    entity_id: str
    name: str
    source: str
    edition: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """A field of a citation: its name, ``text[start:end]`` of the note's block that it was read from, and its value.

    ``field`` is a column of ``citations.csv``; those that are lists have a span for each entry.
    """

    field: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a work is cited; ``start`` and ``end`` lie in the note's block.

    ``spans`` are the fields that are printed there. A back reference has the others from the work that it means.
    """

    citation_id: str
    note_id: str
    block_id: str
    start: int
    end: int
    position: int
    work_id: str
    text: str
    kind: str = "other"
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    title: str = ""
    container: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    date: str = ""
    pages: str = ""
    url: str = ""
    doi: str = ""
    accessed: str = ""
    refers_to: str = ""
    spans: tuple[FieldSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that states a fact, and the citations that the author footnotes for it.

    ``sources_from`` is "sentence" where the notes are marked in that sentence, "paragraph" where it has no mark and
    ``sources`` are those of the next mark in its block, empty where there are none.
    """

    block_id: str
    start: int
    end: int
    sources: tuple[str, ...] = ()
    sources_from: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An edition or dated occurrence of a meeting. Dates are ISO 8601 at the precision known, ``country`` alpha-3."""

    row_id: str
    entity_id: str
    name: str
    evidence: Evidence
    edition: str = ""
    start_date: str = ""
    end_date: str = ""
    city: str = ""
    country: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Minister:
    """An office that the text gives a person; ``status`` is that at publication."""

    row_id: str
    entity_id: str
    name: str
    evidence: Evidence
    office: str = ""
    country: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """An initiative that the text speaks of, and the year since when there is one."""

    row_id: str
    entity_id: str
    name: str
    evidence: Evidence
    abbreviation: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation between two entities; ``source`` names the rule that found it."""

    row_id: str
    subject_id: str
    predicate: str
    object_id: str
    evidence: Evidence
    source: str
    edition: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A thing that a reader of the data should know; ``page`` counts from 1, None for the whole file.

    ``about`` is the id of the mark, note or block that it concerns, empty where it is none of these.
    """

    stage: str
    page: int | None
    severity: str
    code: str
    message: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction by hand changed: the row ``id`` of a table, its field (empty for the whole), before and after.

    ``source`` names the correction.
    """

    source: str
    table: str
    id: str
    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A raw range that stands in no block and is no mark, and why (``page_number``, ``running_head``…).

    ``over`` is what ruby stands over, as printed.
    """

    start: int
    end: int
    reason: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One commentary with all layers that the stages so far have added."""

    doc_id: str
    source_file: str
    sha256: str
    raw: str = ""
    pages: tuple[Page, ...] = ()
    runs: tuple[Run, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    ministers: tuple[Minister, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    relations: tuple[Relation, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    problems: tuple[Problem, ...] = ()

    def block(self, block_id: str) -> Block:
        """The block of this id. Raises KeyError where there is none."""
        for block in self.blocks:
            if block.block_id == block_id:
                return block
        raise KeyError(block_id)

    def with_problems(self, *found: Problem) -> Document:
        """This document with more problems."""
        return replace(self, problems=self.problems + found)

    @property
    def readable(self) -> bool:
        """Whether there is text to work on."""
        return bool(self.blocks)


def to_json(document: Document) -> bytes:
    """The document as JSON in UTF-8."""
    return msgspec.json.encode(document)


def from_json(data: bytes) -> Document:
    """A document read back. Raises `msgspec.ValidationError` where the JSON does not fit."""
    return msgspec.json.decode(data, type=Document)
