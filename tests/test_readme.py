"""The README's recipes and questions, run as they stand there on the results of the samples."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def questions(language: str, mark: str) -> list[tuple[str, str, list[str]]]:
    """Questions of a language's blocks, each with its line and the lines of its answer."""
    form = rf"^{mark} ([^→\n]*)\n((?!{mark}).*)\n((?:{mark} → .*\n?)+)"
    return [
        (question, line, re.findall(rf"^{mark} → (.*)$", answer, re.MULTILINE))
        for block in blocks(language)
        for question, line, answer in re.findall(form, block, re.MULTILINE)
    ]


SQL = questions("sql", "--")
PYTHON = questions("python", "#")


def shown(rows: Any) -> list[str]:
    return [" | ".join("" if value is None else str(value) for value in row) for row in rows]


@pytest.fixture
def here(sample_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the samples' results stand as ``output``."""
    (tmp_path / "output").symlink_to(sample_output)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database(sample_output: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{sample_output}/nids.sqlite?mode=ro", uri=True)) as found:
        yield found


def test_there_are_ten_questions() -> None:
    assert len(SQL) + len(PYTHON) == 10


@pytest.mark.parametrize(("question", "line", "answer"), SQL)
def test_a_line_of_sql_answers(database: sqlite3.Connection, question: str, line: str, answer: list[str]) -> None:
    assert shown(database.execute(line).fetchall()) == answer, question


def test_every_python_block_runs_and_its_lines_answer(here: Path) -> None:
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for block in blocks("python"):
            exec(compile(block, "README.md", "exec"), names)
    for question, line, answer in PYTHON:
        table = eval(line, names)
        rows = table.reset_index().drop(columns="index", errors="ignore").itertuples(index=False)
        assert shown(rows) == answer, question


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_r_block_runs(here: Path) -> None:
    (block,) = blocks("r")
    known = subprocess.run(["Rscript", "-e", "library(RSQLite)"], capture_output=True, check=False)
    if known.returncode:
        pytest.skip("R has no RSQLite")
    said = subprocess.run(["Rscript", "-e", block], capture_output=True, text=True, check=True, cwd=here)
    assert re.search(r"\d{4}", said.stdout)


@pytest.mark.skipif(not shutil.which("datasette"), reason="Datasette is not installed")
def test_datasette_answers_a_ready_query(here: Path) -> None:
    (line,) = [line for block in blocks("console") for line in block.splitlines() if "datasette" in line]
    command = line.removeprefix("$ ").split()
    get = "/nids/search.json?word=%E9%98%B2%E8%A1%9B&_shape=array"
    said = subprocess.run([*command, "--get", get], capture_output=True, text=True, check=True, cwd=here)
    assert all("防衛" in row["text"] for row in json.loads(said.stdout))


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the shell of SQLite is not installed")
def test_the_shell_of_sqlite_answers(here: Path) -> None:
    question, line, answer = SQL[0]
    said = subprocess.run(
        ["sqlite3", "-separator", " | ", "output/nids.sqlite", line], capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == answer, question


def test_the_correction_shown_is_one() -> None:
    from pipeline.corrections.files import parse  # noqa: PLC0415

    (block,) = [block for block in blocks("toml") if "[[correction]]" in block]
    (correction,) = parse("README.toml", block)
    assert correction.what == "relabel mention"
