"""Where things stand in pictures, on sheets of few facts and of very many."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest

from pipeline.report.site.charts import attendance, cited, network, timeline
from pipeline.report.site.charts.facts import Cited, Deed, Entity, Occurrence, Tie
from pipeline.report.site.charts.sheet import SMALL, Bars, Marks, Sheet, Text, Words, fitted, width_of
from pipeline.report.site.where import Place

PLACE = Place("d", "d:p", 1)


def say(key: str, **values: object) -> Words:
    numbers = ",".join(f"{name}={value}" for name, value in values.items())
    return Words(f"{key} {numbers}", f"{key} {numbers}")


def link(entity_id: str) -> str:
    return f"{entity_id}.html"


def occurrence(name: str, date: str, label: str = "MEETING", documents: int = 1) -> Occurrence:
    places = [Place(f"d{n}", "", 1) for n in range(documents)]
    return Occurrence(f"meeting:{name}", label, name, date, "", "", "", "", places)


def deed(who: str, meeting: str, date: str = "2020-01-01", predicate: str = "attended") -> Deed:
    return Deed(f"minister:{who}", who, "JPN", predicate, f"meeting:{meeting}", meeting, date, "", [PLACE])


def texts(sheet: Sheet) -> list[str]:
    return [item.text for item in sheet.items if isinstance(item, Text) and isinstance(item.text, str)]


def said(sheet: Sheet) -> str:
    return sheet.said.ja


def test_the_timeline_has_a_row_a_series_by_first_date_and_a_mark_a_date() -> None:
    sheet = timeline.draw([occurrence("乙", "2001"), occurrence("甲", "2003-05"), occurrence("乙", "2009")], say, link)
    names = [text for text in texts(sheet) if text in "甲乙"]
    assert names == ["乙", "甲"]
    marks = [item for item in sheet.items if isinstance(item, Marks) and item.told]
    assert [len(item.places) for item in marks] == [2, 1]
    years = {item.text: item.x for item in sheet.items if isinstance(item, Text) and item.text in ("2004", "2002")}
    assert years["2002"] < marks[1].places[0][0] < years["2004"]


def test_the_timeline_shows_what_most_commentaries_speak_of_and_says_how_many_there_are() -> None:
    many = [occurrence(f"会合{n:03}", "2010", documents=1 + n % 7) for n in range(300)]
    sheet = timeline.draw(many, say, link)
    shown = {text for text in texts(sheet) if text.startswith("会合")}
    assert len(shown) == timeline.SHOWN["MEETING"]
    assert all(int(text[2:]) % 7 == 6 for text in shown)
    assert "meetings=300" in said(sheet)
    assert sheet.height < 1200


def test_one_meeting_of_long_ago_does_not_press_the_others_together() -> None:
    recent = [occurrence("甲", f"{year}") for year in range(1990, 2026)]
    sheet = timeline.draw([occurrence("乙", "1815"), *recent], say, link)
    places = [
        x for item in sheet.items if isinstance(item, Marks) and item.shape == "circle" for x, _, _ in item.places
    ]
    assert max(places) - min(places) > 500
    assert any(item.shape == "left" for item in sheet.items if isinstance(item, Marks))


@pytest.mark.parametrize(
    ("date", "year"), [("2024", 2024.5), ("2024-01", 2024 + 0.5 / 12), ("2024-01-31", 2024 + 30.5 / 31 / 12)]
)
def test_dates_stand_in_the_middle_of_what_is_known(date: str, year: float) -> None:
    assert timeline.when(date) == pytest.approx(year)


def test_the_matrix_gives_the_years_and_tints_by_the_number_of_times() -> None:
    sheet = attendance.draw(
        [
            deed("甲", "会", "2001-01-01"),
            deed("甲", "会", "2004-01-01"),
            deed("乙", "会", "2002"),
            deed("丙", "座", ""),
        ],
        say,
        link,
    )
    assert [text for text in texts(sheet) if text[:1] == "2" or text == "·"] == ["2001–04", "2002", "·"]
    tints = [item.role for item in sheet.items if isinstance(item, Bars) and item.told]
    assert tints == ["tint2", "tint1", "tint1"]


def test_who_presented_something_was_not_thereby_there() -> None:
    sheet = attendance.draw([deed("構想", "会", predicate="presented_at")], say, link)
    assert "構想" not in texts(sheet)


def test_the_matrix_has_room_for_the_most_frequent_only() -> None:
    many = [deed(f"人{n}", f"会{n % 50}") for n in range(500)] + [deed("毎度", f"会{n}") for n in range(18)]
    sheet = attendance.draw(many, say, link)
    assert "毎度" in texts(sheet)
    assert sum(text.startswith("会") for text in texts(sheet)) == attendance.MEETINGS
    assert sheet.height < 1200
    assert "people=501" in said(sheet)


def test_names_in_the_network_lie_over_no_other() -> None:
    labels = list(network.ROOM)
    entities = {f"e{n}": Entity(f"e{n}", labels[n % 3], f"かなり長い名前の何か{n}") for n in range(150)}
    ties = [
        Tie(f"e{a}", f"e{b}", int((a + b) % 5 == 0), 1 + a % 3)
        for a, b in combinations(range(150), 2)
        if a * b % 7 == 1
    ]
    sheet = network.draw(entities, ties, say, link)
    named = [item for item in sheet.items if isinstance(item, Text) and item.told]
    assert 50 < len(named) <= sum(network.ROOM.values())
    boxes = [(item.x, item.y, width_of(str(item.text), SMALL)) for item in named]
    crossing = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if abs(one[0] - other[0]) < (one[2] + other[2]) / 2 and abs(one[1] - other[1]) < SMALL
    ]
    assert not crossing


def several_groups() -> Sheet:
    """A network of a large group and of small ones, of which the small are less than half."""
    entities = {f"e{n}": Entity(f"e{n}", "MEETING", f"会{n}") for n in range(16)}
    ties = [Tie(f"e{n}", f"e{(n + 1) % 9}", 1, 0) for n in range(9)]
    ties += [Tie("e9", "e10", 1, 0), Tie("e10", "e11", 1, 0), Tie("e12", "e13", 1, 0), Tie("e14", "e15", 0, 1)]
    return network.draw(entities, ties, say, link)


def test_the_network_is_laid_out_alike_in_each_process() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/report/charts'); from test_pictures import several_groups; "
        "print(repr(several_groups()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_bars_are_as_long_as_the_citations_and_dark_for_the_commentaries() -> None:
    works = [Cited("w", "題", "著者", "", [PLACE, PLACE, Place("e", "", 1)]), Cited("v", "題2", "", "", [PLACE])]
    bars = [item.places[0] for item in cited.draw("works", works, say).items if isinstance(item, Bars)]
    whole, dark, second, _ = (bar[2] for bar in bars)
    assert dark == pytest.approx(whole * 2 / 3)
    assert second == pytest.approx(whole / 3)


def test_pictures_of_nothing_can_be_drawn() -> None:
    assert timeline.draw([], say, link).height > 0
    assert attendance.draw([], say, link).height > 0
    assert network.draw({}, [], say, link).height > 0
    assert cited.draw("works", [], say).height > 0


def test_a_long_name_is_cut_to_its_room() -> None:
    cut = fitted("とても長い会合の名前", 50, 10)
    assert cut == "とても長…"
    assert width_of(cut, 10) <= 50
    assert fitted("短い", 50, 10) == "短い"
