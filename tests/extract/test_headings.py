"""Headings and their levels."""

from __future__ import annotations

import pytest

from pipeline.extract.headings import (
    begins_numbered,
    heading_groups,
    is_usual_heading,
    levels,
)
from pipeline.extract.lines import Line
from pipeline.extract.numbering import bullet, numbering
from tests.extract.pages import GOTHIC, METRICS, PITCH, line, lines, prose, rows

Printed = tuple[str, float, str]
"""A row, its size and its font."""


def plain(*texts: str) -> list[Printed]:
    return [(text, 10, "Ryumin-Light") for text in texts]


def paragraph(begin: int, indent: int = 1) -> list[Printed]:
    """A paragraph of three lines, the last one short."""
    return plain(*rows(prose(46, begin) + "。", indent=indent))


def flow(*printed: Printed | None) -> list[Line]:
    """Printed rows one below the other; None leaves a line free."""
    out, base = [], 60.0
    for row in printed:
        if row is not None:
            out.append(line(row[0], base=base, size=row[1], font=row[2]))
        base += PITCH
    return out


def headings(found: list[Line], indents: bool = True) -> list[list[str]]:
    return [[one.text for one in group] for group in heading_groups(found, METRICS, indents)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第1章 港の町", "chapter"),
        ("第一部　港の町", "chapter"),
        ("第２節　港の町", "section"),
        ("Ⅰ　港の町", "roman"),
        ("Ⅳ．港の町", "roman"),
        ("II. 港の町", "roman"),
        ("一、港の町", "kanji"),
        ("十二　港の町", "kanji"),
        ("1.1 港の町", "deep"),
        ("１．２　港の町", "deep"),
        ("2-3 港の町", "deep"),
        ("1. 港の町", "number"),
        ("１．港の町", "number"),
        ("1 港の町", "number"),
        ("１　港の町", "number"),
        ("(1) 港の町", "bracket"),
        ("（１）港の町", "bracket"),
        ("（一）港の町", "bracket"),
        ("（ア）港の町", "bracket"),
        ("1) 港の町", "closing"),
        ("１）港の町", "closing"),
        ("①港の町", "circle"),
        ("A. 港の町", "letter"),
        ("ア　港の町", None),
        ("港の町", None),
        ("2025年の港の町", None),
        ("1.5倍の規模", None),
        ("10 月の市場", None),
        ("一般の人々", None),
        ("In the town", None),
        ("", None),
    ],
)
def test_kinds_of_numbers(text: str, kind: str | None) -> None:
    assert numbering(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "はじめに",
        "おわりに",
        "お わ り に",
        "むすび",
        "むすびにかえて",
        "結論",
        "結語",
        "要旨",
        "まとめ",
        "はじめに――港の町",
        "Introduction",
        "CONCLUSION",
    ],
)
def test_usual_headings(text: str) -> None:
    assert is_usual_heading(text)


@pytest.mark.parametrize(
    "text", ["はじめに述べたとおり", "港の町", "結論から言えば次のとおりである", "Introductions were made"]
)
def test_what_only_begins_like_a_usual_heading(text: str) -> None:
    assert not is_usual_heading(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("・港の町", 1),
        ("●港の町", 1),
        ("■ 港の町", 2),
        ("•\u00a0港", 2),
        ("– 港の町", 2),
        ("\uf06c港", 1),
        ("‧港", 1),
        ("港", 0),
        ("・", 0),
        ("", 0),
    ],
)
def test_bullets(text: str, length: int) -> None:
    assert bullet(text) == length


def test_a_short_numbered_line() -> None:
    assert begins_numbered("1. 港の町")
    assert begins_numbered("■港の町")
    assert not begins_numbered("1. 港の町で市場が開かれた。")
    assert not begins_numbered("港の町")


def test_headings_of_larger_type() -> None:
    found = flow(("港の町", 13, GOTHIC), *paragraph(0), None, ("秋の市場", 13, GOTHIC), *paragraph(9))
    assert headings(found) == [["港の町"], ["秋の市場"]]


def test_headings_of_another_face() -> None:
    found = flow(("港の町", 10, GOTHIC), *paragraph(0), ("秋の市場", 10, GOTHIC), *paragraph(9))
    assert headings(found) == [["港の町"], ["秋の市場"]]


def test_headings_of_bold_type() -> None:
    found = flow(("港の町", 10, "R"), *paragraph(0), ("秋の市場", 10, "R"), *paragraph(9))
    for one in (found[0], found[4]):
        one.chars = line(one.text, base=one.base, bold=True).chars
        del one.__dict__["plain"]
    assert headings(found) == [["港の町"], ["秋の市場"]]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("１．港の町", "２．秋の市場"),
        ("1. 港の町", "2. 秋の市場"),
        ("一、港の町", "二、秋の市場"),
        ("（1）港の町", "（2）秋の市場"),
        ("Ⅰ　港の町", "Ⅱ　秋の市場"),
        ("第1章　港の町", "第2章　秋の市場"),
        ("はじめに", "おわりに"),
        ("■港の町", "■秋の市場"),
        ("【港の町】", "【秋の市場】"),
    ],
)
@pytest.mark.parametrize("gap", [True, False])
def test_headings_that_only_number_and_place_tell(one: str, two: str, gap: bool) -> None:
    free = [None] if gap else []
    found = flow(*paragraph(3), *free, *plain(one), *free, *paragraph(0), *free, *plain(two), *free, *paragraph(9))
    assert headings(found) == [[one], [two]]


