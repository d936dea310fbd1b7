"""Glyphs to printed lines."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from pipeline.extract.glyphs import TableArea
from pipeline.extract.lines import Line, page_lines
from tests.extract.pages import GOTHIC, LEFT, MINCHO, PITCH, Sheet, line, prose, texts, typeset


def lines_of(sheet: Sheet) -> list[Line]:
    """The lines of a page that has no glyphs apart."""
    found, apart = page_lines(sheet.done())
    assert apart == []
    return found


def said(sheet: Sheet) -> list[str]:
    """What the lines of a page say, with raised characters in ``^{}``."""
    out = []
    for one in lines_of(sheet):
        text = "".join(f"^{{{c.text}}}" if c.raised else c.text for c in one.chars)
        out.append(text.replace("}^{", ""))
    return out


def test_glyphs_on_one_baseline_are_a_line() -> None:
    sheet = Sheet()
    sheet.put("会合が開かれた。", base=60)
    sheet.put("首相が述べた。", base=76)
    assert said(sheet) == ["会合が開かれた。", "首相が述べた。"]
    first = lines_of(sheet)[0]
    assert (first.x0, first.x1, first.base, first.size, first.font) == (50, 130, 60, 10, MINCHO)


def test_the_order_of_the_file_does_not_matter() -> None:
    sheet = Sheet()
    sheet.put("首相が述べた。", base=76)
    sheet.put("会合が開かれた。", base=60)
    sheet.glyphs.reverse()
    assert said(sheet) == ["会合が開かれた。", "首相が述べた。"]


@pytest.mark.parametrize(
    "printed",
    [
        "会合が開かれた^{1}。",
        "会合が開かれた。^{1}",
        "会合が開かれた。^{12}首相が述べた。",
        "会合が開かれた」^{1}。",
        "^{1}防衛省",
        "^{12} 防衛省",
        "PSI^{3}の会合",
        "the Minister^{3} said",
        "会合^{1}が開かれた^{2}。",
        "^{*}防衛省",
        "会合が開かれた^{注1}。",
        "会合が開かれた^{（1）}。",
        "300m^{2}である",
        "10^{4}円",
    ],
)
def test_raised_characters_join_their_line(printed: str) -> None:
    sheet = Sheet()
    sheet.put(prose(20), base=60)
    sheet.put(printed, base=76)
    sheet.put(prose(20, 5), base=92)
    assert said(sheet) == [prose(20), printed, prose(20, 5)]


def test_lowered_characters_join_their_line_and_are_not_raised() -> None:
    sheet = Sheet()
    sheet.put("CO_{2}の量")
    assert said(sheet) == ["CO2の量"]


@pytest.mark.parametrize("pitch", [11.0, 13.0, 16.0, 22.0])
def test_a_raised_mark_goes_to_its_own_line_whatever_the_pitch(pitch: float) -> None:
    sheet = Sheet()
    printed = [prose(20), prose(11, 3) + "^{12}。" + prose(8), prose(20, 7), prose(12) + "^{3}、"]
    sheet.column(printed, pitch=pitch)
    assert said(sheet) == printed


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8])
@pytest.mark.parametrize("rise", [0.25, 0.35, 0.5])
def test_marks_of_any_usual_size_and_height(share: float, rise: float) -> None:
    sheet = Sheet()
    x = sheet.put("会合が開かれた", base=60)
    size = 10 * share
    x = sheet.put("12", x=x, base=60 - 10 * rise, size=size)
    sheet.put("。", x=x, base=60)
    sheet.put(prose(20), base=76)
    assert said(sheet) == ["会合が開かれた^{12}。", prose(20)]


def test_a_small_line_below_another_is_no_mark() -> None:
    sheet = Sheet()
    sheet.put("会合が開かれた。", base=60)
    sheet.put("1", base=70, size=6)
    sheet.put("出所：市場の記録", base=76, size=6)
    assert said(sheet) == ["会合が開かれた。", "1", "出所：市場の記録"]


def test_a_line_of_raised_characters_only_is_a_mark() -> None:
    assert line("^{12}").is_mark
    assert not line("会合^{12}").is_mark


@pytest.mark.parametrize(
    ("words", "gap", "text"),
    [
        (("the", "Minister"), 3.0, "the Minister"),
        (("the", "Minister"), 0.5, "theMinister"),
        (("会合", "開催"), 0.5, "会合開催"),
        (("会合", "開催"), 4.0, "会合開催"),
        (("会合", "PSI"), 2.5, "会合PSI"),
        (("第1号", "会合"), 10.0, "第1号 会合"),
    ],
)
def test_a_gap_stands_for_a_space_where_words_are_parted(words: tuple[str, str], gap: float, text: str) -> None:
    sheet = Sheet()
    x = sheet.put(words[0])
    sheet.put(words[1], x=x + gap)
    assert said(sheet) == [text]


def test_a_printed_space_is_not_doubled() -> None:
    sheet = Sheet()
    x = sheet.put("the ")
    sheet.put("Minister", x=x + 3)
    assert said(sheet) == ["the Minister"]


def test_justified_japanese_gets_no_spaces() -> None:
    sheet = Sheet()
    for index, char in enumerate("会合が開かれた秋の町で"):
        sheet.put(char, x=LEFT + 14 * index)
    assert said(sheet) == ["会合が開かれた秋の町で"]


def test_justified_english_keeps_its_words() -> None:
    sheet, x = Sheet(), LEFT
    for word in ("The", "Minister", "said", "so"):
        x = sheet.put(word, x=x) + 7
    assert said(sheet) == ["The Minister said so"]


def test_letters_set_wide_are_one_word() -> None:
    sheet = Sheet()
    for index, char in enumerate("PROFILE"):
        sheet.put(char, x=LEFT + 8 * index)
    assert said(sheet) == ["PROFILE"]


def test_things_far_apart_on_one_baseline_are_one_line() -> None:
    sheet = Sheet()
    sheet.put("第801号", x=50)
    sheet.put("2025年11月14日", x=180)
    assert said(sheet) == ["第801号 2025年11月14日"]


def test_fonts_that_are_set_slightly_apart_are_one_line() -> None:
    sheet = Sheet()
    x = sheet.put("会合（", base=60)
    x = sheet.put("PSI", x=x, base=60.8, font="Times", size=10.5)
    sheet.put("）が開かれた", x=x, base=60)
    assert said(sheet) == ["会合（PSI）が開かれた"]


def test_turned_and_off_page_glyphs_stand_apart() -> None:
    sheet = Sheet()
    sheet.put("会合が開かれた。")
    turned = [dataclasses.replace(glyph, upright=False) for glyph, _ in typeset("縦", base=100)]
    sheet.glyphs += turned
    sheet.put("外", x=-30)
    sheet.put("下", base=900)
    found, apart = page_lines(sheet.done())
    assert texts(found) == ["会合が開かれた。"]
    assert [(glyph.text, why) for glyph, why, _ in apart] == [("縦", "turned"), ("外", "off_page"), ("下", "off_page")]


def test_a_line_of_spaces_is_none() -> None:
    sheet = Sheet()
    sheet.put("会合が開かれた。", base=60)
    sheet.put("　　", base=100)
    found, apart = page_lines(sheet.done())
    assert texts(found) == ["会合が開かれた。"]
    assert [(glyph.text, why) for glyph, why, _ in apart] == [("　", "blank"), ("　", "blank")]


def test_every_glyph_is_in_one_place() -> None:
    sheet = Sheet()
    sheet.column([prose(20), "会合^{1}が　開かれた^{2}。", "CO_{2} and m^{2}"])
    sheet.table([["年", "名称"], ["2025", "会合"]], LEFT, 120, (60, 100), 20)
    sheet.put("外", x=-30)
    sheet.put("　", base=300)
    found, apart = page_lines(sheet.done())
    placed = [char.glyph for one in found for char in one.chars if char.glyph is not None] + [a.glyph for a in apart]
    assert sorted(map(id, placed)) == sorted(map(id, sheet.glyphs))


def test_without_passes_over_what_is_already_placed() -> None:
    sheet = Sheet()
    sheet.put("頭", base=30)
    head = {id(glyph) for glyph in sheet.glyphs}
    sheet.put("会合が開かれた。", base=60)
    assert texts(page_lines(sheet.done(), head)[0]) == ["会合が開かれた。"]


def test_a_page_without_glyphs_has_no_lines() -> None:
    assert page_lines(Sheet().done()) == ([], [])


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet(width=500)
    sheet.column([prose(18, i) for i in range(8)], x=50)
    sheet.column([prose(18, 20 + i) for i in range(8)], x=260)
    assert said(sheet) == [*(prose(18, i) for i in range(8)), *(prose(18, 20 + i) for i in range(8))]
    assert {(one.left, one.right) for one in lines_of(sheet)} == {(50, 230), (260, 440)}


def test_rows_of_a_ruled_table_are_lines_with_tabs_where_the_table_stands() -> None:
    sheet = Sheet()
    sheet.put("上の行である。", base=60)
    sheet.table([["年", "名称"], ["2025", "会合"]], LEFT, 80, (60, 100), 20)
    sheet.put("下の行である。", base=150)
    assert said(sheet) == ["上の行である。", "年\t名称", "2025\t会合", "下の行である。"]
    assert [one.table for one in lines_of(sheet)] == [False, True, True, False]


def test_an_empty_cell_keeps_its_place() -> None:
    sheet = Sheet()
    sheet.table([["年", "", "名称"], ["", "2025", ""]], LEFT, 80, (60, 60, 60), 20)
    assert said(sheet) == ["年\t\t名称", "\t2025\t"]


def test_a_cell_of_two_lines() -> None:
    sheet = Sheet()
    sheet.table([["年", ""], ["2025", ""]], LEFT, 80, (60, 100), 30)
    sheet.put("秋の市場に", x=115, base=92)
    sheet.put("集まる会合", x=115, base=106)
    sheet.put("会合", x=115, base=130)
    assert said(sheet) == ["年\t秋の市場に集まる会合", "2025\t会合"]


def test_a_cell_of_two_lines_of_english() -> None:
    sheet = Sheet()
    sheet.table([["Year", ""], ["2025", ""]], LEFT, 80, (60, 100), 30)
    sheet.put("Proliferation", x=115, base=92)
    sheet.put("Security Initiative", x=115, base=106)
    sheet.put("Meeting", x=115, base=130)
    assert said(sheet) == ["Year\tProliferation Security Initiative", "2025\tMeeting"]


def test_ruby_is_not_between_the_lines_of_the_text() -> None:
    sheet = Sheet()
    sheet.put(prose(20), base=60)
    sheet.put("海野渡は述べた。", base=80)
    sheet.put("うみのわたる", x=50, base=70.5, size=5)
    sheet.put(prose(20, 9), base=100)
    found, apart = page_lines(sheet.done())
    assert texts(found) == [prose(20), "海野渡は述べた。", prose(20, 9)]
    assert {(a.reason, a.over) for a in apart} == {("ruby", "海野渡")}
    assert "".join(a.glyph.text for a in apart) == "うみのわたる"


def test_measures_of_a_line() -> None:
    one = line("  会合は^{12}", base=100, font=GOTHIC, bold=True)
    assert (one.x0, one.base, one.size, one.font, one.bold, one.color) == (60, 100, 10, GOTHIC, True, "0")
    assert one.indent == pytest.approx(1)
    assert one.slack == pytest.approx((250 - one.x1) / 10)
    assert one.text == "会合は12"
    assert one.top == pytest.approx(91.2)


def test_the_size_of_a_line_is_that_of_its_japanese() -> None:
    assert line("会合（PSI）").size == 10
    assert Line(1, [*line("会合の場").chars, *line("PSI and more", size=11).chars], 50, 250).size == 10


def test_pitch_of_the_helper() -> None:
    sheet = Sheet()
    assert sheet.column(["会合", "", "次"], base=60) == 60 + 3 * PITCH
    assert [one.base for one in lines_of(sheet)] == [60, 60 + 2 * PITCH]


def test_what_stands_outside_the_visible_part_of_a_page_is_left_out() -> None:
    sheet = Sheet()
    sheet.put("港の町の市場", LEFT, 60)
    sheet.put("裁ち落とし", 260, 100)
    lines, apart = page_lines(replace(sheet.done(), visible=(20, 20, 240, 400)))
    assert texts(lines) == ["港の町の市場"]
    assert "".join(a.glyph.text for a in apart) == "裁ち落とし"


def test_cells_whose_text_stands_close_are_parted_where_the_cells_are() -> None:
    sheet = Sheet()
    sheet.table([["2007年3月の会合", "東京都港区"], ["2010年", "大阪"]], LEFT, 60, (76, 100), 20)
    assert said(sheet) == ["2007年3月の会合\t東京都港区", "2010年\t大阪"]


def test_rules_that_run_through_words_make_no_cells() -> None:
    sheet = Sheet()
    sheet.column([prose(20), prose(20, 9)], base=74, pitch=20)
    cells = [[(50.0, y, 100.0, y + 20), (100.0, y, 250.0, y + 20)] for y in (60.0, 80.0)]
    sheet.tables.append(TableArea(50, 60, 250, 100, tuple(map(tuple, cells))))
    assert said(sheet) == [prose(20), prose(20, 9)]


def test_a_notes_number_beside_a_blank_goes_to_the_notes_text() -> None:
    sheet = Sheet()
    sheet.put("6", LEFT, 56, 6)
    sheet.glyphs += [replace(glyph, x0=54, x1=59, size=11) for glyph, _ in typeset("　", x=54, base=60)]
    sheet.put("代表的な取組がある。", 59, 60, 9)
    (one,) = page_lines(sheet.done())[0]
    assert [(c.text, c.raised) for c in one.chars][:3] == [("6", True), ("　", False), ("代", False)]


def test_a_mark_between_two_lines_goes_to_the_one_it_stands_beside() -> None:
    sheet = Sheet()
    sheet.put("に提供するものである。", LEFT, 60)
    sheet.put("13", LEFT, 69, 6)
    sheet.put("偽情報への対応は別に述べる。", LEFT + 7, 73)
    assert said(sheet) == ["に提供するものである。", "^{13}偽情報への対応は別に述べる。"]


def test_smaller_type_on_the_baseline_is_not_raised() -> None:
    sheet = Sheet()
    end = sheet.put("7)", LEFT, 60, 8)
    sheet.put("説明責任", end + 2, 60, 10)
    assert said(sheet) == ["7)説明責任"]


def test_words_in_full_width_letters_are_parted() -> None:
    sheet = Sheet()
    end = sheet.put("ＦＰＣ", LEFT, 60)
    sheet.put("Ｎｅｗｓ", end + 6.5, 60)
    assert said(sheet) == ["ＦＰＣ Ｎｅｗｓ"]


def test_small_capitals_have_the_size_of_their_first_letters() -> None:
    sheet = Sheet()
    edge = sheet.put("H", LEFT, 60, 12)
    edge = sheet.put("ARBORS", edge, 60, 9)
    edge = sheet.put(" A", edge, 60, 12)
    sheet.put("ND SHIPS", edge, 60, 9)
    (one,) = page_lines(sheet.done())[0]
    assert (one.text, one.size) == ("HARBORS AND SHIPS", 12)
    assert not any(char.raised for char in one.chars)
