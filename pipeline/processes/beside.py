"""Runs a function of this program in a process beside this one. Part of `pipeline.run`.

``python -m pipeline.processes.beside MODULE FUNCTION PATH…`` is the other side. It ends with the one that started it.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from pipeline.processes.servant import environment, exit_name

_SYSTEM = 74
"""Exit code of a process whose function met an OSError (EX_IOERR of sysexits.h)."""


@contextlib.contextmanager
def beside(module: str, function: str, *paths: Path) -> Iterator[None]:
    """Runs a function with paths while the block runs, and waits for it; ends it where the block raises.

    Raises OSError where the function did, RuntimeError where it ended otherwise than well.
    """
    command = [sys.executable, "-m", "pipeline.processes.beside", module, function, *map(str, paths)]
    with (
        tempfile.TemporaryFile() as complaints,
        # What it hangs on is that its input stays open.
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints, env=environment()
        ) as process,
    ):
        try:
            yield
            process.wait()
        finally:
            process.kill()
        complaints.seek(0)
        said = complaints.read().decode(errors="replace").strip()
    if process.returncode == _SYSTEM:
        raise OSError(said)
    if process.returncode:
        raise RuntimeError(f"{module}.{function}: {exit_name(process.returncode)}\n{said}")


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(1)


def main() -> None:
    """Runs the function named on the command line."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    module, function, *paths = sys.argv[1:]
    try:
        getattr(importlib.import_module(module), function)(*map(Path, paths))
    except OSError as error:
        sys.stderr.write(error.strerror or str(error))
        sys.exit(_SYSTEM)


if __name__ == "__main__":
    main()
