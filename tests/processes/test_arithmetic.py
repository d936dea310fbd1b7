"""Each process counts alone, and with the kernels that the processor can run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.processes import arithmetic

FLAGS = "fpu avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl"


@pytest.fixture
def processors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cpuinfo"
    monkeypatch.setattr(arithmetic, "_PROCESSORS", path)
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    return path


@pytest.mark.parametrize(("flags", "kernels"), [(FLAGS, "SkylakeX"), (FLAGS.replace("avx512vl", ""), None), ("", None)])
def test_kernels_are_named_where_the_processor_can_run_them(processors: Path, flags: str, kernels: str | None) -> None:
    processors.write_text(f"processor : 0\nflags\t\t: {flags}\n\nprocessor : 1\n")
    assert arithmetic.settings().get("OPENBLAS_CORETYPE") == kernels


def test_a_system_that_does_not_tell_is_left_alone(processors: Path) -> None:
    assert "OPENBLAS_CORETYPE" not in arithmetic.settings()


def test_what_the_user_set_stays_but_threads_are_one(processors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processors.write_text(f"flags : {FLAGS}\n")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    found = arithmetic.settings()
    assert "OPENBLAS_CORETYPE" not in found
    assert found["OMP_NUM_THREADS"] == "1"
