"""Documents as tables, nested JSON and a data package. Gives text and bytes; who writes them is not said here."""

from pipeline.export.bibliography import Origin
from pipeline.export.bibtex import bibtex
from pipeline.export.changes import WATCHED, changes
from pipeline.export.csl import csl_json
from pipeline.export.csvfile import header as csv_header
from pipeline.export.csvfile import lines as csv_lines
from pipeline.export.json import nested as nested_json
from pipeline.export.overall import Overall, Summary
from pipeline.export.package import data_package
from pipeline.export.rows import Row, Rows, status
from pipeline.export.tables import NAMES, TABLES, Table

__all__ = [
    "NAMES",
    "TABLES",
    "WATCHED",
    "Origin",
    "Overall",
    "Row",
    "Rows",
    "Summary",
    "Table",
    "bibtex",
    "changes",
    "csl_json",
    "csv_header",
    "csv_lines",
    "data_package",
    "nested_json",
    "status",
]
