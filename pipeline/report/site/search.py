"""Search over everything: all sentences of all commentaries, notes among them, and all names.

The browser looks through the texts themselves, which is instant for some millions of characters and finds words of any
length. They stand in scripts of about `CHUNK` characters, which a page loads when somebody begins to search.
"""

from __future__ import annotations

from pipeline.report.site.frame import NO_PAGE, Site, anchor, commentary_href, entity_href

CHUNK = 500_000
"""Characters of a script: small enough that the first results come at once, large enough that scripts stay few."""
_DOCUMENTS = """
SELECT doc_id, number, title, source_file, published, language FROM documents
WHERE status NOT IN ('duplicate', 'failed')
ORDER BY published IS NULL, published DESC, CAST(number AS INTEGER) DESC, doc_id
"""
_SENTENCES = """
SELECT COALESCE(sentence_id, block_id) AS own_id, COALESCE(sentences.page, page_start) AS page,
  COALESCE(sentences.page_label, blocks.page_label) AS label, kind, COALESCE(sentences.text, blocks.text) AS text
FROM blocks LEFT JOIN sentences USING (block_id) WHERE blocks.doc_id = ? ORDER BY place, start
"""
_ENTITIES = "SELECT entity_id, label, name, aliases, mentions FROM entities ORDER BY mentions DESC, entity_id"
_KINDS = {"title": "title", "subtitle": "title", "heading": "heading", "note": "note"}


def write(site: Site) -> None:
    """Writes ``search.html``, the texts as ``search/N.js`` from 0, each whole documents, and ``search/names.js``."""
    chunks = 0
    held: list[dict[str, object]] = []
    size = 0
    for row in site.rows(_DOCUMENTS):
        document, characters = _document(site, *row)
        held.append(document)
        size += characters
        if size >= CHUNK:
            site.data(f"search/{chunks}.js", f"NIDS_TEXTS_{chunks}", held)
            chunks, held, size = chunks + 1, [], 0
    if held:
        site.data(f"search/{chunks}.js", f"NIDS_TEXTS_{chunks}", held)
        chunks += 1
    names = [
        [row["name"], row["label"], entity_href(row["entity_id"]), row["mentions"], row["aliases"] or ""]
        for row in site.rows(_ENTITIES)
        if row["label"] not in NO_PAGE
    ]
    site.data("search/names.js", "NIDS_NAMES", names)
    site.page("search.html", "search.html", chunks=chunks)


def _document(
    site: Site, doc_id: str, number: str, title: str, source_file: str, published: str, language: str
) -> tuple[dict[str, object], int]:
    """What the browser needs of a document, and the number of its characters. A text is one line."""
    places, lines = [], []
    for row in site.rows(_SENTENCES, doc_id):
        places.append([anchor(doc_id, row["own_id"]), row["label"] or row["page"] or "", _KINDS.get(row["kind"], "")])
        lines.append(" ".join(row["text"].split()))
    text = "\n".join(lines)
    found: dict[str, object] = {
        "href": commentary_href(doc_id),
        "title": title or source_file,
        "number": number or "",
        "published": published or "",
        "language": language or "ja",
        "places": places,
        "text": text,
    }
    return found, len(text)
