"""Addresses, figures, names: the pieces that citations are read from."""

from __future__ import annotations

import pytest

from pipeline.resolve.addresses import addresses, sound
from pipeline.resolve.known import is_name, is_news, is_org
from pipeline.resolve.latin import latin_units
from pipeline.resolve.names import before_title
from pipeline.resolve.values import date_in, pages_of
from pipeline.text import plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://example.jp/a.html。", ["https://example.jp/a.html"]),
        ("https://example.jp/a.html. もっとも", ["https://example.jp/a.html"]),
        ("https://example.jp/a_(b).html）。", ["https://example.jp/a_(b).html"]),
        ("(https://example.jp/a.html).", ["https://example.jp/a.html"]),
        ("https://example.jp/a.html(2024年5月1日アクセス)", ["https://example.jp/a.html"]),
        ("https://example.jp/March-8,-2024.", ["https://example.jp/March-8,-2024"]),
        ("https://example.jp/PLUS-.pdf、", ["https://example.jp/PLUS-.pdf"]),
        ("https://example.jp/%E6%97%A5_x?a=1&b=%3A.", ["https://example.jp/%E6%97%A5_x?a=1&b=%3A"]),
        ("<https://example.jp/a/>", ["https://example.jp/a/"]),
        ("https://a.jp/x; https://b.jp/y,", ["https://a.jp/x", "https://b.jp/y"]),
        ("https://a.jp/xhttps://b.jp/y", ["https://a.jp/x", "https://b.jp/y"]),
        ("https://web.archive.org/web/2018/https://a.jp/x", ["https://web.archive.org/web/2018/https://a.jp/x"]),
        ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／ａ＿ｂ．ｈｔｍｌ。", ["https://example.jp/a_b.html"]),
        ("https://example.jp/press/ release/x_1.html", ["https://example.jp/press/release/x_1.html"]),
        ("https://example.jp/press/ accessed May 1", ["https://example.jp/press/"]),
        ("www.example.jp/a、", ["www.example.jp/a"]),
        ("https://", []),
    ],
)
def test_addresses(text: str, wanted: list[str]) -> None:
    found = addresses(text)
    assert [address.url for address in found] == wanted
    assert all(plain(text[a.start : a.end]).replace(" ", "") == plain(a.url) for a in found)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.mod.go.jp/a_b.html", True),
        ("http://example.jp:8080/?q=1", True),
        ("www.example.jp", True),
        ("https://mofa/", False),
        ("https://-x.jp", False),
        ("https://exa mple.jp", False),
    ],
)
def test_sound_addresses(url: str, wanted: bool) -> None:
    assert sound(url) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12-15頁", "12-15"),
        ("12〜15ページ", "12-15"),
        ("pp. 359–376", "359-376"),
        ("三〇頁", "30"),
        ("一二―一五頁", "12-15"),
        ("5頁、12頁", "5, 12"),
        ("pp. 3, 5-7", "3, 5-7"),
        ("p. Ⅳ", "IV"),
        ("12頁以下", "12"),
        ("1面", "1"),
        ("A1", "A1"),
    ],
)
def test_pages(text: str, wanted: str) -> None:
    assert pages_of(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("アクセス日：2025年9月10日", "2025-09-10"),
        ("令和元年5月", "2019-05"),
        ("二〇〇七年三月", "2007-03"),
        ("平成十九年", "2007"),
        ("accessed August 9, 2024", "2024-08-09"),
        ("3 июня 2019 г.", "2019-06-03"),
        ("2023년 5월 3일", "2023-05-03"),
        ("May/June 2018", "2018-05"),
        ("2023年13月", ""),
        ("日付なし", ""),
    ],
)
def test_dates(text: str, wanted: str) -> None:
    assert date_in(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("佐竹知彦", ["佐竹知彦"]),
        ("小木洋人、井上麟太郎", ["小木洋人", "井上麟太郎"]),
        ("自由民主党・日本維新の会", ["自由民主党", "日本維新の会"]),
        ("内閣官房・内閣府・外務省・防衛省", ["内閣官房", "内閣府", "外務省", "防衛省"]),
        ("防衛省・自衛隊", ["防衛省・自衛隊"]),
        ("外交・安全保障研究会", ["外交・安全保障研究会"]),
        ("ジョン・ホール", ["ジョン・ホール"]),
        ("詳しくは、日豪関係については佐竹知彦", ["佐竹知彦"]),
        ("経緯を論じたものとして、佐竹知彦", ["佐竹知彦"]),
        ("英国サイバー局（NCSC）", ["英国サイバー局（NCSC）"]),
        ("David Capie and Brendan Taylor, ", ["David Capie", "Brendan Taylor"]),
        ("For details, see Hana Moriyama, ", ["Hana Moriyama"]),
        ("U.S. Department of Defense, ", ["U.S. Department of Defense"]),
        ("United Nations Office on Drugs and Crime, ", ["United Nations Office on Drugs and Crime"]),
        ("本稿では", []),
        ("2018年に", []),
    ],
)
def test_names_before_a_title(text: str, wanted: list[str]) -> None:
    found = before_title(plain(text), 0, len(text))
    assert [text[low:high] for low, high in found.authors] == wanted


def test_a_dash_stands_for_the_author_before() -> None:
    assert before_title("――――", 0, 4).same_author == (0, 4)


def test_roles_before_a_title() -> None:
    text = "カール・ベッカー著、清川正道監訳"
    found = before_title(text, 0, len(text))
    assert [text[slice(*span)] for span in found.authors] == ["カール・ベッカー"]
    assert [text[slice(*span)] for span in found.translators] == ["清川正道"]
    text = "水野健・原田悠編"
    found = before_title(text, 0, len(text))
    assert (
        [text[slice(*span)] for span in found.editors]
        == ["水野健", "原田悠"]
        == [text[slice(*s)] for s in found.authors]
    )


def test_lists_of_latin_names() -> None:
    text = "Martin Luther King, Jr., John Hall, and Mary Quinn"
    assert [text[slice(*span)] for span in latin_units(text)] == ["Martin Luther King, Jr.", "John Hall", "Mary Quinn"]


@pytest.mark.parametrize(
    "name", ["朝日新聞", "The New York Times", "共同通信", "NHK NEWS WEB", "架空新報", "Invented Daily News"]
)
def test_news_media(name: str) -> None:
    assert is_news(name)


@pytest.mark.parametrize(
    "name", ["防衛省", "国際政治", "Journal of Strategic Studies", "朝日新聞出版", "佐竹知彦", "Foreign Affairs"]
)
def test_what_is_no_news_medium(name: str) -> None:
    assert not is_news(name)


def test_bodies_and_prose() -> None:
    assert is_org("国際協力機構")
    assert is_org("Ministry of Defence")
    assert not is_org("佐竹知彦")
    assert not is_name("首脳が会談した")
    assert not is_name("12-15")
