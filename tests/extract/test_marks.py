"""Note marks in the text."""

from __future__ import annotations

import pytest

from pipeline.extract.join import Letter
from pipeline.extract.marks import find_marks, raise_lone_marks
from tests.extract.pages import METRICS, line, lines, pieces


def letters(text: str) -> list[Letter]:
    """Letters of a text in which ``^{12}`` is raised."""
    flat = [(char, script == "^") for piece, script in pieces(text) for char in piece]
    return [Letter(char, raw, raised) for raw, (char, raised) in enumerate(flat)]


def marks(text: str, notes: int = 0, before: str = "") -> list[tuple[str, str]]:
    """What stands in front of each mark of a text (from the mark before it on), and the numbers that the mark gives.

    ``notes`` is how many notes there are, ``before`` a block that stands above.
    """
    blocks = [letters(before), letters(text)]
    found = find_marks(blocks, [str(n) for n in range(1, notes + 1)])[1]
    plain = "".join(letter.text for letter in blocks[1])
    starts = [0, *(mark.end for mark in found)]
    return [(plain[at : mark.start], " ".join(mark.numbers)) for at, mark in zip(starts, found, strict=False)]


def counted(last: int) -> str:
    """A block that marks the notes up to ``last``, so that the number after it is next."""
    return "".join(f"文である^{{{n}}}。" for n in range(1, last + 1))


def test_a_raised_number_before_or_after_the_full_stop() -> None:
    assert marks("会合が開かれた^{1}。首相が述べた。^{2}次の文。", 2) == [
        ("会合が開かれた", "1"),
        ("。首相が述べた。", "2"),
    ]


@pytest.mark.parametrize(
    "printed",
    ["^{1}", "^{１}", "^{1)}", "^{(1)}", "^{（1）}", "^{[1]}", "^{〔1〕}", "^{注1}", "^{（注１）}", "^{※1}", "¹"],
)
def test_forms_of_a_raised_number(printed: str) -> None:
    assert marks(f"会合が開かれた{printed}。", 1) == [("会合が開かれた", "1")]


@pytest.mark.parametrize("symbol", ["*", "**", "†", "‡", "※", "i", "iv"])
def test_a_raised_symbol(symbol: str) -> None:
    assert marks(f"会合が開かれた^{{{symbol}}}。", 1) == [("会合が開かれた", symbol)]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("^{1112}", "11 12"),
        ("^{11}^{12}", "11 12"),
        ("^{11,12}", "11 12"),
        ("^{11, 12}", "11 12"),
        ("^{11、12}", "11 12"),
        ("^{11・12}", "11 12"),
        ("^{11)12)}", "11 12"),
        ("^{（11）（12）}", "11 12"),
        ("^{注11、注12}", "11 12"),
        ("^{11–13}", "11 12 13"),
        ("^{11-13}", "11 12 13"),
        ("^{11～13}", "11 12 13"),
        ("^{11,13–14}", "11 13 14"),
        ("¹¹,¹²", "11 12"),
    ],
)
def test_marks_side_by_side(printed: str, numbers: str) -> None:
    found = marks(f"会合が開かれた{printed}。", 15, counted(10))
    assert found[0][0] == "会合が開かれた"
    assert " ".join(n for _, n in found) == numbers


def test_small_numbers_side_by_side() -> None:
    assert marks("会合が開かれた^{12}。", 2) == [("会合が開かれた", "1 2")]
    assert marks("会合が開かれた^{89}。", 9, counted(7)) == [("会合が開かれた", "8 9")]
    assert marks("会合が開かれた^{910}。", 12, counted(8)) == [("会合が開かれた", "9 10")]


def test_a_mark_beside_one_of_a_later_note() -> None:
    assert marks("会合が開かれた^{1016}。", 20, counted(9)) == [("会合が開かれた", "10 16")]
    assert marks("会合が開かれた^{2019}。", 20, counted(9)) != [("会合が開かれた", "20 19")]


