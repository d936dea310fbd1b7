"""The head of the first page."""

from __future__ import annotations

import pytest

from pipeline.document import Author
from pipeline.extract.front import Front, language_of, read_front
from pipeline.extract.lines import Line
from tests.extract.pages import GOTHIC, LEFT, METRICS, MINCHO, PITCH, RIGHT, line, lines, prose, rows, texts, width

Printed = tuple[str, float, str]
"""A row, its type size and where it stands: "left", "middle" or "right"."""

UNNO = Author("海野 渡", "政策研究部", "主任研究官")
BYLINE = ("政策研究部 主任研究官 海野 渡", 10.0, "right")
ISSUE = ("第801号　2025年11月14日", 10.0, "right")
BANNER = ("港町コメンタリー", 16.0, "left")
TITLE = ("秋の市場と港", 14.0, "middle")
BODY = [*rows(prose(86) + "。", indent=1), *rows(prose(51, 20) + "。", indent=1)]


def head(*printed: Printed) -> list[Line]:
    """Rows at the head of page 1."""
    out, base = [], 40.0
    for text, size, place in printed:
        free = (RIGHT - LEFT) - width(text, size)
        x = LEFT + (0 if place == "left" else free / 2 if place == "middle" else free)
        base += 1.8 * size
        out.append(line(text, x=x, base=base, size=size, font=GOTHIC if size > 10 else MINCHO))
    return out


def page(*printed: Printed, body: list[str] | None = None, heading: str = "") -> list[Line]:
    """A first page: its head, perhaps a heading, and text."""
    above = head(*printed)
    base = (above[-1].base if above else 40) + 3 * PITCH
    out = above
    if heading:
        out = [*out, line(heading, base=base, size=12, font=GOTHIC)]
        base += 1.5 * PITCH
    text = lines(*(body or BODY), base=base)
    again = [line("２．町の橋", base=text[-1].base + 30, size=12, font=GOTHIC)] if heading else []
    return [*out, *text, *again, *lines(*rows(prose(70, 9) + "。", indent=1), base=text[-1].base + 60)]


def read(flow: list[Line], heads: list[Line] | None = None, back: list[Line] | None = None) -> Front:
    return read_front(flow, heads or [], back or [], METRICS)


def test_banner_number_date_title_and_by_line() -> None:
    found = read(page(BANNER, ISSUE, TITLE, BYLINE))
    matter = found.matter
    assert (matter.series, matter.number, matter.published) == ("港町コメンタリー", "801", "2025-11-14")
    assert (matter.title, matter.subtitle, matter.language) == ("秋の市場と港", "", "ja")
    assert matter.authors == (UNNO,)
    assert texts(found.title) == ["秋の市場と港"]
    assert sorted(texts(found.rest)) == sorted([BANNER[0], ISSUE[0], BYLINE[0]])


def test_a_banner_on_one_line_with_number_and_date() -> None:
    matter = read(page(("港町コメンタリー 第801号 2025年11月14日", 9.0, "left"), TITLE, BYLINE)).matter
    assert (matter.series, matter.number, matter.published) == ("港町コメンタリー", "801", "2025-11-14")
    assert matter.title == "秋の市場と港"


@pytest.mark.parametrize(
    ("printed", "number", "published"),
    [
        ("第801号　令和7年11月14日", "801", "2025-11-14"),
        ("第８０１号　２０２５年１１月１４日", "801", "2025-11-14"),
        ("第八百一号　平成二十年七月", "801", "2008-07"),
        ("No. 801　2025年11月14日", "801", "2025-11-14"),
        ("第801号（2025年11月14日発行）", "801", "2025-11-14"),
        ("2025/11/14　第801号", "801", "2025-11-14"),
    ],
)
def test_number_and_date_in_many_forms(printed: str, number: str, published: str) -> None:
    matter = read(page(BANNER, (printed, 10.0, "right"), TITLE, BYLINE)).matter
    assert (matter.number, matter.published, matter.title) == (number, published, "秋の市場と港")


