"""The reading child on a machine without any font. Run as a program."""

from __future__ import annotations

from functools import partial
from typing import Any

from pypdfium2 import raw

from pipeline.extract.child import main


def without_fonts() -> Any:
    """Makes the library find no font of the system; what is given back must be kept."""
    fonts = raw.FPDF_SYSFONTINFO(version=1)
    for name, kind in raw.FPDF_SYSFONTINFO._fields_[1:]:
        setattr(fonts, name, kind(partial(_nothing, number=name in ("GetFontData", "GetFaceName", "GetFontCharset"))))
    raw.FPDF_SetSystemFontInfo(fonts)
    return fonts


def _nothing(*_: object, number: bool) -> int | None:
    return 0 if number else None


if __name__ == "__main__":
    kept = without_fonts()
    main()
