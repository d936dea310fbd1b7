"""What every line of a document is."""

from __future__ import annotations

import pytest

from pipeline.extract.layout import Layout, find_layout
from tests.extract.pages import GOTHIC, LEFT, PITCH, Sheet, prose, rows, texts

FOOT = 372.0


def first_page(marks: bool = True) -> Sheet:
    """Banner, title, by-line, a heading, text with two marks, two notes, a page number."""
    sheet = Sheet(1)
    sheet.put("港町コメンタリー 第801号", base=50, size=9, font=GOTHIC)
    sheet.put("2025年11月14日", x=180, base=66)
    sheet.put("秋の市場と港", x=100, base=90, size=14, font=GOTHIC)
    sheet.put("主任研究官 海野 渡", x=155, base=112)
    sheet.put("１．港の町", base=144, size=12, font=GOTHIC)
    marked = ["　" + prose(15) + ("^{1}" if marks else "") + "、" + prose(3), *rows(prose(58, 20) + "。")]
    base = sheet.column([*marked, *rows(prose(46, 3) + "。", indent=1)], base=166)
    sheet.column(
        ["　" + prose(14, 60) + ("^{2}" if marks else "") + "、" + prose(4), *rows(prose(30) + "。")], base=base
    )
    if marks:
        sheet.rule(FOOT - 22)
        sheet.column(["^{1}港の記録。", "^{2}同上。"], base=FOOT - 8, pitch=12, size=8)
    sheet.put("1", x=145, base=405, size=9)
    return sheet


def next_page(number: int, *back: str) -> Sheet:
    """A page of text, perhaps with back matter, and its number."""
    sheet = Sheet(number)
    base = sheet.column([*rows(prose(86, 9 * number) + "。", indent=1), *rows(prose(46, 31) + "。", indent=1)])
    sheet.column(back, base=base + 3 * PITCH)
    sheet.put(str(number), x=145, base=405, size=9)
    return sheet


def layout(*sheets: Sheet) -> Layout:
    return find_layout([sheet.done() for sheet in sheets])


def test_every_line_is_one_thing() -> None:
    found = layout(first_page(), next_page(2, "PROFILE", "海野 渡", "専門分野：港湾史"))
    lines = [line for page in found.pages for line in page.lines]
    kinds = [
        [line for line in lines if id(line) in found.furniture.reasons],
        found.front.title,
        found.front.subtitle,
        found.front.rest,
        [line for draft in found.body for line, _ in draft.pieces],
        [line for line in lines if id(line) in found.notes.taken()],
        list(found.back),
    ]
    placed = [id(line) for kind in kinds for line in kind]
    assert sorted(placed) == sorted(map(id, lines))


def test_the_parts_of_a_document() -> None:
    found = layout(first_page(), next_page(2, "PROFILE", "海野 渡", "専門分野：港湾史"))
    assert found.front.matter.title == "秋の市場と港"
    assert found.front.matter.authors[0].specialties == ("港湾史",)
    assert [draft.kind for draft in found.body] == ["heading", *["paragraph"] * 5]
    assert [(note.number, note.pieces[0][0].text) for note in found.notes.notes] == [
        ("1", "1港の記録。"),
        ("2", "2同上。"),
    ]
    assert texts(found.back) == ["PROFILE", "海野 渡", "専門分野：港湾史"]
    assert found.furniture.labels == {1: "1", 2: "2"}


def test_drafts_stand_in_reading_order_and_notes_are_none_of_them() -> None:
    found = layout(first_page(), next_page(2))
    for at, line in enumerate(line for page in found.pages for line in page.lines):
        line.start = at
    drafts = found.drafts()
    starts = [draft.pieces[0][0].start for draft in drafts]
    assert starts == sorted(starts)
    assert not {id(line) for draft in drafts for line, _ in draft.pieces} & found.notes.taken()
    assert [draft.kind for draft in drafts[:4]].count("title") == 1


def test_a_page_number_between_two_columns_is_read_last() -> None:
    sheet = Sheet(1, width=500, height=700)
    left, right = [prose(18, i) for i in range(20)], [prose(18, 31 + i) for i in range(20)]
    sheet.column(left, LEFT, 80)
    sheet.column(right, 260, 80)
    sheet.put("- 1 -", x=235, base=670)
    assert texts(layout(sheet).pages[0].lines) == [*left, *right, "- 1 -"]


def test_a_document_whose_pages_are_all_alike_has_no_furniture() -> None:
    pages = []
    for number in (1, 2):
        sheet = Sheet(number)
        sheet.put("会合が開かれた。", base=60)
        pages.append(sheet)
    found = layout(*pages)
    assert found.furniture.reasons == {}
    assert sum(len(page.lines) for page in found.pages) == 2


def test_a_disclaimer_inside_the_text_is_back_matter() -> None:
    page = first_page(marks=False)
    found = layout(
        page, next_page(2), next_page(3, "本稿の見解は執筆者個人のものであり、所属", "する組織の公式の見解ではない。")
    )
    assert [text[:6] for text in texts(found.back)] == ["本稿の見解は", "する組織の公"]


def test_a_document_without_lines() -> None:
    with pytest.raises(ValueError, match=r"no .*"):
        layout(Sheet(1))
