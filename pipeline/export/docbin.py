"""A document as a spaCy ``DocBin``: words, sentences and mentions. It loads without this project.

Each block is a ``Doc`` of its own, so that offsets are those of the tables and no text is longer than SudachiPy takes
at once when somebody trains on it. ``doc.spans["mentions"]`` holds every mention (label, knowledge base id: the
``entity_id``, id: the ``mention_id``), ``doc.ents`` those that do not overlap, longest first, as spaCy demands.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise

import spacy
import srsly.msgpack
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from pipeline.document import Block, Document, Mention

_PIECE = 10_000
"""Characters handed to the tokenizer at once: SudachiPy refuses more than 49,149 bytes."""
# A list of installed packages would be searched for others' encoders at every block, which takes longer than all else.
srsly.msgpack.msgpack_encoders.entry_points = False
_ATTRIBUTES = ("ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID")


def doc_bin(document: Document, made_from: str = "") -> bytes:
    """The bytes of a ``.spacy`` file with one ``Doc`` a block; ``doc.user_data`` says which block it is.

    ``made_from`` is kept there too: a key of what the file was made from.
    """
    language = _language(document.front.language)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        mentions[mention.block_id].append(mention)
    starts: dict[str, set[int]] = defaultdict(set)
    for sentence in document.sentences:
        starts[sentence.block_id].add(sentence.start)
    docs = DocBin(_ATTRIBUTES, store_user_data=True)
    for block in document.blocks:
        doc = _doc(language, block, mentions[block.block_id], starts[block.block_id] | {0})
        doc.user_data |= {
            "doc_id": document.doc_id,
            "title": document.front.title,
            "block_id": block.block_id,
            "kind": block.kind,
            "made_from": made_from,
        }
        docs.add(doc)
    return docs.to_bytes()


def _doc(language: Language, block: Block, mentions: list[Mention], starts: set[int]) -> Doc:
    cuts = {edge for mention in mentions for edge in (mention.start, mention.end)}
    words = _words(language, block, cuts | starts)
    doc = Doc(
        language.vocab,
        words=[block.text[start:end] for start, end in words],
        spaces=[False] * len(words),
        sent_starts=[start in starts for start, _ in words],
    )
    doc.spans["mentions"] = [
        span
        for mention in mentions
        if (
            span := doc.char_span(
                mention.start, mention.end, label=mention.label, kb_id=mention.entity_id, span_id=mention.mention_id
            )
        )
    ]
    doc.set_ents(filter_spans(list(doc.spans["mentions"])))
    return doc


def _words(language: Language, block: Block, cuts: set[int]) -> list[tuple[int, int]]:
    """Words of a block as offsets; none goes over an end of a mention or sentence."""
    edges = cuts | set(range(0, len(block.text), _PIECE)) | {0, len(block.text)}
    for start in range(0, len(block.text), _PIECE):
        for token in language.tokenizer(block.text[start : start + _PIECE]):
            edges |= {start + token.idx, start + token.idx + len(token)}
    inside = sorted(edge for edge in edges if 0 <= edge <= len(block.text))
    return list(pairwise(inside))


@cache
def _language(code: str) -> Language:
    return spacy.blank("en" if code == "en" else "ja")
