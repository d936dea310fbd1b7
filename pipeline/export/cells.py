"""Rows of a workbook as XML (ECMA-376, 18.3.1): cells typed, texts inert, the links of their cells beside them.

A large collection has millions of cells, so what is the same for a column is settled once for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from pipeline.export.tables import Column, Table

RAW = "../raw/"
"""Where the PDFs stand, seen from the workbook. A fixed name, so that the same PDFs give the same bytes anywhere."""
CHARACTERS = 32_767
"""Characters that Excel lets a cell hold, counted as UTF-16 does."""
CUT = "…（続きはCSV）"
"""What ends a text that is longer than a cell may be."""
LINKS = 65_530
"""Links that Excel lets a sheet hold."""
_LINK_CHARACTERS = 2_079
"""Characters that Excel lets an address have."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a formula of a cell that is typed in anew."""
_SPECIAL = re.compile(r"[&<>_\s\x00-\x1f\ufffe\uffff]")
"""What a text holds that may not stand in XML as it is."""
_special = _SPECIAL.search
_SURELY_FITS = CHARACTERS // 2
"""Characters that are no more than `CHARACTERS` in UTF-16, whatever they are."""
_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_DAY = re.compile(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d")
_EPOCH = date(1899, 12, 30).toordinal()
"""Excel's day 0, for dates from March 1900 on."""
_MARCH = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of the workbook's formats of cells."""

    head: int
    plain: int
    inert: int
    date: int
    points: int
    link: int


Writer = Callable[[int, str], str]
"""Makes a cell of the number of its row, from 1, and its text in the CSV file."""


class Row:
    """Writes the rows of one sheet of a table. ``sources`` holds the file of each document."""

    def __init__(self, table: Table, styles: Styles, sources: Mapping[str, str]) -> None:
        self.table = table
        self._sources = sources
        self._writers = [_writer(column, xl_col_to_name(at), styles) for at, column in enumerate(table.columns)]
        linked = replace(styles, plain=styles.link, inert=styles.link)
        self._linked = [
            (place, column, _writer(column, xl_col_to_name(place), linked))
            for place, column in enumerate(table.columns)
            # Lines of boxes are too many to lead anywhere, and follow what they are lines of.
            if column.name in _ADDRESSES or (column.name in _PAGES and table.name != "boxes")
        ]
        self._document = next((i for i, column in enumerate(table.columns) if column.name == "doc_id"), None)
        self._links = 0

    def write(self, at: int, fields: list[str]) -> tuple[str, list[tuple[int, str]]]:
        """The cells of a row of the CSV file, and which columns lead to which addresses; ``at`` counts from 1."""
        cells = [write(at, text) if text else "" for write, text in zip(self._writers, fields, strict=True)]
        links = []
        for place, column, link in self._linked:
            address = self._address(column, fields, fields[place]) if fields[place] else ""
            if address and len(address) <= _LINK_CHARACTERS and self._links < LINKS:
                self._links += 1
                links.append((place, address))
                cells[place] = link(at, fields[place])
        return "".join(cells), links

    def _address(self, column: Column, fields: list[str], text: str) -> str:
        if column.name in _PAGES:
            source = self._sources.get(fields[self._document]) if self._document is not None else None
            # Readers of PDFs open the page there.
            return f"{_file(source)}#page={text}" if source else ""
        return _ADDRESSES[column.name](text)


def _writer(column: Column, letter: str, styles: Styles) -> Writer:
    """What makes the cells of a column, which stands under this letter."""

    before = f'<c r="{letter}'

    def numbers(style: int, read: Callable[[str], object] = str) -> Writer:
        # A CSV file writes a number as XML does.
        after = f'" s="{style}"><v>'
        return lambda at, text: f"{before}{at}{after}{read(text)}</v></c>"

    plain, inert = (f'" s="{style}" t="inlineStr"><is><t' for style in (styles.plain, styles.inert))

    def texts(at: int, text: str) -> str:
        style = inert if text[0] in _FORMULA else plain
        if len(text) > _SURELY_FITS:
            text = _cut(text)
        shown = _escaped(text) if _special(text) else f">{text}"
        return f"{before}{at}{style}{shown}</t></is></c>"

    match column.type:
        case "integer":
            return numbers(styles.plain)
        case "number":
            return numbers(styles.points)
        case "date":
            dates = numbers(styles.date, _day)
            return lambda at, text: dates(at, text) if _day(text) else texts(at, text)
    return texts


def _file(source: str) -> str:
    # Excel itself takes Japanese letters in a relative address, and # and % only when escaped.
    return "external:" + RAW + source.replace("%", "%25").replace("#", "%23")


_PAGES = ("page", "page_start")
_ADDRESSES: dict[str, Callable[[str], str]] = {
    "url": lambda text: text if re.match(r"https?://[!-~]+$", text) else "",
    "source_file": _file,
    "doi": lambda text: f"https://doi.org/{quote(text)}",
}
"""What the columns lead to whose cells say it themselves."""


def _escaped(text: str) -> str:
    """A text as Excel wants it behind ``<t``: what XML cannot hold is _xHHHH_, and so a text that looks like that."""
    space = ">" if text == text.strip() else ' xml:space="preserve">'
    text = _ESCAPE.sub("_x005F_", text)
    return space + escape(_ILLEGAL.sub(lambda found: f"_x{ord(found.group()):04X}_", text))


def _cut(text: str) -> str:
    """A text that fits into a cell."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * CHARACTERS:
        return text
    return data[: 2 * (CHARACTERS - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


@lru_cache(maxsize=4096)
def _day(text: str) -> int:
    """A full date as Excel's number of its day; 0 where it is less precise, or older than Excel counts."""
    day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    return day.toordinal() - _EPOCH if day and day >= _MARCH else 0
