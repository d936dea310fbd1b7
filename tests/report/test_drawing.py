"""The picture of a page with what was read of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PIL import Image

from pipeline.document import Block, Document, LeftOut, Mark, Page, Run
from pipeline.report import draw
from pipeline.report.drawing import COLOURS


@dataclass(frozen=True)
class Paper:
    """White pixels."""

    width: int = 200
    height: int = 300
    scale: float = 2.0

    @property
    def rgb(self) -> bytes:
        return b"\xff" * (3 * self.width * self.height)


DOCUMENT = Document(
    doc_id="d",
    source_file="d.pdf",
    sha256="",
    raw="題\n文注\n7\n",
    pages=(Page(1, 100, 150, "", ((38.0, 18.0, 64.0, 62.0),)),),
    runs=(
        Run(1, 0, 1, 20, 30, (40, 60)),
        Run(1, 2, 4, 50, 60, (40, 55, 55, 60)),
        Run(1, 5, 6, 140, 146, (45, 55)),
    ),
    blocks=(Block("d:h", "heading", "題", ((0, 1),), 1), Block("d:p", "paragraph", "文", ((2, 3),))),
    marks=(Mark("d:m", "1", "", "d:p", 1, ((3, 4),)),),
    left_out=(LeftOut(5, 6, "page_number"),),
)


def drawn(document: Document = DOCUMENT, paper: Paper | None = None) -> Image.Image:
    return Image.open(io.BytesIO(draw(document, 1, paper or Paper()))).convert("RGB")


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> set[tuple[int, ...]]:
    return {image.getpixel((x, y)) for x in range(box[0], box[2]) for y in range(box[1], box[3])}  # type: ignore[misc]


def test_everything_is_framed_in_its_colour_where_it_stands() -> None:
    image = drawn()
    assert COLOURS["heading"] in colours(image, (76, 36, 124, 64))
    assert COLOURS["paragraph"] in colours(image, (76, 96, 112, 124))
    assert COLOURS["mark"] in colours(image, (106, 96, 124, 124))
    assert COLOURS["left out"] in colours(image, (86, 276, 114, 296))
    assert COLOURS["column"] in colours(image, (60, 20, 140, 36))
    assert colours(image, (150, 200, 190, 260)) == {(255, 255, 255)}


def test_the_key_stands_under_the_page_and_names_only_what_is_there() -> None:
    image = drawn()
    key = colours(image, (0, 300, 200, image.height))
    assert {COLOURS[name] for name in ("heading", "paragraph", "mark", "left out", "column")} <= key
    assert COLOURS["table"] not in key


def test_a_block_has_its_number_beside_it() -> None:
    without = drawn(replace(DOCUMENT, blocks=(replace(DOCUMENT.blocks[0], ranges=()), DOCUMENT.blocks[1])))
    assert colours(without, (50, 36, 76, 60)) != colours(drawn(), (50, 36, 76, 60))


def test_a_narrow_page_has_its_key_in_several_rows() -> None:
    assert drawn(paper=Paper(120)).height > drawn(paper=Paper(900)).height
