"""Pictures of sheets, drawn once: a run in which a sheet is as it was finds the picture in a folder."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import msgspec

from pipeline.report.site.charts.sheet import Sheet

_PACKAGES = ("matplotlib", "matplotlib-fontja", "pillow")
_MODULES = ("render.py", "svg.py", "palette.py")
"""What else a picture hangs on."""


class Picture(msgspec.Struct, frozen=True):
    """``inside`` is SVG for a page, in both languages; ``files`` are whole files by what their name ends in."""

    inside: str
    files: dict[str, bytes]


def drawn(sheet: Sheet, kept: Path | None) -> Picture:
    """The picture of a sheet: from the folder if it is there, else drawn and put there. Raises OSError."""
    if kept is None:
        return _draw(sheet)
    target = kept / f"{sheet.name}-{_key(sheet)}.msgpack"
    try:
        return msgspec.msgpack.decode(target.read_bytes(), type=Picture)
    except (OSError, msgspec.MsgspecError):
        pass
    picture = _draw(sheet)
    kept.mkdir(parents=True, exist_ok=True)
    for old in kept.glob(f"{sheet.name}-*.msgpack"):
        old.unlink()
    target.write_bytes(msgspec.msgpack.encode(picture))
    return picture


def _draw(sheet: Sheet) -> Picture:
    # It tells on a new machine that it looks for fonts and where it remembers them, which nobody needs to know.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    # matplotlib takes a second to load.
    from pipeline.report.site.charts.render import picture  # noqa: PLC0415

    return picture(sheet)


def _key(sheet: Sheet) -> str:
    return hashlib.sha256(_made_with() + msgspec.msgpack.encode(sheet)).hexdigest()[:16]


@cache
def _made_with() -> bytes:
    here = files("pipeline.report.site.charts")
    code = b"".join(here.joinpath(name).read_bytes() for name in _MODULES)
    return code + "".join(version(name) for name in _PACKAGES).encode()
