"""The command line: help, exit codes, and what it says."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.arguments import COMMANDS, EXIT_CODES, make_parser
from pipeline.cli import main
from pipeline.errors import Exit

ROOT = Path(__file__).parents[1]


def commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = (a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def pipeline(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def no_pdfs(tmp_path: Path) -> list[str]:
    """Arguments with a file that is no PDF: the quickest run that there is."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.pdf").write_bytes(b"not a PDF")
    return ["--raw", str(raw), "--output", str(tmp_path / "output")]


def test_every_command_is_there() -> None:
    assert list(COMMANDS) == ["all", "extract", "tag", "resolve", "export", "report", "eval", "show"]
    assert list(commands()) == [*COMMANDS, "rules", "explain", "correct", "bundle"]


def test_notes_can_be_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "--note", "外務省「表敬」2025年9月5日。", "同上。"]) == Exit.OK
    said = capsys.readouterr().out
    assert "    title        表敬\n" in said
    assert "    refers to    note 1: 表敬\n" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches(name: str) -> None:
    command = commands()[name]
    assert COMMANDS[name] in " ".join(make_parser().format_help().split())
    assert len(command.description or "") > 60
    assert f"python -m pipeline {name}" in command.format_help()
    assert EXIT_CODES in command.format_help()
    assert [action.dest for action in command._actions if not action.help] == []


def test_every_exit_code_is_documented() -> None:
    assert {int(line.split()[0]) for line in EXIT_CODES.splitlines() if line[2:3].isdigit()} == set(Exit)


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "examples:" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["nonsense"], ["all", "--jobs", "0"], ["all", "--jobs", "x"], ["all", "--nope"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_nothing_to_read_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["all", "--raw", str(tmp_path), "--output", str(tmp_path / "output")]) == 2
    assert "Put PDFs there" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("value", ["0", "-1", "lots", "１", ""])
def test_a_limit_that_is_no_number_ends_with_2(
    value: str, no_pdfs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIPELINE_PAGES", value)
    assert main(["all", *no_pdfs]) == 2
    assert "PIPELINE_PAGES" in capsys.readouterr().err


def test_a_failed_document_ends_with_3_and_says_what_to_do(
    no_pdfs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["all", *no_pdfs]) == 3
    said = capsys.readouterr()
    assert "1 PDF: 1 failed." in said.out
    assert "a.pdf: This file is not a PDF." in said.err


def test_quiet_says_errors_only(no_pdfs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["all", *no_pdfs, "--quiet"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_file_name_cannot_write_to_the_terminal(no_pdfs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(no_pdfs[1], "\x1b[2J\nok.pdf").write_bytes(b"no PDF either")
    assert main(["all", *no_pdfs]) == 3
    assert "\\x1b[2J\\nok.pdf: This file is not a PDF." in capsys.readouterr().err


def test_a_terminal_only_gets_a_progress_bar(no_pdfs: list[str]) -> None:
    said = pipeline("extract", *no_pdfs)
    assert "\r" not in said.stderr
    assert "%|" not in said.stderr


def test_ctrl_c_ends_with_130_and_leaves_no_child(tmp_path: Path) -> None:
    raw, output, name = tmp_path / "raw", tmp_path / "output", f"interrupted-{os.getpid()}"
    raw.mkdir()
    for number, pdf in enumerate(sorted((ROOT / "raw").glob("*.pdf"))):
        shutil.copy(pdf, raw / f"{name}-{number}.pdf")
    command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--output", str(output), "--jobs", "1"]
    environment = {**os.environ, "MARKED": name}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        _wait_for(lambda: len(_children(name)) == 2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    _wait_for(lambda: not _children(name))


def _wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _children(name: str) -> list[str]:
    """Processes that read PDFs (one that starts the others, and one for the PDF), known by their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            marked = name.encode() in (entry / "environ").read_bytes()
            if marked and b"pipeline.extract.child" in (entry / "cmdline").read_bytes():
                found.append(entry.name)
    return found


def test_eval_without_tables_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.gold.json").write_text("{}")
    assert main(["eval", "--gold", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "python -m pipeline export" in capsys.readouterr().err


def test_eval_without_gold_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--gold", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "--gold" in capsys.readouterr().err
