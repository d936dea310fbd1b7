"""The process that opens PDFs: ``python -m pipeline.extract.child``, started by `pipeline.extract.guard` alone.

It imports what reads PDFs once, and forks for each PDF a process that sets its own limits before it sees a byte of the
file, reads the PDF from one inherited file descriptor and writes a `Reply` to another. Standard output belongs to no
one, since a library may print to it.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import socket
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator

import msgspec

from pipeline.document import Document
from pipeline.errors import BadDocument, out_of_memory
from pipeline.extract.picture import Picture, Sheet, render, sheets
from pipeline.limits import Limits
from pipeline.processes.serving import adopt_orphans, confine, serve, wait_for_child

OUT_OF_MEMORY = 77
"""Exit code of a child that had not even the memory to reply."""

Extract = Callable[[bytes, "Request"], Document]
Draw = Callable[[bytes, int, Limits], Iterator[Sheet]]
Answer = Callable[[bytes, "Request"], Iterator["Reply"]]


class Request(msgspec.Struct, frozen=True):
    """What is to be done; the open PDF, a file for the reply and one for standard error come with it.

    A ``page`` (from 1) asks for its picture at ``resolution`` (dots per inch), without one for the sheets of this page
    and all after it; 0 asks for the document.
    """

    doc_id: str
    source_file: str
    sha256: str
    limits: Limits
    page: int = 0
    resolution: int = 0


class Reply(msgspec.Struct, frozen=True):
    """A line of what the child hands back: a document, a picture, or the code of a problem with its detail.

    Sheets are a line each, written as they are drawn, so that those before a page that ends the child are not lost.
    """

    document: Document | None = None
    picture: Picture | None = None
    sheet: Sheet | None = None
    code: str = ""
    detail: str = ""


def main(extract: Extract | None = None, draw: Draw = sheets) -> None:
    """Serves on the socket whose number is ``sys.argv[1]``; tests give other ways to read and draw."""
    read = extract or _extract()

    def answer(data: bytes, request: Request) -> Iterator[Reply]:
        if not request.page:
            yield Reply(document=read(data, request))
        elif request.resolution:
            yield Reply(picture=render(data, request.page, request.resolution, request.limits))
        else:
            yield from (Reply(sheet=sheet) for sheet in draw(data, request.page, request.limits))

    # What is there before the fork is shared with all children; collecting would only copy it.
    gc.collect()
    gc.freeze()
    adopt_orphans()
    serve(lambda message, handles, line: _forked(message, handles, line, answer), int(sys.argv[1]))


def _forked(message: bytes, handles: list[int], line: socket.socket, answer: Answer) -> bytes:
    """Reads a PDF in a child; answers the child's exit code."""
    pid = os.fork()
    if pid:
        return str(wait_for_child(pid, line)).encode()
    code = 1
    try:
        os.setsid()
        line.close()
        pdf, reply, complaints = handles
        os.dup2(complaints, 2)
        _work(msgspec.json.decode(message, type=Request), pdf, reply, answer)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        os._exit(code)


def _work(request: Request, pdf: int, handle: int, answer: Answer) -> None:
    _confine(request.limits)
    # A page is many small objects that live as long as it does: looking through them often only takes time.
    gc.set_threshold(50_000, 20, 20)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    left = request.limits.result_bytes
    with os.fdopen(handle, "wb") as out:
        for reply in _replies(request, pdf, answer):
            line = msgspec.json.encode(reply) + b"\n"
            left -= len(line)
            if left < 0:
                found = Reply(code="size-limit", detail=f"result_bytes is {request.limits.result_bytes}")
                line = msgspec.json.encode(found) + b"\n"
            out.write(line)
            out.flush()
            if left < 0:
                return


def _replies(request: Request, pdf: int, answer: Answer) -> Iterator[Reply]:
    """What is answered, and at its end the problem that ended it, if any."""
    try:
        with os.fdopen(pdf, "rb") as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != request.sha256:
            yield Reply(code="unreadable-file", detail="it changed while it was read")
            return
        yield from answer(data, request)
    except BadDocument as error:
        yield Reply(code="memory-limit") if out_of_memory(error) else Reply(code=error.code, detail=error.detail)
    except MemoryError:
        yield Reply(code="memory-limit")
    except Exception as error:
        if out_of_memory(error):
            yield Reply(code="memory-limit")
            return
        # Whatever a stranger's file makes the libraries raise is a fault of this one document.
        traceback.print_exc()
        yield Reply(code="crashed", detail=type(error).__name__)


def _extract() -> Extract:
    from pipeline.extract.read import extract  # noqa: PLC0415 - tests do without

    return lambda data, request: extract(
        data, doc_id=request.doc_id, source_file=request.source_file, sha256=request.sha256, limits=request.limits
    )


def _confine(limits: Limits) -> None:
    confine(
        {
            "CORE": 0,
            "FSIZE": limits.result_bytes,
            # The soft limit's signal says why the child ended; the hard one is for a child that ignores it.
            "CPU": (limits.cpu_seconds, limits.cpu_seconds + 5),
            "AS": limits.memory_bytes,
        }
    )
    sys.setrecursionlimit(limits.nesting)


if __name__ == "__main__":
    main()
