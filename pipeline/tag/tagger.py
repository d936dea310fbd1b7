"""The tagging stage: a Document gets its sentences and mentions."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.document import Block, Document, Mention, Sentence
from pipeline.limits import Limits, limits_from_environment
from pipeline.tag import model
from pipeline.tag.labels import entity_id, mention_id, model_labels
from pipeline.tag.sentences import split
from pipeline.text import first_date, narrow, number

TAGGED_KINDS: frozenset[str] = frozenset(
    {"title", "subtitle", "heading", "paragraph", "list_item", "quote", "caption", "table", "note"}
)
"""Kinds of block in which mentions are looked for."""

SOURCE = "ginza"
"""``source`` of the mentions that the model found."""

_EDITION = re.compile(r"第(?P<number>[0-9０-９〇一二三四五六七八九十百]+)回目?の?")
"""The edition in front of a meeting's name; it counts the meeting and is no part of the name."""
_URL = re.compile(r"https?://[!-~]+")
_OUTSIDE = " \t\r\n　「」『』“”\"'、。，．,:;：；・"
"""Characters that no mention begins or ends with; the model often takes one along."""

_OPENING = {"」": "「", "』": "『", "”": "“"}


class Tagger:
    """Tags documents; the model is loaded at the first Japanese one.

    ``limits`` are those of the environment unless given.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or limits_from_environment()

    def tag(self, document: Document) -> Document:
        """The document with `Document.sentences` and `Document.mentions` made anew.

        Both stand in the order of the blocks, then of the text. An English document gets
        sentences only, since the model knows Japanese.
        """
        sentences = tuple(
            Sentence(block.block_id, start, end)
            for block in document.blocks
            for start, end in split(block.text, block.kind)
        )
        mentions = () if document.front.language == "en" else self._mentions(document)
        return replace(document, sentences=sentences, mentions=mentions)

    def _mentions(self, document: Document) -> tuple[Mention, ...]:
        blocks = [block for block in document.blocks if block.kind in TAGGED_KINDS and block.text.strip()]
        if not blocks:
            return ()
        found = model.entities([block.text for block in blocks], self._limits.model_bytes)
        return tuple(
            mention for block, entities in zip(blocks, found, strict=True) for mention in mentions_of(block, entities)
        )


def mentions_of(block: Block, entities: list[model.Entity]) -> list[Mention]:
    """The mentions in a block for what the model found there; entities must not overlap.

    Left out: labels that the contract has none for, and what lies in a URL, where the model
    sees names in file names.
    """
    urls = [match.span() for match in _URL.finditer(block.text)]
    found = []
    for entity in entities:
        label = model_labels().get(entity.label)
        if label is None or any(low < entity.end and entity.start < high for low, high in urls):
            continue
        start, end = _trim(block.text, entity.start, entity.end)
        edition = _EDITION.match(block.text, start, end) if label == "MEETING" else None
        if edition is not None:
            start, end = _trim(block.text, edition.end(), end)
        if start < end:
            found.append(_mention(block, start, end, label, edition["number"] if edition else ""))
    return found


def _mention(block: Block, start: int, end: int, label: str, edition: str) -> Mention:
    text = block.text[start:end]
    name = narrow(text)
    date = _exact_date(text) if label == "DATE" else ""
    return Mention(
        mention_id=mention_id(block.block_id, start, end, label),
        block_id=block.block_id,
        start=start,
        end=end,
        text=text,
        label=label,
        entity_id=entity_id(label, date or name),
        name=name,
        source=SOURCE,
        edition=str(number(edition) or ""),
        date=date,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without `_OUTSIDE` characters at its ends; empty if there is nothing else.

    A closing bracket stays where its opening one stands inside the span: 日米「2プラス2」.
    """
    while start < end and text[start] in _OUTSIDE:
        start += 1
    while start < end and text[end - 1] in _OUTSIDE:
        opening = _OPENING.get(text[end - 1])
        if opening is not None and opening in text[start : end - 1]:
            break
        end -= 1
    return start, end


def _exact_date(text: str) -> str:
    """ISO date if the whole text is one date that says its year, else empty."""
    found = first_date(text)
    return found[0] if found is not None and found[1:] == (0, len(text)) else ""
