"""Where every glyph of a document went."""

from __future__ import annotations

from pipeline.document import Document


def misplaced(document: Document) -> list[tuple[int, str, int]]:
    """Printed characters that do not stand in exactly one place (a block, a mark, or left out): offset in the raw
    string, character, and number of its places."""
    places = [0] * len(document.raw)
    spans = [
        *(span for block in document.blocks for span in block.ranges),
        # Marks side by side in one printed mark (3–5) share its glyphs.
        *{span for mark in document.marks for span in mark.ranges},
        *((left.start, left.end) for left in document.left_out),
    ]
    for start, end in spans:
        for at in range(start, end):
            places[at] += 1
    return [
        (at, char, count)
        for at, (char, count) in enumerate(zip(document.raw, places, strict=True))
        if not char.isspace() and count != 1
    ]


def unexplained(document: Document) -> list[str]:
    """What was left out without a reason."""
    return [document.raw[left.start : left.end] for left in document.left_out if left.reason == "unplaced"]
