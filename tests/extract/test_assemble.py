"""Lines and drafts to the raw string, blocks, notes and marks."""

from __future__ import annotations

import pytest

from pipeline.document import Block, Box, Document, LeftOut, Mark, Note
from pipeline.extract.assemble import Ids, Placed, Raw, left_out, link_marks, make_block, ranges
from pipeline.extract.join import Habits, Letter, letters
from pipeline.extract.lines import Apart, Line
from pipeline.extract.marks import Found
from pipeline.geometry import Geometry
from tests.extract.pages import line, lines, typeset

HABITS = Habits(keeps_spaces=False, cuts_words=False, hyphenates=False, words=frozenset())


def raw_of(*pages: list[Line]) -> Raw:
    raw = Raw()
    for number, page in enumerate(pages, 1):
        raw.add_page(number, page, [])
    return raw


def test_the_raw_string_has_every_line_with_a_newline_after_it() -> None:
    raw = raw_of(lines("会合が^{1}開かれた。", "次の文。"), lines("終わり。", page=2))
    assert raw.text == "会合が1開かれた。\n次の文。\n\n終わり。\n\n"
    assert raw.length == len(raw.text)


def test_lines_know_where_they_start() -> None:
    first, second = lines("会合。", "次の文。")
    raw = raw_of([first, second])
    assert raw.text[first.start :].startswith("会合。")
    assert raw.text[second.start :].startswith("次の文。")


def test_glyphs_apart_come_last_on_their_page() -> None:
    raw = Raw()
    raw.add_page(1, lines("会合。"), [Apart(glyph, "ruby", "会合") for glyph, _ in typeset("かい")])
    assert raw.text == "会合。\nかい\n"
    assert raw.apart == [LeftOut(4, 5, "ruby", "会合"), LeftOut(5, 6, "ruby", "会合")]
    assert left_out(raw.text, [], [], raw.apart)[-1] == LeftOut(4, 6, "ruby", "会合")


def test_runs_tell_where_each_character_is_printed() -> None:
    raw = raw_of(lines("会合^{1}。"))
    document = Document("d", "d.pdf", "", raw=raw.text, runs=tuple(raw.runs))
    assert [(run.start, run.end) for run in raw.runs] == [(0, 2), (2, 3), (3, 4)]
    assert all(len(run.edges) == 2 * (run.end - run.start) for run in raw.runs)
    (box,) = Geometry(document).boxes(((1, 2),))
    assert box == Box(1, 60, 91.2, 70, 101.2)
    assert Geometry(document).boxes(((4, 5),)) == []


def test_the_page_of_a_raw_character() -> None:
    raw = raw_of(lines("会合。"), lines("終わり。", page=2))
    assert [raw.page_at(offset) for offset in (0, 2, 3, 4, 5, 8)] == [1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [([], ()), ([3], ((3, 4),)), ([3, 4, 5], ((3, 6),)), ([3, 4, 7, 8, 20], ((3, 5), (7, 9), (20, 21)))],
)
def test_ranges(offsets: list[int], expected: tuple[tuple[int, int], ...]) -> None:
    assert ranges(offsets) == expected


def test_ids_depend_on_content_and_document_alone() -> None:
    assert Ids("d").make("b", "paragraph", "文") == Ids("d").make("b", "paragraph", "文")
    made = {
        Ids("d").make("b", "paragraph", "文"),
        Ids("e").make("b", "paragraph", "文"),
        Ids("d").make("n", "paragraph", "文"),
    }
    made |= {
        Ids("d").make("b", "paragraph", "別"),
        Ids("d").make("b", "paragraph文", ""),
        Ids("d").make("b", "quote", "文"),
    }
    assert len(made) == 6
    assert Ids("d").make("b", "文").startswith("d:b-")


def test_the_same_content_twice_has_two_ids() -> None:
    ids = Ids("d")
    first, other, second = ids.make("b", "文"), ids.make("b", "別"), ids.make("b", "文")
    assert second == first + ".2"
    assert other == Ids("d").make("b", "別")


def block_of(text: str, *found: Found) -> tuple[Block, list[Placed]]:
    """A paragraph of one printed line with marks at these letters."""
    one = line(text)
    raw_of([one])
    return make_block(Ids("d"), "paragraph", letters([(one, 0)], HABITS), found, None, "節")


def test_a_block_without_its_marks() -> None:
    block, marks = block_of("会合^{12}。次の文。^{3}", Found(2, 4, ("12",)), Found(9, 10, ("3",)))
    assert (block.text, block.ranges, block.kind, block.section) == (
        "会合。次の文。",
        ((0, 2), (4, 9)),
        "paragraph",
        "節",
    )
    assert [(mark.number, mark.offset, mark.ranges) for mark in marks] == [("12", 2, ((2, 4),)), ("3", 7, ((9, 10),))]
    assert {mark.block_id for mark in marks} == {block.block_id}


