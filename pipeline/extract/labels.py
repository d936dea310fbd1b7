"""Numbers of notes as they stand at the head of a note, and the sequence they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.lines import Char, Line
from pipeline.text import is_wide, narrow

STRONG = frozenset({"raised", "bracket", "chu", "paren", "symbol"})
"""Styles that hardly anything but a note's number has."""
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "bracket",
        re.compile(r"^[(\[〔【<〈]\s*(?:注|註|脚注|註釈|※)?\s*(\d{1,3}|[*†‡]{1,4}|[ivx]{1,5})\s*[)\]〕】>〉][.:,、]?"),
    ),
    ("chu", re.compile(r"^(?:注|註|脚注|※)(\d{1,3})[).:、]?")),
    ("paren", re.compile(r"^(\d{1,3})[)〕\]]")),
    ("symbol", re.compile(r"^([*†‡§¶]{1,4}|※)(?!\d)")),
    ("dot", re.compile(r"^(\d{1,3})[.:、](?!\d)")),
    ("plain", re.compile(r"^(\d{1,3})\^?(?!\d)")),
)
_COUNTER = re.compile(
    r"\s*[かカヶヵケ](?:国|月|年|所|条)|[%万億兆]|[年月回](?:[\d間度以目に、はの])|(?:頁|ページ|号|巻|版|日)(?:[、。,.)以付に]|$)"
)
"""What follows a figure that counts something and numbers no note."""
MIN_COMPLETE = 5
"""Notes from which on a complete set of numbers is no chance."""
MAX_JUMP = 5
"""Numbers that may be missing between two notes whose style is strong."""


@dataclass(frozen=True, slots=True)
class Label:
    """A candidate number: ``end`` is the index in ``line.chars`` where the note's text begins."""

    style: str
    number: str
    end: int


@dataclass(frozen=True, slots=True)
class Start:
    """The line at which a note starts, and its number there."""

    index: int
    label: Label


def labels_of(line: Line) -> list[Label]:
    """Every way to read a number at the head of a line."""
    chars = line.chars
    first = next((i for i, c in enumerate(chars) if not c.text.isspace()), None)
    if first is None:
        return []
    head, ends = _head(chars, first)
    if chars[first].raised or _is_superscript(chars[first].text):
        raised = first
        while raised < len(chars) and (chars[raised].raised or _is_superscript(chars[raised].text)):
            raised += 1
        inner = narrow("".join(c.text for c in chars[first:raised])).strip()
        match = re.fullmatch(r"[(\[]?(?:注|註|脚注|※|\*(?=\d))?(\d{1,3}|[*†‡§¶]{1,4}|※|[ivx]{1,5})[)\].:]*", inner)
        return [Label("raised", match[1], _skip(chars, raised))] if match else []
    found = []
    for style, pattern in _STYLES:
        match = pattern.match(head)
        if match:
            if style == "plain" and not _parted(head, match.end()):
                continue
            found.append(Label(style, match[1], _skip(chars, ends[match.end() - 1])))
    return found


def _head(chars: Sequence[Char], first: int) -> tuple[str, list[int]]:
    """The beginning of a line in NFKC, and for each of its characters the index in ``chars`` after its own."""
    text, ends = "", []
    for index in range(first, min(first + 14, len(chars))):
        piece = narrow(chars[index].text)
        if piece.isspace() and (not text or text[-1] in "([〔【注註"):
            continue
        text += piece
        ends += [index + 1] * len(piece)
    return text, ends


def _parted(head: str, end: int) -> bool:
    """Whether a bare number stands apart from what follows: by a space, or by a change of script."""
    rest = head[end : end + 1]
    return rest == "" or rest.isspace() or is_wide(rest) or rest in "\"'“‘(" or rest.isalpha()


def _skip(chars: Sequence[Char], index: int) -> int:
    while index < len(chars) and chars[index].text.isspace():
        index += 1
    return index


def _is_superscript(text: str) -> bool:
    return text in "⁰¹²³⁴⁵⁶⁷⁸⁹"


def sequence(lines: Sequence[Line], pages: Sequence[int]) -> list[Start]:
    """The lines at which notes start: the style of number that counts furthest from 1, and its members in order.

    ``pages`` tells for each line which stretch of notes it belongs to (a page's foot, or the end): numbering may
    begin again with a new stretch.
    """
    candidates = [labels_of(line) for line in lines]
    styles = sorted({label.style for labels in candidates for label in labels}, key=lambda s: (s not in STRONG, s))
    chains = [(_chain(style, lines, candidates, pages)) for style in styles]
    return max(chains, key=len, default=[])


