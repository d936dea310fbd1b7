"""What back references mean, over the notes of a document. A target is a note, or note.place where it holds several."""

from __future__ import annotations

import pytest

from pipeline.resolve.backrefs import Place, same_name, same_title
from pipeline.resolve.notebook import read as read_numbered

BOOK = "佐野良介『同盟の設計図――日豪の四半世紀』（勁草書房、2020年）12頁。"
ARTICLE = "三好和也「能力構築支援の制度化」『国際安全保障』第45巻第2号（2017年9月）1頁。"
PAGE = "防衛省「会談について」2024年6月1日、https://www.mod.go.jp/a.html。"
HALL = "John Hall, Bases Abroad: A History (London: Routledge, 2010), p. 3."
QUINN = 'Mary Quinn, "Alliance Costs," Asia Policy, no. 20 (July 2015), pp. 1–20.'
TWO = "外務省「会合」2024年7月8日、https://www.mofa.go.jp/c.html；杉浦晃「協定の射程」『海外事情』第72巻第1号（2024年1月）。"
PRESS = [f"防衛省「防衛大臣記者会見」2024年{month}月7日、https://www.mod.go.jp/{month}.html。" for month in (5, 6)]
CHAPTER = "佐野良介「甲論」三好和也編『乙の論集』（東信堂、2011年）12頁。"
EXPLAINS = "訳語は定まっていない。"
LAW = "「周辺事態に際しての措置に関する法律」（平成11年法律第60号）。以下「周辺事態法」という。"
OUTLINE = "「平成8年度以降に係る防衛計画の大綱について」（平成7年11月28日閣議決定）（以下「07大綱」）。"
HEREAFTER = (
    "Quadrennial Review Report (Washington, DC: Department of Defense, 2006), p. 22 [hereafter cited as QRR 2006]."
)


def read(notes: list[str], numbers: list[str] | None = None) -> list[Place]:
    return read_numbered(zip(numbers or [str(i + 1) for i in range(len(notes))], notes, strict=True))


