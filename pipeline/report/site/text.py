"""Text with spans laid over it, as HTML: spans may overlap in any way, what comes out is nested properly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_Test = Callable[["Span"], bool]
SENTENCE, CITATION, NAME, ADDRESS = range(4)
"""Ranks of spans: one of a lower rank stands around those of a higher one."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (from 0, exclusive) of a text, to be an element.

    ``own_id`` is the element's ``id``. Where a span is cut into pieces, the first has it; all have it as ``data-of``.
    With an ``href`` it is a link, unless it stands in another link.
    """

    start: int
    end: int
    rank: int
    classes: str
    own_id: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What stands between two characters, in front of the one at ``offset``.

    It belongs to the sentence that ends there, unless it ``opens`` what begins there.
    """

    offset: int
    markup: Markup
    opens: bool = False


def marked_up(text: str, spans: Sequence[Span], points: Sequence[Point], start: int = 0, end: int = -1) -> Markup:
    """The text from ``start`` to ``end`` (its whole length by default) with what lies over it."""
    end = len(text) if end < 0 else end
    opening: dict[int, list[Span]] = defaultdict(list)
    places = {start, end}
    for span in spans:
        low, high = max(span.start, start), min(span.end, end)
        if low < high:
            opening[low].append(span)
            places |= {low, high}
    between: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if start <= point.offset <= end:
            between[point.offset].append(point)
            places.add(point.offset)
    # What began before has its id there.
    writer = _Writer({span.own_id for span in spans if span.start < start})
    before = start
    for place in sorted(places):
        writer.add(text[before:place])
        writer.turn(place, between[place], opening[place])
        before = place
    writer.close_all()
    return writer.markup


class _Writer:
    """Writes elements so that each closes before those around it."""

    def __init__(self, seen: set[str]) -> None:
        """``seen`` are ids that stand already."""
        self._parts: list[str] = []
        self._open: list[tuple[Span, str]] = []
        self._seen = seen

    @property
    def markup(self) -> Markup:
        return Markup("".join(self._parts))  # noqa: S704 - each part was escaped when it was added

    def add(self, text: str) -> None:
        self._parts.append(escape(text))

    def turn(self, place: int, points: Sequence[Point], new: Sequence[Span]) -> None:
        """Closes what ends at a place, writes what stands there, and opens what begins."""
        again: list[Span] = []
        inside = [point.markup for point in points if not point.opens]
        if inside:
            # A mark is a link, which may not stand in another.
            again += self._close_down_to(lambda span: span.rank > SENTENCE)
            self._parts += inside
        again += self._close_down_to(lambda span: span.end <= place)
        self._parts += [point.markup for point in points if point.opens]
        going_on = [span for span in again if span.end > place]
        for span in sorted((*going_on, *new), key=lambda span: (span.rank, -span.end)):
            self._begin(span)

    def close_all(self) -> None:
        self._close_down_to(lambda _: True)

    def _close_down_to(self, ends: _Test) -> list[Span]:
        """Closes all elements for which ``ends`` holds and those inside them; gives what was closed."""
        closed: list[Span] = []
        while any(ends(span) for span, _ in self._open):
            span, tag = self._open.pop()
            self._parts.append(f"</{tag}>")
            closed.append(span)
        return closed

    def _begin(self, span: Span) -> None:
        tag = "a" if span.href and all(tag != "a" for _, tag in self._open) else "span"
        self._parts.append(f'<{tag} class="{escape(span.classes)}"')
        if span.own_id:
            own_id = escape(span.own_id)
            if span.own_id not in self._seen:
                self._seen.add(span.own_id)
                self._parts.append(f' id="{own_id}"')
            self._parts.append(f' data-of="{own_id}"')
        if tag == "a":
            self._parts.append(f' href="{escape(span.href)}"')
        self._parts.append(">")
        self._open.append((span, tag))
