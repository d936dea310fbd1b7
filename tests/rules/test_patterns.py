"""Sub-patterns, alternations, and what is refused as too slow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.patterns import PatternError, alternation, danger, expand


@given(st.lists(st.text("日米豪印A.-+", min_size=1, max_size=5), min_size=1, max_size=20))
def test_an_alternation_fits_its_terms_the_longest_first_and_nothing_else(terms: list[str]) -> None:
    pattern = re.compile(alternation(terms))
    for term in terms:
        assert pattern.fullmatch(term)
    for text in ("日米豪印", "A.-+", *map("".join, zip(terms, terms, strict=True))):
        longest = max((term for term in terms if text.startswith(term)), key=len, default=None)
        found = pattern.match(text)
        assert (found and found.group()) == longest


@pytest.mark.parametrize("terms", [[], [""], ["日", ""]])
def test_an_alternation_needs_terms(terms: list[str]) -> None:
    with pytest.raises(PatternError):
        alternation(terms)


def test_sub_patterns_stand_in_sub_patterns() -> None:
    assert expand("a{B}c{2}", {"B": "x{C}|y", "C": "z"}) == "a(?:x(?:z)|y)c{2}"


@pytest.mark.parametrize("slow", ["(a+)+", "(a|ab)*", "(?:a{1,3}){30}", "x(?=(a*b)*)", "((?:ab?)+c)", "(?>(a+)+)"])
def test_what_can_take_exponential_time_is_seen(slow: str) -> None:
    assert "exponential" in danger(slow)


@pytest.mark.parametrize("fine", ["a+b*", "(?:ab|cd)*", "(?:(?!x)[a-z])+", "(?:a+b){0,8}", "(?:a|ab){1,4}"])
def test_what_cannot_is_let_through(fine: str) -> None:
    assert danger(fine) == ""
