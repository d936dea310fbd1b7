"""Reads PDFs in child processes with limits on size, memory and time, and hands back plain documents and pictures."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
from typing import IO, BinaryIO

import msgspec

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.child import OUT_OF_MEMORY, Reply, Request
from pipeline.extract.picture import Picture
from pipeline.limits import Limits
from pipeline.servant import Gone, Servants, Silent, exit_name

HEADER_BYTES = 1024
"""A PDF's header ``%PDF-`` stands within its first 1024 bytes (ISO 32000-1, implementation note 13 of PDF 1.7)."""
CHILD = ("-m", "pipeline.extract.child")
"""The child program, as arguments of the Python interpreter."""

_log = logging.getLogger(__name__)


class Guard:
    """Reads PDFs, each in a child process of its own. May be used by several threads at once."""

    def __init__(self, limits: Limits, child: tuple[str, ...] = CHILD) -> None:
        self._limits = limits
        self._readers = Servants(child)

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """The document of an open PDF file, of which ``sha256`` is the checksum.

        Raises `BadDocument` with the fitting code where it cannot be read within the limits, `pipeline.servant.Stopped`
        after `stop`, OSError where the system has no process or file left.
        """
        reply = self._ask(pdf, doc_id=doc_id, source_file=source_file, sha256=sha256)
        if reply.document is None:
            raise BadDocument("crashed", "no reply")
        return reply.document

    def picture(self, pdf: BinaryIO, *, sha256: str, page: int, resolution: int) -> Picture:
        """The picture of a page (from 1) at a resolution in dots per inch, or less where a limit asks for it.

        Raises as `read` does.
        """
        reply = self._ask(pdf, doc_id="", source_file="", sha256=sha256, page=page, resolution=resolution)
        if reply.picture is None:
            raise BadDocument("crashed", "no reply")
        return reply.picture

    def _ask(
        self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str, page: int = 0, resolution: int = 0
    ) -> Reply:
        """What a child replies to a request; its problem is raised."""
        check(pdf, self._limits)
        with tempfile.TemporaryFile() as reply, tempfile.TemporaryFile() as complaints:
            request = Request(
                doc_id=doc_id,
                source_file=source_file,
                sha256=sha256,
                limits=self._limits,
                page=page,
                resolution=resolution,
            )
            code = self._run(request, [pdf.fileno(), reply.fileno(), complaints.fileno()])
            if code != 0:
                _tell(source_file, complaints)
                raise _ended(code)
            return _replied(reply, source_file, complaints)

    def stop(self) -> None:
        """Ends all children that run; every `read` under way or still to come raises `pipeline.servant.Stopped`."""
        self._readers.stop()

    def _run(self, request: Request, handles: list[int]) -> int:
        """Has a child do it and returns its exit code; negative for a signal."""
        try:
            return int(self._readers.ask(msgspec.json.encode(request), handles, self._limits.wall_seconds))
        except Silent:
            raise BadDocument("time-limit", f"wall_seconds is {self._limits.wall_seconds}") from None
        except Gone as error:
            # The reader itself, which sees no byte of a PDF: something else ended it.
            raise BadDocument("crashed", f"reader: {error}") from None


def check(pdf: BinaryIO, limits: Limits) -> None:
    """Raises `BadDocument` where an open file's size or header shows that it need not be read; rewinds it."""
    size = os.fstat(pdf.fileno()).st_size
    if size == 0:
        raise BadDocument("empty-file")
    if size > limits.file_bytes:
        raise BadDocument("size-limit", f"{size} bytes; file_bytes is {limits.file_bytes}")
    if b"%PDF-" not in os.pread(pdf.fileno(), HEADER_BYTES, 0):
        raise BadDocument("not-a-pdf")
    os.lseek(pdf.fileno(), 0, os.SEEK_SET)


def _ended(code: int) -> BadDocument:
    """What it means that the child ended without a reply."""
    if code == OUT_OF_MEMORY:
        return BadDocument("memory-limit")
    if code == -signal.SIGXCPU:
        return BadDocument("time-limit", "processor time")
    if code == -signal.SIGKILL:
        # Not ours, since a child that we end never gets here: the system ends what takes too much memory.
        return BadDocument("memory-limit", "ended by the system")
    return BadDocument("crashed", exit_name(code))


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
