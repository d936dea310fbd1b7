"""Items as CSL-JSON (Citation Style Language 1.0.2), which Zotero and pandoc read."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pipeline.export.bibliography import Item, Name

_TYPES = {
    "web": "webpage",
    "news": "article-newspaper",
    "book": "book",
    "chapter": "chapter",
    "article": "article-journal",
    "report": "report",
    "press_conference": "speech",
    "treaty": "treaty",
    "law": "legislation",
    "dataset": "dataset",
    "other": "document",
}
"""CSL type of each kind of citation."""


def csl_json(items: Iterable[Item]) -> bytes:
    """A CSL-JSON file of the items, in UTF-8, indented."""
    return msgspec.json.format(msgspec.json.encode([_entry(item) for item in items]), indent=1) + b"\n"


def _entry(item: Item) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": item.id,
        "type": _TYPES[item.kind],
        "title": item.title,
        "author": [_name(name) for name in item.authors],
        "editor": [_name(name) for name in item.editors],
        "translator": [_name(name) for name in item.translators],
        "container-title": item.container,
        "publisher": item.publisher,
        "publisher-place": item.place,
        "volume": item.volume,
        "issue": item.issue,
        "issued": _date(item.date),
        "accessed": _date(item.accessed),
        "URL": item.url,
        "DOI": item.doi,
        "language": item.language,
        "note": item.note,
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}


def _date(iso: str) -> dict[str, object] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None
