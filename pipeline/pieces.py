"""What a document is of what is written: its rows, its JSON file, its pages and its file for spaCy.

Part of `pipeline.publish`.

Where a document is what it was when all was written last, they are taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline import export
from pipeline.document import Document
from pipeline.store import Store, key, link_or_copy

Places = dict[str, tuple[int, int]]
"""Where rows stand in tables: offset and length in bytes, by table; tables without any are left out."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A document as it was written: the key of what its rows were made from, and where they stand."""

    made_with: str
    places: Places


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

    def add(self, document: Document, made_with: str) -> None:
        """Writes the rows and the JSON file of a document."""
        rows = export.document_rows(document)
        (self._folder / _json(document.doc_id)).write_bytes(export.nested_json(rows))
        texts = {name: export.csv_lines(name, found).encode() for name, found in rows.items() if found}
        self._put(document.doc_id, made_with, texts)

    def take(self, doc_id: str, made_with: str, earlier: Earlier) -> bool:
        """Takes a document from earlier tables; False, and nothing, where it is not there or was another one."""
        texts = earlier.rows(doc_id, made_with)
        if texts is None:
            return False
        name = _json(doc_id)
        link_or_copy(earlier.folder / name, self._folder / name)
        self.taken.append(name)
        self._put(doc_id, made_with, texts)
        return True

    def _put(self, doc_id: str, made_with: str, texts: Mapping[str, bytes]) -> None:
        places = {name: (self._files[name].tell(), len(data)) for name, data in texts.items()}
        for name, data in texts.items():
            self._files[name].write(data)
        self.pieces[doc_id] = Piece(made_with, places)


class Earlier:
    """The tables that stand in a folder, as far as they are what was written there; to be used in a ``with``.

    ``as_made`` says of a file under the folder whether it is.
    """

    def __init__(self, folder: Path, pieces: Pieces, as_made: Callable[[str], bool]) -> None:
        self.folder = folder
        self._pieces = pieces
        self._as_made = as_made
        self._stack = ExitStack()
        self._files: dict[str, BinaryIO] = {}

    def __enter__(self) -> Earlier:
        if self._pieces and all(self._as_made(f"{name}.csv") for name in export.NAMES):
            for name in export.NAMES:
                self._files[name] = self._stack.enter_context((self.folder / f"{name}.csv").open("rb"))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def rows(self, doc_id: str, made_with: str) -> dict[str, bytes] | None:
        """The rows of a document by table, as they stand in the files; None where it is not there as it should be."""
        piece = self._pieces.get(doc_id) if self._files else None
        if piece is None or piece.made_with != made_with or not self._as_made(_json(doc_id)):
            return None
        found = {}
        for name, (offset, length) in piece.places.items():
            self._files[name].seek(offset)
            found[name] = self._files[name].read(length)
        return found


class Pages:
    """The pages of the last run that would be the same again.

    ``earlier`` and ``target`` are the folders of the sites, ``made_with`` keys of the pages in the earlier one by their
    paths, ``as_made`` says of such a path whether the page is as it was written. ``code`` is a key of what makes pages,
    ``pieces`` are those of the tables that the new site is made from.
    """

    def __init__(
        self,
        earlier: Path,
        target: Path,
        made_with: Mapping[str, str],
        as_made: Callable[[str], bool],
        code: str,
        pieces: Pieces,
    ) -> None:
        self._earlier = earlier
        self._target = target
        self._made_with = made_with
        self._as_made = as_made
        self._code = code
        self._pieces = pieces
        self.made_with: dict[str, str] = {}
        """Keys of the pages of the new site."""
        self.taken: list[str] = []
        """Paths of the pages that were taken from the earlier one."""

    def again(self, paths: Sequence[str], doc_id: str, made_from: bytes) -> bool:
        """Takes pages, if they were made from the rows of a document as they are now, and from the same besides."""
        wanted = key(self._code, self._pieces[doc_id].made_with if doc_id else "", made_from.hex())
        self.made_with |= dict.fromkeys(paths, wanted)
        if any(self._made_with.get(path) != wanted or not self._as_made(path) for path in paths):
            return False
        for path in paths:
            (self._target / path).parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._earlier / path, self._target / path)
        self.taken += paths
        return True


def write_spacy(documents: Path, earlier: Path, target: Path) -> None:
    """Writes ``DOC_ID.spacy`` for each document that was read; ``documents`` is the folder where a stage left them.

    Files that stand in ``target`` stay; those in ``earlier`` that say the same are taken from there. Raises OSError.
    """
    store = Store(documents.parent)
    for path in sorted(documents.glob("*.json")):
        if (target / f"{path.stem}.spacy").exists():
            continue
        document = store.load(documents.name, path.stem)
        if not document.readable:
            continue
        old = earlier / f"{document.doc_id}.spacy"
        before = old.read_bytes() if old.is_file() else None
        data = export.spacy_file(document, before)
        if data is before:
            link_or_copy(old, target / old.name)
        else:
            (target / old.name).write_bytes(data)


def _json(doc_id: str) -> str:
    return f"json/{doc_id}.json"
