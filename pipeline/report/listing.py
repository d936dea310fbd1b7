"""What was read of a document as plain text: its blocks in order, and what stands in none of them, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.document import Block, Box, Document, Mark
from pipeline.geometry import Geometry

_KIND_WIDTH = 14


def listing(document: Document, page: int | None = None) -> str:
    """The blocks page by page under the number that `draw` writes beside them, and what was left out.

    A mark stands in its place as ``[^3]``. ``page`` (from 1) gives one page alone.
    """
    geometry = Geometry(document)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in document.marks:
        marks[mark.block_id].append(mark)
    lines: dict[int, list[str]] = defaultdict(list)
    for number, block in enumerate(document.blocks, 1):
        pages = sorted({box.page for box in geometry.boxes(block.ranges)})
        for at in pages[:1] if page is None else pages:
            lines[at].append(_line(number, block, marks[block.block_id], pages))
    for at, text in _left_out(document, geometry):
        lines[at].append(text)
    out = []
    for sheet in document.pages:
        if page in (None, sheet.number):
            label = f", printed {sheet.label}" if sheet.label else ""
            out += [f"page {sheet.number}{label}", *(f"  {line}" for line in lines[sheet.number]), ""]
    return "\n".join([*out, *_problems(document, page)]).rstrip() + "\n"


def _line(number: int, block: Block, marks: list[Mark], pages: list[int]) -> str:
    kind = f"{block.kind} {block.level}" if block.level else block.kind
    where = f" (pages {pages[0]}–{pages[-1]})" if len(pages) > 1 else ""
    return f"{number:4} {kind:{_KIND_WIDTH}} {_marked(block, marks)}{where}"


def _marked(block: Block, marks: list[Mark]) -> str:
    """A block's text on one line, with its marks in their places."""
    text = block.text
    for mark in sorted(marks, key=lambda mark: mark.offset, reverse=True):
        text = f"{text[: mark.offset]}[^{mark.number}]{text[mark.offset :]}"
    return text.replace("\n", " ⏎ ").replace("\t", " ⇥ ")


def _left_out(document: Document, geometry: Geometry) -> Iterator[tuple[int, str]]:
    """What stands in no block, with its page; pieces of one reason that touch are one line."""
    before: tuple[str, Box] | None = None
    page, text = 0, ""
    for left in document.left_out:
        boxes = geometry.boxes([(left.start, left.end)])
        if not boxes:
            continue
        said = document.raw[left.start : left.end].replace("\n", " ")
        if before is not None and before[0] == left.reason and _touch(before[1], boxes[0]):
            text += said
        else:
            if text:
                yield page, text
            said += f" over {left.over}" if left.over else ""
            page, text = boxes[0].page, f"   – {left.reason:{_KIND_WIDTH}} {said}"
        before = (left.reason, boxes[-1])
    if text:
        yield page, text


def _touch(a: Box, b: Box) -> bool:
    """Whether two boxes stand side by side, or one right under the other, as glyphs of one piece of text do."""
    gap = 0.6 * max(a.bottom - a.top, a.x1 - a.x0)
    return (
        a.page == b.page
        and b.x0 - a.x1 < gap
        and a.x0 - b.x1 < gap
        and b.top - a.bottom < gap
        and a.top - b.bottom < gap
    )


def _problems(document: Document, page: int | None) -> list[str]:
    found = [p for p in document.problems if page is None or p.page == page]
    where = [f"page {p.page}: " if p.page is not None else "" for p in found]
    return ["problems", *(f"  {at}{p.message}" for at, p in zip(where, found, strict=True))] if found else []
