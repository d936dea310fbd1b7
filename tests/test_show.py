"""The command that shows what was read of a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline.cli import main

SAMPLE = Path(__file__).parents[1] / "raw" / "commentary804.pdf"


def test_a_page_is_drawn_into_the_file_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "new" / "first.png"
    assert main(["show", str(SAMPLE), "--page", "1", "-o", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    with Image.open(target) as image:
        assert image.format == "PNG"
        assert image.width > 500


def test_all_pages_are_drawn_under_names_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["show", str(SAMPLE)]) == 0
    written = capsys.readouterr().out.split()
    assert written[:2] == ["commentary804-p1.png", "commentary804-p2.png"]
    assert sorted(written) == sorted(path.name for path in tmp_path.iterdir())


def test_the_text_comes_with_kinds_and_with_what_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(SAMPLE), "--text", "--page", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("page 1")
    assert "heading 1" in said
    assert "[^3]" in said
    assert "note_number" in said
    assert "page 2" not in said.replace("(pages 1–2)", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing.pdf"], "nothing.pdf cannot be opened"),
        ([str(SAMPLE), "--page", "99"], "no page 99"),
        ([str(SAMPLE), "--page", "1", "-o", "/dev/null/a.png"], "cannot be written"),
    ],
)
def test_what_cannot_be_shown_ends_with_2(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_no_pdf_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"not a PDF")
    assert main(["show", str(path)]) == 3
    assert "This file is not a PDF." in capsys.readouterr().err
