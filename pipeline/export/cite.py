"""How to cite a commentary."""

from __future__ import annotations

from pipeline.document import FrontMatter

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_INNER_QUOTES = str.maketrans("「」", "『』")


def cite_as(front: FrontMatter) -> str:
    """The citation of a commentary in its own language's form; what is unknown is left out, empty without a title.

    著者・著者「題――副題」『シリーズ』第407号、2025年11月14日, or for English
    Author and Author, "Title: Subtitle," Series, No. 12, November 14, 2025.
    """
    if not front.title:
        return ""
    return _english(front) if front.language == "en" else _japanese(front)


def _japanese(front: FrontMatter) -> str:
    authors = "・".join(_closed_up(author.name) for author in front.authors)
    title = "――".join(filter(None, (front.title, front.subtitle))).translate(_INNER_QUOTES)
    number = f"第{front.number}号" if front.number else ""
    series = f"『{front.series}』" if front.series else ""
    date = "".join(part.lstrip("0") + unit for part, unit in zip(front.published.split("-"), "年月日", strict=False))
    return "、".join(filter(None, (f"{authors}「{title}」{series}{number}", date if front.published else "")))


def _closed_up(name: str) -> str:
    """A Japanese name without the space between its parts; others keep it."""
    return name if name.isascii() else "".join(name.split())


def _english(front: FrontMatter) -> str:
    names = [author.name for author in front.authors]
    authors = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
    title = ": ".join(filter(None, (front.title, front.subtitle)))
    number = f"No. {front.number}" if front.number else ""
    rest = ", ".join(filter(None, (front.series, number, _english_date(front.published))))
    return (f"{authors}, " if authors else "") + (f"“{title},” {rest}." if rest else f"“{title}.”")


def _english_date(published: str) -> str:
    year, *rest = published.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if len(rest) == 2 else f"{month} {year}"
