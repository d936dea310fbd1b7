"""Runs on a real scheduler with two workers of this machine: the same results, whatever becomes of the workers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil
import pytest
from distributed import Client

from pipeline.errors import UsageError
from pipeline.limits import Limits
from pipeline.processes import member
from pipeline.processes.cluster import Cluster
from pipeline.processes.servant import Stopped
from pipeline.processes.workers import Settings
from tests.hostile.hostile_files import KINDS, good

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
"""Seconds after which a test has waited long enough, on a machine with much else to do."""


@dataclass
class Machines:
    """A scheduler and its workers, seen by a client of the test's own."""

    address: str
    client: Client

    def workers(self) -> dict[str, int]:
        """Process ids by address."""
        return dict(self.client.run(os.getpid))

    def at_work(self, stage: str) -> list[str]:
        """Addresses of workers that have a task of this stage."""
        found = self.client.processing()
        return [worker for worker, tasks in found.items() if any(task.startswith(stage) for task in tasks)]

    def tasks(self) -> int:
        """Tasks that the scheduler knows."""
        return int(self.client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))

    def children(self) -> list[str]:
        """What the workers' own children run."""
        found: list[str] = []
        for pid in self.workers().values():
            # One that ends while it is looked at runs nothing any more.
            with contextlib.suppress(psutil.NoSuchProcess):
                for child in psutil.Process(pid).children(recursive=True):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        found += [word for word in child.cmdline() if word.startswith("pipeline.")]
        return found


