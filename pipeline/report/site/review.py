"""What a reader can mark right or wrong, and what a correction of it says: a script beside each reading page.

The page writes marks as `[[correction]]` tables, whose forms `pipeline.corrections.forms` checks when they are applied.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pipeline.report.site.frame import Site, anchor

CONTEXT = 20
"""Characters before and after the words by which a correction finds its place."""
FACTS = {
    "meetings": ("entity_id", ("name", "edition", "start_date", "end_date", "city", "country", "mode")),
    "ministers": ("entity_id", ("name", "office", "country", "status")),
    "initiatives": ("entity_id", ("name", "abbreviation", "year")),
    "relations": ("subject_id", ("predicate", "object_id", "edition", "date")),
}
"""Of each table of facts, whom its rows are about, and the columns that tell one of them from another."""
FIELDS = ("title", "authors", "container", "publisher", "date", "pages", "url")
"""Fields of a citation that can be set in the page."""
_DOCUMENTS = "SELECT doc_id, sha256, source_file FROM documents WHERE status NOT IN ('duplicate', 'failed')"


def write(site: Site) -> None:
    """Writes ``commentaries/DOC_ID.review.js`` for each document that was read."""
    for doc_id, sha256, source_file in site.rows(_DOCUMENTS):
        path = f"commentaries/{doc_id}.review.js"
        if site.again((path,), doc_id):
            continue
        texts = {row["block_id"]: row["text"] for row in site.rows("SELECT * FROM blocks WHERE doc_id = ?", doc_id)}
        entries = {anchor(doc_id, own_id): entry for own_id, entry in _entries(site, doc_id, texts)}
        value = {"pdf": sha256, "file": source_file, "of": entries}
        site.data(path, "NIDS_REVIEW", value)


def _entries(site: Site, doc_id: str, texts: dict[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    def rows(table: str) -> list[sqlite3.Row]:
        return site.rows(f"SELECT * FROM {table} WHERE doc_id = ?", doc_id)  # noqa: S608 - our own names

    for row in rows("mentions"):
        place = _place(texts, row["block_id"], row["start"], row["end"])
        yield row["mention_id"], {"what": "mention", "place": place, "label": row["label"]}
    for row in rows("citations"):
        place = _place(texts, row["block_id"], row["start"], row["end"])
        fields = {name: row[name] or "" for name in FIELDS}
        yield row["citation_id"], {"what": "citation", "place": place, "fields": fields}
    for table, (subject, columns) in FACTS.items():
        for row in rows(table):
            place = _place(texts, row["block_id"], row["sentence_start"], row["sentence_end"])
            was = {name.removesuffix("_id"): row[name] for name in columns if row[name]}
            yield row["row_id"], {"what": "fact", "place": place, "table": table, "entity": row[subject], "was": was}


def _place(texts: dict[str, str], block_id: str, start: int, end: int) -> dict[str, str]:
    text = texts.get(block_id, "")
    return {
        "quote": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }
