"""Lines put together into running text."""

from __future__ import annotations

import pytest

from pipeline.extract.join import Habits, habits_of, letters, superscript
from tests.extract.pages import line, lines, numbered

JAPANESE = Habits(keeps_spaces=False, cuts_words=False, hyphenates=False, words=frozenset())
CUTTING = Habits(keeps_spaces=False, cuts_words=True, hyphenates=False, words=frozenset())
KEEPING = Habits(keeps_spaces=True, cuts_words=False, hyphenates=False, words=frozenset())
ENGLISH = Habits(keeps_spaces=False, cuts_words=False, hyphenates=True, words=frozenset({"follow-up", "security"}))


def joined(*texts: str, habits: Habits = JAPANESE) -> str:
    """What a block of these printed lines says."""
    found = letters([(one, 0) for one in numbered(lines(*texts))], habits)
    return "".join(" " if letter.text == "\n" else letter.text for letter in found)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("会合は東", "京で開かれた。", "会合は東京で開かれた。"),
        ("会合は、 ", "東京で", "会合は、東京で"),
        ("参加国は", "12か国", "参加国は12か国"),
        ("参加国は12", "か国", "参加国は12か国"),
        ("構想（PSI", "）の会合", "構想（PSI）の会合"),
        ("「構想", "」の会合", "「構想」の会合"),
        ("アジア・", "太平洋", "アジア・太平洋"),
        ("構想――", "その歩み", "構想――その歩み"),
        ("2025年", "11月", "2025年11月"),
        ("NIDS ", "コメンタリー", "NIDSコメンタリー"),
    ],
)
def test_japanese_lines_join_without_a_space(before: str, after: str, text: str) -> None:
    assert joined(before, after) == text


@pytest.mark.parametrize("white", ["　", "　　", "\u00a0"])
def test_white_space_that_sets_a_continuation_line_in_is_no_text(white: str) -> None:
    assert joined("（1）会合は", white + "東京で開かれた。") == "（1）会合は東京で開かれた。"


def test_a_joint_without_space_adds_nothing_and_drops_nothing() -> None:
    assert joined("一", "二", "三") == "一二三"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("Proliferation", "Security Initiative", "Proliferation Security Initiative"),
        ("the Minister of", "Defense, Tokyo", "the Minister of Defense, Tokyo"),
        ("Tokyo,", "Japan", "Tokyo, Japan"),
        ("Tokyo, ", "Japan", "Tokyo, Japan"),
        ("p.", "45", "p. 45"),
        ("It ended.", "Then it", "It ended. Then it"),
    ],
)
def test_latin_lines_join_with_a_space(before: str, after: str, text: str) -> None:
    assert joined(before, after) == text


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("2015/", "16", "2015/16"),
        ("pp. 3–", "5", "pp. 3–5"),
        ("Japan (", "MOD)", "Japan (MOD)"),
        ("Japan", ", and", "Japan, and"),
        ("the word", ")", "the word)"),
    ],
)
def test_punctuation_that_clings_gets_no_space(before: str, after: str, text: str) -> None:
    assert joined(before, after) == text


def test_where_a_printer_keeps_its_spaces_there_is_none_else() -> None:
    assert joined("Proliferation ", "Security", habits=KEEPING) == "Proliferation Security"
    assert joined("Prolifer", "ation", habits=KEEPING) == "Proliferation"


def test_where_a_printer_cuts_words_anywhere_nothing_is_added() -> None:
    assert joined("Prolifer", "ation", habits=CUTTING) == "Proliferation"
    assert joined("Tokyo,", "Japan", habits=CUTTING) == "Tokyo, Japan"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("https://www.example.go.jp/", "policy/", "index.html"), "https://www.example.go.jp/policy/index.html"),
        (("https://www.example.go.jp/po", "licy/index.html"), "https://www.example.go.jp/policy/index.html"),
        (("https:", "//www.example.go.jp/"), "https://www.example.go.jp/"),
        (("http://", "www.example.go.jp/"), "http://www.example.go.jp/"),
        (("https://www.example.go.jp/a-", "b.html"), "https://www.example.go.jp/a-b.html"),
        (("https://www.example.go.jp/a?b=1", "&c=2"), "https://www.example.go.jp/a?b=1&c=2"),
        (("https://www.example.go.jp", ".html"), "https://www.example.go.jp.html"),
        (("https://www.example.go.jp/a_", "b%20c"), "https://www.example.go.jp/a_b%20c"),
        (("https://doi.org/10.1000/", "xyz123"), "https://doi.org/10.1000/xyz123"),
        (("doi:10.1000/ab", "c12"), "doi:10.1000/abc12"),
        (("www.example.go.jp/a", "b"), "www.example.go.jp/ab"),
        (("https://www.example.go.jp/a", "2025年"), "https://www.example.go.jp/a2025年"),
        (("https://www.example.go.jp/a", "（閲覧）"), "https://www.example.go.jp/a（閲覧）"),
    ],
)
def test_an_address_is_put_together(parts: tuple[str, ...], text: str) -> None:
    assert joined(*parts) == text
    assert joined(*parts, habits=ENGLISH) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [("https://www.example.go.jp/a.html.", "Accessed May 1"), ("https://www.example.go.jp/a.pdf,", "Accessed May 1")],
)
def test_an_address_that_ended_is_not_glued_to_the_next_sentence(before: str, after: str) -> None:
    assert joined(before, after, habits=ENGLISH) == f"{before} {after}"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("the coun-", "try was", "the country was"),
        ("a follow-", "up to it", "a follow-up to it"),
        ("Indo-", "Pacific", "Indo-Pacific"),
        ("the U.S.-", "Japan alliance", "the U.S.-Japan alliance"),
        ("the F-", "35 fighter", "the F-35 fighter"),
        ("2015-", "16", "2015-16"),
        ("CAPT-", "AIN", "CAPT-AIN"),
    ],
)
def test_a_hyphen_at_a_line_end_in_english(before: str, after: str, text: str) -> None:
    assert joined(before, after, habits=ENGLISH) == text


