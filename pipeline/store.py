"""What earlier runs left: each stage's documents under ``work/``, and writing files whole or not at all.

Part of `pipeline.run`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from pipeline.document import Document, from_json, to_json
from pipeline.errors import UsageError

SHARED = ("document.py", "vocabulary.py", "geometry.py", "errors.py", "ids.py", "text.py", "limits.py", "rules")
"""Code and data that every stage uses."""
_INDEX = Path("work", "index.json")
_SUFFIXES = (".py", ".toml", ".json", ".tsv", ".txt", ".css", ".html", ".js")


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What tells that a file is still the one that was seen: size, times of change in nanoseconds, and inode."""

    size: int
    mtime: int
    ctime: int
    inode: int


def stamp(path: Path) -> Stamp:
    """The stamp of a file, not of what a link points to. Raises OSError."""
    found = path.lstat()
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a stored document without reading it: its stamp, key and checksum, and what became of it."""

    stamp: Stamp
    key: str
    digest: str
    status: str
    errors: tuple[str, ...]


class Index(msgspec.Struct):
    """What the last run saw; only spares reading, so it may be lost at any time.

    ``sources`` holds stamp and SHA-256 by path under the raw folder, ``tables`` stamps by path under the output,
    ``checked`` the key of the rule files that were found without fault.
    """

    documents: dict[str, Entry] = msgspec.field(default_factory=dict)
    sources: dict[str, tuple[Stamp, str]] = msgspec.field(default_factory=dict)
    tables: dict[str, Stamp] = msgspec.field(default_factory=dict)
    checked: str = ""


def read_index(output: Path) -> Index:
    """The index that the last run left; an empty one where there is none."""
    try:
        return msgspec.json.decode((output / _INDEX).read_bytes(), type=Index)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return Index()


def write_index(output: Path, index: Index) -> None:
    """Keeps the index. Raises OSError."""
    write_whole(output / _INDEX, msgspec.json.encode(index))


class _Stored(msgspec.Struct):
    key: str
    document: msgspec.Raw


Describe = Callable[[Document], tuple[str, tuple[str, ...]]]
"""Gives a document's status and its errors."""


def key(*parts: str) -> str:
    """One key for several facts, none of which can be mistaken for a piece of another."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def fingerprint(
    room: str, packages: tuple[str, ...], rule_files: tuple[str, ...] = (), shared: tuple[str, ...] = SHARED
) -> str:
    """A key of all that a stage's results hang on, besides its input: its code and data, and package versions.

    Code is that of the room (a folder or module), and what is ``shared``. Where ``rule_files`` names files of
    ``rules``, it reads only these, and others make nothing stale.
    """
    root = files("pipeline")
    digest = hashlib.sha256()
    for name in (*shared, room):
        for path, data in _contents(root.joinpath(name), name):
            if rule_files and path.endswith(".toml") and path.rpartition("/")[2] not in rule_files:
                continue
            digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return key(digest.hexdigest(), sys.version.split()[0], *(f"{name}=={package_version(name)}" for name in packages))


def _contents(node: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if node.is_dir():
        for child in sorted(node.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__":
                yield from _contents(child, f"{path}/{child.name}")
    elif path.endswith(_SUFFIXES) and node.is_file():
        yield path, node.read_bytes()


def package_version(package: str) -> str:
    """The version of an installed package, or that there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


