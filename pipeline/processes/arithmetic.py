"""Settings of the libraries under NumPy, as environment variables; they read them once, when they are loaded."""

from __future__ import annotations

import os
from pathlib import Path

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_CORE_TYPE = "OPENBLAS_CORETYPE"
_AVX512 = ("SkylakeX", frozenset({"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}))
"""OpenBLAS's kernels for AVX-512, and what a processor must be able to do for them (Linux's names)."""
_KEPT_BYTES = 1 << 28
"""Memory that the C library keeps instead of giving back to the system what is asked for again at once."""
_PROCESSORS = Path("/proc/cpuinfo")


def settings() -> dict[str, str]:
    """Variables for a process that works beside others of its kind; but for the threads, none that the user set.

    One thread each, since threads would only wait for one another and reserve address space. On a processor newer than
    itself OpenBLAS takes kernels half as fast as the processor allows; so they are named. glibc returns every large
    block to the system when it is freed, and each new one costs a fault a page; so it is told to keep them.
    """
    found = dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(_KEPT_BYTES))
    kernels, needed = _AVX512
    if needed <= _abilities():
        found[_CORE_TYPE] = kernels
    chosen = {name: value for name, value in found.items() if name not in os.environ}
    return chosen | dict.fromkeys(_ONE_THREAD, "1")


def _abilities() -> frozenset[str]:
    """What the first processor can do; empty where the system does not say it in this way."""
    try:
        with _PROCESSORS.open(encoding="ascii", errors="replace") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:
        return frozenset()
    return frozenset(flags.partition(":")[2].split())
