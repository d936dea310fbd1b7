"""Scoring and floors."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.evaluate import Score, check_floors, evaluate, fingerprint, render, write_floors
from pipeline.evaluate.align import Alignment, Stream, comparable
from pipeline.evaluate.compare import FIGURES

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
TABLES: dict[str, list[dict[str, str]]] = {
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


def change(table: str, row: int, **fields: str) -> dict[str, list[dict[str, str]]]:
    rows = [dict(r) for r in TABLES[table]]
    rows[row].update(fields)
    return {**TABLES, table: rows}


def without(table: str, row: int) -> dict[str, list[dict[str, str]]]:
    return {**TABLES, table: [r for i, r in enumerate(TABLES[table]) if i != row]}


def scored(folder: Path, gold: Path, tables: dict[str, list[dict[str, str]]]) -> Score:
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    (score,) = evaluate(folder, [gold])
    return score


def test_full_agreement(tmp_path: Path, gold: Path) -> None:
    score = scored(tmp_path, gold, TABLES)
    assert score.figures == dict.fromkeys(FIGURES, 1.0)
    assert score.differences == ()


@pytest.mark.parametrize(
    ("tables", "wanted", "told"),
    [
        (
            change("blocks", 2, text=FIRST.replace("も", "は")),
            {"text": 1 - 1 / 33},
            "'は' for 'も' at …024年に開かれた。日本|も参加した",
        ),
        (change("documents", 0, number="408"), {"meta": 2 / 3}, "number: '408' for '407'"),
        (without("authors", 0), {"meta": 2 / 3}, "author: '甲 一' for '甲 一; 乙 二'"),
        (change("blocks", 1, kind="paragraph"), {"headings": 0.0}, "missing: 'はじめに'"),
        (change("footnotes", 1, text="同書。"), {"notes": 1 - 1 / 10}, "2: '書' for '上' behind …同"),
        (without("footnotes", 1), {"notes": 1 - 3 / 10, "markers": 0.5}, "2: missing: '同上。'"),
        (without("footnote_markers", 1), {"markers": 2 / 3}, "missing: 2 at …参加した。成果は大きい。|…"),
        (change("footnote_markers", 0, offset="13"), {"markers": 0.5}, "too many: 1 at …合は2024年に開かれた|。日本"),
        (change("footnote_markers", 0, note_id="n2"), {"markers": 0.5}, "leads to no note of this number"),
        (change("footnote_markers", 0, block_id="no"), {"markers": 0.5}, "too many: 1 outside the body"),
    ],
)
def test_each_figure_and_its_difference(
    tmp_path: Path, gold: Path, tables: dict[str, list[dict[str, str]]], wanted: dict[str, float], told: str
) -> None:
    score = scored(tmp_path, gold, tables)
    assert score.figures == pytest.approx({**dict.fromkeys(FIGURES, 1.0), **wanted})
    assert any(told in difference.what for difference in score.differences)
    assert {difference.figure for difference in score.differences} == set(wanted)


def test_merged_paragraphs(tmp_path: Path, gold: Path) -> None:
    tables = without("blocks", 3)
    tables["blocks"][2] = {**tables["blocks"][2], "text": FIRST + SECOND}
    tables["footnote_markers"] = [
        TABLES["footnote_markers"][0],
        {**TABLES["footnote_markers"][1], "block_id": "b1", "offset": str(len(FIRST) + 7)},
    ]
    assert scored(tmp_path, gold, tables).figures == {**dict.fromkeys(FIGURES, 1.0), "paragraphs": 0.8}


def test_an_error_in_front_does_not_move_what_follows(tmp_path: Path, gold: Path) -> None:
    tables = change("blocks", 2, text="なお、" + FIRST)
    tables["footnote_markers"] = change("footnote_markers", 0, offset="17")["footnote_markers"]
    figures = scored(tmp_path, gold, tables).figures
    assert figures["markers"] == 1.0
    assert figures["text"] == pytest.approx(1 - 3 / 33)


def test_typographic_space_and_width_do_not_count(tmp_path: Path, gold: Path) -> None:
    assert scored(tmp_path, gold, change("blocks", 1, text=" はじ　めに")).figures["headings"] == 1.0
    assert comparable("ＡＤＭＭ – “Ａ”") == comparable('ADMM-"A"')


@pytest.mark.parametrize(
    "tables", [change("documents", 0, source_file="b.pdf"), change("documents", 0, status="failed")]
)
def test_a_document_that_is_not_there(tmp_path: Path, gold: Path, tables: dict[str, list[dict[str, str]]]) -> None:
    score = scored(tmp_path, gold, tables)
    assert score.figures == dict.fromkeys(FIGURES, 0.0)
    assert "not in the output" in render([score])


def test_notes_as_a_list_with_a_number_twice(tmp_path: Path, gold: Path) -> None:
    notes = [{"number": "1", "text": "同上。"}, {"number": "1", "text": "防衛省「題」。"}]
    gold.write_text(json.dumps({**GOLD, "notes": notes, "markers": []}), encoding="utf-8")
    assert scored(tmp_path, gold, change("footnotes", 1, number="1")).figures["notes"] == 1.0


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


def test_render_lists_figures_means_and_differences(tmp_path: Path, gold: Path) -> None:
    text = render([scored(tmp_path, gold, change("documents", 0, number="408"))])
    assert "a.pdf" in text
    assert "0.6666" in text
    assert "mean" in text
    assert "  meta: number: '408' for '407'" in text
    assert render([]) == "Nothing to score.\n"


def score_of(**figures: float) -> list[Score]:
    return [Score("a.pdf", {**dict.fromkeys(FIGURES, 1.0), **figures}, ())]


def test_floors_hold_and_give_way_only_when_told(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    with pytest.raises(UsageError, match="write-floors"):
        check_floors(score_of(), [gold], floors)
    write_floors(score_of(text=0.98765), [gold], floors)
    assert check_floors(score_of(text=0.98765), [gold], floors) == []
    assert check_floors(score_of(text=0.99), [gold], floors) == []
    assert "text is 0.9800, under its floor 0.9876" in check_floors(score_of(text=0.98), [gold], floors)[0]

    before = floors.read_bytes()
    with pytest.raises(UsageError, match="lower-floors"):
        write_floors(score_of(text=0.98), [gold], floors)
    with pytest.raises(UsageError, match="no score"):
        write_floors([], [gold], floors)
    assert floors.read_bytes() == before
    write_floors(score_of(text=0.98), [gold], floors, lower=True)
    assert check_floors(score_of(text=0.98), [gold], floors) == []


def test_floors_are_stale_when_gold_changes(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    write_floors(score_of(), [gold], floors)
    gold.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    assert "not those" in check_floors(score_of(), [gold], floors)[0]
    write_floors(score_of(), [gold], floors)
    more = [*score_of(), Score("b.pdf", dict.fromkeys(FIGURES, 1.0), ())]
    assert "b.pdf has no floor" in check_floors(more, [gold], floors)[0]


def test_fingerprint_knows_names_and_bytes_but_no_order(tmp_path: Path, gold: Path) -> None:
    other = tmp_path / "b.gold.json"
    other.write_bytes(gold.read_bytes())
    assert fingerprint([gold, other]) == fingerprint([other, gold])
    assert fingerprint([gold]) != fingerprint([other])


def test_a_damaged_floors_file_says_so(tmp_path: Path, gold: Path) -> None:
    floors = tmp_path / "floors.toml"
    for text in ("fingerprint = ", "", 'fingerprint = "x"\nfloors = 3', 'fingerprint = "x"\n[floors]\na = 1'):
        floors.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match="is no floors file"):
            check_floors(score_of(), [gold], floors)
