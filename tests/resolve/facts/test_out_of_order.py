"""Meetings told out of order: looked back at, planned, several in one sentence, never held."""

from __future__ import annotations

import pytest

from pipeline.document import Document
from tests.resolve.facts.conftest import Facts

M = "[M:m|東方防衛フォーラム]"
N = "[M:n|西方外相会合]"
TALKS = "[M:talks|日英防衛相会談]"
KIHARA, OKADA = "[P:kihara|木原稔防衛大臣]", "[P:okada|岡田克也外務大臣]"
HEALEY, LAMMY = "[P:healey|ジョン・ヒーリー英国防相]", "[P:lammy|デービッド・ラミー英外相]"


def rows(document: Document) -> list[str]:
    """Meeting, edition, first and last day and city of each row."""
    found = [(m.entity_id, m.edition, m.start_date, m.end_date, m.city) for m in document.meetings]
    return [" ".join(part for part in row if part) for row in found]


def came(document: Document) -> list[str]:
    """Who attended, and when."""
    return sorted(f"{r.subject_id} {r.object_id} {r.date}" for r in document.relations if r.predicate == "attended")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"{M}の第1回は、2011年3月2日に東京で開かれた。第2回は翌年5月に、第3回は2013年6月に、いずれもソウルで開かれた。",
            ["m 1 2011-03-02 東京", "m 2 2012-05 ソウル", "m 3 2013-06 ソウル"],
        ),
        (f"{M}を重ねた。第4回会合は2015年7月に始まり、声明を採択した。", ["m 4 2015-07"]),
        (
            f"2015年5月には東京で第5回{M}が開かれた。2017年2月8日から9日まで東京で第5回{M}の第3次会合が開かれた。",
            ["m 5 2015-05 東京", "m 5 2017-02-08 2017-02-09 東京"],
        ),
        (f"2007年3月に東京で始まった{M}は、2009年8月の第6回を最後に途絶えた。", ["m 2007-03 東京", "m 6 2009-08"]),
        (f"{M}の起点は、2010年10月12日にハノイで開かれた初会合である。", ["m 1 2010-10-12 ハノイ"]),
        (
            f"{M}の第4回は2023年9月4日にハノイで行われ、第5回は来年に東京で予定される。",
            ["m 4 2023-09-04 ハノイ", "m 5 2025 東京"],
        ),
        (
            f"{M}は2023年9月4日に開かれた。{M}が開催されるのは、2019年4月9日にソウル郊外で4大臣が集まって以来である。",
            ["m 2023-09-04", "m 2019-04-09 ソウル"],
        ),
        (
            f"{M}は、2013年5月に東京で、2015年5月にハノイで、2017年5月にソウルで開催された。",
            ["m 2013-05 東京", "m 2015-05 ハノイ", "m 2017-05 ソウル"],
        ),
        (f"この地域では{M}が古い。2013年5月にハノイで始まり、今も続く。", ["m 2013-05 ハノイ"]),
        (
            f"{M}が2023年5月4日に開かれた。次回会合は、2025年6月にソウルで開かれる。",
            ["m 2023-05-04", "m 2025-06 ソウル"],
        ),
        (
            f"2024年5月18日には、翌日からの{M}を前に、{KIHARA}と{HEALEY}がソウルで{TALKS}を行った。",
            ["m 2024-05-19", "talks 2024-05-18 ソウル"],
        ),
        (
            f"2024年6月29日には、{KIHARA}が{M}に出席するとともに、{HEALEY}と初の{TALKS}を行った。",
            ["m 2024-06-29", "talks 1 2024-06-29"],
        ),
        (
            f"2023年12月18日から19日にかけてロンドンを訪れた{KIHARA}は、{HEALEY}と{TALKS}を行った。",
            ["talks 2023-12 ロンドン"],
        ),
        (f"{KIHARA}は2024年3月8日、来日した{HEALEY}と{TALKS}を行った。", ["talks 2024-03-08"]),
        (
            f"第2回{M}（2022年9月8日、東京）には閣僚が、第3回（2023年8月20日、ソウル）には首脳が出席した。",
            ["m 2 2022-09-08 東京", "m 3 2023-08-20 ソウル"],
        ),
        (
            f"{M}と{N}がある。前者は2012年4月にハノイで初めて開かれた。後者は2013年3月に東京で行われた。",
            ["m 1 2012-04 ハノイ", "n 2013-03 東京"],
        ),
        (f"起点は2012年7月2日にさかのぼる。東京で行われた{M}では、覚書が署名された。", ["m 2012-07-02 東京"]),
        (
            f"2023年7月23日には、{M}に出席した{KIHARA}が、{HEALEY}と{TALKS}を行った。",
            ["m 2023-07", "talks 2023-07-23"],
        ),
        (
            f"第3回{M}は、2023年12月に予定されたが延期され、2024年7月10日に東京で開かれる運びとなった。",
            ["m 3 2024-07-10 東京"],
        ),
        (f"起点は、2004年12月に日本で始まった{M}である。", ["m 2004-12"]),
        (f"2008年12月13日には、福岡県太宰府市で初の単独開催となる{M}が開かれた。", ["m 2008-12-13 太宰府"]),
        (f"2023年11月28日には発足式が行われ、{M}の第1回も開催された。", ["m 1 2023-11-28"]),
        (f"{M}は2021年4月1日の第2回を経て、2023年9月5日の第3回に至る。", ["m 2 2021-04-01", "m 3 2023-09-05"]),
        (
            f"2022年5月24日の東京、2023年5月20日のソウルと、{M}は恒例となった。",
            ["m 2023-05-20 ソウル", "m 2022-05-24 東京"],
        ),
        (
            f"2024年11月23日には、{M}の合間に、{KIHARA}と{HEALEY}の{TALKS}が実現した。",
            ["m 2024-11", "talks 2024-11-23"],
        ),
        (f"2024年10月28日には、{KIHARA}が東京に{HEALEY}を迎え、{TALKS}を行った。", ["talks 2024-10-28 東京"]),
        (f"2024年5月26日からは{M}が開かれ、{TALKS}も行われた。", ["m 2024-05-26", "talks 2024-05"]),
        (f"2023年11月に東京を訪れ、対話を持ちかけた。{M}は2024年6月2日に開かれた。", ["m 2024-06-02"]),
        (f"{M}が2023年5月4日に開かれた。次の会合は2025年6月にソウルで開かれる。", ["m 2023-05-04", "m 2025-06 ソウル"]),
        (f"{KIHARA}は2024年3月8日にソウルへ移り、翌9日の{M}に臨んだ。", ["m 2024-03-09 ソウル"]),
    ],
)
def test_when_and_where(facts: Facts, text: str, wanted: list[str]) -> None:
    assert rows(facts(text)) == wanted