def test_a_title_of_two_lines() -> None:
    found = read(page(BANNER, ISSUE, TITLE, ("――船と人々の暮らし――", 11.0, "middle"), BYLINE))
    assert (found.matter.title, found.matter.subtitle) == ("秋の市場と港", "船と人々の暮らし")
    two = read(page(BANNER, ISSUE, ("秋の市場に集まる", 14.0, "middle"), ("船と人々の暮らし", 14.0, "middle"), BYLINE))
    assert two.matter.title == "秋の市場に集まる船と人々の暮らし"
    assert len(two.title) == 2


@pytest.mark.parametrize(
    "subtitle",
    [
        "――船と人々の暮らし――",
        "―船と人々の暮らし―",
        "〜船と人々の暮らし〜",
        "-船と人々の暮らし-",
        "── 船と人々の暮らし ──",
        "船と人々の暮らし",
    ],
)
def test_a_subtitle_without_its_frame(subtitle: str) -> None:
    matter = read(page(BANNER, ISSUE, TITLE, (subtitle, 11.0, "middle"), BYLINE)).matter
    assert (matter.title, matter.subtitle) == ("秋の市場と港", "船と人々の暮らし")


def test_a_subtitle_on_the_title_s_line() -> None:
    matter = read(page(BANNER, ISSUE, ("秋の市場―船と人―", 14.0, "middle"), BYLINE)).matter
    assert (matter.title, matter.subtitle) == ("秋の市場", "船と人")


def test_a_dash_within_a_title_is_kept() -> None:
    matter = read(page(BANNER, ISSUE, ("秋の市場――船と人", 14.0, "middle"), BYLINE)).matter
    assert matter.title.startswith("秋の市場")
    assert matter.title + matter.subtitle != "秋の市場"


def test_two_authors() -> None:
    found = read(page(BANNER, ISSUE, TITLE, BYLINE, ("理論研究部 研究員 山辺 桜", 10.0, "right")))
    assert found.matter.authors == (UNNO, Author("山辺 桜", "理論研究部", "研究員"))


def test_a_by_line_of_two_lines() -> None:
    found = read(page(BANNER, ISSUE, TITLE, ("政策研究部", 10.0, "right"), ("主任研究官 海野 渡", 10.0, "right")))
    assert found.matter.authors == (UNNO,)


def test_a_by_line_above_the_title() -> None:
    found = read(page(BANNER, ISSUE, BYLINE, TITLE))
    assert found.matter.authors == (UNNO,)
    assert found.matter.title == "秋の市場と港"


def test_a_name_alone() -> None:
    found = read(page(BANNER, ISSUE, TITLE, ("海野 渡", 10.0, "right")))
    assert found.matter.authors == (Author("海野 渡"),)
    assert found.matter.subtitle == ""


def test_the_profile_adds_specialties_and_names_authors_without_by_line() -> None:
    back = lines("PROFILE", "海野 渡", "政策研究部 主任研究官", "専門分野：港湾史、海運論", base=60, page=3)
    full = Author("海野 渡", "政策研究部", "主任研究官", ("港湾史", "海運論"))
    assert read(page(BANNER, ISSUE, TITLE, BYLINE), back=back).matter.authors == (full,)
    assert read(page(BANNER, ISSUE, TITLE), back=back).matter.authors == (full,)


def test_a_banner_among_the_running_heads() -> None:
    banner = line("港町コメンタリー 第801号", base=30, size=8)
    found = read(page(("2025年11月14日", 10.0, "right"), TITLE, BYLINE), heads=[banner])
    assert (found.matter.series, found.matter.number) == ("港町コメンタリー", "801")
    assert id(banner) not in found.taken()


def test_the_heading_above_the_text_is_no_subtitle() -> None:
    for heading in ("１．港の町", "はじめに"):
        flow = page(BANNER, ISSUE, TITLE, BYLINE, heading=heading)
        found = read(flow)
        assert found.matter.subtitle == ""
        assert heading not in texts(found.title + found.subtitle + found.rest)


def test_the_text_belongs_to_no_front() -> None:
    flow = page(BANNER, ISSUE, TITLE, BYLINE)
    assert len(read(flow).taken()) == 4


