"""A page's picture with what was read of it drawn in: blocks by kind, columns, marks, and what was left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from pipeline.document import Box, Document
from pipeline.geometry import Geometry

Colour = tuple[int, int, int]

COLOURS: dict[str, Colour] = {
    "title": (180, 0, 90),
    "subtitle": (230, 60, 150),
    "front_matter": (120, 100, 60),
    "heading": (210, 90, 0),
    "paragraph": (0, 90, 180),
    "list_item": (0, 140, 150),
    "quote": (110, 60, 170),
    "caption": (170, 130, 0),
    "table": (90, 60, 30),
    "note": (0, 130, 50),
    "back_matter": (90, 90, 90),
    "mark": (230, 0, 0),
    "left out": (150, 150, 150),
    "column": (60, 60, 220),
}
"""The colour of each thing that is drawn, in the order of the key under the page."""
_FILL = 45
"""Opacity of a filled box, of 255."""
_MARGIN = 0.8
"""Points by which a box is drawn larger than the type in it."""
_DASH = 6
"""Pixels of a dash of a column's edge."""
_LABEL, _KEY = 11, 13
"""Type sizes in pixels: numbers beside blocks, and the key."""


class Pixels(Protocol):
    """The picture of a page: three bytes a pixel from the top left, ``scale`` pixels a point."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def scale(self) -> float: ...
    @property
    def rgb(self) -> bytes: ...


def draw(document: Document, page: int, pixels: Pixels) -> bytes:
    """A PNG of a page (from 1) with its blocks, marks and columns, and a key of the colours under it.

    The number beside a block is its place in ``document.blocks``, from 1; blocks are in reading order, notes after
    all others.
    """
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb).convert("RGBA")
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen, scale = ImageDraw.Draw(layer), pixels.scale
    _columns(pen, document, page, scale)
    drawn = set()
    labels: list[tuple[Box, str, Colour]] = []
    for thing, boxes, label in _things(document, page):
        drawn.add(thing)
        for box in boxes:
            pen.rectangle(_edges(box, scale), fill=(*COLOURS[thing], _FILL), outline=(*COLOURS[thing], 255))
        if label:
            labels.append((boxes[0], label, COLOURS[thing]))
    for box, label, colour in labels:
        _label(pen, box, label, colour, scale)
    return _png(_with_key(Image.alpha_composite(picture, layer).convert("RGB"), drawn | {"column"}))


def _things(document: Document, page: int) -> Iterator[tuple[str, list[Box], str]]:
    """What stands on a page: its kind, its boxes there, and the number to write beside them."""
    geometry = Geometry(document)
    spans = [
        *(("left out", ((left.start, left.end),), "") for left in document.left_out),
        *((block.kind, block.ranges, str(number)) for number, block in enumerate(document.blocks, 1)),
        *(("mark", mark.ranges, "") for mark in document.marks),
    ]
    for thing, ranges, label in spans:
        boxes = [box for box in geometry.boxes(ranges) if box.page == page]
        if boxes:
            yield thing, boxes, label


def _edges(box: Box, scale: float) -> tuple[float, float, float, float]:
    """A box in pixels. Glyphs with no height or width on the page still give one that can be seen."""
    left, top = (box.x0 - _MARGIN) * scale, (box.top - _MARGIN) * scale
    return left, top, max(left + 1, (box.x1 + _MARGIN) * scale), max(top + 1, (box.bottom + _MARGIN) * scale)


def _columns(pen: ImageDraw.ImageDraw, document: Document, page: int, scale: float) -> None:
    """Dashed boxes around the columns, each with a letter for its place in the order of reading."""
    colour = COLOURS["column"]
    columns = next((p.columns for p in document.pages if p.number == page), ())
    for index, column in enumerate(columns):
        x0, top, x1, bottom = _edges(Box(page, *column), scale)
        x0, top, x1, bottom = x0 - 3, top - 3, x1 + 3, bottom + 3
        for at in range(int(x0), int(x1), 2 * _DASH):
            for y in (top, bottom):
                pen.line((at, y, min(at + _DASH, x1), y), fill=(*colour, 255))
        for at in range(int(top), int(bottom), 2 * _DASH):
            for x in (x0, x1):
                pen.line((x, at, x, min(at + _DASH, bottom)), fill=(*colour, 255))
        name = _letters(index)
        pen.text((x1 + 2, top), name, font=ImageFont.load_default(_KEY), fill=(*colour, 255))


def _letters(index: int) -> str:
    """A, B, … Z, AA, AB, … for 0, 1, …"""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _label(pen: ImageDraw.ImageDraw, box: Box, label: str, colour: Colour, scale: float) -> None:
    """A block's number in a filled box at the left of its first line."""
    font = ImageFont.load_default(_LABEL)
    left, top, right, bottom = font.getbbox(label)
    width, height = right - left + 4, bottom - top + 4
    x, y = max(0.0, (box.x0 - _MARGIN) * scale - width), (box.top - _MARGIN) * scale
    pen.rectangle((x, y, x + width, y + height), fill=(*colour, 230))
    pen.text((x + 2 - left, y + 2 - top), label, font=font, fill=(255, 255, 255, 255))


def _with_key(picture: Image.Image, drawn: set[str]) -> Image.Image:
    """The picture with the colours of what is drawn on it named below."""
    font = ImageFont.load_default(_KEY)
    names = [name for name in COLOURS if name in drawn]
    places, x, row = [], 8.0, 0
    for name in names:
        wide = 26 + font.getlength(name)
        if x > 8 and x + wide > picture.width:
            x, row = 8.0, row + 1
        places.append((name, x, row))
        x += wide
    high = 22
    whole = Image.new("RGB", (picture.width, picture.height + high * (row + 1)), (255, 255, 255))
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    for name, x, row in places:
        y = picture.height + high * row + 5
        pen.rectangle((x, y, x + 12, y + 12), fill=COLOURS[name])
        pen.text((x + 16, y - 2), name.replace("_", " "), font=font, fill=(0, 0, 0))
    return whole


def _png(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
