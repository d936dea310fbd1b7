"""Figures of citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate.citations import field_right
from pipeline.evaluate.figures import CITATIONS
from tests.evaluate.tables import GOLD, TABLES, Tables, change, more, scored_names, without

FIELDS = 15
"""Fields that the gold has: six, six, and three of the back reference."""


@pytest.mark.parametrize(
    ("tables", "wanted", "told"),
    [
        pytest.param(
            without(TABLES, "citations", 1),
            {"citations": 4 / 5, "cite_fields": 1 - 6 / FIELDS},
            "missing: '海の本' in note 2: 甲一・乙二『海の本』（丙書房、2020年）12-15頁。",
            id="missed",
        ),
        pytest.param(
            more(TABLES, "citations", citation_id="c4", title="別"),
            {"citations": 6 / 7},
            "too many: '別' in note 3: 防衛省、前掲資料。",
            id="one too many",
        ),
        pytest.param(
            change(TABLES, "citations", 1, title="海の"),
            {"cite_fields": 1 - 1 / FIELDS},
            "title: '海の' for '海の本' in note 2: 甲一・乙二『海の本』（丙書房、2020年）12-15頁。",
            id="title alike by half",
        ),
        pytest.param(
            change(TABLES, "citations", 1, title="山の話"),
            {"citations": 2 / 3, "cite_fields": 1 - 6 / FIELDS},
            "missing: '海の本' in note 2: 甲一・乙二『海の本』（丙書房、2020年）12-15頁。",
            id="another title",
        ),
        pytest.param(
            change(TABLES, "citations", 0, title="別"),
            {"cite_fields": 1 - 1 / FIELDS},
            "title: '別' for '会合の概要' in note 1: 防衛省「会合の概要」2025年11月1日、https://example.org/a.html。",
            id="another title at the same address",
        ),
        pytest.param(
            change(TABLES, "citations", 1, number="", note_id="n1"),
            {"citations": 2 / 3, "cite_fields": 1 - 6 / FIELDS},
            "too many: '海の本' in note 1: 防衛省「会合の概要」2025年11月1日、https://example.org/a.html。",
            id="in another note",
        ),
        pytest.param(
            change(TABLES, "citations", 1, pages="12", container="丙書房"),
            {"cite_fields": 1 - 2 / FIELDS},
            "container: '丙書房' for None in note 2: 甲一・乙二『海の本』（丙書房、2020年）12-15頁。",
            id="fields",
        ),
        pytest.param(
            change(TABLES, "citations", 2, refers_to="c2"),
            {"refers_to": 0.0},
            "note 2 for 1 in note 3: 防衛省、前掲資料。",
            id="back reference to another note",
        ),
        pytest.param(
            change(TABLES, "citations", 2, refers_to=""),
            {"refers_to": 0.0},
            "note none for 1 in note 3: 防衛省、前掲資料。",
            id="back reference to nothing",
        ),
    ],
)
def test_citations(tmp_path: Path, tables: Tables, wanted: dict[str, float], told: str) -> None:
    score = scored_names(tmp_path, tables)
    found = {name: value for name, value in score.figures.items() if name in CITATIONS}
    assert found == pytest.approx({**dict.fromkeys(CITATIONS, 1.0), **wanted})
    assert told in [difference.what for difference in score.differences]


def test_the_likest_titles_are_paired_first(tmp_path: Path) -> None:
    tables = change(TABLES, "citations", 0, url="", title="会合の概要（続）")
    tables = change(more(tables, "citations"), "citations", 3, citation_id="c0", number="1", title="会合の概要")
    gold = [{"note": 1, "title": "会合の概要"}, {"note": 1, "title": "会合の概要（続）"}]
    score = scored_names(tmp_path, without(without(tables, "citations", 2), "citations", 1), citations=gold)
    assert [score.figures[name] for name in CITATIONS] == [1.0, 1.0, 1.0]


def test_a_back_reference_that_was_missed_is_not_resolved(tmp_path: Path) -> None:
    assert scored_names(tmp_path, without(TABLES, "citations", 2)).figures["refers_to"] == 0.0
    no_back_references = GOLD["citations"][:2]
    score = scored_names(tmp_path, without(TABLES, "citations", 2), citations=no_back_references)
    assert score.figures["refers_to"] == 1.0


@pytest.mark.parametrize(
    ("name", "want", "row", "right"),
    [
        ("authors", ["甲一", "乙二"], {"authors": "乙二; 甲一"}, True),
        ("authors", ["甲一"], {"authors": "甲一; 乙二"}, False),
        ("authors", [], {"authors": ""}, True),
        ("title", "海の本", {"title": "『海の本』"}, True),
        ("title", "ＡＤＭＭの 本", {"title": "ADMMの本"}, True),
        ("title", "海の本", {"title": "海の本（続）"}, False),
        ("container", "外交", {"container": "『外交』"}, True),
        ("container", "防衛省", {"container": "", "publisher": "防衛省"}, True),
        ("container", "外交", {"container": "外交フォーラム"}, False),
        ("container", None, {"container": "外交"}, False),
        ("container", None, {"container": "", "publisher": "丙書房"}, True),
        ("pages", "12-15", {"pages": "pp. 12–15"}, True),
        ("pages", "12-15", {"pages": "12"}, False),
        ("pages", None, {"pages": ""}, True),
        ("date", "2025-11", {"date": "2025-11-01"}, False),
        ("url", "https://example.org/a", {"url": "https://example.org/a."}, True),
        ("url", "https://example.org/a", {"url": "https://example.org/A"}, False),
    ],
)
def test_what_makes_a_field_right(name: str, want: str | list[str] | None, row: dict[str, str], right: bool) -> None:
    assert field_right(name, want, row) is right
