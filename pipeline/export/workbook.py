"""The tables as an Excel workbook: a sheet a table, cells typed, nothing that Excel would run.

xlsxwriter makes the workbook; the rows of a table come to it as XML from `pipeline.export.cells`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from pipeline.export.cells import Row, Styles
from pipeline.export.readback import fields_of
from pipeline.export.tables import BY_NAME, TABLES

ROWS = 1_048_575
"""Rows that fit on a sheet under the header (Excel's limit is 1,048,576); a longer table goes on on another sheet."""
_WIDTHS = {"text": 60, "sentence": 60, "title": 45, "cite_as": 60, "url": 40, "message": 60, "meaning": 70}
_WIDTH = {"integer": 9, "number": 10, "date": 12}
_BATCH = 200
"""Rows written at once."""
_CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same tables give the same bytes."""


def write_workbook(folder: Path, path: Path) -> None:
    """Writes the tables of a folder as a workbook. The same tables give the same bytes.

    Whole numbers, numbers and full dates are numbers and dates, all else is text; dates of a month or a year are text.
    Rows stream through: memory does not grow with the tables. Raises OSError where the file cannot be written.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": path.parent}
    book = xlsxwriter.Workbook(path, options)
    book.set_properties({"title": "Commentaries as tables", "created": _CREATED})
    formats = _formats(book)
    styles = Styles(**{name: made._get_xf_index() for name, made in formats.items()})
    sources = _source_files(folder)
    _meanings(book, formats)
    for table in TABLES:
        rows = fields_of(folder, table)
        number = 1
        while _sheet(book, formats["head"], Row(table, styles, sources), rows, number):
            number += 1
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes whole rows as XML: xlsxwriter's own way, cell by cell, takes four times as long."""

    def put_rows(self, cells: list[str], first: int) -> None:
        """Writes the cells of rows behind those written; ``first`` counts from 0, the header being 0."""
        last = first + len(cells) - 1
        self._write_single_row(last)
        self.dim_rowmax = last
        rows = (f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, first + 1))
        self.fh.write("".join(rows))

    def put_link(self, at: int, place: int, address: str) -> None:
        """Makes a cell of a row that is not written yet lead to an address; what it shows is said with its row."""
        self.ignore_write_string = True
        self.write_url(at, place, _url(address))
        self.ignore_write_string = False


@lru_cache(4096)
def _url(address: str) -> Url:
    """An address as xlsxwriter has it; many cells lead to the same page."""
    return Url(address)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Formats of cells, by the names of `Styles`."""
    font = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
    return {
        "head": book.add_format({**font, "bold": True, "bg_color": "#E8E8E8", "bottom": 1}),
        "plain": book.add_format(font),
        "inert": book.add_format({**font, "quote_prefix": True}),
        "date": book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"}),
        "points": book.add_format({**font, "num_format": "0.00"}),
        "link": book.add_format({**font, "font_color": "#0563C1", "underline": 1}),
    }


def _source_files(folder: Path) -> dict[str, str]:
    documents = BY_NAME["documents"]
    at = {column.name: place for place, column in enumerate(documents.columns)}
    return {row[at["doc_id"]]: row[at["source_file"]] for row in fields_of(folder, documents)}


def _meanings(book: xlsxwriter.Workbook, formats: dict[str, Format]) -> None:
    """The first sheet: what every column of every other sheet means."""
    sheet = book.add_worksheet("about")
    _head(sheet, formats["head"], ("sheet", "column", "type", "meaning"), (16, 18, 9, 70))
    at = 0
    for table in TABLES:
        for column in table.columns:
            at += 1
            for place, text in enumerate((table.name, column.name, column.type, column.meaning)):
                sheet.write_string(at, place, text, formats["plain"])
    sheet.autofilter(0, 0, at, 3)


def _sheet(book: xlsxwriter.Workbook, head: Format, row: Row, rows: Iterator[list[str]], number: int) -> bool:
    """Writes as many rows as fit on one sheet; says whether it is full."""
    table = row.table
    sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} ({number})", _Sheet)
    names = tuple(column.name for column in table.columns)
    widths = tuple(_WIDTHS.get(column.name, _WIDTH.get(column.type, 18)) for column in table.columns)
    _head(sheet, head, names, widths)
    at = 0
    while at < ROWS and (found := list(islice(rows, min(_BATCH, ROWS - at)))):
        written = [row.write(number, fields) for number, fields in enumerate(found, at + 2)]
        for below, (_, links) in enumerate(written, at + 1):
            for place, address in links:
                sheet.put_link(below, place, address)
        sheet.put_rows([cells for cells, _ in written], at + 1)
        at += len(found)
    sheet.autofilter(0, 0, max(at, 1), len(names) - 1)
    return at == ROWS


def _head(sheet: Worksheet, style: Format, names: tuple[str, ...], widths: tuple[int, ...]) -> None:
    sheet.freeze_panes(1, 0)
    # Numbers of notes and editions are text (they may be symbols); Excel need not mark each of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, style)
