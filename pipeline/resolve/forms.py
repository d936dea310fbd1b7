"""Whole forms and back references, as the rules find them, in figures and fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.resolve.drafts import Back, Draft
from pipeline.resolve.known import Span
from pipeline.resolve.latin import latin_units
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.values import date_in, figure_of, pages_of
from pipeline.text import number

BACK = ("same", "prior", "note")
"""Kinds of item that are back references."""
_FIELDS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("title", "container", "publisher", "place"), str.strip),
    "volume": figure_of,
    "issue": figure_of,
    "pages": pages_of,
    "date": date_in,
}
"""Groups of a form that are fields, and how each is read."""
_PEOPLE = re.compile(
    r"[^,&]+?, (?:[A-Z]\. ?-?){1,4}|^[A-Z][\w'-]+, [A-Z][\w'-]+(?: [A-Z]\.?)?|[А-ЯЁ][а-яё-]+ (?:[А-ЯЁ]\. ?){1,2}|[^,&]+"
)
_NOTE_FIGURE = re.compile(r"[0-9]+|[〇一二三四五六七八九十百]+|[*†‡§※]+")
_NOTED = re.compile(
    r"(?:本稿)?(?:脚注|後注|注|註) ?（?(?P<number>[0-9]{1,4}|[一二三四五六七八九十百]{1,5})）?(?:参照)?"
)
_SAME = re.compile(r"^(?:同上|同前|同右|仝上|以上同|同)")


def draft_of_form(scan: Scan, item: Item) -> Draft:
    """The citation that a form is; its rule may say its kind."""
    draft = Draft(item.start, item.end, style="plain")
    draft.kind = str(item.rule.set.get("kind", "")) if item.rule else ""
    for name, read in _FIELDS.items():
        span = item.group(name)
        if span:
            draft.add(name, *span, read(scan.text[slice(*span)]))
    day = item.group("date")
    if day and scan.view.startswith("同日", day[0]):
        draft.same_date = day
    for name, split in (("authors", _people), ("editors", latin_units)):
        low, high = item.group(name) or (0, 0)
        for a, b in split(scan.view[low:high]):
            draft.add(name, low + a, low + b, scan.text[low + a : low + b])
    return draft


def back_of(scan: Scan, item: Item) -> Back:
    """The back reference that an item is, with the note's number and the noun that says what kind of work."""

    def group(name: str) -> str:
        span = item.group(name)
        return scan.view[slice(*span)] if span else ""

    figure = group("number")
    if item.kind == "note" and not figure:
        found = _NOTE_FIGURE.search(scan.view, item.start, item.end)
        figure = found.group() if found else ""
    value = number(figure) if figure else None
    what = _SAME.sub("", scan.view[item.start : item.end]) if item.kind == "same" else group("what")
    return Back(item.kind, scan.text[item.start : item.end], str(value) if value is not None else figure, what)


def note_of_bracket(scan: Scan, bracket: Item) -> Back | None:
    """The back reference that a bracket with nothing but a note's number is: （注9）."""
    noted = _NOTED.fullmatch(scan.view, *bracket.inner)
    value = number(noted["number"]) if noted else None
    return None if value is None else Back("note", scan.text[bracket.start : bracket.end], str(value))


def _people(text: str) -> Iterable[Span]:
    """Spans of the authors of a form: Surname, I., & Surname, I. or Фамилия И. И."""
    for piece in _PEOPLE.finditer(text):
        low, high = piece.span()
        lead = re.match(r"[ ,&]*(?:and )?", text[low:high])
        low += lead.end() if lead else 0
        high = low + len(text[low:high].rstrip())
        if low < high:
            yield low, high
