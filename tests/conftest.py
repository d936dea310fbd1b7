"""What several rooms' tests share."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
# How long an example takes says how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that a run over the samples in ``raw/`` leaves; made once, so do not change it."""
    folder = tmp_path_factory.mktemp("samples") / "output"
    said = subprocess.run(
        [sys.executable, "-m", "pipeline", "all", "--raw", "raw", "--output", str(folder), "--jobs", "1"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert "FontBBox" not in said.stderr
    return folder


def pytest_configure() -> None:
    """Lets Ctrl-C reach what the tests start, also where they run as a shell's background job, which ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
