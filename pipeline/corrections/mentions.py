"""Adding, removing and relabelling mentions."""

from __future__ import annotations

from dataclasses import replace

from pipeline.corrections.forms import AddMention, At, RelabelMention, RemoveMention
from pipeline.corrections.places import UnfitError, place_of
from pipeline.document import Corrected, Document, Mention
from pipeline.ids import entity_id, mention_id
from pipeline.text import narrow


def add(document: Document, change: AddMention, source: str) -> Document:
    """Adds a mention; those of its label that overlap it go."""
    block, start, end = place_of(document, change.quote, change.before, change.after)
    name = change.name or narrow(change.quote)
    mention = Mention(
        mention_id=mention_id(block.block_id, start, end, change.label),
        block_id=block.block_id,
        start=start,
        end=end,
        text=change.quote,
        label=change.label,
        entity_id=_entity(change.label, change.entity, name),
        name=name,
        source=source,
        edition=change.edition,
        date=change.date,
    )
    kept = tuple(other for other in document.mentions if not _overlap(other, mention))
    done = Corrected(source, "mentions", mention.mention_id, "", "", mention.text)
    return replace(document, mentions=(*kept, mention), corrections=(*document.corrections, done))


def remove(document: Document, change: RemoveMention, source: str) -> Document:
    """Removes a mention."""
    found = _mention(document, change, change.label)
    kept = tuple(mention for mention in document.mentions if mention != found)
    done = Corrected(source, "mentions", found.mention_id, "", found.text, "")
    return replace(document, mentions=kept, corrections=(*document.corrections, done))


def relabel(document: Document, change: RelabelMention, source: str) -> Document:
    """Gives a mention another label, entity or both; others of the new label that overlap it go."""
    found = _mention(document, change, change.was)
    name = change.name or found.name
    changed = replace(
        found,
        mention_id=mention_id(found.block_id, found.start, found.end, change.label),
        label=change.label,
        entity_id=_entity(change.label, change.entity, name or narrow(found.text)),
        name=name,
        source=source,
    )
    mentions = tuple(
        changed if mention == found else mention
        for mention in document.mentions
        if mention == found or not _overlap(mention, changed)
    )
    done = tuple(
        Corrected(source, "mentions", changed.mention_id, field, was, now)
        for field, was, now in (
            ("label", found.label, changed.label),
            ("entity_id", found.entity_id, changed.entity_id),
        )
        if was != now
    )
    return replace(document, mentions=mentions, corrections=(*document.corrections, *done))


def _mention(document: Document, change: At, label: str | None) -> Mention:
    block, start, end = place_of(document, change.quote, change.before, change.after)
    found = [
        mention
        for mention in document.mentions
        if (mention.block_id, mention.start, mention.end) == (block.block_id, start, end)
        and label in (None, mention.label)
    ]
    if len(found) != 1:
        raise UnfitError("the words are no mention there" if not found else "the words have several labels; give one")
    return found[0]


def _overlap(one: Mention, other: Mention) -> bool:
    same = (one.block_id, one.label) == (other.block_id, other.label)
    return same and one.start < other.end and other.start < one.end


def _entity(label: str, wanted: str | None, name: str) -> str:
    made = entity_id(label, name)
    if wanted and wanted.partition(":")[0] != made.partition(":")[0]:
        raise UnfitError(f"{wanted} is no entity of the label {label}")
    return wanted or made
