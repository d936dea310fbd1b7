"""The kit for people who write rules: what the commands ``rules`` and ``explain`` say, as lines.

Part of `pipeline.cli`, which alone prints.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline import rules
from pipeline.errors import UsageError
from pipeline.rules import engine
from pipeline.store import Store

ACTIONS: dict[str, str] = {
    "check": "run every rule's examples, and name rules that no example and no annotated commentary needs",
    "try": "show what every rule sees in a text, which of it stands, and why",
    "list": "list rules and lists of names",
    "unused": "name rules that found nothing in the last run",
}
"""Actions of the command ``rules`` with what they do."""


def check(gold: Path) -> Iterator[str]:
    """Runs every example; ``gold`` is a folder of annotated commentaries, if there is one.

    Raises `rules.RuleError` at the first fault.
    """
    # The tagger is imported where it is used: most commands never tag, and must not wait for it.
    from pipeline.tag.candidates import KNOWN_ONLY  # noqa: PLC0415
    from pipeline.tag.explain import not_needed, sources_in  # noqa: PLC0415
    from pipeline.vocabulary import LABELS  # noqa: PLC0415

    rules.check()
    book = engine.book()
    book.check()
    examples = sum(len(rule.match) + len(rule.no_match) for rule in book.rules.values())
    yield f"{len(book.rules)} rules, {examples} examples, {len(book.entities)} lists of names: no fault."
    spare = not_needed(book, (*LABELS, *(label + KNOWN_ONLY for label in LABELS)))
    if spare:
        texts = [block["text"] for path in sorted(gold.glob("*.gold.json")) for block in _blocks(path)]
        used = sources_in(texts, book)
        spare = [rule for rule in spare if rule.id not in used]
    if spare:
        yield "No example and no annotated commentary needs these; perhaps they can go:"
        yield from (f"  {rule.id} ({rule.where})" for rule in spare)


def _blocks(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["blocks"]
    return found


def try_text(text: str) -> Iterator[str]:
    """What becomes of a text. Raises `rules.RuleError` where a rule is faulty."""
    from pipeline.tag.explain import tried  # noqa: PLC0415

    return tried(text, engine.book())


def list_rules() -> Iterator[str]:
    """One line for each rule, then one for each label with lists of names."""
    book = engine.book()
    for rule in book.rules.values():
        yield f"{rule.yields:<12} {rule.id:<32} {rule.where:<40} {rule.match[0]}"
    for label, count in Counter(entity.label for entity in book.entities.values()).items():
        files = sorted({entity.where.partition(":")[0] for entity in book.of(label)})
        yield f"{label:<12} {count} lists of names in {', '.join(files)}"


def unused(output: Path) -> Iterator[str]:
    """Rules that found no mention in the tables of a folder. Raises UsageError where there are none."""
    from pipeline.tag.candidates import CATALOGUE  # noqa: PLC0415
    from pipeline.vocabulary import LABELS  # noqa: PLC0415

    path = output / "mentions.csv"
    if not path.is_file():
        raise UsageError(f"There are no tables in {output}. Write them first: python -m pipeline export")
    with path.open(encoding="utf-8", newline="") as file:
        used = {row["source"] for row in csv.DictReader(file)}
    book = engine.book()
    idle = [rule for rule in book.yielding(*LABELS) if rule.id not in used]
    yield f"{len(idle)} rules found nothing:"
    yield from (f"  {rule.id} ({rule.where})" for rule in idle)
    names = {source.partition(":")[2] for source in used if source.startswith(CATALOGUE)}
    meant = [entity for entity in book.entities.values() if entity.label in LABELS]
    yield f"{sum(entity.key not in names for entity in meant)} of {len(meant)} lists of names were not met."


def explain(output: Path, mention_id: str) -> Iterator[str]:
    """Why a mention of the last run is there. Raises UsageError where it is not."""
    from pipeline.tag.explain import explained  # noqa: PLC0415

    store = Store(output / "work")
    doc_id = mention_id.partition(":")[0]
    try:
        document = store.load("tag", doc_id)
    except KeyError:
        raise UsageError(f"There is no tagged document {doc_id} in {output}. Run: python -m pipeline tag") from None
    for mention in document.mentions:
        if mention.mention_id == mention_id:
            return explained(document, mention, engine.book())
    raise UsageError(f"There is no mention {mention_id} in {output}. Take an id of mentions.csv.")
