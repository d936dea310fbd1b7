"""Every kind of page in a real browser, in both languages and colour schemes, on wide and narrow windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pipeline.document import Document, FrontMatter
from tests.report.browser.conftest import Language, Scheme, Windows
from tests.report.site.conftest import Publish, publish
from tests.report.site.test_frame import EVIL, evil_document

__all__ = ["publish"]

KINDS = (
    "index.html",
    "commentaries/commentary804.html",
    "entities.html",
    "entities/meeting-*.html",
    "timeline.html",
    "search.html",
    "new.html",
    "data.html",
)
LOAD_SECONDS = 1.0
AXE = {"preload": False}
"""It would fetch style sheets, which the policy of the pages forbids."""


def of_kind(site: Path, kind: str) -> Path:
    return next(iter(sorted(site.glob(kind))))


def other_pages(site: Path) -> list[str]:
    """Pages of the site's own folder that `KINDS` leaves out, as charts are."""
    return sorted({path.name for path in site.glob("*.html")} - set(KINDS))


@pytest.mark.parametrize(("language", "scheme"), [("ja", "light"), ("en", "dark")])
def test_every_kind_of_page_is_sound(site: Path, window: Windows, language: Language, scheme: Scheme) -> None:
    opened = window(language, scheme)
    broken = []
    for kind in (*KINDS, *other_pages(site)):
        page = opened.open(of_kind(site, kind))
        assert page.evaluate("document.documentElement.lang") == language
        found = Axe().run(page, options=AXE)
        if found.violations_count:
            broken.append(f"{kind}: {found.generate_report()}")
    assert broken == []


@pytest.mark.parametrize("width", [360, 1400])
def test_no_page_is_wider_than_its_window(site: Path, window: Windows, width: int) -> None:
    opened = window(width=width)
    for kind in (*KINDS, *other_pages(site)):
        page = opened.open(of_kind(site, kind))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind


def test_the_language_is_chosen_once_for_all_pages(site: Path, window: Windows) -> None:
    opened = window("ja")
    page = opened.open(site / "index.html")
    assert page.get_by_role("heading", level=1).inner_text() == "コメンタリー"
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Commentaries"
    opened.open(site / "data.html")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_what_files_say_stays_text(publish: Publish, window: Windows) -> None:
    site = publish(evil_document()) / "site"
    opened = window()
    for path in sorted(site.rglob("*.html")):
        page = opened.open(path)
        assert page.evaluate("document.querySelectorAll('img[src=x], script:not([src])').length") == 0, path
    page = opened.open(site / "search.html")
    page.get_by_role("searchbox").fill("<script>")
    page.wait_for_selector(".results li")
    assert EVIL.split("\u202e")[0] in page.locator(".results li").first.inner_text()
    assert page.locator(".results script, .results img").count() == 0


def test_the_list_of_400_commentaries_loads_in_a_second(publish: Publish, window: Windows) -> None:
    documents = [
        Document(f"d{n}", f"d{n}.pdf", f"{n:064}", raw="題", front=FrontMatter(title=f"第{n}の題", number=str(n)))
        for n in range(400)
    ]
    path = publish(*documents) / "site" / "index.html"
    opened = window()
    # The best of three, since others may be at work on the machine.
    assert min(loaded(opened.open(path)) for _ in range(3)) < LOAD_SECONDS
    assert opened.page.locator("main a[href^='commentaries/']").count() >= 400


def loaded(page: Page) -> float:
    """Seconds from the beginning to the end of loading a page."""
    page.wait_for_load_state("load")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    return float(took) / 1000
