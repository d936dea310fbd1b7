"""PDF bytes -> glyphs, page by page: the only module that reads the text of a PDF.

Coordinates are points from the top left of the page's media box. A glyph is one character; what a font prints as
one shape for several letters (ﬁ) is taken apart, its box shared out.
"""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import logging
import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from pipeline.errors import BadDocument, out_of_memory
from pipeline.extract.bullets import Shape, drawn_bullets
from pipeline.extract.drawings import Box, figures_of
from pipeline.extract.pdf import Character, PdfPage
from pipeline.limits import Limits
from pipeline.text import is_wide

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|heavy|black|-[bh]$|w[6-9]$|demi|extrab", re.IGNORECASE)
LOW_ROW = 60.0
"""Height in points under which a single row of ruled cells is part of a table."""
FRAME_WIDTH, FRAME_HEIGHT = 100.0, 30.0
"""Least size in points of a box that frames text."""
THIN = 3.0
"""Points under which a drawn box is a rule."""
BOX_POINTS = 6
"""Points of a path that draws a box, at most."""
TURN, SLANT = 0.02, 0.4
"""Shares of the type size by which glyphs in a line may rise and lean (a face slanted by machine leans by a third)."""
ASCENT, DEPTH_WIDE, DEPTH_LATIN = 0.88, 0.12, 0.22
"""Shares of the type size that type stands above and below its baseline: the ideographic em box (OpenType's ``ideo``
and ``idtp`` baselines), and the depth of Latin letters such as g."""
REPLACEMENT = "\ufffd"
"""Stands for a glyph whose character the PDF does not tell."""

