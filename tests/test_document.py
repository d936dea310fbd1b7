"""The document: from offsets to raw ranges to boxes, and through JSON."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import (
    BODY_KINDS,
    Author,
    Block,
    Box,
    Citation,
    Document,
    FrontMatter,
    LeftOut,
    Mark,
    Mention,
    Note,
    Page,
    Problem,
    Run,
    Sentence,
    from_json,
    to_json,
)
from pipeline.geometry import Geometry
from pipeline.vocabulary import BlockKind

Ranges = tuple[tuple[int, int], ...]


def block(ranges: Ranges) -> Block:
    return Block("d:b", "paragraph", "あ" * sum(high - low for low, high in ranges), ranges)


@pytest.mark.parametrize(
    ("ranges", "start", "end", "expected"),
    [
        (((0, 8), (10, 15)), 0, 13, [(0, 8), (10, 15)]),
        (((0, 8), (10, 15)), 0, 8, [(0, 8)]),
        (((0, 8), (10, 15)), 8, 13, [(10, 15)]),
        (((0, 8), (10, 15)), 7, 9, [(7, 8), (10, 11)]),
        (((0, 8), (10, 15)), 3, 5, [(3, 5)]),
        (((0, 8), (10, 15)), 3, 3, []),
        (((0, 8), (10, 15)), 8, 8, []),
        (((5, 6), (20, 21), (7, 8)), 0, 3, [(5, 6), (20, 21), (7, 8)]),
        (((5, 6), (20, 21), (7, 8)), 1, 2, [(20, 21)]),
        ((), 0, 0, []),
    ],
)
def test_raw_ranges_of_a_span(ranges: Ranges, start: int, end: int, expected: list[tuple[int, int]]) -> None:
    assert block(ranges).raw_ranges(start, end) == expected


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), min_size=1, max_size=6),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_each_character_of_a_span_has_its_own_raw_character(steps: list[tuple[int, int]], a: int, b: int) -> None:
    at, ranges = 0, []
    for length, gap in steps:
        ranges.append((at, at + length))
        at += length + gap
    offsets = [offset for low, high in ranges for offset in range(low, high)]
    start, end = sorted((min(a, len(offsets)), min(b, len(offsets))))
    found = block(tuple(ranges)).raw_ranges(start, end)
    assert [offset for low, high in found for offset in range(low, high)] == offsets[start:end]


def edges(x: float, count: int) -> tuple[float, ...]:
    return tuple(edge for i in range(count) for edge in (x + 10 * i, x + 10 * i + 10))


# Raw: a line of five on page 1, a newline, a line of four with a small raised figure after its second, page 2's line.
RUNS = (
    Run(1, 0, 5, 100, 110, edges(50, 5)),
    Run(1, 6, 8, 120, 130, edges(50, 2)),
    Run(1, 8, 9, 118, 124, (70, 73)),
    Run(1, 9, 11, 120, 130, edges(73, 2)),
    Run(2, 12, 15, 60, 70, edges(50, 3)),
)


@pytest.mark.parametrize(
    ("ranges", "boxes"),
    [
        (((0, 5),), [Box(1, 50, 100, 100, 110)]),
        (((1, 3),), [Box(1, 60, 100, 80, 110)]),
        (((4, 7),), [Box(1, 90, 100, 100, 110), Box(1, 50, 120, 60, 130)]),
        (((6, 8), (9, 11)), [Box(1, 50, 120, 93, 130)]),
        (((8, 9),), [Box(1, 70, 118, 73, 124)]),
        (((6, 11),), [Box(1, 50, 118, 93, 130)]),
        (((9, 14),), [Box(1, 73, 120, 93, 130), Box(2, 50, 60, 70, 70)]),
        (((5, 6),), []),
        (((11, 12),), []),
        (((0, 0),), []),
        ((), []),
        (((14, 99),), [Box(2, 70, 60, 80, 70)]),
        (((12, 13), (0, 1)), [Box(2, 50, 60, 60, 70), Box(1, 50, 100, 60, 110)]),
    ],
)
def test_boxes_of_raw_ranges(ranges: Ranges, boxes: list[Box]) -> None:
    assert Geometry(Document("d", "d.pdf", "", runs=RUNS)).boxes(ranges) == boxes


def test_two_columns_at_one_height_are_two_boxes() -> None:
    runs = (Run(1, 0, 2, 100, 110, edges(50, 2)), Run(1, 3, 5, 100, 110, edges(300, 2)))
    swapped = (Run(1, 0, 2, 100, 110, edges(300, 2)), Run(1, 3, 5, 100, 110, edges(50, 2)))
    assert len(Geometry(Document("d", "d.pdf", "", runs=swapped)).boxes(((0, 5),))) == 2
    found = Geometry(Document("d", "d.pdf", "", runs=runs)).boxes(((0, 2),))
    assert found == [Box(1, 50, 100, 70, 110)]


def test_page_of_is_that_of_the_first_printed_character() -> None:
    geometry = Geometry(Document("d", "d.pdf", "", runs=RUNS))
    assert geometry.page_of(((11, 14),)) == 2
    assert geometry.page_of(((0, 15),)) == 1
    assert geometry.page_of(((5, 6),)) is None


def test_nothing_is_printed_where_there_are_no_runs() -> None:
    assert Geometry(Document("d", "d.pdf", "")).boxes(((0, 5),)) == []


def test_a_document_finds_its_blocks_and_takes_more_problems() -> None:
    one = Problem("extract", None, "warning", "no-date", "x")
    document = Document("d", "d.pdf", "", blocks=(block(((0, 3),)),), problems=(one,))
    assert document.block("d:b") is document.blocks[0]
    with pytest.raises(KeyError):
        document.block("d:x")
    two = Problem("tag", 3, "error", "stage-failed", "y")
    assert document.with_problems(two).problems == (one, two)
    assert document.problems == (one,)
    assert document.readable
    assert not Document("d", "d.pdf", "").readable


def test_running_text_is_of_kinds_that_blocks_have() -> None:
    assert set(get_args(BlockKind)) > BODY_KINDS


TEXT = st.text(max_size=6)
WHOLE = st.integers(0, 10_000)
POINTS = st.floats(-2000, 2000)
RANGES = st.lists(st.tuples(WHOLE, WHOLE), max_size=3).map(tuple)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)


def some(**fields: st.SearchStrategy[object]) -> dict[str, st.SearchStrategy[object]]:
    return fields


def many(layer: type, /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.builds(layer, **fields), max_size=2).map(tuple)


MENTION = some(mention_id=TEXT, block_id=TEXT, start=WHOLE, end=WHOLE, text=TEXT, label=TEXT, edition=TEXT, date=TEXT)
CITATION = some(citation_id=TEXT, start=WHOLE, end=WHOLE, position=WHOLE, authors=TEXTS, title=TEXT, refers_to=TEXT)
DOCUMENTS = st.builds(
    Document,
    doc_id=TEXT,
    source_file=TEXT,
    sha256=TEXT,
    raw=TEXT,
    pages=many(Page, number=WHOLE, width=POINTS, height=POINTS, label=TEXT),
    runs=many(
        Run,
        page=WHOLE,
        start=WHOLE,
        end=WHOLE,
        top=POINTS,
        bottom=POINTS,
        edges=st.lists(POINTS, max_size=4).map(tuple),
    ),
    front=st.builds(
        FrontMatter,
        series=TEXT,
        number=TEXT,
        title=TEXT,
        published=TEXT,
        authors=many(Author, name=TEXT, role=TEXT, specialties=TEXTS),
    ),
    blocks=many(
        Block,
        block_id=TEXT,
        kind=st.sampled_from(get_args(BlockKind)),
        text=TEXT,
        ranges=RANGES,
        level=st.none() | WHOLE,
        section=TEXT,
    ),
    notes=many(Note, note_id=TEXT, number=TEXT, block_id=TEXT),
    marks=many(Mark, mark_id=TEXT, number=TEXT, note_id=TEXT, block_id=TEXT, offset=WHOLE, ranges=RANGES),
    left_out=many(LeftOut, start=WHOLE, end=WHOLE, reason=TEXT, over=TEXT),
    sentences=many(Sentence, block_id=TEXT, start=WHOLE, end=WHOLE),
    mentions=many(Mention, entity_id=TEXT, name=TEXT, source=TEXT, **MENTION),
    citations=many(Citation, note_id=TEXT, block_id=TEXT, work_id=TEXT, text=TEXT, **CITATION),
    problems=many(Problem, stage=TEXT, page=st.none() | WHOLE, severity=TEXT, code=TEXT, message=TEXT),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_a_document_comes_back_from_json_as_it_was(document: Document) -> None:
    data = to_json(document)
    assert from_json(data) == document
    assert to_json(from_json(data)) == data
    data.decode("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b'{"doc_id": 1, "source_file": "a", "sha256": "b"}',
        b'{"doc_id": "d", "source_file": "a", "sha256": "b", "blocks": [{"block_id": "x", "kind": "no-kind", '
        b'"text": "", "ranges": []}]}',
    ],
)
def test_json_that_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(data)
