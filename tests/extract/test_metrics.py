"""What is usual in a document."""

from __future__ import annotations

import pytest

from pipeline.extract.lines import Line
from pipeline.extract.metrics import measure, set_edges, set_edges_beside
from tests.extract.pages import GOTHIC, METRICS, MINCHO, line, lines, prose


def body(count: int = 20, **how: float) -> list[Line]:
    return lines(*(prose(20, i) for i in range(count)), **how)  # type: ignore[arg-type]


def test_the_body_s_size_face_and_pitch() -> None:
    found = measure([line("題", base=60, size=18, font=GOTHIC), *body()])
    assert (found.size, found.face, found.color, found.pitch) == (10, MINCHO, "0", 16)


def test_many_notes_do_not_outweigh_the_body() -> None:
    notes = lines(*(prose(24, i) for i in range(40)), size=8, pitch=12)
    assert measure([*body(), *notes]).size == 10


def test_a_few_large_lines_do_not_outweigh_the_body() -> None:
    assert measure([line(prose(12), size=16), *body()]).size == 10


@pytest.mark.parametrize("pitch", [14.0, 17.5, 20.0])
def test_the_pitch(pitch: float) -> None:
    assert measure(body(pitch=pitch)).pitch == pytest.approx(pitch, abs=0.1)


def test_one_line_has_a_pitch_too() -> None:
    found = measure([line("会合が開かれた。")])
    assert found.size == 10
    assert 12 < found.pitch < 20


def test_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="no lines"):
        measure([])


def test_tables_are_measured_only_where_there_is_nothing_else() -> None:
    cells = [line(prose(20, i), size=8, table=True) for i in range(40)]
    assert measure([*body(), *cells]).size == 10
    assert measure(cells).size == 8


def test_small() -> None:
    assert METRICS.is_small(line("注", size=8.5))
    assert not METRICS.is_small(line("本文", size=10))
    assert not METRICS.is_small(line("題", size=18))


def test_edges_are_those_of_the_text_and_not_of_what_sticks_out() -> None:
    found = [*body(), *lines("  見出し", base=500)]
    banner = line("第801号", x=30, base=30)
    for one in [*found, banner]:
        one.left, one.right = 30, 262
    set_edges([banner, *found], METRICS)
    assert {(one.left, one.right) for one in found} == {(50, 250)}


def test_indents_do_not_move_the_left_edge() -> None:
    paragraph = ["　" + prose(19), prose(20, 1), prose(20, 2), prose(5) + "。"]
    found = lines(*paragraph * 6)
    for one in found:
        one.left, one.right = 20, 300
    set_edges(found, METRICS)
    assert {(one.left, one.right) for one in found} == {(50, 250)}


def test_a_sparse_page_has_the_edges_of_the_others() -> None:
    full, last = body(), lines("会合は終わった。", page=2)
    last[0].right = last[0].x1
    set_edges([*full, *last], METRICS)
    assert (last[0].left, last[0].right) == (50, 250)


def test_each_column_has_its_own_edges() -> None:
    one, two = body(), lines(*(prose(20, i) for i in range(20)), left=280, right=480)
    set_edges([*one, *two], METRICS)
    assert {(x.left, x.right) for x in one} == {(50, 250)}
    assert {(x.left, x.right) for x in two} == {(280, 480)}


def test_hanging_punctuation_does_not_move_the_right_edge() -> None:
    texts = [prose(20, i) for i in range(20)]
    texts[3] += "、"
    found = lines(*texts)
    for one in found:
        one.right = 260
    set_edges(found, METRICS)
    assert {one.right for one in found} == {250}


@pytest.mark.parametrize("side", ["left", "right"])
def test_text_beside_a_figure_has_the_edges_that_it_leaves(side: str) -> None:
    above, below = body(8), body(8, base=388)
    shift = 80.0 if side == "left" else 0.0
    beside = lines(*(prose(12, i) for i in range(6)), base=250, left=50 + shift, right=250)
    box = (50.0, 236.0, 125.0, 340.0) if side == "left" else (175.0, 236.0, 250.0, 340.0)
    found = [*above, *beside, *below]
    for one in found:
        one.left, one.right = 50.0, 250.0
    set_edges_beside(found, {1: [box]})
    assert {(one.left, one.right) for one in beside} == {(130.0, 250.0) if side == "left" else (50.0, 170.0)}
    assert {(one.left, one.right) for one in [*above, *below]} == {(50.0, 250.0)}


def test_a_page_that_is_mostly_set_in_begins_where_its_text_runs_on() -> None:
    inset = lines(*(prose(16, i) for i in range(20)), left=90)
    flush = lines("　" + prose(19), prose(20, 1), prose(20, 2), prose(5) + "。", base=500)
    for one in [*inset, *flush]:
        one.left, one.right = 50, 250
    set_edges([*inset, *flush], METRICS)
    assert {one.left for one in [*inset, *flush]} == {50}


def test_numbers_that_stand_out_of_the_text_move_no_edge() -> None:
    found = [*body(), *lines("1." + prose(21), "2." + prose(21), base=500, left=30)]
    for one in found:
        one.left, one.right = 30, 250
    set_edges(found, METRICS)
    assert {one.left for one in found} == {50}


def test_a_page_that_is_set_in_but_for_a_heading_begins_where_the_other_pages_do() -> None:
    pages = [one for page in (1, 2, 3) for one in body(page=page)]
    last = [line("二　秋の市場", page=4), *lines(*(prose(18, i) for i in range(20)), left=70, page=4, base=120)]
    for one in last:
        one.left, one.right = 50, 250
    set_edges([*pages, *last], METRICS)
    assert {one.left for one in last} == {50}


def test_a_text_set_slightly_smaller_than_the_others_has_its_own_edges() -> None:
    first = body()
    second = lines(*(prose(18, i) for i in range(20)), size=9.5, left=70, page=2)
    for one in second:
        one.left, one.right = 60, 260
    set_edges([*first, *second], METRICS)
    assert {(one.left, one.right) for one in second} == {(70, 241)}


def test_a_few_lines_set_wider_than_the_text_move_no_edge() -> None:
    found = [*body(30), *lines(prose(26), prose(26, 5), prose(9, 9), base=700, left=20)]
    for one in found:
        one.left, one.right = 20, 280
    set_edges(found, METRICS)
    assert {one.left for one in found} == {50}
