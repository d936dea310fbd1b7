"""The words that the tables use for kinds of things, each in the order in which they are listed and shown."""

from __future__ import annotations

from typing import Literal, get_args

Status = Literal["ok", "warning", "failed", "duplicate"]
"""What became of a document."""
STATUSES: tuple[str, ...] = get_args(Status)

BlockKind = Literal[
    "title",
    "subtitle",
    "front_matter",
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "caption",
    "table",
    "note",
    "back_matter",
]
"""Kinds of block."""
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)

Label = Literal[
    "MEETING",
    "MINISTER",
    "INITIATIVE",
    "OFFICIAL",
    "PERSON",
    "ORGANIZATION",
    "COUNTRY",
    "PLACE",
    "DATE",
    "AGREEMENT",
    "EXERCISE",
    "EQUIPMENT",
]
"""Labels of a mention."""
LABELS: tuple[str, ...] = get_args(Label)

Core = Literal["MEETING", "MINISTER", "INITIATIVE"]
"""Labels that the tables are about."""
CORE: tuple[str, ...] = get_args(Core)

CitationKind = Literal[
    "web",
    "news",
    "book",
    "chapter",
    "article",
    "report",
    "press_conference",
    "treaty",
    "law",
    "dataset",
    "other",
]
"""Kinds of work cited."""
CITATION_KINDS: tuple[str, ...] = get_args(CitationKind)

Mode = Literal["in_person", "online", "hybrid"]
"""How a meeting met."""
MODES: tuple[str, ...] = get_args(Mode)

Standing = Literal["current", "former", "designate"]
"""Whether a minister held the office when the commentary was published."""
STANDINGS: tuple[str, ...] = get_args(Standing)

Predicate = Literal["attended", "presented_at", "hosted", "chaired"]
"""What somebody or something did at a meeting."""
PREDICATES: tuple[str, ...] = get_args(Predicate)
