"""Notes and the citations in them, field by field; no text of a note is lost."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.resolve.parts import parts
from pipeline.resolve.reader import Reader
from pipeline.text import plain

NOTES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("notes.toml").read_text(encoding="utf-8"))["note"]
LISTS = {"authors", "editors", "translators"}
PIECES = st.sampled_from(
    [
        *(
            "防衛省",
            "佐竹知彦",
            "「題」",
            "『書名』",
            "（勁草書房、2022年）",
            "同上",
            "前掲注3",
            "、",
            "。",
            "；",
            ". ",
            ", ",
            " ",
        ),
        *(
            "2024年6月1日",
            "12-15頁",
            "https://example.jp/a_b.html",
            "を参照",
            "については",
            "例えば、",
            "「",
            "』",
            "（",
            "）",
        ),
        *(
            "John Hall",
            '"Title,"',
            "(London: Routledge, 2010)",
            "pp. 3-5",
            "Ibid.",
            "et al.",
            "vol. 3, no. 2",
            "'",
            "“",
            "\n",
        ),
        *("朝日新聞", "第213回国会衆議院本会議録第5号（2024年4月9日）", "doi:10.1000/x1", "編", "訳", "《报》", "№ 3"),
    ]
)


def fields(text: str) -> list[dict[str, Any]]:
    found = []
    for draft in Reader(text).drafts:
        assert not draft.unread
        entry: dict[str, Any] = {}
        if draft.back:
            entry["back"] = f"{draft.back.kind} {draft.back.number}".strip()
        for span in draft.fields:
            if span.field in LISTS:
                entry.setdefault(span.field, []).append(span.value)
            else:
                entry.setdefault(span.field, span.value)
        found.append(entry)
    return found


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note["text"][:30])
def test_fields_of_a_note(note: dict[str, Any]) -> None:
    assert fields(note["text"]) == note["cites"]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note["text"][:30])
def test_fields_are_spans_of_their_note(note: dict[str, Any]) -> None:
    text = note["text"]
    for draft in Reader(text).drafts:
        for span in draft.fields:
            assert 0 <= span.start < span.end <= len(text)
            if span.field in {"title", "container", "publisher", "authors", "editors", "translators", "place"}:
                assert text[span.start : span.end].strip() == span.value


def check_nothing_is_lost(text: str) -> None:
    found = parts(text, Reader(text).drafts)
    assert "".join(text[part.start : part.end] for part in found) == text
    assert all(part.start < part.end for part in found)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note["text"][:30])
def test_a_note_is_the_sum_of_its_parts(note: dict[str, Any]) -> None:
    check_nothing_is_lost(note["text"])


@settings(max_examples=400, deadline=None)
@example("https://example.jp/a_b.html（勁草書房、2022年）https://example.jp/a_b.html")
@example("0doi:10.1000/x1を参照(London: Routledge, 2010)№ 3を参照「題」")
@given(st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join))
def test_whatever_a_note_says_nothing_of_it_is_lost(text: str) -> None:
    check_nothing_is_lost(text)
    for draft in Reader(text).drafts:
        assert 0 <= draft.start < draft.end <= len(text)
        assert len(plain(text)) == len(text)
        for span in draft.fields:
            assert 0 <= span.start < span.end <= len(text)


def test_running_text_holds_no_citations() -> None:
    found = []
    for path in sorted((Path(__file__).parents[1] / "gold").glob("*.gold.json")):
        for block in json.loads(path.read_text(encoding="utf-8"))["blocks"]:
            found += [block["text"][draft.start : draft.end] for draft in Reader(block["text"]).drafts]
    assert found == []


def test_a_long_note_takes_no_long_time() -> None:
    assert len(Reader("外務省「題」2020年1月1日、https://www.mofa.go.jp/a.html。" * 200).drafts) == 200


def test_parts_are_named() -> None:
    text = "詳しくは次を参照。防衛省「題」2020年1月1日を参照。訳は筆者による。"
    kinds = [(part.kind, text[part.start : part.end]) for part in parts(text, Reader(text).drafts)]
    assert kinds == [
        ("lead", "詳しくは次を参照。"),
        ("citation", "防衛省「題」2020年1月1日"),
        ("tail", "を参照。"),
        ("explanation", "訳は筆者による。"),
    ]
