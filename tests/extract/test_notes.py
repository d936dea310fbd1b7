"""Which lines are notes, and where each begins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract.glyphs import Rule
from pipeline.extract.lines import Line
from pipeline.extract.notes import find_notes
from tests.extract.pages import EMS, LEFT, METRICS, line, lines, prose, texts

FOOT = 340.0
"""Baseline of the first note at a page's foot."""
SMALL_EMS = 25
"""Characters of 8 points in a line."""


def body(page: int = 1, count: int = 14, marks: Sequence[int] = (), base: float = 60.0) -> list[Line]:
    """Text of a page that ends a sentence, with raised marks in its first lines."""
    rows = [prose(EMS, 9 * page + i) for i in range(count - 1)]
    for at, mark in enumerate(marks):
        rows[at] = prose(EMS - 6, 9 * page + at) + f"^{{{mark}}}、" + prose(3)
    return lines(*rows, "会合は終わった。", base=base, page=page)


def small(*rows: str, base: float = FOOT, page: int = 1, left: float = LEFT) -> list[Line]:
    """Rows of a note, set in 8 points."""
    return lines(*rows, base=base, pitch=12, size=8, page=page, left=left, right=left + 200)


def rule(top: float = FOOT - 12, x0: float = LEFT, x1: float = LEFT + 60) -> Rule:
    return Rule(x0, top, x1, top + 0.5)


def notes(
    found: Sequence[Line], rules: dict[int, list[Rule]] | None = None, back: Sequence[Line] = ()
) -> list[tuple[str, str]]:
    """Number and text of each note."""
    result = find_notes(found, rules or {}, METRICS, {id(one) for one in back})
    return [(note.number, "".join(one.text[first:] for one, first in note.pieces)) for note in result.notes]


LONG = "港の記録の第一章、とくに秋の市場に集まる人と船を扱う節の注" + prose(20)
"""A note of more than one line."""
assert len(LONG) > 2 * SMALL_EMS - 2


def test_notes_at_the_foot_are_told_by_their_size() -> None:
    found = [*body(marks=[1, 2]), *small("1 港の記録。", "2 同上。")]
    assert notes(found) == [("1", "港の記録。"), ("2", "同上。")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("^{1}", "^{2}"),
        ("1 ", "2 "),
        ("1　", "2　"),
        ("1) ", "2) "),
        ("（注1）", "（注2）"),
        ("注1　", "注2　"),
        ("[1] ", "[2] "),
    ],
)
def test_notes_with_numbers_of_any_form(one: str, two: str) -> None:
    found = [*body(marks=[1, 2]), *small(f"{one}港の記録。", f"{two}同上。")]
    assert notes(found) == [("1", "港の記録。"), ("2", "同上。")]


def test_notes_of_the_body_s_size_are_told_by_a_rule() -> None:
    found = [*body(marks=[1]), *lines("1 港の記録。", "2 同上。", base=FOOT)]
    assert notes(found, {1: [rule()]}) == [("1", "港の記録。"), ("2", "同上。")]


def test_a_rule_across_the_page_or_without_numbers_parts_no_notes() -> None:
    found = [*body(), *lines("1 港の記録。", "2 同上。", base=FOOT)]
    assert notes(found, {1: [rule(x1=LEFT + 200)]}) == []
    plain = [*body(), *lines("港の記録。", "同上。", base=FOOT)]
    assert notes(plain, {1: [rule()]}) == []


def test_a_note_of_several_lines() -> None:
    found = [*body(marks=[1, 2]), *small("1 " + LONG[:24], LONG[24:], "2 同上。")]
    assert notes(found) == [("1", LONG), ("2", "同上。")]


def test_a_continuation_line_that_begins_with_a_figure() -> None:
    rows = ["1 " + prose(22) + "令和", "7年版、とくに45頁を見よ。", "2 同上。"]
    assert notes([*body(marks=[1, 2]), *small(*rows)]) == [
        ("1", prose(22) + "令和7年版、とくに45頁を見よ。"),
        ("2", "同上。"),
    ]


def test_a_note_of_two_paragraphs() -> None:
    found = [*body(marks=[1, 2]), *small("1 港の記録。", "　町の記録も見よ。", "2 同上。")]
    assert notes(found) == [("1", "港の記録。　町の記録も見よ。"), ("2", "同上。")]


