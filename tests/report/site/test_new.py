"""The page of what is new."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import Document
from tests.report.site.commentary import commentary
from tests.report.site.conftest import publish_into
from tests.report.site.test_entities import links, text


def publish(output: Path, *documents: Document) -> Path:
    return publish_into(output, *documents) / "site" / "new.html"


def test_a_first_run_gives_numbers(tmp_path: Path) -> None:
    seen = text(publish(tmp_path, commentary()))
    assert "everything is new" in seen
    assert "Commentaries 1" in seen
    assert "Meetings 1" in seen


def test_a_later_run_names_what_came_and_went(tmp_path: Path) -> None:
    publish(tmp_path, commentary("a", "900", "前の題"), commentary())
    page = publish(tmp_path, commentary(), commentary("e", "902", "次の題"))
    seen = text(page)
    assert "Commentaries 1 次の題 2025-01-31" in seen
    assert "Gone 1 Commentaries 1 前の題" in seen
    assert "commentaries/e.html" in links(page)


def test_a_run_without_changes_says_so(tmp_path: Path) -> None:
    publish(tmp_path, commentary(), commentary("e", "902"))
    assert "Nothing has changed" in text(publish(tmp_path, commentary("e", "902"), commentary()))
