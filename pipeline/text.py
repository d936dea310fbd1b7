"""Characters: one-to-one folding, widths, numerals, dates. Pure functions on strings."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from pipeline import rules


@cache
def _folds() -> dict[str, str]:
    data = rules.load("characters.toml")
    return {**data["ideographs"], **data["japanese_forms"], **data["shared_glyphs"], **data["symbol_bullets"]}


@cache
def fold(char: str) -> str:
    """The ordinary character for one that only a font or a printer chose (⽇ → 日, ‧ → ・), else itself.

    Always one character for one, so that offsets hold.
    """
    found = _folds().get(char)
    if found is not None:
        return found
    code = ord(char)
    if 0xFE10 <= code <= 0xFE19 or 0xFE30 <= code <= 0xFE48:  # forms for vertical writing
        ordinary = unicodedata.normalize("NFKC", char)
        wide = chr(ord(ordinary) + 0xFEE0) if len(ordinary) == 1 and "!" <= ordinary <= "~" else ordinary
        return wide if len(wide) == 1 else char
    if 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        ordinary = unicodedata.normalize("NFC", char)
        return ordinary if len(ordinary) == 1 else char
    return char


CURLY = "“”‘’"
"""Quotation marks that Japanese and Latin typesetting share; `is_wide` counts them as Japanese."""


@cache
def is_wide(char: str) -> bool:
    """Whether the character belongs to Japanese typesetting, which puts no spaces between words.

    Full-width forms, kana, ideographs and Japanese punctuation are wide; so are dashes and dots
    that stand between such characters as a rule (―, …).
    """
    return (
        unicodedata.east_asian_width(char) in "WF"
        or "\uff61" <= char <= "\uff9f"
        or char in "―…‥“”‘’§¶†‡※○●◎△▲□■◇◆→←↑↓"
    )


def is_latin(char: str) -> bool:
    """Whether the character belongs to words that are written with spaces between them."""
    return not is_wide(char) and (char.isalnum() or char in "-–—'\"’”.,;:!?()[]/&%$#@+=_~*")


def narrow(text: str) -> str:
    """NFKC without changing what is not a compatibility form; the length may change."""
    return unicodedata.normalize("NFKC", text)


_PLAIN = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c) not in "（）"}
    | {"(": "（", ")": "）", "　": " ", "･": "・", "〜": "~"}
    | dict.fromkeys("‐‑–−", "-")
    | dict.fromkeys("‘’＇", "'")
)


def plain(text: str) -> str:
    """The text as rules see it: always one character for one, so that offsets hold.

    Full-width letters, digits and signs become half-width, round brackets full-width, spaces ASCII.
    """
    return text.translate(_PLAIN)


_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}
_KANJI_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> int | None:
    """The value of Japanese or Arabic numerals (１２, 十二, 二〇二五, 元 for 1); None if it is none."""
    text = narrow(text).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(c not in _KANJI_DIGITS and c not in _KANJI_UNITS for c in text):
        return None
    if not any(c in _KANJI_UNITS for c in text):
        return int("".join(str(_KANJI_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _KANJI_UNITS:
            total += (digit or 1) * _KANJI_UNITS[c]
            digit = 0
        else:
            digit = _KANJI_DIGITS[c]
    return total + digit


ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""Year before the first of each era (Japanese calendar)."""

_NUMERAL = r"[0-9０-９〇一二三四五六七八九十元]{1,4}"
_DATE = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})?\s*(?P<year>{_NUMERAL})\s*[（(]?(?:[^年月日（(]{{0,8}}[)）])?\s*年"
    rf"(?:\s*[（(][^）)]*[）)])?"
    rf"(?:\s*(?P<month>{_NUMERAL})\s*月(?:\s*(?P<day>{_NUMERAL})\s*日)?)?"
)
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(f"{m}|{m[:3]}\\.?" for m in _MONTHS) + r"|Sept\.?"
_ENGLISH_DATES = (
    re.compile(rf"(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH}),?\s+(?P<year>\d{{4}})"),
    re.compile(rf"(?P<name>{_MONTH})\s+(?P<year>\d{{4}})"),
)
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[./／-]\s*(?P<month>\d{1,2})(?:\s*[./／-]\s*(?P<day>\d{1,2}))?(?!\d)"
)


def first_date(text: str) -> tuple[str, int, int] | None:
    """The first date printed in a text as (ISO 8601 at the printed precision, start, end), or None.

    Reads 2025年11月14日, 令和7年11月14日, 平成十九年, ２０２５年, 二〇〇七年三月, November 14, 2025,
    14 November 2025 and 2025/11/14. Start and end are offsets into ``text``, end exclusive.
    """
    found: list[tuple[int, int, str]] = []
    for match in _DATE.finditer(text):
        iso = _japanese_date(match)
        if iso:
            found.append((match.start(), match.end(), iso))
            break
    found += [(start, end, iso) for iso, start, end in western_dates(text)[:1]]
    if not found:
        return None
    start, end, iso = min(found, key=lambda f: (f[0], -f[1]))
    return iso, start, end


def western_dates(text: str) -> list[tuple[str, int, int]]:
    """Dates in English or in figures (November 14, 2025, 2025/11/14), in order, as (ISO 8601, start, end).

    Of dates that overlap the first, and of those the longest, is given.
    """
    plain = "".join(narrow(c) if len(narrow(c)) == 1 else c for c in text)
    options = [
        (match.start(), -match.end(), iso)
        for form in (*_ENGLISH_DATES, _NUMERIC_DATE)
        for match in form.finditer(plain)
        if (iso := _western_date(match))
    ]
    found: list[tuple[str, int, int]] = []
    for start, minus_end, iso in sorted(options):
        if not found or start >= found[-1][2]:
            found.append((iso, start, -minus_end))
    return found


def _japanese_date(match: re.Match[str]) -> str:
    year = number(match["year"])
    if year is None:
        return ""
    if match["era"]:
        year += ERAS[match["era"]]
    month = number(match["month"]) if match["month"] else None
    day = number(match["day"]) if match["day"] else None
    return _iso(year, month, day)


def _western_date(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if "name" in parts:
        month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(parts["name"][:3]))
    else:
        month = int(parts["month"])
    return _iso(int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None)


def _iso(year: int, month: int | None, day: int | None) -> str:
    """ISO date at the precision given; empty where the numbers are no date."""
    if not 1868 <= year <= 2199:
        return ""
    try:
        date(year, month if month is not None else 1, day if day is not None else 1)
    except ValueError:
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
