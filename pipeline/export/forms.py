"""Every form of the tables besides CSV and JSON, made from the written tables: what a folder of results holds.

The libraries are imported where they are used, because commands that write no tables must not wait for them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import msgspec

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
    """Writes all forms but the workbook beside the tables of a folder, in which `FOLDERS` must be there.

    The tables stream through, so memory does not grow with the documents. Raises OSError where something cannot be
    written.
    """
    import sqlite3  # noqa: PLC0415

    import duckdb  # noqa: PLC0415

    from pipeline.export.database import datasette_metadata, write_database  # noqa: PLC0415
    from pipeline.export.network import write_network  # noqa: PLC0415
    from pipeline.export.parquet import write_parquet  # noqa: PLC0415

    (folder / "datapackage.json").write_bytes(data_package())
    (folder / SCHEMA).write_bytes(document_schema())
    (folder / METADATA).write_text(json.dumps(datasette_metadata(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    try:
        write_database(folder, folder / DATABASE)
        write_network(folder / DATABASE, folder / NETWORK)
        write_parquet(folder, folder / PARQUET)
    except (sqlite3.OperationalError, duckdb.IOException) as error:
        raise OSError(str(error)) from error


def write_book(folder: Path) -> None:
    """Writes the workbook beside the tables of a folder. Raises OSError where it cannot be written."""
    from pipeline.export.workbook import write_workbook  # noqa: PLC0415

    write_workbook(folder, folder / WORKBOOK)


def spacy_file(document: Document, before: bytes | None = None) -> bytes:
    """A document as the bytes of a ``.spacy`` file; ``before``, an earlier one, where that says the same.

    Cutting text into words takes longer than all else that is written of a document.
    """
    made_from = _made_from(document)
    if before is not None and _said(before) == made_from:
        return before
    from pipeline.export.docbin import doc_bin  # noqa: PLC0415

    return doc_bin(document, made_from)


def _made_from(document: Document) -> str:
    """A key of all that a ``.spacy`` file hangs on."""
    shown = [(block.block_id, block.kind, block.text) for block in document.blocks]
    front = (document.doc_id, document.front.language, document.front.title)
    facts = msgspec.json.encode((front, shown, document.sentences, document.mentions))
    return hashlib.sha256(_maker() + facts).hexdigest()


@cache
def _maker() -> bytes:
    """What makes the files: our code and the versions of what cuts words."""
    packages = ("spacy", "SudachiPy", "SudachiDict-core")
    code = files("pipeline.export").joinpath("docbin.py").read_bytes()
    return code + " ".join(map(version, packages)).encode()


def _said(before: bytes) -> str:
    """The key that a ``.spacy`` file holds, empty if it is none or cut."""
    try:
        bin_ = msgspec.msgpack.decode(zlib.decompress(before))
        return str(msgspec.msgpack.decode(bin_["user_data"][0])["made_from"])
    except (zlib.error, msgspec.MsgspecError, LookupError, TypeError):
        return ""
