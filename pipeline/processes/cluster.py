"""Runs stages on a Dask cluster: a task a document and stage, bytes to the worker, bytes back.

What is done, and its keys and bytes, are the same as on one machine. The worker's side is `member`. The only
user of Dask; whoever can reach a scheduler can run code on it, so it belongs into a network of one's own.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError
from typing import BinaryIO, TypeVar

import dask
import msgspec
from distributed import Client, Future, KilledWorker
from distributed.comm.addressing import get_address_host_port
from distributed.comm.core import CommClosedError

from pipeline.document import Document, from_json, to_json
from pipeline.errors import BadDocument, UsageError, problem
from pipeline.extract.guard import check
from pipeline.processes import member
from pipeline.processes.servant import Stopped
from pipeline.processes.workers import Settings

_log = logging.getLogger(__name__)

CONNECT_SECONDS = 10.0
"""Clock time in which a scheduler must answer."""
WORKER_SECONDS = 60.0
"""Clock time for which a run bears having no worker, since one may be about to start."""
TRIES = 2
"""Times that a task is done again after an error of its worker's machine, such as a full disk.

How often one is done again whose worker was lost is the scheduler's setting ``allowed-failures`` (3).
"""
_LOOK_SECONDS = 2.0
"""Clock time after which the workers are counted again."""

_GONE = (CancelledError, CommClosedError, OSError)
"""What Dask's client raises where its scheduler cannot be reached; a TimeoutError is an OSError."""
_FOREIGN = (ImportError, AttributeError)
"""What is raised where a task's function is looked up in vain."""
_Result = TypeVar("_Result")


class _Lost(Exception):
    """No worker came to the end of a task; says what happened instead."""


