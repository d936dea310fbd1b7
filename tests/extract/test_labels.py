"""Numbers at the head of notes, and the sequence they make."""

from __future__ import annotations

import pytest

from pipeline.extract.labels import labels_of, numbers, sequence
from pipeline.extract.lines import Line
from tests.extract.pages import line, lines


def starts(found: list[Line], stretches: list[int] | None = None) -> list[tuple[str, str]]:
    """Number and text of each line that begins a note."""
    chain = sequence(found, stretches or [one.page for one in found])
    return [(start.label.number, found[start.index].text[start.label.end :]) for start in chain]


@pytest.mark.parametrize(
    ("printed", "style", "number", "text"),
    [
        ("^{1}防衛省", "raised", "1", "防衛省"),
        ("^{12} 防衛省", "raised", "12", "防衛省"),
        ("^{1)}防衛省", "raised", "1", "防衛省"),
        ("^{(1)}防衛省", "raised", "1", "防衛省"),
        ("^{注1}防衛省", "raised", "1", "防衛省"),
        ("^{*}防衛省", "raised", "*", "防衛省"),
        ("^{i}防衛省", "raised", "i", "防衛省"),
        ("¹ 防衛省", "raised", "1", "防衛省"),
        ("¹² 防衛省", "raised", "12", "防衛省"),
        ("（注1）防衛省", "bracket", "1", "防衛省"),
        ("（注１）　防衛省", "bracket", "1", "防衛省"),
        ("（1）防衛省", "bracket", "1", "防衛省"),
        ("(12) 防衛省", "bracket", "12", "防衛省"),
        ("［3］防衛省", "bracket", "3", "防衛省"),
        ("[3] 防衛省", "bracket", "3", "防衛省"),
        ("〔3〕防衛省", "bracket", "3", "防衛省"),
        ("注1　防衛省", "chu", "1", "防衛省"),
        ("注１：防衛省", "chu", "1", "防衛省"),
        ("註12 防衛省", "chu", "12", "防衛省"),
        ("※1 防衛省", "chu", "1", "防衛省"),
        ("1) 防衛省", "paren", "1", "防衛省"),
        ("１）防衛省", "paren", "1", "防衛省"),
        ("* 防衛省", "symbol", "*", "防衛省"),
        ("** 防衛省", "symbol", "**", "防衛省"),
        ("† 防衛省", "symbol", "†", "防衛省"),
        ("1. 防衛省", "dot", "1", "防衛省"),
        ("１．防衛省", "dot", "1", "防衛省"),
        ("1 防衛省", "plain", "1", "防衛省"),
        ("1　防衛省", "plain", "1", "防衛省"),
        ("1防衛省", "plain", "1", "防衛省"),
        ("１防衛省", "plain", "1", "防衛省"),
        ("12 Ministry", "plain", "12", "Ministry"),
        ("  1 防衛省", "plain", "1", "防衛省"),
        ("　1 防衛省", "plain", "1", "防衛省"),
    ],
)
def test_a_number_at_the_head_of_a_line(printed: str, style: str, number: str, text: str) -> None:
    one = line(printed)
    found = {label.style: (label.number, one.text[label.end :]) for label in labels_of(one)}
    assert found.get(style) == (number, text)


@pytest.mark.parametrize(
    "printed",
    ["防衛省", "2025年11月", "1234", "1.5", "第1回", "^{th}防衛省", "^{2025}年", "-", "「1」"],
)
def test_no_number_of_a_strong_style_at_the_head_of_a_line(printed: str) -> None:
    assert {label.style for label in labels_of(line(printed))} <= {"plain"}


def test_a_year_or_a_decimal_is_no_number_of_a_note() -> None:
    assert labels_of(line("2025年11月14日")) == []
    assert labels_of(line("1.5倍の規模")) == []
    assert labels_of(line("1234")) == []


def test_notes_in_sequence() -> None:
    found = lines("1 防衛省『白書』。", "2 外務省『青書』。", "3 同上。")
    assert starts(found) == [("1", "防衛省『白書』。"), ("2", "外務省『青書』。"), ("3", "同上。")]


def test_numbers_are_those_of_all_notes() -> None:
    found = lines("^{1}防衛省。", "^{2}外務省。", "^{*}謝辞。")
    assert numbers(sequence(found, [1, 1, 1])) == {"1", "2", "*"}


