"""Note marks in the text: raised figures, superscript characters, or figures in brackets at text size.

The document's majority style decides what is a mark, and the notes that exist confirm it: exponents (m²),
ordinals, dates and figures stay text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.join import Letter
from pipeline.extract.lines import Line
from pipeline.extract.metrics import Metrics
from pipeline.text import narrow

_SYMBOL = r"[*†‡§¶]{1,4}|※"
_LIST = r"\d{1,4}(?:\s*(?:[,、，・]|[-–—~〜～])\s*(?:注|註)?\s*\d{1,3})*"
_RAISED = re.compile(rf"^[(\[〔【<]?(?P<numbers>{_SYMBOL}|[ivx]{{1,5}})[)\]〕】>]?$")
_RAISED_FIGURES = re.compile(r"^(?![-–+])[\d\s()\[\]〔〕【】<>注註脚※*,、，・.\-–—〜~:]*\d[)\]〕】>.,、\s]*$")
INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "bracketed note",
        re.compile(rf"[（(［\[〔【＜<〈]\s*(?:注|註|脚注|注釈)\s*(?P<numbers>{_LIST})\s*[)）］\]〕】＞>〉]"),
    ),
    ("square", re.compile(rf"[［\[〔](?P<numbers>{_LIST})[］\]〕]")),
    (
        "note",
        re.compile(
            r"(?P<open>[（(])?(?:注|註)(?P<numbers>\d{1,3})(?!\d)(?![^\s]{0,6}(?:参照|に同じ|を見よ))(?(open)[)）]?)"
        ),
    ),
    ("kome", re.compile(r"※(?P<numbers>\d{1,3})(?!\d)")),
    ("closing", re.compile(r"(?<![\d０-９（(\[第])(?P<numbers>\d{1,3})[)）](?!\s*年)")),
    ("bracketed", re.compile(rf"[（(](?P<numbers>{_LIST})[)）]")),
)
"""Styles of mark at text size, the surest first. Patterns run on text of which each character was narrowed."""
_FULL_WIDTH = re.compile(
    r"(?<=[。」』）])[０-９]{1,3}(?![０-９．，：年月日])|(?<![０-９．，第約\s])[０-９]{1,3}(?=[。、」』）]|$)"
)
"""Full-width figures at text size where a mark may stand: before or after a stop. Only their sequence tells more."""
_SIGN = re.compile(r"(?<![*†‡§¶\d])(?:[*†‡§¶]{1,4}|※)(?![*†‡§¶\d])")
_APART = re.compile(rf"[(\[]?(?P<numbers>{_LIST})[)\]]?")
COVERAGE = 0.6
"""Share of the notes that an inline style must mark to be the document's."""
PRECISION = 0.7
"""Share of an inline style's matches that must be numbers of notes."""

MISSING = 20
"""Notes that may be missing at the end of a document whose marks still count on."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mark: the letters it takes (indexes into the block's letters, end exclusive) and the numbers it gives."""

    start: int
    end: int
    numbers: tuple[str, ...]


_LONE = re.compile(r"^[(\[〔【]?(?:注|註|※|[*])?\d{0,3}(?:[,、]\d{1,3})*[)\]〕】]?$")


def raise_lone_marks(lines: Sequence[Line], metrics: Metrics) -> None:
    """Marks that wrapped to a line of their own are raised like those beside their text."""
    for before, line in itertools.pairwise(lines):
        alone = not line.table and line.size < 0.88 * min(before.size, metrics.size) and len(line.chars) <= 8
        inside = before.page != line.page or 0.8 * metrics.size < before.size < 1.05 * metrics.size
        full = before.slack < max(2.0, before.indent + 1.0)
        if alone and inside and full and _LONE.match(narrow(line.text.strip())):
            line.chars = [replace(char, raised=True) for char in line.chars]


