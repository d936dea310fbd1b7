"""Printed lines -> running text: what stands between the end of a line and the beginning of the next.

Japanese lines join without a space. For Latin ones the document's own habit decides: a printer that keeps
the space at a line's end cuts words nowhere else; one that drops it fills lines to the edge if it cuts words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.lines import Char, Line
from pipeline.text import CURLY, fold, is_latin

_URL_TAIL = re.compile(r"(?:https?:/{0,2}|ftp://|www\.|doi\.org/|\bdoi:)[^\s　、。（）「」『』<>“”]*$", re.IGNORECASE)
_URL_CHARS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_URL_ENDED = re.compile(r"\.(?:html?|pdf|aspx?|php|docx?|xlsx?|jsp|cfm)[.,;)]+$|/[.,;]$", re.IGNORECASE)
MIN_CUTS = 2
"""Line ends, with hyphens or without, that a Japanese document needs to be one that cuts words."""
CUT_SHARE = 0.12
"""Share of its Latin line ends that they need to be."""
WORDS_SHARE = 0.3
"""Share of its Latin line ends at which words visibly end, in a document that cuts words, at most."""
_SHORT_WORD = re.compile(r"(?:of|the|and|in|on|for|to|by|with|from|at|as|or)\b(?![.-])")
_NO_WORD_END = re.compile(r"(?:of|the|with|from)\b(?![.-])")
"""The short words that are no ending of a longer one, which in (beg-in) and on (reas-on) may be."""
SMALLER = 0.93
"""Share of a line's type size under which a figure is set small on purpose."""
_SUPERSCRIPTS = dict(zip("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", strict=True))


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document's printer ends Latin lines, and its words (for telling a hyphen from a cut)."""

    keeps_spaces: bool
    cuts_words: bool
    hyphenates: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a block to be: what it reads as, where it stands in the raw string, and whether it is raised.

    ``apart`` tells of a figure that stands on the baseline whether it is smaller than the line or of another colour.
    """

    text: str
    raw: int
    raised: bool
    apart: bool = False


def habits_of(lines: Iterable[Line], english: bool) -> Habits:
    """Learns the habits from all lines of a document in reading order."""
    ends = spaced = full = cut = parted = 0
    words: set[str] = set()
    before: Line | None = None
    for line in lines:
        words.update(re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.rstrip("-").lower()))
        if before is not None and not line.table and not before.table:
            tail, head = before.text.rstrip()[-1:], line.text.lstrip()[:1]
            cut += tail == "-" and head.islower() and before.text.rstrip()[-2:-1].islower()
            if tail and head and is_latin(tail) and is_latin(head) and tail.isalnum() and head.isalnum():
                ends += 1
                spaced += before.text[-1:].isspace()
                full += before.right - before.x1 < 0.75 * before.size
                parted += _are_words(before.text.rstrip(), line.text.lstrip(), _SHORT_WORD)
        before = line
    hyphenates = english or (cut >= MIN_CUTS and cut >= CUT_SHARE * (ends + cut))
    keeps = ends > 0 and spaced >= max(1, 0.08 * ends)
    cuts = not keeps and not english and ends >= MIN_CUTS and full >= 0.85 * ends and parted < WORDS_SHARE * ends
    return Habits(keeps, cuts, hyphenates, frozenset(words))


def letters(pieces: Sequence[tuple[Line, int]], habits: Habits, *, table: bool = False) -> list[Letter]:
    """The letters of a block in order. Where a space is due at a line end, the raw newline stands for it.

    In a table lines stay lines and tabs part its cells; elsewhere a tab is a space like others.
    """
    out: list[Letter] = []
    for position, (line, first) in enumerate(pieces):
        if position:
            before = pieces[position - 1][0]
            joint = "\n" if table else _joint(out, line, first, before, habits)
            if joint == "cut":
                out.pop()
            elif joint:
                out.append(Letter(joint, before.start + len(before.chars), False))
        while position and not table and first < len(line.chars) and line.chars[first].text.isspace():
            first += 1  # white space that only sets the line in
        for index in range(first, len(line.chars)):
            char = line.chars[index]
            text = " " if char.text == "\t" and not table else char.text
            _append(out, text, line.start + index, char.raised, text.isdigit() and _is_apart(char, line))
        if not table:
            _strip_end(out)
    _strip_end(out)
    return out


def _is_apart(char: Char, line: Line) -> bool:
    """Whether a figure is set smaller than its line, or in another colour."""
    glyph = char.glyph
    return glyph is not None and not char.raised and (glyph.size < SMALLER * line.size or glyph.color != line.color)


def _append(out: list[Letter], text: str, raw: int, raised: bool, apart: bool) -> None:
    """Adds a character; a space only where none stands before it."""
    folded = fold(text)
    if folded.isspace() and folded != "\t":
        if out and not out[-1].text.isspace():
            out.append(Letter("　" if folded == "　" else " ", raw, False))
        return
    out.append(Letter(folded, raw, raised, apart))


def _strip_end(out: list[Letter]) -> None:
    while out and out[-1].text.isspace():
        out.pop()


def _joint(out: list[Letter], line: Line, first: int, before: Line, habits: Habits) -> str:
    """What joins two lines: nothing, a space, or "cut" where the last letter is a hyphen that the cut made."""
    head = next((fold(c.text) for c in line.chars[first:] if not c.text.isspace()), "")
    if not out or not head or (out[-1].raised and line.chars[first].raised):
        return ""
    tail = next((letter.text for letter in reversed(out) if not letter.raised), out[-1].text)
    if tail == "\u00ad" or (tail == "\u2010" and head.isascii() and head.isalnum()):
        return "cut"  # the hyphens that typesetters put in; typed ones are U+002D
    if not (_is_latin_tail(out, tail) and _is_latin_head(line, first, head)):
        return ""
    spaced = before.text[-1:].isspace()
    text = "".join(letter.text for letter in out[-300:])
    if _URL_TAIL.search(text) and _URL_CHARS.match(head):
        ended = (spaced and habits.keeps_spaces) or (_URL_ENDED.search(text) and head.isupper())
        return " " if ended else ""
    if tail == "-":
        return _after_hyphen(text, line, first, habits)
    if spaced:
        return " "
    if tail in "/–—(（[" or head in ")）],.;:":
        return ""
    short = _NO_WORD_END if habits.cuts_words else _SHORT_WORD
    if _are_words(text, "".join(c.text for c in line.chars[first : first + 8]).lstrip(), short):
        return " "
    if habits.keeps_spaces:
        return ""
    if tail in ",;:":
        return " "
    return "" if habits.cuts_words else " "


def _are_words(before: str, after: str, short: re.Pattern[str]) -> bool:
    """Whether no word can be cut between two Latin texts: a small letter and a capital or a figure, a closing quotation
    mark, a ``short`` word by itself."""
    tail, head = before[-1:], after[:1]
    if tail in "”’" or (tail.islower() and (head.isupper() or head.isdigit())):
        return head.isalnum()
    return bool(short.match(after)) and before[-2:].isalpha()


def _is_latin_tail(out: Sequence[Letter], tail: str) -> bool:
    """Whether text ends in Latin type; a curly quotation mark is what the letter before it is."""
    if tail in CURLY:
        return next((is_latin(letter.text) for letter in reversed(out) if letter.text not in CURLY), False)
    return is_latin(tail)


def _is_latin_head(line: Line, first: int, head: str) -> bool:
    """Whether a line begins in Latin type; a curly quotation mark is what the letter after it is."""
    if head in CURLY:
        return next(
            (is_latin(c.text) for c in line.chars[first:] if c.text not in CURLY and not c.text.isspace()), False
        )
    return is_latin(head)


def _after_hyphen(text: str, line: Line, first: int, habits: Habits) -> str:
    """A hyphen at a line's end stays, unless the document cuts its words and knows no such compound."""
    left = re.search(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$", text)
    right = re.match(r"[A-Za-z]+", "".join(c.text for c in line.chars[first:]).lstrip())
    if not habits.hyphenates or left is None or right is None or not (left[1][-1].islower() and right[0][0].islower()):
        return ""
    halves = left[1].lower(), right[0].lower()
    if f"{halves[0]}-{halves[1]}" in habits.words:
        return ""
    return "cut"


def superscript(text: str) -> str:
    """A raised character that is no note mark, as the superscript that it is (m² and not m2)."""
    return _SUPERSCRIPTS.get(text, text)
