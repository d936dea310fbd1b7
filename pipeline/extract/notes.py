"""Which lines are notes, and where each note begins: at the foot of pages, of columns, or at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.glyphs import Rule
from pipeline.extract.knowledge import pattern
from pipeline.extract.labels import STRONG, Start, labels_of, sequence
from pipeline.extract.lines import Line
from pipeline.extract.metrics import Metrics
from pipeline.text import narrow

MIN_UNMARKED = 3
"""Notes that a list needs which nothing but its numbers tells from the text."""
MAX_STEP = 3.0
"""Distance of baselines within a note, in type sizes, at most."""
MARKED_SHARE = 0.6
"""Share of such notes whose number must stand raised in the text before."""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A note's number, and its lines with the index in each line's chars at which its text begins."""

    number: str
    style: str
    label_line: Line
    pieces: tuple[tuple[Line, int], ...]


@dataclass(slots=True)
class NotesFound:
    """Notes in order, the headings above them, and the entries of a list of references."""

    notes: list[NoteLines] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    references: list[Line] = field(default_factory=list)

    def entries(self) -> list[list[Line]]:
        """Entries of the list of references: one begins at a number, where others hang, or after a finished line."""
        if not self.references:
            return []
        numbered = [start.index for start in sequence(self.references, [0] * len(self.references))]
        if len(numbered) > 1 and numbered[0] == 0:
            return [self.references[a:b] for a, b in pairwise([*numbered, len(self.references)])]
        left = min(line.x0 - line.left for line in self.references)
        hanging = any(line.x0 - line.left > left + 0.8 * line.size for line in self.references)
        entries: list[list[Line]] = []
        for line in self.references:
            flush = line.x0 - line.left < left + 0.5 * line.size
            if not entries or (flush if hanging else entries[-1][-1].slack > 1.5):
                entries.append([line])
            else:
                entries[-1].append(line)
        return entries

    def taken(self) -> set[int]:
        """``id`` of every line that is spoken for."""
        lines = [line for note in self.notes for line, _ in note.pieces] + self.headings + self.references
        return {id(line) for line in lines} | {id(note.label_line) for note in self.notes}


def find_notes(
    lines: Sequence[Line], rules: Mapping[int, Sequence[Rule]], metrics: Metrics, back: AbstractSet[int] = frozenset()
) -> NotesFound:
    """Finds notes among a document's lines, given without furniture, in reading order.

    ``rules`` holds the drawn lines of each page, ``back`` the ``id`` of lines that are back matter unless they
    turn out to be notes under it.
    """
    found = NotesFound()
    stretch: dict[int, int] = {}
    free = [line for line in lines if not line.table]
    text = [line for line in free if id(line) not in back]
    _under_headings(text, metrics, found, stretch)
    headed = {id(line) for line in found.headings + found.references} | stretch.keys()
    _at_feet([line for line in free if id(line) not in headed], rules, metrics, stretch, back)
    if not stretch:
        _at_end(text, stretch)
    zone = [line for line in lines if id(line) in stretch]
    starts = sequence(zone, [stretch[id(line)] for line in zone])
    found.notes = _in_order(_notes(zone, starts, stretch, metrics))
    if not found.notes:
        found.headings = [line for line in found.headings if pattern("notes", "references").match(narrow(line.said))]
    return found


def _under_headings(lines: Sequence[Line], metrics: Metrics, found: NotesFound, stretch: dict[int, int]) -> None:
    """Notes and references that stand under a heading of their own, up to the next heading."""
    for index, line in enumerate(lines[:-1]):
        text = narrow(line.text.strip())
        if len(text) > 24:
            continue
        if pattern("notes", "heading").match(text) and labels_of(lines[index + 1]):
            found.headings.append(line)
            for after in _until_heading(lines, index, metrics):
                stretch[id(after)] = -1 - index  # numbering may begin again under each heading
        elif pattern("notes", "references").match(text) and index > len(lines) // 3:
            found.headings.append(line)
            found.references += _until_heading(lines, index, metrics)