def test_notes_go_on_counting_over_pages() -> None:
    found = [
        *body(1, marks=[1, 2]),
        *small("1 港の記録。", "2 同上。"),
        *body(2, marks=[3]),
        *small("3 町の記録。", page=2),
    ]
    assert [number for number, _ in notes(found)] == ["1", "2", "3"]


def test_a_note_that_runs_over_a_page_end() -> None:
    found = [
        *body(1, marks=[1]),
        *small("1 " + LONG[:23]),
        *body(2, marks=[2]),
        *small(LONG[23:], "2 同上。", page=2),
    ]
    assert notes(found) == [("1", LONG), ("2", "同上。")]


def test_a_note_that_runs_over_a_page_end_onto_a_page_without_other_notes() -> None:
    found = [*body(1, marks=[1]), *small("1 " + LONG[:23]), *body(2), *small(LONG[23:], page=2)]
    assert notes(found) == [("1", LONG)]


def test_a_note_that_runs_over_two_page_ends() -> None:
    rest = "また町の記録も見よ。"
    found = [
        *body(1, marks=[1]),
        *small("1 " + LONG[:23]),
        *body(2),
        *small(LONG[23:48], page=2),
        *body(3, marks=[2]),
        *small(LONG[48:] + rest, "2 同上。", page=3),
    ]
    assert notes(found) == [("1", LONG + rest), ("2", "同上。")]


def test_numbering_that_begins_again_on_each_page() -> None:
    found = [
        *body(1, marks=[1, 2]),
        *small("^{1}港の記録。", "^{2}同上。"),
        *body(2, marks=[1]),
        *small("^{1}町の記録。", page=2),
    ]
    assert notes(found) == [("1", "港の記録。"), ("2", "同上。"), ("1", "町の記録。")]


def test_notes_with_symbols() -> None:
    found = [*body(), *small("^{*}謝辞を述べたい。", "^{1}港の記録。")]
    assert notes(found) == [("*", "謝辞を述べたい。"), ("1", "港の記録。")]


def test_notes_under_a_heading_at_the_end() -> None:
    head = line("注", base=60, page=2)
    found = [*body(1, marks=[1, 2]), head, *lines("1 港の記録。", "2 同上。", base=80, page=2)]
    result = find_notes(found, {}, METRICS)
    assert notes(found) == [("1", "港の記録。"), ("2", "同上。")]
    assert result.headings == [head]
    assert result.taken() == {id(one) for one in found[-3:]}


@pytest.mark.parametrize(
    "said", ["注", "註", "注釈", "脚注", "【注】", "〈注〉", "注：", "注　釈", "Notes", "Endnotes"]
)
def test_headings_over_notes(said: str) -> None:
    found = [*body(1), line(said, base=60, page=2), *lines("1 港の記録。", "2 同上。", base=80, page=2)]
    assert len(notes(found)) == 2


@pytest.mark.parametrize("said", ["注意", "注目すべき点", "まとめ", "注釈書を読む"])
def test_headings_over_a_numbered_list_that_is_no_notes(said: str) -> None:
    found = [*body(1), line(said, base=60, page=2), *lines("1 港の記録。", "2 同上。", base=80, page=2)]
    assert notes(found) == []


def test_notes_under_a_heading_end_at_the_next_heading() -> None:
    found = [
        *body(1),
        line("注", base=60, page=2),
        *lines("1 港の記録。", "2 同上。", base=80, page=2),
        line("港の町の人々", base=130, size=14, page=2),
        *lines("町の話である。", base=160, page=2),
    ]
    assert notes(found) == [("1", "港の記録。"), ("2", "同上。")]


def test_notes_at_the_end_over_two_pages() -> None:
    found = [
        *body(1),
        line("注", base=60, page=2),
        *lines("1 港の記録。", "2 " + prose(18), base=80, page=2),
        *lines("を見よ。", "3 同上。", base=60, page=3),
    ]
    assert notes(found) == [("1", "港の記録。"), ("2", prose(18) + "を見よ。"), ("3", "同上。")]


def test_notes_at_the_end_without_a_heading() -> None:
    found = [*body(1, marks=[1, 2, 3]), *lines("1 港の記録。", "2 町の記録。", "3 同上。", base=60, page=2)]
    assert [number for number, _ in notes(found)] == ["1", "2", "3"]


def test_a_numbered_list_at_the_end_that_nothing_marks_is_no_notes() -> None:
    found = [*body(1), *lines("1 港の記録。", "2 町の記録。", "3 同上。", base=60, page=2)]
    assert notes(found) == []


