"""The PDFs under a folder, with their document ids. Part of `pipeline.run`."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import UsageError
from pipeline.export.bibliography import Origin
from pipeline.store import Stamp

ID_BYTES = 120
"""Longest document id in UTF-8 bytes."""
ORIGINS = "sources.csv"
"""File in the raw folder that says where PDFs came from: columns file, url, retrieved."""
_HASH_DIGITS = 6
_CHUNK = 1 << 20
_GRAIN = 2_000_000_000
"""Nanoseconds by which the times of a file may be coarse (FAT counts in two seconds)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A PDF that was found.

    ``source_file`` is the path under the raw folder with ``/``; bytes that are not UTF-8 are written ``\\xNN``.
    ``regular`` says whether it is a plain file; ``sha256`` is empty where it was not read, ``copy_of`` names the
    ``source_file`` that holds the same bytes and comes first. ``stamp`` is None where the file may have changed
    within the clock's grain since it was read.
    """

    path: Path
    source_file: str
    doc_id: str
    regular: bool
    size: int
    sha256: str = ""
    copy_of: str = ""
    stamp: Stamp | None = None


Known = Mapping[str, tuple[Stamp, str]]
"""Stamp and SHA-256 by path under the raw folder."""


def find(raw: Path, file_bytes: int, known: Known | None = None) -> list[Source]:
    """All PDFs under a folder and its subfolders, sorted by path, each read once for its SHA-256.

    Those that bear the stamp by which they are ``known`` are not read, nor are files larger than ``file_bytes``. Links
    to folders are not followed. Raises `UsageError` where the folder is missing or holds no PDF.
    """
    if not raw.is_dir():
        raise UsageError(f"There is no folder {raw}. Put PDFs there, or name another with --raw (make: RAW=).")
    found = sorted((_source(raw, path) for path in _walk(raw)), key=lambda source: source.source_file)
    if not found:
        raise UsageError(f"There is no PDF in {raw}. Put PDFs there, or name another with --raw (make: RAW=).")
    return _mark_copies(_with_hash(source, file_bytes, known or {}) for source in _apart(found))


def document_id(source_file: str) -> str:
    """The document id of a path under the raw folder; it depends on nothing else.

    The path without ``.pdf``, NFC; other characters than letters, digits, ``-``, ``_``, ``.`` become ``-``. An id
    that changed so, or is longer than `ID_BYTES`, is cut and gets ``~`` and six digits of the path's SHA-256.
    """
    stem = unicodedata.normalize("NFC", source_file)
    stem = stem[: -len(".pdf")] if stem.lower().endswith(".pdf") else stem
    safe = "".join(char if _stays(char) else "-" for char in stem)
    if safe == stem and 0 < len(stem.encode()) <= ID_BYTES:
        return stem
    return _hashed(safe, source_file)


def _stays(char: str) -> bool:
    category = unicodedata.category(char)
    return category.startswith("L") or category == "Nd" or char in "-_."


def _hashed(safe: str, source_file: str) -> str:
    digits = hashlib.sha256(source_file.encode()).hexdigest()[:_HASH_DIGITS]
    room = ID_BYTES - 1 - _HASH_DIGITS
    return safe.encode()[:room].decode(errors="ignore") + "~" + digits


def _apart(sources: list[Source]) -> list[Source]:
    """Tells paths apart that differ only in what an id leaves out (``a.pdf``, ``a.PDF``).

    The one spelled like its id keeps it (else the first), the others get digits of their own path.
    """
    keepers: dict[str, str] = {}
    for source in sources:
        if source.doc_id not in keepers or source.source_file == f"{source.doc_id}.pdf":
            keepers[source.doc_id] = source.source_file
    return [
        source
        if keepers[source.doc_id] == source.source_file
        else replace(source, doc_id=_hashed(source.doc_id, source.source_file))
        for source in sources
    ]


def _walk(raw: Path) -> Iterable[Path]:
    for folder, folders, files in os.walk(raw):
        for name in (*folders, *files):
            if name.lower().endswith(".pdf"):
                yield Path(folder, name)


def _source(raw: Path, path: Path) -> Source:
    relative = os.fsencode(path.relative_to(raw).as_posix()).decode("utf-8", "backslashreplace")
    found = None
    with contextlib.suppress(OSError):
        status = path.lstat()
        found = Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return Source(
        path=path,
        source_file=relative,
        doc_id=document_id(relative),
        regular=found is not None and stat.S_ISREG(status.st_mode),
        size=found.size if found else 0,
        stamp=found,
    )


def _with_hash(source: Source, file_bytes: int, known: Known) -> Source:
    if not source.regular or source.size > file_bytes:
        return source
    before = source.stamp
    if before and source.source_file in known and known[source.source_file][0] == before:
        return replace(source, sha256=known[source.source_file][1])
    settled = before is not None and max(before.mtime, before.ctime) < time.time_ns() - _GRAIN
    digest = hashlib.sha256()
    try:
        with open_regular(source.path) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return replace(source, regular=False)
    return replace(source, sha256=digest.hexdigest(), stamp=before if settled else None)


def open_regular(path: Path) -> BinaryIO:
    """The file opened for reading. Raises OSError where it is a link or anything but a plain file.

    Neither blocks on a pipe nor follows a link, also where one took the file's place since it was found.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path.name} is not a plain file")
    return os.fdopen(handle, "rb")


def _mark_copies(sources: Iterable[Source]) -> list[Source]:
    first: dict[str, str] = {}
    marked = []
    for source in sources:
        if source.sha256 in first:
            marked.append(replace(source, copy_of=first[source.sha256]))
            continue
        if source.sha256:
            first[source.sha256] = source.source_file
        marked.append(source)
    return marked


def origins(raw: Path) -> dict[str, Origin]:
    """Where the PDFs came from, by ``source_file``, as ``sources.csv`` in the raw folder says; empty without one.

    Columns: ``file`` (path under the raw folder), ``url``, ``retrieved`` (ISO 8601), the last two may be empty.
    Raises UsageError where it cannot be read or says something else.
    """
    path = raw / ORIGINS
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}. It must be a CSV file in UTF-8.") from None
    found = {}
    for line, row in enumerate(rows, start=2):
        name, url, day = (str(row.get(column) or "").strip() for column in ("file", "url", "retrieved"))
        if not name:
            raise UsageError(f"{path}, line {line}: the column file is empty. Its columns are file, url, retrieved.")
        if day and not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", day):
            raise UsageError(f"{path}, line {line}: {day} is no date. Write it as 2025-11-14.")
        found[unicodedata.normalize("NFC", name)] = Origin(url, day)
    return found