def _until_heading(lines: Sequence[Line], index: int, metrics: Metrics) -> list[Line]:
    """The lines after ``index`` up to one that is set larger, in another face than the first, or heads notes."""
    out: list[Line] = []
    small = metrics.is_small(lines[index + 1])
    for line, after in pairwise([*lines[index + 1 :], lines[-1]]):
        text = narrow(line.text.strip())
        heads = len(text) <= 24 and (
            pattern("notes", "heading").match(text) or pattern("notes", "references").match(text)
        )
        before = out[-1] if out else None
        apart = before is not None and before.page == line.page and line.base - before.base > MAX_STEP * line.size
        if (
            heads
            or (small and not metrics.is_small(line) and not metrics.is_small(after))
            or (apart and abs(line.size - lines[index + 1].size) > 0.04 * line.size)
            or line.size > 1.08 * metrics.size
            or (line.bold and not lines[index + 1].bold and not labels_of(line))
        ):
            break
        out.append(line)
    return out


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by the column they stand in, in reading order."""
    columns: dict[tuple[int, float, float], list[Line]] = defaultdict(list)
    for line in lines:
        columns[(line.page, line.left, line.right)].append(line)
    return list(columns.values())


def _at_feet(
    lines: Sequence[Line],
    rules: Mapping[int, Sequence[Rule]],
    metrics: Metrics,
    stretch: dict[int, int],
    back: AbstractSet[int],
) -> None:
    """Notes set small or under a short rule, at the foot of a column or filling whole columns after the text."""
    open_size: float | None = None
    to_the_end = False
    columns = _columns(lines)
    at_feet = sum(_under_rule(column, rules.get(column[0].page, ()), metrics) is not None for column in columns) > 1
    for number, whole in enumerate(columns):
        column = _beside_back(whole, rules.get(whole[0].page, ()), metrics, back)
        if not column:
            continue
        start = 0 if to_the_end else _foot(column, rules.get(column[0].page, ()), metrics, open_size)
        if start is None:
            continue
        for line in column[start:]:
            stretch[id(line)] = number
        open_size = column[start].size
        to_the_end = to_the_end or not (metrics.is_small(column[start]) or at_feet)


def _beside_back(
    column: Sequence[Line], rules: Sequence[Rule], metrics: Metrics, back: AbstractSet[int]
) -> Sequence[Line]:
    """The part of a column that may hold notes: under its back matter if notes stand there, else above it."""
    inside = [i for i, line in enumerate(column) if id(line) in back]
    if not inside:
        return column
    ruled = _under_rule(column, rules, metrics)
    if ruled is not None and ruled >= inside[0]:
        return column[ruled:]
    numbered = next((i for i in inside if metrics.is_small(column[i]) and _is_numbered(column[i])), None)
    if numbered is not None:
        return column[numbered:]
    below = column[inside[-1] + 1 :]
    return below or column[: inside[0]]


def _foot(column: Sequence[Line], rules: Sequence[Rule], metrics: Metrics, open_size: float | None) -> int | None:
    """Index in the column at which its notes begin; None where it has none."""
    ruled = _under_rule(column, rules, metrics)
    if ruled is not None:
        return ruled
    start = len(column)
    while start > 0 and metrics.is_small(column[start - 1]) and not _is_caption(column[start - 1]):
        start -= 1
    if start == len(column):
        return _run_inside(column, metrics)
    first = next((i for i in range(start, len(column)) if labels_of(column[i])), None)
    carried = open_size is not None and abs(column[start].size - open_size) < 0.3
    if carried and (start == 0 or first is None or _apart(column, start)):
        return start
    return first


def _is_numbered(line: Line) -> bool:
    """Whether a line begins like a note even among addresses: a raised or bracketed number, or one set apart."""
    labels = labels_of(line)
    return any(
        label.style in STRONG - {"symbol"}
        or (label.style in ("plain", "dot") and line.chars[label.end - 1].text.isspace())
        for label in labels
    )


def _is_caption(line: Line) -> bool:
    text = narrow(line.text.strip())
    return bool(pattern("captions", "line").match(text) or pattern("captions", "source").match(text))


def _apart(column: Sequence[Line], start: int) -> bool:
    """Whether more white stands above the line than between the lines after it."""
    if start == 0 or start + 1 >= len(column):
        return True
    above = column[start].base - column[start - 1].base
    return above > 1.25 * (column[start + 1].base - column[start].base)


def _under_rule(column: Sequence[Line], rules: Sequence[Rule], metrics: Metrics) -> int | None:
    """Index of the first line under a rule that parts notes from text: short, at the left edge, with notes under it."""
    left, right = column[0].left, column[0].right
    for rule in sorted(rules, key=lambda r: -r.top):
        width = rule.x1 - rule.x0
        if rule.bottom - rule.top > 3 or abs(rule.x0 - left) > 15 or not 0.08 < width / max(1.0, right - left) < 0.75:
            continue
        if any(_underlines(rule, line) for line in column):
            continue
        below = next((i for i, line in enumerate(column) if line.top >= rule.top - 0.25 * line.size), None)
        if below is None or any(line.base > rule.top + line.size for line in column[:below]):
            continue
        small = all(metrics.is_small(line) for line in column[below:])
        close = column[below].top - rule.bottom < 2.5 * column[below].size
        if _is_caption(column[below]):
            continue
        if small or (labels_of(column[below]) and (below > 0 or close)):
            return below
    return None


def _underlines(rule: Rule, line: Line) -> bool:
    """Whether a rule runs under a line's text, as under a link."""
    below = -0.1 * line.size < rule.top - line.base < 0.4 * line.size
    return below and rule.x0 < line.x1 - 1 and rule.x1 > line.x0 + 1


