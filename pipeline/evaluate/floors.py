"""Floors: figures that may not get worse, kept in a file beside the gold.

The file holds two tables of them: ``floors``, for the tables as users get them, and ``grammar_alone``, for tables in
which no catalogued name of a series, an initiative or a person was used. The second says how well names are found
that nobody has listed, and holds the figures of names and facts only.

The command `eval` calls `check_floors` and ends with an error where it returns complaints; with ``--write-floors`` it
calls ``write_floors(scores, gold, path)``, and with ``--lower-floors``
``write_floors(scores, gold, path, lower=True)``, the only way to lower a floor.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluate.figures import FIGURES, NAMES, Score
from pipeline.evaluate.render import cut

TABLES: Mapping[str, tuple[str, ...]] = {"floors": FIGURES, "grammar_alone": (*NAMES, "facts")}
"""The tables of floors, each with the figures it holds."""


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


def check_floors(scores: list[Score], gold: list[Path], floors: Path, table: str = "floors") -> list[str]:
    """What is wrong, a line each; empty if all is well.

    Complains of figures under their floor, of documents without a score or a floor, and of
    gold files that changed since the floors were written. ``gold`` are the files that
    ``scores`` come from, ``floors`` is the floors file, ``table`` one of ``TABLES``. Raises
    UsageError where that is no floors file or has no such table.
    """
    tables = _read(floors)
    if table not in tables:
        raise UsageError(f"There is no table {table} in {floors.name}. Write it: eval --write-floors.")
    known = tables[table]
    held = _held(scores, table)
    found = _below(held, known)
    if known.fingerprint != fingerprint(gold):
        found.append(
            f"The gold files are not those that {floors.name} was written for. Write it anew: eval --write-floors."
        )
    new = [name for name in held if name not in known.least]
    return found + [f"{name} has no floor. Write it: eval --write-floors." for name in new]


def write_floors(
    scores: list[Score], gold: list[Path], floors: Path, table: str = "floors", lower: bool = False
) -> None:
    """Writes the scores as the new floors of a table, with the fingerprint of the gold files.

    Unless ``lower`` (the flag ``--lower-floors`` of `eval`), raises UsageError naming each figure
    that would fall and each document that would lose its floor, and writes nothing.
    """
    tables = _read(floors) if floors.exists() else {}
    held = _held(scores, table)
    if not lower:
        found = _below(held, tables.get(table, Floors()))
        if found:
            raise UsageError("\n".join([*found, "If this is meant, lower the floors: eval --lower-floors."]))
    tables[table] = Floors(fingerprint(gold), held)
    lines = ["# Written by the command `eval`; figures may rise, and fall only with --lower-floors.", "[fingerprint]"]
    lines += [f'{name} = "{tables[name].fingerprint}"' for name in TABLES if name in tables]
    for name in TABLES:
        for source_file, figures in sorted(tables[name].least.items() if name in tables else ()):
            lines += ["", f"[{name}.{_quoted(source_file)}]"]
            lines += [f"{figure} = {cut(value):.4f}" for figure, value in figures.items()]
    floors.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _held(scores: list[Score], table: str) -> dict[str, dict[str, float]]:
    """The figures that a table holds, by source file; documents that have none of them are left out."""
    wanted = {score.source_file: {n: v for n, v in score.figures.items() if n in TABLES[table]} for score in scores}
    return {name: figures for name, figures in wanted.items() if figures}


def _below(held: dict[str, dict[str, float]], floors: Floors) -> list[str]:
    """Figures under their floors, and floors of documents that have no score."""
    found = []
    for name, least in floors.least.items():
        if name not in held:
            found.append(f"{name} has a floor but no score.")
            continue
        for figure, floor in least.items():
            value = held[name].get(figure, 0.0)
            if cut(value) < floor:
                found.append(f"{name}: {figure} is {cut(value):.4f}, under its floor {floor:.4f}.")
    return found


def _read(path: Path) -> dict[str, Floors]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            name: Floors(
                str(digest),
                {
                    str(source_file): {str(figure): float(value) for figure, value in figures.items()}
                    for source_file, figures in data.get(name, {}).items()
                },
            )
            for name, digest in data["fingerprint"].items()
        }
    except FileNotFoundError as error:
        raise UsageError(f"There is no {path.name} beside the gold files. Write it: eval --write-floors.") from error
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"{path.name} is no floors file: {error}. Write it anew: eval --write-floors.") from error


def _quoted(name: str) -> str:
    """A TOML basic string; control characters are written as escapes."""
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\\x7f' else c for c in name)
    return f'"{escaped}"'
