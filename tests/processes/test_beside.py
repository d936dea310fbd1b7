"""Work in another process is done, or its failure told, and it never outlives who started it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.processes.beside import beside

MODULE = "tests.processes.beside_work"


def test_both_are_done(tmp_path: Path) -> None:
    with beside(MODULE, "write", tmp_path / "a"):
        (tmp_path / "b").write_text("here")
    assert (tmp_path / "a").read_text() == "there"


def test_what_it_cannot_write_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), beside(MODULE, "write", tmp_path / "missing" / "a"):
        pass


def test_a_fault_is_told_with_its_traceback(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"), beside(MODULE, "fail", tmp_path):
        pass


def test_it_ends_with_a_failure_here(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), beside(MODULE, "hang", tmp_path / "pid"):
        found = _pid(tmp_path / "pid")
        raise KeyboardInterrupt
    assert not _lives(found)


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    parent = os.fork()
    if not parent:
        with beside(MODULE, "hang", tmp_path / "pid"):
            time.sleep(60)
        os._exit(1)
    found = _pid(tmp_path / "pid")
    os.kill(parent, 9)
    os.waitpid(parent, 0)
    deadline = time.monotonic() + 20
    while _lives(found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(found)


def _pid(path: Path) -> int:
    deadline = time.monotonic() + 60
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return int(path.read_text())


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