def test_a_hyphen_at_a_line_end_stays_in_japanese_text() -> None:
    assert joined("ASEAN-", "plus") == "ASEAN-plus"


@pytest.mark.parametrize("hyphen", ["\u00ad", "\u2010"])
def test_a_hyphen_that_only_typesetters_use_goes(hyphen: str) -> None:
    assert joined(f"the coun{hyphen}", "try was") == "the country was"


def test_radicals_are_read_as_ordinary_characters() -> None:
    assert joined("⽇⽶", "⾸脳") == "日米首脳"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("a  b", "a b"),
        ("a\u00a0b", "a b"),
        ("　会合", "会合"),
        ("会合　", "会合"),
        ("第1号　会合", "第1号　会合"),
        ("a\u2003b", "a　b"),
    ],
)
def test_spaces_within_a_line(printed: str, text: str) -> None:
    assert joined(printed) == text


def test_a_bullet_or_number_is_passed_over() -> None:
    found = letters([(numbered(lines("・会合"))[0], 1)], JAPANESE)
    assert [(letter.text, letter.raw) for letter in found] == [("会", 1), ("合", 2)]


def test_each_letter_knows_its_place_in_the_raw_string() -> None:
    first, second = numbered(lines("the  Minister ", "said^{3}"))
    found = letters([(first, 0), (second, 0)], JAPANESE)
    raw = first.text + "\n" + second.text + "\n"
    assert "".join(letter.text for letter in found).replace("\n", " ") == "the Minister said3"
    assert all(raw[letter.raw] == letter.text or raw[letter.raw].isspace() for letter in found)
    offsets = [letter.raw for letter in found]
    assert offsets == sorted(set(offsets))
    assert [letter.text for letter in found if letter.raised] == ["3"]


def test_a_space_due_at_a_line_end_is_the_newline_there() -> None:
    first, second = numbered(lines("Security", "Initiative"))
    found = letters([(first, 0), (second, 0)], JAPANESE)
    assert found[8].raw == 8
    assert found[9].raw == 9


def test_a_mark_at_a_line_end_does_not_hide_what_the_line_ends_with() -> None:
    assert joined("会合が開かれた。^{12}", "Next") == "会合が開かれた。12Next"
    assert joined("the Minister^{12}", "said") == "the Minister12 said"


def test_cells_are_parted_by_tabs_and_rows_by_newlines() -> None:
    found = letters([(one, 0) for one in numbered(lines("年\t名称", "2025\t会合"))], JAPANESE, table=True)
    assert "".join(letter.text for letter in found) == "年\t名称\n2025\t会合"


@pytest.mark.parametrize(
    ("printed", "text"), [("2", "²"), ("0", "⁰"), ("-", "⁻"), ("−", "⁻"), ("+", "⁺"), ("会", "会")]
)
def test_superscript(printed: str, text: str) -> None:
    assert superscript(printed) == text


def test_habits_of_a_printer_that_keeps_spaces() -> None:
    found = habits_of(lines("the Minister of ", "Defense of ", "Japan"), english=True)
    assert found.keeps_spaces
    assert not found.cuts_words


def test_habits_of_a_printer_that_cuts_words_at_the_edge() -> None:
    full = "The Proliferation Security Initiativ"  # not a full line yet
    edge = [full.ljust(40, "x"), "y".ljust(40, "z"), "w"]
    found = habits_of(lines(*edge), english=False)
    assert found.cuts_words
    assert not found.keeps_spaces


def test_habits_of_an_english_printer_with_ragged_lines() -> None:
    found = habits_of(lines("The Security", "Initiative of", "follow-up and"), english=True)
    assert not found.keeps_spaces
    assert not found.cuts_words
    assert {"security", "follow-up"} <= found.words


def test_habits_of_no_lines() -> None:
    assert habits_of([], english=False) == JAPANESE


def test_a_word_that_is_cut_does_not_count_as_a_word() -> None:
    found = habits_of([line("a coun-"), line("try was", base=116)], english=True)
    assert "coun-" not in found.words


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("the Proliferation Security", "of Harbors", "the Proliferation Security of Harbors"),
        ("Spring", "2021", "Spring 2021"),
        ("“Ports and Harbors,”", "Journal", "“Ports and Harbors,” Journal"),
        ("Principles f", "or Defense", "Principles for Defense"),
        ("Prolifer", "ation", "Proliferation"),
    ],
)
def test_words_that_cannot_be_one_stay_apart_even_where_words_are_cut(before: str, after: str, text: str) -> None:
    assert joined(before, after, habits=CUTTING) == text


def test_one_line_end_is_too_little_to_tell_that_words_are_cut() -> None:
    assert not habits_of(lines("y".ljust(40, "z"), "w"), english=False).cuts_words


def test_line_ends_at_which_words_visibly_end_tell_that_none_are_cut() -> None:
    edge = ["y".ljust(40, "z"), "Spring".rjust(40, "x"), "2021".ljust(40, "x"), "Harbor".ljust(40, "x")]
    assert not habits_of(lines(*edge), english=False).cuts_words


def test_a_raised_number_cut_by_a_line_end_stays_one() -> None:
    assert joined("広さは10^{-}", "^{5}である") == "広さは10-5である"