def find_marks(blocks: Sequence[Sequence[Letter]], notes: Sequence[str]) -> list[list[Found]]:
    """The marks of each block in order, given the blocks' letters in reading order and the numbers of all notes."""
    known = set(notes)
    raised = _raised_marks(blocks, known)
    marked = {number for marks in raised for mark in marks for number in mark.numbers} & known
    signs = {number for number in known - marked if not number.isalnum()}
    found = _both(raised, _sign_marks(blocks, signs)) if signs else raised
    if len(marked | signs) >= COVERAGE * len(known) or not known:
        return found
    inline = _inline_marks(blocks, known)
    if inline is None:
        return found
    return _both([[m for m in marks if all(n in known for n in m.numbers)] for marks in found], inline)


def _both(some: Sequence[list[Found]], others: Sequence[list[Found]]) -> list[list[Found]]:
    """The marks of each block that two ways of search found."""
    return [sorted({*a, *b}, key=lambda m: m.start) for a, b in zip(some, others, strict=True)]


def _sign_marks(blocks: Sequence[Sequence[Letter]], signs: set[str]) -> list[list[Found]]:
    """Signs at text size that notes have for a number."""
    out = []
    for letters in blocks:
        text = "".join(_one(letter.text) for letter in letters)
        matches = [match for match in _SIGN.finditer(text) if match.start() > 0 and match[0] in signs]
        out.append([Found(match.start(), match.end(), (match[0],)) for match in matches])
    return out


def _raised_marks(blocks: Sequence[Sequence[Letter]], known: set[str]) -> list[list[Found]]:
    out: list[list[Found]] = []
    expected = 1
    for letters in blocks:
        marks: list[Found] = []
        for start, end in _raised_runs(letters):
            numbers = _numbers("".join(letter.text for letter in letters[start:end]), known, expected)
            if (
                numbers is None
                or not _is_counted(numbers, known)
                or _is_exponent(letters, start, numbers, known, expected)
            ):
                continue
            marks.append(Found(start, end, numbers))
            figures = [int(n) for n in numbers if n.isdigit()]
            expected = max([expected, *(n + 1 for n in figures if n < expected + 20)])
        out.append(marks)
    return out


def _raised_runs(letters: Sequence[Letter]) -> list[tuple[int, int]]:
    """Runs of raised or superscript letters."""
    runs: list[tuple[int, int]] = []
    for index, letter in enumerate(letters):
        if letter.raised or letter.text in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            if runs and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1)
            else:
                runs.append((index, index + 1))
    return runs


def _numbers(text: str, known: set[str], expected: int) -> tuple[str, ...] | None:
    """The numbers that a mark gives: one, several, or all of a range; None where it is no mark."""
    plain = narrow(text).strip()
    symbol = _RAISED.match(plain)
    if symbol:
        return (symbol["numbers"],)
    if not _RAISED_FIGURES.match(plain):
        return None
    bare = re.sub(r"[()\[\]〔〕【】<>注註脚※*:.]+", ",", plain).strip(", ")
    return _split(bare, known, expected) if bare.isdigit() else _listed(bare)


def _listed(text: str) -> tuple[str, ...]:
    """All numbers of ``3,4`` or ``3–5``."""
    out: list[str] = []
    for part in re.split(r"\s*[,、，・]\s*", narrow(text)):
        figures = re.findall(r"\d+", part)
        if len(figures) == 2 and 0 < int(figures[1]) - int(figures[0]) < 30:
            out += [str(n) for n in range(int(figures[0]), int(figures[1]) + 1)]
        else:
            out += [str(int(f)) for f in figures]
    return tuple(out)


def _split(digits: str, known: set[str], expected: int) -> tuple[str, ...]:
    """Digits as one number, or as two marks side by side where only that fits the notes (1112 is 11 and 12,
    1016 is 10 and 16 where 10 is next)."""
    whole = str(int(digits))
    if (whole in known and int(whole) <= expected + 1) or len(digits) < 2:
        return (whole,)
    for cut in range(1, len(digits)):
        first, second = digits[:cut], digits[cut:]
        if not (first in known and second in known and int(first) <= expected):
            continue
        next_to_it = int(second) == int(first) + 1
        refers_ahead = int(first) == expected and int(second) > expected and whole not in known
        if next_to_it or refers_ahead:
            return (first, second)
    return (whole,)


