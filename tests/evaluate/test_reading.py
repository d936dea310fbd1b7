"""Figures of the text that was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.evaluate import evaluate, render
from pipeline.evaluate.align import Alignment, Stream, comparable
from pipeline.evaluate.figures import READING
from tests.evaluate.tables import Tables, change, scored, without

HEAD, FIRST, SECOND = "はじめに", "会合は2024年に開かれた。日本も参加した。", "成果は大きい。"
GOLD: dict[str, Any] = {
    "source_file": "a.pdf",
    "meta": {"number": "407", "title": "題", "author": "甲 一; 乙 二"},
    "blocks": [
        {"id": "g0", "kind": "heading", "text": HEAD},
        {"id": "g1", "kind": "paragraph", "text": FIRST},
        {"id": "g2", "kind": "paragraph", "text": SECOND},
    ],
    "notes": {"1": "防衛省「題」。", "2": "同上。"},
    "markers": [{"block": "g1", "number": 1, "offset": 14}, {"block": "g2", "number": "2", "offset": 7}],
}
TABLES: Tables = {
    "documents": [{"doc_id": "a", "number": "407", "title": "題", "source_file": "sub/a.pdf", "status": "ok"}],
    "authors": [{"doc_id": "a", "name": "乙　二"}, {"doc_id": "a", "name": "甲 一"}],
    "blocks": [
        {"doc_id": "a", "block_id": "t", "kind": "title", "text": "題"},
        {"doc_id": "a", "block_id": "b0", "kind": "heading", "text": HEAD},
        {"doc_id": "a", "block_id": "b1", "kind": "paragraph", "text": FIRST},
        {"doc_id": "a", "block_id": "b2", "kind": "paragraph", "text": SECOND},
        {"doc_id": "z", "block_id": "b9", "kind": "paragraph", "text": "別の文書。"},
    ],
    "footnotes": [
        {"doc_id": "a", "note_id": "n1", "number": "1", "text": "防衛省「題」。"},
        {"doc_id": "a", "note_id": "n2", "number": "2", "text": "同上。"},
    ],
    "footnote_markers": [
        {"doc_id": "a", "number": "1", "note_id": "n1", "block_id": "b1", "offset": "14"},
        {"doc_id": "a", "number": "2", "note_id": "n2", "block_id": "b2", "offset": "7"},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "a.gold.json"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


def test_full_agreement(tmp_path: Path, gold: Path) -> None:
    score = scored(tmp_path, gold, TABLES)
    assert score.figures == dict.fromkeys(READING, 1.0)
    assert score.differences == ()


@pytest.mark.parametrize(
    ("tables", "wanted", "told"),
    [
        (
            change(TABLES, "blocks", 2, text=FIRST.replace("も", "は")),
            {"text": 1 - 1 / 33},
            "'は' for 'も' at …024年に開かれた。日本|も参加した",
        ),
        (change(TABLES, "documents", 0, number="408"), {"meta": 2 / 3}, "number: '408' for '407'"),
        (without(TABLES, "authors", 0), {"meta": 2 / 3}, "author: '甲 一' for '甲 一; 乙 二'"),
        (change(TABLES, "blocks", 1, kind="paragraph"), {"headings": 0.0}, "missing: 'はじめに'"),
        (change(TABLES, "footnotes", 1, text="同書。"), {"notes": 1 - 1 / 10}, "2: '書' for '上' behind …同"),
        (without(TABLES, "footnotes", 1), {"notes": 1 - 3 / 10, "markers": 0.5}, "2: missing: '同上。'"),
        (without(TABLES, "footnote_markers", 1), {"markers": 2 / 3}, "missing: 2 at …参加した。成果は大きい。|…"),
        (
            change(TABLES, "footnote_markers", 0, offset="13"),
            {"markers": 0.5},
            "too many: 1 at …合は2024年に開かれた|。日本",
        ),
        (change(TABLES, "footnote_markers", 0, note_id="n2"), {"markers": 0.5}, "leads to no note of this number"),
        (change(TABLES, "footnote_markers", 0, block_id="no"), {"markers": 0.5}, "too many: 1 outside the body"),
    ],
)
def test_each_figure_and_its_difference(
    tmp_path: Path, gold: Path, tables: Tables, wanted: dict[str, float], told: str
) -> None:
    score = scored(tmp_path, gold, tables)
    assert score.figures == pytest.approx({**dict.fromkeys(READING, 1.0), **wanted})
    assert any(told in difference.what for difference in score.differences)
    assert {difference.figure for difference in score.differences} == set(wanted)


def test_merged_paragraphs(tmp_path: Path, gold: Path) -> None:
    tables = without(TABLES, "blocks", 3)
    tables["blocks"][2] = {**tables["blocks"][2], "text": FIRST + SECOND}
    tables["footnote_markers"] = [
        TABLES["footnote_markers"][0],
        {**TABLES["footnote_markers"][1], "block_id": "b1", "offset": str(len(FIRST) + 7)},
    ]
    assert scored(tmp_path, gold, tables).figures == {**dict.fromkeys(READING, 1.0), "paragraphs": 0.8}


def test_an_error_in_front_does_not_move_what_follows(tmp_path: Path, gold: Path) -> None:
    tables = change(TABLES, "blocks", 2, text="なお、" + FIRST)
    tables["footnote_markers"] = change(TABLES, "footnote_markers", 0, offset="17")["footnote_markers"]
    figures = scored(tmp_path, gold, tables).figures
    assert figures["markers"] == 1.0
    assert figures["text"] == pytest.approx(1 - 3 / 33)


def test_typographic_space_and_width_do_not_count(tmp_path: Path, gold: Path) -> None:
    assert scored(tmp_path, gold, change(TABLES, "blocks", 1, text=" はじ　めに")).figures["headings"] == 1.0
    assert comparable("ＡＤＭＭ – “Ａ”") == comparable('ADMM-"A"')


@pytest.mark.parametrize(
    "tables", [change(TABLES, "documents", 0, source_file="b.pdf"), change(TABLES, "documents", 0, status="failed")]
)
def test_a_document_that_is_not_there(tmp_path: Path, gold: Path, tables: Tables) -> None:
    score = scored(tmp_path, gold, tables)
    assert score.figures == dict.fromkeys(READING, 0.0)
    assert "not in the output" in render([score])


def test_notes_as_a_list_with_a_number_twice(tmp_path: Path, gold: Path) -> None:
    notes = [{"number": "1", "text": "同上。"}, {"number": "1", "text": "防衛省「題」。"}]
    gold.write_text(json.dumps({**GOLD, "notes": notes, "markers": []}), encoding="utf-8")
    assert scored(tmp_path, gold, change(TABLES, "footnotes", 1, number="1")).figures["notes"] == 1.0


@pytest.mark.parametrize("text", ["", "{}", '{"source_file": 3}'])
def test_bad_gold_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.gold\.json"):
        evaluate(tmp_path, [path])
    with pytest.raises(UsageError, match=r"none\.gold\.json"):
        evaluate(tmp_path, [tmp_path / "none.gold.json"])


@given(st.text(st.sampled_from("abcd"), max_size=30), st.text(st.sampled_from("abcd"), max_size=30))
def test_carried_places_keep_their_order(source: str, target: str) -> None:
    alignment = Alignment(source, target)
    places = [alignment.carry(place) for place in range(len(source) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(target) for place in places)
    same = Alignment(source, source)
    assert [same.carry(place) for place in range(len(source) + 1)] == list(range(len(source) + 1))


@given(st.lists(st.text(max_size=10), max_size=4))
def test_places_count_the_comparable_text(texts: list[str]) -> None:
    stream = Stream((str(i), text) for i, text in enumerate(texts))
    assert stream.text == "".join(comparable(text) for text in texts)
    for i, text in enumerate(texts):
        assert stream.place(str(i), len(text)) == len(comparable("".join(texts[: i + 1])))
        assert stream.place(str(i), len(text) + 1) is None
    assert stream.place("none", 0) is None
