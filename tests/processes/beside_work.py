"""What `test_beside` has done in another process."""

from __future__ import annotations

import os
import time
from pathlib import Path


def write(path: Path) -> None:
    path.write_text("there")


def fail(path: Path) -> None:
    raise ZeroDivisionError(path)


def hang(path: Path) -> None:
    path.write_text(str(os.getpid()))
    time.sleep(60)
