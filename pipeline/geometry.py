"""Where text is printed: the boxes of raw characters, a lookup from any span of a document."""

from __future__ import annotations

import bisect

from pipeline.document import Box, Document


class Geometry:
    """Finds where raw characters are printed. Built once a document: ``Geometry(document)``."""

    def __init__(self, document: Document) -> None:
        self._runs = document.runs
        self._starts = [run.start for run in document.runs]
        self._vertical = {page.number for page in document.pages if page.vertical}

    def boxes(self, ranges: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> list[Box]:
        """One box for each printed line that the raw ranges touch, in reading order.

        Characters that are not printed (line ends, restored spaces) have no box. Pieces of one
        line that follow each other are one box.
        """
        found: list[Box] = []
        for start, end in ranges:
            at = max(0, bisect.bisect_right(self._starts, start) - 1)
            for run in self._runs[at:]:
                if run.start >= end:
                    break
                low, high = max(start, run.start), min(end, run.end)
                if low < high:
                    edges = run.edges[2 * (low - run.start) : 2 * (high - run.start)]
                    box = Box(run.page, min(edges), run.top, max(edges), run.bottom)
                    _add(found, box, vertical=run.page in self._vertical)
        return found

    def page_of(self, ranges: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> int | None:
        """Page of the first printed character; None if nothing is printed."""
        boxes = self.boxes(ranges)
        return boxes[0].page if boxes else None


def _add(boxes: list[Box], box: Box, *, vertical: bool) -> None:
    """Appends a box, or lets the last one grow where both stand in one line."""
    if boxes and _in_line(boxes[-1], box, vertical=vertical):
        last = boxes[-1]
        left, right = min(last.x0, box.x0), max(last.x1, box.x1)
        boxes[-1] = Box(box.page, left, min(last.top, box.top), right, max(last.bottom, box.bottom))
    else:
        boxes.append(box)


def _in_line(last: Box, box: Box, *, vertical: bool) -> bool:
    """Whether a box stands in the line of the last one, and not before it."""
    if vertical:
        overlap, thinner = min(last.x1, box.x1) - max(last.x0, box.x0), min(last.x1 - last.x0, box.x1 - box.x0)
        follows = last.top <= box.top + 1
    else:
        overlap = min(last.bottom, box.bottom) - max(last.top, box.top)
        thinner = min(last.bottom - last.top, box.bottom - box.top)
        follows = last.x0 <= box.x0 + 1
    return last.page == box.page and overlap > 0.5 * thinner and follows
