"""Initiatives: abbreviation and the year since when there is one."""

from __future__ import annotations

import pytest

from tests.resolve.facts.conftest import Facts

I = "[I:i|青海防衛ビジョン]"  # noqa: E741  (as short as the other names of the tests)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"「{I}」（2016年）に基づく。", "2016"),
        (f"2014年に策定された{I}は重要である。", "2014"),
        (f"[P:p|安倍首相]が2016年に提唱した「{I}」に呼応した。", "2016"),
        (f"2020年9月、政府は「{I}」を閣議決定した。", "2020"),
        (f"2022年12月に「[I:a|国家戦略]」、「{I}」を策定した。", "2022"),
        (f"2023年1月の[M:m|日伊首脳会談]で両国関係を「{I}」に格上げした。", "2023"),
        (f"その後、2021年9月に{I}の創設が公表された。", "2021"),
        (f"{I}は、2009年に発足した枠組みである。", "2009"),
        (f"2022年の{I}を具体化した。", "2022"),
        (f"2023年以来推進してきた{I}では、連携が謳われている。", "2023"),
        (f"{I}は2023年から4年間の分野を定める。", "2023"),
        (f"2016年の[M:m|NATOワルシャワ首脳会議]で採択された{I}の基金に拠出した。", "2016"),
        (f"2024年9月21日、[M:m|日米豪印首脳会合]が開かれた。会合では、{I}が発表されている。", "2024"),
        (f"2022年6月、[M:m|NATO首脳会議]が開かれた。このとき採択された「{I}」は新しい。", "2022"),
        (f"2015年に2か国が交わした「{I}」の枠組みを広げる。", "2015"),
        (f"2015年に首相が議会へ提出した{I}である。", "2015"),
        (f"同じ2015年に定められた{I}は、部隊の新編を盛り込む。", "2015"),
        (f"2015年から関係国が掲げてきた{I}は、海を一つの大陸とみる。", "2015"),
        (f"地域では{I}が2010年から続き、銃器の流入を抑えている。", "2010"),
        (f"2023年度に4か国で始まった{I}は、8か国へと広がった。", "2023"),
        (f"{I}。大統領が2015年に始めたテロ対策の枠組みで、会合を重ねている。", "2015"),
        (f"2025年8月29日の[M:m|日印首脳会談]では、両首脳が「[I:a|国家戦略]」を発表し、「{I}」を立ち上げた。", "2025"),
        (f"{I}は、2030年までに最も広い存在感を示すと宣言した。", ""),
        (f"2026年1月、両国は{I}による施設の整備に合意した。", ""),
        (f"2026年1月、政府は{I}を踏まえて計画を策定した。", ""),
        (f"2022年、両国は{I}を支持すると述べた。", ""),
        (f"2014年に発表された声明は{I}に触れている。", ""),
        (f"{I}は重要である。", ""),
    ],
)
def test_years(facts: Facts, text: str, year: str) -> None:
    assert {i.entity_id: i.year for i in facts(text).initiatives}["i"] == year


def test_the_surest_sentence_tells_the_year(facts: Facts) -> None:
    (found,) = facts(f"2022年の{I}を読む。2014年に策定された{I}は古い。").initiatives
    assert found.year == "2014"


def test_names_and_abbreviations(facts: Facts) -> None:
    text = "「[I:i|政府安全保障能力強化支援]」（[I:i|OSA]: [I:i|Official Security Assistance]）を創設した。"
    (found,) = facts(text).initiatives
    assert (found.name, found.abbreviation) == ("政府安全保障能力強化支援", "OSA")
