"""Dates in running text, each with the ISO 8601 date it means where the text leaves year, month or day to context.

Three sorts of reference are told apart:

- written out: 2025年11月1日, 令和七年十一月, November 1, 2025;
- against the day of publication: 今年, 昨年5月, 先月, 2年前;
- against the text: 11月1日, 同年, 翌2023年, 前日, 同月下旬, その4日後.

Bare months and days belong to the year that the text is telling of. A date that only describes something in passing
(2014年に策定された三原則, 2002年から主催する会議, anything in brackets) does not move that year, while 同年 and 同月
mean whatever date was named last.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from pipeline.document import BODY_KINDS, Block, Document, Mention
from pipeline.tag.date_forms import Form, expressions
from pipeline.tag.labels import entity_id, mention_id
from pipeline.text import ERAS, narrow, number, plain


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: ``text[start:end]`` of the block, and its ISO 8601 form at the precision known, empty if unknown.

    ``told`` says that the sentence tells of that time, and does not only name it (1978年に策定された指針を).
    """

    block_id: str
    start: int
    end: int
    iso: str
    told: bool = False


_RANGE = re.compile(r"(?:（[^（）]*）|午前|午後|夜)?\s?(?:から|より|~|-|―|─|—|及び|および|、|・|と)\s?")
"""What may stand between two dates that belong together: 5月31日から6月2日."""
_NOUN = "(?=[一-龥々ァ-ヺーA-Z「『0-9]|[こそ]の)"
_PASSING = re.compile(
    rf"^(?:[^、。]{{0,80}}以来|以降|以後|ぶり|当時|頃から|ごろから|から[^、。]{{0,12}}(?:する|した|る){_NOUN})"
)
_AFTER = re.compile(r"^(?:ごろ|頃|午前|午後|早朝|夜|夕方|付|現在|中|にかけて|まで|から)*")
_ADVERBIAL = re.compile(r"^(?:(?:にも|には|に|は|も|では)?、|には|にも|は(?=[一-龥ァ-ヺ「]))")
_ATTRIBUTIVE = re.compile(rf"^[^、。]*?(?:[っいきしちりえけせてねべめれげじ]た|だ|する|される|いる|となる){_NOUN}")
_OF_EVENT = re.compile(r"[一-龥]$|[るた]$")
"""In front of 前日 and 翌日: they count from what happened then (就任翌日, 表明する前日), which may have no date."""
_EVENT = re.compile(r"^[^、。]*?(?:開か|行わ|開催さ|実施さ|催さ)れた")
_SETTING = re.compile(r"[^、。]*?(?:開か|行わ|開催さ|実施さ|催さ)れた[^、。]*?(?:では|には|において|で、|は、)")
_OPENING = re.compile(r"^(?:[^、。一-龥]{0,8}、|[一-龥]{1,4}で、|これを受けて|[ぁ-ん]{1,6})?$")
_COMING = re.compile(r"^[^、。]{0,20}?(?:する|される|れる|予定|見通し|見込み|控え|迎え)")
_URL = re.compile(r"https?://[!-~]+")
_Weight = Literal["told", "frame", "passing"]
_SENTENCE_END = "。！？"


def dates(blocks: Iterable[Block], published: str) -> list[Dated]:
    """The dates in the blocks, in order; spans of one block do not overlap.

    ``blocks`` are all blocks of a document in reading order; the body's share one context, every other block (a note,
    a title) has its own. ``published`` is the day of publication, ISO 8601 at any precision, empty if unknown.
    """
    body = _Context(_parts(published))
    found = []
    for block in blocks:
        context = body if block.kind in BODY_KINDS else _Context(_parts(published))
        found += [
            Dated(block.block_id, start, end, iso, told)
            for start, end, iso, told in _in_text(block.text, context, tells=block.kind != "heading")
        ]
        context.end_block()
    return found


SOURCE = "dates"
"""``source`` of the mentions of dates."""