def _is_counted(numbers: tuple[str, ...], known: set[str]) -> bool:
    """Whether figures can be numbers of notes: none is 0, nor far beyond the last note."""
    last = max((int(n) for n in known if n.isdigit()), default=0)
    return all(not n.isdigit() or 0 < int(n) <= last + MISSING or (n != "0" and not last) for n in numbers)


def _is_exponent(
    letters: Sequence[Letter], start: int, numbers: tuple[str, ...], known: set[str], expected: int
) -> bool:
    """Whether raised figures belong to what stands before them: a unit or a number, or nothing that notes know."""
    before = letters[start - 1].text if start else ""
    if not known:
        return before.isascii() and before.isalnum()
    if before.isdigit() or before in "０１２３４５６７８９":
        power = re.search(
            r"[×xX✕*·]\s*[1１][0０]$", "".join(letter.text for letter in letters[max(0, start - 5) : start])
        )
        return bool(power) or numbers[0] != str(expected)
    if all(n in known for n in numbers):
        text = "".join(letter.text for letter in letters[max(0, start - 5) : start])
        unit = re.search(r"[\d０-９千万億兆/／・]\s*[kcmµμ]?m$", text)
        return bool(unit) and numbers[0] in ("2", "3")
    return before.isascii() and (before.isalnum() or before in ")]")


def _inline_marks(blocks: Sequence[Sequence[Letter]], known: set[str]) -> list[list[Found]] | None:
    """Marks of the one style at text size that covers the notes; None where none does."""
    texts = ["".join(_one(letter.text) for letter in letters) for letters in blocks]
    for _, form in INLINE:
        found = [[_found(match) for match in form.finditer(text) if match.start() > 0] for text in texts]
        numbers = [n for marks in found for mark in marks for n in mark.numbers]
        right = [n for n in numbers if n in known]
        if len(set(right)) >= COVERAGE * len(known) and len(right) >= PRECISION * len(numbers):
            return [[m for m in marks if all(n in known for n in m.numbers)] for marks in found]
    apart = _marks_apart(blocks)
    numbers = [n for marks in apart for mark in marks for n in mark.numbers]
    right = [n for n in numbers if n in known]
    if known and len(set(right)) >= COVERAGE * len(known) and len(right) >= PRECISION * len(numbers):
        return [[m for m in marks if all(n in known for n in m.numbers)] for marks in apart]
    counted = _full_width_marks(["".join(letter.text for letter in letters) for letters in blocks])
    marked = {mark.numbers[0] for marks in counted for mark in marks}
    return counted if known and len(marked & known) >= COVERAGE * len(known) and marked <= known else None


def _marks_apart(blocks: Sequence[Sequence[Letter]]) -> list[list[Found]]:
    """Figures on the baseline that are smaller than the text or of another colour, and what stands between them."""
    out = []
    for letters in blocks:
        shown = "".join(_one(letter.text) if letter.apart or not letter.text.isdigit() else "x" for letter in letters)
        matches = [match for match in _APART.finditer(shown) if match.start() > 0]
        out.append([_found(match) for match in matches])
    return out


def _full_width_marks(texts: Sequence[str]) -> list[list[Found]]:
    """Full-width figures at text size that count 1, 2, 3, … through the document."""
    expected, out = 1, []
    for text in texts:
        marks = []
        for match in _FULL_WIDTH.finditer(text):
            if match.start() > 0 and int(match[0]) == expected:
                marks.append(Found(match.start(), match.end(), (str(expected),)))
                expected += 1
        out.append(marks)
    return out


def _found(match: re.Match[str]) -> Found:
    return Found(match.start(), match.end(), _listed(match["numbers"]))


def _one(text: str) -> str:
    plain = narrow(text)
    return plain if len(plain) == 1 else text
