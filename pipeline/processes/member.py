"""What a worker of a cluster does for `cluster`: takes bytes, gives bytes, and knows no files of the run.

It does the work in the same guarded processes as one machine alone, started by `subprocess`, since a worker may be a
daemonic process, which is allowed no other. One document at a time, however many threads the worker has: so there is
one language model a worker.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path

import msgspec
from distributed import get_worker

from pipeline.document import from_json, to_json
from pipeline.errors import BadDocument, UsageError
from pipeline.extract.guard import Guard
from pipeline.processes.servant import Stopped
from pipeline.processes.workers import Settings, Workers
from pipeline.store import fingerprint, package_version

ROOMS = ("extract", "tag", "resolve", "processes")
"""Code that works in a cluster, besides what every stage uses."""


class Run(msgspec.Struct, frozen=True):
    """What all tasks of a run have in common.

    ``name`` is no other run's; ``rules`` are names and texts of the user's rule files; ``made_of`` says what the
    results hang on, which must be the same on every machine, since their keys say so.
    """

    name: str
    settings: Settings
    rules: tuple[tuple[str, str], ...]
    made_of: dict[str, str]


class Order(msgspec.Struct, frozen=True):
    """A task: a stage, and the PDF that it is about; the PDF's or the document's bytes come with it."""

    run: Run
    stage: str
    doc_id: str
    source_file: str
    sha256: str


class Answer(msgspec.Struct, frozen=True):
    """What comes of a task: a document as JSON, or the code of a problem, or why this ``worker`` can do nothing."""

    document: bytes = b""
    code: str = ""
    detail: str = ""
    refusal: str = ""
    worker: str = ""


def made_of(packages: Iterable[str]) -> dict[str, str]:
    """What results made here hang on: Python and packages by version, rooms by the key of their code and rules."""
    versions = {package: package_version(package) for package in sorted(packages)}
    return {"Python": sys.version.split()[0], **versions, **{_code(room): fingerprint(room, ()) for room in ROOMS}}


def _code(room: str) -> str:
    return f"the code or rules of {room}"


_IMPORTED = made_of(())
"""The code that this process runs, though the files may change later."""


def refusal(wanted: dict[str, str]) -> str:
    """In what this worker differs from what a run is made of; empty where it may work for it."""
    now = made_of(set(wanted) - _IMPORTED.keys())
    differing = [
        f"{what} {now[what]} for {value}" if "code" not in what else f"other {what.removeprefix('the ')}"
        for what, value in wanted.items()
        if now[what] != value
    ]
    if not differing and any(value != wanted.get(what) for what, value in _IMPORTED.items()):
        return "it was started with older code"
    return f"it has {', '.join(differing)}" if differing else ""


class _Desk:
    """The processes that work for runs of the same settings, rules and code. Raises OSError."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._rules = tempfile.TemporaryDirectory()
        for name, text in run.rules:
            Path(self._rules.name, name).write_text(text, encoding="utf-8")
        self.guard = Guard(run.settings.limits)
        self.workers = Workers(msgspec.structs.replace(run.settings, rules=self._rules.name if run.rules else ""))

    def serves(self, run: Run) -> bool:
        return msgspec.structs.replace(run, name=self._run.name) == self._run

    def stop(self) -> None:
        self.guard.stop()
        self.workers.stop()
        self._rules.cleanup()


class _Member:
    """This process: its desk, the run that it works for just now, and those that are over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._desk: _Desk | None = None
        self._working_for = ""
        self._over: set[str] = set()

    def do(self, order: Order, given: bytes) -> Answer:
        with self._lock:
            self._working_for = order.run.name
            try:
                while True:
                    if not self._desk or not self._desk.serves(order.run):
                        self._leave()
                        reason = refusal(order.run.made_of)
                        if reason:
                            return Answer(refusal=reason)
                        self._desk = _Desk(order.run)
                    # Looked up when there is a desk, since `stop` looks for one when it has said so.
                    if order.run.name in self._over:
                        return Answer()
                    try:
                        return _done(self._desk, order, given)
                    except Stopped:
                        # By this run or by one before that had the same desk.
                        self._leave()
            finally:
                self._working_for = ""

    def stop(self, run: str) -> None:
        """Ends the processes at once where they work for this run, or for none."""
        self._over.add(run)
        if self._lock.acquire(blocking=False):
            try:
                self._leave()
            finally:
                self._lock.release()
            return
        desk = self._desk
        if self._working_for == run and desk:
            desk.stop()

    def _leave(self) -> None:
        if self._desk:
            self._desk.stop()
            self._desk = None


def _done(desk: _Desk, order: Order, given: bytes) -> Answer:
    if order.stage != "extract":
        try:
            return Answer(to_json(desk.workers.add(order.stage, from_json(given))))
        except UsageError as error:
            return Answer(refusal=str(error))
    with tempfile.TemporaryFile() as pdf:
        pdf.write(given)
        pdf.flush()
        try:
            found = desk.guard.read(pdf, doc_id=order.doc_id, source_file=order.source_file, sha256=order.sha256)
        except BadDocument as error:
            return Answer(code=error.code, detail=error.detail)
        return Answer(to_json(found))


_member = _Member()


def work(order: bytes, given: bytes) -> bytes:
    """Does an `Order` (MessagePack) on the bytes of a PDF or document; returns an `Answer` (MessagePack).

    Raises OSError where the machine has no process or file left.
    """
    answer = _member.do(msgspec.msgpack.decode(order, type=Order), given)
    if answer.refusal:
        answer = msgspec.structs.replace(answer, worker=get_worker().address)
    return msgspec.msgpack.encode(answer)


def stop(run: str) -> None:
    """Ends what this worker does for a run; one that works for another goes on. Returns at once."""
    thread = threading.Thread(target=_member.stop, args=(run,), daemon=True)
    with contextlib.suppress(RuntimeError):
        thread.start()
