"""Tables of contents."""

from __future__ import annotations

import pytest

from pipeline.extract.contents import with_contents
from tests.extract.pages import line, lines, prose, texts


@pytest.mark.parametrize("dots", ["......", "・・・・・・", "……", " . . . . ", "．．．．"])
def test_entries_are_rows_and_leaders_are_left_out(dots: str) -> None:
    found, apart = with_contents(lines("目次", f"1 港の町{dots}3", f"2 秋の市場{dots}12", f"付録{dots}iv"))
    assert [one.table for one in found] == [False, True, True, True]
    assert ["\t".join(cell.strip() for cell in text.split("\t")) for text in texts(found)] == [
        "目次",
        "1 港の町\t3",
        "2 秋の市場\t12",
        "付録\tiv",
    ]
    assert "".join(glyph.text for glyph, _, _ in apart) == "".join(dots.split()) * 3
    assert {why for _, why, _ in apart} == {"leader"}


def test_an_entry_of_two_lines_is_one_row() -> None:
    found, _ = with_contents(lines("1 港の町……3", "2 秋の市場に集まる船と人の数", "をめぐって……7", "3 結び………9"))
    assert texts(found) == ["1 港の町\t3", "2 秋の市場に集まる船と人の数をめぐって\t7", "3 結び\t9"]


def test_every_glyph_stays() -> None:
    before = lines("1 港の町 ..... 3", "2 秋の市場 ..... 12", "3 結び ..... 20")
    found, apart = with_contents(before)
    kept = [char.glyph for one in found for char in one.chars if char.glyph] + [glyph for glyph, _, _ in apart]
    assert sorted(map(id, kept)) == sorted(id(char.glyph) for one in before for char in one.chars)


def test_dots_in_a_text_are_none() -> None:
    found = [*lines(prose(20), "港まで……3"), line(prose(18) + "……")]
    assert with_contents(found) == (found, [])


def test_a_part_named_between_the_entries_is_a_row_of_its_own() -> None:
    page = lines(
        "目次", "港の町" + "…" * 16 + "1", "秋の市場……2", "第２部　丘の上", "遠くの島……3", "船と人々……4", prose(20)
    )
    found, _ = with_contents(page)
    assert [one.table for one in found] == [False, True, True, True, True, True, False]
    assert found[3].text == "第２部　丘の上"
