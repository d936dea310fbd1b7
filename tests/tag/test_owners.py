"""Whose strategy of a common name is meant."""

from __future__ import annotations

import pytest

from pipeline.document import Block, Document
from pipeline.tag import Tagger

TAGGER = Tagger(propose=False)


def owners(*texts: str) -> list[str]:
    """The entity of each strategy, in order, as far as it tells the owner."""
    blocks = tuple(Block(f"b{i}", "paragraph", text, ((0, len(text)),)) for i, text in enumerate(texts))
    found = TAGGER.tag(Document("d", "d.pdf", "", blocks=blocks)).mentions
    return [m.entity_id.partition("@")[2] or "JPN" for m in found if m.label == "INITIATIVE"]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["国家安全保障戦略が決まった。"], ["JPN"]),
        (["ドイツの国家安全保障戦略が出た。"], ["DEU"]),
        (["オーストラリアは国家防衛戦略を公表した。", "その国家防衛戦略は長い。"], ["AUS", "AUS"]),
        # A body of Japan issues Japan's, whatever was spoken of before.
        (["ドイツの国家安全保障戦略が出た。", "内閣官房「国家安全保障戦略」2022年12月16日。"], ["DEU", "JPN"]),
        (["米国は国家防衛戦略を改めた。", "防衛省の『国家防衛戦略』は別のものである。"], ["USA", "JPN"]),
    ],
)
def test_the_owner_is_the_state_or_the_body_nearest_to_the_name(texts: list[str], wanted: list[str]) -> None:
    assert owners(*texts) == wanted
