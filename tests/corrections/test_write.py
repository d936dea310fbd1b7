"""What `correct` writes is read back, fits, and does what was wished."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.corrections import Book, apply, read
from pipeline.corrections.files import parse
from pipeline.corrections.write import Wish, of_document, of_entity, toml
from pipeline.document import Document
from pipeline.errors import UsageError
from pipeline.store import Store

IDS = ("d", "d:p:0-6:MINISTER", "d:p:20-22:PERSON", "d:c1", "d:c2")


def wished(document: Document, of: str, wish: Wish) -> Document:
    found = apply(document, Book(parse("c.toml", of_document(document, of, wish))))
    assert not found.problems
    return found


@pytest.mark.parametrize("of", IDS)
def test_what_is_written_without_a_wish_fits_and_changes_nothing_yet(document: Document, of: str) -> None:
    found = wished(document, of, Wish())
    assert found.corrections == ()
    assert found.front == document.front
    assert [c.title for c in found.citations] == [c.title for c in document.citations]


def test_wishes_come_true(document: Document) -> None:
    assert len(wished(document, "d:p:0-6:MINISTER", Wish(remove=True)).mentions) == 2
    assert wished(document, "d:p:20-22:PERSON", Wish(label="PLACE")).mentions[2].entity_id == "place:小泉"
    assert wished(document, "d:p", Wish(add="演説", label="EXERCISE")).mentions[-1].label == "EXERCISE"
    assert wished(document, "d", Wish(sets=(("number", "8"),))).front.number == "8"
    assert wished(document, "d:c1", Wish(sets=(("authors", "甲; 乙"),))).citations[0].authors == ("甲", "乙")
    assert wished(document, "d:c2", Wish(to="")).citations[1].refers_to == ""


def test_entities_are_merged_or_split(document: Document) -> None:
    for quote in ("", "ADMMプラス"):
        text = of_entity("meeting:m", Wish(entity="meeting:z"), quote)
        found = apply(document, Book(parse("c.toml", text)))
        assert [m.entity_id for m in found.mentions if m.label == "MEETING"] == ["meeting:z"]


@pytest.mark.parametrize(
    ("of", "wish"),
    [("d:nothing", Wish()), ("d:p", Wish()), ("d:p", Wish(add="無い", label="PLACE")), ("d:c1", Wish(to="d:x"))],
)
def test_what_makes_no_sense_is_told(document: Document, of: str, wish: Wish) -> None:
    with pytest.raises(UsageError):
        of_document(document, of, wish)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_are_written_and_read_back(words: str) -> None:
    entry = {"change": "split entity", "entity": "place:a", "into": "place:b", "quote": words}
    (found,) = parse("c.toml", toml(entry))
    assert getattr(found.change, "quote", None) == words


def test_the_command_adds_to_a_file(document: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("correct")
    Store(folder / "out" / "work").save("resolve", document, "key")
    places = ["--output", str(folder / "out"), "--corrections", str(folder / "corrections")]
    assert main(["correct", "d:p:0-6:MINISTER", "--remove", *places]) == 0
    assert main(["correct", "meeting:m", "--entity", "meeting:z", *places]) == 0
    assert main(["correct", "d", "--set", "published=gestern", *places]) == 2
    assert main(["correct", "nothing", *places]) == 2
    assert main(["correct", "meeting:m", *places]) == 2
    assert [correction.what for correction in read(folder / "corrections").all] == ["remove mention", "merge entities"]
