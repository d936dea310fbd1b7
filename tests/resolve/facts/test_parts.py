"""The parts that facts are made with: the view of a sentence, groups of persons, states and cities."""

from __future__ import annotations

import pytest

from pipeline.document import Mention, Sentence
from pipeline.resolve.facts.groups import groups
from pipeline.resolve.facts.rulebook import rulebook
from pipeline.resolve.facts.states import States
from pipeline.resolve.facts.view import View, view
from pipeline.rules.engine import book

SIGNS = {"Ⓜ": "MEETING", "Ⓟ": "MINISTER", "Ⓘ": "INITIATIVE", "Ⓒ": "COUNTRY", "Ⓞ": "OFFICIAL"}


def seen(text: str, *names: tuple[str, str, str]) -> View:
    """A view of a text in which names (text, label, entity) are tagged, each at its first place behind the last."""
    mentions, at = [], 0
    for name, label, entity in names:
        start = text.index(name, at)
        at = start + len(name)
        mentions.append(Mention(f"m{start}", "b", start, at, name, label, entity, name, "test"))
    return view(Sentence("b", 0, len(text)), "paragraph", text, mentions)


def drawn(text: str) -> View:
    """A view that reads like the text, in which signs stand for themselves."""
    mentions = [
        Mention(f"m{i}", "b", i, i + 1, char, SIGNS[char], f"{char}{i}", char, "test")
        for i, char in enumerate(text)
        if char in SIGNS
    ]
    return view(Sentence("b", 0, len(text)), "paragraph", text, mentions)


def test_names_become_signs_and_glosses_go() -> None:
    found = seen(
        "第21回IISSアジア安全保障会議（「シャングリラ会合」）が、木原稔防衛大臣（当時）の下で開催された。",
        ("IISSアジア安全保障会議", "MEETING", "sld"),
        ("シャングリラ会合", "MEETING", "sld"),
        ("木原稔防衛大臣", "MINISTER", "kihara"),
    )
    assert found.text == "第21回Ⓜが、Ⓟの下で開催された。"
    assert [found.of(i).entity_id for i in (*found.at("Ⓜ"), *found.at("Ⓟ"))] == ["sld", "kihara"]
    assert found.asides[found.at("Ⓟ")[0]] == "当時"


def test_another_name_in_brackets_is_no_gloss() -> None:
    found = seen("拡大会議（防衛ビジョン）が", ("拡大会議", "MEETING", "m"), ("防衛ビジョン", "INITIATIVE", "i"))
    assert found.text == "Ⓜ（Ⓘ）が"


def test_a_figure_behind_a_name_is_its_edition() -> None:
    found = seen("TICAD VIとPALM10では", ("TICAD", "MEETING", "t"), ("PALM", "MEETING", "p"))
    assert found.text == "ⓂとⓂでは"
    assert [found.of(i).edition for i in found.at("Ⓜ")] == ["6", "10"]


def test_a_place_without_a_mention_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn("Ⓜが").of(1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ⓟが述べた", ["1 subject"]),
        ("ⓅとⓅは一致した", ["2 topic"]),
        ("Ⓟ、Ⓟ及び英国のⓅが", ["3 subject"]),
        ("ⓅとⓅ、Ⓒ側からⓅとⓅが出席し", ["4 subject"]),
        ("Ⓟ、そして5月に就任したばかりのⓅが", ["2 subject"]),
        ("Ⓟ、Ⓟ両大臣が", ["2 subject"]),
        ("Ⓟ、Ⓟの3首相は", ["2 topic"]),
        ("Ⓟ、フランスのマクロン大統領らが", ["1 subject"]),
        ("Ⓟ、Ⓟら約40か国の代表が", ["2 subject"]),
        ("Ⓟ氏は、Ⓟと会談した", ["1 topic", "1 partner"]),
        ("ⓅはⓅとⓂを行い", ["1 topic", "1 partner"]),
        ("ⓅとのⓂに臨んだⓅは", ["1 partner", "1 topic"]),
        ("ⓅとⓅによるⓂが", ["2 by"]),
        ("ⓅらとともにⓅが", ["1 with", "1 subject"]),
        ("Ⓟに代わり、Ⓟが", ["1 absent", "1 subject"]),
        ("Ⓟに懸念を伝えた", ["1 addressee"]),
        ("Ⓟの提案が", ["1 other"]),
        ("ⓅとⓄが", ["1 subject"]),
        ("Ⓟ元首相が", ["1 subject"]),
    ],
)
def test_groups_and_their_roles(text: str, wanted: list[str]) -> None:
    assert [f"{len(group.places)} {group.role}" for group in groups(drawn(text))] == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("日米豪防衛相会談", {"JPN", "USA", "AUS"}),
        ("日・フィリピン首脳会談", {"JPN", "PHL"}),
        ("北朝鮮と米国との首脳会談", {"PRK", "USA"}),
        ("日ASEAN防衛担当大臣会合", set()),
        ("西太平洋海軍シンポジウム", set()),
        ("東アジア首脳会議", set()),
        ("シャングリラ会合", set()),
    ],
)
def test_the_states_that_a_meeting_is_named_after(name: str, wanted: set[str]) -> None:
    assert States(book()).parties(name) == wanted


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("NATOワルシャワ首脳会議", "ワルシャワ"),
        ("G7広島サミット", "広島"),
        ("マドリード首脳会議", "マドリード"),
        ("シャングリラ会合", ""),
        ("ミュンヘン安全保障会議", ""),
    ],
)
def test_the_city_that_one_meeting_is_named_after(name: str, city: str) -> None:
    assert States(book()).city_in(name) == city


def test_states_and_cities_have_their_codes() -> None:
    states = States(book())
    assert [states.code(name) for name in ("米", "韓国", "豪州", "何処")] == ["USA", "KOR", "AUS", ""]
    assert (states.of_city("ハノイ"), states.of_city("何処"), states.is_city("シンガポール")) == ("VNM", "", True)


def test_statesmen_are_known_in_full_and_by_a_surname_of_their_own() -> None:
    states = States(book())
    names = ("マンモハン・シン", "モディ", "テリーザ・メイ", "シン", "ヴォプケ・フックストラ", "何某")
    assert [states.of_statesman(name) for name in names] == ["IND", "IND", "GBR", "IND", "NLD", ""]


def test_a_rulebook_knows_what_is_no_place() -> None:
    rules = rulebook(book())
    assert rules.is_no_place("オンライン")
    assert not rules.is_no_place("ビュルゲンシュトック")
