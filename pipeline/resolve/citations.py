"""Notes and lists of references -> citations, each with its work; and what could not be resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import rules
from pipeline.document import Citation, Document, Problem
from pipeline.errors import problem
from pipeline.geometry import Geometry
from pipeline.resolve.addresses import sound
from pipeline.resolve.backrefs import Place, full, same_title
from pipeline.resolve.drafts import Draft
from pipeline.resolve.kinds import kind_of
from pipeline.resolve.notebook import read
from pipeline.resolve.works import work_of
from pipeline.text import narrow

_LISTS = ("authors", "editors", "translators")
_OF_WORK = (*_LISTS, "title", "container", "publisher", "place", "volume", "issue", "date", "url", "doi")
"""Fields that a back reference has from the work that it means."""
_OF_PLACE = ("pages", "accessed")
_SHOWN = 3
"""Candidates that a problem names."""


def cite(document: Document) -> Document:
    """The document with `Document.citations` made anew, and a problem for each reference that was not resolved."""
    notes = list(_texts(document))
    places = read((number, text) for *_, number, text in notes)
    where = [notes[place.note][:2] for place in places]
    texts = {block.block_id: block.text for block in document.blocks}
    ids = [_id(note_id or block_id, place.draft) for place, (note_id, block_id) in zip(places, where, strict=True)]
    citations = tuple(
        _citation(places, at, ids, where[at], texts[where[at][1]])
        for at, place in enumerate(places)
        if not place.draft.unread
    )
    document = replace(document, citations=citations)
    blocks = [block_id for _, block_id in where]
    return document.with_problems(*_problems(document, places, blocks))


def _texts(document: Document) -> Iterator[tuple[str, str, str, str]]:
    """Notes, then entries of lists of references: note id (empty in lists), block id, number, text.

    An entry is a block of kind ``note`` that is no note, or a paragraph under a heading such as 参考文献.
    """
    texts = {block.block_id: block.text for block in document.blocks}
    for note in document.notes:
        if note.block_id in texts:
            yield note.note_id, note.block_id, note.number, texts[note.block_id]
    heading = rules.compiled("layout.toml", "notes", "references")
    noted = {note.block_id for note in document.notes}
    for block in document.blocks:
        listed = block.kind in ("paragraph", "list_item") and heading.search(narrow(block.section).strip())
        if listed or (block.kind == "note" and block.block_id not in noted):
            yield "", block.block_id, "", block.text


def _id(owner: str, draft: Draft) -> str:
    return f"{owner}:{draft.start}-{draft.end}"


def _means_the_book(draft: Draft, work: Draft) -> bool:
    """Whether a back reference means the book that the cited chapter stands in: 編者編、前掲書, 前掲『書名』."""
    if work.style != "quote" or not work.has("editors") or not work.has("container"):
        return False
    title = draft.get("title")
    if not title:
        return draft.has("editors")
    return not same_title(title, work.get("title")) and same_title(title, work.get("container"))


def _book_of(chapter: Draft) -> Draft:
    """The edited book that a chapter stands in, as if it had been cited itself."""
    whole = Draft(chapter.start, chapter.end, style="book")
    for span in chapter.fields:
        if span.field == "editors":
            whole.add("authors", span.start, span.end, span.value)
        if span.field in ("editors", "publisher", "place", "date"):
            whole.add(span.field, span.start, span.end, span.value)
        elif span.field == "container":
            whole.add("title", span.start, span.end, span.value)
    return whole


def _citation(places: Sequence[Place], at: int, ids: Sequence[str], where: tuple[str, str], text: str) -> Citation:
    place = places[at]
    note_id, block_id = where
    draft = place.draft
    work = places[full(places, at)].draft
    if place.target is not None and _means_the_book(draft, work):
        work = _book_of(work)
    position = sum(1 for other in places[: at + 1] if other.note == place.note and not other.draft.unread)
    source = draft if place.reason else work
    known = not place.reason
    return Citation(
        citation_id=ids[at],
        note_id=note_id,
        block_id=block_id,
        start=draft.start,
        end=draft.end,
        position=position,
        work_id=work_of(work, _printed(work)) if known else "",
        text=text[draft.start : draft.end],
        kind=kind_of(work) if known else "other",
        authors=source.all("authors"),
        editors=source.all("editors"),
        translators=source.all("translators"),
        **{name: source.get(name) for name in _OF_WORK if name not in _LISTS},
        **{name: draft.get(name) for name in _OF_PLACE},
        refers_to=ids[place.target] if place.target is not None else "",
        spans=tuple(sorted(draft.fields, key=lambda span: (span.start, span.end, span.field))),
    )


def _printed(draft: Draft) -> str:
    return " ".join(span.value for span in draft.fields)


def _problems(document: Document, places: Sequence[Place], block_ids: Sequence[str]) -> Iterator[Problem]:
    """Citations that were not read, references that were not resolved, and addresses that cannot be any."""
    geometry = Geometry(document)
    for place, block_id in zip(places, block_ids, strict=True):
        block, draft = document.block(block_id), place.draft
        page = geometry.page_of(block.raw_ranges(draft.start, draft.end))
        label = f"note {place.number}: {block.text[draft.start : draft.end].strip()}"
        if draft.unread:
            yield problem("unread-citation", "resolve", page, label, block_id)
        elif place.reason:
            named = "; ".join(f"note {places[i].number} {_short(places[i].draft)}" for i in place.candidates[:_SHOWN])
            reason = f"{place.reason}: {named}" if named else place.reason
            yield problem("unresolved-reference", "resolve", page, f"{label}: {reason}", block_id)
        if draft.has("url") and not sound(draft.get("url")):
            yield problem("bad-url", "resolve", page, f"note {place.number}: {draft.get('url')}", block_id)


def _short(draft: Draft) -> str:
    return " ".join(filter(None, (*draft.all("authors")[:1], draft.get("title") or draft.get("container"))))
