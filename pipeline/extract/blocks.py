"""Body lines -> drafts of blocks: headings, paragraphs, list items, quotations, captions, tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import BlockKind
from pipeline.extract.headings import bullet, heading_groups, levels, numbering, stands_out, style_of
from pipeline.extract.knowledge import pattern
from pipeline.extract.lines import Line
from pipeline.extract.metrics import CLOSERS, Metrics
from pipeline.text import narrow

INDENTED = (0.4, 1.7)
"""First-line indents, in type sizes, by which a paragraph begins."""
INSET = 1.4
"""Indent from which on lines that all share it are a quotation."""
SHORT = 2.5
"""White space at a line's end, in type sizes, that only a paragraph's last line leaves."""
_MARK_AT_END = re.compile(r"[。」』）](?:[注註※][\d０-９]{1,3}|[０-９]{1,3})$")
GAP = 1.22
"""Distance of baselines, in usual pitches, that parts paragraphs."""


_OPEN_MARK = re.compile(r"[（(〔\[]注?[0-9０-９、,，]*$")
"""The end of a line that breaks a mark apart: （注 | 3）."""


@dataclass(slots=True)
class Draft:
    """A block to be: its lines with the index of the first char that counts in each."""

    kind: BlockKind
    pieces: list[tuple[Line, int]]
    level: int | None = None
    hang: float | None = field(default=None, compare=False)
    """Where the text of a list item's further lines begins."""

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.pieces[-1][0]


