"""Who held which office from when to when."""

from __future__ import annotations

import pytest

from pipeline.rules import RuleError, engine
from pipeline.rules.engine import Book
from pipeline.rules.statesmen import ALWAYS, ROLES, Statesmen, Term, fold, months, read_entry, roles

FILE = """
[lists]
CALLED_BY_FIRST_NAME = ["SGP"]

[held.JPN]
"国防相" = ["2001-04 佐竹 稔", "2004-10 森川 二郎", "2006-01 -", "2007-03 佐竹 稔"]
"大臣" = ["大森 三郎"]

[held.SGP]
"副首相" = ["2010-01/2012-06 タン・ボクセン = タン・ボクセング", "2011-01/ ウィー・チョン"]
"""
MEN = Statesmen(Book([("x.toml", FILE)]))


def times(name: str) -> list[tuple[int, int]]:
    return [term.time for man in MEN.called(name) for term in man.terms]


def span(first: str, last: str) -> tuple[int, int]:
    low, high = months(first), months(last)
    assert low is not None and high is not None
    return low[0], high[1]


def test_a_term_ends_where_the_next_begins() -> None:
    assert times("佐竹") == [span("2001-04", "2004-10"), (span("2007-03", "2007")[0], ALWAYS[1])]
    assert times("森川") == [span("2004-10", "2006-01")]


def test_a_term_has_its_own_end_where_several_hold_the_office() -> None:
    assert times("タン") == [span("2010-01", "2012-06")]
    assert times("チョン") == [(span("2011-01", "2011")[0], ALWAYS[1])]


def test_persons_are_called_by_full_name_surname_and_other_spellings() -> None:
    assert [man.name for man in MEN.called("佐竹稔")] == ["佐竹稔"]
    assert [man.name for man in MEN.named("佐竹")] == []
    assert [man.name for man in MEN.called("佐")] == []
    assert [man.name for man in MEN.named("タン・ボクセング")] == ["タン・ボクセン"]
    assert [man.name for man in MEN.called("ボクセン")] == ["タン・ボクセン"]


def test_it_is_known_when_nobody_is() -> None:
    offices = frozenset({"国防相"})
    assert MEN.covers({"JPN"}, offices, span("2006-05", "2006-05"))
    assert not MEN.covers({"JPN"}, offices, span("1999", "1999"))
    assert not MEN.covers({"SGP"}, offices, span("2006-05", "2006-05"))


def test_what_writers_vary_is_one_name() -> None:
    for one, other in (
        ("デーヴィッド・ミリバンド", "デイビッド・ミリバンド"),
        ("ロバート・ゲーツ", "ロバート・ゲイツ"),
        ("ジャン＝イヴ・ル・ドリアン", "ジャン・イブ・ルドリアン"),
        ("北澤俊美", "北沢 俊美"),
        ("S・ジャイシャンカル", "ジャイシャンカル"),
    ):
        assert fold(one) == fold(other)
    assert fold("モディ") != fold("モンティ")


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("防衛庁長官", {"国防相"}),
        ("国防部長官", {"国防相"}),
        ("国防・復員軍人相", {"国防相"}),
        ("副首相兼国防相", {"副首相", "国防相"}),
        ("国務委員兼国防部長", {"国防相"}),
        ("国防長官代行", {"国防相"}),
        ("外務・英連邦・開発相", {"外相"}),
        ("国務長官", {"外相"}),
        ("内閣総理大臣", {"首相"}),
        ("内閣官房長官", {"官房長官"}),
        ("副大統領", {"副大統領"}),
        ("国家安全保障担当大統領補佐官", {"安全保障担当補佐官"}),
        ("防衛副大臣", set()),
        ("国防産業相", set()),
        ("国防副長官", set()),
        ("首相補佐官", set()),
        ("官房副長官", set()),
    ],
)
def test_offices_in_all_their_forms(printed: str, wanted: set[str]) -> None:
    assert roles(printed) == wanted
    assert roles(printed) <= ROLES


@pytest.mark.parametrize("text", ["2024 中谷 元", "2024-10中谷 元", "2024-10", "", "2024-10/2023 中谷 元"])
def test_an_entry_without_month_or_name_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"x\.toml:3"):
        read_entry("x.toml:3", text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[held.JPN]\n"国防" = []', r"x\.toml:2: \[held\.JPN\] 国防 is no office"),
        ('[held.JPN]\n"国防相" = "佐竹"', r"x\.toml:2: .* must be a list"),
        ('[held.JPN]\n"国防相" = ["2024 佐竹"]', r"x\.toml:2: 2024 佐竹 must be"),
    ],
)
def test_a_fault_in_the_list_is_named_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(RuleError, match=fault):
        Book([("x.toml", text)])


def test_an_unknown_state_is_named() -> None:
    with pytest.raises(RuleError, match="JPX is no key"):
        Book([("x.toml", '[held.JPX]\n"国防相" = ["佐竹"]')]).check()


def test_the_list_that_comes_along_has_no_office_held_by_two_at_once_without_saying_so() -> None:
    """Every entry without an end ends where the next one begins, so months must not run backwards."""
    for (state, office), entries in engine.book().held.items():
        dated = [one.since for one in entries if one.since is not None]
        assert dated == sorted(dated), (state, office)
        assert len({entry.names for entry in entries if entry.since is None}) == sum(e.since is None for e in entries)


def test_everybody_is_written_in_one_way() -> None:
    """Father and son of one name are two; any other two of one name are one, written in two ways."""
    spelled: dict[str, set[str]] = {}
    for entries in engine.book().held.values():
        for one in entries:
            for name in one.names[:1]:
                spelled.setdefault(fold(name), set()).add(name)
    several = [names for names in spelled.values() if len(names) > 1]
    assert several == [{"ジョージ・H・W・ブッシュ", "ジョージ・W・ブッシュ"}]


def test_a_term_touches_the_months_it_shares() -> None:
    term = Term("JPN", "国防相", span("2014-12", "2016-08"))
    assert term.touches(span("2014", "2014"))
    assert term.touches(span("2016-08", "2016-08"))
    assert not term.touches(span("2016-09", "2016-12"))
