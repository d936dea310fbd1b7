"""Dates: what is one, what it means where year, month or day are left to context, and what only looks like one."""

from __future__ import annotations

import random

import pytest

from pipeline.document import Block
from pipeline.tag.dates import dates
from pipeline.vocabulary import BlockKind

PUBLISHED = "2025-11-14"


def found(*texts: str, published: str = PUBLISHED, kind: BlockKind = "paragraph") -> list[tuple[str, str]]:
    """Text and ISO form of every date in paragraphs that follow each other."""
    blocks = [Block(f"b{i}", kind, text, ()) for i, text in enumerate(texts)]
    by_id = {block.block_id: block.text for block in blocks}
    return [(by_id[d.block_id][d.start : d.end], d.iso) for d in dates(blocks, published)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025年11月1日に", [("2025年11月1日", "2025-11-01")]),
        ("２０２５年１１月１日に", [("２０２５年１１月１日", "2025-11-01")]),
        ("二〇二五年十一月一日に", [("二〇二五年十一月一日", "2025-11-01")]),
        ("2025 年 11 月 1 日に", [("2025 年 11 月 1 日", "2025-11-01")]),
        ("令和7年11月", [("令和7年11月", "2025-11")]),
        ("令和元年五月", [("令和元年五月", "2019-05")]),
        ("平成三十年の防衛大綱", [("平成三十年", "2018")]),
        ("昭和六十二年三月三日", [("昭和六十二年三月三日", "1987-03-03")]),
        ("2019年（令和元年）5月", [("2019年（令和元年）5月", "2019-05")]),
        ("令和7（2025）年に", [("令和7（2025）年", "2025")]),
        ("November 1, 2025, and 5 May 2024", [("November 1, 2025", "2025-11-01"), ("5 May 2024", "2024-05-05")]),
        ("(2025/11/14)", [("2025/11/14", "2025-11-14")]),
        ("2007年の3月に", [("2007年の3月", "2007-03")]),
        ("2025年11月上旬に", [("2025年11月上旬", "2025-11")]),
        ("2023年1月末に", [("2023年1月末", "2023-01")]),
        ("2024年春に", [("2024年春", "2024")]),
        ("2024年初めに", [("2024年初め", "2024")]),
        ("2025年末、", [("2025年末", "2025")]),
        ("98年8月31日に", [("98年8月31日", "1998-08-31")]),
        ("05年の会合", [("05年", "2005")]),
        ("76年に策定", [("76年", "1976")]),
        ("一九年六月の", [("一九年六月", "2019-06")]),
    ],
)
def test_dates_that_are_written_out(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今年5月に", [("今年5月", "2025-05")]),
        ("昨年の会合", [("昨年", "2024")]),
        ("一昨年11月", [("一昨年11月", "2023-11")]),
        ("来年3月", [("来年3月", "2026-03")]),
        ("再来年", [("再来年", "2027")]),
        ("今月、先月、来月5日", [("今月", "2025-11"), ("先月", "2025-10"), ("来月5日", "2025-12-05")]),
        ("2年前に", [("2年前", "2023")]),
        ("約20年前に", [("約20年前", "2005")]),
        ("今秋、昨夏の", [("今秋", "2025"), ("昨夏", "2024")]),
        ("11月1日に開かれた。", [("11月1日", "2025-11-01")]),
        ("12月に開かれた会合", [("12月", "2024-12")]),
        ("12月に開催する予定である", [("12月", "2025-12")]),
        ("1月に発足する新政権", [("1月", "2026-01")]),
    ],
)
def test_dates_against_the_day_of_publication(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2007年3月に署名した。同年6月6日に", "2007-06-06"),
        ("2022年12月、発表した。翌年に", "2023"),
        ("2022年12月、発表した。翌2023年8月13日に", "2023-08-13"),
        ("2022年12月、発表した。翌月に", "2023-01"),
        ("2022年1月、発表した。前月に", "2021-12"),
        ("2022年1月、発表した。前年12月に就任した", "2021-12"),
        ("2023年8月13日に発効し、同月下旬には", "2023-08"),
        ("2023年8月13日に発効し、同じ月の20日には", "2023-08-20"),
        ("2025年5月31日、行った。翌6月1日の会談", "2025-06-01"),
        ("2025年4月8日に訪れた。首相も翌9日、合意した", "2025-04-09"),
        ("2025年3月1日、行った。前日の会合", "2025-02-28"),
        ("2024年12月31日、行った。翌日の会合", "2025-01-01"),
        ("2025年3月1日、行った。同日の会談", "2025-03-01"),
        ("2024年11月17日には会談が行われ、10月に就任した大臣が一致した。同じ日には", "2024-11-17"),
        ("2021年9月11日、開かれた。その4日後に", "2021-09-15"),
        ("2021年、始まった。その2年後に", "2023"),
        ("1995年11月、決定した。翌96年4月17日、", "1996-04-17"),
        ("2019年、実施した。2年後に就任した首相は、2024年7月の会合で、9月24日に", "2024-09-24"),
        ("2022年7月、建設は2035年までに終わる。同年10月", "2022-10"),
        ("2022年2月24日、始まった。3日後に", "2022-02-27"),
        ("緊張を高めたのは、2022年4月に発覚した協定である。5月30日", "2022-05-30"),
        ("2025年8月、発足した。構想に続き、2025年9月1日に天津で開かれた会合では、発表された。前日からの", "2025-08-31"),
        ("2021年9月、開かれた。10月1日に", "2021-10-01"),
    ],
)
def test_dates_against_the_text(text: str, wanted: str) -> None:
    assert found(text)[-1][1] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023年6月1日から3日まで", ["2023-06-01", "2023-06-03"]),
        ("2024年5月31日から6月2日にかけて", ["2024-05-31", "2024-06-02"]),
        ("2024年12月30日から1月2日まで", ["2024-12-30", "2025-01-02"]),
        ("2025年11月1日及び2日に", ["2025-11-01", "2025-11-02"]),
        ("2019年11月1～3日", ["2019-11-01", "2019-11-03"]),
        ("2023年11月7、8両日に", ["2023-11-07", "2023-11-08"]),
        ("2016～2018年", ["2016", "2018"]),
        ("2016-18年", ["2016", "2018"]),
        ("2024年から2027年まで", ["2024", "2027"]),
        ("2021年11月中旬から12月上旬にかけて", ["2021-11", "2021-12"]),
    ],
)
def test_ranges_are_two_dates(text: str, wanted: list[str]) -> None:
    assert [iso for _, iso in found(text)] == wanted