def whole(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Lines as pieces that begin with their first char."""
    return [(line, 0) for line in lines]


def body_drafts(lines: Sequence[Line], metrics: Metrics) -> list[Draft]:
    """Drafts of the body in reading order; ``lines`` come without front, back, notes and furniture."""
    indents = uses_indents(lines, metrics)
    captions = _caption_lines(lines, metrics)
    groups = heading_groups([line for line in lines if id(line) not in captions], metrics, indents)
    heads = {id(group[0]): (group, level) for group, level in zip(groups, levels(groups), strict=True)}
    inside = {id(line) for group in groups for line in group[1:]}
    drafts: list[Draft] = []
    for index, line in enumerate(lines):
        if id(line) in inside:
            continue
        if id(line) in heads:
            group, level = heads[id(line)]
            skip = bullet(group[0].text.lstrip()) + len(group[0].text) - len(group[0].text.lstrip())
            drafts.append(
                Draft("heading", [(group[0], skip if bullet(group[0].text.lstrip()) else 0), *whole(group[1:])], level)
            )
        elif line.table:
            _add_table(drafts, line)
        elif id(line) in captions or _is_caption(lines, index, drafts, metrics):
            _add_caption(drafts, line)
        else:
            _add_text(drafts, line, lines[index + 1] if index + 1 < len(lines) else None, metrics, indents)
    _without_bare_quotes(drafts)
    return drafts


def uses_indents(lines: Sequence[Line], metrics: Metrics) -> bool:
    """Whether the document's paragraphs begin with an indent."""
    body = [line for line in lines if not line.table and abs(line.size - metrics.size) < 0.3]
    flush = sum(line.indent < 0.3 for line in body)
    indented = sum(
        INDENTED[0] < line.indent < INDENTED[1] and not bullet(line.text.strip()) and after.indent < 0.3
        for line, after in itertools.pairwise(body)
    )
    return indented >= max(2, 0.03 * flush)


def _add_table(drafts: list[Draft], line: Line) -> None:
    last = drafts[-1] if drafts else None
    if (
        last
        and last.kind == "table"
        and last.last.page == line.page
        and (last.last.left, last.last.right) == (line.left, line.right)
    ):
        last.pieces.append((line, 0))
    else:
        drafts.append(Draft("table", [(line, 0)]))


def _caption_lines(lines: Sequence[Line], metrics: Metrics) -> set[int]:
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
        return line.size < 0.99 * metrics.size or line.indent > 1.7
    if not pattern("captions", "line").match(text) or len(text) > 80 or text.endswith("。"):
        return False
    return (
        line.size < 0.97 * metrics.size
        or (line.indent > 1.7 and line.slack > 1.7)
        or (line.font != metrics.face and line.slack > 2)
        or stands_out(style_of(line), metrics)
    )


def _is_caption(lines: Sequence[Line], index: int, drafts: Sequence[Draft], metrics: Metrics) -> bool:
    line = lines[index]
    text = narrow(line.text.strip())
    beside_table = any(lines[i].table for i in (index - 1, index + 1) if 0 <= i < len(lines))
    if beside_table and (pattern("captions", "line").match(text) or pattern("captions", "source").match(text)):
        return True
    if _names_table(lines, index):
        return True
    if metrics.is_small(line) and line.slack > 4 and line.said[-1:] not in CLOSERS and not _quotes(drafts, line):
        return True  # words inside a figure
    after_caption = bool(drafts) and drafts[-1].kind in ("caption", "table") and drafts[-1].last.page == line.page
    return after_caption and metrics.is_small(line) and line.base - drafts[-1].last.base < 3 * line.size


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


def _add_caption(drafts: list[Draft], line: Line) -> None:
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


def _add_text(drafts: list[Draft], line: Line, after: Line | None, metrics: Metrics, indents: bool) -> None:
    current = _open(drafts)
    text = line.text.strip()
    if current is not None and drafts[-1] is current and _OPEN_MARK.search(current.last.text.rstrip()):
        current.pieces.append((line, 0))
        return
    item = _item_kind(line, text, current, metrics, indents)
    if item is not None:
        skip, hang = item
        drafts.append(Draft("list_item", [(line, skip)], hang=_sibling_hang(current, line) or hang))
        return
    interrupted = current is not None and drafts[-1] is not current
    if current is not None and not _begins(line, current, metrics, indents, interrupted):
        current.pieces.append((line, 0))
        return
    drafts.append(Draft("quote" if _is_inset(line, after, indents) else "paragraph", [(line, 0)]))


def _without_bare_quotes(drafts: Sequence[Draft]) -> None:
    """Makes paragraphs of quotations that are all the text under a heading: the author's own text, set in there."""
    section: list[Draft] = []
    for draft in [*drafts, Draft("heading", [])]:
        if draft.kind != "heading":
            section.append(draft)
            continue
        if not any(one.kind == "paragraph" for one in section):
            for one in section:
                if one.kind == "quote":
                    one.kind = "paragraph"
        section = []


def _sibling_hang(before: Draft | None, line: Line) -> float | None:
    """Where the further lines of a list's items begin, by the item before, if that has some and stands alike."""
    if before is None or before.kind != "list_item" or len(before.pieces) < 2:
        return None
    first, second = before.pieces[0][0], before.pieces[1][0]
    same = abs((first.x0 - first.left) - (line.x0 - line.left)) < 0.3 * line.size
    return second.x0 - second.left + line.left if same else None


def _open(drafts: list[Draft]) -> Draft | None:
    """The text block that the next line may go on with: the last one, past tables and captions that interrupt it."""
    for draft in reversed(drafts):
        if draft.kind in ("paragraph", "quote", "list_item"):
            return draft
        if draft.kind == "heading":
            return None
    return None


def _crosses(line: Line, before: Line) -> bool:
    """Whether a line stands on another page or in another column than the one before."""
    return line.page != before.page or abs(line.left - before.left) > 3 * line.size or line.base < before.base


def _gap(line: Line, before: Line, metrics: Metrics) -> float:
    """Distance of baselines in usual pitches, scaled to small type."""
    pitch = metrics.pitch * min(1.0, before.size / metrics.size)
    return (line.base - before.base) / pitch


def _ended(before: Line) -> bool:
    """Whether a paragraph may end with this line; a note mark at text size may stand after its last stop."""
    return before.said[-1:] in CLOSERS or bool(_MARK_AT_END.search(before.said))


def _item_kind(
    line: Line, text: str, current: Draft | None, metrics: Metrics, indents: bool
) -> tuple[int, float] | None:
    """For a line that begins a list item: how many chars its bullet takes, and where its text begins."""
    before = current.last if current else None
    lead = len(line.text) - len(line.text.lstrip())
    length = bullet(text)
    fresh = (
        before is None
        or _ended(before)
        or before.slack > SHORT
        or _gap(line, before, metrics) > GAP
        or (indents and INDENTED[0] < line.indent < INDENTED[1])
    )
    if length:
        if current is not None and current.kind == "list_item" and _same_bullet(current, line, text):
            fresh = True
        weak = (text[0] in "-–*＊※" and not text[1:2].isspace()) or text[:2] == "○○"
        if fresh and not weak:
            return lead + length, _text_x(line, lead + length)
        return None
    kind = numbering(text)
    if (
        kind in ("bracket", "closing", "circle", "number", "letter", "small roman")
        and fresh
        and _stands_as_item(line, current, indents)
    ):
        number_end = next(
            (
                i
                for i, c in enumerate(text)
                if i and (c.isspace() or c in ")）.．、:：") or (kind == "circle" and i == 1)
            ),
            1,
        )
        start = number_end if kind == "circle" else number_end + 1
        while start < len(text) and text[start].isspace():
            start += 1
        return 0, _text_x(line, lead + min(start, len(text) - 1))
    return None


def _same_bullet(item: Draft, line: Line, text: str) -> bool:
    """Whether a line begins with the bullet of the item before it, at the same place."""
    first = item.pieces[0][0]
    same_place = abs((first.x0 - first.left) - (line.x0 - line.left)) < 0.3 * line.size
    return same_place and first.text.strip()[:1] == text[:1]


def _stands_as_item(line: Line, current: Draft | None, indents: bool) -> bool:
    """Whether a numbered line may be an item: it is indented, or follows one that it could be the next of."""
    return line.indent > 0.4 or not indents or (current is not None and current.kind == "list_item")


def _text_x(line: Line, index: int) -> float:
    """Left edge of the first visible glyph at or after a char."""
    return next((c.glyph.x0 for c in line.chars[index:] if c.glyph is not None and not c.text.isspace()), line.x0)


def _begins(line: Line, current: Draft, metrics: Metrics, indents: bool, interrupted: bool) -> bool:
    """Whether a line begins a new block rather than going on with the current one.

    ``interrupted`` says that a table or a caption stands between them, so that the white there means nothing.
    """
    before = next((piece for piece, _ in reversed(current.pieces) if not piece.is_mark), current.last)
    crosses = interrupted or _crosses(line, before)
    if line.is_mark:
        return False
    if abs(line.size - before.size) > 0.06 * before.size:
        return True
    if current.kind == "list_item" and current.hang is not None:
        return _leaves_item(line, current, current.hang, crosses, metrics)
    if current.kind == "quote":
        return _leaves_quote(line, current, crosses, metrics)
    short = before.slack > (SHORT if indents else metrics.short) and _ended(before)
    if not crosses and _gap(line, before, metrics) > GAP:
        return True
    if line.indent > INSET and line.indent - max(0.0, before.indent) > 0.5:
        return True
    if indents:
        if INDENTED[0] < line.indent < INDENTED[1]:
            back = before.indent - line.indent  # from the first line of a section that is set in as a whole
            level = abs(back) < 0.2 or (len(current.pieces) == 1 and INDENTED[0] < back < INDENTED[1])
            inset = level and before.slack < INSET + 0.4 and not _ended(before)
            return not (inset and not crosses)
        return before.slack > SHORT + 0.5 and _ended(before)
    return short


def _leaves_item(line: Line, item: Draft, hang: float, crosses: bool, metrics: Metrics) -> bool:
    before = item.last
    shift = line.left - before.left if crosses else 0.0
    if not crosses and _gap(line, before, metrics) > GAP and (_ended(before) or before.slack > 1.2):
        return True
    off = abs((line.x0 - shift) - hang)
    hangs = off < (0.3 if 0.8 < line.indent < 1.2 else 0.6) * line.size
    if (before.slack > SHORT and not (hangs and before.slack < 6)) or (before.slack > 1.2 and _ended(before)):
        return True
    paragraph = len(item.pieces) == 1 and 0.8 < line.indent < 1.2 and not hangs  # its usual indent is one character
    if paragraph and (_ended(before) or before.slack > 1.8):
        return True
    if not _ended(before):
        return False
    if len(item.pieces) > 1:
        usual = item.pieces[1][0].x0 - item.pieces[1][0].left
        return abs((line.x0 - line.left) - usual) > 0.45 * line.size
    first = item.pieces[0][0]
    if line.indent > INDENTED[1] and line.indent > first.indent + 0.4:
        return False
    return line.x0 - shift < hang - 0.8 * line.size


def _leaves_quote(line: Line, quote: Draft, crosses: bool, metrics: Metrics) -> bool:
    before = quote.last
    base = min(piece.x0 - piece.left for piece, _ in quote.pieces)
    at = line.x0 - line.left
    if not crosses and _gap(line, before, metrics) > GAP:
        return True
    if not crosses and before.slack > SHORT and _ended(before):
        return True
    if len(quote.pieces) == 1:
        return at < base - 1.4 * line.size or at > base + 0.5 * line.size
    return abs(at - base) > 0.5 * line.size


def _is_inset(line: Line, after: Line | None, indents: bool) -> bool:
    """Whether a block that begins here is a quotation: set in as a whole, not by its first line alone."""
    first = line.indent
    if first < INSET - 0.5:
        return False
    goes_on = after is not None and not after.table and abs(after.size - line.size) < 0.1 and after.base > line.base
    if goes_on and after is not None and after.base - line.base < 2.2 * line.size and line.slack < 6:
        rest = after.indent
        return rest >= (INSET - 0.5 if not indents else INSET - 0.2) and first >= rest - 0.5
    return first >= INSET
