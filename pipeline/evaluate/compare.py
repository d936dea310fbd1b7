"""A document's tables beside its gold file: every figure that the gold is annotated for."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate.align import Places
from pipeline.evaluate.citations import Citations
from pipeline.evaluate.facts import facts
from pipeline.evaluate.figures import CITATIONS, NAMES, READING, Difference, Result, Score
from pipeline.evaluate.gold import Gold, Tables, read_gold, read_tables
from pipeline.evaluate.names import Names
from pipeline.evaluate.reading import reading


def evaluate(output: Path, gold: list[Path]) -> list[Score]:
    """Scores the tables under ``output`` against gold files; one score a file, in their order.

    Raises UsageError for a gold file that cannot be read.
    """
    scores = []
    for path in gold:
        wanted = read_gold(path)
        scores.append(score(read_tables(output, wanted.source_file), wanted))
    return scores


def score(tables: Tables | None, gold: Gold) -> Score:
    """The score of one document's tables (None: there are none)."""
    if tables is None:
        return Score(gold.source_file, dict.fromkeys(_annotated(gold), 0.0), (Difference("text", "not in the output"),))
    results = _results(tables, gold)
    differences = [Difference(name, what) for name, (_, found) in results.items() for what in found]
    return Score(gold.source_file, {name: value for name, (value, _) in results.items()}, tuple(differences))


def _annotated(gold: Gold) -> tuple[str, ...]:
    """The figures that the gold has something to compare with."""
    names = NAMES if gold.mentions is not None else ()
    citations = CITATIONS if gold.citations is not None else ()
    stated = ("facts",) if gold.mentions is not None and gold.facts is not None else ()
    return (*READING, *names, *citations, *stated)


def _results(tables: Tables, gold: Gold) -> dict[str, Result]:
    blocks = ((block.id, block.text) for block in gold.blocks)
    places = Places(blocks, ((row["block_id"], row["text"]) for row in tables.body))
    results = reading(tables, gold, places)
    if gold.mentions is not None:
        names = Names(tables, gold.mentions, places)
        results |= names.figures()
        if gold.facts is not None:
            results["facts"] = facts(tables, gold.facts, names)
    if gold.citations is not None:
        notes = {note.number: note.text for note in gold.all_notes()}
        results |= Citations(tables, gold.citations, notes).figures()
    return {name: results[name] for name in _annotated(gold)}
