"""By-lines and profiles."""

from __future__ import annotations

import pytest

from pipeline.document import Author
from pipeline.extract.authors import has_byline, is_name, is_name_line, merge, parse_bylines, parse_profile

OFFICE = "政策研究部 防衛政策研究室"


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        (["政策研究部 主任研究官 海野 渡"], Author("海野 渡", "政策研究部", "主任研究官")),
        (["政策研究部　主任研究官　海野渡"], Author("海野渡", "政策研究部", "主任研究官")),
        (["政策研究部 防衛政策研究室 主任研究官 海野 渡"], Author("海野 渡", OFFICE, "主任研究官")),
        (["政策研究部防衛政策研究室 主任研究官 海野 渡"], Author("海野 渡", "政策研究部防衛政策研究室", "主任研究官")),
        (["政策研究部防衛政策研究室主任研究官 海野 渡"], Author("海野 渡", "政策研究部防衛政策研究室", "主任研究官")),
        (["政策研究部 防衛政策研究室", "主任研究官 海野 渡"], Author("海野 渡", OFFICE, "主任研究官")),
        (["政策研究部", "防衛政策研究室", "主任研究官 海野 渡"], Author("海野 渡", OFFICE, "主任研究官")),
        (["政策研究部 主任研究官", "海野 渡"], Author("海野 渡", "政策研究部", "主任研究官")),
        (["海野 渡", "政策研究部 主任研究官"], Author("海野 渡", "政策研究部", "主任研究官")),
        (["海野 渡（政策研究部 主任研究官）"], Author("海野 渡", "政策研究部", "主任研究官")),
        (["海野 渡 （政策研究部主任研究官）"], Author("海野 渡", "政策研究部", "主任研究官")),
        (["海野渡(主任研究官)"], Author("海野渡", "", "主任研究官")),
        (["主任研究官 海野 渡"], Author("海野 渡", "", "主任研究官")),
        (["執筆者：主任研究官 海野 渡"], Author("海野 渡", "", "主任研究官")),
        (["著者 / 主任研究官 海野 渡"], Author("海野 渡", "", "主任研究官")),
        (["特別研究官 海野 渡"], Author("海野 渡", "", "特別研究官")),
        (["地域研究部長 海野 渡"], Author("海野 渡", "地域研究部", "部長")),
        (["米欧ロシア研究室長 海野 渡"], Author("海野 渡", "米欧ロシア研究室", "室長")),
        (["理論研究部 研究員 曽我部 渡"], Author("曽我部 渡", "理論研究部", "研究員")),
        (["理論研究部 研究員 田所 渡"], Author("田所 渡", "理論研究部", "研究員")),
        (["港町大学 教授 海野 渡"], Author("海野 渡", "港町大学", "教授")),
        (["港町大学 准教授 海野 渡"], Author("海野 渡", "港町大学", "准教授")),
        (["客員研究員 アンナ・ミュラー"], Author("アンナ・ミュラー", "", "客員研究員")),
        (["主任研究官　海野　わたる"], Author("海野 わたる", "", "主任研究官")),
        (["主任研究官 佐々木 健一郎"], Author("佐々木 健一郎", "", "主任研究官")),
    ],
)
def test_one_author(printed: list[str], author: Author) -> None:
    assert parse_bylines(printed) == [author]


@pytest.mark.parametrize(
    "printed", [["研究部 研究員", "海野 渡"], ["海野 渡", "研究部 研究員"], ["海野 渡（研究部 研究員）"]]
)
def test_a_short_department_with_a_short_office_is_no_name(printed: list[str]) -> None:
    assert parse_bylines(printed) == [Author("海野 渡", "研究部", "研究員")]


@pytest.mark.parametrize(
    "printed",
    [
        ["政策研究部 主任研究官 海野 渡、理論研究部 研究員 山辺 桜"],
        ["政策研究部 主任研究官 海野 渡", "理論研究部 研究員 山辺 桜"],
        ["政策研究部 主任研究官 海野 渡／理論研究部 研究員 山辺 桜"],
        ["海野 渡（政策研究部 主任研究官）", "山辺 桜（理論研究部 研究員）"],
        ["海野 渡（政策研究部 主任研究官）、山辺 桜（理論研究部 研究員）"],
        ["政策研究部", "主任研究官 海野 渡", "理論研究部", "研究員 山辺 桜"],
        ["海野 渡", "政策研究部 主任研究官", "山辺 桜", "理論研究部 研究員"],
    ],
)
def test_two_authors(printed: list[str]) -> None:
    assert parse_bylines(printed) == [
        Author("海野 渡", "政策研究部", "主任研究官"),
        Author("山辺 桜", "理論研究部", "研究員"),
    ]


