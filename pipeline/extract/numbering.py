"""Numbers and bullets with which headings and items of lists begin, and the text that hangs from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.lines import Line
from pipeline.text import fold, narrow

_KANJI = "一二三四五六七八九十"
NUMBERINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"^第\s*(?:\d+|[{_KANJI}]+)\s*[部編章]")),
    ("section", re.compile(rf"^第\s*(?:\d+|[{_KANJI}]+)\s*[節款項]")),
    ("roman", re.compile(r"^(?:[IVX]{1,5}|[Ⅰ-Ⅻ])\s*[.:、．]?(?=[\s　]|[^\x00-\x7f])")),
    ("kanji", re.compile(rf"^[{_KANJI}]{{1,3}}\s*[、.．　 ]")),
    ("deeper", re.compile(r"^\d{1,2}(?:\s*[.．-]\s*\d{1,2}){2,}[.．]?(?=[\s　]|[^\x00-\x7f.\d])")),
    (
        "deep",
        re.compile(
            r"^\d{1,2}\s*[.．-]\s*\d{1,2}[.．]?(?=[\s　]|[^\x00-\x7f.\d])(?!\s*(?:[倍%％億万兆千度割点]|[kc]?m))"
        ),
    ),
    ("number", re.compile(r"^\d{1,2}\s*(?:[.．、:：](?!\d)|[\s　]+(?=[^\d\s年月日]))")),
    ("bracket", re.compile(rf"^[(（]\s*(?:\d{{1,2}}|[{_KANJI}]{{1,3}}|[a-zア-ン])\s*[)）]")),
    ("closing", re.compile(r"^\d{1,2}\s*[)）]")),
    ("roman closing", re.compile(r"^[IVX]{1,5}\s*[)）]")),
    ("circle", re.compile(r"^[①-⑳❶-❿]")),
    ("small roman", re.compile(r"^[(（]?(?:[ivx]{1,5}|[ⅰ-ⅻ])\s*[)）.．]\s*(?=[^\x00-\x7f])")),
    ("letter", re.compile(r"^[A-Za-zア-オ]\s*[.．)）、]\s*(?=[^\x00-\x7f])")),
)
_LIST_BULLET = re.compile(r"^[・•◦‧●○■□◆◇▪▫▶➢✓✔‣⁃★☆◎◯▲▼－\-–*＊※\ue000-\uf8ff]\s*")
ITEMS = frozenset({"bracket", "closing", "roman closing", "circle", "number", "letter", "small roman"})
"""Kinds of number that items of lists have as often as headings."""
SAME_HANG = 0.4
"""Type sizes by which the lines of an item differ from where its text begins."""
FAR = 2.2
"""Distance of baselines within an item, in type sizes, at most."""
MIN_HANG = 1.2
"""Type sizes from an item's number to its text, at least, for what hangs from it to be told from an indent."""


def numbering(text: str) -> str | None:
    """Kind of number that a heading or list item begins with; None if it has none."""
    plain = narrow(text) if len(narrow(text)) == len(text) else text
    if dict(NUMBERINGS)["circle"].match(text):
        return "circle"
    return next((kind for kind, form in NUMBERINGS if form.match(plain)), None)


def ordinal(text: str) -> tuple[str, int] | None:
    """Kind and value of the number that a heading or list item begins with, if it is in figures and of one level."""
    kind = numbering(text)
    found = re.match(r"[(\s]*(\d{1,2})", narrow(text))
    return (kind, int(found[1])) if kind not in (None, "deep", "deeper") and kind and found else None


def bullet(text: str) -> int:
    """Length of the bullet with its spaces at the head of a text; 0 if there is none."""
    match = _LIST_BULLET.match(fold(text[0]) + text[1:]) if text else None
    return match.end() if match and match.end() < len(text) else 0


def text_x(line: Line, index: int) -> float:
    """Left edge of the first visible glyph at or after a char."""
    return next((c.glyph.x0 for c in line.chars[index:] if c.glyph is not None and not c.text.isspace()), line.x0)


def after_number(line: Line) -> float:
    """Left edge of a numbered line's text after the number."""
    text = line.text.strip()
    lead = len(line.text) - len(line.text.lstrip())
    circle = numbering(text) == "circle"
    ends = (i for i, c in enumerate(text) if i and (c.isspace() or c in ")）.．、:："))
    start = 1 if circle else next(ends, 1) + 1
    while start < len(text) and text[start].isspace():
        start += 1
    return text_x(line, lead + min(start, len(text) - 1))


def hangs(line: Line, rest: Sequence[Line]) -> bool:
    """Whether what stands below a numbered line hangs from its number, as the text of a list item does: the next
    lines begin where the line's own text does.
    """
    at = after_number(line)
    if not rest or at - line.x0 < MIN_HANG * line.size or rest[0].page != line.page:
        return False
    after = rest[0]
    runs = after.slack < 2 and not bullet(after.text.strip()) and 0 < rest[-1].base - after.base < FAR * line.size
    more = rest[1:2] if runs else []
    own = [after, *more]
    near = 0 < after.base - line.base < 2 * FAR * line.size
    return near and all(not x.table and abs(x.x0 - at) < SAME_HANG * line.size for x in own)
