"""Every limit by name, with its default and what it guards against.

A limit is changed for a run by the environment variable ``PIPELINE_<NAME>`` (a number).
The defaults let any real commentary through.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one document; sizes in bytes, times in seconds."""

    file_bytes: int = 200 * MIB
    """Size of the PDF itself."""
    pages: int = 1000
    """Pages in a document."""
    characters: int = 1_000_000
    """Glyphs in a document."""
    wall_seconds: int = 150
    """Clock time of the reading child."""
    cpu_seconds: int = 120
    """Processor time of the reading child."""
    memory_bytes: int = 2048 * MIB
    """Address space of the reading child."""
    result_bytes: int = 256 * MIB
    """Size of what the reading child may write."""
    picture_pixels: int = 16_000_000
    """Pixels in the picture of a page; a larger page is drawn at a lower resolution."""
    nesting: int = 1000
    """Calls within calls in the reading child, which objects nested in objects lead to (Python's own default)."""
    stage_seconds: int = 300
    """Clock time of a later stage."""
    stage_memory_bytes: int = 6144 * MIB
    """Address space of a worker of the later stages; the model maps 2 GB and holds 0.7 GB."""
    model_bytes: int = 45_000
    """UTF-8 bytes of text that the tokenizer takes at once (SudachiPy refuses more than 49,149)."""

    @property
    def of_reading(self) -> str:
        """The limits that reading and drawing a PDF hang on, as one text."""
        return repr({name: value for name, value in asdict(self).items() if name not in LATER})


LATER = frozenset({"stage_seconds", "stage_memory_bytes", "model_bytes"})
"""The limits that the stages behind extraction hang on; the others are extraction's."""


def limits_from_environment() -> Limits:
    """The limits with every ``PIPELINE_<NAME>`` of the environment applied.

    Raises ValueError, naming the variable, where a value is not a positive whole number.
    """
    changed: dict[str, int] = {}
    for field in fields(Limits):
        variable = f"PIPELINE_{field.name.upper()}"
        value = os.environ.get(variable)
        if value is None:
            continue
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise ValueError(f"{variable}={value!r} is not a positive whole number")
        changed[field.name] = int(value)
    return Limits(**changed)
