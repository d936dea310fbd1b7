"""The command ``bundle``: everything that a run left, in one file to hand to a colleague. Part of `pipeline.cli`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import UsageError

NAME = "nids-tables.zip"
"""The file's name in the folder of results, and the folder that it unpacks to."""
PICTURES = frozenset({".webp"})
"""Suffixes of pictures of pages, which are most of the bytes."""
_LEFT_OUT = frozenset({"work", NAME})
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can say; the same results give the same bytes."""
_BLOCK = 1 << 20


def bundle(output: Path, *, pictures: bool) -> Iterator[str]:
    """Zips the results of the last run, with pictures of pages or without; what to tell.

    What earlier runs keep for later ones (``work``) stays out. Raises UsageError where there are no results or the
    file cannot be written.
    """
    if not (output / "datapackage.json").is_file():
        raise UsageError(f"There are no tables in {output}. Write them first: make all")
    paths = [
        path
        for path in sorted(output.rglob("*"))
        if path.is_file()
        and path.relative_to(output).parts[0] not in _LEFT_OUT
        and not path.name.startswith(".")
        and (pictures or path.suffix not in PICTURES)
    ]
    target = output / NAME
    temporary = output / "work" / f".{NAME}.tmp"
    try:
        temporary.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                _add(archive, path, Path(NAME).stem + "/" + path.relative_to(output).as_posix())
        temporary.replace(target)
    except OSError as error:
        raise UsageError(f"Cannot write {target}: {error.strerror}. Make room or rights there.") from error
    finally:
        temporary.unlink(missing_ok=True)
    yield f"{len(paths)} files are in {target} ({target.stat().st_size / 1e6:.1f} MB)."


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            target.write(block)
