"""The zip file for a colleague."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from pipeline.cli import main


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name in (
        "datapackage.json",
        "blocks.csv",
        "json/日本.json",
        "site/pages/1.webp",
        "work/extract/d.json",
        ".gitkeep",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def names(output: Path) -> list[str]:
    with zipfile.ZipFile(output / "nids-tables.zip") as archive:
        assert archive.testzip() is None
        return archive.namelist()


TABLES = ["nids-tables/blocks.csv", "nids-tables/datapackage.json", "nids-tables/json/日本.json"]


def test_it_holds_the_results_and_nothing_that_is_kept_for_later_runs(output: Path) -> None:
    assert main(["bundle", "--output", str(output)]) == 0
    assert names(output) == TABLES
    assert main(["bundle", "--output", str(output), "--pictures"]) == 0
    assert names(output) == [*TABLES, "nids-tables/site/pages/1.webp"]


def test_the_same_results_give_the_same_bytes(output: Path) -> None:
    main(["bundle", "--output", str(output)])
    before = (output / "nids-tables.zip").read_bytes()
    time.sleep(2.1)
    (output / "blocks.csv").write_text("blocks.csv")
    main(["bundle", "--output", str(output)])
    assert (output / "nids-tables.zip").read_bytes() == before


def test_without_results_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "--output", str(tmp_path)]) == 2
    assert "make all" in capsys.readouterr().err
