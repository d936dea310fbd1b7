"""One document as rows of each table."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from pipeline.document import Block, Box, Document, Problem, Sentence
from pipeline.export.cite import cite_as
from pipeline.export.facts import Row, Rows, Value, fact_rows
from pipeline.export.tables import NAMES
from pipeline.geometry import Geometry

__all__ = ["Row", "Rows", "Value", "document_rows", "status", "unread_rows"]


_CORRECTED = ("source", "table", "id", "field", "was", "now")


def status(document: Document) -> str:
    """The document's status in ``documents.csv``."""
    if any(problem.code == "duplicate" for problem in document.problems):
        return "duplicate"
    if not document.readable and any(problem.severity == "error" for problem in document.problems):
        return "failed"
    return "warning" if document.problems else "ok"


def document_rows(document: Document) -> Rows:
    """The rows that a document adds to each table; tables over all documents get none here."""
    layout = _Layout(document)
    rows: Rows = {name: [] for name in NAMES}
    rows["documents"] = [_document_row(document)]
    rows["authors"] = _author_rows(document)
    rows["pages"] = _page_rows(document)
    rows["blocks"] = [_block_row(document, layout, block) for block in document.blocks]
    rows["sentences"] = _sentence_rows(document, layout)
    rows["mentions"] = _mention_rows(document, layout)
    rows["footnotes"] = _note_rows(document, layout)
    rows["footnote_markers"] = _mark_rows(document, layout)
    rows["citations"] = _citation_rows(document)
    rows["citation_fields"] = _citation_field_rows(document)
    rows |= fact_rows(document, {block.block_id: block.text for block in document.blocks})
    rows["corrections"] = [
        {"doc_id": document.doc_id, **{name: getattr(done, name) for name in _CORRECTED}}
        for done in document.corrections
    ]
    rows["problems"] = [_problem_row(document.source_file, document.doc_id, found) for found in document.problems]
    rows["boxes"] = _box_rows(document, layout)
    return rows


def unread_rows(problems: Iterable[tuple[str, Problem]]) -> list[Row]:
    """The rows of problems of files of which no document was made, each with its path."""
    return [_problem_row(file, "", problem) for file, problem in problems]


class _Layout:
    """Look-ups that several tables need: blocks by id, where they are printed, sentences."""

    def __init__(self, document: Document) -> None:
        self.blocks = {block.block_id: block for block in document.blocks}
        self.place = {block.block_id: at for at, block in enumerate(document.blocks)}
        self._geometry = Geometry(document)
        self._labels = {page.number: page.label for page in document.pages}
        self._sentences: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sorted(document.sentences, key=lambda sentence: sentence.start):
            self._sentences[sentence.block_id].append(sentence)

    def lines(self, block_id: str, start: int, end: int) -> list[Box]:
        """Printed lines of a span of a block."""
        return self._geometry.boxes(self.blocks[block_id].raw_ranges(start, end))

    def block_lines(self, block: Block) -> list[Box]:
        """Printed lines of a block."""
        return self._geometry.boxes(block.ranges)

    def mark_lines(self, ranges: tuple[tuple[int, int], ...]) -> list[Box]:
        """Printed lines of a mark."""
        return self._geometry.boxes(ranges)

    def label(self, page: int | None) -> str:
        """Number printed on a page, empty if none."""
        return self._labels.get(page, "") if page is not None else ""

    def sentence_before(self, block_id: str, offset: int) -> str:
        """The last sentence that begins before an offset: the one that a mark there belongs to."""
        text = self.blocks[block_id].text
        sentences = self._sentences[block_id]
        if not sentences:
            return text
        at = bisect_left([sentence.start for sentence in sentences], offset) - 1
        found = sentences[max(at, 0)]
        return text[found.start : found.end]


def _document_row(document: Document) -> Row:
    front = document.front
    return {
        "doc_id": document.doc_id,
        "series": front.series,
        "number": front.number,
        "title": front.title,
        "subtitle": front.subtitle,
        "published": front.published,
        # An unread document's language is unknown, whatever the default says.
        "language": front.language if document.readable else "",
        "pages": len(document.pages) or None,
        "source_file": document.source_file,
        "sha256": document.sha256,
        "status": status(document),
        "cite_as": cite_as(front),
    }


def _author_rows(document: Document) -> list[Row]:
    return [
        {
            "doc_id": document.doc_id,
            "position": position,
            "name": author.name,
            "affiliation": author.affiliation,
            "role": author.role,
            "specialties": author.specialties,
        }
        for position, author in enumerate(document.front.authors, start=1)
    ]


def _block_row(document: Document, layout: _Layout, block: Block) -> Row:
    boxes = layout.block_lines(block)
    first = boxes[0].page if boxes else None
    return {
        "doc_id": document.doc_id,
        "block_id": block.block_id,
        "kind": block.kind,
        "level": block.level,
        "section": block.section,
        "page_start": first,
        "page_end": boxes[-1].page if boxes else None,
        "page_label": layout.label(first),
        "text": block.text,
    }


def _page_rows(document: Document) -> list[Row]:
    return [
        {
            "doc_id": document.doc_id,
            "page": page.number,
            "page_label": page.label,
            "width": float(page.width),
            "height": float(page.height),
        }
        for page in document.pages
    ]


