"""Folders of results made of documents by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corrections import Book
from pipeline.document import Document
from pipeline.limits import Limits
from pipeline.pictures import Pictures
from pipeline.publish import Look, Publisher

Publish = Callable[..., Path]
"""Writes everything of some documents and gives the folder of results."""


def publish_into(output: Path, *documents: Document, code: str = "code") -> Path:
    """Writes into the same folder again, as a run after another does; ``code`` stands for what makes the pages."""
    made_with = {document.doc_id: str(document) for document in documents}
    look = Look(code, Pictures(output / "none", Limits()))
    Publisher(output, {}, str(documents)).publish(documents, made_with, output / "none", {}, Book([]), look)
    return output


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Each call writes a folder of its own."""
    made = iter(range(100))

    def write(*documents: Document) -> Path:
        return publish_into(tmp_path / f"output{next(made)}", *documents)

    return write
