"""Dates in running text, each with the ISO 8601 date it means where the text leaves year, month or day to context.

Three sorts of reference are told apart:

- written out: 2025年11月1日, 令和七年十一月, November 1, 2025;
- against the day of publication: 今年, 昨年5月, 先月, 2年前;
- against the text: 11月1日, 同年, 翌2023年, 前日, 同月下旬, その4日後.

Bare months and days belong to the year that the text is telling of, as `pipeline.tag.date_context` finds it. A date
that only describes something in passing (2014年に策定された三原則, anything in brackets) does not move that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.document import BODY_KINDS, Block, Document, Mention
from pipeline.tag.date_clauses import Tense, comes_home, sentence_of, tense, weight
from pipeline.tag.date_context import Context, When, when
from pipeline.tag.date_forms import Form, expressions
from pipeline.tag.labels import entity_id, mention_id
from pipeline.tag.sentences import STOPS
from pipeline.text import ERAS, narrow, number, plain


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: ``text[start:end]`` of the block, and its ISO 8601 form at the precision known, empty if unknown.

    ``told`` says that the sentence tells of that time, and does not only name it in passing (1978年に策定された指針を).
    """

    block_id: str
    start: int
    end: int
    iso: str
    told: bool = False


_RANGE = re.compile(r"(?:（[^（）]*）|午前|午後|夜)?\s?(?:から|より|~|-|―|─|—|及び|および|、|・|と)\s?")
"""What may stand between two dates that belong together: 5月31日から6月2日."""
_DEICTIC = re.compile("[今本昨去来]年|一昨年|再来年|[今本先来]月")
"""Words that count from publication: whoever uses them tells of the time around it."""
_OF_EVENT = re.compile(r"[一-龥]$|[るた]$|(?:就任|着任|当選|選出|即位|組閣|発足|辞任|改造|投票)の$")
"""In front of 前日 and 翌日: they count from what happened then (就任翌日, 表明する前日), which may have no date."""
_TITLE_YEAR = re.compile(r"(?:[0-9IVX一二三四五六七八九十第章節]{1,4}[.、 　章節]{1,2})?$")
"""What may stand in front of the year that a heading gives its section."""
_OF_SECTION = re.compile("(?:の(?!.*(?:から|まで|向け))|、|:|―|-|$)")
_URL = re.compile(r"https?://[!-~]+")


def dates(blocks: Iterable[Block], published: str) -> list[Dated]:
    """The dates in the blocks, in order; spans of one block do not overlap.

    ``blocks`` are all blocks of a document in reading order; the body's share one context, every other block (a note,
    a title) has its own. ``published`` is the day of publication, ISO 8601 at any precision, empty if unknown.
    """
    body = Context(when(published))
    found = []
    for block in blocks:
        context = body if block.kind in BODY_KINDS else Context(when(published))
        if block.kind == "heading":
            context.begin_section()
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


def _in_text(text: str, context: Context, *, tells: bool = True) -> Iterator[tuple[int, int, str, bool]]:
    view = plain(text)
    at = 0
    for forms in expressions(view):
        for form in forms:
            if any(char in STOPS for char in view[at : form.start]):
                context.end_sentence()
                if comes_home(view[at : form.start].partition("。")[2]):
                    context.come_home()
            meant = _meant(form, context, view, view[at : form.start] if at else "")
            at = form.end
            if meant is None:
                continue
            if _DEICTIC.match(view, form.start, form.end):
                context.anchor()
            how = weight(view, form.start, form.end)
            yield form.start, form.end, meant.iso, how != "passing"
            if tells:
                follows = form.parts.get("next", form.parts.get("relative_year", "")).startswith("翌")
                context.note(meant, how, sentence_of(view, form.start, form.end), follows=follows)
            elif form.parts.keys() & {"year", "era"} and _titles(view, form):
                context.tell_of(meant)
    if any(char in STOPS for char in view[at:]):
        context.end_sentence()


def _titles(heading: str, form: Form) -> bool:
    """Whether a heading names a year as what its section is about: 2014年の転換, 3. 2010年――転機."""
    return bool(_TITLE_YEAR.fullmatch(heading[: form.start])) and bool(_OF_SECTION.match(heading, form.end))


def _meant(form: Form, context: Context, view: str, before: str) -> When | None:
    """The date that is meant, without a year where that is unknown; None where it is no date after all.

    ``before`` is what stands between the date in front and this one.
    """
    parts = form.parts
    if parts.keys() & {"decade", "bare_season", "fiscal"}:
        return When()
    if "season" in parts:
        return When(_relative_year(parts["season"] + "年", context))
    if "week" in parts:
        return context.week({"先": -1, "今": 0, "来": 1}[parts["week"][0]])
    if "way" in parts:
        return When() if _OF_EVENT.search(view[max(form.start - 3, 0) : form.start]) else _ago(parts, context)
    year = _year(parts, context, view[form.end :].partition("。")[0])
    month = number(parts["month"]) if "month" in parts else None
    day = number(parts["day"]) if "day" in parts else None
    if "relative_month" in parts:
        base = _relative_month(parts["relative_month"], context)
        return When(year or base.year, base.month, day)
    if "relative_day" in parts and month is None:
        found = _relative_day(parts["relative_day"], context, view[max(form.start - 3, 0) : form.start])
        return found if day in (None, found.day) else _bare_day(day, "の", context, before)
    if day is not None and month is None and year is None:
        return _bare_day(day, parts.get("day_turn", ""), context, before)
    if year is None and month is not None:
        year = _bare_year(When(None, month, day), parts.get("turn", ""), context, view, form, before)
    return When(year, month, day)


