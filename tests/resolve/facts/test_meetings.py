"""Meetings: editions, dates, places and modes, and which of them are one occurrence."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Meeting
from tests.resolve.facts.conftest import Facts

M = "[M:m|東方防衛フォーラム]"


def rows(document: Document, entity: str = "m") -> list[tuple[str, str, str]]:
    """Edition, first and last day of the meeting's rows."""
    return [(m.edition, m.start_date, m.end_date) for m in document.meetings if m.entity_id == entity]


def one(document: Document) -> Meeting:
    (found,) = document.meetings
    return found


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        (f"2024年6月2日、第12回{M}が開かれた。", "12"),
        (f"2024年6月2日、第二回目の{M}が開かれた。", "2"),
        (f"2024年6月2日、9回目となる{M}が開かれた。", "9"),
        (f"2024年6月2日、初の{M}が開かれた。", "1"),
        (f"2024年6月2日、{M}の初会合が開かれた。", "1"),
        (f"2024年6月2日に東京で初めて開かれた{M}では、協力が議論された。", "1"),
        (f"{M}は2024年6月2日に第3回が開催された。", "3"),
        (f"{M}は2024年6月2日に東京で初めて開かれた。", "1"),
        (f"2024年6月2日に東京で第一回を開いた{M}も同じである。", "1"),
        (f"2024年6月に東京で初会合が開かれた{M}は、局長級の場である。", "1"),
        (f"2024年6月に東京で三回目の会合が行われたばかりの{M}は、局長級の場である。", "3"),
        (f"{M}は2024年6月に東京で初会合を開き、作業計画を採択した。", "1"),
        (f"{M}は、局長級の対話を補う試みとして、2024年6月に東京で初めて開催された。", "1"),
        (f"{M}も既に7回を数え、2024年6月の会合では海賊対策が論じられた。", "7"),
        (f"{M}は閉会し、2024年6月には同国で初めて選挙が行われた。", ""),
        (f"2024年6月2日、東京で{M}10が開かれた。", "10"),
        ("2024年6月2日、東京で[M:m|フォーラム] VIが開かれた。", "6"),
        (f"2024年6月2日、初の対面での{M}が開かれた。", ""),
        (f"2024年6月2日、日本の首相として初めて{M}に出席した者がいた。", ""),
    ],
)
def test_editions(facts: Facts, text: str, edition: str) -> None:
    assert one(facts(text)).edition == edition


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (f"2024年5月31日から6月2日にかけて、シンガポールで{M}が開催された。", "2024-05-31", "2024-06-02"),
        (f"{M}は2024年5月2日にハワイで開かれ、協力を確認した。", "2024-05-02", ""),
        (f"2024年の{M}において、応酬が繰り広げられた。", "2024", ""),
        (f"2024年6月2日にソウルで開かれた{M}では、対話が演出された。", "2024-06-02", ""),
        (f"{M}は来年3月3日から5日まで開催される予定である。", "2025-03-03", "2025-03-05"),
        (f"{M}を2025年3月に開始することを確認した。", "2025-03", ""),
        (f"2024年6月2日に閉幕した{M}は、議論に終始した。", "2024-06", "2024-06-02"),
        (f"首相が{M}に臨んだのは、表明の前日の2024年5月11日である。", "2024-05-11", ""),
        (f"同様の{M}（2021年5月）は東京で開かれた。", "2021-05", ""),
    ],
)
def test_dates(facts: Facts, text: str, start: str, end: str) -> None:
    found = one(facts(text))
    assert (found.start_date, found.end_date) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        f"{M}は、2010年に創設された枠組みである。",
        f"2022年に始まった{M}は重要である。",
        f"英国の研究所が2002年から主催する{M}は定着した。",
        f"10月21日に着任した大臣にとって、{M}は重要である。",
        f"2012年12月に策定された戦略は、{M}にも触れている。",
        f"2024年1月に合意し、{M}を設けることを決めた。",
        f"{M}の次回の開催時期は決まっていない。",
    ],
)
def test_no_occurrence(facts: Facts, text: str) -> None:
    assert facts(text).meetings == ()


def test_a_series_told_of_by_its_first_gathering(facts: Facts) -> None:
    text = f"{M}。2022年3月27日から28日、豪州が5か国の外相をパースに招いたことに始まる。"
    assert rows(facts(text)) == [("", "2022-03-27", "2022-03-28")]
    assert rows(facts(f"{M}。2022年3月に条約が結ばれたことに始まる。")) == []


