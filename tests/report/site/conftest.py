"""Folders of results made of documents by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corrections import Book
from pipeline.document import Document
from pipeline.publish import Publisher

Publish = Callable[..., Path]
"""Writes everything of some documents and gives the folder of results."""


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Each call writes a folder of its own."""
    made = iter(range(100))

    def write(*documents: Document) -> Path:
        output = tmp_path / f"output{next(made)}"
        Publisher(output, {}, "key").publish(
            ((d, d.doc_id) for d in documents), tmp_path / "none", {}, Book([]), "look"
        )
        return output

    return write
