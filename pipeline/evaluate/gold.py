"""Gold files and the tables they are compared with: reading only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec import UNSET, UnsetType

from pipeline.document import BODY_KINDS
from pipeline.errors import UsageError
from pipeline.vocabulary import Core

_LARGEST_FIELD = 100_000_000
"""Characters in a field of a table; the csv module stops at 131,072 unless told."""


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A block of the annotated text; the kinds are those of ``blocks.csv``."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldMark:
    """A note mark: it stands after ``offset`` characters of its block."""

    block: str
    number: str | int
    offset: int


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note; a number may come back where numbering restarts."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A tagged span: characters ``start`` to ``end``, exclusive, of its block."""

    block: str
    label: Core
    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldCitation:
    """A citation in a note. A field that is left out is not scored; one that is null must be empty.

    ``refers_to`` is the number of the note that a back reference points to.
    """

    note: str | int
    authors: list[str] | UnsetType = UNSET
    title: str | UnsetType | None = UNSET
    container: str | UnsetType | None = UNSET
    date: str | UnsetType | None = UNSET
    pages: str | UnsetType | None = UNSET
    url: str | UnsetType | None = UNSET
    refers_to: str | int | None = None

    def scored_fields(self) -> dict[str, str | list[str] | None]:
        """The fields that the gold says something of, by name."""
        fields = {
            "authors": self.authors,
            "title": self.title,
            "container": self.container,
            "date": self.date,
            "pages": self.pages,
            "url": self.url,
        }
        return {name: value for name, value in fields.items() if not isinstance(value, UnsetType)}


@dataclass(frozen=True, slots=True)
class GoldMeeting:
    """An edition or dated occurrence of a meeting; what is empty is not scored."""

    entity: str
    edition: str | int = ""
    start_date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GoldInitiative:
    """The year of an initiative."""

    entity: str
    year: str | int


@dataclass(frozen=True, slots=True)
class GoldMinister:
    """An office of a minister, with its country in ISO 3166-1 alpha-3."""

    entity: str
    office: str
    country: str


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation that the text states."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class GoldFacts:
    """What the text states of its entities."""

    meetings: list[GoldMeeting] = field(default_factory=list)
    initiatives: list[GoldInitiative] = field(default_factory=list)
    ministers: list[GoldMinister] = field(default_factory=list)
    relations: list[GoldRelation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated commentary: what a gold file says, as far as it is scored here.

    ``meta`` has columns of ``documents.csv`` and ``author`` (names joined with ``; ``). Mentions, citations and facts
    are None where nobody annotated them.
    """

    source_file: str
    meta: dict[str, str] = field(default_factory=dict)
    blocks: list[GoldBlock] = field(default_factory=list)
    notes: dict[str, str] | list[GoldNote] = field(default_factory=list)
    markers: list[GoldMark] = field(default_factory=list)
    mentions: list[GoldMention] | None = None
    citations: list[GoldCitation] | None = None
    facts: GoldFacts | None = None

    def all_notes(self) -> list[GoldNote]:
        """The notes in order, however the file writes them."""
        if isinstance(self.notes, dict):
            return [GoldNote(number, text) for number, text in self.notes.items()]
        return self.notes


def read_gold(path: Path) -> Gold:
    """A gold file. Raises UsageError, naming the file, where it is missing or does not fit."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Gold)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}. Check its path.") from error
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path.name} is not a gold file: {error}. Compare it with the others.") from error


Row = dict[str, str]

SCORED_TABLES = (
    "authors",
    "blocks",
    "mentions",
    "meetings",
    "ministers",
    "initiatives",
    "relations",
    "footnotes",
    "footnote_markers",
    "citations",
)


@dataclass(frozen=True, slots=True)
class Tables:
    """One document: its row in ``documents.csv``, and its rows in the tables that are scored, by table."""

    document: Row
    rows: dict[str, list[Row]]

    @property
    def body(self) -> list[Row]:
        """The blocks that the gold has."""
        return [row for row in self.rows["blocks"] if row["kind"] in BODY_KINDS]

    def note_numbers(self) -> dict[str, str]:
        """The number of each note, by its id."""
        return {row["note_id"]: row["number"] for row in self.rows["footnotes"]}


def read_tables(output: Path, source_file: str) -> Tables | None:
    """The rows of the document read from ``source_file`` (a path under the raw folder, or a bare
    file name); None where the output has no such document, or it failed.
    """
    for document in _rows(output / "documents.csv"):
        if (
            source_file in (document["source_file"], Path(document["source_file"]).name)
            and document["status"] != "failed"
        ):
            doc_id = document["doc_id"]
            rows = {name: [r for r in _rows(output / f"{name}.csv") if r["doc_id"] == doc_id] for name in SCORED_TABLES}
            return Tables(document, rows)
    return None


def _rows(path: Path) -> Iterator[Row]:
    """The rows of a table; none where there is no such file."""
    if not path.is_file():
        return
    csv.field_size_limit(_LARGEST_FIELD)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
