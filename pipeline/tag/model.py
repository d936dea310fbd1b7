"""GiNZA: text in, entities with exact offsets out."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.processes import arithmetic
from pipeline.tag.sentences import split

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.tag.decode import Decoder

MODEL = "ja_ginza"

_UNUSED = ["attribute_ruler", "morphologizer", "compound_splitter", "bunsetu_recognizer"]
"""Components that change no entity. The parser does: entities never cross its sentence ends."""

_RECOGNISER = "ner"
"""The component whose numbers `pipeline.tag.decode` reads in its place."""

_BATCH_CHARACTERS = 4000
"""Text given to the model at once; more is hardly faster and takes memory (about 70 KB a character)."""

_BREAKS = "、，, 　"
"""Where a sentence too long for the model is best cut."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What the model found in a text: ``text[start:end]``, under the model's own label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Model:
    """The pipeline that gives docs their tensor and sentence starts, and what reads entities from these."""

    nlp: Language
    decoder: Decoder


@cache
def load() -> Model:
    """The model, loaded at the first call and kept for the process (about 1 s and 430 MB).

    Its arithmetic uses one thread, because documents already run side by side; this holds only
    if NumPy was not imported before. Raises OSError where the model is not installed.
    """
    os.environ.update(arithmetic.settings())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy  # noqa: PLC0415  (slow to import, and most commands never tag)
        from thinc.api import NumpyOps  # noqa: PLC0415

        from pipeline.tag.decode import Decoder  # noqa: PLC0415

        nlp = spacy.load(MODEL, exclude=_UNUSED)
        nlp.tokenizer = words_of(nlp.tokenizer)
        # NumPy's multiplication takes half the time of thinc's own (BLIS).
        ops = NumpyOps(use_blis=False)
        for _, component in nlp.pipeline:
            for node in getattr(component, "model").walk():  # noqa: B009 - not every component is said to have one
                node.ops = ops
        return Model(nlp, Decoder(nlp.get_pipe(_RECOGNISER)))


def words_of(tokenizer: Any) -> Callable[[str], Doc]:
    """What cuts a text into the same words as spaCy's tokenizer of Japanese, and says nothing else of them.

    spaCy also asks for parts of speech, lemmas, readings and parts of compounds, which takes four times as long.
    """
    from spacy.lang.ja import DetailedToken, get_dtokens_and_spaces  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415

    def words(text: str) -> Doc:
        surfaces = [found.surface() for found in tokenizer.tokenizer.tokenize(text)]
        given = [DetailedToken(surface, "", "", "", "", "", None) for surface in surfaces if surface]
        tokens, spaces = get_dtokens_and_spaces(given, text)  # type: ignore[no-untyped-call]
        return Doc(tokenizer.vocab, words=[token.surface for token in tokens], spaces=spaces)

    return words


def entities(texts: list[str], model_bytes: int) -> list[list[Entity]]:
    """The model's entities for each of the texts, in order; offsets count within each text.

    A text of more than ``model_bytes`` UTF-8 bytes is read in pieces, cut at sentence ends. The
    entities of a text do not overlap.
    """
    jobs = [(i, start, text[start:end]) for i, text in enumerate(texts) for start, end in pieces(text, model_bytes)]
    found: list[list[Entity]] = [[] for _ in texts]
    model = load()
    for batch in _batches(jobs):
        texts_of_batch = [text for _, _, text in batch]
        docs = list(model.nlp.pipe(texts_of_batch, batch_size=len(batch), disable=[_RECOGNISER]))
        for (i, base, text), doc, spans in zip(batch, docs, model.decoder.entities(docs), strict=True):
            if doc.text != text:
                raise RuntimeError(f"the tokenizer changed the text {text[:40]!r}; its offsets cannot be used")
            for span in spans:
                last = doc[span.end - 1]
                found[i].append(Entity(base + doc[span.start].idx, base + last.idx + len(last), span.label))
    return found


def pieces(text: str, limit: int) -> list[tuple[int, int]]:
    """Cuts a text into (start, end) pieces of at most ``limit`` UTF-8 bytes that tile it.

    Cuts stand at sentence ends; inside a sentence only where it alone is too long, after a
    comma if there is one. ``limit`` is at least 4, the bytes of one character.
    """
    if len(text.encode()) <= limit:
        return [(0, len(text))] if text else []
    found: list[tuple[int, int]] = []
    size = 0
    for start, end in _units(text, limit):
        more = len(text[start:end].encode())
        if found and size + more <= limit:
            found[-1] = (found[-1][0], end)
            size += more
        else:
            found.append((start, end))
            size = more
    return found


def _units(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """The sentences of a text, those above the limit in parts below it."""
    for start, end in split(text):
        at = start
        while at < end:
            fits = len(text[at:end].encode()[:limit].decode(errors="ignore"))
            cut = at + fits
            if cut < end:
                cut = max((text.rfind(c, at, cut) + 1 for c in _BREAKS), default=0) or cut
            yield at, cut
            at = cut


def _batches(jobs: Iterable[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Jobs in order, as many together as stay within `_BATCH_CHARACTERS`, at least one."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for job in jobs:
        if batch and size + len(job[2]) > _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += len(job[2])
    if batch:
        yield batch