def test_the_short_first_day_of_a_range_is_a_span_of_its_own() -> None:
    assert [text for text, _ in found("2019年11月1～3日")] == ["2019年11月1", "3日"]


@pytest.mark.parametrize(
    "text",
    [
        *("2年ぶり", "5年間", "3日間の", "10日ぶり", "2年連続", "5年来の", "3年以内", "1か月余り", "三か国", "第3回"),
        *("「2050年戦略」を", "毎年11月ごろ", "三月期", "4月号", "1月間", "数年前", "日米", "前日米首脳", "同日本政府"),
        *("15年の節目", "40年の歴史", "30年に及ぶ", "14年を経て"),
        "10日、述べた",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["1990年代", "1990年代半ば", "21世紀", "2024年度", "秋には", "2025年13月", "11月31日"])
def test_dates_without_an_iso_form(text: str) -> None:
    assert [iso for _, iso in found(text)] == [""]


@pytest.mark.parametrize(
    "passing",
    [
        "2014年に策定された三原則に基づく。",
        "双方は、2023年に始まった対話を続けた。",
        "これは、2022年11月に両者が会って以来であった。",
        "2002年から主催するこの会議は定着した。",
        "この構想（2016年）は有名である。",
        "再発防止策は、2014年の第14回会合で採択された基準による。",
        "2030年から引き渡される。",
    ],
)
def test_a_date_in_passing_does_not_move_the_year(passing: str) -> None:
    assert found(f"2024年5月3日、会談した。{passing}7月9日には")[-1] == ("7月9日", "2024-07-09")


@pytest.mark.parametrize(
    "telling",
    [
        "2014年7月、首相は会談した。",
        "2014年は転機の年であった。",
        "2014年7月1日に東京で開かれた会合には首相が出席した。",
        "会談は2014年5月2日にハワイで開かれた。",
        "もっとも、2014年の会合では一致した。",
    ],
)
def test_a_date_that_is_told_of_moves_the_year(telling: str) -> None:
    assert found(f"2024年5月3日、会談した。{telling}7月9日には")[-1] == ("7月9日", "2014-07-09")


def test_the_same_day_is_in_the_same_year() -> None:
    texts = ("2024年6月2日、会合が開かれた。2023年6月、別の会合が開かれた。", "6月2日午前には会談も行われた。")
    assert found(*texts)[-1] == ("6月2日", "2024-06-02")


def test_context_runs_through_the_body_and_not_into_notes() -> None:
    blocks = [
        Block("b1", "paragraph", "2007年3月、首相は署名した。", ()),
        Block("b2", "heading", "成果", ()),
        Block("n1", "note", "6月6日の会見。2001年9月、", ()),
        Block("b3", "list_item", "6月6日には", ()),
    ]
    assert [(d.block_id, d.iso) for d in dates(blocks, PUBLISHED)] == [
        ("b1", "2007-03"),
        ("n1", "2025-06-06"),
        ("n1", "2001-09"),
        ("b3", "2007-06-06"),
    ]


def test_days_of_an_event_that_has_no_date_stay_open() -> None:
    assert found("2022年5月24日、首相が集まった。就任翌日の首相")[-1] == ("翌日", "")
    assert found("2022年5月24日、集まった。意思を表明する前日に")[-1] == ("前日", "")
    assert found("加盟の前日の2022年5月11日に") == [("2022年5月11日", "2022-05-11")]


@pytest.mark.parametrize("published", ["", "2025", "2025-11", "2025-11-14"])
def test_any_precision_of_the_publication_date_will_do(published: str) -> None:
    year = "2025" if published else ""
    assert found("今年、", published=published) == [("今年", year)]
    assert found("先月、", published=published)[0][0] == "先月"
    assert found("翌日、前年、11月1日、その3日後、同月10日", published=published)


def test_spans_are_in_order_within_the_text_and_apart() -> None:
    rng = random.Random(1)
    pieces = (
        "2025年 令和7年 11月 1日 から 、 。 同年 前日 翌 の 両 ～ 3 十 二〇二五年 第 約 2年前 （ ） 末 秋 には".split()
    )
    for _ in range(400):
        text = "".join(rng.choices(pieces, k=12))
        at = 0
        for dated in dates([Block("b", "paragraph", text, ())], PUBLISHED):
            assert at <= dated.start < dated.end <= len(text)
            at = dated.end
