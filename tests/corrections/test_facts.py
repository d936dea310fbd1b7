"""Facts corrected by hand, and facts that follow mentions which were."""

from __future__ import annotations

import pytest

from pipeline.corrections import Book, apply
from pipeline.corrections.files import parse
from pipeline.corrections.write import Wish, of_document
from pipeline.document import Document

AT = f'[[correction]]\npdf = "{"a" * 64}"\n'
SENTENCE = 'quote = "小泉防衛大臣はADMMプラスに出席した。"\n'


def corrected(document: Document, text: str) -> Document:
    found = apply(document, Book(parse("facts.toml", text)))
    assert not found.problems, found.problems
    return found


def told(document: Document, text: str) -> str:
    (problem,) = apply(document, Book(parse("facts.toml", text))).problems
    return problem.message


def test_fields_of_a_fact_are_set_and_marked(document: Document) -> None:
    text = f'{AT}{SENTENCE}change = "set fact"\ntable = "meetings"\nentity = "meeting:m"\nfields = {{city = "バリ"}}'
    found = corrected(document, text)
    assert (found.meetings[0].city, found.meetings[0].edition) == ("バリ", "12")
    assert [(done.table, done.id, done.field, done.now) for done in found.corrections] == [
        ("meetings", "d:meeting:1", "city", "バリ")
    ]
    assert "several" not in told(document, text.replace("meeting:m", "meeting:x"))
    assert "no office" in told(document, text.replace("city", "office"))


def test_a_relation_says_what_corrected_it(document: Document) -> None:
    text = (
        f'{AT}{SENTENCE}change = "set fact"\ntable = "relations"\nentity = "minister:k"\n'
        'fields = {predicate = "chaired"}\nwas = {object = "meeting:m", edition = "12"}'
    )
    (relation,) = corrected(document, text).relations
    assert (relation.predicate, relation.source.split(":")[0]) == ("chaired", "correction")
    assert "no such fact" in told(document, text.replace('"12"', '"13"'))


def test_a_fact_is_removed(document: Document) -> None:
    text = f'{AT}{SENTENCE}change = "remove fact"\ntable = "ministers"\nentity = "minister:k"'
    found = corrected(document, text)
    assert found.ministers == ()
    assert found.relations == document.relations


def test_a_fact_is_added_with_the_sources_of_its_sentence(document: Document) -> None:
    text = (
        f'{AT}{SENTENCE}change = "add fact"\ntable = "relations"\nentity = "minister:k"\n'
        'fields = {predicate = "hosted", object = "meeting:m"}'
    )
    relation = corrected(document, text).relations[-1]
    assert (relation.predicate, relation.evidence.sources, relation.source[:11]) == ("hosted", ("d:c1",), "correction:")
    assert relation.row_id.startswith("d:relation:")
    assert "there already" in told(document, text + "\n" + text)
    assert "add one first" in told(document, text.replace("minister:k", "minister:x"))
    assert "add one first" in told(document, text.replace('object = "meeting:m"', 'object = "meeting:x"'))
    assert "needs" in told(document, text.replace(', object = "meeting:m"', ""))


def test_facts_follow_merged_entities_and_equal_ones_become_one(document: Document) -> None:
    text = '[[correction]]\nchange = "merge entities"\nentities = ["meeting:m"]\ninto = "meeting:z"'
    found = corrected(document, text)
    assert (found.meetings[0].entity_id, found.relations[0].object_id) == ("meeting:z", "meeting:z")


def test_facts_go_with_the_only_mention_that_their_sentence_had(document: Document) -> None:
    found = corrected(document, f'{AT}change = "remove mention"\nquote = "ADMMプラス"')
    assert (found.meetings, found.relations) == ((), ())
    assert found.ministers == document.ministers
    assert {(done.table, done.id) for done in found.corrections} == {
        ("mentions", "d:p:7-14:MEETING"),
        ("meetings", "d:meeting:1"),
        ("relations", "d:relation:1"),
    }


def test_facts_go_where_their_mention_is_of_another_kind(document: Document) -> None:
    found = corrected(
        document, f'{AT}change = "relabel mention"\nquote = "ADMMプラス"\nwas = "MEETING"\nlabel = "ORGANIZATION"'
    )
    assert (found.meetings, found.relations) == ((), ())


@pytest.mark.parametrize("of", ["d:meeting:1", "d:minister:1", "d:relation:1"])
@pytest.mark.parametrize("remove", [False, True])
def test_what_the_command_writes_of_a_fact_fits(document: Document, of: str, remove: bool) -> None:
    found = corrected(document, of_document(document, of, Wish(remove=remove)))
    assert len(found.corrections) == remove
    rows = [*(m.row_id for m in found.meetings), *(m.row_id for m in found.ministers)]
    rows += [relation.row_id for relation in found.relations]
    assert (of in rows) != remove
