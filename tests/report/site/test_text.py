"""Text with spans laid over it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.report.site.text import CITATION, NAME, SENTENCE, Point, Span, marked_up
from tests.report.site.test_frame import Tags

MARK = Markup("<sup>1</sup>")


def plain(markup: str) -> str:
    """Elements as short names, without attributes."""
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", str(markup))


def test_a_name_stands_inside_its_sentence() -> None:
    spans = [Span(1, 3, NAME, "m", "x", "e.html"), Span(0, 4, SENTENCE, "s", "y")]
    assert marked_up("日米会談", spans, []) == (
        '<span class="s" id="y" data-of="y">日<a class="m" id="x" data-of="x" href="e.html">米会</a>談</span>'
    )


def test_a_name_in_a_name_is_no_link_in_a_link() -> None:
    spans = [Span(0, 4, NAME, "m", "x", "a"), Span(0, 2, NAME, "m", "y", "b")]
    assert plain(marked_up("日米会談", spans, [])) == "<a><span>日米</span>会談</a>"


def test_names_that_cross_are_cut_and_one_piece_has_the_id() -> None:
    spans = [Span(0, 3, NAME, "m", "x"), Span(2, 4, NAME, "m", "y")]
    found = marked_up("日米会談", spans, [])
    assert plain(found) == "<span>日米<span>会</span></span><span>談</span>"
    assert (found.count('id="y"'), found.count('data-of="y"')) == (1, 2)


def test_a_mark_belongs_to_the_sentence_that_ends_there() -> None:
    spans = [Span(0, 2, SENTENCE, "s"), Span(2, 4, SENTENCE, "s")]
    assert plain(marked_up("甲。乙。", spans, [Point(2, MARK)])) == ("<span>甲。<sup>1</sup></span><span>乙。</span>")


def test_what_opens_a_sentence_stands_before_it() -> None:
    spans = [Span(0, 2, SENTENCE, "s"), Span(2, 4, SENTENCE, "s")]
    assert plain(marked_up("甲。乙。", spans, [Point(2, MARK, opens=True)])) == (
        "<span>甲。</span><sup>1</sup><span>乙。</span>"
    )


def test_a_mark_in_a_name_is_no_link_in_a_link() -> None:
    spans = [Span(0, 4, SENTENCE, "s"), Span(0, 4, NAME, "m", "x", "a")]
    assert plain(marked_up("日米会談", spans, [Point(2, MARK)])) == ("<span><a>日米</a><sup>1</sup><a>会談</a></span>")


def test_a_cell_has_what_lies_over_it_and_no_id_of_another_cell() -> None:
    spans = [Span(0, 5, SENTENCE, "s", "y"), Span(3, 5, NAME, "m", "x")]
    first, second = (marked_up("日米\t会談", spans, [], *cell) for cell in ((0, 2), (3, 5)))
    assert plain(first) == "<span>日米</span>"
    assert plain(second) == "<span><span>会談</span></span>"
    assert (first.count('id="y"'), second.count('id="y"'), second.count('id="x"')) == (1, 0, 1)


def test_text_is_no_markup() -> None:
    assert marked_up("<b>&", [Span(0, 2, NAME, "m", '"')], []) == (
        '<span class="m" id="&#34;" data-of="&#34;">&lt;b</span>&gt;&amp;'
    )


SPANS = st.lists(
    st.builds(
        lambda start, length, rank, link: Span(start, start + length, rank, "x", f"{start}-{length}-{rank}", link),
        st.integers(0, 9),
        st.integers(0, 6),
        st.sampled_from((SENTENCE, CITATION, NAME)),
        st.sampled_from(("", "a.html")),
    ),
    max_size=6,
)


@given(SPANS, st.lists(st.builds(Point, st.integers(0, 10), st.just(MARK), st.booleans()), max_size=3))
def test_characters_stay_and_elements_nest_whatever_lies_over_them(spans: list[Span], points: list[Point]) -> None:
    text = "abcdefghij"
    found = str(marked_up(text, spans, points))
    tags = Tags()
    tags.feed(found)
    assert tags.open == []
    assert re.sub(r"<[^>]*>", "", found.replace(str(MARK), "")) == text
    assert found.count(str(MARK)) == len(points)
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", found)
    for span in spans:
        ids = [attributes["id"] for _, attributes in tags.seen if attributes.get("id") == span.own_id]
        assert len(ids) == (min(span.end, 10) > span.start)
