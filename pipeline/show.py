"""Shows what was read of one PDF: pictures of its pages, or its blocks as text. Part of the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.document import Document
from pipeline.errors import UsageError
from pipeline.extract.guard import Guard
from pipeline.limits import Limits
from pipeline.report import draw, listing
from pipeline.sources import document_id, open_regular

RESOLUTION = 110
"""Dots per inch of the pictures: ruby can be read, and a page is seen whole on most screens."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown: one page (from 1) or all of a PDF, and for pictures the file or folder to write to."""

    pdf: Path
    page: int | None
    output: Path | None
    limits: Limits


def show_text(wanted: Wanted) -> str:
    """The blocks in order and what was left out. Raises `UsageError` and `BadDocument` as `show_pictures` does."""
    with _opened(wanted.pdf) as pdf:
        document = _document(wanted, pdf)
    _pages(wanted, document)
    return listing(document, wanted.page)


def show_pictures(wanted: Wanted) -> Iterator[Path]:
    """Writes a PNG of the page, or of each page, and gives each file's name once it is there.

    Raises `UsageError` where file, page or place of writing do not fit, `BadDocument` where the PDF cannot be read.
    """
    with _opened(wanted.pdf) as pdf:
        document = _document(wanted, pdf)
        guard = Guard(wanted.limits)
        for page in _pages(wanted, document):
            pixels = guard.picture(pdf, sha256=document.sha256, page=page, resolution=RESOLUTION)
            target = _target(wanted, page)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(draw(document, page, pixels))
            except OSError as error:
                raise UsageError(f"{target} cannot be written: {error.strerror}.") from None
            yield target


def _opened(path: Path) -> BinaryIO:
    try:
        return open_regular(path.resolve())
    except OSError as error:
        raise UsageError(f"{path} cannot be opened: {error.strerror or error}.") from None


def _document(wanted: Wanted, pdf: BinaryIO) -> Document:
    digest = hashlib.sha256(pdf.read(wanted.limits.file_bytes + 1)).hexdigest()  # a longer one the guard refuses
    name = wanted.pdf.name
    return Guard(wanted.limits).read(pdf, doc_id=document_id(name), source_file=name, sha256=digest)


def _pages(wanted: Wanted, document: Document) -> list[int]:
    numbers = [page.number for page in document.pages]
    if wanted.page is None:
        return numbers
    if wanted.page not in numbers:
        raise UsageError(f"{wanted.pdf} has no page {wanted.page}; its pages are 1 to {len(numbers)}.")
    return [wanted.page]


def _target(wanted: Wanted, page: int) -> Path:
    """Where the picture of a page goes: into the file named for it, else under a name of its own into the folder."""
    name = f"{wanted.pdf.stem}-p{page}.png"
    if wanted.output is None:
        return Path(name)
    return wanted.output if wanted.page is not None and not wanted.output.is_dir() else wanted.output / name
