"""Review from the first mark to the corrected tables."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from playwright.sync_api import Page

from pipeline import run
from pipeline.corrections import files
from pipeline.limits import Limits
from tests.report.browser.conftest import Windows

ROOT = Path(__file__).parents[3]


def taken(page: Page, folder: Path) -> str:
    """The text of the file of corrections."""
    with page.expect_download() as waiting:
        page.locator(".review-take").click()
    assert waiting.value.suggested_filename == "review.toml"
    folder.mkdir(exist_ok=True)
    waiting.value.save_as(folder / "review.toml")
    return (folder / "review.toml").read_text(encoding="utf-8")


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pick(page: Page, place: str) -> None:
    """Chooses a thing by its address, as a result of search does."""
    page.evaluate("place => { location.hash = encodeURI(place); }", place)


def test_marks_become_corrections_that_the_next_run_applies(site: Path, window: Windows, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(site.parent, output)
    doc_id = "commentary804"

    def ids(table: str, name: str) -> list[str]:
        return [row[name] for row in rows(output, table) if row["doc_id"] == doc_id]

    mention = ids("mentions", "mention_id")[0]
    citation = ids("citations", "citation_id")[0]
    fact = ids("relations", "row_id")[0]
    page = window("en").open(site / "commentaries" / f"{doc_id}.html")
    pick(page, mention.removeprefix(f"{doc_id}:"))
    page.locator(".card .review [data-mark=wrong]").first.click()
    pick(page, citation.removeprefix(f"{doc_id}:"))
    review = page.locator(".card .citation .review").first
    review.locator("[data-mark=wrong]").click()
    review.get_by_label("Title").fill("別の題")
    review.get_by_label("Title").press("Tab")
    page.locator(f'[id="{fact.removeprefix(f"{doc_id}:")}"] [data-mark=wrong]').click()
    assert page.locator(".review-count").inner_text() == "3"
    page.reload()
    assert page.locator(".review-count").inner_text() == "3"
    text = taken(page, tmp_path / "corrections")
    assert sorted(c.what for c in files.parse("review.toml", text)) == [
        "remove fact",
        "remove mention",
        "set citation",
    ]
    run.run(run.Options(ROOT / "raw", output, 1, Limits(), corrections=tmp_path / "corrections"), "export")
    assert [row["message"] for row in rows(output, "problems") if row["code"] == "correction-unfit"] == []
    assert mention not in ids("mentions", "mention_id")
    assert fact not in ids("relations", "row_id")
    assert "別の題" in ids("citations", "title")


def test_what_is_right_is_only_remarked(site: Path, window: Windows, tmp_path: Path) -> None:
    page = window().open(site / "commentaries" / "commentary804.html")
    page.locator(".fact [data-mark=right]").first.click()
    text = taken(page, tmp_path)
    assert text.startswith("# right: fact ")
    assert files.parse("review.toml", text) == []
    page.locator(".review-clear").click()
    assert page.locator(".review-bar").is_hidden()
    assert page.locator(".review [aria-pressed=true]").count() == 0
