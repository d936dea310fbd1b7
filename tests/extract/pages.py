"""A tiny typesetter: glyphs, lines and pages from rows of text, for tests to write layouts in a few readable lines.

Japanese characters are one type size wide, others half of one. In a row, ``^{12}`` is small and raised, ``_{2}``
small and lowered; ASCII spaces at its head are white space of half a type size each on which nothing is printed.
The text is our own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.extract.glyphs import Glyph, PageGlyphs, Rule, TableArea
from pipeline.extract.lines import Char, Line
from pipeline.extract.metrics import Metrics
from pipeline.text import is_wide

MINCHO, GOTHIC = "Ryumin-Light", "GothicBBB-Medium"
SIZE, PITCH = 10.0, 16.0
LEFT, EMS = 50.0, 20
"""Left edge of the text, and characters in a full line."""
RIGHT = LEFT + EMS * SIZE
METRICS = Metrics(SIZE, MINCHO, "0", PITCH)
"""What `measure` finds in pages set in the usual size, face and pitch."""

_SCRIPT = re.compile(r"([\^_])\{([^}]*)\}")
_PROSE = (
    "港の町では秋になると市場が開かれ近くの村から多くの人が集まる通りには果物や魚を並べた店が続き"
    "子どもたちは橋の上から船を眺めて過ごす丘に登れば湾の全体が見渡せて遠くの島まで数えることができた"
)


def prose(count: int, begin: int = 0) -> str:
    """So many characters of plain text without punctuation, from another place of it for each ``begin``."""
    text = _PROSE * (2 + (count + begin) // len(_PROSE))
    return text[begin % len(_PROSE) :][:count]


def rows(text: str, ems: int = EMS, indent: int = 0) -> list[str]:
    """A paragraph cut into rows ``ems`` type sizes wide, the first one indented by so many full-width spaces."""
    out = ["　" * indent]
    for char in text:
        if width(out[-1] + char, 1) > ems:
            out.append("")
        out[-1] += char
    return out


def pieces(text: str) -> list[tuple[str, str]]:
    """A row as (text, "" or "^" or "_")."""
    out, at = [], 0
    for match in _SCRIPT.finditer(text):
        out.append((text[at : match.start()], ""))
        out.append((match[2], match[1]))
        at = match.end()
    return [piece for piece in [*out, (text[at:], "")] if piece[0]]


def width(text: str, size: float = SIZE) -> float:
    """Printed width of text without markup."""
    return sum(size if is_wide(c) else 0.5 * size for c in text)


def typeset(
    text: str,
    x: float = LEFT,
    base: float = 100.0,
    size: float = SIZE,
    font: str = MINCHO,
    bold: bool = False,
    color: str = "0",
) -> list[tuple[Glyph, bool]]:
    """The glyphs of a row from x on, and whether each is raised."""
    lead = len(text) - len(text.lstrip(" "))
    x += 0.5 * size * lead
    out = []
    for piece, script in pieces(text[lead:]):
        own = 0.6 * size if script else size
        foot = base - 0.35 * size if script == "^" else base + 0.15 * size if script == "_" else base
        for char in piece:
            edge = x + width(char, own)
            top, bottom = foot - 0.88 * own, foot + 0.12 * own
            out.append((Glyph(char, x, top, edge, bottom, foot, own, font, bold, color, True), script == "^"))
            x = edge
    return out


def line(
    text: str,
    *,
    x: float = LEFT,
    base: float = 100.0,
    size: float = SIZE,
    font: str = MINCHO,
    bold: bool = False,
    color: str = "0",
    page: int = 1,
    left: float = LEFT,
    right: float = RIGHT,
    table: bool = False,
) -> Line:
    """One printed line of a column from ``left`` to ``right``."""
    chars = [Char(glyph.text, glyph, raised) for glyph, raised in typeset(text, x, base, size, font, bold, color)]
    return Line(page, chars, left, right, table=table)


def lines(
    *texts: str,
    base: float = 100.0,
    pitch: float = PITCH,
    size: float = SIZE,
    font: str = MINCHO,
    bold: bool = False,
    page: int = 1,
    left: float = LEFT,
    right: float = RIGHT,
) -> list[Line]:
    """Printed lines of one column from the top; an empty text leaves a line free."""
    return [
        line(text, x=left, base=base + at * pitch, size=size, font=font, bold=bold, page=page, left=left, right=right)
        for at, text in enumerate(texts)
        if text
    ]


def numbered(found: Iterable[Line]) -> list[Line]:
    """Lines that know their place in a raw string, as they do once it is made."""
    out, at = [], 0
    for one in found:
        one.start = at
        at += len(one.chars) + 1
        out.append(one)
    return out


def texts(found: Iterable[Line]) -> list[str]:
    """What lines say."""
    return [one.text for one in found]


@dataclass
class Sheet:
    """A page to print on; coordinates in points from the top left."""

    number: int = 1
    width: float = 300.0
    height: float = 420.0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    tables: list[TableArea] = field(default_factory=list)

    def put(
        self,
        text: str,
        x: float = LEFT,
        base: float = 60.0,
        size: float = SIZE,
        font: str = MINCHO,
        bold: bool = False,
        color: str = "0",
    ) -> float:
        """Prints a row; gives back the x at which it ends."""
        placed = [glyph for glyph, _ in typeset(text, x, base, size, font, bold, color)]
        self.glyphs += placed
        return placed[-1].x1

    def column(
        self,
        texts: Sequence[str],
        x: float = LEFT,
        base: float = 60.0,
        pitch: float = PITCH,
        size: float = SIZE,
        font: str = MINCHO,
        bold: bool = False,
    ) -> float:
        """Prints rows one below the other (an empty one leaves a line free); gives back the next baseline."""
        for text in texts:
            if text:
                self.put(text, x, base, size, font, bold)
            base += pitch
        return base

    def rule(self, top: float, x0: float = LEFT, x1: float = LEFT + 60) -> None:
        """Draws a thin horizontal line."""
        self.rules.append(Rule(x0, top, x1, top + 0.5))

    def table(self, cells: Sequence[Sequence[str]], x: float, top: float, widths: Sequence[float], row: float) -> None:
        """Prints a ruled table with one line of text a cell."""
        edges = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
        boxes = []
        for at, texts in enumerate(cells):
            y = top + at * row
            for text, edge in zip(texts, edges, strict=False):
                if text:
                    self.put(text, edge + 3, y + 0.7 * row, 0.9 * SIZE)
            boxes.append(tuple((a, y, b, y + row) for a, b in itertools.pairwise(edges)))
        self.tables.append(TableArea(x, top, edges[-1], top + len(cells) * row, tuple(boxes)))

    def done(self) -> PageGlyphs:
        """The page as read from a PDF."""
        return PageGlyphs(
            self.number, self.width, self.height, tuple(self.glyphs), tuple(self.rules), tuple(self.tables), 0
        )