def test_the_edition_of_before_and_the_one_to_come(facts: Facts) -> None:
    text = f"2024年6月に東京で二回目が開かれた{M}は、2025年3月に三回目の開催が予定されている。"
    assert rows(facts(text)) == [("2", "2024-06", ""), ("3", "2025-03", "")]


def test_a_place_behind_the_name(facts: Facts) -> None:
    assert one(facts(f"{M}は2024年6月に東京で初会合を開いた。")).city == "東京"
    assert one(facts(f"フランスは2024年6月に{M}をパリで開くことを計画している。")).city == "パリ"
    assert one(facts(f"2024年6月、{M}では東京で開かれた別の会合が話題となった。")).city == ""


def test_the_occasion_of_another_meeting_is_dated_to_the_month(facts: Facts) -> None:
    found = facts("2023年5月20日には、[M:g7|G7広島サミット]の機会に、広島で[M:quad|日米豪印首脳会合]が行われている。")
    assert rows(found, "g7") == [("", "2023-05", "")]
    assert rows(found, "quad") == [("", "2023-05-20", "")]
    found = facts(
        "2024年7月9日から11日まで開かれた[M:nato|NATO首脳会議]では、3回目となる[M:ip4|IP4首脳会合]が行われた。"
    )
    assert rows(found, "nato") == [("", "2024-07-09", "2024-07-11")]
    assert rows(found, "ip4") == [("3", "2024-07", "")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"転機は2024年7月28日に訪れた。東京で開かれた{M}において、協力が決まった。", ("", "2024-07-28", "")),
        (f"2024年7月、北京。首脳は{M}に臨み、声明をまとめた。", ("", "2024-07", "")),
        (f"2024年4月26日のアスタナでの会議が続く。{M}は重要である。", None),
    ],
)
def test_the_sentence_before_sets_the_scene(facts: Facts, text: str, wanted: tuple[str, str, str] | None) -> None:
    assert rows(facts(text)) == ([wanted] if wanted else [])


def test_talks_of_both_sides_are_an_occurrence_of_the_meeting_they_take_up(facts: Facts) -> None:
    text = (
        "3月20日には[P:a|浜田靖一防衛大臣]が[P:b|梁光烈国防部長]と[M:m|日中防衛相会談]を行った。"
        "11月27日には[P:b|梁国防部長]が東京を訪問し、[P:c|北澤俊美防衛大臣]と会談した。"
    )
    found = facts(text, published="2009-12-20")
    assert [m.start_date for m in found.meetings] == ["2009-03-20", "2009-11-27"]
    assert {(r.subject_id, r.date) for r in found.relations} == {
        *(("a", "2009-03-20"), ("b", "2009-03-20"), ("b", "2009-11-27"), ("c", "2009-11-27"))
    }


def test_editions_stay_apart_and_parts_of_one_come_together(facts: Facts) -> None:
    found = facts(
        f"2022年6月10日から12日までシンガポールで第19回{M}が開かれた。2023年6月の第20回{M}では、会談が実現しなかった。",
        f"第19回{M}において、首相は演説した。",
    )
    assert rows(found) == [("19", "2022-06-10", "2022-06-12"), ("20", "2023-06", "")]


def test_neighbouring_sentences_tell_of_one_occurrence(facts: Facts) -> None:
    found = one(
        facts(f"今年の{M}は、11月1日にマレーシア・クアラルンプールで実施された。この会合は今回で9回目の実施となる。")
    )
    assert (found.edition, found.start_date, found.city, found.country) == (
        "9",
        "2024-11-01",
        "クアラルンプール",
        "MYS",
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第8回では、協力が確認された。", ("8", "", "")),
        ("2016年8月、ナイロビで第6回会合が開かれた。", ("6", "2016-08", "")),
        ("2016年の会合において、応酬があった。", ("", "2016", "")),
        ("両者の会談は、2016年に東京で会って以来である。", ("", "2016", "")),
    ],
)
def test_what_takes_up_a_meeting(facts: Facts, text: str, wanted: tuple[str, str, str]) -> None:
    assert rows(facts(f"2013年6月1日、横浜で第5回{M}が開かれた。{text}"))[-1] == wanted


