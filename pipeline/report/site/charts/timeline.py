"""Meetings and initiatives over the years: a row for each series, a mark for each time it met."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.report.site.charts.facts import Occurrence
from pipeline.report.site.charts.say import Link, Say
from pipeline.report.site.charts.sheet import NAME, SMALL, WIDTH, Bars, Lines, Marker, Marks, Sheet, Text, Told, fitted

SHOWN = {"MEETING": 40, "INITIATIVE": 15}
"""Series that have room in the picture, those first of which most commentaries speak; the table has all."""
_SHAPES: dict[str, tuple[str, Marker]] = {"MEETING": ("meeting", "circle"), "INITIATIVE": ("initiative", "diamond")}
_LEFT, _RIGHT = 196.0, WIDTH - 14
_STRIP, _STRIP_HEIGHT = 62.0, 34.0
_ROW = 17.0
_LEAST, _MOST = 3.2, 7.5
"""Radius in points of a mark of one commentary, and of very many."""
_OLD = 0.03
"""Share of marks at most that may stand before the axis, so that one of long ago does not press together all others."""
_LONG = 40
"""Years from which on that is done."""


class _Axis(NamedTuple):
    first: int
    last: int

    def x(self, date: str) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (when(date) - self.first) / (self.last - self.first)


def when(date: str) -> float:
    """A date as a year with its fraction; of a month or a year alone, its middle."""
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    if not month:
        return year + 0.5
    return year + (month - 1 + ((day - 0.5) / 31 if day else 0.5)) / 12


def draw(found: Sequence[Occurrence], say: Say, link: Link) -> Sheet:
    """The picture of dated meetings and initiatives."""
    series: dict[str, list[list[Occurrence]]] = {label: _series(found, label) for label in SHOWN}
    shown = {label: _chosen(rows, SHOWN[label]) for label, rows in series.items()}
    rows = sum(map(len, shown.values()))
    height = _STRIP + _STRIP_HEIGHT + 24 + _ROW * rows + 30 * sum(bool(group) for group in shown.values()) + 26
    said = say(
        "timeline.said",
        meetings=len(series["MEETING"]),
        shown_meetings=len(shown["MEETING"]),
        initiatives=len(series["INITIATIVE"]),
        shown_initiatives=len(shown["INITIATIVE"]),
    )
    sheet = Sheet("timeline", WIDTH, height, say("timeline.title"), said)
    axis = _axis([one.date for group in shown.values() for row in group for one in row])
    _years(sheet, axis, height - 22)
    _strip(sheet, axis, found, say)
    y = _STRIP + _STRIP_HEIGHT + 24
    for label, group in shown.items():
        if group:
            y = _group(sheet, axis, label, group, y, say, link)
    _key(sheet, height - 8, say)
    return sheet


def _series(found: Sequence[Occurrence], label: str) -> list[list[Occurrence]]:
    rows: dict[str, list[Occurrence]] = defaultdict(list)
    for one in found:
        if one.label == label:
            rows[one.entity_id or one.name].append(one)
    return list(rows.values())


def _chosen(rows: list[list[Occurrence]], room: int) -> list[list[Occurrence]]:
    """The series spoken of by most commentaries, in the order of their first dates."""

    def weight(row: list[Occurrence]) -> tuple[int, int]:
        return -len({place.doc_id for one in row for place in one.places}), -len(row)

    return sorted(sorted(rows, key=weight)[:room], key=lambda row: row[0].date)


def _axis(dates: list[str]) -> _Axis:
    years = sorted(int(date[:4]) for date in dates) or [0]
    first = years[0]
    if years[-1] - first > _LONG:
        first = max(years[int(len(years) * _OLD)], first)
    return _Axis(first, years[-1] + 1)


def _years(sheet: Sheet, axis: _Axis, bottom: float) -> None:
    """Lines at the turn of years, with names for as many as have room."""
    a_year = (_RIGHT - _LEFT) / (axis.last - axis.first)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step * a_year >= 30)
    years = [year for year in range(axis.first, axis.last + 1) if year % step == 0]
    top = _STRIP + _STRIP_HEIGHT + 14
    sheet.add(Lines([(axis.x(f"{year}-01-01"), top + 3, axis.x(f"{year}-01-01"), bottom) for year in years], "rule"))
    for year in years:
        if year < axis.last:
            sheet.add(Text(axis.x(f"{year}-01-01"), top, str(year), "soft", SMALL, "center"))


def _strip(sheet: Sheet, axis: _Axis, found: Sequence[Occurrence], say: Say) -> None:
    """How many meetings of all series are dated in each year."""
    years = Counter(int(one.date[:4]) for one in found if one.label == "MEETING" and int(one.date[:4]) >= axis.first)
    most, a_year = max(years.values(), default=1), (_RIGHT - _LEFT) / (axis.last - axis.first)
    foot, one = _STRIP + _STRIP_HEIGHT, _STRIP_HEIGHT / most
    places = [
        (_LEFT + (year - axis.first) * a_year + 0.6, foot - one * n, a_year - 1.2, one * n)
        for year, n in sorted(years.items())
    ]
    sheet.add(Bars(places, "tint2", [Told(f"{year}: {n}") for year, n in sorted(years.items())]))
    sheet.add(Lines([(_LEFT, foot, _RIGHT, foot)], "thread"))
    sheet.add(Text(0, foot - 4, say("timeline.strip", most=most), "soft", SMALL))


def _group(
    sheet: Sheet, axis: _Axis, label: str, group: list[list[Occurrence]], y: float, say: Say, link: Link
) -> float:
    """The rows of a kind under its heading; returns where the next may begin."""
    role, shape = _SHAPES[label]
    sheet.add(Text(0, y + 14, say(f"timeline.{label.lower()}"), role, NAME + 1))
    y += 30
    for row in group:
        name, href = row[0].name, link(row[0].entity_id)
        sheet.add(Text(0, y + 3.4, fitted(name, _LEFT - 18, NAME), told=Told(name, href)))
        inside = [one for one in row if when(one.date) >= axis.first]
        before = [one for one in row if when(one.date) < axis.first]
        start = _LEFT - 8 if before else axis.x(inside[0].date)
        sheet.add(Lines([(_LEFT, y, _RIGHT, y)], "rule", 0.5))
        if len(row) > 1:
            sheet.add(Lines([(start, y, axis.x(row[-1].date) if inside else start, y)], "thread", 1.1))
        places = [(axis.x(one.date), y, _radius(one)) for one in inside]
        sheet.add(Marks(places, role, shape, told=[Told(_said(one), href) for one in inside]))
        if before:
            sheet.add(Marks([(_LEFT - 8, y, 3.6)], role, "left", told=[Told("\n".join(map(_said, before)), href)]))
        y += _ROW
    return y


def _radius(one: Occurrence) -> float:
    return radius(len({place.doc_id for place in one.places}))


def radius(documents: int) -> float:
    """Radius in points of what so many commentaries speak of."""
    return min(_MOST, _LEAST + 1.3 * math.log2(documents))


def _said(one: Occurrence) -> str:
    until = f" – {one.end_date}" if one.end_date else ""
    edition = f" ({one.edition})" if one.edition else ""
    where = f", {one.city}" if one.city else ""
    return f"{one.name}{edition}, {one.date}{until}{where}"


def _key(sheet: Sheet, y: float, say: Say) -> None:
    """What the size of marks means, under the picture."""
    sheet.add(Text(_LEFT - 18, y, say("timeline.size"), "soft", SMALL, "right"))
    x = _LEFT
    for documents in (1, 3, 10):
        sheet.add(Marks([(x, y - 3, radius(documents))], "meeting"))
        sheet.add(Text(x + 11, y, str(documents), "soft", SMALL))
        x += 44
