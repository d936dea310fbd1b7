"""Pictures of the pages for the README, as ``make screenshots`` makes them: ``screenshots.py SITE FOLDER``.

They are those of the samples, in English and light colours, a window of 1280 x 800 CSS pixels each.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright


def searching(page: Page) -> None:
    """Looks for a word of two characters."""
    page.get_by_role("searchbox").fill("海賊")
    page.wait_for_selector(".results li")


def nothing(page: Page) -> None:
    """Shows the page as it opens."""


SHOTS = (
    ("reading.png", "commentaries/commentary804.html", nothing),
    ("search.png", "search.html", searching),
)


def main(site: Path, folder: Path) -> None:
    """Writes the pictures into a folder."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        raise SystemExit("No Chromium was found. Install it, or name it: CHROMIUM=/path/to/it")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(locale="en", color_scheme="light", viewport={"width": 1280, "height": 800})
        for name, of, prepare in SHOTS:
            page.goto((site / of).resolve().as_uri())
            prepare(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