def date_mentions(document: Document, found_dates: Iterable[Dated]) -> list[Mention]:
    """The dates of a document as mentions, outside of addresses of the web."""
    blocks = {block.block_id: block for block in document.blocks}
    found = []
    for dated in found_dates:
        text = blocks[dated.block_id].text
        if any(url.start() < dated.end and dated.start < url.end() for url in _URL.finditer(text)):
            continue
        printed = text[dated.start : dated.end]
        found.append(
            Mention(
                mention_id=mention_id(dated.block_id, dated.start, dated.end, "DATE"),
                block_id=dated.block_id,
                start=dated.start,
                end=dated.end,
                text=printed,
                label="DATE",
                entity_id=entity_id("DATE", dated.iso or narrow(printed)),
                name=narrow(printed),
                source=SOURCE,
                date=dated.iso,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as far as known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        if self.year is None or not 1000 <= self.year <= 2199:
            return ""
        if self.month is None:
            return f"{self.year:04}"
        if not 1 <= self.month <= 12:
            return ""
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        if not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            return ""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def plus_days(self, days: int) -> _Date:
        """This day and so many more; only the year and month are kept where no day is known."""
        if self.year is None or self.month is None or self.day is None or not self.iso:
            return _Date()
        other = date(self.year, self.month, self.day) + timedelta(days)
        return _Date(other.year, other.month, other.day)

    def plus_months(self, months: int) -> _Date:
        """The month so many after this one's."""
        if self.year is None or self.month is None:
            return _Date()
        at = self.year * 12 + self.month - 1 + months
        return _Date(at // 12, at % 12 + 1)


def _parts(iso: str) -> _Date:
    numbers = [int(part) for part in iso.split("-")] if iso else []
    return _Date(*numbers[:3])


@dataclass
class _Context:
    """What has been said so far: the time that the text tells of, the last day told of, and the date named last."""

    published: _Date
    told: _Date = field(default_factory=_Date)
    day: _Date = field(default_factory=_Date)
    last: _Date = field(default_factory=_Date)
    settled: _Date = field(default_factory=_Date)
    in_sentence: bool = False
    day_in_block: bool = False
    year_in_block: bool = False
    seen: dict[tuple[int, int], int] = field(default_factory=dict)

    def note(self, found: _Date, weight: _Weight, *, explicit: bool) -> None:
        """A date was named, with its year (``explicit``) or without."""
        if found.year is None:
            return
        if self.published.year is None or found.year <= self.published.year:
            self.settled = found
        self.last, self.in_sentence = found, True
        if found.month and found.day and found.iso:
            self.seen[found.month, found.day] = found.year
        if weight != "passing" and found.year <= (self.published.year or found.year):
            self.told = found
            self.year_in_block |= explicit and weight == "told"
        if weight == "told" and found.day is not None:
            self.day = found
            self.day_in_block = True

    def end_sentence(self) -> None:
        """A sentence ends. A year to come is meant by 同年 in its own sentence only."""
        self.in_sentence = False
        self.last = self.settled

    def end_block(self) -> None:
        """A block ends."""
        self.end_sentence()
        self.day_in_block = self.year_in_block = False

    @property
    def near(self) -> _Date:
        """What 前年 and 翌日 count from: the date named in this sentence, else the time told of."""
        return self.last if self.in_sentence else self.told if self.told.year else self.published

    def year_of(self, month: int, day: int | None, coming: bool) -> int | None:
        """The year of a bare month: the sentence's, that of the same day named before, the one told of, or the last."""
        if self.in_sentence and self.last.year is not None:
            return self.last.year
        if day is not None and (month, day) in self.seen and not self.year_in_block:
            return self.seen[month, day]
        published = self.published
        year = self.told.year or published.year
        if year is None or published.year is None or year != published.year or published.month is None:
            return year
        if coming and month <= published.month - 6:
            return year + 1
        if self.told.year is None and not coming and (month, day or 0) > (published.month, published.day or 31):
            return year - 1
        return year


def _in_text(text: str, context: _Context, *, tells: bool = True) -> Iterator[tuple[int, int, str, bool]]:
    view = plain(text)
    at = 0
    for forms in expressions(view):
        for form in forms:
            if any(char in _SENTENCE_END for char in view[at : form.start]):
                context.end_sentence()
            meant = _meant(form, context, view, view[at : form.start] if at else "")
            at = form.end
            if meant is not None:
                weight = _weight(view, form.start, form.end)
                yield form.start, form.end, meant.iso, weight == "told"
                if tells:
                    explicit = not form.parts.keys().isdisjoint({"year", "era", "short", "relative_year"})
                    context.note(meant, weight, explicit=explicit)
    if any(char in _SENTENCE_END for char in view[at:]):
        context.end_sentence()


def _meant(form: Form, context: _Context, view: str, before: str) -> _Date | None:
    """The date that is meant, without a year where that is unknown; None where it is no date after all.

    ``before`` is what stands between the date in front and this one.
    """
    parts = form.parts
    if parts.keys() & {"decade", "bare_season", "fiscal"}:
        return _Date()
    if "season" in parts:
        return _Date(_relative_year(parts["season"] + "年", context))
    if "way" in parts:
        return _ago(parts, context)
    year = _year(parts, context)
    month = number(parts["month"]) if "month" in parts else None
    day = number(parts["day"]) if "day" in parts else None
    if "relative_month" in parts:
        base = _relative_month(parts["relative_month"], context)
        return _Date(year or base.year, base.month, day)
    if "relative_day" in parts and month is None:
        return _relative_day(parts["relative_day"], context, view[form.start - 1 : form.start])
    if day is not None and month is None and year is None:
        return _bare_day(day, parts.get("day_turn", ""), context, before)
    if year is None and month is not None:
        year = _bare_year(month, day, parts.get("turn", ""), context, view[form.end : form.end + 30], before)
    return _Date(year, month, day)


def _year(parts: dict[str, str], context: _Context) -> int | None:
    if "era" in parts:
        return ERAS[parts["era"]] + (number(parts["era_year"]) or 0)
    if "year" in parts:
        return number(parts["year"])
    if "short" in parts:
        return _century(number(parts["short"]) or 0, context)
    if "relative_year" in parts:
        return _relative_year(parts["relative_year"], context)
    return None


def _century(short: int, context: _Context) -> int:
    """The year of two digits: the last one that is not after the year of publication."""
    published = context.published.year or 2099
    return max((year for year in (1800 + short, 1900 + short, 2000 + short) if year <= published), default=1900 + short)


_AGAINST_PUBLICATION = {"今": 0, "本": 0, "昨": -1, "去": -1, "一昨": -2, "おととし": -2, "来": 1, "明": 1, "再来": 2}
_AGAINST_TEXT = {"翌": 1, "前": -1, "翌々": 2}


def _relative_year(word: str, context: _Context) -> int | None:
    stem = word.removesuffix("度").removesuffix("年")
    if stem in _AGAINST_PUBLICATION:
        year = context.published.year
        return None if year is None else year + _AGAINST_PUBLICATION[stem]
    if stem in _AGAINST_TEXT:
        year = context.near.year
        return None if year is None else year + _AGAINST_TEXT[stem]
    return context.last.year  # 同年


def _relative_month(word: str, context: _Context) -> _Date:
    stem = word.removesuffix("月")
    against = {"今": 0, "本": 0, "当": 0, "先": -1, "先々": -2, "来": 1}
    if stem in against:
        return context.published.plus_months(against[stem])
    if stem in _AGAINST_TEXT:
        return context.near.plus_months(_AGAINST_TEXT[stem])
    return context.last.plus_months(0)  # 同月


def _relative_day(word: str, context: _Context, before: str) -> _Date:
    stem = word.removesuffix("日")
    moved = {"翌": 1, "翌々": 2, "前": -1, "前々": -2}
    if stem not in moved:  # 同日, 当日
        return context.last if context.last.day else context.day if context.day_in_block else _Date()
    if _OF_EVENT.search(before):
        return _Date()
    base = context.near if context.near.day else context.day
    return base.plus_days(moved[stem])


def _bare_day(day: int, turn: str, context: _Context, before: str) -> _Date | None:
    """A day alone belongs to the month named last, if it ends a range, or is said to be near, or a month is told of."""
    base = context.last if _RANGE.fullmatch(before) or turn else context.told
    if base.month is None or not 1 <= day <= 31:
        return None
    crossed = turn == "翌" and base.day is not None and day < base.day
    month = base.plus_months(1 if crossed else 0)
    return _Date(month.year, month.month, day)


def _bare_year(month: int, day: int | None, turn: str, context: _Context, after: str, before: str) -> int | None:
    """The year of a month that stands without one."""
    if (_RANGE.fullmatch(before) or turn) and context.last.year is not None:
        # 5月31日から6月2日, 翌6月1日: close to the date before, perhaps across the new year.
        crossed = turn != "前" and context.last.month is not None and month < context.last.month
        return context.last.year + (1 if crossed else 0)
    return context.year_of(month, day, bool(_COMING.match(after)))


def _ago(parts: dict[str, str], context: _Context) -> _Date:
    """2年前 against publication, その4日後 against the text."""
    count = number(parts["count"]) or 0
    sign = -1 if parts["way"] == "前" else 1
    if "since" not in parts and sign > 0 and parts["unit"] in "年":
        return _Date()
    base = context.near if "since" in parts or sign > 0 else context.published
    if parts["unit"] == "年":
        return _Date(None if base.year is None else base.year + sign * count)
    if parts["unit"].endswith("月"):
        return base.plus_months(sign * count)
    days = count * (7 if parts["unit"] == "週間" else 1)
    return base.plus_days(sign * days) if "since" in parts or sign > 0 else _Date()


def _weight(view: str, start: int, end: int) -> _Weight:
    """What a date does to the time that is told of.

    "passing": nothing; it stands in brackets, before 以来, or in a clause that hangs on a noun. "frame": it opens a
    sentence about what such a clause describes (2023年1月に来日した事務総長は), which moves year and month.
    """
    before = view[max(view.rfind(char, 0, start) for char in _SENTENCE_END) + 1 : start]
    after = view[end : end + 100]
    if _open_bracket(before) or _PASSING.match(after):
        return "passing"
    word = view[start:end]
    said = _AFTER.match(after)
    rest = after[said.end() :] if said else after
    if word[0] in "今本" or _ADVERBIAL.match(rest):
        return "told"
    hanging = rest.startswith("の") or bool(_ATTRIBUTIVE.match(rest))
    if not hanging:
        return "told"
    if before.endswith(("のは、", "のが、", "のは", "のが")) or _SETTING.match(rest):
        return "told"
    if not _OPENING.match(before):
        return "passing"
    if rest.startswith("の") or ("月" in word and _EVENT.match(rest)):
        return "told"
    return "frame" if "月" in word else "passing"


def _open_bracket(sentence: str) -> bool:
    return any(sentence.rfind(opening) > sentence.rfind(closing) for opening, closing in ("（）", "「」", "『』"))
