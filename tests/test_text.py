"""Characters: folding one for one, widths, numerals, dates."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import first_date, fold, is_latin, is_wide, narrow, number

KANGXI = [chr(code) for code in range(0x2F00, 0x2FD6)]
SUPPLEMENT = [chr(code) for code in range(0x2E81, 0x2EF4) if code != 0x2E9A]
"""All of the block but the repetition mark U+2E80, which stands for no ideograph, and U+2E9A, which is unassigned."""
COMPATIBILITY = [
    chr(code)
    for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    if unicodedata.decomposition(chr(code)) and not unicodedata.decomposition(chr(code)).startswith("<")
]
JAPANESE_FORMS = {"⼾": "戸", "⿊": "黒"}
"""Radicals whose shape Japanese fonts share with the Japanese form of the character and not with its older one."""


def test_every_kangxi_radical_is_its_ideograph() -> None:
    expected = {char: unicodedata.normalize("NFKC", char) for char in KANGXI if char not in JAPANESE_FORMS}
    assert len(expected) == 214 - len(JAPANESE_FORMS)
    assert {char: fold(char) for char in expected} == expected


@pytest.mark.parametrize(("radical", "ideograph"), JAPANESE_FORMS.items())
def test_a_radical_is_the_character_that_japanese_fonts_draw_like_it(radical: str, ideograph: str) -> None:
    assert fold(radical) == ideograph


def test_every_radical_of_the_supplement_is_an_ideograph() -> None:
    folded = {char: fold(char) for char in SUPPLEMENT}
    assert len(folded) == 114
    newer = "\U0002b739"  # an ideograph that the tables of Python 3.11 do not have yet
    names = {c: unicodedata.name(f, "") for c, f in folded.items() if f != newer}
    assert [c for c, name in names.items() if not name.startswith("CJK UNIFIED IDEOGRAPH")] == []
    assert all(len(f) == 1 for f in folded.values())


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⺠主⽀配", "民主支配"),
        ("⻄⽅諸国", "西方諸国"),
        ("⻑官", "長官"),
        ("⻘⾊", "青色"),
        ("⻝料", "食料"),
        ("⻩⾦", "黄金"),
        ("⻤", "鬼"),
        ("⻨", "麦"),
        ("⻯", "竜"),
        ("⻲", "亀"),
        ("⺟⼦", "母子"),
        ("⻭", "歯"),
        ("⽇⽶⾸脳", "日米首脳"),
    ],
)
def test_radicals_that_printers_write_for_ordinary_characters(printed: str, meant: str) -> None:
    assert "".join(map(fold, printed)) == meant


def test_every_compatibility_ideograph_is_its_ordinary_one() -> None:
    assert len(COMPATIBILITY) > 900
    wrong = [c for c in COMPATIBILITY if fold(c) != unicodedata.normalize("NFC", c)]
    assert wrong == []


@pytest.mark.parametrize("char", ["﨑", "﨟", "﨨"])
def test_ideographs_among_the_compatibility_ones_that_have_no_other_form_stay(char: str) -> None:
    assert fold(char) == char


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("\u2027", "・"), ("\u00a0", " "), ("\u2003", "　"), ("\u02bc", "’"), ("\u2012", "–"), ("\uf06c", "●")],
)
def test_code_points_that_share_a_glyph(printed: str, meant: str) -> None:
    assert fold(printed) == meant


@pytest.mark.parametrize("text", ["（１）", "ＮＩＤＳ", "ｱｼﾞｱ", "①", "㈱", "髙﨑", "々〆ゞ", "“”―…", "ﬁ", "が", "¹"])
def test_the_authors_own_characters_stay(text: str) -> None:
    assert "".join(map(fold, text)) == text


@given(st.characters())
def test_folding_keeps_the_length_and_does_nothing_twice(char: str) -> None:
    assert len(fold(char)) == 1
    assert fold(fold(char)) == fold(char)


@given(st.sampled_from([*KANGXI, *SUPPLEMENT, *COMPATIBILITY, *map(chr, range(0x31C0, 0x31E4))]))
def test_folding_what_it_knows_keeps_the_length_and_does_nothing_twice(char: str) -> None:
    assert len(fold(char)) == 1
    assert fold(fold(char)) == fold(char)


@pytest.mark.parametrize("char", [*"漢あア々ー。、「」（）Ａ１　＊―…→●■※", "𠮟"])
def test_wide(char: str) -> None:
    assert is_wide(char)
    assert not is_latin(char)


@pytest.mark.parametrize("char", [*"azAZ09é-–'.,;:!?()[]/&%$#@+=_~"])
def test_latin(char: str) -> None:
    assert is_latin(char)
    assert not is_wide(char)


@pytest.mark.parametrize("char", [*"ｱｶﾝ"])
def test_half_width_katakana_are_no_latin_letters(char: str) -> None:
    assert not is_latin(char)


def test_narrow_leaves_ordinary_text_alone() -> None:
    assert narrow("ＡＢ（１）①") == "AB(1)1"
    assert narrow("日米2+2、防衛省") == "日米2+2、防衛省"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("１２", 12),
        (" 12 ", 12),
        ("0", 0),
        ("元", 1),
        ("〇", 0),
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十五", 25),
        ("百", 100),
        ("百一", 101),
        ("三百二十四", 324),
        ("千九百四十五", 1945),
        ("二〇二五", 2025),
        ("一九九〇", 1990),
        ("③", 3),
        ("", None),
        ("　", None),
        ("A", None),
        ("-1", None),
        ("1.5", None),
        ("十二回", None),
        ("第三", None),
        ("Ⅳ", None),
        ("2二", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@given(st.integers(1, 9999))
def test_number_reads_every_kanji_numeral(value: int) -> None:
    figures = "〇一二三四五六七八九"
    assert number("".join(figures[int(d)] for d in str(value))) == value
    parts = [
        (("" if unit and digit == 1 else figures[digit]) + unit)
        for unit, digit in zip(("千", "百", "十", ""), map(int, f"{value:04}"), strict=True)
        if digit
    ]
    assert number("".join(parts)) == value


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025年11月14日", "2025-11-14"),
        ("2025年1月4日", "2025-01-04"),
        ("2025 年 11 月 14 日", "2025-11-14"),
        ("2025年11月", "2025-11"),
        ("2025年", "2025"),
        ("２０２５年１１月１４日", "2025-11-14"),
        ("二〇〇七年三月", "2007-03"),
        ("二〇〇七年十二月三十一日", "2007-12-31"),
        ("令和7年11月14日", "2025-11-14"),
        ("令和７年１１月１４日", "2025-11-14"),
        ("令和 7 年 11 月 14 日", "2025-11-14"),
        ("令和七年十一月十四日", "2025-11-14"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("平成元年", "1989"),
        ("平成十九年", "2007"),
        ("平成二十年七月十八日", "2008-07-18"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和二十年八月", "1945-08"),
        ("大正12年9月1日", "1923-09-01"),
        ("2025年（令和7年）11月14日", "2025-11-14"),
        ("2025（令和7）年11月14日", "2025-11-14"),
        ("令和7（2025）年11月14日", "2025-11-14"),
        ("令和7年（2025年）11月14日", "2025-11-14"),
        ("November 14, 2025", "2025-11-14"),
        ("November 14 2025", "2025-11-14"),
        ("Nov. 14, 2025", "2025-11-14"),
        ("Nov 14, 2025", "2025-11-14"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("May 1st, 2024", "2024-05-01"),
        ("14 November 2025", "2025-11-14"),
        ("3rd March 2011", "2011-03-03"),
        ("November 2025", "2025-11"),
        ("2025/11/14", "2025-11-14"),
        ("2025.11.14", "2025-11-14"),
        ("2025-11-14", "2025-11-14"),
        ("2025/1/4", "2025-01-04"),
        ("2025. 1. 4", "2025-01-04"),
        ("２０２５／１１／１４", "2025-11-14"),
        ("2025/11", "2025-11"),
        ("2024年2月29日", "2024-02-29"),
    ],
)
def test_first_date_reads_every_printed_form(text: str, iso: str) -> None:
    assert first_date(text) == (iso, 0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "日付のない行",
        "第12回",
        "100年",
        "三年後",
        "11月14日",
        "12345",
        "03-0000-0000",
        "2025年13月1日",
        "2025年2月30日",
        "2023年2月29日",
        "2025/13/01",
        "2025/02/30",
        "February 30, 2025",
        "November 31, 2025",
        "令和7年0月1日",
    ],
)
def test_first_date_finds_none_where_none_is(text: str) -> None:
    assert first_date(text) is None


def test_first_date_says_where_the_date_stands() -> None:
    text = "第801号　平成20年7月18日発行"
    found = first_date(text)
    assert found is not None
    iso, start, end = found
    assert (iso, text[start:end]) == ("2008-07-18", "平成20年7月18日")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025年3月1日と2024年1月1日", "2025-03-01"),
        ("2024-01-01（2025年3月1日改訂）", "2024-01-01"),
        ("March 1, 2025 / 2024年1月1日", "2025-03-01"),
        ("2025年2月30日、2025年3月1日", "2025-03-01"),
    ],
)
def test_first_date_takes_the_first_that_is_one(text: str, iso: str) -> None:
    found = first_date(text)
    assert found is not None
    assert found[0] == iso


@pytest.mark.parametrize("text", ["2025/02/30, 2025/03/01", "February 30, 2025; March 1, 2025"])
def test_first_date_goes_on_after_an_impossible_western_date(text: str) -> None:
    found = first_date(text)
    assert found is not None
    assert found[0] == "2025-03-01"


@given(st.text(alphabet="令和平成元年月日0123456789０１２一二三十/.- 　（）()Mayrch,", max_size=24))
def test_first_date_stays_within_the_text(text: str) -> None:
    found = first_date(text)
    if found is not None:
        iso, start, end = found
        assert 0 <= start < end <= len(text)
        assert len(iso) in (4, 7, 10)
