"""Resolving: notes -> citations; mentions -> meetings, ministers, initiatives, relations."""

from pipeline.document import Document
from pipeline.resolve.citations import cite
from pipeline.resolve.facts import add_facts

__all__ = ["resolve"]


def resolve(document: Document) -> Document:
    """The document with its citations, from notes and lists of references, and its facts made anew."""
    return add_facts(cite(document))