def test_a_number_of_two_digits_that_is_next_is_one_mark() -> None:
    assert marks("会合が開かれた^{12}。", 12, counted(11)) == [("会合が開かれた", "12")]


def test_two_digits_that_could_be_two_early_notes_are_one_where_it_is_next() -> None:
    assert marks("会合が開かれた^{23}。", 30, counted(22)) == [("会合が開かれた", "23")]


def test_three_marks_side_by_side() -> None:
    assert marks("会合が開かれた^{3,4,5}。", 6, counted(2)) == [("会合が開かれた", "3 4 5")]


def test_a_note_may_be_marked_again() -> None:
    assert marks("会合が開かれた^{2}。", 4, counted(4)) == [("会合が開かれた", "2")]


@pytest.mark.parametrize(
    "text",
    [
        "面積は300m^{2}である。",
        "面積は300m²である。",
        "面積は20 km^{2}である。",
        "体積は5m^{3}である。",
        "費用は10^{4}円である。",
        "約3×10^{3}個である。",
        "約3×10³個である。",
        "the 21^{st} century",
        "10 の^{−3}乗",
        "Pu^{239}の量",
        "2^{10}通りある。",
    ],
)
def test_what_is_raised_for_another_reason_is_text(text: str) -> None:
    assert marks(text, 5, counted(5)) == []


@pytest.mark.parametrize("text", ["面積は300m^{2}である。", "面積は20 km²である。"])
def test_a_unit_is_no_mark_even_where_its_number_is_next(text: str) -> None:
    assert marks(text, 5, counted(1)) == []


def test_a_mark_may_follow_a_figure_or_a_latin_word() -> None:
    assert marks("参加国は20^{3}、", 5, counted(2)) == [("参加国は20", "3")]
    assert marks("構想（PSI^{3}）は", 5, counted(2)) == [("構想（PSI", "3")]
    assert marks("This is the view of PSI.^{3} It", 5, counted(2)) == [("This is the view of PSI.", "3")]
    assert marks("as the minister said^{3} in May", 5, counted(2)) == [("as the minister said", "3")]


def test_a_raised_number_without_any_note_is_a_mark_after_japanese_and_text_after_a_unit() -> None:
    assert marks("会合が開かれた^{1}。") == [("会合が開かれた", "1")]
    assert marks("面積は300m^{2}である。") == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("（注1）", "（注2）"),
        ("（注１）", "（注２）"),
        ("(注1)", "(注2)"),
        ("（註1）", "（註2）"),
        ("［注1］", "［注2］"),
        ("〔注1〕", "〔注2〕"),
        ("【注1】", "【注2】"),
        ("[1]", "[2]"),
        ("［１］", "［２］"),
        ("〔1〕", "〔2〕"),
        ("注1", "注2"),
        ("註１", "註２"),
        ("※1", "※2"),
        ("1）", "2）"),
        ("（1）", "（2）"),
        ("１", "２"),
    ],
)
def test_marks_at_text_size(one: str, two: str) -> None:
    assert marks(f"会合が開かれた{one}。首相が述べた{two}。", 2) == [("会合が開かれた", "1"), ("。首相が述べた", "2")]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("（注3）（注4）", "3 4"),
        ("（注3、4）", "3 4"),
        ("（注3、注4）", "3 4"),
        ("（注3・4）", "3 4"),
        ("（注3～5）", "3 4 5"),
        ("（注3-5）", "3 4 5"),
    ],
)
def test_marks_at_text_size_side_by_side(printed: str, numbers: str) -> None:
    found = marks(f"会合が開かれた{printed}。", 5, "述べた（注1）。また述べた（注2）。")
    assert found[0][0] == "会合が開かれた"
    assert " ".join(n for _, n in found) == numbers


@pytest.mark.parametrize("said", ["（注5参照）", "（注5を参照）", "（前掲注5）", "（注5に同じ）", "注5参照"])
def test_a_reference_to_a_note_in_running_prose_is_text(said: str) -> None:
    before = "".join(f"述べた（注{n}）。" for n in range(1, 6))
    assert marks(f"これは後で述べる{said}。", 5, before) == []


