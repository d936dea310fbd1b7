"""Every table: its columns, their types and what they mean.

To add a column or a table, name it here and fill it: rows of a document are made in `pipeline.export.rows` and
`pipeline.export.facts`, those of all documents in `pipeline.export.overall`. The other forms follow from this; the
site's page of data wants a word for a new table (``[table]`` of ``pipeline/report/site/strings.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.vocabulary import BLOCK_KINDS, CITATION_KINDS, LABELS, MODES, PREDICATES, STANDINGS, STATUSES

Type = Literal["string", "integer", "number", "date", "list"]
"""``date`` is ISO 8601 at the precision known: a day, a month or a year. ``list`` holds strings; in CSV they are joined
with ``; ``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``refers`` is the ``table.column`` that its values stand in; ``values`` are all it may hold.

    A value is never empty where ``required``, never below ``minimum``, and fits ``pattern`` as a whole.
    """

    name: str
    meaning: str
    type: Type = "string"
    refers: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    minimum: int | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``rows`` says what one row stands for; ``key`` names the columns that tell rows apart, if any."""

    name: str
    rows: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


def _whole(name: str, meaning: str) -> Column:
    return Column(name, meaning, "integer", minimum=1)


def _offset(name: str, meaning: str) -> Column:
    return Column(name, meaning, "integer", minimum=0)


def _date(name: str, meaning: str) -> Column:
    return Column(name, meaning, "date", pattern=r"\d{4}(-\d{2}(-\d{2})?)?")


def _list(name: str, meaning: str, refers: str = "") -> Column:
    return Column(name, meaning, "list", refers)