class Cluster:
    """The workers of the scheduler at an address (``tcp://HOST:PORT``) as a `places.Place`."""

    most = 1000

    def __init__(
        self, address: str, settings: Settings, rules: Iterable[tuple[str, str]], packages: Iterable[str]
    ) -> None:
        """``rules`` are names and texts of the user's rule files; ``packages`` those whose versions must agree."""
        self._address = address
        self._limits = settings.limits
        self._run = member.Run(uuid.uuid4().hex, settings, tuple(rules), member.made_of(packages))
        self._client: Client | None = None
        self._stopped = False
        self._tasks: set[Future[bytes]] = set()
        self._tasks_lock = threading.Lock()
        self._workers: dict[str, int] = {}
        self._workers_lock = threading.Lock()
        self._counted = self._seen = 0.0

    def start(self) -> None:
        """Connects, waits for a worker, and looks whether all machines have the same program. Raises `UsageError`."""
        if self._client:
            return
        self._connect()
        self._seen = time.monotonic()
        if not self._count():
            _log.warning("The scheduler has no worker; waiting up to %d s for one", WORKER_SECONDS)
        while not self._count():
            time.sleep(_LOOK_SECONDS)
        for worker, threads in self._workers.items():
            if threads > 1:
                advice = f"start it with --nthreads 1 --nworkers {threads}"
                _log.warning("%s has %d threads but does one PDF at a time: %s", worker, threads, advice)
        made_of = self._run.made_of
        _check("scheduler", self._told(lambda client: _or_error(client.run_on_scheduler, member.refusal, made_of)))
        refusals = self._told(lambda client: client.run(member.refusal, made_of, on_error="return"))
        for worker, refusal in refusals.items():
            _check(f"worker {worker}", refusal)

    def _connect(self) -> None:
        for name in ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        # A task with a large PDF is no mistake.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        try:
            get_address_host_port(self._address)
            self._client = Client(self._address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (*_GONE, ValueError) as error:
            raise UsageError(
                f"No scheduler answers at {self._address} ({_reason(error)}). Look at the address, or start one there: "
                "python -m dask scheduler"
            ) from None

    def at_once(self) -> int:
        """Two documents a worker, so that none waits for its next, and no more, so that they take little memory."""
        return max(1, 2 * len(self._count()))

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """The document of an open PDF; see `places.Place`."""
        check(pdf, self._limits)
        try:
            answer = self._ask(member.Order(self._run, "extract", doc_id, source_file, sha256), pdf.read())
        except _Lost as error:
            raise BadDocument("worker-lost", str(error)) from None
        if answer.code:
            raise BadDocument(answer.code, answer.detail)
        return from_json(answer.document)

    def add(self, stage: str, document: Document) -> Document:
        """The document with what the stage adds; see `places.Place`."""
        order = member.Order(self._run, stage, document.doc_id, document.source_file, document.sha256)
        try:
            return from_json(self._ask(order, to_json(document)).document)
        except _Lost as error:
            return document.with_problems(problem("worker-lost", stage, detail=f"{stage}: {error}"))

    def stop(self) -> None:
        """Takes back every task, ends what workers do for this run, and takes leave."""
        with self._tasks_lock:
            self._stopped = True
            client, self._client = self._client, None
            tasks = list(self._tasks)
        if client is None:
            return
        try:
            client.cancel(tasks)
            client.run(member.stop, self._run.name, on_error="ignore")
        except (*_GONE, RuntimeError, ValueError) as error:
            _log.debug("leaving the cluster: %s", _reason(error))
        finally:
            with contextlib.suppress(*_GONE):
                client.close(CONNECT_SECONDS)

    def _ask(self, order: member.Order, given: bytes) -> member.Answer:
        with self._tasks_lock:
            if self._stopped or not self._client:
                raise Stopped
            # The bytes go with the task and not apart from it: what a lost worker held, another gets again.
            task: Future[bytes] = self._client.submit(
                *(member.work, msgspec.msgpack.encode(order), given),
                key=f"{order.stage}-{uuid.uuid4()}",
                retries=TRIES,
                pure=False,
            )
            self._tasks.add(task)
        try:
            answer = msgspec.msgpack.decode(self._result(task), type=member.Answer)
        finally:
            with self._tasks_lock:
                self._tasks.discard(task)
            task.release()
        _check(f"worker {answer.worker}", answer.refusal)
        return answer

    def _result(self, task: Future[bytes]) -> bytes:
        while True:
            try:
                return task.result(_LOOK_SECONDS)
            except Exception as error:
                if self._stopped:
                    raise Stopped from None
                if task.status == "error":
                    raise _failed(error) from None
                if not isinstance(error, TimeoutError):
                    raise self._gone(error) from None
            self._count()

    def _count(self) -> dict[str, int]:
        """Threads by worker, as they were a moment ago. Raises `UsageError` where there has been none for long."""
        with self._workers_lock:
            now = time.monotonic()
            if now - self._counted >= _LOOK_SECONDS:
                self._workers = self._told(lambda client: client.nthreads())
                self._counted = now
                if self._workers:
                    self._seen = now
                elif now - self._seen > WORKER_SECONDS:
                    raise UsageError(
                        f"The scheduler at {self._address} has no worker. What is done so far is kept. Start workers: "
                        f"python -m dask worker {self._address} --nthreads 1"
                    )
            return self._workers

    def _told(self, ask: Callable[[Client], _Result]) -> _Result:
        client = self._client
        if client is None:
            raise Stopped
        try:
            return ask(client)
        except Exception as error:
            raise (Stopped() if self._stopped else self._gone(error)) from None

    def _gone(self, error: Exception) -> UsageError:
        return UsageError(
            f"The scheduler at {self._address} was lost ({_reason(error)}). What is done so far is kept. Run again "
            "when it is back."
        )


def _failed(error: Exception) -> Exception:
    """What it means that a task ended with an error, however often it was tried."""
    if isinstance(error, KilledWorker):
        return _Lost(f"{error.allowed_failures + 1} workers")
    if isinstance(error, _FOREIGN):
        return _refused("A worker", _foreign(error))
    return _Lost(_reason(error))


def _or_error(ask: Callable[..., object], *arguments: object) -> object:
    try:
        return ask(*arguments)
    except _FOREIGN as error:
        return error


def _check(where: str, refusal: object) -> None:
    """Raises `UsageError` where a machine refused, or could not even say whether it does."""
    if refusal:
        raise _refused(f"The {where}", _foreign(refusal) if isinstance(refusal, Exception) else str(refusal))


def _foreign(error: Exception) -> str:
    return f"it cannot load this program: {_reason(error)}"


def _refused(who: str, why: str) -> UsageError:
    return UsageError(
        f"{who} cannot do this run's work: {why}. All machines of a cluster need the same version of this program: "
        "check it out there, `make setup`, start that process again in its folder."
    )


def _reason(error: Exception) -> str:
    if isinstance(error, CancelledError):
        return "its connection broke"
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
