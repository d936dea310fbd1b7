"""The pages of charts, and pictures that are found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.report.site.charts import drawn, pages
from pipeline.report.site.charts.palette import LIGHT
from pipeline.report.site.charts.sheet import Sheet, Text, Words
from pipeline.report.site.frame import entity_href, place_href
from tests.report.site.commentary import FIRST, commentary
from tests.report.site.conftest import Publish
from tests.report.site.test_entities import links, text


def test_each_picture_has_files_and_the_table_behind_it(publish: Publish) -> None:
    site = publish(commentary(), commentary("e", "902")) / "site"
    for name in pages.NAMES:
        page = (site / f"{name}.html").read_text(encoding="utf-8")
        assert '<svg xmlns="http://www.w3.org/2000/svg"' in page, name
        files = {f"charts/{name}.{language}.{kind}" for language in ("ja", "en") for kind in ("svg", "png")}
        assert files <= set(links(site / f"{name}.html"))
        assert all((site / file).stat().st_size > 500 for file in files)
    assert "2024-11-20 meeting 環海会合 3 凪市 901, p. 1 ; 902, p. 1" in text(site / "timeline.html")
    assert "甲野乙 attended 環海会合 2024-11-20 3 901, p. 1 ; 902, p. 1 概要 凪省 · 2024" in text(
        site / "attendance.html"
    )
    assert "概要 凪省 · 2024 2 2 901, p. 1 ; 902, p. 1" in text(site / "works.html")
    assert "凪省 2 2" in text(site / "publishers.html")


def test_rows_lead_to_entities_and_to_the_sentence(publish: Publish) -> None:
    found = links(publish(commentary()) / "site" / "timeline.html")
    assert entity_href("meeting:環海") in found
    assert place_href("d", f"d:p:0-{FIRST}:SENTENCE") in found


def test_a_picture_of_an_unchanged_sheet_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sheet(word: str) -> Sheet:
        return Sheet("s", 100, 60, Words("", ""), Words("", ""), [Text(0, 50, word)])

    first = drawn.drawn(sheet("一"), tmp_path)
    monkeypatch.setattr(drawn, "_draw", lambda sheet: pytest.fail("drawn again"))
    assert drawn.drawn(sheet("一"), tmp_path) == first
    monkeypatch.undo()
    assert drawn.drawn(sheet("二"), tmp_path) != first
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_picture_is_drawn_anew(tmp_path: Path) -> None:
    sheet = Sheet("s", 100, 60, Words("", ""), Words("", ""), [Text(0, 50, "一")])
    first = drawn.drawn(sheet, tmp_path)
    next(tmp_path.iterdir()).write_bytes(b"?")
    assert drawn.drawn(sheet, tmp_path) == first


def test_the_page_has_a_colour_for_each_role() -> None:
    css = (Path(pages.__file__).parent.parent / "static" / "charts.css").read_text(encoding="utf-8")
    for role in LIGHT:
        assert f".fill-{role} {{ fill: var(--" in css
        assert f".line-{role} {{ stroke: var(--" in css


def test_nothing_is_drawn_of_nothing(publish: Publish) -> None:
    site = publish(Document("d", "d.pdf", "0" * 64)) / "site"
    assert not (site / "charts").exists()
    assert text(site / "timeline.html").endswith("No commentary states any yet.")
