"""Runs the stages behind extraction in long-lived processes, which are replaced when a document ends them.

The model takes seconds to load, so a process keeps it for many documents; native code under it may crash or hang on
any text, so no process that must survive loads it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import msgspec

from pipeline.document import Document, Problem, from_json, to_json
from pipeline.errors import UsageError, problem
from pipeline.limits import Limits
from pipeline.processes.servant import Gone, Servants, Silent, Unable
from pipeline.processes.serving import confine, serve
from pipeline.rules import engine

log = logging.getLogger(__name__)

PROGRAM = ("-m", "pipeline.processes.workers")
"""The worker's program, as arguments of the Python interpreter."""


LIFETIME = 2000
"""Answers after which a worker is replaced: the model keeps every word it meets, up to 0.3 MB of a document's."""


class Settings(msgspec.Struct, frozen=True):
    """What a worker needs to know; its first argument, as JSON.

    ``rules`` is the folder of the user's rules, empty for none; with None, the environment names it.
    """

    limits: Limits
    grammar_alone: bool = False
    rules: str | None = None


class Workers:
    """Adds layers to documents, in as many processes as threads ask. Documents go in and out as JSON."""

    def __init__(self, settings: Settings, program: tuple[str, ...] = PROGRAM, lifetime: int = LIFETIME) -> None:
        self._settings = settings
        self._servants = Servants((*program, msgspec.json.encode(settings).decode()), lifetime)

    def add(self, stage: str, document: Document) -> Document:
        """The document with what the stage adds, or as it was with a problem that says what the stage met.

        Raises `UsageError` where the stage cannot start at all, `servant.Stopped` after `stop`.
        """
        limits = self._settings.limits
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
            given.write(to_json(document))
            given.flush()
            handles = [given.fileno(), made.fileno(), said.fileno()]
            try:
                answer = self._servants.ask(stage.encode(), handles, limits.stage_seconds)
            except Silent:
                detail = f"{stage}: stage_seconds is {limits.stage_seconds}"
                return document.with_problems(problem("time-limit", stage, detail=detail))
            except Gone as error:
                _tell(document.source_file, said)
                return document.with_problems(_ended(stage, error))
            except Unable as error:
                raise UsageError(f"The stage {stage} cannot start: {error}") from None
            if answer.startswith(_CANNOT):
                raise UsageError(answer.removeprefix(_CANNOT).decode())
            if answer:
                _tell(document.source_file, said)
                code = "memory-limit" if answer == b"MemoryError" else "stage-failed"
                return document.with_problems(problem(code, stage, detail=f"{stage}: {answer.decode()}"))
            made.seek(0)
            return from_json(made.read())

    def stop(self) -> None:
        """Ends all processes; every `add` under way or still to come raises `servant.Stopped`."""
        self._servants.stop()


def _ended(stage: str, error: Gone) -> Problem:
    if error.code == -signal.SIGKILL:
        # The system ends what takes too much memory.
        return problem("memory-limit", stage, detail=f"{stage}: ended by the system")
    return problem("stage-failed", stage, detail=f"{stage}: {error}")


def _tell(source_file: str, said: IO[bytes]) -> None:
    """Logs the end of what the worker wrote to standard error; only developers want to see it."""
    said.seek(max(0, said.seek(0, os.SEEK_END) - 4000))
    for line in said.read().decode(errors="replace").splitlines():
        log.debug("%s: %s", source_file, line)


_CANNOT = b"cannot start: "

Function = Callable[[Document], Document]


@dataclass
class _Worker:
    """The process's side: its stages, each made when first asked for."""

    settings: Settings
    functions: dict[str, Function]

    def answer(self, stage: str, handles: list[int]) -> bytes:
        """Empty where all went well, else what happened."""
        given, made, said = handles
        os.dup2(said, 2)
        try:
            function = self.functions.get(stage) or self._make(stage)
        except (ImportError, OSError) as error:
            return (
                _CANNOT + f"The stage {stage} cannot start: {error}. Install the pinned packages: make setup".encode()
            )
        try:
            os.lseek(given, 0, os.SEEK_SET)
            with os.fdopen(os.dup(given), "rb") as file:
                document = from_json(file.read())
            data = to_json(function(document))
            with os.fdopen(os.dup(made), "wb") as file:
                file.write(data)
        except MemoryError:
            return b"MemoryError"
        except Exception as error:
            # One document must not stop the run, whatever it makes a stage do.
            with contextlib.suppress(Exception):
                sys.excepthook(*sys.exc_info())
            return type(error).__name__.encode()
        return b""

    def _make(self, stage: str) -> Function:
        if stage == "tag":
            from pipeline.tag import Tagger  # noqa: PLC0415 - only what is asked for is loaded

            made: Function = Tagger(self.settings.limits, grammar_alone=self.settings.grammar_alone).tag
        elif stage == "resolve":
            from pipeline.resolve import resolve as made  # noqa: PLC0415
        else:
            raise ImportError("there is no such stage")
        return self.functions.setdefault(stage, made)


def main(functions: dict[str, Function] | None = None) -> None:
    """Serves on the socket whose number is the last argument; tests give stages of their own."""
    settings = msgspec.json.decode(sys.argv[1], type=Settings)
    logging.disable(logging.CRITICAL)
    if settings.rules is not None:
        os.environ[engine.VARIABLE] = settings.rules
    confine({"AS": settings.limits.stage_memory_bytes, "CORE": 0})
    worker = _Worker(settings, functions or {})
    serve(lambda message, handles, _: worker.answer(message.decode(), handles), int(sys.argv[2]))


if __name__ == "__main__":
    main()
