"""The citations of notes read in order: what one leaves unsaid, an earlier one has said.

A note may give a work a short name, by which later ones cite it; 同「題」 has the author and 同紙 the newspaper of the
citation before, 「章」前掲『書名』 what has been said of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.resolve.backrefs import Place, full, resolve, same_title
from pipeline.resolve.drafts import Draft
from pipeline.resolve.reader import Reader

_SAME_BOOK = re.compile(r"^(?:同(?:上|前|右)?書|同(?:論集|報告書)|[Ii]bid|[Ii]d\.|Там же|там же|[Ee]bd)")
_SAME_PAPER = re.compile(r"^同(?:紙|誌|通信|サイト)(?:第?[0-9]{1,4}[号巻].*|[0-9]{1,2}月号)?$")


def read(notes: Iterable[tuple[str, str]]) -> list[Place]:
    """The citations of notes, each given as number and text, in order and with their back references resolved."""
    places: list[Place] = []
    shorts: set[str] = set()
    for order, (number, text) in enumerate(notes):
        for draft in Reader(text, shorts=shorts).drafts:
            places.append(Place(draft, number, order))
            shorts.update(draft.shorts)
    for at in range(len(places)):
        if at:
            _inherit(places[at].draft, places[full(places, at - 1)].draft)
        resolve(places, at)
        if places[at].draft.known_book and places[at].target is None:
            _complete_from_book(places[at].draft, places[:at])
    return places


def _inherit(draft: Draft, before: Draft) -> None:
    """Gives a citation the author, date or newspaper that it has from the work cited before it."""
    if draft.same_author and not draft.has("authors"):
        for name in before.all("authors"):
            draft.add("authors", *draft.same_author, name)
    if draft.same_date:
        draft.add("date", *draft.same_date, before.get("date"))
    if draft.known_book and _SAME_BOOK.match(draft.get("container")):
        chapter = before.style == "quote" and before.has("container")
        _set_container(draft, before.get("container" if chapter else "title"))
    if _SAME_PAPER.match(draft.get("container")):
        _set_container(draft, before.get("container"))


def _set_container(draft: Draft, name: str) -> None:
    """Puts a name where 同書 or 同紙 was printed."""
    span = next(span for span in draft.fields if span.field == "container")
    draft.fields.remove(span)
    draft.add("container", span.start, span.end, name)


def _complete_from_book(draft: Draft, earlier: Sequence[Place]) -> None:
    """Gives a chapter what an earlier citation of its book, or of another chapter of it, says of the book."""
    book = next(span for span in draft.fields if span.field == "container")
    for other in (place.draft for place in earlier if place.target is None):
        whole = not other.has("container") and same_title(book.value, other.get("title"))
        if not whole and not same_title(book.value, other.get("container")):
            continue
        for name in ("editors", "publisher", "place", "date"):
            known = other.all("authors" if whole and name == "editors" and not other.has(name) else name)
            for value in () if draft.has(name) else known:
                draft.add(name, book.start, book.end, value)
        return
