"""Figures of the names that were tagged.

- MEETING, MINISTER, INITIATIVE: F1 of mentions of that label with exactly the right span; ``mentions``: of all three.
- linking: B-cubed F1 over the gold's mentions. For each mention that was found: the share of mentions with the same
  entity in the output that are of the same entity in the gold (precision), and the reverse (recall). A mention that
  was missed stands alone in an entity of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from pipeline.evaluate.align import Places
from pipeline.evaluate.figures import Result, f1
from pipeline.evaluate.gold import GoldMention, Row, Tables
from pipeline.vocabulary import CORE

Span = tuple[str, int, int]
"""Label, start and end (exclusive) in the gold's comparable text."""
_NO_SPAN = -1


class Names:
    """The gold's mentions beside those of the output."""

    def __init__(self, tables: Tables, gold: list[GoldMention], places: Places) -> None:
        self._text = places.wanted
        self._wanted: dict[Span, GoldMention] = {}
        for mention in gold:
            start, end = (self._text.place(mention.block, offset) for offset in (mention.start, mention.end))
            if start is not None and end is not None:
                self._wanted[mention.label, start, end] = mention
        self._found: dict[Span, Row] = {}
        body = {row["block_id"] for row in tables.body}
        for number, row in enumerate(tables.rows["mentions"]):
            if row["label"] in CORE and row["block_id"] in body:
                # What is no span of its block is wrong, and not the same as any other.
                span = places.carried_span(row["block_id"], row["start"], row["end"]) or (_NO_SPAN, number)
                self._found[row["label"], *span] = row
        self._hits = [span for span in self._wanted if span in self._found]

    def figures(self) -> dict[str, Result]:
        """The figures by name."""
        labels = {label: self._strict((label,)) for label in CORE}
        whole, _ = self._strict(CORE)  # its differences are those of the labels
        return {**labels, "mentions": (whole, []), "linking": self._linking()}

    def entities(self) -> dict[str, str]:
        """For each of the gold's entities that was found the one that most of its mentions have in the output.

        Of several with as many it is the one that comes first.
        """
        votes: dict[str, Counter[str]] = {}
        for span in self._hits:
            votes.setdefault(self._wanted[span].entity, Counter())[self._found[span]["entity_id"]] += 1
        return {entity: counted.most_common(1)[0][0] for entity, counted in votes.items()}

    def between(self, one: str, other: str) -> str:
        """The sentence about the gold's mention of one entity that stands nearest to one of another."""
        places = [[span for span, m in self._wanted.items() if m.entity == entity] for entity in (one, other)]
        pairs = [(abs(a[1] - b[1]), a) for a in places[0] for b in places[1]]
        return self._sentence(min(pairs)[1]) if pairs else ""

    def about(self, entity: str, *hints: str) -> str:
        """The sentence about that mention of one of the gold's entities which says most of the hints."""
        sentences = [self._sentence(span) for span, mention in self._wanted.items() if mention.entity == entity]
        return max(sentences, key=lambda sentence: sum(bool(hint) and hint in sentence for hint in hints), default="")

    def _strict(self, labels: Sequence[str]) -> Result:
        wanted = {span for span in self._wanted if span[0] in labels}
        found = {span for span in self._found if span[0] in labels}
        missed = [
            f"missing: {self._sentence(span)} ({self._wanted[span].entity})"
            for span in sorted(wanted - found, key=_place)
        ]
        extra = [
            f"too many: {self._sentence(span)} ({self._found[span].get('source', '')})"
            for span in sorted(found - wanted, key=_place)
        ]
        return f1(len(wanted & found), len(wanted), len(found)), missed + extra

    def _sentence(self, span: Span) -> str:
        _, start, end = span
        return "no span of its block" if start == _NO_SPAN else self._text.sentence(start, end)

    def _linking(self) -> Result:
        hits = [(self._wanted[span].entity, self._found[span]["entity_id"]) for span in self._hits]
        alone = [(self._wanted[span].entity, span) for span in self._wanted if span not in self._found]
        return b_cubed([*hits, *alone]), _mixed(hits)


def _place(span: Span) -> tuple[int, int]:
    return span[1], span[2]


def b_cubed(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """B-cubed F1 of mentions given as pairs of the entity wanted and the entity found; 1 where there are none."""
    if not pairs:
        return 1.0
    same, wanted, found = Counter(pairs), Counter(w for w, _ in pairs), Counter(f for _, f in pairs)
    precision = sum(same[pair] / found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(same[pair] / wanted[pair[0]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _mixed(hits: Sequence[tuple[str, str]]) -> list[str]:
    """Entities of one side that are several on the other."""
    told = []
    for side, verb in ((0, "is split into"), (1, "joins")):
        parts: dict[str, Counter[str]] = {}
        for pair in hits:
            parts.setdefault(pair[side], Counter())[pair[1 - side]] += 1
        for entity, counted in parts.items():
            if len(counted) > 1:
                told.append(f"{entity} {verb} {', '.join(f'{name} ({n})' for name, n in counted.items())}")
    return told
