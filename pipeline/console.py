"""How the program speaks on a terminal: printable lines, log lines, a progress bar. Part of `pipeline.cli`."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tqdm import tqdm

_log = logging.getLogger("pipeline")


def printable(text: str) -> str:
    """Text whose control characters cannot move the terminal's cursor or forge lines."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def quiet_libraries() -> None:
    """Keeps what libraries have to say off the terminal."""
    warnings.simplefilter("ignore")
    logging.getLogger().setLevel(logging.ERROR)


def log_to_stderr(level: int) -> None:
    """Log lines of this program from a level on go to stderr, above the progress bar."""
    handler = _Handler()
    handler.setFormatter(_Lines("%(levelname)s %(message)s"))
    _log.handlers[:] = [handler]
    _log.propagate = False
    _log.setLevel(level)


class _Lines(logging.Formatter):
    """One record a line, except for tracebacks."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        return printable(super().formatMessage(record))


class _Handler(logging.Handler):
    """Writes above the progress bar instead of through it."""

    def emit(self, record: logging.LogRecord) -> None:
        from tqdm import tqdm  # noqa: PLC0415 - slow, and most runs have nothing to say

        tqdm.write(self.format(record), file=sys.stderr)


class Bar:
    """A progress bar for each stage that has something to do."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def begin(self, stage: str, total: int) -> None:
        """Shows an empty bar."""
        from tqdm import tqdm  # noqa: PLC0415 - slow, and not needed where nobody looks

        self._bar = tqdm(total=total, desc=stage, unit="PDF", file=sys.stderr, leave=False) if total else None

    def step(self) -> None:
        """Moves the bar by one document."""
        if self._bar is not None:
            self._bar.update()

    def end(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
