"""The figure of the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.tables import FIRST, GOLD, TABLES, Tables, change, more, scored_names, without

FACTS = 7
"""Edition, date and place; year; office and country; a relation."""


@pytest.mark.parametrize(
    ("tables", "figure", "told"),
    [
        pytest.param(
            change(TABLES, "meetings", 0, city="", country=""),
            1 - 1 / FACTS,
            "place クアラルンプール of admm-plus; rows: 12 2025-11-01: "
            "小泉防衛大臣は2025年11月1日、クアラルンプールで第12回【ADMMプラス】に出席した。",
            id="place",
        ),
        pytest.param(
            change(TABLES, "meetings", 0, start_date="2025"),
            1 - 1 / FACTS,
            "start_date 2025-11-01 of admm-plus; rows: 12 2025 クアラルンプール MYS: "
            "小泉防衛大臣は2025年11月1日、クアラルンプールで第12回【ADMMプラス】に出席した。",
            id="date less precise",
        ),
        pytest.param(
            # Edition, date and place are wrong, for the row has another edition; and so is the row.
            change(TABLES, "meetings", 0, edition="11"),
            1 - 4 / (FACTS + 1),
            f"too many: admm-plus 11 2025-11-01 クアラルンプール MYS: {FIRST}",
            id="edition",
        ),
        pytest.param(
            more(TABLES, "meetings", edition="", start_date="2024"),
            1 - 1 / (FACTS + 1),
            f"too many: admm-plus 2024 クアラルンプール MYS: {FIRST}",
            id="an occurrence too many",
        ),
        pytest.param(
            change(TABLES, "initiatives", 0, year="2016"),
            1 - 1 / FACTS,
            "year 2007 of foip; rows: 2016: 2007年に始まった【FOIP】は、ADMMプラスでも語られた。",
            id="year",
        ),
        pytest.param(
            change(TABLES, "ministers", 0, office="外務大臣", country="USA"),
            1 - 2 / FACTS,
            "office 防衛大臣 of koizumi; rows: 外務大臣 USA: "
            "【小泉防衛大臣】は2025年11月1日、クアラルンプールで第12回ADMMプラスに出席した。",
            id="office and country",
        ),
        pytest.param(
            change(TABLES, "relations", 0, predicate="hosted"),
            1 - 1 / FACTS,
            "missing: koizumi attended admm-plus: "
            "【小泉防衛大臣】は2025年11月1日、クアラルンプールで第12回ADMMプラスに出席した。",
            id="relation",
        ),
        pytest.param(
            more(TABLES, "relations", subject_id="initiative:f", predicate="presented_at"),
            1 - 1 / (FACTS + 1),
            f"too many: foip presented_at admm-plus: {FIRST}",
            id="a claim too many",
        ),
        pytest.param(
            # Nothing that hangs on the minister is right any more.
            without(TABLES, "mentions", 1),
            1 - 3 / FACTS,
            "country JPN of koizumi; rows: none: "
            "【小泉防衛大臣】は2025年11月1日、クアラルンプールで第12回ADMMプラスに出席した。",
            id="entity never found",
        ),
    ],
)
def test_facts(tmp_path: Path, tables: Tables, figure: float, told: str) -> None:
    score = scored_names(tmp_path, tables)
    assert score.figures["facts"] == pytest.approx(figure)
    assert told in [difference.what for difference in score.differences]


def test_rows_that_say_more_or_speak_of_others_are_no_fault(tmp_path: Path) -> None:
    tables = more(TABLES, "meetings", edition="", start_date="2025-11")
    tables = more(tables, "meetings", entity_id="meeting:z", edition="3", start_date="1999")
    tables = more(tables, "relations", subject_id="minister:z")
    tables = more(tables, "ministers", office="環境大臣")
    assert scored_names(tmp_path, tables).figures["facts"] == 1.0


def test_an_entity_is_that_of_most_of_its_mentions(tmp_path: Path) -> None:
    tables = change(TABLES, "mentions", 5, entity_id="meeting:b")
    tables = change(tables, "meetings", 0, entity_id="meeting:b")
    # A mention each: the first one's entity counts. It has no row of the meeting's, but the relation.
    assert scored_names(tmp_path, tables).figures["facts"] == pytest.approx(1 - 3 / FACTS)
    tables = change(tables, "mentions", 3, start="0", end="2")
    assert scored_names(tmp_path, tables).figures["facts"] == pytest.approx(1 - 1 / FACTS)


def test_no_facts_at_all_are_right(tmp_path: Path) -> None:
    nothing: dict[str, Any] = {name: [] for name in GOLD["facts"]}
    assert scored_names(tmp_path, {**TABLES, "relations": []}, facts=nothing).figures["facts"] == 1.0
