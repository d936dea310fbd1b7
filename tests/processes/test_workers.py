"""Nothing that a stage does to its process ends the run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.document import Block, Document
from pipeline.errors import UsageError
from pipeline.limits import MIB, Limits
from pipeline.processes.servant import Stopped
from pipeline.processes.workers import Settings, Workers

HURTFUL = (str(Path(__file__).parents[1] / "hostile" / "hurtful_stage.py"),)
LIMITS = Limits(stage_seconds=2, stage_memory_bytes=1024 * MIB)


def document(doc_id: str) -> Document:
    return Document(doc_id, f"{doc_id}.pdf", "", raw="text", blocks=(Block("b", "paragraph", "text", ((0, 4),)),))


@pytest.fixture
def workers() -> Iterator[Workers]:
    found = Workers(Settings(LIMITS), HURTFUL)
    yield found
    found.stop()


def test_a_stage_adds_to_a_document(workers: Workers) -> None:
    assert workers.add("tag", document("fine")).raw == "text+tag"
    assert workers.add("resolve", document("fine")).raw == "text+resolve"


@pytest.mark.parametrize(
    ("name", "code", "detail"),
    [
        ("segfault", "stage-failed", "tag: SIGSEGV"),
        ("abort", "stage-failed", "tag: SIGABRT"),
        ("exit", "stage-failed", "tag: exit code 5"),
        ("raise", "stage-failed", "tag: ValueError"),
        ("recurse", "stage-failed", "tag: RecursionError"),
        ("killed", "memory-limit", "tag: ended by the system"),
        ("bomb", "memory-limit", "tag: MemoryError"),
        ("hang", "time-limit", "tag: stage_seconds is 2"),
    ],
)
def test_a_hurtful_document_is_a_problem_and_the_next_is_done(
    workers: Workers, name: str, code: str, detail: str
) -> None:
    (found,) = workers.add("tag", document(name)).problems
    assert (found.stage, found.code) == ("tag", code)
    assert found.message.endswith(f"({detail})")
    assert workers.add("tag", document("fine")).raw == "text+tag"


def test_one_process_serves_many_documents(workers: Workers) -> None:
    first, second = (workers.add("tag", document("pid")).raw for _ in range(2))
    assert first == second
    assert int(first) != os.getpid()


def test_a_process_is_replaced_before_its_memory_grows() -> None:
    workers = Workers(Settings(LIMITS), HURTFUL, lifetime=2)
    pids = [workers.add("tag", document("pid")).raw for _ in range(5)]
    workers.stop()
    assert [pids.index(pid) for pid in pids] == [0, 0, 2, 2, 4]


def test_a_stage_that_cannot_start_ends_the_run_with_what_to_do(workers: Workers) -> None:
    with pytest.raises(UsageError, match="make setup"):
        workers.add("missing", document("fine"))


def test_stopped_workers_do_nothing_more(workers: Workers) -> None:
    workers.stop()
    with pytest.raises(Stopped):
        workers.add("tag", document("fine"))
