"""Resolving: notes -> citations. Further layers (meetings, relations) join here."""

from pipeline.document import Document
from pipeline.resolve.citations import cite

__all__ = ["resolve"]


def resolve(document: Document) -> Document:
    """The document with `Document.citations` made anew from its notes and lists of references."""
    return cite(document)
