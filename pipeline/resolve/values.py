"""What spans of a note say in figures: dates in ISO 8601, pages, volumes."""

from __future__ import annotations

import re
from functools import cache

from pipeline.resolve.scan import Item
from pipeline.rules.engine import Rule, book
from pipeline.text import ERAS, narrow, number, plain

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_NUMBER = re.compile(r"[A-Z]-?[0-9]+|[0-9]+|[〇一二三四五六七八九十百]+|\b[ivxlc]+\b|[Ⅰ-ⅿ]+")
_ERAS = ERAS | {"民國": 1911, "民国": 1911}
_RANGE = re.compile(r"\s*(?:頁|ページ|页)?\s*[-~―—ー–‐]\s*")


def date_of(item: Item) -> str:
    """The date that a `date` item prints, in ISO 8601 at its precision; empty where its numbers are none."""
    if item.found is None:
        return ""
    groups = item.found.match.groupdict()
    year = number(groups["year"]) or 0
    if groups.get("era"):
        year += _ERAS[groups["era"]]
    month = _month(groups.get("month") or "")
    day = number(groups["day"]) if groups.get("day") else None
    if not 1500 <= year <= 2199 or not (month is None or 1 <= month <= 12) or not (day is None or 1 <= day <= 31):
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


@cache
def _date_rules() -> tuple[Rule, ...]:
    return tuple(book().yielding("date"))


@cache
def _other_months() -> dict[str, int]:
    """Months in the other languages of the rule files, by name."""
    return {name: month for month in range(1, 13) for name in book().lists[f"MONTH_{month:02}"]}


def date_in(text: str) -> str:
    """The date in a text that may hold other words, such as アクセス日：2025年9月10日; empty where there is none."""
    view = plain(text)
    found = [
        Item("date", hit.start, hit.end, rule=rule, found=hit) for rule in _date_rules() for hit in rule.find(view)
    ]
    best = min(found, key=lambda item: (item.start, item.start - item.end), default=None)
    return date_of(best) if best else ""


def pages_of(text: str) -> str:
    """Pages as printed, figures only: 12〜15頁 -> 12-15, 三〇頁 -> 30, pp. 3, 5-7 -> 3, 5-7."""
    view = plain(text)
    view = re.sub(r"^(?:[Pp]{1,2}|p\.p|[Pp]ages?|at p?|[СCс]{1,2})[.,]? ?(?=[0-9A-ZivxlcⅠ-ⅿ])", "", view)
    parts: list[str] = []
    at = 0
    for match in _NUMBER.finditer(view):
        if parts:
            parts.append("-" if _RANGE.fullmatch(view, at, match.start()) else ", ")
        figure = match.group()
        value = number(figure) if not figure[0].isascii() else None
        parts.append(str(value) if value is not None else narrow(figure))
        at = match.end()
    return "".join(parts)


def figure_of(text: str) -> str:
    """A volume or issue in ASCII figures where it is a number."""
    value = number(text)
    return str(value) if value is not None else narrow(text).strip()


def _month(name: str) -> int | None:
    if not name:
        return None
    if name in _MONTHS_RU:
        return _MONTHS_RU.index(name) + 1
    if name in _other_months():
        return _other_months()[name]
    if name[0].isalpha() and name[0].isascii():
        return next((i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3])), None)
    return number(name)
