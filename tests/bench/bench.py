"""Times the pipeline against `plain.py` on the same commentaries, as whole processes: ``make bench``.

The two take turns, so that a machine that gets slower or faster in between treats them alike; the ratio of each
round is taken, and the median told.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGES = ("extract", "tag", "resolve", "export")


def papers(source: Path, target: Path, count: int) -> None:
    """That many PDFs: those of a folder over and over, each copy told apart by a comment behind its end."""
    found = sorted(source.glob("*.pdf"))
    target.mkdir(parents=True)
    for number in range(count):
        path = found[number % len(found)]
        (target / f"{number:04}-{path.name}").write_bytes(path.read_bytes() + b"\n%% copy %d\n" % number)


def seconds(*command: str) -> tuple[float, float]:
    """Clock and processor time of a command with all that it starts. Raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, **one_thread})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used


def pipeline(raw: Path, output: Path, jobs: int, command: str = "export") -> tuple[float, float]:
    """Time of a run of the pipeline."""
    options = ("--raw", str(raw), "--output", str(output), "--jobs", str(jobs), "--quiet")
    return seconds(sys.executable, "-m", "pipeline", command, *options)


def main() -> None:
    """Prints the times, the ratios and the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, default=ROOT / "raw", help="folder of PDFs to take (default: raw)")
    parser.add_argument("--count", type=int, default=40, help="number of PDFs (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default: %(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers(asked.raw, folder / "raw", asked.count)
        rounds: list[dict[str, tuple[float, float]]] = []
        for _ in range(asked.rounds):
            for old in ("plain", "1", "2"):
                shutil.rmtree(folder / old, ignore_errors=True)
            plain = (sys.executable, str(ROOT / "tests" / "bench" / "plain.py"), str(folder / "raw"))
            rounds.append(
                {
                    "plain script": seconds(*plain, str(folder / "plain")),
                    "pipeline, 1 job": pipeline(folder / "raw", folder / "1", 1),
                    "pipeline, 2 jobs": pipeline(folder / "raw", folder / "2", 2),
                }
            )
        print(f"{asked.count} PDFs, {asked.rounds} rounds, medians; {os.cpu_count()} processors, {platform.machine()}")
        for what in rounds[0]:
            clock = statistics.median(r[what][0] for r in rounds)
            used = statistics.median(r[what][1] for r in rounds)
            ratio = statistics.median(r["plain script"][0] / r[what][0] for r in rounds)
            print(
                f"{what:<18} {clock:7.1f} s  processor {used:7.1f} s  {ratio:4.2f} times the plain script's throughput"
            )
        staged = folder / "staged"
        for stage in STAGES:
            clock, used = pipeline(folder / "raw", staged, 1, stage)
            print(f"  of which {stage:<9} {clock:7.1f} s  processor {used:7.1f} s")
        clock, used = pipeline(folder / "raw", staged, 1)
        print(f"nothing to do      {clock:7.2f} s")


if __name__ == "__main__":
    main()
