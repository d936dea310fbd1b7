"""Which pictures of pages are drawn, where they go, and what is told where one is missing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline import pictures
from pipeline.extract.picture import Sheet
from pipeline.limits import Limits
from pipeline.pictures import Pictures

SHA = "0" * 64
SHEETS = [Sheet(1, 2, b"RIFF 1"), Sheet(2, 2, b"RIFF 2")]


def stored(folder: Path, sheets: list[Sheet] | None = None, **wishes: bool) -> Pictures:
    """A store into which the pictures of document ``a`` were put."""
    store = Pictures(folder, Limits(), **wishes)
    store.keep("a", SHA, SHEETS if sheets is None else sheets)
    return store


def fresh(folder: Path, sha256: str = SHA, limits: Limits | None = None, **wishes: bool) -> bool:
    return Pictures(folder, limits or Limits(), **wishes).fresh("a", sha256)


def test_what_was_drawn_is_fresh_in_the_next_run(tmp_path: Path) -> None:
    assert not fresh(tmp_path)
    stored(tmp_path)
    assert fresh(tmp_path)
    assert not fresh(tmp_path, sha256="1" * 64)
    assert fresh(tmp_path, limits=Limits(stage_seconds=7))
    assert not fresh(tmp_path, limits=Limits(picture_pixels=7))


@pytest.mark.parametrize("harm", ["gone", "cut", "touched", "no list", "half a list"])
def test_a_folder_that_is_not_as_it_was_left_is_stale(tmp_path: Path, harm: str) -> None:
    stored(tmp_path)
    picture, made = tmp_path / "a" / "p2.webp", tmp_path / "a" / "made.json"
    match harm:
        case "gone":
            picture.unlink()
        case "cut":
            picture.write_bytes(b"RIFF")
        case "touched":
            os.utime(picture, (0, 0))
        case "no list":
            made.unlink()
        case _:
            made.write_bytes(made.read_bytes()[:-9])
    assert not fresh(tmp_path)


def test_only_a_thorough_look_finds_other_bytes_of_the_same_size_and_time(tmp_path: Path) -> None:
    stored(tmp_path)
    picture = tmp_path / "a" / "p2.webp"
    before = picture.stat()
    picture.write_bytes(b"RIFF X")
    os.utime(picture, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert fresh(tmp_path)
    assert not fresh(tmp_path, verify=True)


def test_other_code_or_packages_make_pictures_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path)
    monkeypatch.setattr(pictures, "PACKAGES", ("pytest",))
    assert not fresh(tmp_path)


def test_a_page_without_fonts_is_drawn_again_when_there_are_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts" / "noto").mkdir(parents=True)
    monkeypatch.setattr(pictures, "FONT_FOLDERS", (str(tmp_path / "fonts"),))
    store = stored(tmp_path / "made", [Sheet(1, 1, b"RIFF", "no-font", "HeiseiMin-W3")])
    (problem,) = store.problems("a")
    assert (problem.code, problem.page, problem.severity) == ("no-font", 1, "warning")
    assert "(HeiseiMin-W3)" in problem.message
    assert fresh(tmp_path / "made")
    (tmp_path / "fonts" / "noto" / "NotoSerifCJK.ttc").touch()
    assert not fresh(tmp_path / "made")


def test_other_pages_do_not_hang_on_the_fonts_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FONT_FOLDERS", (str(tmp_path / "fonts"),))
    stored(tmp_path / "made")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "other.ttf").touch()
    assert fresh(tmp_path / "made")


def test_a_document_that_was_not_drawn_at_all_is_tried_again(tmp_path: Path) -> None:
    store = stored(tmp_path, [Sheet(0, 0, code="no-picture", detail="it cannot be drawn")])
    (problem,) = store.problems("a")
    assert (problem.code, problem.page) == ("no-picture", None)
    assert not fresh(tmp_path)


def test_pictures_go_into_the_site_without_taking_room_twice(tmp_path: Path) -> None:
    store = stored(tmp_path / "work", [*SHEETS, Sheet(3, 3, code="no-picture", detail="SIGSEGV")])
    digests = store.put(tmp_path / "site")
    assert sorted(digests) == ["a/p1.webp", "a/p2.webp"]
    assert (tmp_path / "site" / "a" / "p1.webp").read_bytes() == b"RIFF 1"
    assert (tmp_path / "site" / "a" / "p1.webp").samefile(tmp_path / "work" / "a" / "p1.webp")


def test_where_the_disk_knows_no_links_pictures_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(target: Path, source: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    store = stored(tmp_path / "work")
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    store.put(tmp_path / "site")
    assert (tmp_path / "site" / "a" / "p2.webp").read_bytes() == b"RIFF 2"


def test_new_pictures_do_not_write_into_those_that_the_site_shows(tmp_path: Path) -> None:
    store = stored(tmp_path / "work")
    store.put(tmp_path / "site")
    store.keep("a", "1" * 64, [Sheet(1, 1, b"RIFF new")])
    assert (tmp_path / "site" / "a" / "p1.webp").read_bytes() == b"RIFF 1"


def test_pictures_of_other_documents_go(tmp_path: Path) -> None:
    store = stored(tmp_path / "work")
    store.keep("b", SHA, SHEETS)
    with_both = store.key
    store.keep_only(["b"])
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["b"]
    assert store.key != with_both
    assert sorted(store.put(tmp_path / "site")) == ["b/p1.webp", "b/p2.webp"]


def test_the_key_tells_what_was_drawn_and_what_is_wrong(tmp_path: Path) -> None:
    one = stored(tmp_path / "1")
    assert one.key == stored(tmp_path / "2").key
    assert one.faults == []
    torn = stored(tmp_path / "3", [SHEETS[0], Sheet(2, 2, code="no-picture", detail="SIGSEGV")])
    assert torn.key != one.key
    assert torn.faults
