"""What a correction may say: one class for each value of ``change``, read and checked by msgspec.

A place is named by the PDF's SHA-256, the words there (``quote``) and what stands ``before`` and ``after`` them in
their block, never by a row's number. ``file`` and ``why`` are for people.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pipeline.vocabulary import CitationKind, Label, Mode, Predicate, Standing

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
EntityId = Annotated[str, Meta(pattern="^[a-z]+:.+$")]
Date = Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
Words = Annotated[str, Meta(min_length=1)]
FactTable = Literal["meetings", "ministers", "initiatives", "relations"]


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="change"):
    """Any correction."""

    why: str = ""


class InPdf(Change, frozen=True, kw_only=True):
    """One that holds for one PDF."""

    pdf: Sha256
    file: str = ""


class At(InPdf, frozen=True, kw_only=True):
    """One that holds at a place."""

    quote: Words
    before: str = ""
    after: str = ""


class AddMention(At, frozen=True, kw_only=True, tag="add mention"):
    """The words are a mention. Without ``entity`` its entity is made from the label and ``name`` (or the words)."""

    label: Label
    entity: EntityId | None = None
    name: str = ""
    edition: str = ""
    date: Date = ""


class RemoveMention(At, frozen=True, kw_only=True, tag="remove mention"):
    """The words are no mention (of this label, if it is given)."""

    label: Label | None = None


class RelabelMention(At, frozen=True, kw_only=True, tag="relabel mention"):
    """The mention has another label or entity; ``was`` tells it from others on the same words."""

    label: Label
    was: Label | None = None
    entity: EntityId | None = None
    name: str = ""


class MergeEntities(Change, frozen=True, kw_only=True, tag="merge entities"):
    """Several entities are one."""

    entities: Annotated[list[EntityId], Meta(min_length=1)]
    into: EntityId
    name: str = ""


class SplitEntity(Change, frozen=True, kw_only=True, tag="split entity"):
    """Mentions of an entity with these words are another one; with ``pdf`` only those of that PDF."""

    entity: EntityId
    into: EntityId
    quote: Words
    name: str = ""
    pdf: Sha256 | None = None
    file: str = ""


class CitationFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Fields of a citation; those given are set."""

    kind: CitationKind | None = None
    authors: list[str] | None = None
    editors: list[str] | None = None
    translators: list[str] | None = None
    title: str | None = None
    container: str | None = None
    publisher: str | None = None
    place: str | None = None
    volume: str | None = None
    issue: str | None = None
    date: Date | None = None
    pages: str | None = None
    url: str | None = None
    doi: str | None = None
    accessed: Date | None = None
    work_id: Annotated[str, Meta(pattern="^work:.+$")] | None = None


class SetCitation(At, frozen=True, kw_only=True, tag="set citation"):
    """Fields of the citation that these words are."""

    fields: CitationFields


class SetBackReference(At, frozen=True, kw_only=True, tag="set back reference"):
    """The citation that these words are points to the one whose words are ``to`` (none if empty)."""

    to: str


class FactFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Fields of a fact; which of them it has its table says. ``object`` is the meeting of a relation."""

    name: str | None = None
    edition: str | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    city: str | None = None
    country: Annotated[str, Meta(pattern="^([A-Z]{3})?$")] | None = None
    mode: Mode | Literal[""] | None = None
    office: str | None = None
    status: Standing | Literal[""] | None = None
    abbreviation: str | None = None
    year: Date | None = None
    predicate: Predicate | None = None
    object: EntityId | None = None
    date: Date | None = None


class SetFact(At, frozen=True, kw_only=True, tag="set fact"):
    """Fields of the fact that the sentence states about an entity; ``was`` holds fields that tell it from others."""

    table: FactTable
    entity: EntityId
    fields: FactFields
    was: FactFields = FactFields()


class RemoveFact(At, frozen=True, kw_only=True, tag="remove fact"):
    """The sentence does not state this."""

    table: FactTable
    entity: EntityId
    was: FactFields = FactFields()


class AddFact(At, frozen=True, kw_only=True, tag="add fact"):
    """The sentence states this; ``entity`` is the subject of a relation."""

    table: FactTable
    entity: EntityId
    fields: FactFields


class AuthorFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An author."""

    name: Words
    affiliation: str = ""
    role: str = ""
    specialties: list[str] = []


class FrontFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a document says of itself; what is given is set."""

    series: str | None = None
    number: str | None = None
    title: str | None = None
    subtitle: str | None = None
    published: Date | None = None
    language: Literal["ja", "en"] | None = None
    authors: list[AuthorFields] | None = None


class SetFront(InPdf, frozen=True, kw_only=True, tag="set front matter"):
    """Fields of the front matter."""

    fields: FrontFields


AnyChange = (
    AddMention
    | RemoveMention
    | RelabelMention
    | MergeEntities
    | SplitEntity
    | SetCitation
    | SetBackReference
    | SetFact
    | RemoveFact
    | AddFact
    | SetFront
)