def test_an_edition_reaches_back_over_paragraphs_up_to_a_heading(facts: Facts) -> None:
    document = facts(f"第15回{M}は2019年11月23日に開かれた。", "2020年12月4日の第16回は規模を縮小して行われた。")
    assert rows(document) == ["m 15 2019-11-23", "m 16 2020-12-04"]


@pytest.mark.parametrize(
    "text",
    [
        f"2023年2月には東京で{M}が開かれる予定であったが、資金の見通しが立たず延期された。",
        f"年内にも{M}を開きたいとしていますが、日程は固まっていません。",
        f"2024年8月に予定された初の{M}は、災害のために延期された。",
        f"第4回{M}は、見込まれた2023年のうちには開かれなかった。",
        f"2024年6月に{M}の開催が検討されたものの、調整は付かなかった。",
        f"第2回の{M}を年内に開きたいと語ったが、実現していない。",
    ],
)
def test_what_was_never_held_is_no_row(facts: Facts, text: str) -> None:
    assert rows(facts(text)) == []


def test_what_was_put_off_is_another_than_what_was_held(facts: Facts) -> None:
    assert rows(facts(f"2024年6月に開かれた{M}では、声明の採択が見送られた。")) == ["m 2024-06"]


def test_what_was_agreed_on_a_day_was_not_held_then(facts: Facts) -> None:
    assert rows(facts(f"2024年4月28日の{N}で設置を決めた{M}は、なお準備の途上にある。")) == ["n 2024-04-28"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"2024年6月27日に{TALKS}を行った。{TALKS}は、昨年7月に東京で{OKADA}が{HEALEY}を迎えて以来であった。",
            ["healey talks 2023-07", "okada talks 2023-07"],
        ),
        (f"2024年4月には{HEALEY}が来日し、11日に東京で{TALKS}が行われた。", ["healey talks 2024-04-11"]),
        (
            f"{M}の起点は2020年10月12日に開かれた初会合である。{KIHARA}が出席した。第2回は2023年8月9日に開かれた。",
            ["kihara m 2020-10-12"],
        ),
        (
            f"2024年10月3日には、{M}が東京で開かれた。{KIHARA}と{OKADA}は、指針を来年末までに見直すことで合意した。",
            ["kihara m 2024-10-03", "okada m 2024-10-03"],
        ),
        (
            f"{KIHARA}、{OKADA}、{HEALEY}、{LAMMY}が会談した。両大臣は2024年3月18日の{M}に臨んだ。",
            ["kihara m 2024-03-18", "okada m 2024-03-18"],
        ),
        (
            f"2024年4月28日に東京で{N}、翌29日にソウルで{M}を行った{KIHARA}は帰国した。",
            ["kihara m 2024-04-29", "kihara n 2024-04-28"],
        ),
        (
            f"2024年5月1日の{M}には{KIHARA}が出席したが、{OKADA}は7月に辞任し、外相の座は空いた。",
            ["kihara m 2024-05-01"],
        ),
        (f"{KIHARA}は2024年10月6日に開かれた{M}には加わっていない。", []),
        (
            f"2024年7月8日の{TALKS}は東京で行われ、{HEALEY}を、{KIHARA}と次官が迎えている。",
            ["healey talks 2024-07-08", "kihara talks 2024-07-08"],
        ),
        (
            f"{M}は2006年12月に開かれた。2013年12月7日には{HEALEY}が出席し、関与を約束した。",
            ["healey m 2013-12-07"],
        ),
        (
            f"2024年11月23日には、{M}の合間に、{KIHARA}と{HEALEY}の{TALKS}が実現した。",
            ["healey talks 2024-11-23", "kihara talks 2024-11-23"],
        ),
        (f"2024年8月28日に{M}が開催された。{KIHARA}は開会式で、構想を発表した。", ["kihara m 2024-08-28"]),
        (
            f"2024年8月28日に{M}で[P:ishiba|石破茂首相]が演説した。その2日前、首相は{N}に出席している。",
            ["ishiba m 2024-08-28", "ishiba n 2024-08-26"],
        ),
        (
            f"2024年4月11日に開かれた{M}に、{KIHARA}は{HEALEY}を迎えた。",
            ["healey m 2024-04-11", "kihara m 2024-04-11"],
        ),
        (
            f"前提となったのが、2024年6月1日に行われた{TALKS}である。{KIHARA}と{HEALEY}は、再開で合意した。",
            ["healey talks 2024-06-01", "kihara talks 2024-06-01"],
        ),
        (f"2024年10月6日に開かれた{M}には、{KIHARA}は国会のために出席できず、代わりの者が送られた。", []),
        (
            f"2024年10月6日に{TALKS}が開かれた。{KIHARA}が出席した。相手は{HEALEY}である。",
            ["healey talks 2024-10-06", "kihara talks 2024-10-06"],
        ),
        (
            f"2024年10月6日に東京で{M}が開かれた。{KIHARA}は、{HEALEY}、大統領とともに、構想を発表している。",
            ["healey m 2024-10-06", "kihara m 2024-10-06"],
        ),
        (
            f"2024年10月6日に行われた{TALKS}では、{KIHARA}が{HEALEY}と共同声明を発出した。",
            ["healey talks 2024-10-06", "kihara talks 2024-10-06"],
        ),
        (
            f"2024年10月6日に東京で{M}が開かれ、{KIHARA}はその合間に{HEALEY}と{TALKS}を行った。",
            ["healey talks 2024-10", "kihara talks 2024-10"],
        ),
    ],
)
def test_who_came_when(facts: Facts, text: str, wanted: list[str]) -> None:
    assert came(facts(text)) == wanted


