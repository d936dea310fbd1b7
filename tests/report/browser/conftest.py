"""Pages in a real browser: found on the machine, started once, and watched for whatever should not happen.

Any Chromium will do: the one that ``CHROMIUM`` names, else the first of `NAMES` on the path. Without one these tests
are skipped, or fail where ``REQUIRE_BROWSER=1`` says that there must be one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
Language = Literal["ja", "en"]
Scheme = Literal["light", "dark"]


def chromium() -> str:
    """The browser's path; skips the test, or fails it, where there is none."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else NAMES)), None)
    if found is None:
        reason = f"no Chromium: {named or ' or '.join(NAMES)} is not on the path; CHROMIUM=/path/to/it names another"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each opens its own windows."""
    path = chromium()
    # Tests in containers run as root, where Chromium starts only without its sandbox; the pages are our own.
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as started,
    ):
        yield started


@dataclass
class Window:
    """A window, and what happened in it that should not."""

    page: Page
    wrongs: list[str] = field(default_factory=list)

    def open(self, path: Path, place: str = "") -> Page:
        """Shows a file."""
        self.page.goto(path.resolve().as_uri() + (f"#{place}" if place else ""))
        return self.page

    def heard(self, message: ConsoleMessage) -> None:
        # Violations of the content policy are told as errors too.
        if message.type in ("error", "warning"):
            self.wrongs.append(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.wrongs.append(f"request: {request.url}")

    def failed(self, request: Request) -> None:
        self.wrongs.append(f"failed: {request.url}")

    def told(self, dialog: Dialog) -> None:
        self.wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Windows:
    """Opens windows, and looks at the end whether anything went wrong in one of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: list[Window] = []

    def __call__(
        self, language: Language = "ja", scheme: Scheme = "light", width: int = 1400, height: int = 900, **wishes: Any
    ) -> Window:
        """A window of this size in CSS pixels, with storage of its own."""
        context = self._browser.new_context(
            locale=language, color_scheme=scheme, viewport={"width": width, "height": height}, **wishes
        )
        context.set_default_timeout(15_000)
        window = Window(context.new_page())
        window.page.on("console", window.heard)
        window.page.on("pageerror", lambda error: window.wrongs.append(f"error: {error}"))
        window.page.on("request", window.asked)
        window.page.on("requestfailed", window.failed)
        window.page.on("dialog", window.told)
        self._opened.append(window)
        return window

    def close(self) -> list[str]:
        """Closes all windows; what went wrong."""
        for window in self._opened:
            window.page.context.close()
        return [wrong for window in self._opened for wrong in window.wrongs]


@pytest.fixture
def window(browser: Browser) -> Iterator[Windows]:
    """Opens windows; fails the test where a page wrote an error, asked for anything but a file, or opened a dialog."""
    windows = Windows(browser)
    yield windows
    assert windows.close() == []


@pytest.fixture(scope="session")
def site(browser: Browser, sample_output: Path) -> Path:
    """The pages of the samples; asks for the browser first, without which there is nothing to make them for."""
    return sample_output / "site"
