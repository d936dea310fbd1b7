"""The forms that dates take in Japanese: where one stands and what it names, before anyone asks which year is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.text import ERAS, western_dates


class Form(NamedTuple):
    """An expression ``view[start:end]`` and its parts by name.

    Numbers as printed: ``year``, ``era`` with ``era_year``, ``month``, ``day``; ``short``, the last two digits of a
    year. ``turn`` and ``day_turn``: 翌, 前 or 同 before month or day. Words: ``relative_year`` (同年),
    ``relative_month``, ``relative_day``, ``season`` (今 of 今秋), ``week``. その4日後 is ``since``, ``count``,
    ``unit``, ``way``. ``decade``, ``bare_season`` and ``fiscal`` are there where no ISO date can be given.
    """

    start: int
    end: int
    parts: dict[str, str]


_N = "[0-9]{1,3}|[〇一二三四五六七八九十百]{1,5}"
_YEAR4 = "(?:1[5-9]|20|21)[0-9]{2}|[一二][〇一二三四五六七八九]{3}"
_YEAR2 = "[0-9]{2}|[〇一二三四五六七八九]{2}"
"""The last two digits of a year: 翌96年, 98年8月, 05年の, 76年に. Elsewhere two digits count years."""
_ASIDE = "（[^（）年]{1,8}"
"""A second calendar in brackets: 2025（令和7）年, 2019年（令和元年）5月."""
_YEAR = (
    rf"(?:(?P<era>{'|'.join(ERAS)})(?P<era_year>[0-9]{{1,2}}|[〇一二三四五六七八九十元]{{1,3}})"
    rf"|(?P<next>翌|前)?(?P<year>{_YEAR4}))(?: ?年|{_ASIDE}）年)(?:{_ASIDE}年?）(?=(?:{_N})月))?"
    rf"|(?:翌|前)(?P<short>{_YEAR2})年|(?P<short2>{_YEAR2})年(?=(?:{_N})月(?!間))|(?P<short3>0[0-9])年(?!間|ぶり)"
    r"|(?P<short4>[4-9][1-9])年(?=に(?!わた|及)|以降|の(?!歴史|節目|間|伝統|時|長|歳月))"
    "|(?P<relative_year>一昨年|おととし|再来年|翌々年|去年|明年|同じ年|[今本昨来翌前同]年度?"
    "|年明け(?:早々)?|年が(?:明け|改ま|変わ)[っりるて]{0,2}[とたも]?"
    "|[そこ]の年(?=の[0-9一二三四五六七八九十春夏秋冬暮末])|この年(?=に|、|は|も))"
)
_MONTH = (
    rf"(?P<turn>[翌前同])? ?(?P<month>{_N}) ?月"
    "|(?P<relative_month>同じ月|先々月|翌々月|[同今本当先前来翌]月|(?<![今先来同翌前当本毎])月末(?=[にのは、]|まで))"
)
_NO_DAY = r"(?!間|ぶり|目|以内|連続|余|程度|ほど|[数分後]|前(?!後)|本人|米[^国中韓豪英印比])"
_NO_RELATIVE_DAY = r"(?!本|米[韓中豪印英比安同関首]|中[韓関]|[韓朝豪英印比]|の[0-9〇一二三四五六七八九十]{1,4} ?[年月])"
"""前日米首脳 is 前 + 日米; in 前日の5月2日 the date itself says it."""
_DAY = (
    rf"(?P<relative_day2>翌々日|前々日|[同当翌前]日)の(?P<day2>{_N}) ?日"
    rf"|(?P<day_turn>[翌前同の])? ?(?P<day>{_N}) ?日{_NO_DAY}"
    rf"|(?P<relative_day>同じ日|[こそ]の日(?=[、はのにも])|翌々日|前々日|[同当翌前]日){_NO_RELATIVE_DAY}"
)
_PART = "[上中下初]旬|初め|始め|はじめ|初頭|暮れ?|半ば|なかば|中頃|中盤|後半|前半|末|[春夏秋冬]"
_DECADE = "(?P<decade>[12][0-9]{2}0年代|[0-9]{2}世紀|[一二十]{1,3}世紀)"
_SEASON = "(?P<season>[今昨来翌同])年?[春夏秋冬](?![一-龥])"
_BARE_SEASON = "(?<![一-龥々])(?P<bare_season>[春夏秋冬])(?=に|、|は|から|まで|ごろ|頃)"
_AGO = (
    rf"(?P<since>その|この)?(?:わずか|約|およそ|ほぼ)?(?P<count>{_N})(?P<unit>年|[かカヶケヵ]月|週間|日)"
    r"(?P<way>前|後)(?!半|後|者|述|提|の[0-9]+月)"
)
_MONTH_AND = rf"(?:{_MONTH})(?:(?:{_DAY})|の?(?:{_PART}))?"
_FORM = re.compile(
    rf"(?<![0-9.第約〇一二三四五六七八九十百])(?<!毎年)(?<!例年)(?:{_DECADE}(?:{_PART})?"
    rf"|(?:{_YEAR})(?P<fiscal>度)?(?:の?(?:{_MONTH_AND})|の?(?:{_PART}))?"
    rf"|(?:{_MONTH_AND.replace('?P<', '?P<b_')})"
    rf"|{_SEASON}|{_BARE_SEASON}|(?P<week>[今先来]週)(?!末)|{_AGO}|(?:{_DAY.replace('?P<', '?P<c_')}))"
)
"""``b_`` and ``c_`` tell apart what may stand in several branches."""
_SHORT_RANGE = re.compile(
    rf"(?:(?P<year>{_YEAR4})年(?:（[^（）]{{1,8}}）)?)?(?P<month>{_N})月(?P<day>{_N})日?(?P<between>[~、・/-])(?P<last>{_N})両?日"
)
"""11月1~3日, 6月7、8両日: the first day may lack its 日."""
_YEAR_RANGE = re.compile(rf"(?<![0-9])(?P<year>{_YEAR4})(?P<between>[~-])(?P<last>{_YEAR4}|[0-9]{{2}})年(?!代)")
_NO_DATE = re.compile(
    "年(?:間|ぶり|連続|来の|余り|以内)|月(?:間|面|刊|例|号|期)"
    "|(?<=年)(?:戦略|計画|ビジョン|構想|目標|アジェンダ|プラン)"
)
"""What follows a number and makes it a duration, or a year part of a name."""


def expressions(view: str) -> Iterator[list[Form]]:
    """What may be dates, from left to right; a short range (11月1~3日) is two together.

    ``view`` is `pipeline.text.plain` of a text, and offsets count in it.
    """
    western = [
        Form(start, end, dict(zip(("year", "month", "day"), iso.split("-"), strict=False)))
        for iso, start, end in western_dates(view)
    ]
    options = [[form] for form in western]
    for pattern in (_SHORT_RANGE, _YEAR_RANGE, _FORM):
        options += _found(pattern, view)
    at = 0
    for forms in sorted(options, key=lambda forms: (forms[0].start, -forms[-1].end)):
        if forms[0].start >= at:
            yield forms
            at = forms[-1].end


def _found(pattern: re.Pattern[str], view: str) -> Iterator[list[Form]]:
    """What a pattern finds that is no duration and no part of a name."""
    for match in pattern.finditer(view):
        if not _NO_DATE.match(view, match.end() - 1) and not _NO_DATE.match(view, match.end()):
            yield _forms(match)


_PART_NAME = re.compile(r"^[bc]_|[0-9]$")


def _forms(match: re.Match[str]) -> list[Form]:
    parts = {_PART_NAME.sub("", name): value for name, value in match.groupdict().items() if value}
    if match.re is _FORM:
        return [Form(match.start(), match.end(), parts)]
    last, _ = parts.pop("last"), parts.pop("between")
    if match.re is _YEAR_RANGE:
        second = {"year": parts["year"][:2] + last if len(last) == 2 else last}
    else:
        second = {"day": last}
    return [Form(match.start(), match.start("between"), parts), Form(match.start("last"), match.end(), second)]
