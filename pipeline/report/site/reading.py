"""The reading page of each commentary."""

from __future__ import annotations

from pipeline.report.site.frame import Site

_DOCUMENTS = "SELECT * FROM documents WHERE status NOT IN ('duplicate', 'failed') ORDER BY rowid"
_BLOCKS = "SELECT block_id, kind, level, text FROM blocks WHERE doc_id = ? ORDER BY place"
_PROBLEMS = "SELECT page, severity, message FROM problems WHERE doc_id = ? ORDER BY rowid"


def write(site: Site) -> None:
    """Writes ``commentaries/DOC_ID.html`` for each document that was read."""
    for document in site.rows(_DOCUMENTS):
        doc_id = document["doc_id"]
        site.page(
            f"commentaries/{doc_id}.html",
            "reading.html",
            document=document,
            blocks=site.rows(_BLOCKS, doc_id),
            problems=site.rows(_PROBLEMS, doc_id),
        )
