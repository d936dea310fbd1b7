"""Documents for the tests of facts, written as text with the tagged names in brackets.

``[M:id|name]`` is a meeting, ``[P:id|…]`` a minister, ``[I:id|…]`` an initiative, ``[O:id|…]`` an official; states,
cities and dates are tagged as by the tagging stage. ``^3^`` is note mark 3; its note is one citation, ``c3``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipeline.document import Block, Citation, Document, FrontMatter, Mark, Mention, Note, Sentence
from pipeline.resolve.facts import add_facts
from pipeline.rules.engine import book
from pipeline.tag.dates import date_mentions, dates
from pipeline.tag.sentences import split
from pipeline.text import plain
from pipeline.vocabulary import BlockKind

LABELS = {"M": "MEETING", "P": "MINISTER", "I": "INITIATIVE", "O": "OFFICIAL"}
_MARKUP = re.compile(r"\[(?P<label>[MPIO]):(?P<entity>[a-z0-9-]+)\|(?P<text>[^\]]+)\]|\^(?P<mark>\d+)\^")
_CODES = {plain(name): entity.key for entity in book().of("COUNTRY") for name in entity.names}
_CITIES = {plain(name) for entity in book().of("CITY") for name in entity.names}
_NAMES = re.compile("|".join(sorted(map(re.escape, {*_CODES, *_CITIES}), key=len, reverse=True)))

Facts = Callable[..., Document]


@pytest.fixture
def facts() -> Facts:
    """Makes a document of paragraphs, with its facts."""
    return _facts


def _facts(
    *paragraphs: str, published: str = "2024-12-20", title: str = "", note: str = "", table: str = ""
) -> Document:
    mentions: list[Mention] = []
    marks: list[Mark] = []
    blocks = [_block("t", "title", title, mentions, marks)] if title else []
    blocks += [_block(f"b{i}", "paragraph", text, mentions, marks) for i, text in enumerate(paragraphs, start=1)]
    blocks += [_block("table", "table", table, mentions, marks)] if table else []
    blocks += [_block("n", "note", note, mentions, marks)] if note else []
    notes = tuple(dict.fromkeys(Note(mark.note_id, mark.number, "") for mark in marks))
    document = Document(
        doc_id="d",
        source_file="d.pdf",
        sha256="",
        front=FrontMatter(published=published),
        blocks=tuple(blocks),
        notes=notes,
        marks=tuple(marks),
        citations=tuple(Citation(f"c{n.number}", n.note_id, "", 0, 0, 1, "w", "") for n in notes),
        sentences=tuple(Sentence(b.block_id, start, end) for b in blocks for start, end in split(b.text, b.kind)),
    )
    for block in blocks:
        mentions += _places(block, mentions)
    mentions += date_mentions(document, dates(blocks, published))
    order = [block.block_id for block in blocks]
    mentions.sort(key=lambda m: (order.index(m.block_id), m.start))
    return add_facts(
        Document(
            **{name: getattr(document, name) for name in document.__slots__ if name != "mentions"},
            mentions=tuple(mentions),
        )
    )


def _block(block_id: str, kind: BlockKind, text: str, mentions: list[Mention], marks: list[Mark]) -> Block:
    out, at = "", 0
    for match in _MARKUP.finditer(text):
        out += text[at : match.start()]
        at = match.end()
        if number := match["mark"]:
            marks.append(Mark(f"m{number}", number, f"note{number}", block_id, len(out), ()))
            continue
        start = len(out)
        out += match["text"]
        mentions.append(
            Mention(
                f"{block_id}-{start}",
                block_id,
                start,
                len(out),
                match["text"],
                LABELS[match["label"]],
                match["entity"],
                match["text"],
                "test",
            )
        )
    out += text[at:]
    return Block(block_id, kind, out, ())


def _places(block: Block, mentions: list[Mention]) -> list[Mention]:
    taken = {i for m in mentions if m.block_id == block.block_id for i in range(m.start, m.end)}
    found = []
    for match in _NAMES.finditer(plain(block.text)):
        if taken.isdisjoint(range(*match.span())):
            name = match[0]
            label, entity = ("COUNTRY", f"country:{_CODES[name]}") if name in _CODES else ("PLACE", f"place:{name}")
            found.append(
                Mention(
                    f"{block.block_id}-{match.start()}-p",
                    block.block_id,
                    match.start(),
                    match.end(),
                    name,
                    label,
                    entity,
                    name,
                    "test",
                )
            )
    return found
