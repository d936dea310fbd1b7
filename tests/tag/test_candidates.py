"""Catalogues, rules, and which of overlapping spans stands."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.engine import Book
from pipeline.tag.candidates import Candidate, Catalogue, balanced, of_rules, standing, variants

BOOK = Book(
    [
        (
            "a.toml",
            '[names.MEETING]\nadmm = ["ADMM", "ASEAN国防相会議"]\nadmm-plus = ["ADMMプラス", "ADMM-Plus"]\n'
            'palm = ["PALM"]\nkuad = ["クアッド会合"]\n'
            '[names.INITIATIVE]\ngsi = ["グローバル安全保障イニシアティブ"]\n',
        )
    ]
)
CATALOGUE = Catalogue(BOOK, ["MEETING", "INITIATIVE"])


def names(view: str) -> list[tuple[str, str]]:
    return [(view[c.start : c.end], c.entity_id.partition(":")[2]) for c in CATALOGUE.find(view)]


def test_the_longest_name_that_is_a_whole_word() -> None:
    assert names("ADMMとADMMプラス、ADMM-Plus、ADMMQ、XADMM") == [
        ("ADMM", "admm"),
        ("ADMMプラス", "admm-plus"),
        ("ADMM-Plus", "admm-plus"),
    ]
    # Where the longest runs into another word, a shorter one may still end at a word's end.
    assert names("ADMM-Plush") == [("ADMM", "admm")]
    assert names("クアッド会合とミニクアッド会合") == [("クアッド会合", "kuad")]


def test_an_edition_may_follow_an_abbreviation() -> None:
    assert names("PALM10とPALM9、PALM 8、PALM2024") == [("PALM", "palm")] * 3


def test_spellings_are_one_name() -> None:
    assert names("グローバル安全保障イニシアチブ、グローバル安全保障イニシアティヴ") == [
        ("グローバル安全保障イニシアチブ", "gsi"),
        ("グローバル安全保障イニシアティヴ", "gsi"),
    ]
    assert set(variants("ADMMプラス会合")) == {"ADMMプラス会合", "ADMM+会合", "ADMMプラス会議", "ADMM+会議"}


def test_no_names_no_finds() -> None:
    assert list(Catalogue(Book([]), ["MEETING"]).find("ADMM")) == []


def test_rules_hand_on_the_parts_of_a_name() -> None:
    rule = (
        '[[rule]]\nid = "r"\nyields = "MINISTER"\nrank = 2\npattern = "(?P<name>小泉)(?P<office>大臣)"\n'
        'match = ["[小泉大臣]"]\nno_match = ["小泉"]\n'
    )
    (found,) = of_rules(Book([("b.toml", rule)]).yielding("MINISTER"), "小泉大臣")
    assert found == Candidate(0, 4, "MINISTER", "r", 2, name="小泉", office="大臣")


def test_quotation_marks_keep_their_partners() -> None:
    assert balanced("「あ＋い」会合", 1, 7) == (0, 7)
    assert balanced("日米「2+2」と", 0, 6) == (0, 7)
    assert balanced("日米「2+2」と", 0, 7) == (0, 7)
    assert balanced("あ」会合", 0, 4) == (0, 0)


def test_what_stands() -> None:
    long = Candidate(0, 6, "MEETING", "a")
    short = Candidate(4, 8, "INITIATIVE", "b")
    assert standing([short, long]) == [long]
    assert standing([Candidate(4, 8, "ORGANIZATION", "b", rank=1), long]) == [Candidate(4, 8, "ORGANIZATION", "b", 1)]
    same = Candidate(0, 6, "MEETING", "catalogue:x", entity_id="meeting:x")
    assert standing([long, same]) == [same]
    assert standing([Candidate(0, 6, "MEETING", "c", rank=-1), long]) == [long]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.integers(-3, 3)), max_size=12))
def test_what_stands_never_overlaps_and_leaves_no_free_span_out(spans: list[tuple[int, int, int]]) -> None:
    candidates = [Candidate(start, start + length, "MEETING", "r", rank) for start, length, rank in spans]
    stand = standing(candidates)
    assert all(a.end <= b.start for a, b in itertools.pairwise(stand))
    for candidate in candidates:
        assert any(c.start < candidate.end and candidate.start < c.end for c in stand)
