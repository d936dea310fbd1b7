"""Which lines name or explain tables and figures."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.drafts import Draft
from pipeline.extract.headings import is_centred, stands_out, style_of
from pipeline.extract.knowledge import pattern
from pipeline.extract.lines import Line
from pipeline.extract.metrics import CLOSERS, Metrics
from pipeline.extract.numbering import bullet, numbering
from pipeline.text import narrow

SHORT = 0.6
"""Share of its column that a line of words in a figure takes, at most."""


def caption_lines(lines: Sequence[Line], metrics: Metrics) -> set[int]:
    """``id`` of lines that are captions by their wording and how they stand, and of those that go on with one."""
    found: set[int] = set()
    before: Line | None = None
    for line in lines:
        goes_on = (
            before is not None
            and id(before) in found
            and style_of(before) == style_of(line)
            and stands_out(style_of(line), metrics)
            and before.page == line.page
            and 0 < line.base - before.base < 1.9 * line.size
            and numbering(line.said) is None
        )
        if goes_on or _is_caption_line(line, metrics):
            found.add(id(line))
        before = line
    return found


def _is_caption_line(line: Line, metrics: Metrics) -> bool:
    """Whether a line is a caption by its wording and by standing apart: smaller, or set in from both sides."""
    text = narrow(line.text.strip())
    if pattern("captions", "source").match(text):
        placed = line.indent > 1.7 and not pattern("captions", "remark").match(text)
        return line.size < 0.99 * metrics.size or placed
    if not pattern("captions", "line").match(text) or len(text) > 80 or text.endswith("。"):
        return False
    return (
        line.size < 0.97 * metrics.size
        or (line.indent > 1.7 and line.slack > 1.7)
        or (line.font != metrics.face and line.slack > 2)
        or stands_out(style_of(line), metrics)
    )


def is_caption(lines: Sequence[Line], index: int, drafts: Sequence[Draft], metrics: Metrics) -> bool:
    line = lines[index]
    text = narrow(line.text.strip())
    beside_table = any(lines[i].table for i in (index - 1, index + 1) if 0 <= i < len(lines))
    if beside_table and (pattern("captions", "line").match(text) or pattern("captions", "source").match(text)):
        return True
    if _names_table(lines, index):
        return True
    short = line.slack > 4 and line.x1 - line.x0 < SHORT * (line.right - line.left)
    if metrics.is_small(line) and short and line.said[-1:] not in CLOSERS and not _quotes(drafts, line):
        return True  # words inside a figure
    last = drafts[-1] if drafts else None
    if last is None or last.kind not in ("caption", "table") or last.last.page != line.page:
        return False
    step = line.base - last.last.base
    if metrics.is_small(line):
        return step < (3 if short else 1.9) * line.size
    return last.kind == "caption" and 0 < step < 1.9 * line.size and _is_aside(line)


def _is_aside(line: Line) -> bool:
    """Whether a line stands in the middle and in brackets, as where a figure is from does below its name."""
    text = narrow(line.said)
    return is_centred(line) and text[:1] == "(" and text[-1:] == ")"


def _names_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line names the table below it though it says neither 表 nor a number: short, in its middle, apart."""
    line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    before = lines[index - 1] if index else None
    if after is None or not after.table or line.table or after.page != line.page or line.said[-1:] in "。、":
        return False
    middle = abs((line.x0 + line.x1) - (after.left + after.right)) < 3 * line.size
    alone = (
        before is None
        or before.page != line.page
        or line.base - before.base > 1.8 * line.size
        or before.base > line.base
    )
    return (
        middle
        and alone
        and line.x1 - line.x0 < 0.8 * (after.right - after.left)
        and 0 < after.top - line.base < 3 * line.size
    )


def _quotes(drafts: Sequence[Draft], line: Line) -> bool:
    """Whether a small line goes on with a quotation set as small."""
    return bool(drafts) and drafts[-1].kind in ("quote", "list_item") and abs(drafts[-1].last.size - line.size) < 0.3


def add_caption(drafts: list[Draft], line: Line) -> None:
    last = drafts[-1] if drafts else None
    text = narrow(line.text.strip())
    own = pattern("captions", "line").match(text) or pattern("captions", "source").match(text)
    if (
        last
        and last.kind == "caption"
        and not own
        and last.last.size == line.size
        and line.base - last.last.base < 1.9 * line.size
    ):
        last.pieces.append((line, 0))
    else:
        lead = len(line.text) - len(line.text.lstrip())
        length = bullet(line.text.lstrip())
        drafts.append(Draft("caption", [(line, lead + length if own and length else 0)]))
