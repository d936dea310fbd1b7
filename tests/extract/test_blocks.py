"""Lines of the body to drafts of blocks."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.extract.blocks import body_drafts, uses_indents
from pipeline.extract.drafts import whole
from pipeline.extract.lines import Char, Line
from tests.extract.pages import GOTHIC, LEFT, METRICS, PITCH, line, lines, prose, rows


def drafts(found: list[Line]) -> list[tuple[str, str]]:
    """Kind and text of each draft, bullets left off."""
    return [
        (draft.kind, "".join(one.text[first:] for one, first in draft.pieces)) for draft in body_drafts(found, METRICS)
    ]


def paragraphs(found: list[Line]) -> list[str]:
    """The texts of drafts, which must all be paragraphs."""
    read = drafts(found)
    assert {kind for kind, _ in read} <= {"paragraph"}
    return [text for _, text in read]


ONE, TWO, THREE = prose(46) + "。", prose(51, 13) + "。", prose(35, 29) + "。"
"""Paragraphs of three, three and two lines."""
FULL = prose(39, 50) + "。"
"""A paragraph that, indented by one, is just two full lines less one character; flush it fills two lines."""


def test_paragraphs_told_by_their_indent() -> None:
    found = lines(*rows(ONE, indent=1), *rows(TWO, indent=1), *rows(THREE, indent=1))
    assert paragraphs(found) == ["　" + ONE, "　" + TWO, "　" + THREE]


def test_an_indent_on_which_nothing_is_printed() -> None:
    texts = [
        "  " + prose(19),
        prose(20, 3),
        prose(6) + "。",
        "  " + prose(19, 9),
        prose(20, 1),
        "  " + prose(19, 5),
        "町。",
    ]
    assert len(paragraphs(lines(*texts))) == 3


def test_an_indent_tells_a_paragraph_even_after_a_full_line() -> None:
    full = prose(38, 50) + "。"
    found = lines(*rows(full, indent=1), *rows(ONE, indent=1), *rows(full, indent=1), *rows(TWO, indent=1))
    assert paragraphs(found) == ["　" + full, "　" + ONE, "　" + full, "　" + TWO]


def test_paragraphs_told_by_a_gap() -> None:
    found = lines(*rows(ONE), "", *rows(FULL), "", *rows(TWO))
    assert paragraphs(found) == [ONE, FULL, TWO]


def test_paragraphs_told_by_a_short_last_line() -> None:
    assert paragraphs(lines(*rows(ONE), *rows(TWO), *rows(THREE))) == [ONE, TWO, THREE]


def test_a_short_line_that_ends_nothing_goes_on() -> None:
    found = lines(prose(20), prose(12, 4), prose(20, 9), "である。")
    assert len(paragraphs(found)) == 1


def test_a_paragraph_over_a_page_end() -> None:
    text = rows(ONE, indent=1)
    found = [
        *lines(*rows(TWO, indent=1), *text[:1], base=300),
        *lines(*text[1:], *rows(THREE, indent=1), base=60, page=2),
    ]
    assert paragraphs(found) == ["　" + TWO, "　" + ONE, "　" + THREE]


def test_a_paragraph_that_begins_on_a_new_page() -> None:
    found = [*lines(*rows(ONE, indent=1), *rows(TWO, indent=1)), *lines(*rows(THREE, indent=1), base=60, page=2)]
    assert paragraphs(found) == ["　" + ONE, "　" + TWO, "　" + THREE]


def test_a_paragraph_over_the_end_of_a_column() -> None:
    text = rows(ONE, indent=1)
    right = lines(*text[1:], *rows(THREE, indent=1), base=60, left=280, right=480)
    found = [*lines(*rows(TWO, indent=1), *text[:1]), *right]
    assert paragraphs(found) == ["　" + TWO, "　" + ONE, "　" + THREE]


def test_a_mark_after_the_last_stop_does_not_hide_the_paragraph_s_end() -> None:
    first = [*rows(prose(46))[:2], "市が開かれた。^{12}"]
    assert len(paragraphs(lines(*first, *rows(TWO)))) == 2


def test_headings_part_paragraphs() -> None:
    found = [line("１．港の町", base=60, size=12, font=GOTHIC), *lines(*rows(ONE, indent=1), base=84)]
    found += [line("２．秋の市場", base=160, size=12, font=GOTHIC), *lines(*rows(TWO, indent=1), base=184)]
    assert drafts(found) == [
        ("heading", "１．港の町"),
        ("paragraph", "　" + ONE),
        ("heading", "２．秋の市場"),
        ("paragraph", "　" + TWO),
    ]


def test_the_bullet_of_a_heading_is_no_text() -> None:
    found = [line("■ 港の町", base=60, size=12, font=GOTHIC), *lines(*rows(ONE, indent=1), base=84)]
    assert drafts(found)[0] == ("heading", "港の町")


@pytest.mark.parametrize("bullet", ["・", "●", "■", "◆", "•", "– "])
def test_a_list_with_bullets_that_hangs(bullet: str) -> None:
    hang = "  " * len(bullet.strip()) + (" " if bullet.endswith(" ") else "")
    found = lines(
        *rows(ONE, indent=1),
        bullet + prose(18),
        hang + "を調べること。",
        bullet + prose(9, 5),
        bullet + prose(18, 9),
        hang + "を見ること。",
        *rows(TWO, indent=1),
    )
    assert drafts(found) == [
        ("paragraph", "　" + ONE),
        ("list_item", prose(18) + "を調べること。"),
        ("list_item", prose(9, 5)),
        ("list_item", prose(18, 9) + "を見ること。"),
        ("paragraph", "　" + TWO),
    ]


def test_the_bullet_of_an_earlier_item_begins_one_though_the_line_before_is_full_and_has_no_stop() -> None:
    found = lines(
        *rows(ONE, indent=1),
        "    ●" + prose(9),
        "  ◆" + prose(18, 5),
        "    ●" + prose(9, 9),
        *rows(TWO, indent=1),
    )
    assert drafts(found)[1:-1] == [
        ("list_item", prose(9)),
        ("list_item", prose(18, 5)),
        ("list_item", prose(9, 9)),
    ]


def test_a_list_with_bullets_that_does_not_hang() -> None:
    found = lines(
        *rows(ONE, indent=1),
        "・" + prose(19),
        "を調べること。",
        "・" + prose(19, 9),
        "を見ること。",
        *rows(TWO, indent=1),
    )
    assert [kind for kind, _ in drafts(found)] == ["paragraph", "list_item", "list_item", "paragraph"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("（1）", "（2）"),
        ("（一）", "（二）"),
        ("1. ", "2. "),
        ("１．", "２．"),
        ("1）", "2）"),
        ("① ", "② "),
        ("①", "②"),
    ],
)
def test_a_numbered_list_keeps_its_numbers(one: str, two: str) -> None:
    found = lines(
        *rows(ONE, indent=1),
        "  " + one + prose(15),
        "    を調べること。",
        "  " + two + prose(15, 9),
        "    を見ること。",
        *rows(TWO, indent=1),
    )
    assert drafts(found) == [
        ("paragraph", "　" + ONE),
        ("list_item", one + prose(15) + "を調べること。"),
        ("list_item", two + prose(15, 9) + "を見ること。"),
        ("paragraph", "　" + TWO),
    ]


def test_a_dash_that_goes_on_with_a_sentence_is_no_bullet() -> None:
    found = lines("　" + prose(19), "――" + prose(18, 4), "である。", *rows(TWO, indent=1), *rows(ONE, indent=1))
    assert len(paragraphs(found)) == 3


def test_a_middle_dot_at_a_line_s_head_inside_a_name_is_no_bullet() -> None:
    found = lines("　" + prose(16) + "ミュラ", "・アンナとその家族である。", *rows(TWO, indent=1), *rows(ONE, indent=1))
    assert [kind for kind, _ in drafts(found)] == ["paragraph"] * 3


@pytest.mark.parametrize("white", ["    ", "　　"])
def test_a_quote_that_is_set_in(white: str) -> None:
    quote = [prose(16, 3), prose(16, 8), "と書かれている。"]
    found = lines(*rows(ONE, indent=1), *(white + text for text in quote), *rows(TWO, indent=1))
    assert [(kind, text.replace("　", "")) for kind, text in drafts(found)] == [
        ("paragraph", ONE),
        ("quote", "".join(quote)),
        ("paragraph", TWO),
    ]


def test_a_quote_between_gaps() -> None:
    quote = ["    " + prose(16, 3), "    " + prose(16, 8), "    と書かれている。"]
    found = lines(*rows(ONE, indent=1), "", *quote, "", *rows(TWO, indent=1))
    assert [kind for kind, _ in drafts(found)] == ["paragraph", "quote", "paragraph"]


def test_two_quotes_parted_by_a_gap() -> None:
    quote = ["    " + prose(16, 3), "    と書かれている。"]
    found = lines(*rows(ONE, indent=1), "", *quote, "", *quote, "", *rows(TWO, indent=1))
    assert [kind for kind, _ in drafts(found)] == ["paragraph", "quote", "quote", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "表1　秋の市場に集まる船",
        "図２　港の町",
        "図表3：船の数",
        "写真1　丘からの眺め",
        "出所：港の記録",
        "（出典）港の記録",
    ],
)
def test_a_small_caption(text: str) -> None:
    caption = line(text, x=LEFT + 30, base=130, size=8.5)
    found = [*lines(*rows(ONE, indent=1)), caption, *lines(*rows(TWO, indent=1), base=156)]
    assert [kind for kind, _ in drafts(found)] in (
        ["paragraph", "caption", "paragraph"],
        ["paragraph", "paragraph", "caption", "paragraph"],
    )
    assert ("caption", text) in drafts(found)


@pytest.mark.parametrize("text", ["　表1は、秋の市場に集まる船", "　図2が示すとおり、港の町で"])
def test_a_sentence_about_a_figure_is_no_caption(text: str) -> None:
    found = lines(*rows(ONE, indent=1), text.ljust(20, "の"), "数が増えている。", *rows(TWO, indent=1))
    assert len(paragraphs(found)) == 3


def test_a_caption_of_two_lines() -> None:
    captions = lines("表1　秋の市場に集まる船と人の数お", "よびその移り変わり", base=130, pitch=12, size=8.5)
    found = [*lines(*rows(ONE, indent=1)), *captions, *lines(*rows(TWO, indent=1), base=170)]
    assert ("caption", "表1　秋の市場に集まる船と人の数およびその移り変わり") in drafts(found)


def test_rows_of_a_table_are_one_block_each_table_its_own() -> None:
    one = [line("年\t名称", base=130, table=True), line("2025\t会合", base=146, table=True)]
    two = [
        line("船\t数", base=240, left=70, right=200, table=True),
        line("大\t3", base=256, left=70, right=200, table=True),
    ]
    found = [*lines(*rows(ONE, indent=1)), *one, *lines(*rows(TWO, indent=1), base=180), *two]
    assert [kind for kind, _ in drafts(found)] == ["paragraph", "table", "paragraph", "table"]


def test_a_table_with_its_caption_inside_a_paragraph() -> None:
    text = rows(ONE, indent=1)
    found = [
        *lines(*rows(TWO, indent=1), *text[:1], base=60),
        line("表1　秋の市場", x=LEFT + 40, base=140, size=9, font=GOTHIC),
        line("年\t名称", base=156, table=True),
        line("2025\t会合", base=172, table=True),
        *lines(*text[1:], *rows(THREE, indent=1), base=200),
    ]
    read = drafts(found)
    assert [text for kind, text in read if kind == "paragraph"] == ["　" + TWO, "　" + ONE, "　" + THREE]
    assert [kind for kind, _ in read if kind != "paragraph"] == ["caption", "table"]


def test_a_mark_on_a_line_of_its_own_belongs_to_the_paragraph() -> None:
    mark = dataclasses.replace(line("^{12}", base=60 + 3 * PITCH))
    found = [*lines(*rows(prose(59) + "。"), base=60), mark, *lines(*rows(TWO), base=60 + 4 * PITCH)]
    assert paragraphs(found)[0].endswith("。12")


def test_every_line_is_in_one_draft() -> None:
    found = [line("１．港の町", base=60, size=12, font=GOTHIC)]
    found += lines(
        *rows(ONE, indent=1), "・" + prose(9), "・" + prose(8), "", "    " + prose(16), "    である。", base=84
    )
    found += [line("表1　秋の市場", base=240, size=9), line("年\t名称", base=256, table=True)]
    placed = [id(one) for draft in body_drafts(found, METRICS) for one, _ in draft.pieces]
    assert placed == [id(one) for one in found]


def test_no_lines_no_drafts() -> None:
    assert body_drafts([], METRICS) == []


def test_whether_a_document_indents_its_paragraphs() -> None:
    assert uses_indents(lines(*rows(ONE, indent=1), *rows(TWO, indent=1), *rows(THREE, indent=1)), METRICS)
    assert not uses_indents(lines(*rows(ONE), *rows(TWO), *rows(THREE)), METRICS)
    assert not uses_indents([], METRICS)


def test_whole() -> None:
    one = line("港の町")
    assert whole([one]) == [(one, 0)]


def test_set_in_text_is_no_quotation_where_it_is_all_that_stands_under_its_headings() -> None:
    under = rows(ONE, ems=17)
    inset = [line(text, x=LEFT + 30, base=116 + 16 * at) for at, text in enumerate(under)]
    found = [*lines(*rows(ONE, indent=1), *rows(TWO, indent=1)), line("1　港の成り立ち", bold=True, font=GOTHIC)]
    later = [line("2　市場のこれから", base=300, bold=True, font=GOTHIC), *lines(*rows(TWO, indent=1), base=330)]
    assert [kind for kind, _ in drafts([*found, *inset, *later])][-4:] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_an_address_is_no_heading() -> None:
    found = [*lines(*rows(ONE, indent=1)), line("https://www.example.org/", base=200, font="Arial", color="blue")]
    assert "heading" not in [kind for kind, _ in drafts([*found, *lines(*rows(TWO, indent=1), base=230)])]


@pytest.mark.parametrize("bullet", ["\uf06c", "\uf0b2", "\uf0d8", "●", "・"])
def test_bullets_of_symbol_fonts(bullet: str) -> None:
    found = [*lines(*rows(ONE, indent=1)), *lines(f"{bullet} 秋の市場", f"{bullet} 冬の市場", base=200)]
    assert drafts(found)[-2:] == [("list_item", "秋の市場"), ("list_item", "冬の市場")]


def test_a_caption_set_like_a_heading_takes_two_lines() -> None:
    caption = lines("■第1-2-2図／秋の市場に集まる人と", "船の様子", base=130, font=GOTHIC, bold=True)
    found = [*lines(*rows(ONE, indent=1)), *caption, *lines(*rows(TWO, indent=1), base=170)]
    assert ("caption", "第1-2-2図／秋の市場に集まる人と船の様子") in drafts(found)
    assert "heading" not in [kind for kind, _ in drafts(found)]


def test_a_decorated_heading_of_two_lines() -> None:
    head = [line("●秋の市場に集まる船と人の数と港の町の移", base=150), line("り変わり", x=LEFT + 10, base=166)]
    found = [
        *lines(*rows(ONE, indent=1), *rows(TWO, indent=1), base=20),
        *head,
        *lines(*rows(THREE, indent=1), base=182),
    ]
    assert drafts(found)[-2:] == [
        ("heading", "秋の市場に集まる船と人の数と港の町の移り変わり"),
        ("paragraph", "　" + THREE),
    ]


def test_paragraphs_of_a_section_that_is_set_in_as_a_whole() -> None:
    inset = [prose(17, 9), prose(18, 30), prose(8, 60) + "。", prose(17, 21), prose(5, 80) + "。"]
    at = [LEFT + 20, LEFT + 10, LEFT + 10, LEFT + 20, LEFT + 10]
    found = [line(text, x=x, base=200 + PITCH * i) for i, (text, x) in enumerate(zip(inset, at, strict=True))]
    read = drafts([*lines(*rows(ONE, indent=1), *rows(TWO, indent=1), base=20), *found])
    assert [text for _, text in read][-2:] == ["".join(inset[:3]), "".join(inset[3:])]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_mark_broken_over_a_line_end_stays_in_its_paragraph(cut: int) -> None:
    mark = "（注3）"
    first = "　" + prose(4 * 20 - 1 - cut) + mark[:cut]
    found = lines(*rows(first), mark[cut:] + "。", *rows(ONE, indent=1))
    assert next(iter(paragraphs(found))).endswith("（注3）。")


def test_set_in_lines_that_end_short_are_paragraphs_of_a_quotation() -> None:
    set_in = [*rows(prose(22, 3) + "。", ems=16), *rows(prose(25, 20) + "。", ems=16)]
    found = lines(*rows(ONE, indent=1), *("　　　" + row for row in set_in), *rows(TWO, indent=1))
    assert [kind for kind, _ in drafts(found)] == ["paragraph", "quote", "quote", "paragraph"]


def test_a_paragraph_after_a_short_item_begins_at_the_usual_indent_and_not_where_the_item_hangs() -> None:
    found = lines(*rows(ONE, indent=1))
    for text, x in (("・" + prose(9), LEFT + 5), ("・" + prose(8, 20), LEFT + 5), (prose(18, 30), LEFT + 10)):
        found.append(line(text, x=x, base=found[-1].base + PITCH))
    found += lines(prose(8, 48) + "。", base=found[-1].base + PITCH)
    assert drafts(found) == [
        ("paragraph", "　" + ONE),
        ("list_item", prose(9)),
        ("list_item", prose(8, 20)),
        ("paragraph", prose(18, 30) + prose(8, 48) + "。"),
    ]


def item(text: str, base: float, x: float = LEFT, hang: float = 20.0, bold: bool = False) -> Line:
    """A line that begins with a number of one character, its text set further in."""
    one = line(text[:1] + ".", x=x, base=base, bold=bold)
    rest = line(text[1:], x=x + hang, base=base, bold=bold)
    one.chars += [Char("　", None), *rest.chars]
    return one


INTO = [*lines(*rows(ONE, indent=1)), *lines(*rows(TWO, indent=1), base=160)]
"""Two paragraphs in front of a list."""


def test_numbered_lines_with_text_hanging_from_them_are_items_though_bold() -> None:
    found = [*INTO, item("1港の町", 230, bold=True), *lines(prose(18), prose(5) + "。", base=246, left=LEFT + 20)]
    found += [item("2秋の市場", 278, bold=True), *lines(prose(18, 9), prose(5) + "。", base=294, left=LEFT + 20)]
    for one in found:
        one.left = LEFT
    assert [kind for kind, _ in drafts(found)][2:] == ["list_item", "paragraph", "list_item", "paragraph"]


def test_a_numbered_heading_above_indented_paragraphs_stays_one() -> None:
    found = [*INTO, line("１．港の町", base=230, bold=True, font=GOTHIC), *lines(*rows(ONE, indent=1), base=246)]
    assert [kind for kind, _ in drafts(found)][2:] == ["heading", "paragraph"]


def test_a_full_numbered_line_goes_on_where_its_text_hangs() -> None:
    found = [*INTO, line("IV." + " " + prose(18), base=230), line(prose(10, 18) + "。", x=LEFT + 20, base=246)]
    assert drafts(found)[2:] == [("list_item", "IV. " + prose(18) + prose(10, 18) + "。")]


def test_items_in_figures_in_circles_are_parted_by_their_numbers() -> None:
    found = [
        *INTO,
        *(line(f"{sign} {prose(14, at)}", x=LEFT + 20, base=230 + 16 * at) for at, sign in enumerate("①②③")),
    ]
    assert [kind for kind, _ in drafts(found)][2:] == ["list_item"] * 3


def test_a_list_goes_on_after_a_paragraph_that_stands_under_an_item() -> None:
    found = [*INTO, line("①　港の町", x=LEFT, base=230), *lines("秋に開かれる。", base=246, left=LEFT + 15)]
    found += [line("②　秋の市場", x=LEFT, base=278), *lines("人が集まる。", base=294, left=LEFT + 15)]
    for one in found:
        one.left = LEFT
    assert [kind for kind, _ in drafts(found)][2:] == ["list_item", "paragraph", "list_item", "paragraph"]


def test_an_item_that_its_author_broke_after_a_comma_is_one() -> None:
    found = [*INTO, line("・ 港の町では、", x=LEFT + 10, base=230), line("秋に市場が開かれる。", x=LEFT + 30, base=246)]
    assert [kind for kind, _ in drafts(found)][2:] == ["list_item"]


def test_a_quotation_after_a_list_is_one() -> None:
    quotation = lines(prose(15) + "。", prose(15, 9) + "。", base=300, left=LEFT + 30)
    for one in quotation:
        one.left = LEFT
    found = [*INTO, line("・港の町", x=LEFT + 10, base=230), line("・秋の市場", x=LEFT + 10, base=246)]
    found += [*lines(*rows(THREE, indent=1), base=262), *quotation, *lines(*rows(TWO, indent=1), base=340)]
    assert "quote" in [kind for kind, _ in drafts(found)]


def test_a_line_at_the_right_is_no_quotation() -> None:
    assert drafts([*INTO, line("以 上", x=LEFT + 180, base=250)])[-1] == ("paragraph", "以 上")


def test_a_line_that_leads_in_a_list_is_no_quotation() -> None:
    found = [*INTO, line("次のとおりである。", x=LEFT + 20, base=240), line("・港の町", x=LEFT + 10, base=256)]
    assert [kind for kind, _ in drafts(found)][2:] == ["paragraph", "list_item"]


def test_small_type_that_runs_below_a_caption_is_text() -> None:
    def small(*texts: str, base: float) -> list[Line]:
        return lines(*texts, base=base, size=8, pitch=12)

    box = [*small("図１　港の町", base=240), *small("　" + prose(24), prose(25, 4), prose(9) + "。", base=262)]
    assert [kind for kind, _ in drafts([*INTO, *box])][2:] == ["caption", "paragraph"]


def test_what_stands_in_brackets_in_the_middle_below_a_caption_belongs_to_it() -> None:
    found = [*INTO, line("図１　港の町", x=LEFT + 70, base=240), line("（港の暦による）", x=LEFT + 60, base=256)]
    assert drafts(found)[-1] == ("caption", "図１　港の町（港の暦による）")
    source = [*INTO, line("図１　港の町", x=LEFT + 70, base=240), line("（出典：港の暦）", x=LEFT + 60, base=256)]
    assert drafts(source)[-1] == ("caption", "（出典：港の暦）")


def test_text_set_in_under_headings_as_under_others_of_their_level_is_no_quotation() -> None:
    def section(number: int, base: float) -> list[Line]:
        inset = lines(*rows(ONE, ems=17), base=base + 16, left=LEFT + 30)
        for one in inset:
            one.left = LEFT
        return [line(f"{number}　港の町", base=base, bold=True, font=GOTHIC), *inset]

    found = [*INTO, *section(1, 240), *section(2, 330), *lines(*rows(TWO, indent=1), base=420)]
    assert [kind for kind, _ in drafts(found)][2:] == ["heading", "paragraph", "heading", "paragraph", "paragraph"]


@pytest.mark.parametrize("shift", [0.0, 5.0, 10.0, 15.0])
def test_an_unfinished_sentence_goes_on_overleaf_though_the_page_is_set_further_in(shift: float) -> None:
    foot = lines("　" + prose(19, 7), prose(20, 26), base=300)
    top = [line(prose(18, 46), x=LEFT + shift, page=2), line("終わる。", x=LEFT + shift, base=116, page=2)]
    found = [*INTO, *foot, *top, *lines(*rows(THREE, indent=1), base=140, page=2)]
    assert [kind for kind, _ in drafts(found)] == ["paragraph"] * 4
    assert drafts(found)[2][1] == "　" + prose(19, 7) + prose(20, 26) + prose(18, 46) + "終わる。"


def test_a_paragraph_of_which_one_line_stands_at_the_foot_of_a_page_is_no_quotation() -> None:
    foot = [line(prose(18), x=LEFT + 20, base=300)]
    found = [*INTO, *foot, *lines(prose(20, 18), "終わる。", page=2)]
    assert drafts(found)[2] == ("paragraph", prose(38) + "終わる。")


def test_an_item_above_the_items_of_a_list_within_it_is_no_heading() -> None:
    found = [*INTO, line("①　港の町", base=230), *(line("・ 秋の市場", x=LEFT + 15, base=at) for at in (246, 262))]
    assert [kind for kind, _ in drafts(found)][2:] == ["list_item"] * 3


def test_a_bold_numbered_heading_above_a_list_stays_one() -> None:
    heading = line("1)　港の町", base=230, bold=True, font=GOTHIC)
    found = [*INTO, heading, *(line("・ 秋の市場", x=LEFT + 20, base=at) for at in (246, 262))]
    assert [kind for kind, _ in drafts(found)][2:] == ["heading", "list_item", "list_item"]
