"""A citation while it is being read: its fields with the spans that they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.document import FieldSpan

OWN = ("date", "url", "publisher", "container", "volume", "issue", "doi")
"""Fields that a full citation has and a short one lacks."""


@dataclass(frozen=True, slots=True)
class Back:
    """A back reference: ``kind`` is ``same`` (同上), ``prior`` (前掲書) or ``note`` (前掲注3).

    ``number`` is the note meant, ``what`` the noun that says what kind of work (書, 論文), ``text`` as printed.
    """

    kind: str
    text: str
    number: str = ""
    what: str = ""


@dataclass(slots=True)
class Draft:
    """A citation of a note, ``text[start:end]``; ``style`` is the mark of its title: quote, book, plain or empty.

    ``same_author`` is the span of a 同 that stands for the author of the citation before. A field that several
    citations of a note share (いずれも2022年) may stand outside ``start`` and ``end``.
    """

    start: int
    end: int
    style: str = ""
    fields: list[FieldSpan] = field(default_factory=list)
    back: Back | None = None
    kind: str = ""
    same_author: tuple[int, int] | None = None
    same_date: tuple[int, int] | None = None
    """The span of a 同日 that stands for the date of the citation before."""
    shorts: tuple[str, ...] = ()
    """Short names that the note gives the work: （以下「大綱」）, [hereafter NDPG]."""
    unread: bool = False
    """Whether it is a stretch that must cite something, whose fields could not be told."""
    known_book: bool = False
    """Whether its container is a book that was cited before: 「章」前掲『書名』."""
    referred: bool = False
    """Whether words such as を参照 follow it, or it fills its sentence."""

    def add(self, name: str, start: int, end: int, value: str) -> None:
        """Adds a field; an empty value is left out."""
        if value and start < end:
            self.fields.append(FieldSpan(name, start, end, value))
            self.end = max(self.end, end)

    def get(self, name: str) -> str:
        """The first value of a field, empty if it has none."""
        return next((span.value for span in self.fields if span.field == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field, in order."""
        return tuple(span.value for span in self.fields if span.field == name)

    def has(self, *names: str) -> bool:
        """Whether one of the fields is there."""
        return any(span.field in names for span in self.fields)

    def rename(self, old: str, new: str) -> None:
        """Gives every span of a field another name."""
        self.fields = [
            FieldSpan(new if span.field == old else span.field, span.start, span.end, span.value)
            for span in self.fields
        ]

    def moved(self, by: int) -> Draft:
        """A copy with every offset moved by ``by``."""
        fields = [FieldSpan(s.field, s.start + by, s.end + by, s.value) for s in self.fields]
        author, date = ((span[0] + by, span[1] + by) if span else None for span in (self.same_author, self.same_date))
        return replace(
            self, start=self.start + by, end=self.end + by, fields=fields, same_author=author, same_date=date
        )