def _chain(style: str, lines: Sequence[Line], candidates: Sequence[list[Label]], pages: Sequence[int]) -> list[Start]:
    own = [next((label for label in labels if label.style == style), None) for labels in candidates]
    if style in ("plain", "dot"):
        _drop_inner(lines, own)
        _drop_unspaced(lines, own)
    if _is_complete(own):
        return [Start(index, label) for index, label in enumerate(own) if label is not None]
    chain: list[Start] = []
    last, stretch = 0, None
    for index, label in enumerate(own):
        if label is None:
            continue
        if not label.number.isdigit():
            if style != "plain":
                chain.append(Start(index, label))
            continue
        number, new_stretch = int(label.number), pages[index] != stretch
        jump = number - last
        follows = jump == 1 or (style in STRONG and 1 < jump <= MAX_JUMP) or (last > 0 and _skips(own, index, last))
        restarts = number == 1 and last > 0 and new_stretch and not _continues(own, pages, index, last + 1)
        if follows or restarts:
            if style in ("plain", "dot") and jump == 1 and chain and not _may_start(lines, index, own, chain):
                continue
            chain.append(Start(index, label))
            last, stretch = number, pages[index]
    return chain


def _continues(own: Sequence[Label | None], pages: Sequence[int], index: int, number: int) -> bool:
    """Whether the stretch that begins at ``index`` holds the next number, so that a 1 in it is no new beginning;
    numbers that count on from that 1 are none of the old ones."""
    counted = 1
    for label, page in zip(own[index + 1 :], pages[index + 1 :], strict=True):
        if page == pages[index] and label is not None and label.number.isdigit():
            if int(label.number) == counted + 1:
                counted += 1
            elif int(label.number) == number:
                return True
    return False


def _is_complete(own: Sequence[Label | None]) -> bool:
    """Whether the numbers are 1 to N, each once but for one in a long list, in any order (some programs print a page's
    notes out of order)."""
    numbers = sorted(int(label.number) for label in own if label is not None and label.number.isdigit())
    if len(numbers) < MIN_COMPLETE or len(set(numbers)) < len(numbers) or numbers[0] != 1:
        return False
    missing = numbers[-1] - len(numbers)
    return missing == 0 or (missing == 1 and len(numbers) >= 2 * MIN_COMPLETE)


def _skips(own: Sequence[Label | None], index: int, last: int) -> bool:
    """Whether a bare number goes on after one that is missing: the missing one comes nowhere, the next ones do."""
    later = [label.number for label in own[index:] if label is not None]
    number = int(later[0])
    return number == last + 2 and str(last + 1) not in later and str(number + 1) in later


def _drop_unspaced(lines: Sequence[Line], own: list[Label | None]) -> None:
    """Forgets bare numbers that touch what follows where nearly all others are followed by a printed space."""
    spaced = [
        label is not None and line.chars[label.end - 1].text.isspace() and line.chars[label.end - 1].glyph is not None
        for line, label in zip(lines, own, strict=True)
    ]
    if sum(spaced) < 3 or sum(spaced) < 0.75 * sum(label is not None for label in own):
        return
    for index, apart in enumerate(spaced):
        if not apart:
            own[index] = None


def _drop_inner(lines: Sequence[Line], own: list[Label | None]) -> None:
    """Forgets bare numbers that begin a continuation line where notes have hanging indents."""
    labelled = [line.x0 - line.left for line, label in zip(lines, own, strict=True) if label]
    others = [line.x0 - line.left for line, label in zip(lines, own, strict=True) if not label]
    if not labelled or not others:
        return
    size = lines[0].size
    others.sort()
    hang = others[len(others) // 2]
    if hang - min(labelled) < 0.45 * size:
        return
    for index, line in enumerate(lines):
        if own[index] and line.x0 - line.left > hang - 0.25 * size:
            own[index] = None


def _may_start(lines: Sequence[Line], index: int, own: Sequence[Label | None], chain: Sequence[Start]) -> bool:
    """Whether a bare number can begin a note here: it stands out to the left, or the line before ends something."""
    line, before = lines[index], lines[index - 1]
    label = own[index]
    if label is not None and _COUNTER.match(narrow("".join(c.text for c in line.chars[label.end : label.end + 4]))):
        return line.indent < before.indent - 0.3
    if before.page != line.page or chain[-1].index == index - 1 or line.indent < before.indent - 0.3:
        return True
    if label is not None and label.end < len(line.chars) and line.chars[label.end - 1].text.isspace():
        return True
    return before.slack > 2 or narrow(before.text.rstrip()[-1:]) in ".。)」』]/"


def numbers(starts: Iterable[Start]) -> set[str]:
    """The numbers of all notes."""
    return {start.label.number for start in starts}
