"""Search as a reader does it."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Page

from tests.report.browser.conftest import Windows


def sought(page: Page, words: str) -> list[str]:
    """The sentences found."""
    page.get_by_role("searchbox").fill(words)
    page.wait_for_function(
        "() => { const said = document.querySelector('.said').textContent; return said && !/読み込んで/.test(said); }"
    )
    return page.locator(".results li > a").all_inner_texts()


@pytest.mark.parametrize("words", ["海賊", "米", "ＴＩＣＡＤ", "ticad", "外務省"])
def test_words_of_any_length_and_width_are_found(site: Path, window: Windows, words: str) -> None:
    page = window().open(site / "search.html")
    found = sought(page, words)
    assert found
    assert all(normalize("NFKC", words).lower() in normalize("NFKC", text).lower() for text in found)
    marked = page.locator(".results mark").first.inner_text()
    assert normalize("NFKC", marked).lower() == normalize("NFKC", words).lower()


def test_several_words_find_sentences_that_hold_them_all(site: Path, window: Windows) -> None:
    page = window().open(site / "search.html")
    found = sought(page, "日本　会合")
    assert found
    assert all("日本" in text and "会合" in text for text in found)


def test_a_result_leads_to_its_place(site: Path, window: Windows) -> None:
    page = window().open(site / "search.html")
    (words, *_) = sought(page, "海賊")
    page.locator(".results li > a").first.click()
    page.wait_for_url("**/commentaries/*")
    place = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    target = page.locator(f'[id="{place}"], [data-of="{place}"]').first
    target.wait_for()
    assert target.is_visible()
    assert "海賊" in words
    page.go_back()
    assert page.get_by_role("searchbox").input_value() == "海賊"


def test_names_are_found_by_their_other_names(site: Path, window: Windows) -> None:
    page = window("en").open(site / "search.html")
    sought(page, "TICAD")
    link = page.locator(".found-names a").first
    link.click()
    page.wait_for_url("**/entities/*")


def test_what_is_not_there_is_not_found(site: Path, window: Windows) -> None:
    page = window("en").open(site / "search.html")
    assert sought(page, "鱈鱈鱈") == []
    assert "Nothing found" in page.get_by_role("status").inner_text()