def test_a_continuation_line_that_begins_with_a_figure_is_no_note() -> None:
    found = lines(
        "1 防衛省『白書』の令和三年版から令和",
        "7年版まで、とくに45頁の記述が詳しい。",
        "2 外務省『青書』の第一章および付録の部",
        "分を参照。なお付録については改訂版の第",
        "3章とも合わせて読む必要があることに注",
        "意されたい。",
        "3 同上。",
    )
    assert [number for number, _ in starts(found)] == ["1", "2", "3"]
    assert starts(found)[2] == ("3", "同上。")


@pytest.mark.parametrize("second", ["2か国であったとされている。", "2 か国であったとされている。"])
def test_a_second_line_that_begins_with_the_next_number_is_no_note(second: str) -> None:
    found = lines(
        "1 会合の記録によれば、参加国の数は全部で",
        second,
        "2 外務省『青書』。",
    )
    assert [text for _, text in starts(found)][1:] == ["外務省『青書』。"]


def test_a_second_line_that_begins_with_a_page_number_is_no_note() -> None:
    found = lines("1 港の記録。", "2 海野渡「秋の市場」『町の研究』二十年、", "3頁。", "3 同上。", "4 町の記録。")
    assert [text for _, text in starts(found)][2:] == ["同上。", "町の記録。"]


def test_a_number_that_is_missing_does_not_end_the_sequence_of_a_plain_style() -> None:
    found = lines("1 港の記録。", "2 町の記録。", "4 同上。", "5 橋の記録。", "6 船の記録。")
    assert [number for number, _ in starts(found)] == ["1", "2", "4", "5", "6"]


def test_a_continuation_line_that_hangs_is_no_note() -> None:
    found = lines(
        "1　会合の記録では、参加国の数は全部で",
        "　　2 か国であったとされている。",
        "2　外務省『青書』の中の第三章を参照。",
        "　　また同章の注も見よ。",
        "3　同上。",
    )
    assert [text for _, text in starts(found)] == [
        "会合の記録では、参加国の数は全部で",
        "外務省『青書』の中の第三章を参照。",
        "同上。",
    ]


def test_a_raised_number_outweighs_plain_figures() -> None:
    found = lines("^{1}会合の記録。", "2 国間の協議。", "3 国間の協議。", "^{2}外務省。")
    assert starts(found) == [("1", "会合の記録。"), ("2", "外務省。")]


def test_a_number_that_is_missing_does_not_end_the_sequence_of_a_strong_style() -> None:
    found = lines("^{1}防衛省。", "^{2}外務省。", "^{4}内閣府。", "^{5}同上。")
    assert [number for number, _ in starts(found)] == ["1", "2", "4", "5"]


def test_numbering_may_begin_again_on_a_new_page() -> None:
    found = [*lines("1 防衛省。", "2 外務省。"), *lines("1 内閣府。", "2 同上。", page=2)]
    assert [text for _, text in starts(found)] == ["防衛省。", "外務省。", "内閣府。", "同上。"]


def test_numbering_does_not_begin_again_within_a_page() -> None:
    found = lines("1 防衛省の文書。次の", "1 か所だけを見よ。", "2 外務省。")
    assert [number for number, _ in starts(found)] == ["1", "2"]


def test_a_one_on_a_page_that_goes_on_counting_is_no_new_beginning() -> None:
    found = [*lines("1 防衛省。", "2 外務省の資料の第"), *lines("1 章を見よ。", "3 内閣府。", page=2)]
    assert [number for number, _ in starts(found)] == ["1", "2", "3"]


def test_notes_may_begin_with_a_number_other_than_one_where_the_style_is_strong() -> None:
    found = lines("（注2）防衛省。", "（注3）外務省。")
    assert [number for number, _ in starts(found)] == ["2", "3"]


def test_no_numbers_no_notes() -> None:
    assert sequence(lines("防衛省。", "外務省。"), [1, 1]) == []
    assert sequence([], []) == []


def test_numbering_that_begins_again_and_counts_further_than_before() -> None:
    found = [
        *lines("1 一の注。", "2 二の注。"),
        *lines("1 別の注。", "2 次の注。", "3 終わりの注。", "4 その次。", page=2),
    ]
    assert [number for number, _ in starts(found)] == ["1", "2", "1", "2", "3", "4"]


def test_a_figure_at_the_head_of_a_page_does_not_stop_the_numbering() -> None:
    found = [*lines("1 一の注。", "2 二の注。"), *lines("1 月に出た記事による。", "3 三の注。", "4 四の注。", page=2)]
    assert [number for number, _ in starts(found)] == ["1", "2", "3", "4"]
