"""Works and commentaries as items of a bibliography, in no format yet: `csl` and `bibtex` write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.document import Author, Citation, FrontMatter
from pipeline.rules.engine import book

_INVERTED = re.compile(r"(?P<family>[^,]+), (?P<given>(?:[^\W\d_][\w.'’-]*[ .-]*){1,5})")
_PARTICLES = frozenset("de da del della der den di dos du la le van von bin ibn al el".split())
_SUFFIX = re.compile(r",? (?:Jr\.?|Sr\.?|I{2,3}|IV)$")
_FAMILY_FIRST = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+")
"""Kim Jong-un: a given name whose second syllable is small is Korean and stands last."""
_NOT_LATIN = re.compile(r"[\u0400-\u04ff\u1100-\u11ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a bibliography: ``literal`` for a body or where parts cannot be told, else family and given name."""

    literal: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One work: ``kind`` as in `Citation`, dates in ISO 8601; ``note`` says where it is cited or what file it is."""

    id: str
    kind: str
    title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    container: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    date: str = ""
    accessed: str = ""
    url: str = ""
    doi: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a commentary's file came from: its address and the day it was fetched (ISO 8601)."""

    url: str = ""
    retrieved: str = ""


@dataclass(slots=True)
class CitingPlaces:
    """Where a work is cited: commentary, note and page of the note."""

    texts: list[str] = field(default_factory=list)

    def add(self, front: FrontMatter, doc_id: str, number: str, page: object) -> None:
        """Adds a place, once. ``page`` counts from 1, None where it is unknown."""
        if front.language == "en":
            issue = f"{front.series} No. {front.number}" if front.series and front.number else doc_id
            text = ", ".join(filter(None, (issue, f"note {number}" if number else "", f"p. {page}" if page else "")))
        else:
            issue = f"『{front.series}』第{front.number}号" if front.series and front.number else doc_id
            text = issue + (f"注{number}" if number else "") + (f"（{page}頁）" if page else "")
        if text not in self.texts:
            self.texts.append(text)


def of_work(work: Citation, places: CitingPlaces) -> Item:
    """The item of a work, from a citation that has its fields."""
    editors = () if work.editors == work.authors else work.editors
    whole = bool(work.editors) and work.editors == work.authors
    return Item(
        id=work.work_id,
        kind=work.kind,
        title=work.title or work.container or work.text,
        authors=() if whole else tuple(map(name_of, work.authors)),
        editors=tuple(map(name_of, work.editors if whole else editors)),
        translators=tuple(map(name_of, work.translators)),
        container=work.container if work.title else "",
        publisher=work.publisher,
        place=work.place,
        volume=work.volume,
        issue=work.issue,
        date=work.date,
        accessed=work.accessed,
        url=work.url,
        doi=work.doi,
        note="; ".join(places.texts),
    )


def of_commentary(doc_id: str, source_file: str, front: FrontMatter, origin: Origin) -> Item:
    """The item of a commentary itself: an article of its series."""
    separator = ": " if front.language == "en" else "――"
    return Item(
        id=doc_id,
        kind="article",
        title=separator.join(filter(None, (front.title, front.subtitle))) or source_file,
        authors=tuple(_author(author) for author in front.authors),
        container=front.series,
        issue=front.number,
        date=front.published,
        url=origin.url,
        accessed=origin.retrieved,
        language=front.language,
        note=source_file,
    )


def name_of(text: str) -> Name:
    """A printed name: Latin names of persons in their parts (David Capie, Satake, T.), all others whole."""
    text = " ".join(text.split())
    if _NOT_LATIN.search(text) or text.upper() == text or _is_body(text):
        return Name(literal=text)
    inverted = _INVERTED.fullmatch(text)
    if inverted:
        return Name(family=inverted["family"], given=inverted["given"].strip())
    suffix = _SUFFIX.search(text)
    words = (text[: suffix.start()] if suffix else text).split()
    capitals = all(word[0].isupper() or word in _PARTICLES for word in words)
    if not 2 <= len(words) <= 5 or not capitals or words[0] == "The":
        return Name(literal=text)
    if _FAMILY_FIRST.fullmatch(text):
        return Name(family=words[0], given=words[1])
    shouted = [word for word in words if len(word) > 2 and word.isupper()]
    if len(shouted) == 1:  # SHISAKU Makoto: the family name is set in capitals
        return Name(family=shouted[0], given=" ".join(word for word in words if word != shouted[0]))
    at = next((i for i, word in enumerate(words[1:], 1) if word in _PARTICLES), len(words) - 1)
    family = " ".join(words[at:]) + (suffix.group() if suffix else "")
    return Name(family=family, given=" ".join(words[:at]))


def _is_body(text: str) -> bool:
    """Whether a Latin name is a body's: one the rules know, or one with a word that names of persons lack."""
    known = book().pattern("{ORGANIZATION}|{MEETING}|{INITIATIVE}")
    words = book().pattern(r"\b(?:{ORG_EN}|{BODY_WORD_EN})\b")
    acronym = any(known.fullmatch(word) for word in text.split() if word.isupper())
    return acronym or bool(known.fullmatch(text) or words.search(text))


def _author(author: Author) -> Name:
    """An author of a commentary: a Japanese name printed with a space has its family name first."""
    parts = author.name.split()
    if len(parts) == 2 and _NOT_LATIN.search(author.name):
        return Name(family=parts[0], given=parts[1])
    return name_of(author.name)
