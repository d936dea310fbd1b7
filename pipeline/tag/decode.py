"""Named entities from the model's numbers: the greedy decoding of spaCy's recogniser, over all tokens at once.

spaCy asks every one of its 757 actions at every token whether it is allowed, which takes longer than the network
itself. What is allowed is simple: an entity begins and ends within a sentence, no entity begins on a blank, and inside
one only its own label goes on. Outside entities the scores hang on the token alone, so they are one multiplication;
the few tokens inside are walked one by one. The entities are the same as spaCy's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc

Numbers = np.ndarray[Any, np.dtype[np.float32]]

_CHUNK = 2048
"""Tokens scored at once; bounds the memory (3 KB a token)."""
_NEVER = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``start`` to ``end`` (exclusive) of a doc, under the model's own label."""

    start: int
    end: int
    label: str


class Decoder:
    """Reads the entities of docs that have their tensor and sentence starts.

    ``recogniser`` is spaCy's component ``ner``. Raises ValueError where it is built otherwise than this class knows.
    """

    def __init__(self, recogniser: Any) -> None:
        model = recogniser.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        if not model.attrs["has_upper"] or lower.get_dim("nF") != 3 or lower.get_dim("nP") < 2:
            raise ValueError("the recogniser has another form than its decoder knows")
        self._reduce = model.get_ref("tok2vec")
        self._lower = lower
        self._bias: Numbers = lower.get_param("b")
        self._weights: Numbers = upper.get_param("W")
        self._upper_bias: Numbers = upper.get_param("b")
        names = [recogniser.moves.get_class_name(index) for index in range(recogniser.moves.n_moves)]
        self._names: list[tuple[str, str]] = [(name[:1], name[2:]) for name in names]
        self._place = {name: index for index, name in enumerate(names)}
        unseen = model.attrs["unseen_classes"]
        kinds = np.array([kind for kind, _ in self._names])
        # The action U- without a label only serves spans that a caller blocked.
        usable = np.array([index not in unseen and name != "U-" for index, name in enumerate(names)])
        self._count = len(names)
        # One row for each kind of token outside entities: where it may begin one, where only a single token may be one
        # (it ends its sentence), and where none may (blanks).
        self._closed = np.full((3, self._count), _NEVER, dtype=np.float32)
        for row, allowed in enumerate((["B", "U", "O"], ["U", "O"], ["O"])):
            self._closed[row, np.isin(kinds, allowed) & usable] = 0

    def entities(self, docs: list[Doc]) -> list[list[Span]]:
        """The entities of each doc, in order; they do not overlap."""
        docs_with_text = [doc for doc in docs if len(doc)]
        if not docs_with_text:
            return [[] for _ in docs]
        features: Numbers = self._lower.predict(self._reduce.predict(docs_with_text))
        padding, features = features[0], features[1:]
        best, last = self._outside(docs_with_text, features, padding)
        found, at = [], 0
        for doc in docs:
            here = slice(at, at + len(doc))
            found.append(self._walk(best[here], last[here], features[here]))
            at += len(doc)
        return found

    def _outside(
        self, docs: list[Doc], features: Numbers, padding: Numbers
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """For every token its best action if no entity is open, and whether it is its sentence's last."""
        blank = np.array([token.is_space for doc in docs for token in doc], dtype=bool)
        last = np.array([not _goes_on(doc, index) for doc in docs for index in range(len(doc))], dtype=bool)
        rows = np.where(blank, 2, np.where(last, 1, 0))
        best = np.empty(len(rows), dtype=np.intp)
        alone = padding[1] + padding[2]
        for start in range(0, len(rows), _CHUNK):
            part = slice(start, start + _CHUNK)
            scores = self._scores(features[part, 0] + alone) + self._closed[rows[part]]
            best[part] = scores.argmax(axis=1)
        return best, last

    def _scores(self, summed: Numbers) -> Numbers:
        hidden = (summed + self._bias).max(axis=-1)
        scores: Numbers = (hidden @ self._weights.T + self._upper_bias)[..., : self._count]
        return scores

    def _walk(self, best: np.ndarray[Any, Any], last: np.ndarray[Any, Any], features: Numbers) -> list[Span]:
        found: list[Span] = []
        at = 0
        while at < len(best):
            kind, label = self._names[best[at]]
            start, at = at, at + 1
            if kind == "U":
                found.append(Span(start, at, label))
            elif kind == "B":
                on, end = self._place[f"I-{label}"], self._place[f"L-{label}"]
                while not last[at] and self._goes_on(features, start, at, on, end):
                    at += 1
                at += 1
                found.append(Span(start, at, label))
        return found

    def _goes_on(self, features: Numbers, start: int, at: int, on: int, end: int) -> bool:
        """Whether an open entity goes on behind the token ``at``; ``on`` and ``end`` are the two actions."""
        summed = features[at, 0] + features[start, 1] + features[at - 1, 2] + self._bias
        hidden = summed.max(axis=-1)
        going = float(hidden @ self._weights[on] + self._upper_bias[on])
        ending = float(hidden @ self._weights[end] + self._upper_bias[end])
        return going > ending if end < on else going >= ending


def _goes_on(doc: Doc, index: int) -> bool:
    """Whether another token of the same sentence follows."""
    return index + 1 < len(doc) and doc[index + 1].is_sent_start is not True