def test_first_of_a_series_that_was_just_named(facts: Facts) -> None:
    found = facts(f"国防相が会する場は{M}である。初会合は2013年5月1日、トンガのヌクアロファで開催された。")
    assert (one(found).edition, one(found).start_date, one(found).city) == ("1", "2013-05-01", "ヌクアロファ")


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        (f"2024年6月2日、東京で{M}が開かれた。", "東京", "JPN"),
        (f"2024年6月2日、マレーシア・クアラルンプールで{M}が開かれた。", "クアラルンプール", "MYS"),
        (f"2024年6月2日、シンガポールで{M}が開かれた。", "シンガポール", "SGP"),
        (f"2024年6月2日、スイスのビュルゲンシュトックで開かれた{M}に注目が集まった。", "ビュルゲンシュトック", "CHE"),
        (f"2024年6月2日、ミャンマーのバガンで{M}が開かれた。", "バガン", "MMR"),
        (f"2024年6月2日、ドイツで{M}が開かれた。", "", "DEU"),
        (f"{M}は2024年6月2日にハワイで開かれた。", "ハワイ", "USA"),
        ("2016年の[M:m|NATOワルシャワ首脳会議]で採択された。", "ワルシャワ", "POL"),
        ("2024年の[M:m|シャングリラ会合]で演説した。", "", ""),
        (f"2024年6月2日、オンラインで{M}が開かれた。", "", ""),
        (f"2024年6月2日、{M}が開かれた。首相はパリで演説した。", "", ""),
        (f"2024年6月2日に首相がソウルを訪れ、同月5日には{M}が開かれた。", "", ""),
        (f"2024年6月2日、首相はソウルを訪れ、{M}を開いた。", "ソウル", "KOR"),
    ],
)
def test_places(facts: Facts, text: str, city: str, country: str) -> None:
    found = one(facts(text))
    assert (found.city, found.country) == (city, country)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        (f"2024年6月2日、オンライン形式で{M}が開かれた。", "online"),
        (f"{M}は2024年6月2日、テレビ会議形式で開催された。", "online"),
        ("2024年6月2日の[M:m|日仏首脳電話会談]では、協力を確認した。", "online"),
        (f"2024年6月2日、対面での{M}が開かれた。", "in_person"),
        (f"2024年6月2日、東京で{M}が開かれた。", ""),
    ],
)
def test_modes(facts: Facts, text: str, mode: str) -> None:
    assert one(facts(text)).mode == mode


def test_clauses_that_leave_their_verb_to_the_last(facts: Facts) -> None:
    found = facts(
        f"第4回{M}は2018年8月30日にカトマンズで、第5回{M}は2022年3月30日にコロンボで、第6回{M}は2025年4月4日にバンコクで開かれた。"
    )
    assert [(m.edition, m.start_date, m.city) for m in found.meetings] == [
        ("4", "2018-08-30", "カトマンズ"),
        ("5", "2022-03-30", "コロンボ"),
        ("6", "2025-04-04", "バンコク"),
    ]


def test_an_edition_in_the_title_or_a_note_is_that_of_the_occurrence(facts: Facts) -> None:
    text = f"2024年11月1日、東京で{M}が開かれた。"
    assert one(facts(text, title=f"第12回{M}を振り返る")).edition == "12"
    assert one(facts(text, note=f"防衛省「第12回{M}（概要）」2024年11月2日。")).edition == "12"
    assert one(facts(text, note=f"防衛省「第11回{M}（概要）」2023年11月2日。")).edition == ""


def test_each_row_names_its_sentence_and_sources(facts: Facts) -> None:
    found = facts(f"2024年6月2日、東京で{M}が開かれた^1^。2023年6月2日の{M}では何も決まらなかった。次は未定である^2^。")
    first, second = found.meetings
    block = found.blocks[0].text
    assert block[first.evidence.start : first.evidence.end].startswith("2024年6月2日")
    assert (first.evidence.sources, first.evidence.sources_from) == (("c1",), "sentence")
    assert (second.evidence.sources, second.evidence.sources_from) == (("c2",), "paragraph")


def test_row_ids_hang_on_content_alone(facts: Facts) -> None:
    text = f"2024年6月2日、東京で{M}が開かれた。"
    assert (
        one(facts(text)).row_id == facts(text, "2023年、[M:other|ASEAN地域フォーラム]が開かれた。").meetings[0].row_id
    )
