"""Back matter."""

from __future__ import annotations

import pytest

from pipeline.extract.back import find_back_matter, is_disclaimer, says_whose_views
from pipeline.extract.lines import Line
from tests.extract.pages import line, lines, prose, rows, texts

TEXT = [*rows(prose(86) + "。", indent=1), *rows(prose(51, 20) + "。", indent=1)]
PROFILE = ["海野 渡", "政策研究部 主任研究官", "専門分野：港湾史"]
DISCLAIMER = ["本稿の見解は執筆者個人のものであり、所属", "する組織の公式の見解ではない。"]


def found(document: list[Line]) -> list[str]:
    return texts(find_back_matter(document, [line for line in document[:6] if line.page == document[0].page]))


def text(count: int = 3, page: int = 1) -> list[Line]:
    return lines(*TEXT * count, base=60, page=page)


@pytest.mark.parametrize(
    "opening",
    [
        "PROFILE",
        "Profile",
        "【PROFILE】",
        "執筆者紹介",
        "筆者紹介",
        "著者略歴",
        "執筆者プロフィール",
        "プロフィール",
        "略歴",
        "About the Author",
        "執筆者：",
        "■執筆者紹介",
    ],
)
def test_a_profile_at_the_end(opening: str) -> None:
    document = [*text(), *lines(opening, *PROFILE, *DISCLAIMER, base=60, page=2)]
    assert found(document) == [opening, *PROFILE, *DISCLAIMER]


@pytest.mark.parametrize(
    "said",
    [
        DISCLAIMER,
        ["本コメンタリーに示された意見は個人のもので", "あり、組織の立場を代表しない。"],
        ["無断転載を禁じます。"],
        ["ご意見、ご質問は下記までお寄せください。"],
        ["The views expressed herein are the author's."],
        ["発行所：港町研究所"],
    ],
)
def test_a_disclaimer_at_the_end_without_a_heading(said: list[str]) -> None:
    document = [*text(), *lines(*said, base=60, page=2)]
    assert found(document) == said


def test_contacts_after_a_disclaimer_go_with_it() -> None:
    after = ["港町研究所 企画室", "電話：03-0000-0000"]
    assert found([*text(), *lines(*DISCLAIMER, *after, base=60, page=2)]) == [*DISCLAIMER, *after]


def test_back_matter_ends_where_notes_begin() -> None:
    document = [*text(), *lines("PROFILE", *PROFILE, "注", "1 港の記録。", base=60, page=2)]
    assert found(document) == ["PROFILE", *PROFILE]


def test_a_profile_in_a_box_on_page_one() -> None:
    head = [line("秋の市場と港", base=40, size=14), *lines("海野 渡", "港町研究所", "2025年11月14日", base=60)]
    box = lines("PROFILE", *PROFILE, base=120, size=8, pitch=12, left=70)
    document = [*head, *box, *lines(*TEXT, base=200), *text(page=2)]
    assert found(document) == ["PROFILE", *PROFILE]


def test_the_banner_printed_again_above_the_profile() -> None:
    head = [*lines("港町コメンタリー", "第801号", base=40), *text()]
    document = [*head, *lines("港町コメンタリー", "第801号", "PROFILE", *PROFILE, base=60, page=2)]
    assert found(document) == ["港町コメンタリー", "第801号", "PROFILE", *PROFILE]


@pytest.mark.parametrize(
    "said",
    [
        "　本稿は秋の市場を扱い、その見解を述べる。",
        "　会合は二十人の代表を集めて秋に開かれた。",
        "　執筆者紹介という言葉の由来を調べてみた。",
    ],
)
def test_text_is_no_back_matter(said: str) -> None:
    assert found([*text(), *lines(said, "次の文である。", base=60, page=2)]) == []


def test_a_disclaimer_far_from_the_end_opens_nothing() -> None:
    document = [*text(1), *lines(*DISCLAIMER, base=400), *text(8, page=2)]
    assert found(document) == []


def test_no_lines_no_back_matter() -> None:
    assert find_back_matter([], []) == []


def test_is_disclaimer() -> None:
    assert is_disclaimer("".join(DISCLAIMER))
    assert is_disclaimer("本稿の見解は、筆者個人のものであり、組織を代表しない。")
    assert not is_disclaimer("会合は秋に開かれた。")
    assert not is_disclaimer("")


def test_an_imprint_begins_with_the_line_in_its_middle_above_the_address() -> None:
    imprint = [
        line("港町研究所", x=125, base=60, size=10, page=2),
        line("〒150-0001 港町1-2-3", x=104, base=72, size=9, page=2),
        line("電話：03-0000-0000", x=108, base=84, size=9, page=2),
    ]
    assert found([*text(), *imprint]) == [one.text for one in imprint]


@pytest.mark.parametrize("said", ["（文責：筆者）", "（文責　海野渡）", "(文責 筆者)", "文責：海野渡"])
def test_who_answers_for_the_text(said: str) -> None:
    assert is_disclaimer(said)
    assert not is_disclaimer("文責は筆者にある。だが、異論もあろう。")


def test_an_imprint_begins_with_the_series_that_stands_over_it_at_the_same_edge() -> None:
    own = lines("港町コメンタリー 第801号", "発行：港町研究所", DISCLAIMER[0], DISCLAIMER[1], base=700, size=9, page=2)
    assert found([*text(), *text(page=2), *own]) == texts(own)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "本研究ペーパーは、人々による検討をまとめたもので、内容は町の公式見解を示すものではない。",
            True,
        ),
        ("この報告書の内容は執筆者に属し、港の町の見解ではありません。", True),
        ("本稿で述べる見解は筆者個人のものである。", True),
        ("本稿では、秋の市場について述べる。市場は町の意見で決まるものだ。", False),
        ("町の見解は公式のものではないと本稿は見る。", False),
    ],
)
def test_a_paragraph_that_says_whose_views_the_paper_gives(text: str, told: bool) -> None:
    assert says_whose_views(text) == told
