"""Patterns of layout habits."""

from __future__ import annotations

import pytest

from pipeline.extract.knowledge import pattern
from pipeline.rules import RuleError


@pytest.mark.parametrize(
    ("section", "name", "text"),
    [
        ("notes", "heading", "注"),
        ("notes", "references", "参考文献"),
        ("back_matter", "opens", "PROFILE"),
        ("back_matter", "says", "無断転載を禁ずる"),
        ("back_matter", "specialties", "専門分野: 港湾史"),
        ("front", "series", "コメンタリー"),
        ("front", "number", "第801号"),
        ("front", "affiliation", "研究部"),
        ("front", "role", "主任研究官"),
        ("captions", "line", "表1 船の数"),
        ("captions", "source", "出所: 港の記録"),
    ],
)
def test_every_pattern_compiles_and_fits_what_it_is_for(section: str, name: str, text: str) -> None:
    assert pattern(section, name).search(text)
    assert not pattern(section, name).search("と")


def test_an_unknown_pattern() -> None:
    with pytest.raises(RuleError, match=r"layout\.toml has no \[front\] nothing"):
        pattern("front", "nothing")
