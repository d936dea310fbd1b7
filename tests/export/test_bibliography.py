"""Bibliographies, read back by readers of their formats: citeproc-py for CSL-JSON, pybtex for BibTeX."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from pipeline.document import Citation, Document
from pipeline.export import Origin, Overall, bibtex, csl_json
from pipeline.export.bibliography import Item, Name, name_of
from pipeline.vocabulary import CITATION_KINDS

ARTICLE = Citation(
    citation_id="d/c1",
    note_id="d/note-1",
    block_id="d/n",
    start=0,
    end=7,
    position=1,
    work_id="work:w",
    text="防衛省「題」。",
    kind="article",
    authors=("David Capie", "佐竹知彦"),
    title="Costs & Benefits_of {100%} Alliance",
    container="Asia Policy",
    volume="3",
    issue="2",
    date="2010-07",
    url="https://example.jp/a_b.html?x=1&y=%E6#z",
    doi="10.1000/a_b",
    accessed="2024-06-10",
)


def overall(document: Document, *citations: Citation, origins: dict[str, Origin] | None = None) -> Overall:
    found = Overall(origins)
    found.add(replace(document, citations=citations))
    return found


def read_csl(data: bytes) -> CiteProcJSON:
    return CiteProcJSON(json.loads(data))


def read_bibtex(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def test_a_work_is_read_back_from_csl_json(document: Document) -> None:
    found = read_csl(csl_json(overall(document, ARTICLE).cited()))
    entry = found["work:w"]
    shown = [str(part) for name in ("title", "container_title") for part in entry[name]]
    assert (entry.type, shown) == ("article-journal", [ARTICLE.title, "Asia Policy"])
    assert [(name.family, name.given) for name in entry.author[:1]] == [("Capie", "David")]
    assert (entry.issued.year, entry.issued.month) == (2010, 7)
    shown = [str(part) for name in ("URL", "DOI", "volume", "issue") for part in entry[name]]
    assert "".join(shown) == f"{ARTICLE.url}{ARTICLE.doi}32"
    assert json.loads(csl_json(overall(document, ARTICLE).cited()))[0]["author"][1] == {"literal": "佐竹知彦"}


def test_a_work_is_read_back_from_bibtex(document: Document) -> None:
    ((_, entry),) = read_bibtex(bibtex(overall(document, ARTICLE).cited())).entries.items()
    assert entry.type == "article"
    assert [str(person) for person in entry.persons["author"]] == ["Capie, David", "{佐竹知彦}"]
    assert entry.fields["title"] == r"{Costs \& Benefits\_of \textbraceleft{}100\%\textbraceright{} Alliance}"
    assert {name: entry.fields[name] for name in ("journal", "volume", "number", "year", "month", "urldate")} == {
        "journal": "Asia Policy",
        "volume": "3",
        "number": "2",
        "year": "2010",
        "month": "7",
        "urldate": "2024-06-10",
    }
    assert entry.fields["url"] == ARTICLE.url


def test_a_work_cited_twice_is_one_item_that_names_its_places(document: Document) -> None:
    back = replace(ARTICLE, citation_id="d/c2", refers_to="d/c1", date="", url="")
    items = overall(document, back, ARTICLE).cited()
    assert len(items) == 1
    assert items[0].note == "『系列』第7号注1（2頁）"
    assert items[0].url == ARTICLE.url


def test_a_reference_that_was_not_resolved_is_no_item(document: Document) -> None:
    assert overall(document, replace(ARTICLE, work_id="")).cited() == []


@pytest.mark.parametrize("kind", CITATION_KINDS)
def test_every_kind_is_read_back(document: Document, kind: str) -> None:
    cited = overall(document, replace(ARTICLE, kind=kind)).cited()
    assert len(read_csl(csl_json(cited))) == 1
    assert len(read_bibtex(bibtex(cited)).entries) == 1


def test_commentaries_are_items_with_what_is_known_of_their_files(document: Document) -> None:
    found = overall(document, origins={"d.pdf": Origin("https://example.jp/d.pdf", "2025-11-20")}).commentaries()
    entry = json.loads(csl_json(found))[0]
    assert entry["title"] == "題「名」――副題"
    assert entry["author"] == [{"family": "小熊", "given": "真也"}]
    assert (entry["container-title"], entry["issue"], entry["language"]) == ("系列", "7", "ja")
    assert entry["issued"] == {"date-parts": [[2025, 11]]}
    assert (entry["URL"], entry["accessed"]) == ("https://example.jp/d.pdf", {"date-parts": [[2025, 11, 20]]})
    ((_, again),) = read_bibtex(bibtex(found)).entries.items()
    assert (again.fields["journal"], again.fields["number"]) == ("系列", "7")
    assert str(again.persons["author"][0]) == "小熊, 真也"


def test_keys_stay_the_same_and_tell_works_apart() -> None:
    first, second = Item("work:a", "web", "題"), Item("work:b", "web", "題")
    keys = list(read_bibtex(bibtex([first, second])).entries)
    assert len(set(keys)) == 2
    assert keys == list(read_bibtex(bibtex([first, second])).entries)
    assert all(key.isascii() for key in keys)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_title_can_be_read_back(title: str) -> None:
    items = [Item("work:x", "book", title, authors=(Name(literal=title),))]
    assert len(read_bibtex(bibtex(items)).entries) == 1
    assert json.loads(csl_json(items))[0]["title"] == title


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("David Capie", Name(family="Capie", given="David")),
        ("Lloyd J. Austin III", Name(family="Austin III", given="Lloyd J.")),
        ("Ursula von der Leyen", Name(family="von der Leyen", given="Ursula")),
        ("Satake, T.", Name(family="Satake", given="T.")),
        ("KITA Makoto", Name(family="KITA", given="Makoto")),
        ("佐竹知彦", Name(literal="佐竹知彦")),
        ("U.S. Department of Defense", Name(literal="U.S. Department of Defense")),
        ("The White House", Name(literal="The White House")),
        ("NATO", Name(literal="NATO")),
        ("Western Pacific Naval Symposium", Name(literal="Western Pacific Naval Symposium")),
        ("RAND Europe", Name(literal="RAND Europe")),
        ("International Crisis Group", Name(literal="International Crisis Group")),
        ("Pacific Forum", Name(literal="Pacific Forum")),
        ("Ministère des Armées", Name(literal="Ministère des Armées")),
        ("Ségolène Royal", Name(family="Royal", given="Ségolène")),
        ("Jean Young Lee", Name(family="Lee", given="Jean Young")),
        ("Park Ji-hoon", Name(family="Park", given="Ji-hoon")),
        ("Jean-Luc Morvan", Name(family="Morvan", given="Jean-Luc")),
    ],
)
def test_names(text: str, wanted: Name) -> None:
    assert name_of(text) == wanted
