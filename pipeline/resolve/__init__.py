"""Resolving: notes -> citations. Further layers (back references, meetings, relations) join here."""

from dataclasses import replace

from pipeline.document import Document
from pipeline.resolve.citations import cite

__all__ = ["resolve"]


def resolve(document: Document) -> Document:
    """The document with `Document.citations` made anew from its notes."""
    return replace(document, citations=cite(document))
