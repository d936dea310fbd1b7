"""Draws the README's picture: a page of a sample with what was read of it, from the written tables alone.

``python tests/samples/picture.py`` needs an ``output/`` made from ``raw/``; it writes ``tests/samples/result.png``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pdfplumber

ROOT = Path(__file__).parents[2]
DOCUMENT, PAGE = "commentary804", 1
COLOURS = {
    "title": (180, 0, 90),
    "subtitle": (180, 0, 90),
    "front_matter": (120, 120, 120),
    "heading": (200, 90, 0),
    "paragraph": (0, 90, 180),
    "list_item": (0, 130, 130),
    "quote": (110, 60, 170),
    "note": (0, 130, 50),
    "mark": (220, 0, 0),
}
RESOLUTION = 110


def main() -> None:
    """Writes the picture."""
    rows = _rows("boxes")
    kinds = {row["block_id"]: row["kind"] for row in _rows("blocks")}
    kinds |= {row["marker_id"]: "mark" for row in _rows("footnote_markers")}
    boxes: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for row in rows:
        if row["doc_id"] == DOCUMENT and row["page"] == str(PAGE) and row["id"] in kinds:
            boxes[kinds[row["id"]]].append(
                (float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"]))
            )
    with pdfplumber.open(ROOT / "raw" / f"{DOCUMENT}.pdf") as pdf:
        image = pdf.pages[PAGE - 1].to_image(resolution=RESOLUTION)
        for kind, colour in COLOURS.items():
            image.draw_rects(boxes[kind], stroke=colour, fill=(*colour, 40), stroke_width=1)
        image.save(ROOT / "tests" / "samples" / "result.png", colors=64)


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "output" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
