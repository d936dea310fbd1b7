"""The servant's side of `servant`: answers on a socket, and ends with it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

_MOST_HANDLES = 4
_LINE = 1 << 16
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): orphaned descendants become children of this process."""
_ROUNDS = 1000
"""Rounds of killing, 2 ms apart, after which a family that keeps forking is left to the system."""

Answer = Callable[[bytes, list[int], socket.socket], bytes]


def serve(answer: Answer, number: int, unable: str = "") -> None:
    """Answers on the socket of this number until it closes.

    ``answer`` gets a line, the open files that came with it (which are closed after it) and the socket, which closes
    when nobody waits for the answer any more. Where ``unable`` says why it cannot serve, only that is told.
    """
    with socket.socket(fileno=number) as line, contextlib.suppress(OSError):
        line.sendall(unable.encode().replace(b"\n", b" ") + b"\n")
        if unable:
            return
        while True:
            message, handles, _, _ = socket.recv_fds(line, _LINE, _MOST_HANDLES)
            try:
                while message and not message.endswith(b"\n"):
                    message += line.recv(_LINE) or b"\n"
                if not message:
                    return
                line.sendall(answer(message[:-1], handles, line) + b"\n")
            finally:
                for handle in handles:
                    os.close(handle)


def wait_for_child(pid: int, line: socket.socket) -> int:
    """Waits for a forked child, which leads a process group; returns its exit code, negative for a signal.

    Ends it, and all that it started, when the socket closes, and ends what it leaves behind.
    """
    awake, waker = os.pipe()
    os.set_blocking(waker, False)
    before = signal.set_wakeup_fd(waker)
    handled = signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        while True:
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                return os.waitstatus_to_exitcode(status)
            ready, _, _ = select.select([line.fileno(), awake], [], [])
            if awake in ready:
                os.read(awake, 4096)
            if line.fileno() in ready:
                end_family(pid)
                os._exit(0)
    finally:
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGCHLD, handled)
        os.close(awake)
        os.close(waker)
        end_family(pid)


def confine(limits: dict[str, int | tuple[int, int]]) -> None:
    """Sets this process's limits, named as in setrlimit(2) without RLIMIT_: a number, or a soft and a hard one."""
    for name, value in limits.items():
        # Some systems know a limit by name only, or allow less than is asked for.
        with contextlib.suppress(ValueError, OSError, AttributeError):
            pair = value if isinstance(value, tuple) else (value, value)
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), pair)


def adopt_orphans() -> None:
    """Makes orphaned descendants children of this process, so that `end_family` finds them (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def end_family(leader: int) -> None:
    """Kills a process group, and every child that this process has, until there is none."""
    _kill(os.killpg, leader)
    for _ in range(_ROUNDS):
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        children = _children()
        if not children:
            return
        for child in children:
            _kill(os.kill, child)
        time.sleep(0.002)


def _children() -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _kill(kill: Callable[[int, int], None], target: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        kill(target, signal.SIGKILL)