Place = tuple[float, float]


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
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(slots=True, frozen=True)
class PageGlyphs:
    """Everything that extraction wants of a page; ``number`` counts from 1.

    ``visible`` is the part of the page that is shown and printed, None for all of it; ``figures`` are the boxes of
    drawings and pictures, ``frames`` those drawn around something. ``vertical`` says that it
    was turned a quarter to the left since its writing is vertical. ``error`` names what went wrong where the page
    could not be read; it has no glyphs then.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    tables: tuple[TableArea, ...]
    pictures: int
    error: str = ""
    visible: Box | None = None
    figures: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    vertical: bool = False


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
        found = list(itertools.islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
    except Exception as error:
        raise _bad(error) from error
    if not found:
        raise BadDocument("no-pages")
    if len(found) > limits.pages:
        raise BadDocument("size-limit", f"more than {limits.pages} pages")
    total = 0
    for number, one in enumerate(found, 1):
        try:
            page = PdfPage(pdf, one, number)
            total += len(page.characters)
            if total > limits.characters:
                raise BadDocument("size-limit", f"more than {limits.characters} characters")
            yield _page(page)
        except BadDocument:
            raise
        except Exception as error:  # the library's errors on damaged pages are of any kind
            if out_of_memory(error):
                raise
            yield PageGlyphs(number, 0.0, 0.0, (), (), (), 0, type(error).__name__)


def _bad(error: Exception) -> BadDocument:
    """The problem behind an error of the PDF library (pdfplumber wraps pdfminer's)."""
    causes = [error, error.__cause__, error.__context__, *error.args]
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return BadDocument("encrypted")
    return BadDocument("damaged", type(error).__name__)


def _page(page: PdfPage) -> PageGlyphs:
    left, top, right, bottom = (float(edge) for edge in page.bbox)
    place = left, top
    glyphs = _without_overprint(_composed(list(_glyphs(page.characters, bottom - top))))
    glyphs += drawn_bullets(_small_shapes(page, place), glyphs)
    tables, frames = _tables(page, place)
    return PageGlyphs(
        number=page.page_number,
        width=right - left,
        height=bottom - top,
        glyphs=tuple(glyphs),
        rules=tuple(_rules(page, place)),
        tables=tuple(tables),
        pictures=len(page.images),
        visible=_moved(page.cropbox, place),
        frames=tuple(dict.fromkeys(frames)),
        figures=tuple(figures_of(*_shapes(page, place), right - left, bottom - top)),
    )


def _moved(box: Sequence[float], place: Place) -> Box:
    """A box as seen from the page's top left corner, which the PDF library counts from another point in some files."""
    x0, top, x1, bottom = (float(edge) for edge in box)
    return x0 - place[0], top - place[1], x1 - place[0], bottom - place[1]


def _edges(thing: dict[str, Any], place: Place) -> Box:
    return _moved((thing["x0"], thing["top"], thing["x1"], thing["bottom"]), place)


def _glyphs(chars: Sequence[Character], height: float) -> Iterator[Glyph]:
    """Glyphs with the height that holds their ink: what fonts say of their own is often wrong."""
    ordinary = {_font_name(char.fontname) for char in chars if not char.pictured}
    for char in chars:
        text, font = _characters(char.get_text()), _font_name(char.fontname)
        # A glyph turned by a quarter is as wide as it is high when upright.
        size = char.size if abs(char.matrix[1]) <= abs(char.matrix[0]) else char.width
        x0, x1, top, bottom, base = char.x0, char.x1, height - char.y1, height - char.y0, height - char.y
        upright = _is_upright(char.matrix)
        # A face that is also there as pictures is one that the program made bold.
        bold = char.stroked or (char.pictured and font in ordinary) or _is_bold(font)
        color = _color(char.graphicstate.ncolor)
        step = (x1 - x0) / max(1, len(text))
        for index, letter in enumerate(text):
            if upright:
                depth = DEPTH_WIDE if is_wide(letter) else DEPTH_LATIN
                top, bottom = base - ASCENT * size, base + depth * size
            left = x0 + index * step
            yield Glyph(letter, left, top, left + step, bottom, base, size, font, bold, color, upright)


def _color(color: object) -> str:
    """A colour as the PDF gives it: one number for grey, three for red, green and blue, four for inks, or a name."""
    return str(color if isinstance(color, tuple) else (color,))


@cache
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


def _is_upright(matrix: Sequence[float]) -> bool:
    """Whether a text matrix neither turns nor mirrors; the rounding of programs that scale figures turns by a hair."""
    a, b, c, d = matrix[:4]
    return a > 0 and d > 0 and abs(b) <= TURN * a and abs(c) <= SLANT * d


@cache
def _font_name(name: object) -> str:
    """A font's name without the subset's prefix; Japanese ones may come as Shift JIS bytes, or as what Python shows for
    such bytes."""
    if isinstance(name, str) and re.fullmatch(r"b(['\"]).*\1", name):
        with contextlib.suppress(SyntaxError, ValueError):
            name = ast.literal_eval(name)
    text = name.decode("cp932", "replace") if isinstance(name, bytes) else str(name)
    return _SUBSET.sub("", text)


@cache
def _characters(text: str) -> str:
    """The characters of a glyph: ligatures taken apart, what is no character replaced."""
    if not text:
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
    seen: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    out = []
    for glyph in glyphs:
        if not glyph.text.isspace():
            row = round(glyph.base / 4)
            near = 0.12 * glyph.size
            if any(
                abs(o.x0 - glyph.x0) < near and abs(o.base - glyph.base) < near
                for at in (row - 1, row, row + 1)
                for o in seen.get((glyph.text, at), ())
            ):
                continue
            seen[glyph.text, row].append(glyph)
        out.append(glyph)
    return out


def _rules(page: Any, place: Place) -> Iterator[Rule]:
    for shape in [*page.lines, *page.rects, *_thin_curves(page)]:
        rule = Rule(*_edges(shape, place))
        if rule.bottom - rule.top < THIN or rule.x1 - rule.x0 < THIN:
            yield rule


def _shapes(page: Any, place: Place) -> tuple[list[Box], list[Box]]:
    """Boxes of what is drawn (rules aside), and of pictures."""
    drawn = [_edges(shape, place) for shape in [*page.rects, *page.curves]]
    return (
        [box for box in drawn if min(box[2] - box[0], box[3] - box[1]) >= THIN],
        [_edges(picture, place) for picture in page.images],
    )


def _small_shapes(page: Any, place: Place) -> Iterator[Shape]:
    """Everything drawn that may be a bullet."""
    for shape in page.rects:
        yield Shape(_edges(shape, place), False, bool(shape["fill"]))
    for shape in page.curves:
        yield Shape(_edges(shape, place), len(shape["pts"]) > BOX_POINTS, bool(shape["fill"]))


def _thin_curves(page: Any) -> Iterator[dict[str, Any]]:
    """Thin boxes that the PDF library takes for curves: rules as office programs draw them, corner by corner."""
    for curve in page.curves:
        x0, top, x1, bottom = (float(curve[name]) for name in ("x0", "top", "x1", "bottom"))
        if min(x1 - x0, bottom - top) < THIN and len(curve["pts"]) <= BOX_POINTS:
            yield curve


def _as_lines(curves: Iterable[dict[str, Any]], upright: bool) -> list[dict[str, Any]]:
    """Thin boxes as the lines in their middle, upright or level, in the form that the search for tables takes."""
    out = []
    for curve in curves:
        x0, top, x1, bottom = (float(curve[name]) for name in ("x0", "top", "x1", "bottom"))
        if upright and bottom - top > x1 - x0:
            x0 = x1 = (x0 + x1) / 2
        elif not upright and x1 - x0 >= bottom - top:
            top = bottom = (top + bottom) / 2
        else:
            continue
        out.append(
            {
                "object_type": "line",
                "x0": x0,
                "x1": x1,
                "top": top,
                "bottom": bottom,
                "width": x1 - x0,
                "height": bottom - top,
            }
        )
    return out


def _tables(page: Any, place: Place) -> tuple[list[TableArea], list[Box]]:
    """Ruled tables, and the frames around text: two columns or more, and two rows or one low one (the head of a table
    that goes on overleaf), make a table; a box is a frame.
    """
    frames = [box for box in (_edges(rect, place) for rect in page.rects) if _is_frame(box)]
    if len(page.lines) + len(page.rects) + len(page.curves) < 4:
        return [], frames
    thin = list(_thin_curves(page))
    how = {
        "vertical_strategy": "lines",
        "horizontal_strategy": "lines",
        "explicit_vertical_lines": _as_lines(thin, upright=True),
        "explicit_horizontal_lines": _as_lines(thin, upright=False),
    }
    tables = []
    for table in page.find_tables(how):
        rows = tuple(tuple(cell and _moved(cell, place) for cell in row.cells) for row in table.rows)
        x0, top, x1, bottom = _moved(table.bbox, place)
        columns = max(sum(cell is not None for cell in row) for row in rows)
        if columns >= 2 and (len(rows) >= 2 or bottom - top < LOW_ROW):
            tables.append(TableArea(x0, top, x1, bottom, rows))
        elif columns == 1:
            frames += [cell for row in rows for cell in row if cell and _is_frame(cell)]
    return tables, frames


def _is_frame(box: Box) -> bool:
    return box[2] - box[0] >= FRAME_WIDTH and box[3] - box[1] >= FRAME_HEIGHT