def test_marks_at_one_place_have_one_offset() -> None:
    _, marks = block_of("会合^{3–5}。", Found(2, 5, ("3", "4", "5")))
    assert [(mark.number, mark.offset) for mark in marks] == [("3", 2), ("4", 2), ("5", 2)]


def test_what_is_raised_and_no_mark_is_a_superscript() -> None:
    block, marks = block_of("300m^{2}である")
    assert (block.text, marks) == ("300m²である", [])
    assert len(block.text) == sum(high - low for low, high in block.ranges)


def test_no_space_is_doubled_or_left_at_an_end_once_a_mark_is_gone() -> None:
    block, marks = block_of("the Minister ^{3} said", Found(13, 14, ("3",)))
    assert block.text == "the Minister said"
    assert block.text[: marks[0].offset].rstrip() == "the Minister"
    block, _ = block_of("^{1} the end ^{2}", Found(0, 1, ("1",)), Found(10, 11, ("2",)))
    assert block.text == "the end"


def test_text_and_ranges_have_one_length_whatever_was_dropped() -> None:
    for text in ("a  b", "　会合　", "a ^{1} b"):
        block, _ = block_of(text)
        assert len(block.text) == sum(high - low for low, high in block.ranges)


def linked(raw: Raw, marks: list[tuple[str, int]], notes: list[tuple[str, int]]) -> list[str]:
    """The note of each mark (number, raw offset), given notes (number, page); notes are called number@page."""
    placed = [Placed(number, "d:b", offset, ((offset, offset + 1),)) for number, offset in marks]
    known = [(Note(f"{number}@{page}", number, "x"), page) for number, page in notes]
    return [mark.note_id for mark in link_marks(Ids("d"), placed, raw, known)]


def test_a_mark_belongs_to_the_note_of_its_number() -> None:
    raw = raw_of(lines("会合の文。"))
    assert linked(raw, [("1", 0), ("2", 2), ("9", 3)], [("1", 1), ("2", 1)]) == ["1@1", "2@1", ""]


def test_where_numbering_restarts_the_note_of_the_page_is_meant() -> None:
    raw = raw_of(lines("会合の文。"), lines("次の文。", page=2), lines("終わり。", page=3))
    places = [raw.text.index(text) for text in ("会", "次", "終")]
    notes = [("1", 1), ("1", 2), ("1", 3)]
    assert linked(raw, [("1", place) for place in places], notes) == ["1@1", "1@2", "1@3"]


def test_a_note_on_a_later_or_an_earlier_page() -> None:
    raw = raw_of(lines("会合の文。"), lines("次の文。", page=2))
    assert linked(raw, [("1", 0)], [("1", 9)]) == ["1@9"]
    assert linked(raw, [("1", raw.text.index("次"))], [("1", 1)]) == ["1@1"]


def test_a_note_marked_twice_has_two_marks() -> None:
    raw = raw_of(lines("会合の文。"))
    placed = [Placed("1", "d:b", 2, ((0, 1),)), Placed("1", "d:b", 4, ((2, 3),))]
    marks = link_marks(Ids("d"), placed, raw, [(Note("n", "1", "x"), 1)])
    assert [mark.note_id for mark in marks] == ["n", "n"]
    assert len({mark.mark_id for mark in marks}) == 2


def test_what_stands_nowhere_is_listed_with_its_reason() -> None:
    raw = "頭\n会合1。\n3\n謎 の\n"
    block = Block("d:b", "paragraph", "会合。", ((2, 4), (5, 6)))
    mark = Mark("d:m", "1", "", "d:b", 2, ((4, 5),))
    found = left_out(raw, [block], [mark], [LeftOut(0, 1, "running_head"), LeftOut(7, 8, "page_number")])
    assert found == (
        LeftOut(0, 1, "running_head"),
        LeftOut(7, 8, "page_number"),
        LeftOut(9, 12, "unplaced"),
    )


def test_a_reason_does_not_hide_what_a_block_holds() -> None:
    block = Block("d:b", "paragraph", "会合", ((0, 2),))
    assert left_out("会合\n", [block], [], [LeftOut(0, 3, "running_head")]) == ()


def test_letters_of_no_lines() -> None:
    block, marks = make_block(Ids("d"), "paragraph", [], [], None, "")
    assert (block.text, block.ranges, marks) == ("", (), [])
    block, _ = make_block(Ids("d"), "paragraph", [Letter(" ", 0, False)], [], None, "")
    assert block.text == ""
