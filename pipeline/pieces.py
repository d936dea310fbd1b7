"""What a document is of the written tables: its rows, its JSON file and its file for spaCy. Part of `pipeline.publish`.

Where a document is what it was when the tables were written last, they are taken from there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline import export
from pipeline.document import Document

Places = dict[str, tuple[int, int]]
"""Where rows stand in tables: offset and length in bytes, by table; tables without any are left out."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A document as it was written: the key of what its rows were made from, where they stand, its other files."""

    made_with: str
    places: Places
    files: tuple[str, ...]


Pieces = dict[str, Piece]
"""Pieces by document id."""


class Tables:
    """The tables that are being written in a folder, in which `export.FOLDERS` stand; to be used in a ``with``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self.pieces: Pieces = {}
        self.taken: list[str] = []
        """Files that were taken from earlier tables."""

    def __enter__(self) -> Tables:
        self._files = {
            name: self._stack.enter_context((self._folder / f"{name}.csv").open("wb")) for name in export.NAMES
        }
        for name, file in self._files.items():
            file.write(export.csv_header(name).encode())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add_rows(self, rows: export.Rows) -> None:
        """Writes rows of no document, or of all."""
        for name, found in rows.items():
            self._files[name].write(export.csv_lines(name, found).encode())

    def add(self, document: Document, made_with: str, spacy_before: bytes | None) -> None:
        """Writes the rows and files of a document; ``spacy_before`` as in `export.spacy_file`."""
        rows = export.document_rows(document)
        texts = {name: export.csv_lines(name, found).encode() for name, found in rows.items() if found}
        files = {f"json/{document.doc_id}.json": export.nested_json(rows)}
        if document.readable:
            files[f"spacy/{document.doc_id}.spacy"] = export.spacy_file(document, spacy_before)
        for name, data in files.items():
            (self._folder / name).write_bytes(data)
        self._put(document.doc_id, made_with, texts, tuple(files))

    def take(self, doc_id: str, piece: Piece, earlier: Earlier) -> bool:
        """Takes rows and files of a document from earlier tables; False, and nothing, where they are gone."""
        if not earlier.copy(piece.files, self._folder):
            return False
        self._put(doc_id, piece.made_with, earlier.rows(piece), piece.files)
        self.taken += piece.files
        return True

    def _put(self, doc_id: str, made_with: str, texts: Mapping[str, bytes], files: tuple[str, ...]) -> None:
        places = {name: (self._files[name].tell(), len(data)) for name, data in texts.items()}
        for name, data in texts.items():
            self._files[name].write(data)
        self.pieces[doc_id] = Piece(made_with, places, files)


class Earlier:
    """The tables that stand in a folder, as far as they are what was written there; to be used in a ``with``.

    ``as_made`` says of a file under the folder whether it is.
    """

    def __init__(self, folder: Path, pieces: Pieces, as_made: Callable[[str], bool]) -> None:
        self._folder = folder
        self._pieces = pieces
        self._as_made = as_made
        self._stack = ExitStack()
        self._files: dict[str, BinaryIO] = {}

    def __enter__(self) -> Earlier:
        if self._pieces and all(self._as_made(f"{name}.csv") for name in export.NAMES):
            for name in export.NAMES:
                self._files[name] = self._stack.enter_context((self._folder / f"{name}.csv").open("rb"))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def piece(self, doc_id: str, made_with: str) -> Piece | None:
        """What stands there of a document, if it was made with this key."""
        found = self._pieces.get(doc_id) if self._files else None
        return found if found and found.made_with == made_with else None

    def rows(self, piece: Piece) -> dict[str, bytes]:
        """The rows of a piece by table, as they stand in the files."""
        found = {}
        for name, (offset, length) in piece.places.items():
            self._files[name].seek(offset)
            found[name] = self._files[name].read(length)
        return found

    def copy(self, names: tuple[str, ...], target: Path) -> bool:
        """Puts files into another folder; False where one of them is not what was written."""
        if not all(map(self._as_made, names)):
            return False
        for name in names:
            try:
                os.link(self._folder / name, target / name)
            except OSError:
                # Not every file system can give a file two names.
                shutil.copyfile(self._folder / name, target / name)
        return True
