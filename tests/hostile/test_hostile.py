"""A folder of hostile files: the run ends well, each file with its code, and the good ones as if they were alone."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile.hostile_files import KINDS, NO_FILES, ODD_NAMES, good, write_all

ROOT = Path(__file__).parents[2]
LIMITS = {"PIPELINE_WALL_SECONDS": "15", "PIPELINE_MEMORY_BYTES": "800000000"}
Row = dict[str, str]


def pipeline(raw: Path, output: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "all", "--raw", str(raw), "--output", str(output), "--jobs", "2"],
        cwd=ROOT,
        env={**os.environ, **LIMITS},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )


def rows(output: Path, table: str) -> list[Row]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "raw"
    write_all(folder)
    return folder


@pytest.fixture(scope="module")
def output(raw: Path) -> Path:
    output = raw.parent / "output"
    began = time.monotonic()
    said = pipeline(raw, output)
    assert said.returncode == 3, said.stderr
    assert time.monotonic() - began < 300
    return output


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_ends_with_its_code(output: Path, kind: str) -> None:
    errors = [row["code"] for row in rows(output, "problems") if row["doc_id"] == kind and row["severity"] == "error"]
    wanted = KINDS[kind][1]
    assert len(errors) == bool(wanted)
    assert set(errors) <= set(wanted.split(" or "))
    (row,) = (row for row in rows(output, "documents") if row["doc_id"] == kind)
    assert (row["status"] == "failed") == bool(errors)


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_not_opened(output: Path, name: str) -> None:
    assert [row["code"] for row in rows(output, "problems") if row["source_file"] == name] == ["unreadable-file"]


def test_odd_names_are_read_and_told_apart(raw: Path, output: Path) -> None:
    found = {row["source_file"]: row for row in rows(output, "documents")}
    there = [name for name in ODD_NAMES if Path(os.fsdecode(os.fsencode(raw) + b"/" + name)).exists()]
    assert len(there) >= 8
    for name in there:
        row = found[name.decode(errors="backslashreplace")]
        assert row["status"] in ("ok", "warning")
        assert (output / "json" / f"{row['doc_id']}.json").is_file()
    ids = [row["doc_id"] for row in found.values()]
    assert len(set(ids)) == len(ids)


def test_a_copy_is_said_to_be_one(output: Path) -> None:
    status = {row["source_file"]: row["status"] for row in rows(output, "documents")}
    assert status["good.pdf"] == "duplicate"
    assert status["good-again.pdf"] in ("ok", "warning")


def test_nothing_that_a_file_asks_for_is_run(raw: Path, output: Path) -> None:
    assert not [path for folder in (ROOT, raw, output) for path in folder.rglob("RAN")]


def test_a_good_file_comes_out_as_alone(output: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "good-again.pdf").write_bytes(good())
    assert pipeline(tmp_path / "raw", tmp_path / "output").returncode == 0
    alone = (tmp_path / "output" / "json" / "good-again.json").read_bytes()
    assert (output / "json" / "good-again.json").read_bytes() == alone
    assert json.loads(alone)["blocks"]


class _Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_markup_in_names_is_inert_in_the_report(output: Path) -> None:
    for page in (output / "site").rglob("*.html"):
        tags = _Tags()
        tags.feed(page.read_text(encoding="utf-8"))
        for tag, attributes in tags.found:
            assert tag != "script" or "src" in attributes, page
            assert tag != "img" or str(attributes["src"]).startswith("../pictures/"), page
            assert not any(name.startswith("on") for name in attributes), page


def test_a_second_run_has_nothing_to_do_and_says_the_same(raw: Path, output: Path) -> None:
    before = {path: path.read_bytes() for path in output.glob("*.csv")}
    began = time.monotonic()
    assert pipeline(raw, output).returncode == 3
    assert time.monotonic() - began < 15
    assert {path: path.read_bytes() for path in output.glob("*.csv")} == before