def test_small_type_without_numbers_is_no_notes() -> None:
    assert notes([*body(1), *small("出所：港の記録。")]) == []


def test_a_caption_with_a_number_is_no_note() -> None:
    assert notes([*body(1), *small("表1 秋の市場", base=300)]) == []


def test_notes_under_each_of_two_columns() -> None:
    one = [*body(1, marks=[1]), *small("1 港の記録。")]
    right = lines(*(prose(EMS, 40 + i) for i in range(14)), base=60, left=280, right=480)
    two = [*right, *small("2 同上。", left=280)]
    assert notes([*one, *two]) == [("1", "港の記録。"), ("2", "同上。")]


def test_notes_under_the_back_matter_of_the_last_page() -> None:
    back = lines("PROFILE", "海野 渡", "専門分野：港湾史", base=200, page=2)
    found = [
        *body(1, marks=[1]),
        *small("^{1}港の記録。"),
        *body(2, count=6, marks=[2]),
        *back,
        *small("^{2}同上。", page=2),
    ]
    assert notes(found, {}, [*back, found[-1]]) == [("1", "港の記録。"), ("2", "同上。")]


def test_back_matter_with_figures_is_no_note() -> None:
    back = [*lines("PROFILE", "海野 渡", base=200), *small("電話：03-0000-0000", "〒000-0000 港の町1-2-3", base=240)]
    found = [*body(1, count=6, marks=[]), *back]
    assert notes(found, {}, back) == []


def test_a_list_of_references_is_no_notes() -> None:
    head = line("参考文献", base=60, page=2)
    entries = lines("海野渡『港の記録』港書房、2020年。", "山辺桜『町の記録』町書房、2021年。", base=80, page=2)
    found = [*body(1), head, *entries]
    result = find_notes(found, {}, METRICS)
    assert result.notes == []
    assert result.references == entries


def test_entries_of_a_list_of_references_that_hang() -> None:
    head = line("参考文献", base=60, page=2)
    first = ["海野渡『港の記録の全部とその続き』港書", "　房、2020年。"]
    second = ["山辺桜『町の記録』町書房、2021年。"]
    found = [*body(1), head, *lines(*first, *second, base=80, page=2)]
    assert [texts(entry) for entry in find_notes(found, {}, METRICS).entries()] == [first, second]


def test_notes_and_references_each_under_a_heading() -> None:
    found = [
        *body(1),
        line("注", base=60, page=2),
        *lines("1 港の記録。", "2 同上。", base=80, page=2),
        line("参考文献", base=130, page=2),
        *lines("海野渡『港の記録』。", base=150, page=2),
    ]
    result = find_notes(found, {}, METRICS)
    assert [note.number for note in result.notes] == ["1", "2"]
    assert texts(result.references) == ["海野渡『港の記録』。"]
    assert texts(result.headings) == ["注", "参考文献"]


def test_no_lines_no_notes() -> None:
    result = find_notes([], {}, METRICS)
    assert (result.notes, result.headings, result.references, result.entries()) == ([], [], [], [])


def test_numbered_entries_of_a_list_of_references_without_any_notes() -> None:
    said = ["①海野渡『港の記録』港書房、二〇二〇年、第", "二巻。", "②同『秋の市場』。", "③外務省『青書』。"]
    imprint = line("港町研究所", x=120, base=400, size=12, page=2)
    found = [*body(1), *lines("参考文献", *said, page=2), imprint]
    result = find_notes(found, {}, METRICS)
    assert texts(result.headings) == ["参考文献"]
    assert [texts(entry) for entry in result.entries()] == [said[:2], said[2:3], said[3:]]
    assert id(imprint) not in result.taken()


def test_numbering_begins_again_under_the_heading_of_each_chapter() -> None:
    chapter = [*body(count=5), *lines("注", base=150), *small("1　港の記録。", "2　市場の記録。", base=166)]
    second = [
        *lines(*(prose(EMS, 60 + i) for i in range(4)), "会は終わった。", base=200),
        *lines("注", base=290),
        *small("1　船の記録。", "2　島の記録。", base=306),
    ]
    assert notes([*chapter, *second]) == [
        ("1", "港の記録。"),
        ("2", "市場の記録。"),
        ("1", "船の記録。"),
        ("2", "島の記録。"),
    ]
