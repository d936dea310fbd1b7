"""What a reader of the data is told of."""

from __future__ import annotations

import dataclasses

from pipeline.document import Author, FrontMatter, Mark, Note, Problem
from pipeline.errors import CODES
from pipeline.extract.glyphs import REPLACEMENT, PageGlyphs
from pipeline.extract.layout import PageLines
from pipeline.extract.lines import page_lines
from pipeline.extract.problems import front_problems, note_problems, page_problems
from tests.extract.pages import Sheet, prose


def of_page(page: PageGlyphs) -> list[tuple[str, int | None]]:
    found, apart = page_lines(page)
    problems = list(page_problems([page], [PageLines(page.number, tuple(found), tuple(apart))]))
    return [(problem.code, problem.page) for problem in problems]


def sheet(text: str = "会合が開かれた。") -> Sheet:
    out = Sheet(number=3)
    out.put(text)
    return out


def test_an_ordinary_page_is_not_spoken_of() -> None:
    assert of_page(sheet().done()) == []
    assert of_page(Sheet().done()) == []


def test_glyphs_without_a_character() -> None:
    assert of_page(sheet(f"会{REPLACEMENT}が").done()) == [("unmapped-glyph", 3)]


def test_private_characters_but_not_bullets_that_are_known() -> None:
    assert of_page(sheet("会\ue000が").done()) == [("private-use-glyph", 3)]
    assert of_page(sheet("\uf06c会が").done()) == []


def test_a_page_that_shows_a_picture_and_no_text() -> None:
    assert of_page(dataclasses.replace(Sheet(number=2).done(), pictures=1)) == [("page-without-text", 2)]
    assert of_page(dataclasses.replace(sheet().done(), pictures=1)) == []


def test_a_page_of_turned_text() -> None:
    page = sheet(prose(60)).done()
    turned = tuple(dataclasses.replace(glyph, upright=False) for glyph in page.glyphs)
    assert of_page(dataclasses.replace(page, glyphs=turned)) == [("vertical-text", 3)]
    assert of_page(dataclasses.replace(page, glyphs=page.glyphs + turned[:5])) == []


NOTES = [Note("a", "1", "x"), Note("b", "2", "y"), Note("c", "4", "z")]


def mark(number: str, note_id: str) -> Mark:
    return Mark("m" + number, number, note_id, "p", 0, ())


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.message.rpartition("(")[2].rstrip(")")) for problem in problems]


def test_marks_and_notes_that_do_not_fit() -> None:
    found = said(list(note_problems(NOTES, [mark("1", "a"), mark("4", "c"), mark("7", ""), mark("7", "")])))
    assert found == [
        ("mark-without-note", "mark 7"),
        ("note-without-mark", "note 2"),
        ("note-number-gap", "2 is followed by 4"),
    ]


def test_marks_and_notes_that_fit() -> None:
    restart = [Note("a", "1", "x"), Note("b", "2", "y"), Note("c", "1", "z"), Note("d", "*", "w")]
    marks = [mark("1", "a"), mark("2", "b"), mark("1", "c"), mark("*", "d")]
    assert list(note_problems(restart, marks)) == []
    assert list(note_problems([], [])) == []


def test_front_matter_that_is_missing() -> None:
    assert [problem.code for problem in front_problems(FrontMatter())] == ["no-title", "no-date", "no-author"]
    full = FrontMatter(title="題", published="2025", authors=(Author("海野 渡"),))
    assert list(front_problems(full)) == []


def test_every_problem_has_the_severity_of_its_code() -> None:
    for problem in [*front_problems(FrontMatter()), *note_problems(NOTES, [mark("7", "")])]:
        assert problem.stage == "extract"
        assert problem.severity == CODES[problem.code][0]
