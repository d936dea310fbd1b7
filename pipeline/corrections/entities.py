"""Merging and splitting entities: in mentions, and in every fact that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.corrections.forms import MergeEntities, SplitEntity
from pipeline.corrections.places import UnfitError
from pipeline.document import Corrected, Document, Mention


def merge(document: Document, change: MergeEntities, source: str) -> Document:
    """Makes one entity of several."""
    if {entity.partition(":")[0] for entity in change.entities} != {change.into.partition(":")[0]}:
        raise UnfitError("entities of different labels cannot be merged")
    gone = {*change.entities} - {change.into}
    changed = _renamed(document, lambda m: m.entity_id in gone, change.into, change.name, source)
    if change.name:
        named = tuple(
            replace(mention, name=change.name) if mention.entity_id == change.into else mention
            for mention in changed.mentions
        )
        changed = replace(changed, mentions=named)
    return changed


def split(document: Document, change: SplitEntity, source: str) -> Document:
    """Gives the mentions with these words to another entity."""
    if change.entity.partition(":")[0] != change.into.partition(":")[0]:
        raise UnfitError("an entity cannot be split into one of another label")
    return _renamed(
        document,
        lambda m: m.entity_id == change.entity and m.text == change.quote,
        change.into,
        change.name,
        source,
    )


def _renamed(document: Document, chosen: Callable[[Mention], bool], into: str, name: str, source: str) -> Document:
    found = [mention for mention in document.mentions if chosen(mention)]
    if not found:
        raise UnfitError("no mention has this entity")
    mentions = tuple(
        replace(mention, entity_id=into, name=name or mention.name, source=source) if mention in found else mention
        for mention in document.mentions
    )
    done = tuple(
        Corrected(source, "mentions", mention.mention_id, "entity_id", mention.entity_id, into) for mention in found
    )
    return replace(document, mentions=mentions, corrections=(*document.corrections, *done))
