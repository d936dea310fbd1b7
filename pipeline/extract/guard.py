"""Reads PDFs in child processes with limits on size, memory and time, and hands back plain documents and pictures."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO

import msgspec

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.child import OUT_OF_MEMORY, Reply, Request
from pipeline.extract.picture import Picture, Sheet
from pipeline.limits import Limits
from pipeline.processes.servant import Gone, Servants, Silent, exit_name

HEADER_BYTES = 1024
"""A PDF's header ``%PDF-`` stands within its first 1024 bytes (ISO 32000-1, implementation note 13 of PDF 1.7)."""
CHILD = ("-m", "pipeline.extract.child")
"""The child program, as arguments of the Python interpreter."""
LOST_PAGES = 3
"""Pages without a picture after which a PDF is given up, since each may take as long as the limits let it."""

_log = logging.getLogger(__name__)


class Guard:
    """Reads PDFs, each in a child process of its own. May be used by several threads at once."""

    def __init__(self, limits: Limits, child: tuple[str, ...] = CHILD) -> None:
        self._limits = limits
        self._readers = Servants(child)

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """The document of an open PDF file, of which ``sha256`` is the checksum.

        Raises `BadDocument` with the fitting code where it cannot be read within the limits, `Stopped` of
        `pipeline.processes.servant` after `stop`, OSError where the system has no process or file left.
        """
        request = Request(doc_id=doc_id, source_file=source_file, sha256=sha256, limits=self._limits)
        (reply,) = self._ask(pdf, request)
        if reply.document is None:
            raise BadDocument("crashed", "no reply")
        return reply.document

    def picture(self, pdf: BinaryIO, *, sha256: str, page: int, resolution: int) -> Picture:
        """The picture of a page (from 1) at a resolution in dots per inch, or less where a limit asks for it.

        Raises as `read` does.
        """
        request = Request(
            doc_id="", source_file="", sha256=sha256, limits=self._limits, page=page, resolution=resolution
        )
        (reply,) = self._ask(pdf, request)
        if reply.picture is None:
            raise BadDocument("crashed", "no reply")
        return reply.picture

    def sheets(self, pdf: BinaryIO, *, source_file: str, sha256: str) -> Iterator[Sheet]:
        """Every page of an open PDF file as it is printed, in order, as they come.

        A page on which its child ends has a sheet that says why, and another child goes on behind it; after
        `LOST_PAGES` of them no other page is tried. Raises as `read` does where the file cannot be opened.
        """
        page, pages, lost = 1, None, 0
        while pages is None or page <= pages:
            first, reason = page, "no reply"
            request = Request(doc_id="", source_file=source_file, sha256=sha256, limits=self._limits, page=first)
            try:
                for reply in self._ask(pdf, request):
                    if reply.sheet is not None:
                        pages = reply.sheet.pages
                        if reply.sheet.page:
                            page = reply.sheet.page + 1
                            yield reply.sheet
            except BadDocument as error:
                reason = error.detail or error.code
                if pages is None:
                    raise
            if pages is None:
                raise BadDocument("crashed", "no reply")
            if page == first and page <= pages:
                lost += 1
                if lost == LOST_PAGES:
                    reason += "; pages after it were not tried"
                yield Sheet(page, pages, code="no-picture", detail=reason)
                page = page + 1 if lost < LOST_PAGES else pages + 1

    def stop(self) -> None:
        """Ends all children that run; every `read` under way or to come raises `pipeline.processes.servant.Stopped`."""
        self._readers.stop()

    def _ask(self, pdf: BinaryIO, request: Request) -> Iterator[Reply]:
        """What a child replies, line by line; the problem that ended it is raised behind them."""
        check(pdf, self._limits)
        with tempfile.TemporaryFile() as reply, tempfile.TemporaryFile() as complaints:
            ended = None
            try:
                code = self._run(request, [pdf.fileno(), reply.fileno(), complaints.fileno()])
                if code != 0:
                    ended = _ended(code)
            except BadDocument as error:
                ended = error
            try:
                yield from _replied(reply)
            except BadDocument as error:
                # A line that was cut is the work of what ended the child.
                ended = ended or error
            if ended is not None:
                if ended.code == "crashed":
                    _tell(request.source_file, complaints)
                raise ended

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


def _replied(reply: IO[bytes]) -> Iterator[Reply]:
    """The lines that the child wrote, at least one; a problem among them is raised."""
    reply.seek(0)
    line = None
    for line in reply:
        try:
            found = msgspec.json.decode(line, type=Reply)
        except (msgspec.MsgspecError, UnicodeError):
            raise BadDocument("crashed", "no reply") from None
        if found.code:
            raise BadDocument(found.code, found.detail)
        yield found
    if line is None:
        raise BadDocument("crashed", "no reply")


def _tell(source_file: str, complaints: IO[bytes]) -> None:
    """Logs the end of what the child wrote to standard error; only developers want to see it."""
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4000))
    for line in complaints.read().decode(errors="replace").splitlines():
        _log.debug("%s: %s", source_file, line)
