"""All forms of a name are one entity; different things stay apart."""

from __future__ import annotations

import itertools

import pytest

from pipeline.rules import engine
from pipeline.tag.candidates import Catalogue
from pipeline.tag.naming import Namer
from pipeline.text import plain

BOOK = engine.book()
NAMER = Namer(BOOK, Catalogue(BOOK, ["MEETING", "INITIATIVE"]))


def meeting(name: str) -> str:
    return NAMER.meeting(plain(name))


@pytest.mark.parametrize(
    "forms",
    [
        ("拡大ASEAN国防相会議", "ADMMプラス", "ADMM-Plus", "拡大ASEAN国防大臣会合", "ＡＤＭＭプラス"),
        ("日豪外務・防衛閣僚協議", "日豪「2プラス2」", "日豪２＋２", "日豪外務・防衛閣僚会合", "豪日2プラス2閣僚会合"),
        ("日米安全保障協議委員会", "日米「2プラス2」", "SCC"),
        (
            "日米韓防衛相会談",
            "日米韓3か国防衛大臣会合",
            "日米韓防衛相電話会談",
            "韓米日国防相会談",
            "日米韓の国防相会合",
            "日米韓国防相会談",
            "米日韓国防大臣会合",
        ),
        ("G7広島サミット", "G7首脳会議", "G7プーリア・サミット", "伊勢志摩サミット", "G7伊勢志摩サミット"),
        ("G7外相会合", "G7長野県軽井沢外相会合", "G7外務大臣会合"),
        ("米中防衛相会談", "米中国防相会談", "中国と米国の国防相会談"),
        ("NATO首脳会議", "NATOビリニュス首脳会議", "NATOサミット"),
        ("ダカール・フォーラム", "アフリカの平和と安全に関するダカール国際フォーラム"),
        ("北朝鮮と米国との首脳会談", "米朝首脳会談", "米朝首脳会合"),
        ("日・ニュージーランド防衛相会談", "日NZ防衛相会談", "日ニュージーランド防衛相会談"),
    ],
)
def test_forms_of_one_meeting(forms: tuple[str, ...]) -> None:
    assert {form: meeting(form) for form in forms} == dict.fromkeys(forms, meeting(forms[0]))


def test_meetings_that_differ_stay_apart() -> None:
    different = (
        "ADMM", "ADMMプラス", "EWG", "HA/DR EWG", "海洋安全保障EWG", "日米防衛相会談", "日米外相会談", "日米首脳会談",
        "日米韓防衛相会談", "日中防衛相会談", "日ASEAN防衛担当大臣会合", "日ASEAN首脳会議", "日伊外務・防衛当局間協議",
        "日伊「2プラス2」", "G7外相会合", "G7サミット", "日韓防衛次官級協議", "日EU戦略対話", "日EU首脳協議",
    )  # fmt: skip
    ids = {name: meeting(name) for name in different}
    assert [(a, b) for a, b in itertools.combinations(different, 2) if ids[a] == ids[b]] == []


def test_initiatives() -> None:
    same = {
        NAMER.initiative(plain(n)) for n in ("海洋イニシアチブ", "海洋イニシアティヴ", "海洋イニシアティブ（ＭＩ）")
    }
    assert same == {"initiative:海洋イニシアティブ"}
    assert NAMER.initiative("ビエンチャン・ビジョン") != NAMER.initiative("ビエンチャン・ビジョン2.0")
    assert NAMER.initiative("OSA") == NAMER.initiative("政府安全保障能力強化支援")