def _run_inside(column: Sequence[Line], metrics: Metrics) -> int | None:
    """Start of small lines with numbers in sequence that something larger follows."""
    for index, line in enumerate(column):
        if metrics.is_small(line) and labels_of(line):
            run = []
            for after in column[index:]:
                if not metrics.is_small(after):
                    break
                run.append(after)
            if len(sequence(run, [0] * len(run))) >= MIN_UNMARKED:
                return index
    return None


def _at_end(lines: Sequence[Line], stretch: dict[int, int]) -> None:
    """Notes of the body's size without a heading: a numbered list at the end whose numbers stand raised in the text."""
    for index in range(len(lines) - 1, 0, -1):
        if not any(label.number == "1" for label in labels_of(lines[index])):
            continue
        tail = lines[index:]
        starts = sequence(tail, [0] * len(tail))
        if len(starts) < MIN_UNMARKED or starts[0].index != 0:
            continue
        raised = _raised_numbers(lines[:index])
        if sum(start.label.number in raised for start in starts) >= MARKED_SHARE * len(starts):
            for line in tail:
                stretch[id(line)] = 0
            return


def _raised_numbers(lines: Sequence[Line]) -> set[str]:
    found = set()
    for line in lines:
        run = ""
        for char in [*line.chars, None]:
            if char is not None and char.raised:
                run += narrow(char.text)
            elif run:
                found.add(run.strip("()[]注"))
                run = ""
    return found


def _notes(
    zone: Sequence[Line], starts: Sequence[Start], stretch: Mapping[int, int], metrics: Metrics
) -> list[NoteLines]:
    notes = []
    for position, start in enumerate(starts):
        end = starts[position + 1].index if position + 1 < len(starts) else len(zone)
        lines = _own(zone[start.index : end], stretch, metrics)
        pieces = [(lines[0], start.label.end), *((line, 0) for line in lines[1:])]
        notes.append(
            NoteLines(
                start.label.number, start.label.style, lines[0], tuple(p for p in pieces if p[1] < len(p[0].chars))
            )
        )
    return notes


def _in_order(notes: list[NoteLines]) -> list[NoteLines]:
    """Notes by number where every number comes once, else as printed."""
    numbers = [note.number for note in notes]
    if len(set(numbers)) < len(numbers) or not all(number.isdigit() for number in numbers):
        return notes
    return sorted(notes, key=lambda note: int(note.number))


def _own(lines: Sequence[Line], stretch: Mapping[int, int], metrics: Metrics) -> list[Line]:
    """A note's lines up to one that cannot be its own: another type size, a stretch after a column that held none,
    or more white above it than lies between lines of a note."""
    out = [lines[0]]
    for line in lines[1:]:
        step = line.base - out[-1].base
        if line.page == out[-1].page and step > MAX_STEP * line.size:
            break
        if abs(line.size - lines[0].size) > 0.12 * metrics.size or stretch[id(line)] - stretch[id(out[-1])] > 3:
            break
        out.append(line)
    return out