def _year(parts: dict[str, str], context: Context, after: str) -> int | None:
    if "era" in parts:
        return ERAS[parts["era"]] + (number(parts["era_year"]) or 0)
    if "year" in parts:
        return number(parts["year"])
    if "short" in parts:
        return _century(number(parts["short"]) or 0, context)
    if "relative_year" in parts:
        return _relative_year(parts["relative_year"], context, tense(after))
    return None


def _century(short: int, context: Context) -> int:
    """The year of two digits: the last one that is not after the year of publication."""
    published = context.published.year or 2099
    return max((year for year in (1800 + short, 1900 + short, 2000 + short) if year <= published), default=1900 + short)


_AGAINST_PUBLICATION = {"今": 0, "本": 0, "昨": -1, "去": -1, "一昨": -2, "おととし": -2, "来": 1, "明": 1, "再来": 2}
_AGAINST_TEXT = {"翌": 1, "前": -1, "翌々": 2}


def _relative_year(word: str, context: Context, tense: Tense = "open") -> int | None:
    if word.startswith(("年明け", "年が")):
        return context.turn_of_year(tense)
    stem = word.removesuffix("度").removesuffix("年")
    if stem in _AGAINST_PUBLICATION:
        year = context.published.year
        return None if year is None else year + _AGAINST_PUBLICATION[stem]
    if stem in _AGAINST_TEXT:
        year = context.near.year
        return None if year is None else year + _AGAINST_TEXT[stem]
    return context.told.year or context.last.year if stem == "この" else context.last.year  # 同年


def _relative_month(word: str, context: Context) -> When:
    stem = word if word == "月末" else word.removesuffix("月")
    against = {"今": 0, "本": 0, "当": 0, "先": -1, "先々": -2, "来": 1}
    if stem in against:
        return context.published.plus_months(against[stem])
    if stem in _AGAINST_TEXT:
        return context.near.plus_months(_AGAINST_TEXT[stem])
    if stem == "月末":
        return context.month_told.plus_months(0)
    return context.same_month.plus_months(0)  # 同月


def _relative_day(word: str, context: Context, before: str) -> When:
    stem = word.removesuffix("日")
    moved = {"翌": 1, "翌々": 2, "前": -1, "前々": -2}
    if stem not in moved:  # 同日, 当日
        return context.last if context.last.day else context.day if context.day_in_block else When()
    if _OF_EVENT.search(before):
        return When()
    base = context.near if context.near.day else context.day
    return base.plus_days(moved[stem])


def _bare_day(day: int, turn: str, context: Context, before: str) -> When | None:
    """A day alone belongs to the month named last, if it ends a range, or is said to be near, or a month is told of."""
    if turn == "翌":
        following = (other for known in reversed(context.recent) if (other := known.plus_days(1)).day == day)
        if (found := next(following, None)) is not None:
            return found
    base = context.last if _RANGE.fullmatch(before) or turn else context.month_told
    if base.month is None or not 1 <= day <= 31:
        return None
    crossed = turn == "翌" and base.day is not None and day < base.day
    month = base.plus_months(1 if crossed else 0)
    return When(month.year, month.month, day)


def _bare_year(bare: When, turn: str, context: Context, view: str, form: Form, before: str) -> int | None:
    """The year of a month that stands without one."""
    last, month = context.last, bare.month or 0
    if (_RANGE.fullmatch(before) or turn) and last.year is not None:
        # 5月31日から6月2日, 翌6月1日: close to the date before, perhaps across the new year.
        crossed = turn != "前" and last.month is not None and month < last.month
        return last.year + (1 if crossed else 0)
    sentence = sentence_of(view, form.start, form.end)
    return context.year_of(bare, weight(view, form.start, form.end), tense(sentence.after), sentence)


def _ago(parts: dict[str, str], context: Context) -> When:
    """2年前 against publication, その4日後 against the text."""
    count = number(parts["count"]) or 0
    sign = -1 if parts["way"] == "前" else 1
    if "since" not in parts and sign > 0 and parts["unit"] in "年":
        return When()
    base = context.near if "since" in parts or sign > 0 else context.published
    if parts["unit"] == "年":
        return When(None if base.year is None else base.year + sign * count)
    if parts["unit"].endswith("月"):
        return base.plus_months(sign * count)
    days = count * (7 if parts["unit"] == "週間" else 1)
    return base.plus_days(sign * days) if "since" in parts or sign > 0 else When()
