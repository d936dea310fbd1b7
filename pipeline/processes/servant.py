"""Programs that serve this one: started by `subprocess`, asked over a socket, ended when they are silent too long.

A servant is asked one thing at a time: a line of JSON and open files go to it, a line comes back. It ends when the
socket closes, so none outlives the process that started it, however that ends. Its own side is `serving`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.processes import arithmetic

START_SECONDS = 120.0
"""Clock time in which a servant must have imported what it needs."""
_END_SECONDS = 5.0
"""Clock time that a servant has to end its own children in before it is killed."""
_LINE = 1 << 16
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


class Silent(Exception):
    """The servant did not answer in time, and was ended."""


class Gone(Exception):
    """The servant ended instead of answering. ``code`` is its exit code, negative for a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return exit_name(self.code)


class Unable(Exception):
    """The servant could not start; says why."""


class Stopped(Exception):
    """The servants were told to stop; the question was not answered."""


def exit_name(code: int) -> str:
    """What an exit code says: a signal's name or the number."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


class Servants:
    """Servants of one kind, as many as are asked at once. May be used by several threads."""

    def __init__(self, command: Sequence[str], lifetime: int = 0) -> None:
        """``command`` are arguments of the Python interpreter; the number of the socket comes behind them.

        A servant is replaced after ``lifetime`` answers; with 0 it stays.
        """
        self._command = tuple(command)
        self._lifetime = lifetime
        self._lock = threading.Lock()
        self._idle: list[_Servant] = []
        self._busy: set[_Servant] = set()
        self._stopped = False

    def ask(self, message: bytes, handles: Sequence[int], seconds: float) -> bytes:
        """The answer to one line, with open files that the servant may use.

        Raises `Silent` after so many seconds, `Gone` where the servant ended, `Unable` where none can start,
        `Stopped` after `stop`, OSError where the system has no process left. A servant that failed is replaced.
        """
        servant = self._take()
        try:
            answer = servant.ask(message, handles, seconds)
        except BaseException:
            with self._lock:
                self._busy.discard(servant)
            servant.end()
            if self._stopped:
                raise Stopped from None
            raise
        with self._lock:
            self._busy.discard(servant)
            stays = servant.answers != self._lifetime and not self._stopped
            if stays:
                self._idle.append(servant)
        if not stays:
            servant.end()
        return answer

    def stop(self) -> None:
        """Ends all servants and whatever they are at; every `ask` under way or still to come raises `Stopped`."""
        with self._lock:
            self._stopped = True
            found = [*self._idle, *self._busy]
            self._idle.clear()
        for servant in found:
            servant.hang_up()
        for servant in found:
            servant.end()

    def _take(self) -> _Servant:
        with self._lock:
            if self._stopped:
                raise Stopped
            servant = self._idle.pop() if self._idle else _Servant(self._command)
            self._busy.add(servant)
            return servant


class _Servant:
    def __init__(self, command: tuple[str, ...]) -> None:
        self._socket, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, *command, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    env=environment(),
                    # A group of its own, so that nothing it starts outlives it, and Ctrl-C reaches us first.
                    start_new_session=True,
                )
        except BaseException:
            self._socket.close()
            raise
        self._ready = False
        self.answers = 0

    def ask(self, message: bytes, handles: Sequence[int], seconds: float) -> bytes:
        try:
            if not self._ready:
                reason = self._line(START_SECONDS)
                if reason:
                    raise Unable(reason.decode(errors="replace"))
                self._ready = True
            socket.send_fds(self._socket, [message + b"\n"], list(handles))
            answer = self._line(seconds)
            self.answers += 1
            return answer
        except TimeoutError:
            raise Silent from None
        except OSError:
            raise Gone(self._code()) from None

    def _line(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        line = b""
        while not line.endswith(b"\n"):
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            part = self._socket.recv(_LINE)
            if not part:
                raise Gone(self._code())
            line += part
        return line[:-1]

    def _code(self) -> int:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_END_SECONDS)
        return -signal.SIGKILL

    def hang_up(self) -> None:
        """Tells it to end, and wakes up who waits for its answer."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self.hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS if self._ready else 0)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._socket.close()


def environment() -> dict[str, str]:
    """The environment of a process of this program that works beside others."""
    path = os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, **arithmetic.settings(), "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
