"""Sheets as SVG and PNG."""

from __future__ import annotations

import io
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from matplotlib.ft2font import FT2Font
from PIL import Image

from pipeline.report.site.charts import render
from pipeline.report.site.charts.drawn import Picture
from pipeline.report.site.charts.palette import LIGHT
from pipeline.report.site.charts.sheet import Bars, Lines, Marks, Sheet, Text, Told, Words

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'


def sheet() -> Sheet:
    return Sheet(
        "s",
        200,
        100,
        Words("表題", "Heading"),
        Words("説明", "Saying"),
        [
            Text(0, 64, Words("題", "Title")),
            Text(0, 50, HOSTILE, halo=True, told=Told(HOSTILE, "entities/x.html")),
            Text(10, 40, "回る", turn=45),
            Marks([(50, 60, 4), (90, 60, 3)], "meeting", told=[Told("一"), Told("二", "entities/y.html")]),
            Bars([(100, 20, 40, 10)], "tint1", [Told("棒")]),
            Lines([(0, 90, 200, 90)], "rule", dashes=(1, 2)),
        ],
    )


@pytest.fixture(scope="module")
def drawn() -> Picture:
    return render.picture(sheet())


def root(drawn: Picture) -> ET.Element:
    return ET.fromstring(drawn.inside)


def test_the_same_sheet_gives_the_same_bytes_in_another_process(drawn: Picture) -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests/report/charts'); from test_render import sheet, render; "
        "p = render.picture(sheet()); print(hashlib.sha256(p.inside.encode() + b''.join(p.files.values())).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_a_page_may_hold_the_picture_under_a_policy_without_inline_styles(drawn: Picture) -> None:
    elements = list(root(drawn).iter())
    assert not [
        element for element in elements if "style" in element.attrib or element.tag.endswith(("style", "script"))
    ]
    assert not [name for element in elements for name in element.attrib if name.startswith("on")]
    assert "xlink" not in drawn.inside
    assert "<script" not in drawn.inside


def test_marks_and_names_say_what_they_are_and_lead_to_their_pages(drawn: Picture) -> None:
    titles = [title.text for title in root(drawn).iter(f"{SVG}title")]
    assert titles == [HOSTILE, "一", "二", "棒"]
    assert [link.get("href") for link in root(drawn).iter(f"{SVG}a")] == ["entities/x.html", "entities/y.html"]


def test_colours_bear_their_role_so_that_a_page_can_turn_dark(drawn: Picture) -> None:
    coloured = [e for e in root(drawn).iter() if {e.get("fill"), e.get("stroke")} & set(LIGHT.values())]
    assert coloured
    assert all(e.get("class") for e in coloured)
    assert {"fill-meeting", "fill-tint1", "line-rule"} <= {c for e in coloured for c in e.attrib["class"].split()}
    known = {*LIGHT.values(), "none", None}
    assert {e.get("fill") for e in root(drawn).iter()} <= known


def test_a_page_has_both_languages_and_a_file_has_one(drawn: Picture) -> None:
    both = {
        group.get("lang"): "".join(group.itertext()).strip()
        for group in root(drawn).iter(f"{SVG}g")
        if group.get("lang")
    }
    assert both == {"ja": "題", "en": "Title"}
    for language, word, other in (("ja", "題", "Title"), ("en", "Title", "題")):
        text = drawn.files[f".{language}.svg"].decode()
        assert word in text
        assert other not in text


def test_the_head_stands_in_files_alone(drawn: Picture) -> None:
    assert "表題" in drawn.files[".ja.svg"].decode()
    assert "表題" not in drawn.inside
    assert root(drawn).get("viewBox") == "16.00 60.00 200.00 56.00"


def test_files_hold_nothing_of_day_machine_or_page(drawn: Picture) -> None:
    for name, data in drawn.files.items():
        assert b"atplotlib" not in data, name
        assert b"entities/" not in data, name
    assert b"<rect" in drawn.files[".ja.svg"]


def test_pngs_are_the_picture_on_white_with_words_in_their_language(drawn: Picture) -> None:
    japanese, english = (Image.open(io.BytesIO(drawn.files[f".{language}.png"])) for language in render.LANGUAGES)
    assert japanese.size == english.size
    assert japanese.getpixel((2, 2))[:3] == (255, 255, 255)  # type: ignore[index]
    assert japanese.tobytes() != english.tobytes()


def test_characters_of_names_are_in_the_font_that_a_package_brings_along() -> None:
    known = FT2Font(str(render.font_path())).get_charmap()
    assert all(ord(character) in known for character in "日米豪印髙﨑鄧篪邱喆蔣澤〓―…・ー")


def test_what_no_font_has_is_set_as_printers_do() -> None:
    alone = Sheet("s", 100, 60, Words("", ""), Words("", ""), [Text(0, 14, "서울")])
    known = Sheet("s", 100, 60, Words("", ""), Words("", ""), [Text(0, 14, "〓〓")])
    assert render.picture(alone).files[".ja.png"] == render.picture(known).files[".ja.png"]
    assert "서울" in render.picture(alone).inside
