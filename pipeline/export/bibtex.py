"""Items as BibTeX, in UTF-8, with the fields that BibLaTeX and Zotero know besides (translator, urldate, langid)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from pipeline.export.bibliography import Item, Name

_TYPES = {
    "news": "article",
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
}
"""BibTeX type of each kind of citation; all others are ``misc``."""
_ESCAPED = str.maketrans(
    {char: f"\\{char}" for char in "&%#_$"}
    # BibTeX counts braces, also those behind a backslash.
    | {
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_KEY = re.compile(r"[^a-z0-9]+")


def bibtex(items: Iterable[Item]) -> str:
    """A BibTeX file of the items; keys come from their ids and stay the same on every run."""
    return "\n".join(_entry(item) for item in items)


def key_of(item: Item) -> str:
    """An ASCII key: author or kind, year, and six digits of the SHA-256 of the item's id."""
    first = (item.authors or item.editors or (Name(literal=item.kind),))[0]
    name = _KEY.sub("", (first.family or first.literal).lower())[:20] or _KEY.sub("", item.kind)
    return f"{name}{item.date[:4]}-{hashlib.sha256(item.id.encode()).hexdigest()[:6]}"


def _entry(item: Item) -> str:
    kind = _TYPES.get(item.kind, "misc")
    fields = {
        "title": f"{{{_escaped(item.title)}}}",
        "author": _names(item.authors),
        "editor": _names(item.editors),
        "translator": _names(item.translators),
        {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished"): _escaped(item.container),
        "institution" if kind == "techreport" else "publisher": _escaped(item.publisher),
        "address": _escaped(item.place),
        "volume": _escaped(item.volume),
        "number": _escaped(item.issue),
        "year": item.date[:4],
        "month": item.date[5:7].lstrip("0"),
        "day": item.date[8:10].lstrip("0"),
        "doi": _address(item.doi),
        "url": _address(item.url),
        "urldate": item.accessed,
        "langid": {"ja": "japanese", "en": "english"}.get(item.language, ""),
        "note": _escaped(item.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value and value != "{}")
    return f"@{kind}{{{key_of(item)},\n{lines}}}\n"


def _escaped(text: str) -> str:
    """Text without characters that mean something to TeX."""
    return " ".join(text.translate(_ESCAPED).split(" "))


def _address(url: str) -> str:
    """An address as it is, but for braces, which BibTeX counts."""
    return url.replace("{", "%7B").replace("}", "%7D")


def _names(names: tuple[Name, ...]) -> str:
    return " and ".join(
        f"{{{_escaped(name.literal)}}}" if name.literal else f"{_escaped(name.family)}, {_escaped(name.given)}"
        for name in names
    )
