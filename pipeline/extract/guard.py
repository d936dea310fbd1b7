"""Reads PDFs in child processes with limits on size, memory and time, and hands back plain documents and pictures."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.child import OUT_OF_MEMORY, Reply, Request
from pipeline.extract.picture import Picture
from pipeline.limits import Limits

HEADER_BYTES = 1024
"""A PDF's header ``%PDF-`` stands within its first 1024 bytes (ISO 32000-1, implementation note 13 of PDF 1.7)."""
CHILD = ("-m", "pipeline.extract.child")
"""The child program, as arguments of the Python interpreter."""

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The guard was told to stop; the document was not read."""


class Guard:
    """Reads PDFs, each in a child process of its own. May be used by several threads at once."""

    def __init__(self, limits: Limits, child: tuple[str, ...] = CHILD) -> None:
        self._limits = limits
        self._child = child
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """The document of an open PDF file, of which ``sha256`` is the checksum.

        Raises `BadDocument` with the fitting code where it cannot be read within the limits, `Stopped` after `stop`.
        """
        reply = self._ask(pdf, doc_id=doc_id, source_file=source_file, sha256=sha256)
        if reply.document is None:
            raise BadDocument("crashed", "no reply")
        return reply.document

    def picture(self, pdf: BinaryIO, *, sha256: str, page: int, resolution: int) -> Picture:
        """The picture of a page (from 1) at a resolution in dots per inch, or less where a limit asks for it.

        Raises `BadDocument` and `Stopped` as `read` does.
        """
        reply = self._ask(pdf, doc_id="", source_file="", sha256=sha256, page=page, resolution=resolution)
        if reply.picture is None:
            raise BadDocument("crashed", "no reply")
        return reply.picture

    def _ask(
        self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str, page: int = 0, resolution: int = 0
    ) -> Reply:
        """What a child replies to a request; its problem is raised."""
        self._check(pdf)
        with tempfile.TemporaryFile() as reply, tempfile.TemporaryFile() as complaints:
            request = Request(
                pdf=pdf.fileno(),
                reply=reply.fileno(),
                doc_id=doc_id,
                source_file=source_file,
                sha256=sha256,
                limits=self._limits,
                page=page,
                resolution=resolution,
            )
            code = self._run(request, complaints)
            if code != 0:
                _tell(source_file, complaints)
                raise _ended(code)
            return _replied(reply, source_file, complaints)

    def stop(self) -> None:
        """Ends all children that run; every `read` under way or still to come raises `Stopped`."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _check(self, pdf: BinaryIO) -> None:
        size = os.fstat(pdf.fileno()).st_size
        if size == 0:
            raise BadDocument("empty-file")
        if size > self._limits.file_bytes:
            raise BadDocument("size-limit", f"{size} bytes; file_bytes is {self._limits.file_bytes}")
        if b"%PDF-" not in os.pread(pdf.fileno(), HEADER_BYTES, 0):
            raise BadDocument("not-a-pdf")
        os.lseek(pdf.fileno(), 0, os.SEEK_SET)

    def _run(self, request: Request, complaints: IO[bytes]) -> int:
        """Runs the child to its end and returns its exit code; negative for a signal."""
        command = [sys.executable, *self._child, msgspec.json.encode(request).decode()]
        with self._lock:
            if self._stopped:
                raise Stopped
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                pass_fds=(request.pdf, request.reply),
                env=_environment(),
                # A group of its own, so that nothing the child starts outlives it, and Ctrl-C reaches us first.
                start_new_session=True,
            )
            self._running.add(process)
        try:
            code = process.wait(self._limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise BadDocument("time-limit", f"wall_seconds is {self._limits.wall_seconds}") from None
        finally:
            with self._lock:
                self._running.discard(process)
                _kill(process)
            process.wait()
        if self._stopped:
            raise Stopped
        return code


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
    # Threads of numeric libraries reserve address space for each processor, which would count against the limit.
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **threads, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _ended(code: int) -> BadDocument:
    """What it means that the child ended without a reply."""
    if code == OUT_OF_MEMORY:
        return BadDocument("memory-limit")
    if code == -signal.SIGXCPU:
        return BadDocument("time-limit", "processor time")
    if code == -signal.SIGKILL:
        # Not ours, since a child that we end never gets here: the system ends what takes too much memory.
        return BadDocument("memory-limit", "ended by the system")
    if code < 0:
        return BadDocument("crashed", signal.Signals(-code).name)
    return BadDocument("crashed", f"exit code {code}")


def _replied(reply: IO[bytes], source_file: str, complaints: IO[bytes]) -> Reply:
    reply.seek(0)
    try:
        found = msgspec.json.decode(reply.read(), type=Reply)
    except (msgspec.MsgspecError, UnicodeError):
        raise BadDocument("crashed", "no reply") from None
    if found.code:
        if found.code == "crashed":
            _tell(source_file, complaints)
        raise BadDocument(found.code, found.detail)
    return found


def _tell(source_file: str, complaints: IO[bytes]) -> None:
    """Logs the end of what the child wrote to standard error; only developers want to see it."""
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4000))
    for line in complaints.read().decode(errors="replace").splitlines():
        _log.debug("%s: %s", source_file, line)