def _sentence_rows(document: Document, layout: _Layout) -> list[Row]:
    rows: list[Row] = []
    for sentence in sorted(document.sentences, key=lambda s: (layout.place[s.block_id], s.start)):
        boxes = layout.lines(sentence.block_id, sentence.start, sentence.end)
        page = boxes[0].page if boxes else None
        rows.append(
            {
                "doc_id": document.doc_id,
                "sentence_id": _sentence_id(sentence),
                "block_id": sentence.block_id,
                "start": sentence.start,
                "end": sentence.end,
                "page": page,
                "page_label": layout.label(page),
                "text": layout.blocks[sentence.block_id].text[sentence.start : sentence.end],
            }
        )
    return rows


def _sentence_id(sentence: Sentence) -> str:
    # Without the word, it could be the id of a citation that fills the same span of a note.
    return f"{sentence.block_id}:{sentence.start}-{sentence.end}:SENTENCE"


def _mention_rows(document: Document, layout: _Layout) -> list[Row]:
    rows = []
    for mention in sorted(document.mentions, key=lambda m: (layout.place[m.block_id], m.start, m.end, m.label)):
        boxes = layout.lines(mention.block_id, mention.start, mention.end)
        rows.append(
            {
                "doc_id": document.doc_id,
                "mention_id": mention.mention_id,
                "block_id": mention.block_id,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "label": mention.label,
                "entity_id": mention.entity_id,
                **_first_line(boxes),
                "page_label": layout.label(boxes[0].page if boxes else None),
                "edition": mention.edition,
                "date": mention.date,
                "source": mention.source,
                # The sentence that holds the span's first character begins before the place after it.
                "sentence": layout.sentence_before(mention.block_id, mention.start + 1),
            }
        )
    return rows


def _note_rows(document: Document, layout: _Layout) -> list[Row]:
    marks: dict[str, list[str]] = defaultdict(list)
    for mark in document.marks:
        marks[mark.note_id].append(mark.mark_id)
    rows: list[Row] = []
    for note in document.notes:
        block = layout.blocks[note.block_id]
        boxes = layout.block_lines(block)
        rows.append(
            {
                "doc_id": document.doc_id,
                "note_id": note.note_id,
                "number": note.number,
                "block_id": note.block_id,
                "page_start": boxes[0].page if boxes else None,
                "page_end": boxes[-1].page if boxes else None,
                "text": block.text,
                "markers": tuple(marks[note.note_id]),
            }
        )
    return rows


def _mark_rows(document: Document, layout: _Layout) -> list[Row]:
    # Sorting is stable, so marks at one offset stay in printed order.
    marks = sorted(document.marks, key=lambda mark: (layout.place[mark.block_id], mark.offset))
    return [
        {
            "doc_id": document.doc_id,
            "marker_id": mark.mark_id,
            "number": mark.number,
            "note_id": mark.note_id,
            "block_id": mark.block_id,
            "offset": mark.offset,
            **_first_line(layout.mark_lines(mark.ranges)),
            "sentence": layout.sentence_before(mark.block_id, mark.offset),
        }
        for mark in marks
    ]


def _citation_rows(document: Document) -> list[Row]:
    numbers = {note.note_id: note.number for note in document.notes}
    return [
        {
            "doc_id": document.doc_id,
            "citation_id": citation.citation_id,
            "note_id": citation.note_id,
            "number": numbers.get(citation.note_id, ""),
            "position": citation.position,
            "work_id": citation.work_id,
            "kind": citation.kind,
            "authors": citation.authors,
            "editors": citation.editors,
            "translators": citation.translators,
            "title": citation.title,
            "container": citation.container,
            "publisher": citation.publisher,
            "place": citation.place,
            "volume": citation.volume,
            "issue": citation.issue,
            "date": citation.date,
            "pages": citation.pages,
            "url": citation.url,
            "doi": citation.doi,
            "accessed": citation.accessed,
            "refers_to": citation.refers_to,
            "text": citation.text,
            "block_id": citation.block_id,
            "start": citation.start,
            "end": citation.end,
        }
        for citation in document.citations
    ]


def _citation_field_rows(document: Document) -> list[Row]:
    return [
        {
            "doc_id": document.doc_id,
            "citation_id": citation.citation_id,
            "field": span.field,
            "block_id": citation.block_id,
            "start": span.start,
            "end": span.end,
            "value": span.value,
        }
        for citation in document.citations
        for span in citation.spans
    ]


def _problem_row(source_file: str, doc_id: str, problem: Problem) -> Row:
    return {
        "source_file": source_file,
        "doc_id": doc_id,
        "stage": problem.stage,
        "page": problem.page,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "about": problem.about,
    }


def _box_rows(document: Document, layout: _Layout) -> list[Row]:
    rows: list[Row] = []

    def add(of: str, boxes: Iterable[Box]) -> None:
        rows.extend({"doc_id": document.doc_id, "id": of, **box._asdict()} for box in boxes)

    for block in document.blocks:
        add(block.block_id, layout.block_lines(block))
    for sentence in document.sentences:
        add(_sentence_id(sentence), layout.lines(sentence.block_id, sentence.start, sentence.end))
    for mark in document.marks:
        add(mark.mark_id, layout.mark_lines(mark.ranges))
    for note in document.notes:
        add(note.note_id, layout.block_lines(layout.blocks[note.block_id]))
    for mention in document.mentions:
        add(mention.mention_id, layout.lines(mention.block_id, mention.start, mention.end))
    for citation in document.citations:
        add(citation.citation_id, layout.lines(citation.block_id, citation.start, citation.end))
    return rows


def _first_line(boxes: list[Box]) -> Row:
    return dict(boxes[0]._asdict()) if boxes else dict.fromkeys(Box._fields)
