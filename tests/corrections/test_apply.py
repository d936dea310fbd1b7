"""What each correction does, that it is marked, and that one that does not fit is told of and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.corrections import Book, apply, unmet
from pipeline.corrections.files import parse
from pipeline.document import Document
from pipeline.errors import UsageError

AT = f'pdf = "{"a" * 64}"\n'


def book(text: str) -> Book:
    return Book(parse("names.toml", text))


def corrected(document: Document, text: str) -> Document:
    """The document with one correction that must fit."""
    found = apply(document, book("[[correction]]\n" + AT + text))
    assert not found.problems
    return found


def told(document: Document, text: str) -> str:
    """What is told of a correction that must not fit."""
    found = apply(document, book("[[correction]]\n" + AT + text))
    assert replace(found, problems=()) == document
    (problem,) = found.problems
    assert (problem.code, problem.stage, problem.severity) == ("correction-unfit", "corrections", "warning")
    return problem.message


def mentions(document: Document) -> dict[tuple[str, str], str]:
    return {(mention.text, mention.label): mention.entity_id for mention in document.mentions}


def test_a_mention_is_added(document: Document) -> None:
    found = corrected(
        document, 'change = "add mention"\nquote = "演説"\nlabel = "MEETING"\nentity = "meeting:x"\nedition = "3"'
    )
    mention = found.mentions[-1]
    assert (mention.start, mention.end, mention.entity_id, mention.edition) == (24, 26, "meeting:x", "3")
    assert mention.mention_id == "d:p:24-26:MEETING"
    assert mention.source.startswith("correction:names:")
    (done,) = found.corrections
    assert (done.table, done.id, done.now, done.source) == ("mentions", mention.mention_id, "演説", mention.source)


def test_an_added_mention_replaces_those_of_its_label_that_it_overlaps(document: Document) -> None:
    found = corrected(document, 'change = "add mention"\nquote = "プラスに出席"\nlabel = "MEETING"')
    assert [m.text for m in found.mentions if m.label == "MEETING"] == ["プラスに出席"]
    assert len(found.mentions) == 3


def test_the_place_is_told_by_what_stands_around_it(document: Document) -> None:
    text = 'change = "add mention"\nquote = "小泉"\nlabel = "PLACE"\n'
    assert "2 places" in told(document, text)
    found = corrected(document, text + 'after = "氏"')
    assert found.mentions[-1].start == 20
    assert "between" in told(document, text + 'after = "首相"')


def test_around_words_that_stand_once_anything_may_stand(document: Document) -> None:
    assert corrected(document, 'change = "remove mention"\nquote = "ADMMプラス"\nbefore = "別の"').mentions


def test_a_mention_is_removed(document: Document) -> None:
    found = corrected(document, 'change = "remove mention"\nquote = "ADMMプラス"')
    assert ("ADMMプラス", "MEETING") not in mentions(found)
    assert [(done.was, done.now) for done in found.corrections if done.table == "mentions"] == [("ADMMプラス", "")]


def test_a_mention_gets_another_label_and_entity(document: Document) -> None:
    text = 'change = "relabel mention"\nquote = "小泉"\nafter = "氏"\nlabel = "MINISTER"\nentity = "minister:k"'
    found = corrected(document, text)
    assert mentions(found)["小泉", "MINISTER"] == "minister:k"
    assert {done.field for done in found.corrections} == {"label", "entity_id"}
    assert "no entity of the label" in told(document, text.replace("minister:k", "person:k"))


def test_a_mention_that_is_none_does_not_fit(document: Document) -> None:
    assert "no mention there" in told(document, 'change = "remove mention"\nquote = "演説"')
    assert "do not stand" in told(document, 'change = "remove mention"\nquote = "河野"')


def test_entities_are_merged_everywhere(document: Document) -> None:
    text = (
        '[[correction]]\nchange = "merge entities"\nentities = ["meeting:m", "meeting:n"]\n'
        'into = "meeting:z"\nname = "Z"'
    )
    found = apply(document, book(text))
    assert mentions(found)["ADMMプラス", "MEETING"] == "meeting:z"
    assert [mention.name for mention in found.mentions if mention.label == "MEETING"] == ["Z"]
    assert not unmet(book(text), {document.sha256}, {done.source for done in found.corrections})


def test_entities_are_split_by_their_words(document: Document) -> None:
    text = 'change = "split entity"\nentity = "meeting:m"\ninto = "meeting:y"\nquote = "ADMMプラス"'
    assert mentions(corrected(document, text))["ADMMプラス", "MEETING"] == "meeting:y"
    assert "no mention" in told(document, text.replace("ADMMプラス", "別名"))


def test_fields_of_a_citation_are_set_and_those_of_its_back_references(document: Document) -> None:
    text = (
        'change = "set citation"\nquote = "防衛省「題」2025年。"\n'
        '[correction.fields]\nauthors = ["防衛省"]\npages = "3"'
    )
    first, second = corrected(document, text).citations
    assert (first.authors, first.pages, second.authors, second.pages) == (("防衛省",), "3", ("防衛省",), "")
    assert [(span.field, span.start, span.end) for span in first.spans] == [
        ("authors", 0, 3),
        ("title", 4, 5),
        ("date", 6, 11),
    ]


def test_a_back_reference_is_pointed_elsewhere(document: Document) -> None:
    alone = replace(document, citations=(document.citations[0], replace(document.citations[1], refers_to="", title="")))
    text = 'change = "set back reference"\nquote = "同上。"\nto = "防衛省「題」2025年。"'
    assert (corrected(alone, text).citations[1].refers_to, corrected(alone, text).citations[1].title) == ("d:c1", "題")
    none = corrected(document, 'change = "set back reference"\nquote = "同上。"\nto = ""')
    assert none.citations[1].refers_to == ""
    assert "no other citation" in told(document, text.replace('to = "防衛省', 'to = "外務省'))


def test_front_matter_is_set(document: Document) -> None:
    text = 'change = "set front matter"\n[correction.fields]\npublished = "2025-11-14"\nauthors = [{name = "甲 乙"}]'
    found = corrected(document, text)
    assert (found.front.published, found.front.title) == ("2025-11-14", "題名")
    assert [author.name for author in found.front.authors] == ["甲 乙"]
    assert [(done.table, done.field, done.was) for done in found.corrections] == [
        ("documents", "published", "2025-11"),
        ("documents", "authors", "小熊 真也"),
    ]


def test_corrections_hold_for_their_pdf_alone_and_in_order(document: Document) -> None:
    other = 'pdf = "' + "b" * 64 + '"\n'
    both = book(
        "[[correction]]\n" + other + 'change = "remove mention"\nquote = "ADMMプラス"\nfile = "old.pdf"\n'
        "[[correction]]\n" + AT + 'change = "remove mention"\nquote = "ADMMプラス"\n'
        "[[correction]]\n" + AT + 'change = "add mention"\nquote = "ADMM"\nlabel = "MEETING"\n'
    )
    found = apply(document, both)
    assert [mention.text for mention in found.mentions if mention.label == "MEETING"] == ["ADMM"]
    ((correction, problem),) = unmet(both, {document.sha256}, {done.source for done in found.corrections})
    assert (correction.pdf_name, problem.code) == ("old.pdf", "correction-unfit")


def test_a_correction_for_all_that_nobody_needs_is_told_of(document: Document) -> None:
    text = '[[correction]]\nchange = "merge entities"\nentities = ["meeting:nobody"]\ninto = "meeting:m"'
    assert not apply(document, book(text)).problems
    ((_, problem),) = unmet(book(text), {document.sha256}, ())
    assert "no document has this entity" in problem.message


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = ", "no valid TOML"),
        ("x = 1", "only"),
        ('[[correction]]\nchange = "nonsense"', "correction 1"),
        ("[[correction]]\n" + AT + 'change = "remove mention"\nquote = "a"\nquoted = "b"', "quoted"),
        ("[[correction]]\n" + AT + 'change = "remove mention"', "quote"),
        ('[[correction]]\npdf = "12"\nchange = "remove mention"\nquote = "a"', "pdf"),
        (
            "[[correction]]\n" + AT + 'change = "set citation"\nquote = "a"\n[correction.fields]\ndate = "gestern"',
            "date",
        ),
    ],
)
def test_a_faulty_file_is_named(text: str, fault: str) -> None:
    with pytest.raises(UsageError, match=fault) as caught:
        parse("names.toml", text)
    assert str(caught.value).startswith("names.toml")
