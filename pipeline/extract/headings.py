"""Which lines are headings, and of which level: decided from what this document does, not by fixed sizes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.extract.lines import Line
from pipeline.extract.metrics import CLOSERS, Metrics
from pipeline.extract.numbering import ITEMS, bullet, hangs, numbering, ordinal
from pipeline.text import narrow

Style = tuple[float, str, bool, str]
"""Type size, font, bold, colour."""

_DECORATED = re.compile(r"^(?:[■□◆◇●○▼▲▶★☆◎◯]\s*\S|【.{1,40}】$|〔.{1,40}〕$|[〈＜<].{1,40}[〉＞>]$)")
_USUAL = re.compile(
    r"^(?:は\s*じ\s*め\s*に|お\s*わ\s*り\s*に|む\s*す\s*び(?:\s*に(?:か\s*え\s*て)?)?|結\s*び(?:\s*に(?:か\s*え\s*て)?)?|結\s*語|"
    r"序\s*[論言文章]?|結\s*論|緒\s*言|まえがき|あとがき|要\s*旨|概\s*要|総\s*括|小\s*括|ま\s*と\s*め|展望|謝\s*辞|"
    r"introduction|conclusions?|concluding remarks|summary|abstract|executive summary)\s*[:：]?(?:[―—–-].*|[\s　].*)?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
BLANK = 1.45
"""Distance of baselines, in usual pitches, from which on white stands between lines."""
INDENT = 0.6
"""Indent, in type sizes, from which on a line begins a paragraph."""
_SIGNS = frozenset("●■◆▲▼★□○◎◇◯")
"""Signs that stand before headings as often as before items of lists."""
MAX_LINES = 3
"""Printed lines that a heading may take."""


def style_of(line: Line) -> Style:
    """How a line is set; sizes within a quarter point are one."""
    return (line.size, line.font, line.bold, line.color)


def begins_numbered(text: str) -> bool:
    """Whether a short line begins like a numbered or decorated heading."""
    return (
        len(text) <= 45
        and not text.endswith(("。", "、"))
        and (numbering(text) is not None or bool(_DECORATED.match(text)))
    )


def is_usual_heading(text: str) -> bool:
    """Whether a line says what headings everywhere say (はじめに, 結論)."""
    return len(text) <= 40 and bool(_USUAL.match(text.strip()))


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of its column."""
    return line.indent > 2 and abs(line.indent - line.slack) < 1.0


