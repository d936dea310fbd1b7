"""The first page: every commentary, newest first."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from pipeline.report.site.frame import Site

_DOCUMENTS = """
SELECT doc_id, series, number, title, subtitle, published, language, pages, source_file, status,
  (SELECT group_concat(name, '、') FROM (
    SELECT name FROM authors WHERE authors.doc_id = documents.doc_id ORDER BY position)) AS authors,
  (SELECT count(*) FROM footnotes WHERE footnotes.doc_id = documents.doc_id) AS notes,
  (SELECT count(*) FROM problems WHERE problems.doc_id = documents.doc_id) AS problems
FROM documents
WHERE status != 'duplicate'
ORDER BY published IS NULL, published DESC, CAST(number AS INTEGER) DESC, doc_id
"""
_ENTITIES = """
SELECT doc_id, entity_id, name, label, count(*) AS uses
FROM mentions JOIN entities USING (entity_id, label)
WHERE label IN ('MEETING', 'MINISTER', 'INITIATIVE')
GROUP BY doc_id, entity_id
ORDER BY doc_id, uses DESC, min(mentions.rowid)
"""
_SHOWN = 6
"""Names that stand beside a commentary."""


def write(site: Site) -> None:
    """Writes ``index.html``."""
    named: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in site.rows(_ENTITIES):
        if len(named[row["doc_id"]]) < _SHOWN:
            named[row["doc_id"]].append(row)
    site.page("index.html", "index.html", documents=site.rows(_DOCUMENTS), named=named)