def target(places: list[Place], at: int = -1) -> str:
    """Note that the citation points to (note.place where the note holds several), or ? with the reason."""
    place = places[at]
    if place.target is None:
        return f"? {place.reason}" if place.reason else "full"
    note = places[place.target].note
    there = [i for i, other in enumerate(places) if other.note == note]
    return str(note + 1) + (f".{there.index(place.target) + 1}" if len(there) > 1 else "")


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        # the citation just before
        ([BOOK, "同上。"], "1"),
        ([BOOK, "同上、15頁。"], "1"),
        ([BOOK, "同、15頁。"], "1"),
        ([BOOK, "同頁。"], "1"),
        ([BOOK, "同書、33頁。"], "1"),
        ([ARTICLE, "同論文、3頁。"], "1"),
        ([BOOK, "同上。", "同上、2頁。"], "2"),
        ([BOOK, EXPLAINS, "同上。"], "1"),
        ([TWO, "同上。"], "1.2"),
        ([TWO, "同上、外務省「会合」。"], "1.1"),
        ([TWO, "同上、杉浦、7頁。"], "1.2"),
        ([HALL, "Ibid., p. 5."], "1"),
        ([HALL, "ibid."], "1"),
        ([HALL, "Id. at 5."], "1"),
        ([HALL, "See ibid., p. 4."], "1"),
        ([BOOK, "위의 책, 12쪽."], "1"),
        ([BOOK, "Там же. С. 15."], "1"),
        (["同上。"], "? no citation stands before it"),
        # a note by its number
        ([BOOK, ARTICLE, "前掲注1。"], "1"),
        ([BOOK, ARTICLE, "佐野、前掲注1、60頁。"], "1"),
        ([BOOK, ARTICLE, "佐野（前掲注(1)）61頁。"], "1"),
        ([BOOK, ARTICLE, "佐野・前掲注１・61頁。"], "1"),
        ([BOOK, ARTICLE, "佐野『同盟の設計図』（前掲脚注1）61頁。"], "1"),
        ([BOOK, ARTICLE, "前掲注２、三好論文、12頁。"], "2"),
        ([BOOK, ARTICLE, "注2に同じ。"], "2"),
        ([BOOK, "同上。", "前掲注2。"], "2"),
        ([TWO, BOOK, "前掲注1、杉浦論文、3頁。"], "1.2"),
        ([TWO, BOOK, "外務省「会合」（前掲注1）。"], "1.1"),
        ([TWO, BOOK, "注1の外務省「会合」を参照。"], "1.1"),
        ([TWO, BOOK, "前掲注1。"], "? note 1 holds several works that fit"),
        ([BOOK, ARTICLE, "三好（前掲注1）3頁。"], "? note 1 has no work of that author or title"),
        ([BOOK, ARTICLE, "前掲注9。"], "? note 9 cites nothing"),
        ([BOOK, EXPLAINS, "前掲注2。"], "? note 2 cites nothing"),
        ([HALL, QUINN, "Hall, supra note 1, at 12."], "1"),
        ([HALL, QUINN, "Hall (n 1) 14."], "1"),
        ([HALL, QUINN, "See note 2 above."], "2"),
        ([*PRESS, "防衛省「防衛大臣記者会見」（前掲注1）。"], "1"),
        # an earlier work by author, title or kind
        ([BOOK, ARTICLE, "佐野、前掲書、40頁。"], "1"),
        ([BOOK, ARTICLE, "佐野前掲書40頁。"], "1"),
        ([BOOK, ARTICLE, "前掲・佐野『同盟の設計図』40頁。"], "1"),
        ([BOOK, ARTICLE, "前掲『同盟の設計図』40頁。"], "1"),
        ([BOOK, ARTICLE, "三好、前掲論文、5頁も参照。"], "2"),
        ([BOOK, ARTICLE, "前掲書、40頁。"], "1"),
        ([BOOK, ARTICLE, "前掲論文、4頁。"], "2"),
        ([HALL, QUINN, "Hall, op. cit., p. 1."], "1"),
        ([PAGE, BOOK, "前掲「会談について」。"], "1"),
        ([BOOK, BOOK.replace("同盟の設計図", "海の設計図"), "佐野、前掲書。"], "? several earlier works fit"),
        ([BOOK, ARTICLE, "高田、前掲書、1頁。"], "? no earlier work has that author or title"),
        ([BOOK, "高田、前掲書、1頁。", "同上。"], "? what it refers to was not resolved itself"),
        (
            [
                BOOK,
                BOOK.replace("2020年", "2021年").replace("設計図", "地図"),
                "佐野、前掲書。",
                "佐野『同盟の地図』3頁。",
            ],
            "2",
        ),
        # short titles, authors alone, repeated titles
        ([BOOK, ARTICLE, "佐野『同盟の設計図』50頁。"], "1"),
        ([BOOK, ARTICLE, "佐野、71頁。"], "1"),
        ([BOOK, ARTICLE, "高田、71頁。"], "? no earlier work has that author"),
        ([HALL, QUINN, "Hall, Bases Abroad, pp. 9-10."], "1"),
        ([HALL, QUINN, 'Quinn, "Alliance Costs," p. 7.'], "2"),
        ([HALL, QUINN, "Quinn, p. 15."], "2"),
        ([PAGE, BOOK, "防衛省「会談について」。"], "1"),
        ([PAGE, BOOK, "防衛省「会談について」2024年6月1日。"], "1"),
        ([PAGE, BOOK, "防衛省「会談について」2025年6月1日。"], "full"),
        ([*PRESS, "防衛省「防衛大臣記者会見」。"], "? several earlier works fit"),
        ([*PRESS, "防衛省「防衛大臣記者会見」2024年6月7日。"], "2"),
        ([BOOK, BOOK, "佐野、前掲書。"], "1"),
        ([BOOK, ARTICLE, "注2、5頁。"], "2"),
        (["“Leaders Meet,” Reuters, May 3, 2020.", BOOK, "Reuters, “Leaders Meet.”"], "1"),
        (["“Leaders Meet,” Reuters, May 3, 2020.", BOOK, "Reuters, op. cit."], "1"),
        ([CHAPTER, "佐野「甲論」前掲『乙の論集』35頁。"], "1"),
        ([CHAPTER, "牧野浩「丙論」前掲『乙の論集』55頁。"], "full"),
        ([BOOK, "牧野浩「訳者解題」佐野『同盟の設計図』301頁。"], "full"),
        # the note's number behind a reference, or in front of a name
        ([BOOK, TWO, "佐野・前掲書（注1）、7頁。"], "1"),
        ([BOOK, TWO, "佐野『同盟の設計図』（注1）7頁。"], "1"),
        ([BOOK, TWO, "拙稿・前掲（注1）、7頁。"], "1"),
        ([BOOK, TWO, "注2の杉浦、前掲論文、7頁。"], "2.2"),
        ([BOOK, "同上、および三好和也『別の本』（勁草書房、2021年）。"], "full"),
        # what the work before says of its author
        ([ARTICLE + "同「続・制度化」『海外事情』第46巻（2018年）。", "三好「続・制度化」9頁。"], "1.2"),
        (["Ministry of Defense, The Fleet Plan, March 3, 2016, p. 2.", BOOK, "The Fleet Plan, p. 9."], "1"),
        (["Ministry of Defense, Nuclear Posture Review, March 3, 2016, p. 2.", BOOK, "NPR, p. 9."], "1"),
        ([HALL, BOOK, "Hall (2010: 40)."], "1"),
        ([PAGE, "防衛省「令和6年度予算の概要」2023年12月。", BOOK, "前掲・防衛省予算概要、9頁。"], "2"),
        ([PAGE, BOOK, "前掲・防衛省予算概要、9頁。"], "? no earlier work has that author or title"),
        (["海峡に関する国際委員会（ICSS）『海の脅威』（2009年）。", BOOK, "ICSS報告書、80項。"], "1"),
        (["“Strategy of the Straits,” September 2012, p. 6（以下、SOS）。", BOOK, "SOS, p. 9."], "1"),
        ([BOOK, ARTICLE, "同前註，頁33。"], "2"),
        ([CHAPTER, "三好編『乙の論集』所収の諸論文を参照。"], "1"),
        ([BOOK, TWO, "この点、前掲注(2)の杉浦論文は肯定する。"], "2.2"),
        ([BOOK, TWO, "杉浦論文、9頁。"], "2.2"),
        ([BOOK, TWO, "上記1の文献、9頁。"], "1"),
        ([BOOK, TWO, "1に同じ。"], "1"),
        ([CHAPTER, "牧野浩「丙論」同書、55頁。"], "full"),
        # short names that an earlier note gives
        ([LAW, BOOK, "周辺事態法第3条。"], "1"),
        ([LAW, BOOK, "周辺事態法、第3条第1項。"], "1"),
        ([OUTLINE, BOOK, "「07大綱」Ⅲの2（1）。"], "1"),
        ([OUTLINE, BOOK, "07大綱、3頁。"], "1"),
        ([HEREAFTER, BOOK, "QRR 2006, 41."], "1"),
        ([OUTLINE, "同上（以下、「新大綱」という）。", BOOK, "新大綱、3頁。"], "1"),
        # an author written in another script
        (["박성호「해양의 길」『국방연구』제3호（2011年）、5頁。", BOOK, "朴「해양의 길」、6頁。"], "1"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else value,
)
def test_what_a_reference_means(notes: list[str], wanted: str) -> None:
    assert target(read(notes)) == wanted


