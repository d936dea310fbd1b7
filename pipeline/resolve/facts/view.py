"""A sentence as the rules of facts see it: each tagged name one sign, and what only repeats or glosses it left out.

2024年5月31日から6月2日まで、シンガポールで第21回IISSアジア安全保障会議（シャングリラ会合）が開催された。 is read as
ⒹからⒹまで、Ⓛで第21回Ⓜが開催された。 So a rule can say Ⓜが開催された whatever the meeting is called.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.document import BODY_KINDS, Document, Mention, Sentence
from pipeline.text import plain

SIGNS = {
    "MEETING": "Ⓜ",
    "MINISTER": "Ⓟ",
    "INITIATIVE": "Ⓘ",
    "DATE": "Ⓓ",
    "PLACE": "Ⓛ",
    "COUNTRY": "Ⓒ",
    "OFFICIAL": "Ⓞ",
    "PERSON": "Ⓞ",
}
"""The sign that stands for a mention of each label. Other labels stay as they are written."""

_RANK = ("MEETING", "MINISTER", "INITIATIVE", "DATE", "OFFICIAL", "COUNTRY", "PLACE", "PERSON")
"""Of mentions that overlap, the label first in this order is seen."""

_GLOSS = re.compile(
    "（(?:以下、?|通称、?|いわゆる|略称、?|旧称?|現)?[「『]?(?P<sign>[ⓂⓅⒾ])[」』]?"
    "(?:[:、/] ?(?:以下、?|略称、?)?[「『]?[ⓂⓅⒾ][」』]?)*(?:と(?:いう|呼ぶ|略す|する|表記))?）"
)
"""A name repeated in brackets: Ⓜ（以下、Ⓜ）, Ⓘ（Ⓘ）, Ⓘ（Ⓘ: Ⓘ）."""
_ASIDE = re.compile(r"（[^（）ⓂⓅⒾ]*）")
_FIGURE = re.compile(r"(?<=Ⓜ) ?([0-9]{1,2}|[IVX]{1,5}|[Ⅰ-Ⅻ])(?![0-9年月日回か人名つ%A-Za-z])")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_QUOTED = re.compile(r"[「『“](?=[ⓂⓅⒾ][」』”])|(?<=[ⓂⓅⒾ])[」』”]")


_Cell = tuple[str, int, int, Mention | None]
"""A character of a view, where it begins and ends in the block, and the mention that it stands for."""


@dataclass(frozen=True)
class View:
    """A sentence with signs. ``text[i]`` stands for the block's characters ``starts[i]`` to ``ends[i]``."""

    sentence: Sentence
    kind: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: tuple[Mention | None, ...]
    whole: str
    beside: dict[int, tuple[Mention, ...]]
    """Dates and places in brackets (Ⓜ（Ⓓ、Ⓛ）), by where in the block the words in front of them end."""

    def at(self, sign: str) -> list[int]:
        """Places of a sign in the text."""
        return [i for i, char in enumerate(self.text) if char == sign]

    def of(self, i: int) -> Mention:
        """The mention that the sign at a place stands for. Raises KeyError where there is none."""
        mention = self.mentions[i]
        if mention is None:
            raise KeyError(i)
        return mention

    @cached_property
    def asides(self) -> dict[int, str]:
        """For each sign, what follows it in brackets in the sentence as written, without the brackets."""
        found = {}
        for i, mention in enumerate(self.mentions):
            match = _BRACKET.match(self.whole, self.ends[i] - self.sentence.start) if mention else None
            if match:
                found[i] = match[1]
        return found


LONGEST = 1500
"""Characters of a sentence at most; what is longer has lost its full stops, and reading it takes long."""
_BRACKET = re.compile(r"[」』”]?（([^（）]*)）")


def views(document: Document) -> list[View]:
    """The sentences of the body, in order, without those longer than `LONGEST`."""
    texts = {block.block_id: block for block in document.blocks}
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        if mention.label in SIGNS:
            mentions[mention.block_id].append(mention)
    found = []
    order = {block.block_id: at for at, block in enumerate(document.blocks)}
    for sentence in sorted(document.sentences, key=lambda s: (order[s.block_id], s.start)):
        block = texts[sentence.block_id]
        if block.kind in BODY_KINDS and sentence.end - sentence.start <= LONGEST:
            found.append(view(sentence, block.kind, block.text, mentions[sentence.block_id]))
    return found


