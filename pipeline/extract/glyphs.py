"""PDF bytes -> glyphs, page by page: the only module that opens a PDF.

Coordinates are points from the page's top left. A glyph is one character; what a font prints as
one shape for several letters (ﬁ) is taken apart, its box shared out.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from pipeline.errors import BadDocument, out_of_memory
from pipeline.limits import Limits

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|heavy|black|-[bh]$|w[6-9]$|demi|extrab", re.IGNORECASE)
_UNMAPPED = re.compile(r"^\(cid:\d+\)$")
LOW_ROW = 60.0
"""Height in points under which a single row of ruled cells is part of a table."""
REPLACEMENT = "\ufffd"
"""Stands for a glyph whose character the PDF does not tell."""


@dataclass(slots=True, frozen=True)
class Glyph:
    """One printed character. ``base`` is the y of its baseline, ``size`` its type size in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    bold: bool
    color: str
    upright: bool


@dataclass(slots=True, frozen=True)
class Rule:
    """A drawn line or box edge. Horizontal where it is wider than high."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True, frozen=True)
class TableArea:
    """A ruled table: its box, and the boxes of its cells row by row (None for a missing cell)."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[tuple[float, float, float, float] | None, ...], ...]


@dataclass(slots=True, frozen=True)
class PageGlyphs:
    """Everything that extraction wants of a page; ``number`` counts from 1.

    ``error`` names what went wrong where the page could not be read; it has no glyphs then.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    tables: tuple[TableArea, ...]
    pictures: int
    error: str = ""


def quiet() -> None:
    """Silences what pdfminer and pdfplumber say about ordinary files."""
    for name in ("pdfminer", "pdfplumber", "pypdfium2"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="pdfminer|pdfplumber")


def read_pages(data: bytes, limits: Limits) -> Iterator[PageGlyphs]:
    """The pages of a PDF, each closed before the next is read.

    Raises BadDocument where the file is encrypted, damaged, without pages or over a limit.
    """
    quiet()
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        # Counted first and no further than the limit, since making all pages of a long document takes minutes.
        count = sum(1 for _ in itertools.islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
        pages = pdf.pages if count <= limits.pages else []
    except Exception as error:
        raise _bad(error) from error
    if count == 0:
        raise BadDocument("no-pages")
    if count > limits.pages:
        raise BadDocument("size-limit", f"more than {limits.pages} pages")
    total = 0
    with pdf:
        for page in pages:
            try:
                chars = page.chars
                total += len(chars)
                if total > limits.characters:
                    raise BadDocument("size-limit", f"more than {limits.characters} characters")
                yield _page(page, chars)
            except BadDocument:
                raise
            except Exception as error:  # the library's errors on damaged pages are of any kind
                if out_of_memory(error):
                    raise
                yield PageGlyphs(page.page_number, 0.0, 0.0, (), (), (), 0, type(error).__name__)
            finally:
                page.close()


def _bad(error: Exception) -> BadDocument:
    """The problem behind an error of the PDF library (pdfplumber wraps pdfminer's)."""
    causes = [error, error.__cause__, error.__context__, *error.args]
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return BadDocument("encrypted")
    return BadDocument("damaged", type(error).__name__)


def _page(page: Any, chars: list[dict[str, Any]]) -> PageGlyphs:
    height = float(page.height)
    glyphs = [glyph for char in chars for glyph in _glyphs(char)]
    return PageGlyphs(
        number=page.page_number,
        width=float(page.width),
        height=height,
        glyphs=tuple(_without_overprint(_composed(_with_baselines(glyphs)))),
        rules=tuple(_rules(page)),
        tables=tuple(_tables(page)),
        pictures=len(page.images),
    )


def _glyphs(char: dict[str, Any]) -> Iterator[Glyph]:
    text = _characters(char["text"])
    font = _font_name(char["fontname"])
    x0, x1 = float(char["x0"]), float(char["x1"])
    step = (x1 - x0) / max(1, len(text))
    for index, letter in enumerate(text):
        yield Glyph(
            text=letter,
            x0=x0 + index * step,
            top=float(char["top"]),
            x1=x0 + (index + 1) * step,
            bottom=float(char["bottom"]),
            base=float(char["y0"]) - float(char["matrix"][5]),
            size=float(char["size"]),
            font=font,
            bold=bool(_BOLD.search(font)),
            color=str(char.get("non_stroking_color")),
            upright=bool(char["upright"]),
        )


def _font_name(name: object) -> str:
    """A font's name without the subset's prefix; Japanese ones may come as Shift JIS bytes."""
    text = name.decode("cp932", "replace") if isinstance(name, bytes) else str(name)
    return _SUBSET.sub("", text)


def _characters(text: str) -> str:
    """The characters of a glyph: ligatures taken apart, what is no character replaced."""
    if not text or _UNMAPPED.match(text):
        return REPLACEMENT
    out = []
    for c in text:
        if "\ufb00" <= c <= "\ufb06":
            out.append(unicodedata.normalize("NFKC", c))
        elif unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\t\n\r":
            out.append(REPLACEMENT)
        else:
            out.append(" " if c in "\t\n\r" else c)
    return "".join(out)


def _with_baselines(glyphs: list[Glyph]) -> list[Glyph]:
    """Turns the distance of a glyph's foot from its text matrix into a baseline.

    The distance is the font's descent, the same share of the size for all glyphs of a font,
    plus the text rise, which is zero for most: so the commonest share is the descent.
    """
    shares: dict[str, Counter[float]] = defaultdict(Counter)
    for glyph in glyphs:
        if glyph.size > 0:
            shares[glyph.font][round(glyph.base / glyph.size, 2)] += 1
    descent = {font: counter.most_common(1)[0][0] for font, counter in shares.items()}
    return [replace(g, base=g.bottom + descent.get(g.font, 0.0) * g.size) for g in glyphs]


def _composed(glyphs: list[Glyph]) -> list[Glyph]:
    """Joins a combining sound mark to the kana before it (か + ゛ as some printers write が)."""
    out: list[Glyph] = []
    for glyph in glyphs:
        if out and glyph.text in "\u3099\u309a":
            whole = unicodedata.normalize("NFC", out[-1].text + glyph.text)
            if len(whole) == 1:
                out[-1] = replace(out[-1], text=whole)
                continue
        out.append(glyph)
    return out


def _without_overprint(glyphs: list[Glyph]) -> list[Glyph]:
    """Drops the second print of a glyph on the same spot, by which some programs make bold type."""
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    out = []
    for glyph in glyphs:
        if glyph.text.isspace():
            out.append(glyph)
            continue
        near = 0.12 * glyph.size
        cells = [
            (glyph.text, round(glyph.x0 / 4) + dx, round(glyph.top / 4) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
        ]
        if any(
            abs(o.x0 - glyph.x0) < near and abs(o.top - glyph.top) < near for cell in cells for o in seen.get(cell, ())
        ):
            continue
        seen[(glyph.text, round(glyph.x0 / 4), round(glyph.top / 4))].append(glyph)
        out.append(glyph)
    return out


def _rules(page: Any) -> Iterator[Rule]:
    for shape in [*page.lines, *page.rects]:
        rule = Rule(float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))
        if rule.bottom - rule.top < 3 or rule.x1 - rule.x0 < 3:
            yield rule


def _cell(cell: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    if cell is None:
        return None
    x0, top, x1, bottom = cell
    return float(x0), float(top), float(x1), float(bottom)


def _tables(page: Any) -> Iterator[TableArea]:
    """Ruled tables: two columns or more, and two rows or one low one (the head of a table that goes on overleaf).

    A box around a text is none.
    """
    if len(page.lines) + len(page.rects) + len(page.curves) < 4:
        return
    for table in page.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
        rows = tuple(tuple(_cell(cell) for cell in row.cells) for row in table.rows)
        x0, top, x1, bottom = (float(edge) for edge in table.bbox)
        columns = max(sum(cell is not None for cell in row) for row in rows)
        if columns >= 2 and (len(rows) >= 2 or bottom - top < LOW_ROW):
            yield TableArea(x0, top, x1, bottom, rows)
