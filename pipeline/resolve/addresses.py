"""Addresses of web pages in the text of a note."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.text import plain

_RUN = re.compile(
    r"(?:https?: ?/ ?/ ?|www\.(?=[A-Za-z0-9-]+\.))(?:(?!(?<=[^/=?&(])https?://)[!#-;=?-~])+", re.IGNORECASE
)
_FULL_WIDTH = re.compile(r"[ｈＨ][ｔＴ][ｔＴ][ｐＰ][ｓＳ]?[：:][／/]{2}[Ａ-Ｚａ-ｚ０-９－．／＿？＝＆％＃～：＋!-~]+")
_AFTER = ".,;:!?'"
"""ASCII characters that close the sentence and not the address, when they stand last."""
_BRACKETS = {")": "(", "]": "["}
_JOINED = re.compile(r" (?=[A-Za-z0-9%_-])((?!https?:|www\.)[!#-;=?-~]+)")
"""What may follow a space that only a line end left inside an address."""
_GOES_ON = re.compile(r"[/_=&%?~]|[a-z0-9-]+\.(?:html?|pdf|php|aspx?|jsp|shtml|docx?|xlsx?)\b")
_SOUND = re.compile(
    r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+(?::\d{1,5})?(?:[/?#][!-~]*)?", re.IGNORECASE
)


class Address(NamedTuple):
    """An address: ``text[start:end]`` as printed, and its ``url``, half-width and without spaces."""

    start: int
    end: int
    url: str


def addresses(text: str) -> list[Address]:
    """Every address of a text, in order.

    It ends before the first character outside printable ASCII, then loses what closes the sentence around it: full
    stops, commas and the like, a bracket that opens outside and one that does not close. One that a space broke goes
    on where what follows the space can only be part of an address.
    """
    found: list[Address] = []
    for match in sorted((*_RUN.finditer(text), *_FULL_WIDTH.finditer(text)), key=lambda m: m.start()):
        start = match.start()
        if found and start < found[-1].end:
            continue
        end = start + len(_trimmed(plain(match.group()).replace("（", "(").replace("）", ")")))
        # Where a date follows without a space (…html,2024年), its year is no part of the address.
        year = re.search(r"[,;]\d{4}$", text[start:end]) if text[end : end + 1] == "年" else None
        end = start + year.start() if year else _with_rest(text, start, end)
        url = plain(text[start:end]).replace("（", "(").replace("）", ")").replace(" ", "")
        if end - start > len("https://"):
            found.append(Address(start, end, url))
    return found


def sound(url: str) -> bool:
    """Whether an address can be one: a host of two labels or more, nothing outside printable ASCII."""
    return bool(_SOUND.fullmatch(url))


def _trimmed(run: str) -> str:
    """The run without what belongs to the sentence around it."""
    depth: list[int] = []
    for at, char in enumerate(run):
        if char in "([":
            depth.append(at)
        elif char in ")]" and depth:
            depth.pop()
    if depth:
        run = run[: depth[0]]
    spare = {closing: run.count(closing) - run.count(opening) for closing, opening in _BRACKETS.items()}
    while run and (run[-1] in _AFTER or spare.get(run[-1], 0) > 0):
        if run[-1] in spare:
            spare[run[-1]] -= 1
        run = run[:-1]
    return run


def _with_rest(text: str, start: int, end: int) -> int:
    """The end of an address, past a space that broke it."""
    rest = _JOINED.match(text, end)
    while rest and (text[end - 1] in "/-_=&?%." or rest[1].startswith(("/", "?"))) and _GOES_ON.search(rest[1]):
        longer = _trimmed(text[start : rest.end()])
        if len(longer) <= end - start:
            break
        end = start + len(longer)
        rest = _JOINED.match(text, end)
    return end
