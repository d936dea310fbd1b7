"""Who took part in which meetings, and when: people down the side, meetings along the top, years where they meet."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.report.site.charts.facts import Deed
from pipeline.report.site.charts.say import Link, Say
from pipeline.report.site.charts.sheet import NAME, SMALL, WIDTH, Bars, Lines, Sheet, Text, Told, fitted, width_of

PEOPLE, MEETINGS = 44, 18
"""People and meetings that have room in the picture, those first that took part, or were attended, most often."""
PRESENCE = ("attended", "chaired", "hosted")
"""Predicates that say that somebody was there."""
_LEFT = 186.0
_TURN, _NAME_ROOM = 64.0, 150.0
"""Degrees by which names of meetings are turned, and the points that they may be long."""
_HEAD = 50 + _NAME_ROOM * math.sin(math.radians(_TURN))
_RIGHT = WIDTH - _NAME_ROOM * math.cos(math.radians(_TURN))
_ROW = 18.0
_WIDEST = 58.0
"""Points that a column may be wide where there are few."""
_TINTS = ("tint1", "tint2", "tint3")
_ON_TINTS = ("ink", "ink", "on_tint3")


def draw(found: Sequence[Deed], say: Say, link: Link) -> Sheet:
    """The picture of who took part in what."""
    present = [deed for deed in found if deed.predicate in PRESENCE]
    meetings, people = _chosen(present)
    wide = min(_WIDEST, (_RIGHT - _LEFT) / max(1, len(meetings)))
    said = say(
        "attendance.said",
        meetings=len({deed.meeting_id for deed in present}),
        shown_meetings=len(meetings),
        people=len({deed.who_id for deed in present}),
        shown_people=len(people),
    )
    sheet = Sheet("attendance", WIDTH, _HEAD + _ROW * len(people) + 40, say("attendance.title"), said)
    columns = {meeting: _LEFT + wide * (place + 0.5) for place, meeting in enumerate(meetings)}
    rows = {who: _HEAD + _ROW * (place + 0.5) for place, who in enumerate(people)}
    foot = _HEAD + _ROW * len(people)
    sheet.add(Lines([(0, y + _ROW / 2, _LEFT + wide * len(columns), y + _ROW / 2) for y in rows.values()], "rule", 0.5))
    sheet.add(Lines([(x, _HEAD, x, foot) for x in columns.values()], "rule", 0.5))
    _names(sheet, present, columns, rows, link)
    _cells(sheet, present, columns, rows, wide)
    _key(sheet, foot + 30, say)
    return sheet


def _chosen(present: Sequence[Deed]) -> tuple[list[str], list[str]]:
    """Meetings and people by id, each in the order of their first dates, so that the cells run down a diagonal."""
    attended = Counter(deed.meeting_id for deed in present)
    meetings = {meeting for meeting, _ in attended.most_common(MEETINGS)}
    attending = Counter(deed.who_id for deed in present if deed.meeting_id in meetings)
    people = {who for who, _ in attending.most_common(PEOPLE)}
    shown = [deed for deed in present if deed.meeting_id in meetings and deed.who_id in people]
    # Undated deeds stand last in the facts.
    return list(dict.fromkeys(deed.meeting_id for deed in shown)), list(dict.fromkeys(deed.who_id for deed in shown))


def _names(
    sheet: Sheet, present: Sequence[Deed], columns: dict[str, float], rows: dict[str, float], link: Link
) -> None:
    meetings = {deed.meeting_id: deed.meeting for deed in present}
    people = {deed.who_id: (deed.who, deed.country) for deed in present}
    for meeting, x in columns.items():
        told = Told(meetings[meeting], link(meeting))
        sheet.add(Text(x + 3, _HEAD - 6, fitted(told.text, _NAME_ROOM, NAME), turn=_TURN, told=told))
    for who, y in rows.items():
        name, country = people[who]
        shown = fitted(name, _LEFT - 44, NAME)
        sheet.add(Text(0, y + 3.4, shown, told=Told(name, link(who))))
        sheet.add(Text(width_of(shown, NAME) + 6, y + 3.4, country, "soft", SMALL - 1))


def _cells(
    sheet: Sheet, present: Sequence[Deed], columns: dict[str, float], rows: dict[str, float], wide: float
) -> None:
    cells: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in present:
        if deed.meeting_id in columns and deed.who_id in rows:
            cells[deed.meeting_id, deed.who_id].append(deed)
    size = min(SMALL, (wide - 3) / 2.4)
    for (meeting, who), there in cells.items():
        x, y = columns[meeting], rows[who]
        times = len({deed.date or deed.edition for deed in there})
        shade = min(times, len(_TINTS)) - 1
        sheet.add(Bars([(x - wide / 2 + 1, y - _ROW / 2 + 1, wide - 2, _ROW - 2)], _TINTS[shade], [Told(_said(there))]))
        sheet.add(Text(x, y + 3, _years(there, wide, size), _ON_TINTS[shade], size, "center"))
        if any(deed.predicate != "attended" for deed in there):
            sheet.add(Bars([(x - wide / 2 + 1, y + _ROW / 2 - 3, wide - 2, 2)], "minister"))


def _years(there: list[Deed], wide: float, size: float) -> str:
    years = sorted({deed.date[:4] for deed in there if deed.date})
    if len(years) < 2:
        return years[0] if years else "·"
    both = f"{years[0]}–{years[-1][2:]}"
    return both if width_of(both, size) < wide - 2 else f"{years[0][2:]}–{years[-1][2:]}"


def _said(there: list[Deed]) -> str:
    first = there[0]
    days = ", ".join(dict.fromkeys(deed.date or f"({deed.edition or '?'})" for deed in there))
    return f"{first.who} – {first.meeting}: {days}"


def _key(sheet: Sheet, y: float, say: Say) -> None:
    x = _LEFT
    for times, tint in enumerate(_TINTS, 1):
        words = say("attendance.more" if times == len(_TINTS) else "attendance.times", n=times)
        sheet.add(Bars([(x, y - 9, 14, 11)], tint), Text(x + 19, y, words, "soft", SMALL))
        x += 62
    x += 40
    sheet.add(Bars([(x, y - 9, 14, 11)], "tint1"), Bars([(x, y, 14, 2)], "minister"))
    sheet.add(Text(x + 19, y, say("attendance.chaired"), "soft", SMALL))
