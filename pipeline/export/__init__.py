"""Documents as tables and nested JSON, and the tables in every other form that people load.

Rows, text and bytes are given; who writes them is not said here, except for the forms that only a library can write.
"""

from pipeline.export.bibliography import Origin
from pipeline.export.bibtex import bibtex
from pipeline.export.changes import WATCHED, changes
from pipeline.export.csl import csl_json
from pipeline.export.csvfile import header as csv_header
from pipeline.export.csvfile import lines as csv_lines
from pipeline.export.forms import FOLDERS, SPACY, spacy_file, write_book, write_forms
from pipeline.export.json import nested as nested_json
from pipeline.export.overall import Overall
from pipeline.export.rows import Row, Rows, document_rows, status, unread_rows
from pipeline.export.tables import NAMES, TABLES

__all__ = [
    "FOLDERS",
    "NAMES",
    "SPACY",
    "TABLES",
    "WATCHED",
    "Origin",
    "Overall",
    "Row",
    "Rows",
    "bibtex",
    "changes",
    "csl_json",
    "csv_header",
    "csv_lines",
    "document_rows",
    "nested_json",
    "spacy_file",
    "status",
    "unread_rows",
    "write_book",
    "write_forms",
]