def test_numbers_in_brackets_are_text_where_marks_are_raised() -> None:
    assert marks("課題は（1）費用と（2）時間である。", 5, counted(5)) == []
    assert marks("法律第1条1）、2）および[3]", 5, counted(5)) == []


def test_numbers_in_brackets_are_text_where_marks_have_another_form() -> None:
    before = "".join(f"述べた（注{n}）。" for n in range(1, 6))
    assert marks("課題は（1）費用と（2）時間である。", 5, before) == []


def test_numbers_in_brackets_are_text_where_there_are_no_notes() -> None:
    assert marks("課題は（1）費用と（2）時間である（注1）。") == []


def test_years_in_brackets_are_no_marks() -> None:
    before = "".join(f"述べた（{n}）。" for n in range(1, 6))
    assert marks("令和7（2025）年の会合", 5, before) == []


def test_blocks_are_counted_in_reading_order() -> None:
    found = find_marks([letters("一^{1}。"), letters("二。"), letters("三^{2}。四^{3}。")], ["1", "2", "3"])
    assert [[mark.numbers for mark in marks] for marks in found] == [[("1",)], [], [("2",), ("3",)]]


def test_no_blocks_no_marks() -> None:
    assert find_marks([], ["1"]) == []
    assert find_marks([[]], []) == [[]]


def test_a_mark_that_wrapped_to_a_line_of_its_own_is_raised() -> None:
    text = line("会合は二十人の代表を集めて秋に開かれた。")
    mark, after = line("12", base=112, size=6), line("次", base=132)
    raise_lone_marks([text, mark, after], METRICS)
    assert mark.is_mark
    assert not text.is_mark
    assert not after.is_mark


@pytest.mark.parametrize(
    ("before", "size"), [("会合は開かれた。", 6), ("会合は二十人の代表を集めて秋に開かれた。", 10)]
)
def test_a_figure_after_a_short_line_or_in_text_size_is_not_raised(before: str, size: float) -> None:
    figure = line("12", base=112, size=size)
    raise_lone_marks([*lines(before), figure], METRICS)
    assert not figure.is_mark


@pytest.mark.parametrize("sign", ["*", "**", "†", "‡", "※", "§"])
def test_a_sign_at_text_size_that_a_note_has(sign: str) -> None:
    blocks = [letters(f"会合が開かれた{sign}。首相が述べた。")]
    assert [(m.start, m.end, m.numbers) for m in find_marks(blocks, [sign])[0]] == [(7, 7 + len(sign), (sign,))]
    assert find_marks(blocks, ["1"])[0] == []


def test_a_sign_that_opens_a_block_or_stands_between_figures_is_text() -> None:
    blocks = [letters("※会合の概要は次のとおり。"), letters("広さは3*4である。")]
    assert find_marks(blocks, ["※", "*"]) == [[], []]


def apart(text: str) -> list[Letter]:
    """Letters of a text on whose baseline the figures in ``<3>`` are set apart."""
    out: list[Letter] = []
    inside = False
    for char in text:
        inside = char == "<" or (inside and char != ">")
        if char not in "<>":
            out.append(Letter(char, len(out), False, inside and char.isdigit()))
    return out


def test_figures_set_apart_on_the_baseline_are_marks_and_others_are_text() -> None:
    blocks = [apart("2024年に開かれた<1>。参加は12か国<2,3>。"), apart("第4回である<4>。")]
    found = find_marks(blocks, ["1", "2", "3", "4"])
    assert [mark.numbers for marks in found for mark in marks] == [("1",), ("2", "3"), ("4",)]
    plain = [apart("2024年に開かれた1。"), apart("第4回である4。")]
    assert find_marks(plain, ["1", "2", "3", "4"]) == [[], []]


def test_a_raised_number_with_a_minus_is_an_exponent() -> None:
    assert marks(counted(5) + "音は10^{-5}Paである。", 8)[5:] == []
