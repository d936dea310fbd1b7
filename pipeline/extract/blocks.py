"""Body lines -> drafts of blocks: headings, paragraphs, list items, quotations, captions, tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.extract.captions import add_caption, caption_lines, is_caption
from pipeline.extract.drafts import Draft, whole
from pipeline.extract.headings import heading_groups, levels
from pipeline.extract.insets import INSET, is_inset, without_bare_quotes
from pipeline.extract.lines import Line
from pipeline.extract.metrics import CLOSERS, Metrics
from pipeline.extract.numbering import ITEMS, after_number, bullet, hangs, numbering, ordinal, text_x

INDENTED = (0.4, 1.7)
"""First-line indents, in type sizes, by which a paragraph begins."""
SHORT = 2.5
"""White space at a line's end, in type sizes, that only a paragraph's last line leaves."""
FULL, FAR_IN = 1.0, 3.0
"""White space at the end of a full line, and indent of a line that goes on with one of another page, in type sizes."""
_MARK_AT_END = re.compile(r"[。」』）](?:[注註※][\d０-９]{1,3}|[０-９]{1,3})$")
GAP = 1.22
"""Distance of baselines, in usual pitches, that parts paragraphs."""


_OPEN_MARK = re.compile(r"[（(〔\[]注?[0-9０-９、,，]*$")
"""The end of a line that breaks a mark apart: （注 | 3）."""


def body_drafts(lines: Sequence[Line], metrics: Metrics) -> list[Draft]:
    """Drafts of the body in reading order; ``lines`` come without front, back, notes and furniture."""
    indents = uses_indents(lines, metrics)
    captions = caption_lines(lines, metrics)
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
        elif id(line) in captions or is_caption(lines, index, drafts, metrics):
            add_caption(drafts, line)
        else:
            _add_text(drafts, line, lines[index + 1 : index + 3], metrics, indents)
    without_bare_quotes(drafts)
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


def _add_text(drafts: list[Draft], line: Line, rest: Sequence[Line], metrics: Metrics, indents: bool) -> None:
    """Adds a line of text; ``rest`` are the two lines after it."""
    current = _open(drafts)
    text = line.text.strip()
    if current is not None and drafts[-1] is current and _OPEN_MARK.search(current.last.text.rstrip()):
        current.pieces.append((line, 0))
        return
    item = _item_kind(line, text, rest, drafts, metrics, indents)
    if item is not None:
        skip, hang = item
        drafts.append(Draft("list_item", [(line, skip)], hang=_sibling_hang(current, line) or hang))
        return
    interrupted = current is not None and drafts[-1] is not current
    if current is not None and not _begins(line, current, metrics, indents, interrupted):
        current.pieces.append((line, 0))
        return
    under = _under_item(current, line)
    inset = under is None and is_inset(line, rest, indents)
    drafts.append(Draft("quote" if inset else "paragraph", [(line, 0)], hang=under))


def _under_item(before: Draft | None, line: Line) -> float | None:
    """Where the text of an item begins under which a line stands as a further paragraph; None where it does not."""
    if before is None or before.hang is None:
        return None
    beyond = (line.x0 - line.left) - (before.hang - before.pieces[0][0].left)
    return before.hang if -0.6 * line.size < beyond < 1.2 * line.size and line.indent > 0.4 else None


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
    line: Line, text: str, rest: Sequence[Line], drafts: list[Draft], metrics: Metrics, indents: bool
) -> tuple[int, float] | None:
    """For a line that begins a list item: how many chars its bullet takes, and where its text begins."""
    current = _open(drafts)
    before = current.last if current else None
    lead = len(line.text) - len(line.text.lstrip())
    length = bullet(text)
    fresh = (
        before is None
        or _ended(before)
        or before.slack > SHORT
        or _gap(line, before, metrics) > GAP
        or (indents and INDENTED[0] < line.indent < INDENTED[1])
        or _counts_on(current, line, text)
    )
    if length:
        # No printer puts ・ at the beginning of a line unless an item begins there, but many programs do.
        siblings = drafts if text[0] != "・" else [current] if current else []
        fresh = fresh or any(draft.kind == "list_item" and _same_bullet(draft, line, text) for draft in siblings)
        weak = (text[0] in "-–*＊※" and not text[1:2].isspace()) or text[:2] == "○○"
        if fresh and not weak:
            return lead + length, text_x(line, lead + length)
        return None
    kind = numbering(text)
    hung = kind is not None and (kind in ITEMS or line.slack < 1.2) and hangs(line, rest)
    if fresh and (hung or (kind in ITEMS and _stands_as_item(line, text, drafts, indents))):
        return 0, after_number(line)
    return None


def _same_bullet(item: Draft, line: Line, text: str) -> bool:
    """Whether a line begins with the bullet of an item before it, at the same place."""
    first = item.pieces[0][0]
    # Where the text of a page begins may be told by its notes alone.
    off = min(abs(first.x0 - line.x0), abs((first.x0 - first.left) - (line.x0 - line.left)))
    return off < 0.3 * line.size and first.text.strip()[:1] == text[:1]


def _stands_as_item(line: Line, text: str, drafts: list[Draft], indents: bool) -> bool:
    """Whether a numbered line may be an item: it is indented, or follows one that it could be the next of."""
    current = _open(drafts)
    if line.indent > 0.4 or not indents or (current is not None and current.kind == "list_item"):
        return True
    section = itertools.takewhile(lambda draft: draft.kind != "heading", reversed(drafts))
    return any(_counts_on(draft, line, text) for draft in section)


def _counts_on(item: Draft | None, line: Line, text: str) -> bool:
    """Whether a line begins with the number after that of an item, at the same place."""
    if item is None or item.kind != "list_item":
        return False
    first, own = item.pieces[0][0], ordinal(text)
    number = ordinal(first.text.strip())
    same_place = abs((first.x0 - first.left) - (line.x0 - line.left)) < 0.3 * line.size
    return same_place and number is not None and own == (number[0], number[1] + 1)


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
    if crosses and before.slack < FULL and not _ended(before) and line.indent < FAR_IN:
        return False  # a sentence goes on, wherever the page or column has its edge
    if current.kind == "quote":
        return _leaves_quote(line, current, crosses, metrics)
    short = before.slack > (SHORT if indents else metrics.short) and _ended(before)
    if not crosses and _gap(line, before, metrics) > GAP:
        return True
    if line.indent > INSET and line.indent - max(0.0, before.indent) > 0.5:
        return len(current.pieces) > 1 or crosses or not _runs_on(before)
    if indents:
        if INDENTED[0] < line.indent < INDENTED[1]:
            back = before.indent - line.indent  # from the first line of a section that is set in as a whole
            level = abs(back) < 0.2 or (len(current.pieces) == 1 and INDENTED[0] < back < INDENTED[1])
            inset = level and before.slack < INSET + 0.4 and not _ended(before)
            return not (inset and not crosses)
        return before.slack > SHORT + 0.5 and _ended(before)
    return short


def _runs_on(line: Line) -> bool:
    """Whether the first line of a numbered paragraph is full, so that what is set in below it hangs from the number."""
    return line.slack < 1.2 and not _ended(line) and numbering(line.text.strip()) is not None


def _leaves_item(line: Line, item: Draft, hang: float, crosses: bool, metrics: Metrics) -> bool:
    before = item.last
    if line.bold != before.bold and before.slack > 1.2:
        return True
    shift = line.left - before.left if crosses else 0.0
    if not crosses and _gap(line, before, metrics) > GAP and (_ended(before) or before.slack > 1.2):
        return True
    off = abs((line.x0 - shift) - hang)
    hangs = off < (0.3 if 0.8 < line.indent < 1.2 else 0.6) * line.size
    if hangs and before.said[-1:] in ("、", "，"):
        return False
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
