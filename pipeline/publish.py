"""Writes tables, JSON files, data package and pages, all of one run or none. Part of `pipeline.run`."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline import corrections, export
from pipeline.document import Document
from pipeline.export.bibliography import Origin
from pipeline.pictures import FOLDER as PICTURES
from pipeline.pictures import Pictures
from pipeline.pieces import Earlier, Pages, Pieces, Tables
from pipeline.processes.beside import beside
from pipeline.store import STATE, Stamp, key, link_or_copy, new_files, stamp

_LONGEST_FIELD = 2**31 - 1
"""Characters that a field may have; the names of an entity are more than Python's default."""


class _State(msgspec.Struct, frozen=True):
    """``made_with`` is the key of the tables, ``look`` that of the site (empty without), ``files`` holds SHA-256s.

    ``pieces`` says what each document is of the tables, ``pages`` holds keys of pages by their paths in the site.
    """

    made_with: str
    look: str
    files: dict[str, str]
    pieces: Pieces = {}
    pages: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Look:
    """What the site hangs on besides the tables: a key of the code that makes it, and the pictures of pages."""

    code: str
    pictures: Pictures

    @property
    def key(self) -> str:
        return key(self.code, self.pictures.key)


class Publisher:
    """What stands in an output folder, and what should. ``stamps`` are of files seen before, and kept up to date."""

    def __init__(self, output: Path, stamps: dict[str, Stamp], made_with: str) -> None:
        self._output = output
        self._stamps = stamps
        self._made_with = made_with
        try:
            self._state = msgspec.json.decode((output / "work" / STATE).read_bytes(), type=_State)
        except (OSError, msgspec.MsgspecError, UnicodeError):
            self._state = _State("", "", {})

    def fresh(self, look: Look | None) -> bool:
        """Whether all files stand there as they were made of what there is now, the site too if it has a look."""
        state = self._state
        if state.made_with != self._made_with or (look and look.key != state.look):
            return False
        return all(map(self._as_made, state.files))

    def _as_made(self, name: str) -> bool:
        """Whether a file is there as it was written last."""
        try:
            now = stamp(self._output / name)
            if self._stamps.get(name) != now:
                if _digest(self._output / name) != self._state.files.get(name):
                    return False
                self._stamps[name] = now
        except OSError:
            return False
        return True

    def publish(
        self,
        documents: Iterable[Document],
        made_with: Mapping[str, str],
        stored: Path,
        origins: Mapping[str, Origin],
        book: corrections.Book,
        look: Look | None = None,
    ) -> None:
        """Writes every table, JSON file, other form and the pages; replaces the old ones when all are written.

        Documents are taken one at a time; ``made_with`` holds for each a key of all that its rows hang on, by its id;
        ``stored`` is the folder in which the last stage left them. ``origins`` says where PDFs came from, by their
        path; ``book`` holds the corrections by hand, of which those that fit nothing are told. Without a ``look`` there
        are no pages to read. Raises OSError.
        """
        overall = export.Overall(origins)
        with new_files(self._output) as folder:
            for name in export.FOLDERS:
                (folder / name).mkdir()
            taken = self._take_spacy(folder, made_with)
            spacy = (each / export.SPACY for each in (self._output, folder))
            # Cutting texts into words takes longer than their rows, and the workbook as long as the other forms.
            with beside("pipeline.pieces", "write_spacy", stored, *spacy):
                tables = self._write_tables(folder, documents, made_with, overall, book)
                self._tell_changes(folder)
                with beside("pipeline.export", "write_book", folder):
                    self._write_forms(folder, overall)
                    known, pages = self._write_pages(folder, look, tables.pieces) if look else ({}, {})
            names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
            known |= {name: self._state.files[name] for name in (*tables.taken, *taken)}
            digests = {name: known.get(name) or _digest(folder / name) for name in names}
            state = _State(self._made_with, look.key if look else "", digests, tables.pieces, pages)
            (folder / STATE).write_bytes(msgspec.json.encode(state))
        self._stamps.clear()
        self._stamps.update({name: stamp(self._output / name) for name in names})

    def _take_spacy(self, folder: Path, made_with: Mapping[str, str]) -> list[str]:
        """Takes the files for spaCy of documents that are as they were when all was written last; gives their names."""
        found = []
        for doc_id, wanted in made_with.items():
            name, piece = f"{export.SPACY}/{doc_id}.spacy", self._state.pieces.get(doc_id)
            if piece and piece.made_with == wanted and name in self._state.files and self._as_made(name):
                link_or_copy(self._output / name, folder / name)
                found.append(name)
        return found

    def _write_tables(
        self,
        folder: Path,
        documents: Iterable[Document],
        made_with: Mapping[str, str],
        overall: export.Overall,
        book: corrections.Book,
    ) -> Tables:
        """Writes tables and JSON files."""
        with Tables(folder) as tables, Earlier(self._output, self._state.pieces, self._as_made) as earlier:
            for document in documents:
                overall.add(document)
                wanted = made_with[document.doc_id]
                if not tables.take(document.doc_id, wanted, earlier):
                    tables.add(document, wanted)
            unmet = corrections.unmet(book, overall.read, overall.corrected)
            found = export.unread_rows((c.pdf_name or c.file, problem) for c, problem in unmet)
            tables.add_rows({"problems": found})
            tables.add_rows(overall.rows())
        return tables

    def _write_forms(self, folder: Path, overall: export.Overall) -> None:
        """Writes all other forms but the workbook."""
        export.write_forms(folder)
        for name, items in (("citations", overall.cited()), ("commentaries", overall.commentaries())):
            (folder / f"{name}.json").write_bytes(export.csl_json(items))
            (folder / f"{name}.bib").write_text(export.bibtex(items), encoding="utf-8")

    def _write_pages(self, folder: Path, look: Look, pieces: Pieces) -> tuple[dict[str, str], dict[str, str]]:
        """Writes the pages to read; gives SHA-256s of files that were not made now, and keys of pages."""
        # Templates take time to load, which a run with nothing to do need not wait for.
        from pipeline.report import site  # noqa: PLC0415

        def as_made(path: str) -> bool:
            return self._as_made(f"{site.FOLDER}/{path}")

        folders = (self._output / site.FOLDER, folder / site.FOLDER)
        pages = Pages(*folders, self._state.pages, as_made, look.code, pieces)
        pictures = look.pictures.put(folders[1] / PICTURES)
        site.write(folder, self._output / "work" / "site", pages.again)
        known = {f"{site.FOLDER}/{PICTURES}/{name}": digest for name, digest in pictures.items()}
        names = [f"{site.FOLDER}/{path}" for path in pages.taken]
        return known | {name: self._state.files[name] for name in names}, pages.made_with

    def _tell_changes(self, folder: Path) -> None:
        """Fills ``changes.csv``; where the same is written again, it stays as it was."""
        target = folder / "changes.csv"
        if self._state.made_with == self._made_with and (self._output / target.name).is_file():
            shutil.copyfile(self._output / target.name, target)
            return
        with target.open("a", encoding="utf-8", newline="") as file:
            for name in export.WATCHED:
                found = export.changes(name, _rows(self._output / f"{name}.csv"), _rows(folder / f"{name}.csv"))
                file.write(export.csv_lines("changes", found))


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table; none where it is missing or somebody made something else of it."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [{column: value or "" for column, value in row.items() if column} for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
