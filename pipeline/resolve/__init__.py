"""Resolving: notes -> citations; mentions -> meetings, ministers, initiatives, relations."""

from dataclasses import replace

from pipeline.document import Document
from pipeline.resolve.citations import cite
from pipeline.resolve.facts import add_facts

__all__ = ["resolve"]


def resolve(document: Document) -> Document:
    """The document with its citations and facts made anew."""
    return add_facts(replace(document, citations=cite(document)))
