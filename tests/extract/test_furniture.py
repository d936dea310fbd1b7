"""Running heads and page numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.furniture import find_furniture
from pipeline.extract.lines import Line
from tests.extract.pages import line, lines, prose

HEAD, FOOT = 40.0, 400.0
"""Baselines of running heads and page numbers; the text stands from 80 to 352."""


def text(page: int, count: int = 18) -> list[Line]:
    """The text of a page, unlike that of others."""
    return lines(*(prose(20, 7 * page + i) for i in range(count)), base=80, page=page)


def document(pages: int, extra: Callable[[int], list[Line]]) -> list[list[Line]]:
    """Pages of text with more lines on each."""
    return [[*text(page), *extra(page)] for page in range(1, pages + 1)]


def found(pages: list[list[Line]]) -> dict[int, list[tuple[str, str]]]:
    """Furniture by page: reason and text."""
    furniture = find_furniture(pages)
    out: dict[int, list[tuple[str, str]]] = {}
    for page in pages:
        for one in page:
            if id(one) in furniture.reasons:
                out.setdefault(one.page, []).append((furniture.reasons[id(one)], one.text))
    return out


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("{}", "{}"),
        ("- {} -", "{}"),
        ("– {} –", "{}"),
        ("－{}－", "{}"),
        ("― {} ―", "{}"),
        ("-{}-", "{}"),
        ("{}/12", "{}"),
        ("{} / 12", "{}"),
        ("{} of 12", "{}"),
        ("p. {}", "{}"),
        ("Page {}", "{}"),
        ("{}頁", "{}"),
        ("{}ページ", "{}"),
    ],
)
def test_page_numbers(form: str, label: str) -> None:
    pages = document(4, lambda page: [line(form.format(page), x=145, base=FOOT, page=page)])
    furniture = find_furniture(pages)
    assert found(pages) == {page: [("page_number", form.format(page))] for page in range(1, 5)}
    assert furniture.labels == {page: label.format(page) for page in range(1, 5)}


@pytest.mark.parametrize("base", [HEAD, FOOT])
def test_page_numbers_that_begin_at_fifteen(base: float) -> None:
    pages = document(4, lambda page: [line(str(page + 14), x=145, base=base, page=page)])
    assert find_furniture(pages).labels == {page: str(page + 14) for page in range(1, 5)}


def test_full_width_page_numbers() -> None:
    pages = document(3, lambda page: [line("１２３"[page - 1], x=145, base=FOOT, page=page)])
    assert find_furniture(pages).labels == {1: "1", 2: "2", 3: "3"}


def test_roman_page_numbers() -> None:
    pages = document(4, lambda page: [line(["i", "ii", "iii", "iv"][page - 1], x=145, base=FOOT, page=page)])
    assert find_furniture(pages).labels == {1: "i", 2: "ii", 3: "iii", 4: "iv"}


def test_page_numbers_at_the_outer_edges() -> None:
    pages = document(4, lambda page: [line(str(page), x=240 if page % 2 else 50, base=FOOT, page=page)])
    assert find_furniture(pages).labels == {page: str(page) for page in range(1, 5)}


def test_a_first_page_without_number() -> None:
    pages = document(4, lambda page: [line(str(page), x=145, base=FOOT, page=page)] if page > 1 else [])
    assert find_furniture(pages).labels == {2: "2", 3: "3", 4: "4"}


def test_figures_that_do_not_count_the_pages_are_no_page_numbers() -> None:
    pages = document(4, lambda page: [line(str([7, 3, 88, 2][page - 1]), x=145, base=FOOT, page=page)])
    assert find_furniture(pages).labels == {}


def test_a_figure_inside_the_text_is_no_page_number() -> None:
    pages = [[*text(page, 8), line(str(page), x=145, base=80 + 16 * 8, page=page), *lower(page)] for page in (1, 2, 3)]
    assert found(pages) == {}


def lower(page: int) -> list[Line]:
    return lines(*(prose(20, 31 * page + i) for i in range(8)), base=80 + 16 * 9, page=page)


def test_one_page_may_have_a_number() -> None:
    pages = document(1, lambda page: [line("- 1 -", x=145, base=FOOT)])
    assert found(pages) == {1: [("page_number", "- 1 -")]}


def test_a_running_head() -> None:
    pages = document(3, lambda page: [line("港の町の記録", x=120, base=HEAD, size=8, page=page)])
    assert found(pages) == {page: [("running_head", "港の町の記録")] for page in (1, 2, 3)}


def test_heads_of_odd_and_even_pages() -> None:
    said = {1: "港の町の記録", 0: "秋の市場と船"}
    pages = document(6, lambda page: [line(said[page % 2], x=120, base=HEAD, size=8, page=page)])
    assert found(pages) == {page: [("running_head", said[page % 2])] for page in range(1, 7)}


def test_a_running_head_and_a_page_number() -> None:
    pages = document(
        3,
        lambda page: [
            line("港の町の記録", x=120, base=HEAD, size=8, page=page),
            line(str(page), x=145, base=FOOT, page=page),
        ],
    )
    assert found(pages) == {page: [("running_head", "港の町の記録"), ("page_number", str(page))] for page in (1, 2, 3)}


def test_a_running_foot_that_holds_the_page_number() -> None:
    pages = document(3, lambda page: [line(f"港の町の記録　{page}", x=120, base=FOOT, size=8, page=page)])
    furniture = find_furniture(pages)
    assert {reason for reasons in found(pages).values() for reason, _ in reasons} == {"running_head"}
    assert furniture.labels == {1: "1", 2: "2", 3: "3"}


def test_heads_of_two_lines() -> None:
    pages = document(
        3,
        lambda page: [
            line("港の町の記録", x=120, base=30, size=8, page=page),
            line("第801号", x=130, base=40, size=8, page=page),
        ],
    )
    assert all(len(found(pages)[page]) == 2 for page in (1, 2, 3))


def test_heads_that_differ_in_figures_only() -> None:
    pages = document(3, lambda page: [line(f"第{page}部　港の町", x=120, base=HEAD, size=8, page=page)])
    assert sorted(found(pages)) == [1, 2, 3]


def test_the_same_words_at_another_height_are_text() -> None:
    pages = [text(1), [line(prose(20, 7), base=52, page=2), *text(2)]]
    assert found(pages) == {}


def test_a_first_line_that_repeats_and_touches_the_text_stays() -> None:
    pages = [[*lines("会合が開かれた。", base=64, page=page), *text(page)] for page in (1, 2)]
    assert found(pages) == {}


def test_the_title_over_a_later_page_is_a_running_head() -> None:
    first = [line("港の町の秋と市場", x=90, base=52, size=16), *text(1)]
    second = [line("港の町の秋と市場", x=90, base=HEAD, size=8, page=2), *text(2)]
    assert found([first, second]) == {2: [("running_head", "港の町の秋と市場")]}


def with_note(page: int, said: str) -> list[Line]:
    """A page with one note of one line at its foot."""
    return [*text(page, 16), *lines(said, base=380, size=8, page=page)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("^{3}同上、12頁。", "^{6}同上、48頁。"),
        ("（注3）同上。", "（注6）同上。"),
        ("3 Ibid., p. 12.", "6 Ibid., p. 48."),
    ],
)
def test_a_lone_note_at_the_foot_of_two_pages_is_no_running_foot(one: str, two: str) -> None:
    assert found([text(1), with_note(2, one), text(3), with_note(4, two)]) == {}


def test_a_line_of_text_that_repeats_inside_widely_set_text_is_no_running_head() -> None:
    pages = [
        lines(
            prose(20, page),
            "市場の数と船の数を合わせて数えるとこの年",
            *(prose(20, 7 * page + i) for i in range(9)),
            pitch=20,
            page=page,
        )
        for page in (1, 2, 3)
    ]
    assert found(pages) == {}


def test_two_lines_of_notes_that_repeat_but_for_their_figures_are_no_running_feet() -> None:
    pages = [
        [
            *text(page, 14),
            *lines(
                f"{page} {prose(20, page)}",
                f"{page + 3} 同上、{page}頁。",
                f"{page + 6} 同上。",
                base=340,
                pitch=12,
                size=8,
                page=page,
            ),
        ]
        for page in (1, 2, 3)
    ]
    assert found(pages) == {}


def test_the_end_of_a_note_at_the_foot_of_two_pages_is_no_running_foot() -> None:
    ends = ["（2026年1月15日アクセス）。", "（2026年1月18日アクセス）。"]
    pages = [
        [*text(page, 16), *lines(f"^{{{page}}}{prose(24, page)}", end, base=368, pitch=12, size=8, page=page)]
        for page, end in enumerate(ends, 1)
    ]
    assert found(pages) == {}


def test_a_title_at_the_height_of_the_heads_that_repeat_it_is_none() -> None:
    first = [line("港の町の秋と市場", x=90, base=HEAD, size=16), *text(1)]
    others = [[line("港の町の秋と市場", x=90, base=HEAD, size=8, page=page), *text(page)] for page in (2, 3)]
    assert sorted(found([first, *others])) == [2, 3]


def test_no_pages_no_furniture() -> None:
    assert find_furniture([]).reasons == {}
    assert found([text(1), [], text(3)]) == {}


def test_the_only_page_number_of_a_document_is_one_where_it_stands_far_below() -> None:
    pages = [[*text(1), line("1", x=145, base=FOOT + 20)], text(2)]
    assert found(pages) == {1: [("page_number", "1")]}
    assert found([[*text(1), line("3", x=145, base=FOOT + 20)], text(2)]) == {}


def test_a_number_that_counts_wrong_is_still_the_one_that_the_page_bears() -> None:
    printed = {1: "１", 2: "２", 3: "２", 4: "２"}
    pages = document(4, lambda page: [line(printed[page], x=145, base=FOOT, page=page)])
    assert find_furniture(pages).labels == {1: "1", 2: "2", 3: "2", 4: "2"}
    elsewhere = document(4, lambda page: [line(printed[page], x=145 if page < 3 else 60, base=FOOT, page=page)])
    assert set(find_furniture(elsewhere).labels) == {1, 2}
