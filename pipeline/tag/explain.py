"""Why a mention stands: lines for people who write rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.document import Block, Document, Mention
from pipeline.rules.engine import Book, Rule, marked, shown
from pipeline.tag.candidates import CATALOGUE, LEARNED, Candidate, of_rules, overlap, standing
from pipeline.tag.persons import BARE
from pipeline.tag.tagger import SOURCE, Tagger
from pipeline.text import plain

_AROUND = 30
"""Characters shown on either side of a mention."""


def tried(text: str, rules: Book) -> Iterator[str]:
    """What becomes of a text: every span that was seen, by what, and which stands and why; then the mentions.

    The model is not asked, so names that only it proposes are not there.
    """
    trace = Tagger(rules=rules, propose=False).trace(_document(text))
    found, stand = trace.blocks["text"] if text.strip() else ((), ())
    for candidate in sorted(found, key=lambda c: (c.start, -c.end, c.source)):
        yield f"{_line(text, candidate)}  {_fate(candidate, stand)}"
    yield ""
    for mention in trace.mentions:
        edition = f", edition {mention.edition}" if mention.edition else ""
        yield f"{mention.label:<12} {mention.text}  = {mention.entity_id}{edition}"
    if not trace.mentions:
        yield "no mention"


def explained(document: Document, mention: Mention, rules: Book) -> Iterator[str]:
    """What found a mention, which spans competed with it, and why it has its entity."""
    block = document.block(mention.block_id)
    yield f"{mention.mention_id}"
    low, high = max(0, mention.start - _AROUND), mention.end + _AROUND
    yield f"  {shown(block.text[low:high], [(mention.start - low, mention.end - low)])}"
    yield f"  found by {_source(mention.source, rules)}"
    found, stand = Tagger(rules=rules, propose=False).trace(document).blocks[mention.block_id]
    own = (mention.start, mention.end, mention.label, mention.source)
    for candidate in found:
        if (candidate.start, candidate.end, candidate.label, candidate.source) != own and _touch(candidate, mention):
            yield f"  competing: {_line(block.text, candidate)}  {_fate(candidate, stand)}"
    yield f"  entity {mention.entity_id}: {_why(document, mention, rules)}"


def _line(text: str, candidate: Candidate) -> str:
    rank = f" (rank {candidate.rank})" if candidate.rank else ""
    return f"{text[candidate.start : candidate.end]}  {candidate.label}  {candidate.source}{rank}"


def _fate(candidate: Candidate, stand: Iterable[Candidate]) -> str:
    if candidate in stand:
        return "stands"
    for winner in stand:
        if overlap(winner, candidate):
            if max(winner.rank, 0) != max(candidate.rank, 0):
                why = "of higher rank"
            elif winner.end - winner.start != candidate.end - candidate.start:
                why = "longer"
            else:
                why = "the same span, of higher rank or from a list of names"
            return f"gives way to {winner.source}: {why}"
    return "does not stand"


def _touch(candidate: Candidate, mention: Mention) -> bool:
    return candidate.start < mention.end and mention.start < candidate.end


def _source(source: str, rules: Book) -> str:
    if source in rules.rules:
        rule = rules.rules[source]
        return f"rule {source} ({rule.where}), as in {rule.match[0]}"
    if source.startswith(CATALOGUE):
        key = source.partition(":")[2]
        where = [entity.where for entity in rules.entities.values() if entity.key == key]
        return f"the list of names: {key} ({', '.join(where)})"
    return {
        LEARNED: "the document itself, which gives this as another name in brackets",
        BARE: "the name alone, of a person whom the document calls a minister elsewhere",
        SOURCE: "the model GiNZA",
    }.get(source, source)


def _why(document: Document, mention: Mention, rules: Book) -> str:
    same = list(dict.fromkeys(m.text for m in document.mentions if m.entity_id == mention.entity_id))
    others = f"; here also called {', '.join(same[:8])}" if len(same) > 1 else ""
    entity = rules.entities.get(mention.entity_id)
    if entity is not None:
        return f"catalogued as {entity.names[0]} ({entity.where}){others}"
    if mention.label in ("MINISTER", "OFFICIAL"):
        return f"the person {mention.name}{others}"
    if mention.label == "MEETING":
        return f"made from who meets and at which level{others}"
    return f"made from the name{others}"


def not_needed(rules: Book, labels: Iterable[str]) -> list[Rule]:
    """Rules that set nothing and all of whose examples other rules find as well."""
    every = rules.yielding(*labels)

    def found_by_others(rule: Rule) -> bool:
        others = [other for other in every if other is not rule]
        return all(_without(example, rule.yields, others) for example in rule.match)

    return [rule for rule in every if not rule.set and found_by_others(rule)]


def sources_in(texts: Iterable[str], rules: Book) -> set[str]:
    """What found the mentions of some texts, each taken as a document."""
    tagger = Tagger(rules=rules, propose=False)
    return {mention.source for text in texts for mention in tagger.trace(_document(text)).mentions}


def _document(text: str) -> Document:
    return Document("try", "", "", blocks=(Block("text", "paragraph", text, ((0, len(text)),)),))


def _without(example: str, label: str, others: list[Rule]) -> bool:
    text, wanted = marked(example)
    found = standing(of_rules(others, plain(text)))
    return all(any((c.start, c.end, c.label) == (*span, label) for c in found) for span in wanted)
