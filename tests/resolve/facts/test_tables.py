"""Meetings in tables: a row with one day and one meeting is an occurrence."""

from __future__ import annotations

import pytest

from tests.resolve.facts.conftest import Facts

HEAD = "回\t会議\t開催日\t開催地\t出席者\n"
MEETING = "[M:m|青海安全保障対話]"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (f"{HEAD}第3回\t{MEETING}\t2022年6月11日\tシンガポール\t", [("3", "2022-06-11", "シンガポール", "SGP", "")]),
        (f"{HEAD}\t第3回{MEETING}\t2022年6月11日\tオンライン\t", [("3", "2022-06-11", "", "", "online")]),
        (f"{HEAD}\t{MEETING}（非公式）\t2022年6月11日\t調整中\t", [("", "2022-06-11", "", "", "")]),
        (
            f"{HEAD}1\t{MEETING}\t2022年6月\t東京\t\n2\t{MEETING}\t2023年6月\tパリ\t",
            [("", "2022-06", "東京", "JPN", ""), ("", "2023-06", "パリ", "FRA", "")],
        ),
        # Nothing says which day, or which meeting, the row is about.
        (f"{HEAD}\t{MEETING}\t2022年6月11日\t2023年6月3日\t", []),
        (f"{HEAD}\t{MEETING}\t2022年6月11日\t[M:n|日伊首脳会談]\t", []),
        (f"{HEAD}\t{MEETING}についての資料\t2022年6月11日\t\t", []),
        (f"年\t出来事\n2022年6月11日\t防衛相が{MEETING}で演説\t", []),
    ],
)
def test_rows(facts: Facts, table: str, rows: list[tuple[str, ...]]) -> None:
    found = facts("本稿は会議を振り返る。", table=table).meetings
    assert [(m.edition, m.start_date, m.city, m.country, m.mode) for m in found] == rows


def test_a_column_of_those_who_came(facts: Facts) -> None:
    row = f"\t{MEETING}\t2022年6月11日\tシンガポール\t[P:a|青木防衛相]、[P:b|ブラウン国防長官]"
    found = facts("本稿は会議を振り返る。", table=HEAD + row).relations
    assert [(r.subject_id, r.predicate, r.object_id, r.date) for r in found] == [
        ("a", "attended", "m", "2022-06-11"),
        ("b", "attended", "m", "2022-06-11"),
    ]


def test_nobody_came_to_a_meeting_to_come(facts: Facts) -> None:
    row = f"\t{MEETING}\t2025年6月11日\tシンガポール\t[P:a|青木防衛相]"
    assert not facts("本稿は会議を振り返る。", table=HEAD + row, published="2024-12-20").relations


def test_the_text_and_the_table_tell_of_one_occurrence(facts: Facts) -> None:
    text = f"2022年6月11日、シンガポールで{MEETING}が開催された。"
    (row,) = facts(text, table=f"{HEAD}第3回\t{MEETING}\t2022年6月11日\tシンガポール\t").meetings
    assert (row.edition, row.start_date) == ("3", "2022-06-11")


def test_other_names_in_a_table_do_no_harm(facts: Facts) -> None:
    row = f"\t{MEETING}\t2022年6月11日\tシンガポール\t[O:o|事務次官]"
    (found,) = facts("本稿は会議を振り返る。", table=HEAD + row).meetings
    assert found.city == "シンガポール"
