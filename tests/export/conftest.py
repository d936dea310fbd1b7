"""A small document with every layer, made by hand."""

from __future__ import annotations

import pytest

from pipeline.document import (
    Author,
    Block,
    Citation,
    Document,
    FrontMatter,
    Mark,
    Mention,
    Note,
    Page,
    Run,
    Sentence,
)
from pipeline.errors import problem

LINES = ("日米は会談した。¹", "続きの文。", "防衛省「題」。")
"""Printed lines: a paragraph over two pages with a mark after its first sentence, and a note."""


def edges(count: int) -> tuple[float, ...]:
    """Edges of characters that are one point wide each."""
    return tuple(float(x) for left in range(count) for x in (left, left + 1))


@pytest.fixture(scope="session")
def document() -> Document:
    """Two pages; the paragraph runs over from the first to the second."""
    raw = "\n".join(LINES)
    starts = (0, 10, 16)
    runs = tuple(
        Run(page, start, start + len(line), top, top + 10, edges(len(line)))
        for line, start, page, top in zip(LINES, starts, (1, 2, 2), (100.0, 50.0, 700.0), strict=True)
    )
    author = Author("小熊 真也", "所", "員", ("甲", "乙"))
    return Document(
        doc_id="d",
        source_file="d.pdf",
        sha256="0" * 64,
        raw=raw,
        pages=(Page(1, 595, 842, "i"), Page(2, 595, 842, "ii")),
        runs=runs,
        front=FrontMatter("系列", "7", "題「名」", "副題", "2025-11", "ja", (author,)),
        blocks=(
            Block("d/p", "paragraph", "日米は会談した。続きの文。", ((0, 8), (10, 15)), section="節"),
            Block("d/n", "note", "防衛省「題」。", ((16, 23),)),
        ),
        notes=(Note("d/note-1", "1", "d/n"),),
        marks=(Mark("d/m1", "1", "d/note-1", "d/p", 8, ((8, 9),)),),
        sentences=(Sentence("d/p", 0, 8), Sentence("d/p", 8, 13)),
        mentions=(
            Mention("d/x2", "d/p", 8, 10, "続き", "MEETING", "meeting:t", "続き会合", "rule"),
            Mention("d/x1", "d/p", 0, 2, "日米", "MEETING", "meeting:t", "続き会合", "rule", edition="3"),
        ),
        citations=(
            Citation("d/c2", "d/note-1", "d/n", 0, 3, 1, "work:w", "同上", refers_to="d/c1"),
            Citation("d/c1", "d/note-1", "d/n", 0, 7, 2, "work:w", "全部", authors=("防衛省", "外務省"), title="題"),
        ),
        problems=(problem("page-without-text", "extract", 2),),
    )
