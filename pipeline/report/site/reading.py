"""The reading page of each commentary: its text with everything known about it, beside the pictures of its pages.

`passages` makes the text and `evidence` what is said about it; here the tables are read, and all is put on a page.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields

from pipeline.report.site import evidence
from pipeline.report.site.frame import Site, anchor, entity_href, label_names, words
from pipeline.report.site.passages import Passages, Rows, trouble
from pipeline.vocabulary import CORE

_DOCUMENTS = """
SELECT * FROM documents WHERE status NOT IN ('duplicate', 'failed')
ORDER BY published IS NULL, published, CAST(number AS INTEGER), doc_id
"""
_MENTIONS = """
SELECT mentions.*, entities.name AS name FROM mentions LEFT JOIN entities USING (entity_id)
WHERE doc_id = ? ORDER BY mentions.rowid
"""
_NAMES = """
SELECT entity_id, name FROM entities WHERE entity_id IN (
  SELECT entity_id FROM mentions WHERE doc_id = ?1 UNION SELECT subject_id FROM relations WHERE doc_id = ?1
  UNION SELECT object_id FROM relations WHERE doc_id = ?1)
ORDER BY entity_id
"""
_ORDER = {"blocks": "place"}
SHOWN = CORE
"""Labels of the names that are marked until the reader chooses others."""
_DECIMALS = 1
"""Decimal places of points in the data of a page; a tenth of a point cannot be seen."""


def write(site: Site) -> None:
    """Writes ``commentaries/DOC_ID.html`` and ``.js`` for each document that was read."""
    documents = site.rows(_DOCUMENTS)
    for at, document in enumerate(documents):
        _write(site, document, documents[at - 1] if at else None, next(iter(documents[at + 1 : at + 2]), None))


def _write(site: Site, document: sqlite3.Row, before: sqlite3.Row | None, after: sqlite3.Row | None) -> None:
    doc_id = document["doc_id"]
    page, script = f"commentaries/{doc_id}.html", f"commentaries/{doc_id}.js"
    elsewhere = evidence.elsewhere(site, doc_id)
    if site.again((page, script), doc_id, (before, after, elsewhere, site.rows(_NAMES, doc_id))):
        return

    def of(table: str) -> list[sqlite3.Row]:
        if table == "mentions":
            return site.rows(_MENTIONS, doc_id)
        order = _ORDER.get(table, "rowid")
        return site.rows(f"SELECT * FROM {table} WHERE doc_id = ? ORDER BY {order}", doc_id)  # noqa: S608 - our own names

    rows = Rows(*(of(field.name) for field in fields(Rows)))
    pages, problems = of("pages"), of("problems")
    labels = {row["page"]: row["page_label"] or str(row["page"]) for row in pages}
    troubles: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(problems, 1):
        about = anchor(doc_id, row["about"]) if row["about"] else f"page-{row['page']}" if row["page"] else ""
        troubles[about].append(number)
    passages = Passages(doc_id, rows, labels, troubles)
    sources = evidence.Sources(doc_id, rows.citations, elsewhere)
    printed = {row["block_id"]: labels.get(row["page_start"], "") for row in rows.blocks}
    printed |= {row["sentence_id"]: labels.get(row["page"], "") for row in rows.sentences}
    used = Counter(row["label"] for row in rows.mentions)
    site.page(
        page,
        "reading.html",
        document=document,
        language=document["language"] or "ja",
        text=passages,
        cards=sources.cards(),
        facts=evidence.facts(site, doc_id, sources, printed),
        problems=problems,
        troubles=troubles,
        trouble=trouble,
        pages=pages,
        labels=labels,
        labels_known=label_names(),
        used=used,
        shown=SHOWN,
        before=before,
        after=after,
    )
    site.data(script, "NIDS_COMMENTARY", _data(document, rows.mentions, labels, of("boxes")))


def _data(
    document: sqlite3.Row, mentions: Sequence[sqlite3.Row], labels: Mapping[int, str], boxes: Sequence[sqlite3.Row]
) -> dict[str, object]:
    """What the scripts of a page need and its text does not say: boxes in points, names, how to cite."""
    doc_id, language = document["doc_id"], document["language"] or "ja"
    places: dict[str, list[list[float]]] = defaultdict(list)
    for row in boxes:
        edges = (row[name] for name in ("x0", "top", "x1", "bottom"))
        places[anchor(doc_id, row["id"])].append([row["page"], *(round(edge, _DECIMALS) for edge in edges)])
    names = {
        anchor(doc_id, row["mention_id"]): {
            "label": row["label"],
            "name": row["name"] or row["text"],
            "href": (href := entity_href(row["entity_id"])) and "../" + href,
            **{name: row[name] or "" for name in ("text", "edition", "date", "source")},
        }
        for row in mentions
    }
    return {
        # An English one ends as a sentence does, but a page follows.
        "cite": (document["cite_as"] or document["title"] or document["source_file"]).removesuffix("."),
        "forms": {name: words(f"cite.{name}")[language] for name in ("page", "pages", "sentence")},
        "labels": labels,
        "boxes": places,
        "names": names,
    }
