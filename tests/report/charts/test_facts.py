"""What pictures show, read from the database."""

from __future__ import annotations

import sqlite3

from pipeline.report.site.charts import facts
from pipeline.report.site.where import Place


def test_what_several_commentaries_date_is_one_occurrence_with_what_each_knows(tables: sqlite3.Connection) -> None:
    found = facts.occurrences(tables)
    assert [(one.label, one.name, one.date) for one in found] == [
        ("INITIATIVE", "凪構想", "2020"),
        ("MEETING", "環海会合", "2023"),
        ("MEETING", "環海会合", "2024-11-20"),
    ]
    assert (found[-1].edition, found[-1].city) == ("3", "凪市")
    assert found[-1].places == [Place("a", "a:p", 2), Place("b", "b:p:0-2:SENTENCE", 3)]


def test_what_several_commentaries_say_that_somebody_did_is_one_deed(tables: sqlite3.Connection) -> None:
    found = facts.deeds(tables)
    assert [(one.who, one.country, one.predicate, one.meeting, one.date, len(one.places)) for one in found] == [
        ("甲野乙", "JPN", "attended", "環海会合", "2024-11-20", 2),
        ("甲野乙", "JPN", "chaired", "環海会合", "", 1),
    ]


def test_ties_count_deeds_and_sentences(tables: sqlite3.Connection) -> None:
    found = {(tie.one, tie.other): (tie.deeds, tie.sentences) for tie in facts.ties(tables, facts.deeds(tables))}
    assert found == {("initiative:i", "meeting:m"): (0, 1), ("meeting:m", "minister:甲"): (2, 0)}


def test_works_come_by_the_number_of_commentaries_before_that_of_citations(tables: sqlite3.Connection) -> None:
    found = facts.works(tables)
    assert [(one.name, one.said, one.documents, one.citations) for one in found] == [
        ("海", "丙 · 2019", 2, 2),
        ("概要", "凪省", 1, 2),
        ("https://www.kaze.example:8/y", "", 1, 1),
    ]


def test_a_publisher_is_who_brought_it_out_else_the_site(tables: sqlite3.Connection) -> None:
    assert [(one.name, one.citations) for one in facts.publishers(tables)] == [
        ("潮書房", 2),
        ("凪省", 2),
        ("kaze.example", 1),
    ]
