"""Pages that a later run takes from the one before it, where they would be the same again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.report.site.frame import commentary_href, entity_href
from tests.report.site.commentary import commentary
from tests.report.site.conftest import publish_into

FIRST = commentary("a", "900", "前の題")
OTHER = commentary("x", "950", "別の題")


def apart(document: Document) -> Document:
    """The same, but it names nothing that the others name and cites nothing that they cite."""
    return replace(
        document,
        mentions=tuple(replace(m, entity_id=f"{m.entity_id}別", name=f"{m.name}別") for m in document.mentions),
        citations=tuple(replace(c, work_id="work:別") for c in document.citations),
        meetings=(),
        ministers=(),
        initiatives=(),
        relations=(),
    )


def site(output: Path) -> dict[str, bytes]:
    """All files but those that tell of changes since the last run."""
    folder = output / "site"
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in ("new.html", "data.html")}


def taken(before: Path, documents: tuple[Document, ...], code: str = "code") -> set[str]:
    """The pages that a run with these documents takes from the one before; all files are as if it were the first."""
    was = {path: path.stat().st_ino for path in (before / "site").rglob("*.*")}
    publish_into(before, *documents, code=code)
    fresh = site(publish_into(before.parent / "fresh", *documents, code=code))
    assert site(before) == fresh
    return {str(path.relative_to(before / "site")) for path, inode in was.items() if path.stat().st_ino == inode}


def pages(doc_id: str) -> set[str]:
    return {f"commentaries/{doc_id}{ending}" for ending in (".html", ".js", ".review.js")}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """What a run left of three commentaries, of which the last stands apart from the others."""
    return publish_into(tmp_path / "output", FIRST, commentary(), apart(OTHER))


def test_a_new_commentary_costs_its_own_pages_and_those_that_name_it(output: Path) -> None:
    again = taken(output, (FIRST, commentary(), apart(OTHER), apart(commentary("y", "960"))))
    assert again >= pages("a") | pages("d") | {entity_href("meeting:環海"), entity_href("minister:甲野乙")}
    # It leads to the next one now.
    assert again & pages("x") == {"commentaries/x.review.js"}
    assert entity_href("meeting:環海別") not in again


def test_a_source_cited_elsewhere_shows_where(output: Path) -> None:
    apart_but_citing = replace(apart(commentary("y", "960")), citations=commentary("y").citations)
    again = taken(output, (FIRST, commentary(), apart(OTHER), apart_but_citing))
    assert not again & {"commentaries/a.html", "commentaries/d.html"}


def test_another_name_of_an_entity_is_shown_by_all_who_name_it(output: Path) -> None:
    renamed = tuple(
        replace(
            document,
            mentions=tuple(replace(m, name=m.name.replace("甲", "乙")) for m in document.mentions),
        )
        for document in (FIRST, commentary())
    )
    again = taken(output, (renamed[0], renamed[1], apart(OTHER)))
    assert not again & {"commentaries/a.html", "commentaries/d.html", entity_href("minister:甲野乙")}
    # It shows the minister who attended.
    assert entity_href("meeting:環海") not in again
    assert pages("x") <= again


def test_another_title_is_shown_by_all_pages_that_lead_there(output: Path) -> None:
    again = taken(output, (FIRST, commentary(title="新しい題"), apart(OTHER)))
    assert not again & {"commentaries/a.html", "commentaries/x.html", entity_href("meeting:環海")}
    assert entity_href("meeting:環海別") in again


@pytest.mark.parametrize("harm", ["edited", "gone"])
def test_a_page_that_is_not_as_it_was_written_is_written_again(output: Path, harm: str) -> None:
    page = output / "site" / commentary_href("a")
    if harm == "edited":
        page.write_text("x", encoding="utf-8")
    else:
        page.unlink()
    assert "commentaries/a.html" not in taken(output, (FIRST, commentary(), apart(OTHER)))


def test_other_code_takes_nothing(output: Path) -> None:
    again = taken(output, (FIRST, commentary(), apart(OTHER)), code="other")
    assert not [path for path in again if path.startswith(("commentaries/", "entities/"))]
