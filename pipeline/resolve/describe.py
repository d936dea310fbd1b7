"""What is read from the text of a note, in lines to look at: for somebody who writes rules."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.resolve.backrefs import Place, full
from pipeline.resolve.kinds import kind_of
from pipeline.resolve.notebook import read
from pipeline.resolve.parts import parts


def describe(*notes: str) -> Iterator[str]:
    """Lines with the parts of notes and the fields of their citations; notes count from 1 in their order.

    Each citation has its kind, and what a back reference means, or why that was not found.
    """
    places = read((str(number), text) for number, text in enumerate(notes, 1))
    for order, text in enumerate(notes):
        yield f"note {order + 1}"
        yield from _note(order, text, places)


def _note(order: int, text: str, places: list[Place]) -> Iterator[str]:
    drafts = {place.draft.start: at for at, place in enumerate(places) if place.note == order}
    for part in parts(text, [places[at].draft for at in drafts.values()]):
        yield f"  {part.kind:<12} {text[part.start : part.end]}"
        if part.kind == "citation":
            yield from _citation(text, places, drafts[part.start])


def _citation(text: str, places: list[Place], at: int) -> Iterator[str]:
    place = places[at]
    work = places[full(places, at)]
    yield f"    {'kind':<12} {'unknown' if place.reason else kind_of(work.draft)}"
    for span in sorted(place.draft.fields, key=lambda span: (span.start, span.end)):
        printed = text[span.start : span.end]
        yield f"    {span.field:<12} {span.value}" + ("" if printed == span.value else f"  ← {printed}")
    if place.target is not None:
        yield f"    {'refers to':<12} note {places[place.target].number}: {work.draft.get('title')}"
    elif place.reason:
        yield f"    {'unresolved':<12} {place.reason}"