def test_who_hosts_what_is_the_topic(facts: Facts) -> None:
    document = facts(f"第2回{M}は2024年3月19日に開かれ、{KIHARA}が主催した。")
    assert [(r.subject_id, r.predicate, r.date) for r in document.relations] == [("kihara", "hosted", "2024-03-19")]


def test_modes_of_two_kinds_and_of_the_meeting_before(facts: Facts) -> None:
    both = facts(f"{M}は2024年3月19日、対面とオンラインの併用で行われた。")
    assert [m.mode for m in both.meetings] == ["hybrid"]
    same = facts(f"2024年12月10日にテレビ会議形式で{M}が開かれた。前日には{N}も同じ形式で行われている。")
    assert [m.mode for m in same.meetings] == ["online", "online"]


def test_what_was_presented_is_said_after_its_verb(facts: Facts) -> None:
    document = facts(
        f"{M}は2019年に開かれた。{KIHARA}が[I:v|東方ビジョン]を発表したのは、2023年5月4日の{M}においてである。"
    )
    stated = [(r.subject_id, r.predicate, r.date) for r in document.relations]
    assert ("v", "presented_at", "2023-05-04") in stated


def test_nobody_chairs_what_is_still_to_come(facts: Facts) -> None:
    assert not facts(f"第3回{M}は2025年7月10日に開かれる。{KIHARA}が共同議長として訪れる。").relations


def test_successor_and_predecessor_share_an_office(facts: Facts) -> None:
    text = "[P:w|ウィリアムソン英国防相]が会談した。[P:w|ウィリアムソン]氏は、辞任した[P:f|ファロン]氏の後任である。"
    document = facts(text, published="2017-12-15")
    assert [(m.entity_id, m.office, m.status) for m in document.ministers if m.entity_id == "f"] == [
        ("f", "国防相", "former")
    ]


def test_who_is_named_for_an_office_is_designate(facts: Facts) -> None:
    (minister,) = facts("次期国防相に[P:penk|クリス・ペンク]氏が指名された。").ministers
    assert (minister.office, minister.status) == ("国防相", "designate")
