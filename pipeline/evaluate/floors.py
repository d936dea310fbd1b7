"""Floors: figures that may not get worse, kept in a file beside the gold.

The command `eval` calls `check_floors` and ends with an error where it returns complaints; with
``--write-floors`` it calls ``write_floors(scores, gold, path)``, and with ``--lower-floors``
``write_floors(scores, gold, path, lower=True)``, the only way to lower a floor.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluate.compare import Score
from pipeline.evaluate.render import cut


@dataclass(frozen=True, slots=True)
class Floors:
    """Least figures by source file and name, and the gold files they were reached on."""

    fingerprint: str = ""
    least: dict[str, dict[str, float]] = field(default_factory=dict)


def fingerprint(gold: list[Path]) -> str:
    """SHA-256 over the names and bytes of the gold files, in whatever order they come."""
    digest = hashlib.sha256()
    for path in sorted(gold, key=lambda path: path.name):
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def check_floors(scores: list[Score], gold: list[Path], floors: Path) -> list[str]:
    """What is wrong, a line each; empty if all is well.

    Complains of figures under their floor, of documents without a score or a floor, and of
    gold files that changed since the floors were written. ``gold`` are the files that
    ``scores`` come from, ``floors`` is the floors file. Raises UsageError where that is no
    floors file.
    """
    known = _read(floors)
    found = _below(scores, known)
    if known.fingerprint != fingerprint(gold):
        found.append(
            f"The gold files are not those that {floors.name} was written for. Write it anew: eval --write-floors."
        )
    new = [score.source_file for score in scores if score.source_file not in known.least]
    return found + [f"{name} has no floor. Write it: eval --write-floors." for name in new]


def write_floors(scores: list[Score], gold: list[Path], floors: Path, lower: bool = False) -> None:
    """Writes the scores as the new floors, with the fingerprint of the gold files.

    Unless ``lower`` (the flag ``--lower-floors`` of `eval`), raises UsageError naming each figure
    that would fall and each document that would lose its floor, and writes nothing.
    """
    if not lower:
        found = _below(scores, _read(floors) if floors.exists() else Floors())
        if found:
            raise UsageError("\n".join([*found, "If this is meant, lower the floors: eval --lower-floors."]))
    lines = ["# Written by the command `eval`; figures may rise, and fall only with --lower-floors."]
    lines.append(f'fingerprint = "{fingerprint(gold)}"')
    for score in sorted(scores, key=lambda score: score.source_file):
        lines += ["", f"[floors.{_quoted(score.source_file)}]"]
        lines += [f"{name} = {cut(value):.4f}" for name, value in score.figures.items()]
    floors.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _below(scores: list[Score], floors: Floors) -> list[str]:
    """Figures under their floors, and floors of documents that have no score."""
    figures = {score.source_file: score.figures for score in scores}
    found = []
    for name, least in floors.least.items():
        if name not in figures:
            found.append(f"{name} has a floor but no score.")
            continue
        for figure, floor in least.items():
            value = figures[name].get(figure, 0.0)
            if cut(value) < floor:
                found.append(f"{name}: {figure} is {cut(value):.4f}, under its floor {floor:.4f}.")
    return found


def _read(path: Path) -> Floors:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        least = {
            str(name): {str(figure): float(value) for figure, value in figures.items()}
            for name, figures in data.get("floors", {}).items()
        }
        return Floors(str(data["fingerprint"]), least)
    except FileNotFoundError as error:
        raise UsageError(f"There is no {path.name} beside the gold files. Write it: eval --write-floors.") from error
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"{path.name} is no floors file: {error}. Write it anew: eval --write-floors.") from error


def _quoted(name: str) -> str:
    """A TOML basic string; control characters are written as escapes."""
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\\x7f' else c for c in name)
    return f'"{escaped}"'