def test_a_document_that_is_text_from_its_first_line() -> None:
    found = read(lines(*BODY))
    assert found.taken() == set()
    assert (found.matter.title, found.matter.published, found.matter.authors) == ("", "", ())


def test_the_date_of_the_imprint_where_the_head_gives_none() -> None:
    back = lines("PROFILE", "海野 渡", "2025年11月14日発行", base=60, page=3)
    found = read(page(BANNER, ("第801号", 10.0, "right"), TITLE, BYLINE), back=back)
    assert found.matter.published == "2025-11-14"


def test_a_date_in_the_text_is_not_the_date_of_publication() -> None:
    body = rows("2020年3月1日に港の町で市場が開かれ多くの人が集まった" + prose(40) + "。", indent=1)
    found = read(page(BANNER, ("第801号", 10.0, "right"), TITLE, BYLINE, body=body))
    assert found.matter.published == ""


def test_radicals_in_the_head_are_ordinary_characters() -> None:
    matter = read(page(BANNER, ("第801号　2025年11⽉14⽇", 10.0, "right"), ("⽇⽶の港", 14.0, "middle"), BYLINE)).matter
    assert (matter.title, matter.published) == ("日米の港", "2025-11-14")


def test_a_front_in_english() -> None:
    body = ["The market in the town of the harbor ope", "ned in autumn and many people came to it", "to see the ships."]
    found = read(
        page(
            ("Harbor Commentary No. 801", 12.0, "left"),
            ("November 14, 2025", 9.0, "left"),
            ("Ships in Autumn", 16.0, "left"),
            ("Wataru Unno, Senior Research Fellow", 9.0, "left"),
            body=body * 4,
        )[:16]
    )
    matter = found.matter
    assert (matter.number, matter.published, matter.title) == ("801", "2025-11-14", "Ships in Autumn")
    assert matter.authors == (Author("Wataru Unno", "", "Senior Research Fellow"),)
    assert matter.language == "en"


def test_language() -> None:
    assert language_of(lines("会合が開かれた。")) == "ja"
    assert language_of(lines("The meeting was held (PSI). 会")) == "en"
    assert language_of(lines("PSI会合")) == "ja"
    assert language_of([]) == "ja"


def test_an_office_alone_above_the_names_is_no_subtitle() -> None:
    found = read(
        page(
            TITLE,
            ("2025年11月", 10.0, "middle"),
            ("港町IT補佐官", 10.0, "middle"),
            ("海野 渡、山辺 桜", 10.0, "middle"),
        )
    )
    assert found.matter.subtitle == ""
    assert [(author.name, author.role) for author in found.matter.authors] == [
        ("海野 渡", "補佐官"),
        ("山辺 桜", "補佐官"),
    ]


@pytest.mark.parametrize("heading", ["要 旨", "要　旨", "はじめに"])
def test_a_heading_with_a_blank_in_it_is_no_name(heading: str) -> None:
    found = read(page(BANNER, ISSUE, TITLE, BYLINE, heading=heading))
    assert heading not in texts(found.rest)
    assert found.matter.authors == (UNNO,)


def test_a_label_in_dashes_is_no_title_though_it_is_larger() -> None:
    found = read(page(ISSUE, ("－コ ラ ム－", 16.0, "middle"), TITLE, BYLINE))
    assert found.matter.title == "秋の市場と港"


def test_a_short_name_of_a_newsletter_is_its_banner() -> None:
    matter = read(page(("PORT NEWS", 30.0, "left"), ("vol. 15", 20.0, "right"), TITLE, BYLINE)).matter
    assert (matter.series, matter.number, matter.title) == ("PORT NEWS", "15", "秋の市場と港")


def test_a_table_of_contents_after_a_cover_is_no_front_matter() -> None:
    cover = head(TITLE, ("2025年11月", 10.0, "middle"), BYLINE)
    contents = lines("目次", page=2)
    entries = [line("はじめに\t1", base=120 + 16 * at, page=2, table=True) for at in range(3)]
    body = lines(*BODY, page=3)
    found = read([*cover, *contents, *entries, *body])
    assert "目次" not in texts(found.rest)
    assert found.matter.title == "秋の市場と港"
