"""What earlier runs left: each stage's documents under ``work/``, and writing files whole or not at all.

Part of `pipeline.run`, which alone knows files.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from pipeline.document import Document, from_json, to_json
from pipeline.errors import UsageError

SHARED = ("document.py", "errors.py", "ids.py", "text.py", "limits.py", "rules")
"""Code and data that every stage uses."""
_SUFFIXES = (".py", ".toml", ".json", ".tsv", ".txt", ".css")


class _Stored(msgspec.Struct):
    key: str
    document: msgspec.Raw


def key(*parts: str) -> str:
    """One key for several facts, none of which can be mistaken for a piece of another."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def fingerprint(room: str, packages: tuple[str, ...], rule_files: tuple[str, ...] = ()) -> str:
    """A key of all that a stage's results hang on, besides its input: its code and data, and package versions.

    Where ``rule_files`` names files of ``rules``, it reads only these, and others make nothing stale.
    """
    root = files("pipeline")
    digest = hashlib.sha256()
    for name in (*SHARED, room):
        for path, data in _contents(root.joinpath(name), name):
            if rule_files and path.endswith(".toml") and path.rpartition("/")[2] not in rule_files:
                continue
            digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return key(digest.hexdigest(), *(f"{name}=={_version(name)}" for name in packages))


def _contents(node: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if node.is_dir():
        for child in sorted(node.iterdir(), key=lambda child: child.name):
            if child.name != "__pycache__":
                yield from _contents(child, f"{path}/{child.name}")
    elif path.endswith(_SUFFIXES) and node.is_file():
        yield path, node.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


class Store:
    """The documents of each stage, a file each: ``FOLDER/STAGE/DOC_ID.json`` with a key and the document.

    Methods raise OSError where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self, stage: str, doc_id: str, wanted: str) -> bool:
        """Whether a document stands there that was saved with this key."""
        found = self._read(stage, doc_id)
        return found is not None and found[0].key == wanted

    def load(self, stage: str, doc_id: str) -> Document:
        """The document as a stage left it. Raises KeyError where there is none."""
        found = self._read(stage, doc_id)
        if found is None:
            raise KeyError(f"{stage}/{doc_id}")
        return found[1]

    def digest(self, stage: str, doc_id: str) -> str:
        """Checksum of the document as a stage left it. Raises KeyError where there is none."""
        found = self._read(stage, doc_id)
        if found is None:
            raise KeyError(f"{stage}/{doc_id}")
        return hashlib.sha256(found[0].document).hexdigest()

    def save(self, stage: str, document: Document, made_with: str) -> None:
        """Keeps a document; with an empty key it will be made anew by the next run."""
        data = msgspec.json.encode(_Stored(made_with, msgspec.Raw(to_json(document))))
        write_whole(self._path(stage, document.doc_id), data)

    def keep_only(self, stage: str, doc_ids: Iterable[str]) -> None:
        """Forgets all other documents of a stage."""
        remove_others(self._folder / stage, {f"{doc_id}.json" for doc_id in doc_ids})

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
    """Writes a file so that either the old or the whole new one is there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def remove_others(folder: Path, names: set[str]) -> None:
    """Removes the documents' files of a folder that are not named, and what an interrupted run left."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.suffix in (".json", ".spacy", ".tmp") and path.name not in names:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def new_files(folder: Path) -> Iterator[Path]:
    """A folder for new files, which replace those of the same path under ``folder`` when all were written.

    Where the block raises, nothing is replaced. Raises OSError.
    """
    fresh = folder / "work" / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        for path in sorted(fresh.rglob("*")):
            target = folder / path.relative_to(fresh)
            if path.is_dir():
                target.mkdir(exist_ok=True)
            else:
                path.replace(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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
