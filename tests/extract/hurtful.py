"""A stand-in for the reading child that does what the test asks for by the document id. Run as a program."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.child import Request, main
from pipeline.extract.picture import Sheet
from pipeline.limits import Limits


def extract(data: bytes, request: Request) -> Document:  # noqa: PLR0912 - one branch for each way to hurt
    """Hurts in the way that ``request.doc_id`` names."""
    print("a library that prints to standard output")
    print("and one that complains", file=sys.stderr)
    match request.doc_id.split("+"):
        case ["hang"]:
            time.sleep(60)
        case ["hang-with-child", path]:
            child = subprocess.Popen(["sleep", "60"])
            Path(path).write_text(str(child.pid))
            time.sleep(60)
        case ["spin"]:
            while True:
                pass
        case ["bomb"]:
            held = [bytes(1 << 20)]
            while True:
                held.append(held[-1] * 2)
        case ["wrapped-bomb"]:
            try:
                bytearray(1 << 40)
            except MemoryError as error:
                raise BadDocument("damaged") from ValueError(error)
        case ["segfault"]:
            ctypes.string_at(0)
        case ["abort"]:
            os.abort()
        case ["killed"]:
            os.kill(os.getpid(), 9)
        case ["exit"]:
            os._exit(5)
        case ["no-reply"]:
            os._exit(0)
        case ["orphans", path]:
            # Children in sessions of their own, whose parent is gone: no group and no parent leads to them.
            for _ in range(3):
                if not os.fork():
                    os.setsid()
                    if os.fork():
                        os._exit(0)
                    with Path(path).open("a") as file:
                        file.write(f"{os.getpid()}\n")
                    time.sleep(60)
            os.wait()
            time.sleep(0.5)
        case ["bad"]:
            raise BadDocument("encrypted", "as the test wants")
        case ["raise"]:
            raise ValueError("/a/path/that/nobody/should/see")
        case ["long"]:
            return Document(request.doc_id, request.source_file, request.sha256, raw="あ" * 100_000)
        case _:
            pass
    return Document(request.doc_id, request.source_file, request.sha256, raw=data.decode())


def draw(data: bytes, first: int, limits: Limits) -> Iterator[Sheet]:
    """Draws, or hurts on, the pages that the words behind the header stand for."""
    pages = data.decode().split()[1:]
    if "unopened" in pages:
        ctypes.string_at(0)
    yield Sheet(0, len(pages))
    for number, page in enumerate(pages[first - 1 :], first):
        match page:
            case "segfault":
                ctypes.string_at(0)
            case "hang":
                time.sleep(60)
            case "raise":
                raise ValueError
        yield Sheet(number, len(pages), page.encode())


if __name__ == "__main__":
    main(extract, draw)
