"""The entities are those that spaCy's own recogniser finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.tag import model
from pipeline.tag.decode import Decoder

SAMPLES = Path(__file__).parents[1] / "samples"


def texts() -> list[str]:
    lines = [line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    # Also what is hard on sentence ends: blanks, one token, nothing, several sentences in one text.
    return [*(line for line in lines if line.strip()), "。", "", "　", " 東京 ", "米国", "".join(lines[:40])]


def test_entities_are_those_of_spacys_own_decoding() -> None:
    loaded = model.load()
    docs = list(loaded.nlp.pipe(texts(), disable=["ner"]))
    found = [[(span.start, span.end, span.label) for span in spans] for spans in loaded.decoder.entities(docs)]
    assert sum(map(len, found)) > 500
    recogniser = loaded.nlp.get_pipe("ner")
    wanted = [[(e.start, e.end, e.label_) for e in recogniser(doc).ents] for doc in docs]
    assert found == wanted


def test_another_form_of_recogniser_is_refused() -> None:
    with pytest.raises(ValueError, match="form"):
        Decoder(model.load().nlp.get_pipe("parser"))
