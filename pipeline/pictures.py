"""The pictures of pages that earlier runs left: which are stale, what is wrong with them, and where they go.

Part of `pipeline.run`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec

from pipeline.document import Problem
from pipeline.errors import problem
from pipeline.extract.picture import Sheet
from pipeline.limits import Limits
from pipeline.store import fingerprint, key, link_or_copy, write_whole

FOLDER = "pictures"
"""The folder of pictures under ``work/`` and in the site, with a folder a document and ``pN.webp`` a page (from 1)."""
PACKAGES = ("pypdfium2", "pillow")
ROOMS = ("extract/picture.py", "extract/fonts.py")
"""What pictures hang on, besides the PDF."""
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)
"""Where PDFium looks for fonts that a PDF lacks (its ``CFX_GEModule`` of Linux and of macOS)."""
_MADE = "made.json"


class _Page(msgspec.Struct, frozen=True, array_like=True):
    """A page's picture: SHA-256 (empty without one), size, nanoseconds of its time; and its problem.

    The time of change of the inode and the inode itself say nothing: a hard link changes the one, a copy the other.
    """

    page: int | None
    digest: str
    size: int
    mtime: int
    code: str
    detail: str


class _Made(msgspec.Struct, frozen=True):
    """The pictures of a document, the key they were made with, and the fonts where one was missing."""

    key: str
    fonts: str
    pages: list[_Page]


class Pictures:
    """The pictures under a folder. Methods raise OSError where it cannot be written.

    With ``verify`` each picture is read to see whether it is as it was drawn, instead of trusting its size and time.
    """

    def __init__(self, folder: Path, limits: Limits, *, verify: bool = False) -> None:
        self._folder = folder
        self._verify = verify
        made_with = [fingerprint(room, PACKAGES, shared=()) for room in ROOMS]
        self._made_with = key(*made_with, limits.of_reading)
        self._made: dict[str, _Made] = {}

    def fresh(self, doc_id: str, sha256: str) -> bool:
        """Whether all pictures of a PDF with this checksum stand there as they would be drawn now."""
        try:
            made = msgspec.json.decode((self._folder / doc_id / _MADE).read_bytes(), type=_Made)
        except (OSError, msgspec.MsgspecError, UnicodeError):
            return False
        if made.key != key(self._made_with, sha256) or (made.fonts and made.fonts != self._fonts):
            return False
        self._made[doc_id] = made
        return all(self._as_drawn(doc_id, page) for page in made.pages if page.digest)

    def _as_drawn(self, doc_id: str, page: _Page) -> bool:
        path = self._path(doc_id, page)
        try:
            found = path.stat()
            if (found.st_size, found.st_mtime_ns) != (page.size, page.mtime):
                return False
            return not self._verify or hashlib.sha256(path.read_bytes()).hexdigest() == page.digest
        except OSError:
            return False

    def keep(self, doc_id: str, sha256: str, sheets: Iterable[Sheet]) -> None:
        """Keeps the pictures of a document in place of those that stand there.

        A sheet 0 stands for the whole document, which the next run draws again, since that may give more.
        """
        folder = self._folder / doc_id
        # What the site links to must not be written over, and a folder that is not whole has no list.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        pages = [self._kept(doc_id, sheet) for sheet in sheets]
        fonts = self._fonts if any(page.code == "no-font" for page in pages) else ""
        passing = any(page.page is None for page in pages)
        made = _Made("" if passing else key(self._made_with, sha256), fonts, pages)
        write_whole(folder / _MADE, msgspec.json.encode(made))
        self._made[doc_id] = made

    def _kept(self, doc_id: str, sheet: Sheet) -> _Page:
        page = _Page(sheet.page or None, hashlib.sha256(sheet.webp).hexdigest(), 0, 0, sheet.code, sheet.detail)
        if not sheet.webp:
            return msgspec.structs.replace(page, digest="")
        path = self._path(doc_id, page)
        path.write_bytes(sheet.webp)
        return msgspec.structs.replace(page, size=len(sheet.webp), mtime=path.stat().st_mtime_ns)

    def keep_only(self, doc_ids: Iterable[str]) -> None:
        """Removes the pictures of all other documents."""
        kept = set(doc_ids)
        for doc_id in self._made.keys() - kept:
            del self._made[doc_id]
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in kept:
                    shutil.rmtree(path, ignore_errors=True)

    @property
    def key(self) -> str:
        """A key of all pictures and of what is wrong with them."""
        return key(*(msgspec.json.encode([doc_id, self._told(doc_id)]).decode() for doc_id in sorted(self._made)))

    def _told(self, doc_id: str) -> list[tuple[int | None, str, str, str]]:
        return [(page.page, page.digest, page.code, page.detail) for page in self._made[doc_id].pages]

    @property
    def faults(self) -> list[str]:
        """A key of what is wrong with pictures, which tables tell of; none where nothing is."""
        found = [problem.message for doc_id in sorted(self._made) for problem in self.problems(doc_id)]
        return [key(*found)] if found else []

    def problems(self, doc_id: str) -> list[Problem]:
        """What is wrong with a document's pictures, by page."""
        pages = self._made[doc_id].pages if doc_id in self._made else []
        return [problem(page.code, "report", page.page, page.detail) for page in pages if page.code]

    def put(self, folder: Path) -> dict[str, str]:
        """Puts all pictures into a folder, as links where it can; their SHA-256s by path in it."""
        found = {}
        for doc_id in sorted(self._made):
            target = folder / doc_id
            target.mkdir(parents=True)
            for page in self._made[doc_id].pages:
                if page.digest:
                    name = _name(page)
                    link_or_copy(self._folder / doc_id / name, target / name)
                    found[f"{doc_id}/{name}"] = page.digest
        return found

    def _path(self, doc_id: str, page: _Page) -> Path:
        return self._folder / doc_id / _name(page)

    @cached_property
    def _fonts(self) -> str:
        """A key of the names of the fonts on this machine."""
        names: set[str] = set()
        for folder in FONT_FOLDERS:
            for _, _, files in os.walk(Path(folder).expanduser()):
                names.update(files)
        return key(*sorted(names))


def _name(page: _Page) -> str:
    return f"p{page.page}.webp"
