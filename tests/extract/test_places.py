"""Every glyph has its place, and every box holds the ink of its glyphs: checked on the samples, page by page."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.document import Box, Document
from pipeline.extract.glyphs import Rule, read_pages
from pipeline.extract.picture import Picture, render
from pipeline.extract.read import extract
from pipeline.geometry import Geometry
from pipeline.limits import Limits
from tests.extract.places import misplaced, unexplained

SAMPLES = sorted((Path(__file__).parents[2] / "raw").glob("*.pdf"))
SCALE = 2
"""Pixels a point."""
DARK = 110
"""Brightness, of 255, below which a pixel is ink and no blur at an edge."""
MARGIN = 0.7
"""Points by which ink may stand out of a box."""

Mask = npt.NDArray[np.bool_]


@cache
def document_of(path: Path) -> Document:
    return extract(path.read_bytes(), doc_id=path.stem, source_file=path.name, sha256="", limits=Limits())


def ink(picture: Picture) -> Mask:
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    dark: Mask = pixels.min(axis=2) < DARK
    return dark


def region(mask: Mask, box: Box | Rule, margin: float) -> Mask:
    """The part of a page's mask that a box covers."""
    left, top = (max(0, int((edge - margin) * SCALE)) for edge in (box.x0, box.top))
    return mask[top : int((box.bottom + margin) * SCALE) + 1, left : int((box.x1 + margin) * SCALE) + 1]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_glyph_is_in_one_place(path: Path) -> None:
    document = document_of(path)
    assert misplaced(document) == []
    assert unexplained(document) == []
    printed = Counter(
        char
        for page in read_pages(path.read_bytes(), Limits())
        for char in "".join(glyph.text for glyph in page.glyphs)
        if not char.isspace()
    )
    assert Counter(char for char in document.raw if not char.isspace()) == printed


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_boxes_hold_the_ink(path: Path) -> None:
    document = document_of(path)
    geometry = Geometry(document)
    spans = [
        *(block.ranges for block in document.blocks),
        *(mark.ranges for mark in document.marks),
        *(((left.start, left.end),) for left in document.left_out),
    ]
    boxes = [box for ranges in spans for box in geometry.boxes(ranges)]
    for page in read_pages(path.read_bytes(), Limits()):
        black = ink(render(path.read_bytes(), page.number, 72 * SCALE, Limits()))
        rest = black.copy()
        for box in boxes:
            if box.page == page.number:
                assert region(black, box, 0).any(), box
                region(rest, box, MARGIN)[:] = False
        for rule in page.rules:
            region(rest, rule, 1)[:] = False
        assert np.argwhere(rest).tolist() == [], page.number