def until(holds: Callable[[], object]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    # As on other machines, the workers know nothing of the run but what its tasks bring.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIPELINE_")}
    environment["PIPELINE_RULES"] = "nowhere"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--scheduler-file", str(file)]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    started = [start("scheduler", "--host", "127.0.0.1", "--port", "0")]
    started.append(start("worker", "--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder)))
    try:
        until(file.exists)
        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            yield Machines(json.loads(file.read_text())["address"], client)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def start(
    raw: Path, output: Path, *arguments: str, stage: str = "extract", cwd: Path = ROOT, **environment: str
) -> subprocess.Popen[str]:
    """A run up to a stage."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", stage, "--raw", str(raw), "--output", str(output), *arguments],
        cwd=cwd,
        env={**os.environ, "PIPELINE_MEMORY_BYTES": "800000000", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], code: int) -> str:
    """What a run said on standard error when it ended with this code."""
    said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == code, said
    return said


def results(output: Path, *folders: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(output)): path.read_bytes()
        for folder in folders
        for path in sorted((output / folder).rglob("*"))
        if path.is_file() and path.name not in ("index.json", "made.json", "published.json", ".lock")
    }


def slow(raw: Path) -> Path:
    """A folder with a PDF that is read for as long as it may."""
    raw.mkdir(exist_ok=True)
    (raw / "slow.pdf").write_bytes(KINDS["million-glyphs"][0]())
    return raw


def test_a_killed_worker_changes_nothing(machines: Machines, sample_output: Path, tmp_path: Path) -> None:
    before = machines.workers()
    # Up to the tables: pages and pictures are made where the run was started.
    command = [sys.executable, "-m", "pipeline", "export", "--output", str(tmp_path), "--cluster", machines.address]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: machines.at_work("tag"))
    (victim, *_) = machines.at_work("tag")
    os.kill(before[victim], signal.SIGKILL)
    assert ended(process, 0) == ""
    found, wanted = results(tmp_path, "."), results(sample_output, ".")
    assert {"documents.csv", "nids.xlsx", "work/resolve/commentary801.json"} <= found.keys()
    assert found == {name: wanted[name] for name in found}
    until(lambda: len(machines.workers()) == 2)
    assert victim not in machines.workers()
    assert machines.tasks() == 0
    until(lambda: not machines.children())


def test_hostile_files_and_own_rules_come_out_as_on_one_machine(machines: Machines, tmp_path: Path) -> None:
    raw, rules = tmp_path / "raw", tmp_path / "rules"
    raw.mkdir()
    rules.mkdir()
    (rules / "mine.toml").write_text('[names.MEETING]\nmy-talks = ["波の対話"]\n', encoding="utf-8")
    (raw / "good.pdf").write_bytes(good(("「波の対話」が開かれた。",)))
    (raw / "same.pdf").write_bytes((raw / "good.pdf").read_bytes())
    for kind in ("bomb", "truncated", "locked", "no-bytes", "nested-arrays"):
        (raw / f"{kind}.pdf").write_bytes(KINDS[kind][0]())
    os.mkfifo(raw / "pipe.pdf")
    said = {}
    for name, where in (("here", ["--jobs", "2"]), ("there", ["--cluster", machines.address])):
        run = start(raw, tmp_path / name, "--quiet", "--rules", str(rules), *where, stage="tag")
        said[name] = ended(run, 3)
    assert said["there"] == said["here"]
    assert said["here"].count("\n") == 6
    there = results(tmp_path / "there", "work/extract", "work/tag")
    assert there == results(tmp_path / "here", "work/extract", "work/tag")
    assert "meeting:my-talks" in there["work/tag/good.json"].decode()


def test_a_document_whose_workers_are_all_lost_is_said_and_done_again(machines: Machines, tmp_path: Path) -> None:
    raw = slow(tmp_path / "raw")

    def allow(failures: int) -> None:
        machines.client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", failures))

    allow(0)
    try:
        process = start(raw, tmp_path / "output", "--cluster", machines.address)
        until(lambda: machines.at_work("extract"))
        os.kill(machines.workers()[machines.at_work("extract")[0]], signal.SIGKILL)
        assert "slow.pdf: The worker that had this PDF was lost" in ended(process, 3)
    finally:
        allow(3)
    (raw / "slow.pdf").write_bytes(good())
    ended(start(raw, tmp_path / "output", "--cluster", machines.address), 0)
    # With nothing to do, no cluster is asked.
    ended(start(raw, tmp_path / "output", "--cluster", "tcp://127.0.0.1:9"), 0)


def test_an_interrupted_run_leaves_nothing_on_the_cluster(machines: Machines, tmp_path: Path) -> None:
    raw = slow(tmp_path / "raw")
    for number in range(8):
        data = (raw / "slow.pdf").read_bytes() + b"\n" * number
        (raw / f"{number}.pdf").write_bytes(data)
    patient = str(int(10 * PATIENCE))
    process = start(
        raw,
        tmp_path / "output",
        "--cluster",
        machines.address,
        PIPELINE_WALL_SECONDS=patient,
        PIPELINE_CPU_SECONDS=patient,
        PIPELINE_MEMORY_BYTES="4000000000",
    )
    until(lambda: machines.tasks() >= 4)
    # More would only wait in memory.
    assert machines.tasks() <= 5
    process.send_signal(signal.SIGINT)
    assert "interrupted" in ended(process, 130)
    assert machines.tasks() == 0
    until(lambda: not machines.children())


def test_no_scheduler_is_said(tmp_path: Path) -> None:
    said = ended(start(ROOT / "raw", tmp_path, "--cluster", "tcp://127.0.0.1:9"), 2)
    assert said.startswith("pipeline: No scheduler answers at tcp://127.0.0.1:9 (")
    assert said.endswith("start one there: python -m dask scheduler\n")
    assert said.count("\n") == 1


@pytest.mark.parametrize("address", ["nonsense://here:1", "tcp://127.0.0.1", "node1"])
def test_an_address_that_is_none_is_said(address: str) -> None:
    place = Cluster(address, Settings(Limits()), (), ())
    with pytest.raises(UsageError, match=f"No scheduler answers at {address} .*Look at the address"):
        place.start()


def test_another_version_is_refused(machines: Machines, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "pipeline" / "tag" / "dates.py").open("a") as file:
        file.write("# newer\n")
    said = ended(start(ROOT / "raw", tmp_path / "output", "--cluster", machines.address, cwd=tmp_path), 2)
    assert "cannot do this run's work: it has other code or rules of tag. All machines" in said
    assert "make setup" in said
    assert not list((tmp_path / "output" / "work" / "extract").glob("*"))


def run_of(**made_of: str) -> member.Run:
    return member.Run("run", Settings(Limits()), (), {**member.made_of(["spacy"]), **made_of})


def test_a_worker_names_what_differs() -> None:
    assert member.refusal(run_of().made_of) == ""
    said = member.refusal(run_of(Python="3.11.0", spacy="1.0").made_of)
    assert said == f"it has Python {sys.version.split()[0]} for 3.11.0, spacy 3.8.18 for 1.0"


def test_a_worker_that_joins_later_refuses_too(monkeypatch: pytest.MonkeyPatch) -> None:
    order = member.Order(run_of(spacy="1.0"), "tag", "a", "a.pdf", "")
    answer = member._Member().do(order, b"{}")
    assert "spacy" in answer.refusal


def test_a_worker_whose_run_is_over_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where its task is under way; another run, which lost its processes with it, goes on."""
    worker, run = member._Member(), run_of()
    found: Iterator[Stopped | member.Answer] = iter([Stopped(), Stopped(), member.Answer(b"done")])

    def done(*_: object) -> member.Answer:
        worker.stop("run")
        answer = next(found)
        if isinstance(answer, Stopped):
            raise answer
        return answer

    monkeypatch.setattr(member, "_done", done)
    other = msgspec.structs.replace(run, name="other")
    answers = [worker.do(member.Order(r, "tag", "a", "a.pdf", ""), b"").document for r in (run, other)]
    assert answers == [b"", b"done"]


def test_a_worker_does_one_document_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of its threads."""
    busy, most = [0], [0]

    def done(*_: object) -> member.Answer:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        time.sleep(0.02)
        busy[0] -= 1
        return member.Answer(b"done")

    monkeypatch.setattr(member, "_done", done)
    worker, order = member._Member(), member.Order(run_of(), "tag", "a", "a.pdf", "")
    threads = [threading.Thread(target=worker.do, args=(order, b"")) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
