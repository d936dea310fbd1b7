"""A picture as a list of what is drawn on it, in points from its top left. `render` makes SVG and PNG of it.

Colours are roles of `palette`, so that a page can show them in light and dark. Two equal sheets give equal pictures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

Marker = Literal["circle", "square", "diamond", "left"]
WIDTH = 820.0
"""Width of a picture in points: that of a page on a usual screen."""
TITLE, NAME, SMALL = 14.0, 9.5, 8.5
"""Type sizes in points: titles, names, and what is said beside."""
_HALF = 0.53
"""Width of a half-width character in ems: the mean of digits and letters in the fonts used."""


class Words(NamedTuple):
    """A text of the interface in Japanese and in English."""

    ja: str
    en: str


class Told(NamedTuple):
    """What a thing in a picture says when it is pointed at, and the page it leads to."""

    text: str
    href: str = ""


class Text(msgspec.Struct, frozen=True):
    """A line of text; ``text`` in two languages, or a name that is the same in both. ``turn`` is in degrees, leftwards.

    A ``halo`` of the paper's colour sets it off from lines under it.
    """

    x: float
    y: float
    text: str | Words
    role: str = "ink"
    size: float = NAME
    align: Literal["left", "center", "right"] = "left"
    turn: float = 0
    halo: bool = False
    told: Told | None = None


class Marks(msgspec.Struct, frozen=True):
    """Marks of one shape and colour: ``places`` are x, y and radius; ``told`` has one entry for each, or none."""

    places: Sequence[tuple[float, float, float]]
    role: str
    shape: Marker = "circle"
    hollow: bool = False
    told: Sequence[Told] = ()


class Bars(msgspec.Struct, frozen=True):
    """Filled rectangles: ``places`` are left, top, width and height."""

    places: Sequence[tuple[float, float, float, float]]
    role: str
    told: Sequence[Told] = ()


class Lines(msgspec.Struct, frozen=True):
    """Straight lines: ``places`` are x and y of both ends; widths in points; dashes are drawn and left out in turn."""

    places: Sequence[tuple[float, float, float, float]]
    role: str
    width: float = 0.6
    dashes: tuple[float, float] | None = None


HEAD = 44.0
"""Points at the top of a sheet for its title and what is said under it."""

Item = Text | Marks | Bars | Lines


class Sheet(msgspec.Struct):
    """What a picture shows, in the order in which it is drawn; ``name`` is that of its files.

    Its title and what is said under it stand in its first `HEAD` points in files, and on a page outside the picture.
    """

    name: str
    width: float
    height: float
    title: Words
    said: Words
    items: list[Item] = []

    def add(self, *items: Item) -> None:
        """Draws more, over what is there."""
        self.items += items

    def head(self) -> tuple[Text, Text]:
        """The title and what stands under it."""
        return Text(0, 14, self.title, size=TITLE), Text(0, 32, self.said, "soft", SMALL)


def width_of(text: str, size: float) -> float:
    """About how many points a text is wide."""
    return size * sum(1.0 if _is_wide(character) else _HALF for character in text)


def fitted(text: str, room: float, size: float) -> str:
    """The text, or as much of its beginning as has room, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    end = len(text)
    while end and width_of(text[:end], size) + size > room:
        end -= 1
    return text[:end].rstrip() + "…"


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"
