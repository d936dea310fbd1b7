"""The gold of the samples is what their sources say, and annotation that a source does not bear out is refused."""

import json
from pathlib import Path

import pytest
from annotation import annotated
from sample_source import SourceError, gold, read

SAMPLES = Path(__file__).parent / "samples"
SOURCES = sorted(SAMPLES.glob("commentary*.txt"))
SOURCE = """+++
file = "a.pdf"
layout = "web"
number = "1"
published = 2020-01-01
banner = "B"
issue = "I"
title = "T"
back_matter = []
authors = []
+++
# {M:talks|甲乙協議}
2019年、丙市の{M:talks|協議}[^1]に{P:ko|丁外相}[^2]が出席した。

[^1]: 戊『己』（庚書房、2018年）3頁。
[^2]: 同上、5頁。
"""
ANNOTATION = """
citations = [
  { note = 1, kind = "book", authors = ["戊"], title = "己", publisher = "庚書房", date = "2018", pages = "3" },
  { note = 2, refers_to = 1, pages = "5" },
]
meetings = [{ entity = "talks", start_date = "2019", place = "丙市" }]
[ministers]
ko = { country = "JPN", offices = ["外相"] }
[attended]
talks = ["ko"]
"""


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_gold_is_what_the_source_says(source: Path) -> None:
    sample = read(source)
    beside = source.with_suffix(".toml")
    derived = gold(sample) | (annotated(sample, beside) if beside.exists() else {})
    name = sample.front.file.removesuffix(".pdf")
    kept = json.loads((SAMPLES.parent / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    assert derived == kept


def test_the_japanese_samples_are_annotated() -> None:
    assert [path.stem for path in SOURCES if not path.with_suffix(".toml").exists()] == ["commentary805e"]


def made(folder: Path, source: str = SOURCE, annotation: str = ANNOTATION) -> dict[str, object]:
    (folder / "a.txt").write_text(source, encoding="utf-8")
    (folder / "a.toml").write_text(annotation, encoding="utf-8")
    return annotated(read(folder / "a.txt"), folder / "a.toml")


def test_mentions_citations_and_facts(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert found["mentions"] == [
        {"block": "b0", "label": "MEETING", "entity": "talks", "text": "甲乙協議", "start": 0, "end": 4},
        {"block": "b1", "label": "MEETING", "entity": "talks", "text": "協議", "start": 9, "end": 11},
        {"block": "b1", "label": "MINISTER", "entity": "ko", "text": "丁外相", "start": 12, "end": 15},
    ]
    book = {"kind": "book", "authors": ["戊"], "title": "己", "container": None, "publisher": "庚書房", "date": "2018"}
    assert found["citations"] == [
        book | {"note": 1, "pages": "3", "url": None, "refers_to": None},
        book | {"note": 2, "pages": "5", "url": None, "refers_to": 1},
    ]
    assert found["facts"] == {
        "meetings": [{"entity": "talks", "start_date": "2019", "place": "丙市"}],
        "initiatives": [],
        "relations": [{"subject": "ko", "predicate": "attended", "object": "talks"}],
        "ministers": [{"entity": "ko", "office": "外相", "country": "JPN"}],
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "己"', 'title = "辛"', "note 1 does not say '辛'"),
        ('pages = "5"', 'pages = "6"', "note 2 does not say '6'"),
        ('date = "2018"', 'date = "18"', "18 is no date"),
        ('kind = "book"', 'kind = "book", year = 1', "year is no field"),
        ("refers_to = 1", "refers_to = 2", "refers to no earlier one"),
        ('place = "丙市"', 'place = "壬市"', "the body does not say 壬市"),
        ('offices = ["外相"]', 'offices = ["国防相"]', "the body does not say 国防相"),
        ("ko = {", "otsu = {", "no MINISTER otsu is mentioned"),
        ("ko = {", "otsu = {", "ko has no office"),
        ('talks = ["ko"]', 'ko = ["ko"]', "no MEETING ko is mentioned"),
        ("citations = [", "citation = [", "citations"),
    ],
)
def test_what_the_source_does_not_bear_out(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in ANNOTATION
    with pytest.raises(SourceError) as caught:
        made(tmp_path, annotation=ANNOTATION.replace(old, new))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{P:ko|", "{P:talks|", "talks has the labels"),
        ("戊『己』", "{M:x|戊}『己』", "no mention of the body"),
        ("{P:ko|", "{X:ko|", "no mention of the body"),
    ],
)
def test_wrong_markup(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SourceError) as caught:
        made(tmp_path, SOURCE.replace(old, new))
    assert told in str(caught.value)
