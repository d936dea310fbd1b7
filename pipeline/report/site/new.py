"""The page of what is new or gone since the tables were last written."""

from __future__ import annotations

from pipeline.report.site.frame import NO_PAGE, Site
from pipeline.report.site.kinds import KINDS, kind_href
from pipeline.report.site.where import apart, titled

_DOCUMENTS = """
SELECT changes.change, changes.id, changes.name, documents.published, documents.status
FROM changes LEFT JOIN documents ON documents.doc_id = changes.id
WHERE changes."table" = 'documents' ORDER BY changes.rowid
"""
_ENTITIES = """
SELECT changes.change, changes.id, changes.name, entities.label, entities.documents
FROM changes LEFT JOIN entities ON entities.entity_id = changes.id
WHERE changes."table" = 'entities' ORDER BY entities.documents DESC, entities.mentions DESC, changes.rowid
"""
_WORKS = """
SELECT changes.change, changes.id, changes.name, works.authors, works.container, works.date, works.url, works.title
FROM changes LEFT JOIN works ON works.work_id = changes.id
WHERE changes."table" = 'works' ORDER BY changes.rowid
"""
_PROBLEMS = """
SELECT changes.change, changes.id, changes.name, documents.status
FROM changes LEFT JOIN documents ON documents.doc_id = changes.id
WHERE changes."table" = 'problems' ORDER BY changes.rowid
"""


def write(site: Site) -> None:
    """Writes ``new.html``. Of a first run, in which all is new, it gives numbers alone."""
    changed = {
        "documents": site.rows(_DOCUMENTS),
        "entities": [row for row in site.rows(_ENTITIES) if _label(row["id"]) not in NO_PAGE],
        "works": site.rows(_WORKS),
        "problems": site.rows(_PROBLEMS),
    }
    came = {table: [row for row in rows if row["change"] == "new"] for table, rows in changed.items()}
    gone = {table: [row for row in rows if row["change"] == "gone"] for table, rows in changed.items()}
    kinds = {kind: [row for row in came["entities"] if row["label"] == kind] for kind in KINDS}
    (documents,) = site.rows("SELECT count(*) FROM documents")[0]
    site.page(
        "new.html",
        "new.html",
        first=not any(gone.values()) and len(came["documents"]) == documents > 0,
        came=came,
        kinds={kind: rows for kind, rows in kinds.items() if rows},
        gone={table: rows for table, rows in gone.items() if rows},
        kind_href=kind_href,
        titled=titled,
        apart=apart,
    )


def _label(entity_id: str) -> str:
    return entity_id.partition(":")[0].upper()
