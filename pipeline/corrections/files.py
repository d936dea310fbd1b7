"""Correction files, read and checked: ``[[correction]]`` tables in any number of TOML files of a folder."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.corrections.forms import AnyChange, InPdf, SplitEntity
from pipeline.errors import UsageError

PREFIX = "correction:"
"""How the ``source`` of everything begins that a correction made."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: what it says, the file it stands in, and its ``source``, made from both."""

    change: AnyChange
    file: str
    source: str

    @property
    def what(self) -> str:
        """Its kind of change (``remove mention``)."""
        return str(type(self.change).__struct_config__.tag)

    @property
    def pdf(self) -> str:
        """SHA-256 of the PDF that it holds for, empty if it holds for all."""
        return self.change.pdf or "" if isinstance(self.change, (InPdf, SplitEntity)) else ""

    @property
    def pdf_name(self) -> str:
        """Path of that PDF when the correction was written, empty if it does not say."""
        return self.change.file if isinstance(self.change, (InPdf, SplitEntity)) else ""


class Book:
    """All corrections of a folder, in the order of files and places in them."""

    def __init__(self, corrections: list[Correction]) -> None:
        self.all = corrections
        self._of_pdf: dict[str, list[Correction]] = {}
        for correction in corrections:
            self._of_pdf.setdefault(correction.pdf, []).append(correction)

    def of(self, sha256: str) -> list[Correction]:
        """Corrections for one PDF, in the order in which they were read, then those for all."""
        return [*self._of_pdf.get(sha256, ()), *self._of_pdf.get("", ())] if sha256 else []

    @property
    def key(self) -> str:
        """What all corrections say, as one key."""
        return "\n".join(correction.source for correction in self.all)


def read(folder: Path) -> Book:
    """The corrections of every ``*.toml`` in a folder; none where there is no folder.

    Raises UsageError, naming file, place and fault, where one cannot be understood.
    """
    found: list[Correction] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise UsageError(f"{path.name} cannot be read: {error}. Save it as UTF-8 text.") from error
        found += parse(path.name, text)
    return Book(found)


def parse(name: str, text: str) -> list[Correction]:
    """The corrections of one file's text. Raises UsageError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no valid TOML: {error}. Mend that line and run again.") from error
    entries = data.pop("correction", [])
    if data or not isinstance(entries, list):
        raise UsageError(f"{name}: only [[correction]] tables may stand there. Mend it and run again.")
    return [_correction(name, place, entry) for place, entry in enumerate(entries, start=1)]


def _correction(name: str, place: int, entry: Any) -> Correction:
    try:
        change: AnyChange = msgspec.convert(entry, AnyChange)
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}, correction {place}: {error}. Mend it and run again.") from error
    digest = hashlib.sha256(msgspec.json.encode(change)).hexdigest()[:8]
    return Correction(change, name, f"{PREFIX}{name.removesuffix('.toml')}:{digest}")
