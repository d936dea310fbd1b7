"""The tables as an Excel workbook: a sheet a table, cells typed, nothing that Excel would run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.export.readback import typed_rows
from pipeline.export.rows import Value
from pipeline.export.tables import TABLES, Column, Table

RAW = "../raw/"
"""Where the PDFs stand, seen from the workbook. A fixed name, so that the same PDFs give the same bytes anywhere."""
ROWS = 1_048_575
"""Rows that fit on a sheet under the header (Excel's limit is 1,048,576); a longer table goes on on another sheet."""
CHARACTERS = 32_767
"""Characters that Excel lets a cell hold."""
CUT = "…（続きはCSV）"
"""What ends a text that is longer than a cell may be."""
LINKS = 65_530
"""Links that Excel lets a sheet hold."""
_LINK_CHARACTERS = 2_079
"""Characters that Excel lets an address have."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a formula of a cell that is typed in anew."""
_WIDTHS = {"text": 60, "sentence": 60, "title": 45, "cite_as": 60, "url": 40, "message": 60, "meaning": 70}
_WIDTH = {"integer": 9, "number": 10, "date": 12}
_DAY = re.compile(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d")
_CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same tables give the same bytes."""


def write_workbook(folder: Path, path: Path) -> None:
    """Writes the tables of a folder as a workbook. The same tables give the same bytes.

    Whole numbers, numbers and full dates are numbers and dates, all else is text; dates of a month or a year are text.
    Rows stream through: memory does not grow with the tables. Raises OSError where the file cannot be written.
    """
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": path.parent}
    )
    book.set_properties({"title": "Commentaries as tables", "created": _CREATED})
    styles = _Styles(book)
    sources = _source_files(folder)
    _meanings(book, styles)
    for table in TABLES:
        rows = typed_rows(folder, table)
        number = 1
        while _sheet(book, styles, table, rows, sources, number):
            number += 1
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


class _Styles:
    """Formats of cells."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
        self.plain: Format = book.add_format(font)
        self.inert: Format = book.add_format({**font, "quote_prefix": True})
        self.head: Format = book.add_format({**font, "bold": True, "bg_color": "#E8E8E8", "bottom": 1})
        self.date: Format = book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"})
        self.points: Format = book.add_format({**font, "num_format": "0.00"})
        self.link: Format = book.add_format({**font, "font_color": "#0563C1", "underline": 1})


def _source_files(folder: Path) -> dict[str, str]:
    documents = next(table for table in TABLES if table.name == "documents")
    at = {column.name: place for place, column in enumerate(documents.columns)}
    return {str(row[at["doc_id"]]): str(row[at["source_file"]]) for row in typed_rows(folder, documents)}


def _meanings(book: xlsxwriter.Workbook, styles: _Styles) -> None:
    """The first sheet: what every column of every other sheet means."""
    sheet = book.add_worksheet("about")
    _head(sheet, styles, ("sheet", "column", "type", "meaning"), (16, 18, 9, 70))
    at = 0
    for table in TABLES:
        for column in table.columns:
            at += 1
            for place, text in enumerate((table.name, column.name, column.type, column.meaning)):
                sheet.write_string(at, place, text, styles.plain)
    sheet.autofilter(0, 0, at, 3)


def _sheet(
    book: xlsxwriter.Workbook,
    styles: _Styles,
    table: Table,
    rows: Iterator[tuple[Value, ...]],
    sources: dict[str, str],
    number: int,
) -> bool:
    """Writes as many rows as fit on one sheet; says whether it is full."""
    sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} ({number})")
    names = tuple(column.name for column in table.columns)
    widths = tuple(_WIDTHS.get(column.name, _WIDTH.get(column.type, 18)) for column in table.columns)
    _head(sheet, styles, names, widths)
    cells = _Cells(sheet, styles, table, sources)
    at = 0
    while at < ROWS:
        row = next(rows, None)
        if row is None:
            break
        at += 1
        cells.write(at, row)
    sheet.autofilter(0, 0, max(at, 1), len(names) - 1)
    return at == ROWS


def _head(sheet: Worksheet, styles: _Styles, names: tuple[str, ...], widths: tuple[int, ...]) -> None:
    sheet.freeze_panes(1, 0)
    # Numbers of notes and editions are text (they may be symbols); Excel need not mark each of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, styles.head)


class _Cells:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: Worksheet, styles: _Styles, table: Table, sources: dict[str, str]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._columns = table.columns
        self._at = {column.name: place for place, column in enumerate(table.columns)}
        self._sources = sources
        # Lines of boxes are too many to lead anywhere, and follow what they are lines of.
        self._paged = () if table.name == "boxes" else ("page", "page_start")
        self._links = 0

    def write(self, at: int, row: tuple[Value, ...]) -> None:
        """Writes a row; ``at`` counts from 0, the header being 0."""
        for place, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            text = LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value
            if text is None or text == "":
                continue
            if isinstance(text, (int, float)):
                link = self._page_of(row, text) if column.name in self._paged else ""
                self._number(at, place, text, link)
            elif column.type == "date" and (day := _day(text)):
                self._sheet.write_datetime(at, place, day, self._styles.date)
            else:
                self._text(at, place, column, text)

    def _number(self, at: int, place: int, value: float, link: str) -> None:
        style = self._styles.points if isinstance(value, float) else self._styles.plain
        if link and self._free(link):
            self._sheet.write_url(at, place, link, self._styles.link, string="")
            style = self._styles.link
        self._sheet.write_number(at, place, value, style)

    def _text(self, at: int, place: int, column: Column, text: str) -> None:
        shown = text if len(text) <= CHARACTERS else text[: CHARACTERS - len(CUT)] + CUT
        link = self._address(column, text)
        if link and self._free(link):
            self._sheet.write_url(at, place, link, self._styles.link, string=shown)
        else:
            style = self._styles.inert if shown.startswith(_FORMULA) else self._styles.plain
            self._sheet.write_string(at, place, shown, style)

    def _address(self, column: Column, text: str) -> str:
        if column.name == "url" and re.match(r"https?://[!-~]+$", text):
            return text
        if column.name == "source_file":
            return _file(text)
        return f"https://doi.org/{quote(text)}" if column.name == "doi" else ""

    def _page_of(self, row: tuple[Value, ...], page: float) -> str:
        """The place of a page in its PDF; readers of PDFs open ``#page=3`` there."""
        source = self._sources.get(str(row[self._at["doc_id"]])) if "doc_id" in self._at else None
        return f"{_file(source)}#page={page}" if source else ""

    def _free(self, link: str) -> bool:
        """Whether the sheet can hold one more link of this length; counts it."""
        if self._links >= LINKS or len(link) > _LINK_CHARACTERS:
            return False
        self._links += 1
        return True


def _file(source: str) -> str:
    # Excel itself takes Japanese letters in a relative address, and # and % only when escaped.
    return "external:" + RAW + source.replace("%", "%25").replace("#", "%23")


def _day(text: str) -> date | None:
    """A full date as a date; None where it is less precise, or older than Excel counts."""
    return date.fromisoformat(text) if _DAY.fullmatch(text) else None