@pytest.mark.parametrize("printed", ["海野 渡・山辺 桜", "海野 渡、山辺 桜", "海野渡・山辺桜"])
def test_names_alone(printed: str) -> None:
    assert [author.name.replace(" ", "") for author in parse_bylines([printed])] == ["海野渡", "山辺桜"]


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        (["Wataru Unno"], Author("Wataru Unno")),
        (["Wataru Unno, Senior Research Fellow"], Author("Wataru Unno", "", "Senior Research Fellow")),
        (
            ["Wataru Unno, Senior Research Fellow, Policy Studies Department"],
            Author("Wataru Unno", "Policy Studies Department", "Senior Research Fellow"),
        ),
        (["By Wataru Unno"], Author("Wataru Unno")),
        (["Anna von Berg, Visiting Fellow"], Author("Anna von Berg", "", "Visiting Fellow")),
    ],
)
def test_one_author_in_english(printed: list[str], author: Author) -> None:
    assert parse_bylines(printed) == [author]


def test_no_by_line_no_author() -> None:
    assert parse_bylines([]) == []
    assert parse_bylines(["", "　"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "政策研究部 主任研究官 海野 渡",
        "主任研究官 海野 渡",
        "政策研究部　主任研究官",
        "海野 渡（政策研究部 主任研究官）",
        "Wataru Unno, Senior Research Fellow",
        "政策研究部 海野 渡",
    ],
)
def test_a_line_that_gives_an_office_is_a_by_line(text: str) -> None:
    assert has_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "秋の市場と港の町",
        "主任研究官は会合に出席した。",
        "会合の成果と課題",
        "2025年11月14日",
        "どの部が担うのか？",
        "はじめに",
        "NIDSコメンタリー",
    ],
)
def test_a_line_that_gives_none_is_no_by_line(text: str) -> None:
    assert not has_byline(text)


@pytest.mark.parametrize("text", ["海野 渡", "海野　渡", "アンナ・ミュラー", "海野 渡・山辺 桜", "文責：海野渡"])
def test_a_line_of_names(text: str) -> None:
    assert is_name_line(text)


@pytest.mark.parametrize("text", ["海野渡", "会合の成果", "日本・米国", "港の町 秋の市場", "", "2025年 11月"])
def test_what_need_not_be_a_line_of_names(text: str) -> None:
    assert not is_name_line(text)


@pytest.mark.parametrize("text", ["海野 渡", "海野渡", "佐々木わたる", "アンナ・ミュラー", "海野 マリ"])
def test_the_form_of_a_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["Wataru Unno", "会合の成果", "2025年", "「海野」", ""])
def test_what_has_not_the_form_of_a_japanese_name(text: str) -> None:
    assert not is_name(text)


def test_a_profile() -> None:
    found = parse_profile(["海野 渡", "政策研究部 主任研究官", "専門分野：軍備管理、海洋安全保障"])
    assert found == [Author("海野 渡", "政策研究部", "主任研究官", ("軍備管理", "海洋安全保障"))]


def test_a_profile_of_two() -> None:
    found = parse_profile(
        ["政策研究部 主任研究官 海野 渡", "専門分野: 軍備管理", "理論研究部 研究員 山辺 桜", "専門：港湾史,海運論"]
    )
    assert found == [
        Author("海野 渡", "政策研究部", "主任研究官", ("軍備管理",)),
        Author("山辺 桜", "理論研究部", "研究員", ("港湾史", "海運論")),
    ]


def test_a_profile_ends_where_the_disclaimer_begins() -> None:
    found = parse_profile(
        [
            "海野 渡",
            "政策研究部 研究員",
            "本稿の見解は個人のものであり、所属組織を代表しない。",
            "山辺 桜",
        ]
    )
    assert [author.name for author in found] == ["海野 渡"]


def test_a_profile_that_says_nothing() -> None:
    assert parse_profile([]) == []
    assert parse_profile(["専門分野：軍備管理"]) == []


def test_the_profile_adds_what_the_by_line_does_not_say() -> None:
    byline, profile = Author("海野　渡", "", "研究員"), Author("海野渡", "研究部", "主任研究官", ("港湾史",))
    assert merge([byline], [profile]) == (Author("海野　渡", "研究部", "研究員", ("港湾史",)),)


def test_the_profile_speaks_where_there_is_no_by_line() -> None:
    profile = Author("海野 渡", "研究部", "研究員")
    assert merge([], [profile]) == (profile,)
    assert merge([], []) == ()


def test_somebody_else_in_the_profile_adds_nothing() -> None:
    byline = Author("海野 渡", "研究部", "研究員")
    assert merge([byline], [Author("山辺 桜", "室", "教授", ("法",))]) == (byline,)


def test_an_office_above_several_names_is_that_of_all() -> None:
    assert parse_bylines(["港町IT補佐官", "海野 渡、山辺 桜", "浜田 洋"]) == [
        Author("海野 渡", "港町IT", "補佐官"),
        Author("山辺 桜", "港町IT", "補佐官"),
        Author("浜田 洋"),
    ]


def test_members_of_a_room() -> None:
    assert parse_bylines(["海野渡（港町大学校戦略研究室員）"]) == [Author("海野渡", "港町大学校戦略研究室", "室員")]
