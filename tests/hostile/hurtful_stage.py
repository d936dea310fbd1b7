"""Stages that do what the test asks for by the document id. Run as a program in the worker's place."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable
from dataclasses import replace

from pipeline.document import Document
from pipeline.processes.workers import main


def hurt(stage: str) -> Callable[[Document], Document]:
    """A stage that hurts in the way that a document's id names."""

    def add(document: Document) -> Document:
        match document.doc_id:
            case "segfault":
                ctypes.string_at(0)
            case "abort":
                os.abort()
            case "exit":
                os._exit(5)
            case "killed":
                os.kill(os.getpid(), 9)
            case "raise":
                raise ValueError("/a/path/that/nobody/should/see")
            case "recurse":
                return add(document)
            case "bomb":
                bytearray(1 << 40)
            case "hang":
                time.sleep(60)
            case "pid":
                return replace(document, raw=str(os.getpid()))
            case _:
                pass
        return replace(document, raw=f"{document.raw}+{stage}")

    return add


if __name__ == "__main__":
    main({stage: hurt(stage) for stage in ("tag", "resolve")})
