"""What a text has said of time so far, and which year it means by a month that stands without one.

A month without a year belongs to the year that the text is telling of, or to the year around publication (the last such
month before it, the next one where something is planned). A text goes on telling of a year until it names another;
but where it only looked back from the present, an earlier year ends with the sentence, and the telling comes home.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.tag.date_clauses import Sentence, Tense, Weight

_HALF_A_YEAR = 6
_BACK_A_LITTLE = 2


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision known; empty without a year, or where there is no such day."""
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

    def plus_days(self, days: int) -> When:
        """This day and so many more; nothing where no day is known."""
        if self.year is None or self.month is None or self.day is None or not self.iso:
            return When()
        other = date(self.year, self.month, self.day) + timedelta(days)
        return When(other.year, other.month, other.day)

    def plus_months(self, months: int) -> When:
        """The month so many after this one's."""
        if self.year is None or self.month is None:
            return When()
        at = self.year * 12 + self.month - 1 + months
        return When(at // 12, at % 12 + 1)


def when(iso: str) -> When:
    """A date of ISO 8601 at any precision."""
    numbers = [int(part) for part in iso.split("-")] if iso else []
    return When(*numbers[:3])


@dataclass(frozen=True)
class _Thread:
    """A year that is told of: its date named last, where, in how many dates, and whether the text only looked back."""

    last: When
    block: int
    section: int
    dates: int = 1
    looks_back: bool = False
    about: bool = False

    @property
    def year(self) -> int:
        """The year that is told of."""
        return self.last.year or 0


@dataclass
class Context:
    """What has been said so far.

    ``told`` is the time that the text tells of, ``day`` the last day told of, ``last`` the date named last, which 同年
    means. Of a sentence that has ended, ``last`` is the last date told of, if any is.
    """

    published: When
    told: When = field(default_factory=When)
    day: When = field(default_factory=When)
    last: When = field(default_factory=When)
    in_sentence: bool = False
    day_in_block: bool = False
    recent: list[When] = field(default_factory=list)
    _settled: When = field(default_factory=When)
    _settled_told: bool = False
    _passing: bool = False
    _ahead: int | None = None
    _home: When = field(default_factory=When)
    _thread: _Thread | None = None
    _seen: dict[tuple[int, int], int] = field(default_factory=dict)
    _block: int = 0
    _section: int = 0
    _told_here: list[int] = field(default_factory=list)
    _history: bool = False
    _sections: dict[int, int] = field(default_factory=dict)
    """The years that were told of, and the last section that did."""

    def note(self, found: When, weight: Weight, sentence: Sentence, *, follows: bool = False) -> None:
        """A date was named in a sentence; ``follows`` says that it takes the telling on (翌年), however it hangs."""
        weight = "told" if follows else weight
        if found.year is None:
            return
        latest = self.published.year or found.year
        told = weight != "passing"
        if found.year <= latest:
            if told or not self._settled_told:
                self._settled, self._settled_told = found, told
        elif told:
            self._ahead = found.year
        self.last, self.in_sentence, self._passing = found, True, weight != "told"
        self.recent.append(found)
        if found.month and found.day and found.iso and found.year <= latest:
            self._seen[found.month, found.day] = found.year
        if told and found.year <= latest:
            self.told = found
            self._tell(found, looks_back=sentence.looks_back and not follows, about=sentence.about)
        if weight == "told" and found.day is not None:
            self.day = found
            self.day_in_block = True

    def tell_of(self, found: When) -> None:
        """A heading says which year its section is about."""
        if found.year is not None and found.year <= (self.published.year or found.year):
            self._thread = _Thread(found, self._block, self._section)

    def _tell(self, found: When, *, looks_back: bool, about: bool) -> None:
        thread = self._thread
        same = thread is not None and thread.year == found.year and thread.section == self._section
        dates = thread.dates + 1 if same and thread is not None else 1
        looks_back = looks_back and (not same or thread is None or thread.looks_back)
        self._thread = _Thread(found, self._block, self._section, dates, looks_back, about)
        self._sections[found.year or 0] = self._section
        self._told_here.append(found.year or 0)
        if found.month and (found.year or 0) >= (self.published.year or 0) - 1:
            self._home = found

    def anchor(self) -> None:
        """A word was used that counts from publication."""
        if self.published.year is not None:
            self._sections[self.published.year] = self._section

    def come_home(self) -> None:
        """The text comes back from a year told of to the time of publication, without a date."""
        self._thread = None

    def end_sentence(self) -> None:
        """A sentence ends. A year to come is meant by 同年 in its own sentence only."""
        self.in_sentence = self._settled_told = False
        self.last = self._settled

    def end_block(self) -> None:
        """A block ends."""
        self.end_sentence()
        self._block += 1
        self.day_in_block = False
        self._ahead = None
        self.recent.clear()

    def begin_section(self) -> None:
        """A heading begins; what was told under the last one shows whether the text is a history."""
        self._section += 1
        if self._told_here:
            self._history = len(self._told_here) > 2 and not any(map(self._is_home, self._told_here))
        self._told_here.clear()

    def _is_home(self, year: int) -> bool:
        return self.published.year is not None and year >= self.published.year - 1

    @property
    def near(self) -> When:
        """What 前年 and 翌日 count from: the date named in this sentence, else the time told of."""
        return self.last if self.in_sentence else self.told if self.told.year else self.published

    @property
    def month_told(self) -> When:
        """The month that a day alone belongs to: that told of, but not one looked back at in an earlier section."""
        told, thread = self.told, self._thread
        near = thread is not None and thread.section == self._section and not thread.looks_back
        here = thread is None or near or self._is_home(thread.year)
        return told if here else self._home if self._home.month else self.published

    @property
    def same_month(self) -> When:
        """What 同月 means: the date named last, but not one of another year that a sentence before named in passing."""
        aside = self._passing and not self.in_sentence and self.last.year != self.told.year
        return self.told if aside and self.told.month else self.last

    def week(self, away: int) -> When:
        """The month of the week so many after that of publication; nothing where it may be another."""
        first, last = (self.published.plus_days(7 * away + n) for n in ((1, 6) if away > 0 else (-6, 0)))
        return first.plus_months(0) if first.month == last.month else When()

    def turn_of_year(self, tense: Tense) -> int | None:
        """The year that begins by 年明けに, 年が改まると: the one after that told of."""
        year = self.near.year
        if year is None or self.published.year is None:
            return None if year is None else year + 1
        return min(year + 1, self.published.year + (tense in ("coming", "ahead", "present")))

    def year_of(self, found: When, weight: Weight, tense: Tense, sentence: Sentence) -> int | None:
        """The year of a date without one; None where nothing tells."""
        thread = self._thread
        if self.in_sentence and self.last.year is not None and not self._only_describes(found, tense):
            return self.last.year
        home = self._around(found, tense)
        if tense == "coming" and not sentence.goes_on:
            return self._ahead or home
        if tense in ("ahead", "present") and self._ahead is not None:
            return self._ahead
        if thread is None or home is None:
            return home if thread is None else thread.year
        if sentence.is_latest:
            return home
        if thread.year == home:
            return home
        if self.last.year == thread.year + 1 and self.last.month is None and not self._later(found, thread.last):
            return self.last.year  # 翌年の政権交代を待った。5月に
        known = self._seen.get((found.month or 0, found.day or 0))
        if known is not None and thread.block != self._block:
            return known
        if self._goes_on(thread, home, found, weight, sentence):
            return thread.year
        return known or home

    def _only_describes(self, found: When, tense: Tense) -> bool:
        """Whether the year named in passing in this sentence only describes something, and is not the date's."""
        thread, published = self._thread, self.published.year
        if not self._passing or thread is None or published is None:
            return False
        if self.last.month is not None:
            told = thread.year == self.last.year and thread.dates > 1 and tense != "ahead"
            return not told and not self._later(found, self.last)
        return thread.section == self._section and thread.year >= published - 1 and thread.year != self.last.year

    def _around(self, found: When, tense: Tense) -> int | None:
        """The year of the last such month before publication, or of the next one."""
        published = self.published
        if published.year is None or published.month is None or found.month is None:
            return published.year
        later = (found.month, found.day or 0) > (published.month, published.day or 31)
        if tense == "coming":
            return published.year + (found.month < published.month)
        if tense in ("ahead", "present"):
            # 5月に衝突が起こる。 told among what happened this year is no plan.
            here = self._thread is not None and self._thread.block == self._block
            told = tense == "present" and here and self.told.year == published.year
            return published.year + (found.month <= published.month - _HALF_A_YEAR and not told)
        if later and tense == "open" and self.told.year == published.year:
            return published.year
        return published.year - later

    def _goes_on(self, thread: _Thread, home: int, found: When, weight: Weight, sentence: Sentence) -> bool:
        """Whether a date without a year still belongs to the year told of, and not to the one around publication."""
        here = thread.section == self._section
        told = {year for year, section in self._sections.items() if section == self._section}
        goes_on = thread.dates > (1 if self._history else 2)
        score = 2 if here or (goes_on and self._history) else 2 * goes_on - 1
        score += (thread.dates > 1) * (1 + (here and told <= {thread.year})) + thread.about + sentence.goes_on
        score -= (home in told) + (thread.block != self._block)
        if thread.looks_back and not sentence.goes_on:
            score -= 3
        elif self._later(found, thread.last) or sentence.goes_back:
            score += 3 * (not any(map(self._is_home, self._sections)))
        if not self._later(found, thread.last) and not sentence.goes_back:
            score -= 1 if weight == "passing" else 2
            # From December to February a year ends; from July to June the text goes back a month.
            onward = (thread.last.month or 0) - (found.month or 0) > _BACK_A_LITTLE
            score -= 2 * (onward and weight != "passing" and home == thread.year + 1)
        return score > 0

    @staticmethod
    def _later(found: When, known: When) -> bool:
        """Whether a date without a year may follow another in the other's year."""
        return known.month is None or (found.month or 0, found.day or 31) >= (known.month, known.day or 0)
