"""The first page: every commentary, newest first, by year."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import groupby

from pipeline.report.site.frame import Site
from pipeline.vocabulary import CORE

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
WHERE label IN (?, ?, ?)
GROUP BY doc_id, entity_id
ORDER BY doc_id, uses DESC, min(mentions.rowid)
"""
LABELS = CORE
"""Labels of the names that stand beside a commentary."""
_SHOWN = 6
"""Names that stand beside a commentary, those named most."""


def write(site: Site) -> None:
    """Writes ``index.html``."""
    named: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in site.rows(_ENTITIES, *LABELS):
        if len(named[row["doc_id"]]) < _SHOWN:
            named[row["doc_id"]].append(row)
    documents = site.rows(_DOCUMENTS)
    years = [(year, list(rows)) for year, rows in groupby(documents, lambda row: (row["published"] or "")[:4])]
    site.page("index.html", "index.html", count=len(documents), years=years, named=named, labels=LABELS)
