"""What was read of a document as text."""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import Block, Document, LeftOut, Mark, Page, Problem, Run
from pipeline.report import listing

DOCUMENT = Document(
    doc_id="d",
    source_file="d.pdf",
    sha256="",
    raw="題\n文1。\n続き\n9\n",
    pages=(Page(1, 100, 150, "i"), Page(2, 100, 150)),
    runs=(
        Run(1, 0, 1, 20, 30, (40, 60)),
        Run(1, 2, 5, 50, 60, (40, 50, 50, 55, 55, 60)),
        Run(2, 6, 8, 20, 30, (40, 50, 50, 60)),
        Run(2, 9, 10, 140, 146, (45, 55)),
    ),
    blocks=(
        Block("d:h", "heading", "題", ((0, 1),), 1),
        Block("d:p", "paragraph", "文。続き", ((2, 3), (4, 5), (6, 8))),
        Block("d:t", "table", "あ\tい\nう\tえ", ()),
    ),
    marks=(Mark("d:m", "1", "", "d:p", 1, ((3, 4),)),),
    left_out=(LeftOut(9, 10, "page_number"),),
    problems=(Problem("extract", 2, "warning", "some", "Look here."),),
)


def test_blocks_marks_and_what_was_left_out_are_listed_page_by_page() -> None:
    assert listing(DOCUMENT) == (
        "page 1, printed i\n"
        "     1 heading 1      題\n"
        "     2 paragraph      文[^1]。続き (pages 1–2)\n"
        "\n"
        "page 2\n"
        "     – page_number    9\n"
        "\n"
        "problems\n"
        "  page 2: Look here.\n"
    )


def test_a_page_alone_shows_what_comes_from_the_page_before() -> None:
    assert listing(DOCUMENT, 2).splitlines()[:3] == [
        "page 2",
        "     2 paragraph      文[^1]。続き (pages 1–2)",
        "     – page_number    9",
    ]
    assert "Look here" not in listing(DOCUMENT, 1)


def test_cells_and_rows_of_a_table_stay_apart() -> None:
    table = replace(DOCUMENT.blocks[2], ranges=((0, 1),))
    assert "あ ⇥ い ⏎ う ⇥ え" in listing(replace(DOCUMENT, blocks=(table,), marks=()))


def test_turned_glyphs_under_one_another_are_one_line() -> None:
    runs = tuple(Run(1, i, i + 1, 20 + 10 * i, 30 + 10 * i, (40, 50)) for i in range(3))
    left = tuple(LeftOut(i, i + 1, "turned") for i in range(3))
    found = listing(Document("d", "d.pdf", "", "港の町", (Page(1, 100, 150),), runs, left_out=left))
    assert found == "page 1\n     – turned         港の町\n"
