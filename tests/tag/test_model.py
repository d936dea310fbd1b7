"""The model sees the same words as it would with spaCy's own tokenizer."""

from __future__ import annotations

import spacy

from pipeline.tag.model import words_of
from tests.tag.test_decode import texts

BLANKS = (" 、", "a  b", " a", "a ", "日本 の　\n会議  ", "…", "A\tB\u00a0C", "\u200b日本", "ｶﾞ行 ㍿", "😀が")


def test_words_are_those_of_spacys_own_tokenizer() -> None:
    own = spacy.blank("ja", config={"nlp": {"tokenizer": {"split_mode": "C"}}}).tokenizer
    words = words_of(own)
    for text in (*texts(), *BLANKS):
        found, wanted = ([(token.text, token.whitespace_, token.shape_) for token in cut(text)] for cut in (words, own))
        assert found == wanted
