"""The form of the files: CSV, JSON, data package, and how to cite."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Author, Document, FrontMatter
from pipeline.export import NAMES, TABLES, Row, csv_header, csv_lines, nested_json
from pipeline.export.cite import cite_as
from pipeline.export.package import data_package
from pipeline.export.rows import document_rows

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXT, TEXT)
def test_csv_is_read_back_as_it_was_written(message: str, stage: str) -> None:
    row: Row = {
        "source_file": "a.pdf",
        "doc_id": "a",
        "stage": stage,
        "page": None,
        "severity": "error",
        "code": "c",
        "message": message,
        "about": "",
    }
    text = csv_header("problems") + csv_lines("problems", [row])
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (found["stage"], found["page"], found["message"]) == (stage, "", message)


def test_csv_has_line_feeds_only_and_joins_lists(document: Document) -> None:
    text = csv_header("authors") + csv_lines("authors", document_rows(document)["authors"])
    assert text == "doc_id,position,name,affiliation,role,specialties\nd,1,小熊 真也,所,員,甲; 乙\n"


def test_points_have_two_places(document: Document) -> None:
    assert csv_lines("boxes", document_rows(document)["boxes"][:1]) == "d,d/p,1,0.00,100.00,8.00,110.00\n"


def test_json_nests_what_the_tables_hold(document: Document) -> None:
    found = json.loads(nested_json(document_rows(document)))
    assert found["document"]["title"] == "題「名」"
    assert found["authors"][0]["specialties"] == ["甲", "乙"]
    assert [len(block["boxes"]) for block in found["blocks"]] == [2, 1]
    assert found["footnotes"][0]["boxes"] == [{"page": 2, "x0": 0.0, "top": 700.0, "x1": 7.0, "bottom": 710.0}]
    assert found["citations"][0]["refers_to"] == "d/c1"
    assert found["citations"][1]["refers_to"] is None
    assert found["problems"][0]["page"] == 2
    assert set(found) == (
        set(NAMES) - {"documents", "boxes", "citation_fields", "timeline", "changes", "entities", "works"}
    ) | {"document"}


def test_the_data_package_describes_every_table() -> None:
    package = json.loads(data_package())
    assert [resource["name"] for resource in package["resources"]] == list(NAMES)
    for resource in package["resources"]:
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_keys_and_references_name_columns_that_are_there() -> None:
    columns = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    for table in TABLES:
        assert {f"{table.name}.{name}" for name in table.key} <= columns
        assert {column.refers for column in table.columns if column.refers} <= columns


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "小熊真也「題――副題」『系列』第407号、2025年11月14日"),
        ({"published": "2025-01"}, "小熊真也「題――副題」『系列』第407号、2025年1月"),
        ({"published": "", "subtitle": ""}, "小熊真也「題」『系列』第407号"),
        ({"title": "題「中」"}, "小熊真也「題『中』――副題」『系列』第407号、2025年11月14日"),
        ({"authors": (Author("甲 一"), Author("乙 二"))}, "甲一・乙二「題――副題」『系列』第407号、2025年11月14日"),
        ({"authors": (), "series": "", "number": ""}, "「題――副題」、2025年11月14日"),
        ({"title": ""}, ""),
        (
            {"language": "en", "authors": (Author("Ann Lee"), Author("Bo Li"), Author("Cy Ma"))},
            "Ann Lee, Bo Li and Cy Ma, “題: 副題,” 系列, No. 407, November 14, 2025.",
        ),
        (
            {"language": "en", "authors": (), "series": "", "number": "", "subtitle": "", "published": "2025-11"},
            "“題,” November 2025.",
        ),
        (
            {"language": "en", "authors": (Author("Ann Lee"),), "series": "", "number": "", "published": ""},
            "Ann Lee, “題: 副題.”",
        ),
    ],
)
def test_how_to_cite(changes: dict[str, object], wanted: str) -> None:
    front = FrontMatter("系列", "407", "題", "副題", "2025-11-14", "ja", (Author("小熊 真也"),))
    assert cite_as(replace(front, **changes)) == wanted  # type: ignore[arg-type]
