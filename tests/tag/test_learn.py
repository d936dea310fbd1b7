"""Names that a document gives in brackets."""

from __future__ import annotations

import pytest

from pipeline.rules.engine import marked
from pipeline.tag.candidates import Candidate
from pipeline.tag.learn import aliases, short_names
from pipeline.text import plain


def learned(example: str, label: str) -> list[str]:
    text, ((start, end), *_) = marked(example)
    view = plain(text)
    return [view[a.start : a.end] for a in aliases(view, Candidate(start, end, label, "r"))]


@pytest.mark.parametrize(
    ("example", "label", "wanted"),
    [
        ("[拡大ASEAN国防相会議](ADMMプラス)が", "MEETING", ["ADMMプラス"]),
        (
            "「[共同協力活動]」（JCA: Joint Cooperative Activity）の",
            "INITIATIVE",
            ["JCA", "Joint Cooperative Activity"],
        ),
        ("「[EU全体の戦略]」（以下、EU戦略）を", "INITIATIVE", ["EU戦略"]),
        ("[インド太平洋経済枠組み]（以下「IPEF」という）", "INITIATIVE", ["IPEF"]),
        ("[日豪外務・防衛閣僚協議]（「2プラス2」）", "MEETING", ["2プラス2"]),
        ("[アジア安全保障会議]（通称シャングリラ会合）", "MEETING", ["シャングリラ会合"]),
        ("[日韓防衛実務者対話]（日韓MM協議）", "MEETING", ["日韓MM協議"]),
        ("[WPS]（女性・平和・安全保障）の", "INITIATIVE", ["女性・平和・安全保障"]),
        ("JPIDD（[日・太平洋島嶼国国防大臣会合]）", "MEETING", ["JPIDD"]),
        ("[ADMM](ASEAN加盟10か国のみの国防相会議)", "MEETING", []),
        ("「[ビエンチャン・ビジョン]」（2016年）", "INITIATIVE", []),
        ("[NATO首脳会議]（於：ビリニュス）", "MEETING", []),
        ("[CBR防衛専門家ネットワーク](脅威に関する能力構築を目指す取組)", "INITIATIVE", []),
        ("[日米防衛相会談]（6月1日）", "MEETING", []),
        ("[日米防衛相会談]（閉じない", "MEETING", []),
        ("[港湾安全協力行動]、通称PORTSが", "INITIATIVE", ["PORTS"]),
        ("「[海の見張り計画]」、いわゆる「海の目」を", "INITIATIVE", ["海の目"]),
        ("[海の見張り計画]、いわゆる友好国の", "INITIATIVE", []),
        ("「[南の海は広く、静か]」（Our South, Wide and Calm）を", "INITIATIVE", ["Our South, Wide and Calm"]),
    ],
)
def test_other_names_in_brackets(example: str, label: str, wanted: list[str]) -> None:
    assert learned(example, label) == wanted


@pytest.mark.parametrize(
    ("label", "name", "wanted"),
    [
        ("INITIATIVE", "島の復興のための包括的計画", ["包括的計画"]),
        ("INITIATIVE", "防衛装備移転三原則", ["三原則"]),
        ("INITIATIVE", "三原則", []),
        ("INITIATIVE", "海洋協力構想", []),
        ("MEETING", "化学兵器禁止条約運用検討会議", ["運用検討会議"]),
        ("MEETING", "運用検討会議", []),
    ],
)
def test_short_names(label: str, name: str, wanted: list[str]) -> None:
    assert short_names(label, name) == wanted