def test_a_number_that_restarts_means_the_note_before() -> None:
    places = read([BOOK, ARTICLE, HALL, QUINN, "前掲注1。"], numbers=["1", "2", "1", "2", "3"])
    assert target(places) == "3"


def test_a_later_note_may_be_meant_by_its_number_alone() -> None:
    assert target(read(["佐野、後掲注2、60頁。", BOOK]), 0) == "2"
    assert target(read(["佐野、前掲注2、60頁。", BOOK]), 0) == "? note 2 cites nothing"


def test_a_short_name_in_a_sentence_cites_nothing() -> None:
    assert len(read([LAW, "周辺事態法は、第3条で措置を定める。"])) == 1
    assert len(read([OUTLINE, "「07大綱」の意義は大きい。"])) == 1
    assert len(read(["周辺事態法、第3条第1項。"])) == 0


def test_a_chapter_of_the_same_book_has_its_editor_and_date() -> None:
    for text in ("牧野浩「丙論」同書、55頁。", 'Ken Jin, "Two Ties," in ibid., p. 5.'):
        draft = read([CHAPTER, text])[-1].draft
        assert (draft.get("container"), draft.get("editors"), draft.get("date")) == ("乙の論集", "三好和也", "2011")


def test_a_failure_names_its_candidates() -> None:
    places = read([TWO, BOOK, "前掲注1。"])
    assert places[-1].candidates == (0, 1)


@pytest.mark.parametrize(
    ("short", "name", "wanted"),
    [
        ("佐竹", "佐竹知彦", True),
        ("佐竹", "佐竹 知彦", True),
        ("Capie", "David Capie", True),
        ("ホール", "ジョン・ホール", True),
        ("The White House", "The White House", True),
        ("佐野", "佐竹知彦", False),
        ("ジョン", "ジョンソン・ホール", False),
        ("Hall", "John Hallam", False),
        ("", "佐竹知彦", False),
    ],
)
def test_short_names(short: str, name: str, wanted: bool) -> None:
    assert same_name(short, name) is wanted


@pytest.mark.parametrize(
    ("short", "title", "wanted"),
    [
        ("日豪の協力", "日豪の協力――距離を越えて", True),
        ("The Dialogue", "The Dialogue: Making of a Summit", True),
        ("協力の未来", "日豪の安全保障と協力の未来", True),
        ("海", "海", True),
        ("海", "海洋", False),
        ("日米の協力", "日豪の協力", False),
        ("日豪の協力――距離を越えて", "日豪の協力", False),
        ("NSS", "National Security Strategy of Japan: A Summary", False),
        ("NSS", "National Security Strategy: A Summary", True),
    ],
)
def test_short_titles(short: str, title: str, wanted: bool) -> None:
    assert same_title(short, title) is wanted