DOC = Column("doc_id", "Document, from the path of its file", refers="documents.doc_id", required=True)
BLOCK = Column("block_id", "Block that holds it", refers="blocks.block_id", required=True)
PAGE = _whole("page", "Page of its first line, counted from 1")
PAGE_LABEL = Column("page_label", "Number printed on that page")
BOX = (
    Column("x0", "Left edge of its first line, in points from the left of the page", "number"),
    Column("top", "Top edge of its first line, in points from the top of the page", "number"),
    Column("x1", "Right edge of its first line, in points from the left of the page", "number"),
    Column("bottom", "Bottom edge of its first line, in points from the top of the page", "number"),
)
ENTITY = Column("entity_id", "Entity meant", refers="entities.entity_id")
ROW = Column("row_id", "This row, from its content")
SENTENCE = (
    _offset("sentence_start", "Where the sentence begins in the block's text, counted from 0"),
    _offset("sentence_end", "Where the sentence ends in the block's text, exclusive"),
    Column("sentence", "Text of the sentence that states it"),
)
COUNTRY = Column("country", "Country, ISO 3166-1 alpha-3", pattern="[A-Z]{3}")
SOURCES = _list(
    "sources", "Citations that the author footnotes for the sentence (citation_id)", "citations.citation_id"
)
SOURCES_FROM = Column(
    "sources_from",
    "Whether these notes are marked in the sentence, or at the next mark of its paragraph",
    values=("sentence", "paragraph"),
)
EVIDENCE = (BLOCK, *SENTENCE, SOURCES, SOURCES_FROM)

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "PDF found",
        (
            replace(DOC, refers=""),
            Column("series", "Series as printed, without the number"),
            Column("number", "Number in the series, in digits"),
            Column("title", "Title without the subtitle"),
            Column("subtitle", "Subtitle without the dashes that frame it"),
            _date("published", "Date of publication, ISO 8601 at the precision printed"),
            Column("language", "Language: ja or en"),
            _whole("pages", "Number of pages"),
            Column("source_file", "Path under the raw folder", required=True),
            Column("sha256", "SHA-256 of the file; empty where it cannot be opened", pattern="[0-9a-f]{64}"),
            Column("status", "Whether it was read", values=STATUSES, required=True),
            Column("cite_as", "How to cite the commentary itself"),
        ),
        ("doc_id",),
    ),
    Table(
        "authors",
        "author of a document",
        (
            DOC,
            _whole("position", "Place among the authors, counted from 1"),
            Column("name", "Name as printed"),
            Column("affiliation", "Affiliation as printed"),
            Column("role", "Role as printed"),
            _list("specialties", "Fields of work that the PROFILE names"),
        ),
        ("doc_id", "position"),
    ),
    Table(
        "pages",
        "page of a document",
        (
            DOC,
            replace(PAGE, meaning="Page, counted from 1"),
            PAGE_LABEL,
            Column("width", "Width in points", "number"),
            Column("height", "Height in points", "number"),
        ),
        ("doc_id", "page"),
    ),
    Table(
        "blocks",
        "piece of text",
        (
            DOC,
            Column("block_id", "Block, from its content"),
            Column("kind", "What the piece is", values=BLOCK_KINDS, required=True),
            _whole("level", "Level of a heading, counted from 1"),
            Column("section", "Text of the heading above; of a heading, of the one it stands under"),
            _whole("page_start", "First page, counted from 1"),
            _whole("page_end", "Last page, counted from 1"),
            replace(PAGE_LABEL, meaning="Number printed on the first page"),
            Column("text", "The text, put back together"),
        ),
        ("block_id",),
    ),
    Table(
        "sentences",
        "sentence of a block",
        (
            DOC,
            Column("sentence_id", "Sentence, from its block and span"),
            BLOCK,
            _offset("start", "Where it begins in the block's text, counted from 0"),
            _offset("end", "Where it ends in the block's text, exclusive"),
            PAGE,
            PAGE_LABEL,
            Column("text", "Its text", required=True),
        ),
        ("sentence_id",),
    ),
    Table(
        "boxes",
        "line of a block, sentence, mark, note, mention or citation",
        (
            DOC,
            Column("id", "block_id, sentence_id, marker_id, note_id, mention_id or citation_id", required=True),
            _whole("page", "Page, counted from 1"),
            Column("x0", "Left edge of the line, in points from the left of the page", "number"),
            Column("top", "Top edge of the line, in points from the top of the page", "number"),
            Column("x1", "Right edge of the line, in points from the left of the page", "number"),
            Column("bottom", "Bottom edge of the line, in points from the top of the page", "number"),
        ),
    ),
    Table(
        "mentions",
        "tagged span",
        (
            DOC,
            Column("mention_id", "Mention, from its content"),
            BLOCK,
            _offset("start", "Where it begins in the block's text, counted from 0"),
            _offset("end", "Where it ends in the block's text, exclusive"),
            Column("text", "The span's text", required=True),
            Column("label", "What is named", values=LABELS, required=True),
            ENTITY,
            PAGE,
            PAGE_LABEL,
            *BOX,
            Column("edition", "Edition that the text gives"),
            _date("date", "Date that the text gives, ISO 8601 at the precision known"),
            Column("source", "Rule or model that found it", required=True),
            Column("sentence", "Sentence that holds it"),
        ),
        ("mention_id",),
    ),
    Table(
        "entities",
        "entity over all documents",
        (
            Column("entity_id", "Entity"),
            Column("label", "What it is", values=LABELS, required=True),
            Column("name", "Its name, the one used most"),
            _list("aliases", "Its other names and spellings"),
            _whole("mentions", "Number of mentions"),
            _whole("documents", "Number of documents that mention it"),
        ),
        ("entity_id",),
    ),
    Table(
        "meetings",
        "edition or dated occurrence of a meeting in a document",
        (
            DOC,
            ROW,
            ENTITY,
            Column("name", "Name of the meeting"),
            Column("edition", "Edition, in digits"),
            _date("start_date", "First day, ISO 8601 at the precision known"),
            _date("end_date", "Last day, ISO 8601 at the precision known"),
            Column("city", "City as printed"),
            COUNTRY,
            Column("mode", "How it met", values=MODES),
            *EVIDENCE,
        ),
        ("row_id",),
    ),
    Table(
        "ministers",
        "office of a minister in a document",
        (
            DOC,
            ROW,
            ENTITY,
            Column("name", "Name of the minister"),
            Column("office", "Office as printed"),
            COUNTRY,
            Column("status", "Status at publication", values=STANDINGS),
            *EVIDENCE,
        ),
        ("row_id",),
    ),
    Table(
        "initiatives",
        "initiative in a document",
        (
            DOC,
            ROW,
            ENTITY,
            Column("name", "Name of the initiative"),
            Column("abbreviation", "Its abbreviation"),
            _date("year", "Year in which it was announced, adopted or began"),
            *EVIDENCE,
        ),
        ("row_id",),
    ),
    Table(
        "relations",
        "stated relation",
        (
            DOC,
            ROW,
            Column("subject_id", "Entity that does it", refers="entities.entity_id"),
            Column("predicate", "What it does", values=PREDICATES, required=True),
            Column("object_id", "Entity that it is done to", refers="entities.entity_id"),
            Column("edition", "Edition of the meeting, in digits"),
            _date("date", "Date, ISO 8601 at the precision known"),
            BLOCK,
            *SENTENCE,
            Column("source", "Rule or model that found it", required=True),
            SOURCES,
            SOURCES_FROM,
        ),
        ("row_id",),
    ),
    Table(
        "timeline",
        "dated fact of any document, in the order of the dates",
        (
            _date("date", "Day, month or year, ISO 8601 at the precision known"),
            _date("end_date", "Last day, ISO 8601"),
            Column("what", "What is dated", values=("meeting", "initiative", "relation")),
            Column("subject", "Name of the meeting or initiative, or of who did it"),
            Column("predicate", "What it did, for a relation"),
            Column("object", "Name of the meeting, for a relation"),
            Column("edition", "Edition of the meeting, in digits"),
            Column("city", "City as printed"),
            COUNTRY,
            DOC,
            Column("row_id", "Row of meetings, initiatives or relations that it comes from"),
            Column("sentence", "Text of the sentence that states it"),
            SOURCES,
        ),
    ),
    Table(
        "footnotes",
        "note",
        (
            DOC,
            Column("note_id", "Note, from its content"),
            Column("number", "Its number, in ASCII digits, or symbol as printed"),
            replace(BLOCK, meaning="Block that is its text"),
            _whole("page_start", "First page, counted from 1"),
            _whole("page_end", "Last page, counted from 1"),
            Column("text", "Its text without the number"),
            _list("markers", "Marks that point to it (marker_id)", "footnote_markers.marker_id"),
        ),
        ("note_id",),
    ),
    Table(
        "footnote_markers",
        "note mark",
        (
            DOC,
            Column("marker_id", "Mark, from its content"),
            Column("number", "The mark without brackets, in ASCII digits, or symbol as printed"),
            Column("note_id", "Note meant; empty where none fits", refers="footnotes.note_id"),
            BLOCK,
            _offset("offset", "Number of characters of the block's text in front of it"),
            PAGE,
            *BOX,
            Column("sentence", "Sentence that it belongs to"),
        ),
        ("marker_id",),
    ),
    Table(
        "citations",
        "place where a work is cited",
        (
            DOC,
            Column("citation_id", "Citation, from its content"),
            Column("note_id", "Note that holds it; empty in a list of references", refers="footnotes.note_id"),
            Column("number", "Number of that note"),
            _whole("position", "Place among the note's citations, counted from 1"),
            Column("work_id", "Work meant", refers="works.work_id"),
            Column("kind", "Kind of the work", values=CITATION_KINDS, required=True),
            _list("authors", "Persons as printed, or the issuing body before the title"),
            _list("editors", "Editors as printed"),
            _list("translators", "Translators as printed"),
            Column("title", "Title with subtitle, without outer quotation marks"),
            Column("container", "What the work stands in: journal, newspaper, agency, site, book"),
            Column("publisher", "Publisher, if it is not the container"),
            Column("place", "Place of publication"),
            Column("volume", "Volume"),
            Column("issue", "Issue"),
            _date("date", "Date of publication, ISO 8601 at the precision printed"),
            Column("pages", "Pages as printed, figures only"),
            Column("url", "Address"),
            Column("doi", "DOI"),
            _date("accessed", "Date of access, ISO 8601"),
            Column("refers_to", "Citation that a back reference points to", refers="citations.citation_id"),
            Column("text", "The citation as printed"),
            replace(BLOCK, meaning="Block that holds it"),
            _offset("start", "Where it begins in the block's text, counted from 0"),
            _offset("end", "Where it ends in the block's text, exclusive"),
        ),
        ("citation_id",),
    ),
    Table(
        "citation_fields",
        "field printed in a citation, and for lists one per entry",
        (
            DOC,
            Column("citation_id", "Citation that has it", refers="citations.citation_id"),
            Column("field", "Column of citations.csv; archived, edition, genre, locator and series have none there"),
            replace(BLOCK, meaning="Block that holds it"),
            _offset("start", "Where it begins in the block's text, counted from 0"),
            _offset("end", "Where it ends in the block's text, exclusive"),
            Column("value", "What the column holds of it"),
        ),
    ),
    Table(
        "works",
        "work cited, over all documents",
        (
            Column("work_id", "Work"),
            Column("kind", "Its kind", values=CITATION_KINDS, required=True),
            _list("authors", "Persons as printed, or the issuing body"),
            Column("title", "Title with subtitle"),
            Column("container", "What the work stands in"),
            Column("publisher", "Publisher"),
            _date("date", "Date of publication, ISO 8601 at the precision printed"),
            Column("url", "Address"),
            _whole("citations", "Number of citations"),
            _whole("documents", "Number of documents that cite it"),
        ),
        ("work_id",),
    ),
    Table(
        "corrections",
        "field or row that a correction by hand changed",
        (
            DOC,
            Column("source", "The correction: its file and eight digits of the SHA-256 of what it says", required=True),
            Column("table", "Table that it changed", required=True),
            Column("id", "Row that it changed", required=True),
            Column("field", "Column that it changed; empty for a row that came or went"),
            Column("was", "What stood there"),
            Column("now", "What stands there now"),
        ),
    ),
    Table(
        "problems",
        "thing that a reader of the data should know",
        (
            Column("source_file", "Path under the raw folder", required=True),
            replace(DOC, meaning="Document; empty where none was made of the file", required=False),
            Column("stage", "Stage that met it", required=True),
            _whole("page", "Page, counted from 1; empty for the whole file"),
            Column("severity", "How bad it is", values=("warning", "error"), required=True),
            Column("code", "Kind of problem, a stable name", required=True),
            Column("message", "What happened and what to do", required=True),
            Column("about", "Mark, note or block that it concerns (marker_id, note_id, block_id)"),
        ),
    ),
    Table(
        "changes",
        "document, entity, work or problem that is new or gone since the tables were last written",
        (
            Column("table", "Table that gained or lost it", values=("documents", "entities", "works", "problems")),
            Column("change", "What happened", values=("new", "gone")),
            Column("id", "Its id in that table; of a problem, the document's"),
            Column("name", "Its title, name or message"),
        ),
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
NAMES: tuple[str, ...] = tuple(BY_NAME)
"""Names of all tables, in their order."""