def view(sentence: Sentence, kind: str, text: str, mentions: list[Mention]) -> View:
    """A sentence of a block's text with signs for the mentions in it."""
    whole = plain(text[sentence.start : sentence.end])
    chosen = _chosen([m for m in mentions if sentence.start <= m.start and m.end <= sentence.end])
    cells: list[_Cell] = []
    at = sentence.start
    for mention in chosen:
        cells += [(whole[i - sentence.start], i, i + 1, None) for i in range(at, mention.start)]
        cells.append((SIGNS[mention.label], mention.start, mention.end, mention))
        at = mention.end
    cells += [(whole[i - sentence.start], i, i + 1, None) for i in range(at, sentence.end)]
    cells = _numbered(_without(cells, _QUOTED))
    beside: dict[int, tuple[Mention, ...]] = {}
    for pattern in (_GLOSS, _ASIDE):
        cells = _without(cells, pattern, beside)
    return _of_cells(sentence, kind, whole, cells, beside)


def with_signs(view: View, signs: list[tuple[int, int, list[Mention], str]]) -> View:
    """The view with signs, and a particle, in place of ``text[start:end]``; several signs are listed with 、."""
    cells = list(zip(view.text, view.starts, view.ends, view.mentions, strict=True))
    for start, end, mentions, particle in sorted(signs, key=lambda sign: sign[0], reverse=True):
        low = view.starts[start] if start < len(cells) else view.sentence.end
        high = view.ends[end - 1] if end > start else low
        new: list[_Cell] = []
        for mention in mentions:
            new += [("、", low, low, None)] * bool(new) + [(SIGNS[mention.label], low, high, mention)]
        cells[start:end] = new + [(char, high, high, None) for char in particle]
    return _of_cells(view.sentence, view.kind, view.whole, cells, view.beside) if signs else view


def _of_cells(
    sentence: Sentence, kind: str, whole: str, cells: list[_Cell], beside: dict[int, tuple[Mention, ...]]
) -> View:
    return View(
        sentence=sentence,
        kind=kind,
        text="".join(cell[0] for cell in cells),
        starts=tuple(cell[1] for cell in cells),
        ends=tuple(cell[2] for cell in cells),
        mentions=tuple(cell[3] for cell in cells),
        whole=whole,
        beside=beside,
    )


def _numbered(cells: list[_Cell]) -> list[_Cell]:
    """The cells with the edition that stands behind a meeting's name (TICAD 9, TICAD VI) moved into its mention."""
    text = "".join(cell[0] for cell in cells)
    kept: list[_Cell] = []
    at = 0
    for match in _FIGURE.finditer(text):
        sign, start, end, mention = cells[match.start() - 1]
        if mention is None:
            continue
        kept += cells[at : match.start() - 1]
        kept.append((sign, start, end, replace(mention, edition=mention.edition or _value(match[1]))))
        at = match.end()
    return kept + cells[at:]


def _value(figure: str) -> str:
    if figure.isdigit():
        return figure
    values = [_ROMAN[char] for char in unicodedata.normalize("NFKC", figure)]
    return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))


def _chosen(mentions: list[Mention]) -> list[Mention]:
    """Mentions that do not overlap, by label, then length; in order."""
    taken: list[tuple[int, int]] = []
    found = []
    for mention in sorted(mentions, key=lambda m: (_RANK.index(m.label), m.start - m.end, m.start)):
        at = bisect_left(taken, (mention.start, mention.end))
        before = taken[at - 1][1] if at else -1
        after = taken[at][0] if at < len(taken) else mention.end
        if before <= mention.start and mention.end <= after:
            taken.insert(at, (mention.start, mention.end))
            found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _without(
    cells: list[_Cell], pattern: re.Pattern[str], beside: dict[int, tuple[Mention, ...]] | None = None
) -> list[_Cell]:
    """The cells without what the pattern finds; a gloss goes only where it names what stands in front of it.

    ``beside`` gets the dates and places in brackets, by where the words in front of them end.
    """
    text = "".join(cell[0] for cell in cells)
    kept = []
    at = 0
    for match in pattern.finditer(text):
        if pattern is _GLOSS and not _same(cells, match):
            continue
        before = text[match.start() - 1 : match.start()]
        if pattern is _ASIDE and before == "Ⓘ" and "Ⓓ" in match[0]:
            continue
        if pattern is _ASIDE and "Ⓓ" in match[0] and match.start() and beside is not None:
            inside = [mention for *_, mention in cells[match.start() : match.end()] if mention is not None]
            kept_of = [m for m in inside if m.date or m.label in ("PLACE", "COUNTRY")]
            beside[cells[match.start() - 1][2]] = tuple(kept_of)
        kept += cells[at : match.start()]
        at = match.end()
    return kept + cells[at:]


def _same(cells: list[_Cell], match: re.Match[str]) -> bool:
    before = cells[match.start() - 1][3] if match.start() else None
    inside = cells[match.start("sign")][3]
    return before is not None and inside is not None and before.entity_id == inside.entity_id
