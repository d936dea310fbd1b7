"""A run that is killed at any moment leaves whole tables, and the next ends as if nothing had happened."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.hostile.hostile_files import HELLO, with_content

ROOT = Path(__file__).parents[2]
KILLS = 30


def start(raw: Path, output: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "all",
        "--quiet",
        "--raw",
        str(raw),
        "--output",
        str(output),
        *arguments,
    ]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def finish(raw: Path, output: Path, *arguments: str) -> dict[str, bytes]:
    process = start(raw, output, *arguments)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return published(output)


def published(output: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.relative_to(output).parts[0] != "work"
    }


def fill(raw: Path, version: str) -> None:
    raw.mkdir(exist_ok=True)
    for number in range(5):
        text = HELLO.replace(b"cooperation", f"cooperation {number} {version if number > 1 else 'same'}".encode())
        (raw / f"{number}.pdf").write_bytes(with_content(text))


def wait_for_replacing(output: Path) -> None:
    """What replaces the files outlives the run; nothing else puts an end to it."""
    deadline = time.monotonic() + 20
    while (output / "work" / "ready").exists():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_thirty_kills(tmp_path: Path) -> None:
    """Between two states of the input, so that a mixture would show."""
    raw, output = tmp_path / "raw", tmp_path / "output"
    fill(raw, "old")
    old = finish(raw, output)
    fill(raw, "new")
    undisturbed = tmp_path / "undisturbed"
    fill(tmp_path / "before", "old")
    assert finish(tmp_path / "before", undisturbed) == old
    began = time.monotonic()
    new = finish(raw, undisturbed)
    duration = time.monotonic() - began
    assert new.keys() == old.keys()
    assert new["blocks.csv"] != old["blocks.csv"]
    moments = random.Random(20251101)
    for _ in range(KILLS):
        process = start(raw, output)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0, duration))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        wait_for_replacing(output)
        assert published(output) in (old, new)
    assert finish(raw, output) == new
    assert sorted(path.name for path in (output / "work").iterdir() if not path.name.startswith(".")) == [
        "extract",
        "index.json",
        "pictures",
        "published.json",
        "resolve",
        "tag",
    ]
    assert not list((output / "work").rglob("*.tmp"))


def test_kills_while_files_are_replaced(tmp_path: Path) -> None:
    """The moment is short, so the run is killed when it comes."""
    raw, output = tmp_path / "raw", tmp_path / "output"
    fill(raw, "old")
    states = [finish(raw, output)]
    for round_ in range(KILLS // 6):
        fill(raw, f"new {round_}")
        process = start(raw, output)
        while process.poll() is None and not (output / "work" / "ready").exists():
            time.sleep(0.0002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        wait_for_replacing(output)
        left = published(output)
        states.append(finish(raw, output))
        assert left in states[-2:]


def test_order_workers_locale_zone_and_hash_seed_change_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "raw", "same")
    other = tmp_path / "other"
    other.mkdir()
    for path in sorted((tmp_path / "raw").iterdir(), reverse=True):
        (other / path.name).write_bytes(path.read_bytes())
        os.utime(other / path.name, (0, 0))
    first = finish(tmp_path / "raw", tmp_path / "a", "--jobs", "1")
    environment = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"}
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        assert finish(other, tmp_path / "b", "--jobs", "5") == first
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
