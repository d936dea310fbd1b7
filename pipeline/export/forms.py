"""Every form of the tables besides CSV and JSON, made from the written tables: what a folder of results holds.

The libraries are imported where they are used, because commands that write no tables must not wait for them.
"""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.document import Document
from pipeline.export.package import data_package
from pipeline.export.schema import document_schema

DATABASE = "nids.sqlite"
WORKBOOK = "nids.xlsx"
NETWORK = "network.graphml"
METADATA = "metadata.json"
SCHEMA = "schema/document.schema.json"
PARQUET = "parquet"
SPACY = "spacy"
FOLDERS = ("json", "schema", PARQUET, SPACY)
"""Folders that stand in a folder of results."""


def write_forms(folder: Path) -> None:
    """Writes all forms beside the tables of a folder, in which `FOLDERS` must be there.

    The tables stream through, so memory does not grow with the documents. Raises OSError where something cannot be
    written.
    """
    import sqlite3  # noqa: PLC0415

    import duckdb  # noqa: PLC0415

    from pipeline.export.database import datasette_metadata, write_database  # noqa: PLC0415
    from pipeline.export.network import write_network  # noqa: PLC0415
    from pipeline.export.parquet import write_parquet  # noqa: PLC0415
    from pipeline.export.workbook import write_workbook  # noqa: PLC0415

    (folder / "datapackage.json").write_bytes(data_package())
    (folder / SCHEMA).write_bytes(document_schema())
    (folder / METADATA).write_text(json.dumps(datasette_metadata(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    try:
        write_database(folder, folder / DATABASE)
        write_network(folder / DATABASE, folder / NETWORK)
        write_parquet(folder, folder / PARQUET)
    except (sqlite3.OperationalError, duckdb.IOException) as error:
        raise OSError(str(error)) from error
    write_workbook(folder, folder / WORKBOOK)


def spacy_file(document: Document) -> bytes:
    """A document as the bytes of a ``.spacy`` file."""
    from pipeline.export.docbin import doc_bin  # noqa: PLC0415

    return doc_bin(document)