def test_headings_without_number_that_white_space_tells() -> None:
    found = flow(*paragraph(3), None, *plain("港の町"), None, *paragraph(0), None, *plain("秋の市場"), *paragraph(9))
    assert headings(found) == [["港の町"], ["秋の市場"]]


def test_a_heading_of_two_lines() -> None:
    found = flow(
        ("港の町に集まる船と人々の暮らし", 13, GOTHIC),
        ("およびその移り変わり", 13, GOTHIC),
        *paragraph(0),
        *paragraph(9),
    )
    assert headings(found) == [["港の町に集まる船と人々の暮らし", "およびその移り変わり"]]


def test_two_headings_one_below_the_other() -> None:
    found = flow(("１．港の町", 13, GOTHIC), ("（1）秋の市場", 11, GOTHIC), *paragraph(0))
    assert headings(found) == [["１．港の町"], ["（1）秋の市場"]]


def test_two_numbered_headings_set_alike() -> None:
    found = flow(("１．港の町", 13, GOTHIC), ("（1）秋の市場", 13, GOTHIC), *paragraph(0))
    assert headings(found) == [["１．港の町"], ["（1）秋の市場"]]


def test_a_heading_with_a_mark() -> None:
    found = flow(*paragraph(3), None, *plain("１．港の町^{1}"), *paragraph(0), *plain("２．秋の市場"), *paragraph(9))
    assert headings(found) == [["１．港の町1"], ["２．秋の市場"]]


@pytest.mark.parametrize(
    "printed",
    [
        ["（1）港の町を調べる。", "（2）秋の市場を調べる。", "（3）船を調べる。"],
        ["①港の町", "②秋の市場", "③船"],
        ["・港の町", "・秋の市場", "・船"],
        ["1. 港の町の暮らし", "2. 秋の市場", "3. 船"],
    ],
)
def test_items_of_a_list_are_no_headings(printed: list[str]) -> None:
    assert headings(flow(*paragraph(3), *plain(*printed), *paragraph(9))) == []


def test_the_end_of_a_paragraph_is_no_heading() -> None:
    found = flow(*plain("　" + prose(19), "である"), *paragraph(0), *paragraph(9))
    assert headings(found) == []


def test_words_set_off_inside_a_paragraph_are_no_heading() -> None:
    found = flow(*plain("　" + prose(19)), (prose(20, 5), 10, GOTHIC), *plain(prose(20, 9), "である。"), *paragraph(2))
    assert headings(found) == []


def test_a_document_all_in_one_gothic_face_has_no_headings_by_face() -> None:
    metrics = METRICS.__class__(10, GOTHIC, "0", PITCH)
    found = [line(text, base=60 + 16 * i, font=GOTHIC) for i, text in enumerate(rows(prose(90) + "。", indent=1))]
    assert heading_groups(found, metrics, True) == []


def test_no_lines_no_headings() -> None:
    assert heading_groups([], METRICS, True) == []
    assert levels([]) == []


def level_of(*printed: Printed) -> list[int]:
    return levels([[line(text, size=size, font=font)] for text, size, font in printed])


def test_levels_by_size() -> None:
    assert level_of(("港", 14, GOTHIC), ("船", 12, GOTHIC), ("町", 14, GOTHIC), ("橋", 11, GOTHIC)) == [1, 2, 1, 3]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["１．港", "（1）船", "（2）橋", "２．町", "（1）島"], [1, 2, 2, 1, 2]),
        (["一、港", "（一）船", "二、町"], [1, 2, 1]),
        (["1. 港", "1.1 船", "1.2 橋", "2. 町"], [1, 2, 2, 1]),
        (["第1章　港", "第1節　船", "（1）橋", "第2章　町"], [1, 2, 3, 1]),
        (["はじめに", "１．港", "（1）船", "おわりに"], [1, 1, 2, 1]),
        (["はじめに", "港の町", "おわりに"], [1, 1, 1]),
    ],
)
def test_levels_by_kind_of_number(texts: list[str], expected: list[int]) -> None:
    assert level_of(*((text, 12, GOTHIC) for text in texts)) == expected


def test_a_heading_in_the_middle_with_white_above_and_none_below() -> None:
    printed = [*paragraph(0), None, *plain("　　　　　　　市場の仕組み"), *paragraph(60)]
    assert headings(flow(*printed)) == [["　　　　　　　市場の仕組み"]]


def test_a_chapter_set_lightly_stands_above_its_bold_sections() -> None:
    groups = [
        [line("１　港の町")],
        [line("1.1　秋の市場", bold=True)],
        [line("1.2　船と人々", bold=True)],
        [line("２　丘の上")],
        [line("2.1　遠くの島", bold=True)],
    ]
    assert levels(groups) == [1, 2, 2, 1, 2]


def test_a_heading_first_after_a_table_of_contents() -> None:
    entry = line("港の町\t4", base=60, table=True)
    found = [entry, line("１　港の町", base=60, page=2), *lines(*rows(prose(50) + "。", indent=1), base=92, page=2)]
    assert headings(found) == [["１　港の町"]]
