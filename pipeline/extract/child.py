"""The process that opens a PDF: ``python -m pipeline.extract.child``, started by `pipeline.extract.guard` alone.

It sets its own limits before any library that reads PDFs is imported, reads the PDF from one inherited file
descriptor and writes a `Reply` to another. Standard output belongs to no one, since a library may print to it.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import logging
import os
import resource
import sys
import traceback
import warnings
from collections.abc import Callable

import msgspec

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.picture import Picture, render
from pipeline.limits import Limits

OUT_OF_MEMORY = 77
"""Exit code of a child that had not even the memory to reply."""

Extract = Callable[[bytes, "Request"], Document]


class Request(msgspec.Struct, frozen=True):
    """What the child is to do; its one argument, as JSON. ``pdf`` and ``reply`` are inherited file descriptors.

    A ``page`` (from 1) asks for its picture at ``resolution`` (dots per inch); 0 asks for the document.
    """

    pdf: int
    reply: int
    doc_id: str
    source_file: str
    sha256: str
    limits: Limits
    page: int = 0
    resolution: int = 0


class Reply(msgspec.Struct, frozen=True):
    """What the child hands back: a document, a picture, or the code of a problem with its detail."""

    document: Document | None = None
    picture: Picture | None = None
    code: str = ""
    detail: str = ""


def main(extract: Extract | None = None) -> int:
    """Does what the request in ``sys.argv[1]`` says; ``extract`` takes the place of the real reading in tests."""
    request = msgspec.json.decode(sys.argv[1], type=Request)
    _confine(request.limits)
    # A page is many small objects that live as long as it does: looking through them often only takes time.
    gc.set_threshold(50_000, 20, 20)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    reply = msgspec.json.encode(_reply(request, extract or _extract))
    if len(reply) > request.limits.result_bytes:
        reply = msgspec.json.encode(Reply(code="size-limit", detail=f"result_bytes is {request.limits.result_bytes}"))
    with os.fdopen(request.reply, "wb") as out:
        out.write(reply)
    return 0


def _reply(request: Request, extract: Extract) -> Reply:
    try:
        with os.fdopen(request.pdf, "rb") as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != request.sha256:
            return Reply(code="unreadable-file", detail="it changed while it was read")
        if request.page:
            return Reply(picture=render(data, request.page, request.resolution, request.limits))
        return Reply(document=extract(data, request))
    except BadDocument as error:
        if _out_of_memory(error):
            return Reply(code="memory-limit")
        return Reply(code=error.code, detail=error.detail)
    except MemoryError:
        return Reply(code="memory-limit")
    except Exception as error:
        if _out_of_memory(error):
            return Reply(code="memory-limit")
        # Whatever a stranger's file makes the libraries raise is a fault of this one document.
        traceback.print_exc()
        return Reply(code="crashed", detail=type(error).__name__)


def _out_of_memory(error: BaseException | None) -> bool:
    """Whether an error comes from one of memory, which the libraries wrap in errors of their own."""
    while error is not None:
        if isinstance(error, MemoryError) or any(isinstance(part, MemoryError) for part in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _extract(data: bytes, request: Request) -> Document:
    from pipeline.extract import extract  # noqa: PLC0415 - only after the limits stand

    return extract(
        data, doc_id=request.doc_id, source_file=request.source_file, sha256=request.sha256, limits=request.limits
    )


def _confine(limits: Limits) -> None:
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, limits.result_bytes, limits.result_bytes),
        # The soft limit's signal says why the child ended; the hard one is for a child that ignores it.
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 5),
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
    ):
        # Some systems know a limit by name only, or allow less than is asked for.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