def heading_groups(lines: Sequence[Line], metrics: Metrics, indents: bool) -> list[list[Line]]:
    """The headings among a document's body lines, each with its printed lines, in reading order.

    ``indents`` tells whether the document's paragraphs begin with an indent.
    """
    styled = _heading_styles(lines, metrics)
    isolated = _isolated(lines, metrics) if indents else {}
    kinds = {numbering(line.said) for i, line in enumerate(lines) if is_heading_by_layout(lines, i, metrics)} - {None}
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and index <= groups[-1][-1]:
            continue
        if index in isolated and style_of(line) not in styled:
            groups.append(list(range(index, isolated[index])))
            continue
        decorated = _decorated_end(lines, index, metrics)
        if decorated:
            groups.append(list(range(index, decorated)))
            continue
        if numbering(line.said) in kinds and _runs_over(lines, index, metrics):
            groups.append([index, index + 1])
            continue
        told = style_of(line) in styled and not _goes_on(lines, index, metrics)
        if told and abs(line.size - metrics.size) < 0.3 and numbering(line.said) in ITEMS:
            rest = lines[index + 1 : index + 3]
            told = not hangs(line, rest) or bullet(rest[0].said) > 0
        if line.table or _ADDRESS.match(line.said) or not (told or is_heading_by_layout(lines, index, metrics)):
            continue
        if (
            groups
            and index == groups[-1][-1] + 1
            and len(groups[-1]) < MAX_LINES
            and _one_heading(lines, groups[-1], index)
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [[lines[i] for i in group] for group in groups]


def _decorated_end(lines: Sequence[Line], index: int, metrics: Metrics) -> int:
    """For a line of the body's type that begins a heading with a sign such as ● before it, which may hang over several
    lines, the index after its last; else 0. White stands above it, an indented text below; it ends no sentence.
    """
    line, before = lines[index], lines[index - 1] if index else None
    sized = -0.3 < line.size - metrics.size < 0.1 * metrics.size
    if line.table or line.said[:1] not in _SIGNS or not sized or before is None:
        return 0
    if before.page == line.page and 0 < line.base - before.base < 1.35 * metrics.pitch:
        return 0
    end = index + 1
    while end < len(lines) and end - index < MAX_LINES and lines[end - 1].slack < 2:
        hangs = lines[end].x0 - line.x0 > 0.4 * line.size and style_of(lines[end]) == style_of(line)
        if not hangs or not 0 < lines[end].base - lines[end - 1].base < 1.2 * metrics.pitch:
            break
        end += 1
    last, after = lines[end - 1], lines[end] if end < len(lines) else None
    full = last.slack < 2 and (after is None or style_of(after) == style_of(last))
    if after is None or full or last.said[-1:] in "。、，：:" or after.said[:1] == line.said[:1]:
        return 0
    below = after.base > last.base and INDENT < after.indent < 1.7 and after.slack < 2
    return end if below and not _listed(lines, index) else 0


def _runs_over(lines: Sequence[Line], index: int, metrics: Metrics) -> bool:
    """Whether a numbered line of the body's type fills its line and ends on the next, as a long heading does."""
    line, before, rest = lines[index], lines[index - 1] if index else None, lines[index + 1 : index + 3]
    if len(rest) < 2 or any(abs(item.size - metrics.size) > 0.3 or item.table for item in (line, *rest)):
        return False
    stands = (
        line.indent < 0.5 and line.slack < 2 and (before is None or before.said[-1:] in CLOSERS or before.slack > 2)
    )
    ends = (
        rest[0].indent < 0.5 and rest[0].slack > 2 and rest[0].said[-1:] not in CLOSERS and not numbering(rest[0].said)
    )
    return stands and ends and rest[1].indent > 0.6 and 0 < rest[0].base - line.base < BLANK * metrics.pitch


def _heading_styles(lines: Sequence[Line], metrics: Metrics) -> set[Style]:
    """Styles that headings are set in: unlike the body, not smaller, in short lines that end no sentence."""
    groups: dict[Style, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if not line.table:
            groups[style_of(line)].append(index)
    total = sum(len(line.glyphs) for line in lines)
    found = set()
    for style, members in groups.items():
        if not stands_out(style, metrics):
            continue
        texts = [lines[i].said for i in members]
        ends = sum(t.endswith(("。", "、")) for t in texts)
        runs = _longest_run(members)
        if ends <= 0.2 * len(members) and runs <= MAX_LINES + 2 and sum(map(len, texts)) <= 0.25 * max(total, 1):
            found.add(style)
    return found


def _goes_on(lines: Sequence[Line], index: int, metrics: Metrics) -> bool:
    """Whether a line of another face goes on with a sentence of the text above: words set off inside a paragraph."""
    line, before = lines[index], lines[index - 1] if index else None
    if abs(line.size - metrics.size) > 0.3:
        return False
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is not None and line.slack < 1.2 and after.indent < 0.3 and style_of(after) != style_of(line):
        return 0 < after.base - line.base < 1.2 * metrics.pitch
    if before is None or before.page != line.page or before.base > line.base:
        return False
    close = line.base - before.base < 1.2 * metrics.pitch
    return close and style_of(before) != style_of(line) and before.slack < 1.2 and before.said[-1:] not in CLOSERS


def stands_out(style: Style, metrics: Metrics) -> bool:
    """Whether a style is one that headings may be set in: larger, heavier, or in another face or colour."""
    size, font, bold, color = style
    if size > 1.05 * metrics.size:
        return True
    same_size = size > 0.97 * metrics.size
    heavier = bold and not _is_bold_face(metrics.face)
    if heavier and size > 0.9 * metrics.size:
        return True
    gothic = bool(re.search("gothic|ｺﾞｼｯｸ|ゴシック|kaku|sans", font, re.IGNORECASE)) and not re.search(
        "gothic|ｺﾞｼｯｸ|ゴシック|kaku|sans", metrics.face, re.IGNORECASE
    )
    return same_size and (heavier or gothic or (color != metrics.color and font != metrics.face))


def _is_bold_face(font: str) -> bool:
    return bool(re.search("bold|heavy|black|w[6-9]", font, re.IGNORECASE))


def _longest_run(indexes: Sequence[int]) -> int:
    longest = run = 0
    before = -2
    for index in indexes:
        run = run + 1 if index == before + 1 else 1
        longest, before = max(longest, run), index
    return longest


def is_heading_by_layout(lines: Sequence[Line], index: int, metrics: Metrics) -> bool:
    """Whether only its wording and place tell that a line is a heading: short, alone, after a finished paragraph."""
    line = lines[index]
    text = line.said
    usual = is_usual_heading(text)
    if (
        not text
        or (abs(line.size - metrics.size) > 0.3 and not (usual and line.size > 0.85 * metrics.size))
        or len(text) > 40
        or text[-1] in "。、，,.:：；;"
        or line.slack < 2
    ):
        return False
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    full = before is not None and not before.table and before.slack < 0.8 and before.indent < 8
    if after is None or (before is not None and full and before.said[-1:] not in "。」）)"):
        return False
    apart = before is None or before.page != line.page or line.base - before.base > 1.35 * metrics.pitch
    numbered = numbering(text)
    worded = usual or (numbered is not None and not text.endswith(("と", "は", "が", "を", "に", "で")))
    decorated = bool(_DECORATED.match(text)) and not _DECORATED.match(after.text.strip())
    ends_before = (
        before is None or before.table or before.said[-1:] in "。」）)．." or before.slack > 2 or before.indent > 8
    )
    heading_below = after.slack > 2 and numbering(after.said) not in (None, numbered)
    starts_after = (
        heading_below or after.indent > 0.6 or after.base - line.base > 1.35 * metrics.pitch or after.page != line.page
    )
    if _holds_items(line, after):
        return False
    if worded or decorated:
        return ends_before and (starts_after or apart) and not _listed(lines, index)
    if text[-1] in "）)":
        return False
    placed = line.indent < 0.5 or (is_centred(line) and after.slack < 2)
    return placed and 0.6 < after.indent < 1.6 and ends_before and apart and not bullet(text)


def _isolated(lines: Sequence[Line], metrics: Metrics) -> dict[int, int]:
    """Headings that nothing but the white above and below tells, where paragraphs are told by their indents: for the
    index of each one's first line, the index after its last."""
    found = {}
    start = 0
    for index, line in enumerate(lines):
        if index and _white(lines[index - 1], line, metrics):
            start = index
        after = lines[index + 1] if index + 1 < len(lines) else None
        if after is None or not _white(line, after, metrics) or after.table:
            continue
        run = lines[start : index + 1]
        if len(run) <= MAX_LINES and _reads_as_heading(run, after, metrics) and not _leads_in(lines, start, index):
            found[start] = index + 1
    return found


def _white(before: Line, line: Line, metrics: Metrics) -> bool:
    """Whether a blank line, or a page's or column's edge, stands between two lines."""
    if before.page != line.page or line.base < before.base:
        return before.slack > 2 or before.said[-1:] in "。」）)"
    return line.base - before.base > BLANK * metrics.pitch


def _reads_as_heading(run: Sequence[Line], after: Line, metrics: Metrics) -> bool:
    text = "".join(line.text.strip() for line in run)
    plain = all(not line.table and abs(line.size - metrics.size) < 0.3 for line in run)
    full = run[-1].slack < 2 and after.indent < INDENT
    ends = text[-1:] in "。、，,.:：；;）)" or full
    placed = run[0].indent < 3 or all(is_centred(line) for line in run)
    return (
        plain and 2 <= len(text) <= 60 and not ends and not bullet(text) and placed and not _holds_items(run[-1], after)
    )


def _holds_items(line: Line, after: Line) -> bool:
    """Whether a numbered line is an item of a list rather than a heading: deeper ones with bullets follow."""
    deeper = (after.x0 - after.left) - (line.x0 - line.left) > 0.5 * line.size
    return deeper and numbering(line.said) in ("bracket", "closing", "circle") and bullet(after.said) > 0


def _leads_in(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether short lines are no heading but stand among others like them (a list without bullets, an address)."""
    around = [*lines[max(0, start - 2) : start], *lines[index + 1 : index + 3]]
    return sum(line.slack > 4 and not line.text.rstrip().endswith("。") for line in around) >= 2


def _listed(lines: Sequence[Line], index: int) -> bool:
    """Whether a numbered or bulleted line is one of a list: the next line, or one that only hanging lines part from
    it, begins with the same kind of number or the same bullet."""
    line = lines[index]
    sign = _sign(line)
    if sign is None:
        return False
    for after in lines[index + 1 : index + 12]:
        if _sign(after) == sign and abs((after.x0 - after.left) - (line.x0 - line.left)) < 0.5 * line.size:
            return True
        if (after.x0 - after.left) - (line.x0 - line.left) < 0.4 * line.size:
            break
    for before in reversed(lines[max(0, index - 8) : index]):
        if _sign(before) == sign:
            return style_of(before) == style_of(line)
        beyond = (before.x0 - before.left) - (line.x0 - line.left)
        hangs = beyond > 0.4 * line.size or (line.indent > 0.6 and beyond > -0.1 * line.size)
        if not hangs:
            return False
    return False


def _sign(line: Line) -> str | None:
    """Kind of number or bullet that a line begins with."""
    text = line.text.strip()
    return text[0] if bullet(text) else numbering(text)


def _one_heading(lines: Sequence[Line], group: Sequence[int], index: int) -> bool:
    """Whether a line goes on with the heading above it: set alike, close below, and without a number of its own."""
    before, line = lines[group[-1]], lines[index]
    text = line.text.strip()
    if style_of(before) != style_of(line) or before.page != line.page or numbering(text) or is_usual_heading(text):
        return False
    if _DECORATED.match(text) or is_usual_heading(before.text):
        return False
    close = line.base - before.base < 1.9 * line.size
    full = before.slack < 3 or abs(line.x0 - before.x0) < 0.5 or numbering(lines[group[0]].text.strip()) is not None
    return close and full


def levels(groups: Sequence[Sequence[Line]]) -> list[int]:
    """Level of each heading, 1 the highest: by how it is set, then by its kind of number in order of appearance."""
    keys: list[tuple[float, bool]] = [(group[0].size, group[0].bold) for group in groups]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys), reverse=True))}
    out: list[tuple[float, float]] = []
    kinds: dict[int, list[str]] = defaultdict(list)
    for group, key in zip(groups, keys, strict=True):
        kind = numbering(group[0].text.strip()) or ("usual" if is_usual_heading(group[0].text) else "plain")
        order = kinds[ranks[key]]
        if kind not in order:
            order.append(kind)
        out.append((ranks[key], _depth(kind, order)))
    above = _above_deep(groups, out)
    out = [above.get(item, item) for item in out]
    distinct = sorted(set(out))
    return [distinct.index(item) + 1 for item in out]


def _above_deep(
    groups: Sequence[Sequence[Line]], places: Sequence[tuple[float, float]]
) -> dict[tuple[float, float], tuple[float, float]]:
    """New places for headings numbered 2 that are set less strongly than 2.1 below them: right above those."""
    found: dict[tuple[float, float], tuple[float, float]] = {}
    last: tuple[int, tuple[float, float]] | None = None
    for group, place in zip(groups, places, strict=True):
        text = group[0].text.strip()
        number = ordinal(text)
        if number is not None and number[0] == "number":
            last = number[1], place
        elif numbering(text) == "deep" and last is not None and place < last[1]:
            within = int(re.split(r"\D", narrow(text), maxsplit=1)[0]) == last[0]
            if within:
                found.setdefault(last[1], (place[0], place[1] - 0.5))
    return found


def _depth(kind: str, order: Sequence[str]) -> int:
    """Depth of a kind of number among those that one style of heading uses; unnumbered ones stand with the highest."""
    numbered = [k for k in order if k not in ("usual", "plain")]
    return numbered.index(kind) if kind in numbered else 0
