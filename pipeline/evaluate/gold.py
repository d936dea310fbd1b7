"""Gold files and the tables they are compared with: reading only."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.errors import UsageError

_LARGEST_FIELD = 100_000_000
"""Characters in a field of a table; the csv module stops at 131,072 unless told."""


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A block of the annotated text; the kinds are those of the output contract."""

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
class Gold:
    """An annotated commentary: what a gold file says, as far as it is scored here.

    ``meta`` has columns of ``documents.csv`` and ``author`` (names joined with ``; ``).
    """

    source_file: str
    meta: dict[str, str] = field(default_factory=dict)
    blocks: list[GoldBlock] = field(default_factory=list)
    notes: dict[str, str] | list[GoldNote] = field(default_factory=list)
    markers: list[GoldMark] = field(default_factory=list)

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


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one document in the tables that are scored."""

    document: Row
    authors: list[Row]
    blocks: list[Row]
    notes: list[Row]
    marks: list[Row]


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
            names = ("authors", "blocks", "footnotes", "footnote_markers")
            return Tables(document, *([r for r in _rows(output / f"{n}.csv") if r["doc_id"] == doc_id] for n in names))
    return None


def _rows(path: Path) -> Iterator[Row]:
    """The rows of a table; none where there is no such file."""
    if not path.is_file():
        return
    csv.field_size_limit(_LARGEST_FIELD)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