class Store:
    """The documents of each stage, a file each: ``FOLDER/STAGE/DOC_ID.json`` with a key and the document.

    Methods raise OSError where the folder cannot be written.
    """

    def __init__(self, folder: Path, index: Index | None = None, describe: Describe = lambda _: ("", ())) -> None:
        """``index`` is read and kept up to date; ``describe`` fills its entries."""
        self._folder = folder
        self._index = index or Index()
        self._describe = describe

    def entry(self, stage: str, doc_id: str) -> Entry | None:
        """What is known of the document as a stage left it; None where there is none."""
        name = f"{stage}/{doc_id}"
        known = self._index.documents.get(name)
        try:
            now = stamp(self._path(stage, doc_id))
        except OSError:
            return None
        if known is None or known.stamp != now:
            found = self._read(stage, doc_id)
            if found is None:
                return None
            stored, document = found
            known = self._entry(now, stored, document)
            self._index.documents[name] = known
        return known

    def fresh(self, stage: str, doc_id: str, wanted: str) -> bool:
        """Whether a document stands there that was saved with this key."""
        found = self.entry(stage, doc_id)
        return found is not None and found.key == wanted

    def load(self, stage: str, doc_id: str) -> Document:
        """The document as a stage left it. Raises KeyError where there is none."""
        found = self._read(stage, doc_id)
        if found is None:
            raise KeyError(f"{stage}/{doc_id}")
        return found[1]

    def known(self, stage: str, doc_id: str) -> Entry:
        """The same as `entry`. Raises KeyError where there is none."""
        found = self.entry(stage, doc_id)
        if found is None:
            raise KeyError(f"{stage}/{doc_id}")
        return found

    def save(self, stage: str, document: Document, made_with: str) -> None:
        """Keeps a document; with an empty key it will be made anew by the next run."""
        stored = _Stored(made_with, msgspec.Raw(to_json(document)))
        path = self._path(stage, document.doc_id)
        write_whole(path, msgspec.json.encode(stored))
        self._index.documents[f"{stage}/{document.doc_id}"] = self._entry(stamp(path), stored, document)

    def _entry(self, now: Stamp, stored: _Stored, document: Document) -> Entry:
        return Entry(now, stored.key, hashlib.sha256(stored.document).hexdigest(), *self._describe(document))

    def keep_only(self, stage: str, doc_ids: Iterable[str]) -> None:
        """Forgets all other documents of a stage."""
        kept = set(doc_ids)
        remove_others(self._folder / stage, {f"{doc_id}.json" for doc_id in kept})
        for name in [name for name in self._index.documents if name.startswith(f"{stage}/")]:
            if name.removeprefix(f"{stage}/") not in kept:
                del self._index.documents[name]

    def _path(self, stage: str, doc_id: str) -> Path:
        return self._folder / stage / f"{doc_id}.json"

    def _read(self, stage: str, doc_id: str) -> tuple[_Stored, Document] | None:
        try:
            stored = msgspec.json.decode(self._path(stage, doc_id).read_bytes(), type=_Stored)
            return stored, from_json(bytes(stored.document))
        except (FileNotFoundError, msgspec.MsgspecError, UnicodeError):
            # A file that is cut or was written by other code is as good as none.
            return None


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that either the old or the whole new one is there, whenever the power goes. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _to_disk(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def link_or_copy(file: Path, name: Path) -> None:
    """Gives a file another name, or copies it where the disk knows no links or has too many. Raises OSError."""
    with contextlib.suppress(OSError):
        name.hardlink_to(file)
        return
    shutil.copyfile(file, name)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_others(folder: Path, names: set[str]) -> None:
    """Removes the documents' files of a folder that are not named, and what an interrupted run left."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.suffix in (".json", ".spacy", ".tmp") and path.name not in names:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def new_files(output: Path) -> Iterator[Path]:
    """A folder for new files, which replace those of the same path under ``output`` when all were written.

    A folder in it replaces a whole folder. Where the block raises, nothing is replaced. Another process replaces them,
    and goes on where this one is killed; where the machine stops then, `finish` does the rest. Raises OSError.
    """
    fresh = output / "work" / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        for path in [*fresh.rglob("*"), fresh]:
            _to_disk(path)
        _apart(lambda: _put_in_place(fresh, output))
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, output: Path) -> None:
    """Declares that all new files are written, and replaces the old ones; they are mixed for some milliseconds."""
    if fresh.is_dir():
        fresh.replace(output / "work" / _READY)
    finish(output)


def _apart(replace: Callable[[], None]) -> None:
    """Does something short in a process that does not end with this one; here, if it cannot be done there."""
    pid = os.fork()
    if not pid:
        # Nothing but the renaming may be done on this side of the fork, for threads of the other are not here.
        code = 1
        with contextlib.suppress(BaseException):
            os.setsid()
            replace()
            code = 0
        os._exit(code)
    _, status = os.waitpid(pid, 0)
    if status:
        replace()


_READY = "ready"
STATE = "published.json"
"""The new file that says what the others were made from; its place is ``work/``, and it comes last."""


def finish(output: Path) -> None:
    """Puts files that `new_files` had all written in their places. Raises OSError."""
    ready = output / "work" / _READY
    if not ready.is_dir():
        return
    old = output / "work" / "old"
    for path in sorted(ready.iterdir(), key=lambda path: (path.name == STATE, path.name)):
        target = output / path.name if path.name != STATE else output / "work" / STATE
        if path.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.replace(old)
        path.replace(target)
    _to_disk(output)
    ready.rmdir()
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Holds a folder for this run. Raises `UsageError` where another run holds it or it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise UsageError(f"Cannot write to {folder}: {error.strerror}. Name another folder with --output.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"Another run is writing to {folder.parent}. Wait for it, or use --output.") from None
        yield
