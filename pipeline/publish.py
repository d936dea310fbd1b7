"""Writes tables, JSON files, data package and pages, all of one run or none. Part of `pipeline.run`."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline import corrections, export
from pipeline.beside import beside
from pipeline.document import Document
from pipeline.export.bibliography import Origin
from pipeline.pictures import FOLDER as PICTURES
from pipeline.pictures import Pictures
from pipeline.store import STATE, Stamp, new_files, stamp

_LONGEST_FIELD = 2**31 - 1
"""Characters that a field may have; the names of an entity are more than Python's default."""


class _State(msgspec.Struct, frozen=True):
    """``made_with`` is the key of the tables, ``look`` that of the pages (empty without), ``files`` holds SHA-256s."""

    made_with: str
    look: str
    files: dict[str, str]


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

    def fresh(self, look: str) -> bool:
        """Whether all files stand there as they were made of what there is now; ``look`` is the pages' key."""
        state = self._state
        if state.made_with != self._made_with or (look and look != state.look):
            return False
        return all(self._as_made(name, digest) for name, digest in state.files.items())

    def _as_made(self, name: str, digest: str) -> bool:
        try:
            now = stamp(self._output / name)
            if self._stamps.get(name) != now:
                if _digest(self._output / name) != digest:
                    return False
                self._stamps[name] = now
        except OSError:
            return False
        return True

    def publish(
        self,
        documents: Iterable[Document],
        origins: Mapping[str, Origin],
        book: corrections.Book,
        look: str,
        pictures: Pictures | None = None,
    ) -> None:
        """Writes every table, JSON file, other form and the pages; replaces the old ones when all are written.

        Documents are taken one at a time; ``origins`` says where PDFs came from, by their path; ``book`` holds the
        corrections by hand, of which those that fit nothing are told; ``pictures`` are those of pages. Without ``look``
        there are no pages to read. Raises OSError.
        """
        overall = export.Overall(origins)
        with new_files(self._output) as folder:
            for name in export.FOLDERS:
                (folder / name).mkdir()
            tables = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in export.NAMES}
            try:
                for name, file in tables.items():
                    file.write(export.csv_header(name))
                for document in documents:
                    rows = overall.add(document)
                    for name, found in rows.items():
                        tables[name].write(export.csv_lines(name, found))
                    (folder / "json" / f"{document.doc_id}.json").write_bytes(export.nested_json(rows))
                    if document.readable:
                        (folder / "spacy" / f"{document.doc_id}.spacy").write_bytes(self._spacy_file(document))
                unmet = corrections.unmet(book, overall.read, overall.corrected)
                found = export.unread_rows((c.pdf_name or c.file, problem) for c, problem in unmet)
                tables["problems"].write(export.csv_lines("problems", found))
                for name, found in overall.rows().items():
                    tables[name].write(export.csv_lines(name, found))
            finally:
                for file in tables.values():
                    file.close()
            self._tell_changes(folder)
            known = {}
            # The workbook takes as long as all the rest, and reads nothing but the tables.
            with beside("pipeline.export", "write_book", folder):
                export.write_forms(folder)
                for name, items in (("citations", overall.cited()), ("commentaries", overall.commentaries())):
                    (folder / f"{name}.json").write_bytes(export.csl_json(items))
                    (folder / f"{name}.bib").write_text(export.bibtex(items), encoding="utf-8")
                if look:
                    # Templates take time to load, which a run with nothing to do need not wait for.
                    from pipeline.report import site  # noqa: PLC0415

                    shown = f"{site.FOLDER}/{PICTURES}"
                    put = pictures.put(folder / shown) if pictures else {}
                    known = {f"{shown}/{name}": digest for name, digest in put.items()}
                    site.write(folder, self._output / "work" / "site")
            names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
            files = {name: known.get(name) or _digest(folder / name) for name in names}
            state = _State(self._made_with, look, files)
            (folder / STATE).write_bytes(msgspec.json.encode(state))
        self._stamps.clear()
        self._stamps.update({name: stamp(self._output / name) for name in names})

    def _spacy_file(self, document: Document) -> bytes:
        """The document for spaCy; words are cut anew only where its text changed since the file that stands there."""
        old = self._output / "spacy" / f"{document.doc_id}.spacy"
        return export.spacy_file(document, old.read_bytes() if old.is_file() else None)

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
