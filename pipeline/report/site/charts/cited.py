"""What is cited most: a bar for each work or publisher, its dark part the commentaries that cite it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report.site.charts.facts import Cited
from pipeline.report.site.charts.say import Say
from pipeline.report.site.charts.sheet import NAME, SMALL, WIDTH, Bars, Lines, Sheet, Text, Told, fitted

SHOWN = 20
"""Bars that have room."""
_HEAD = 54.0
_ROOM = {True: 430.0, False: 210.0}
"""Points for names: those of works, which say more, and those of publishers."""
_ROW = {True: 31.0, False: 20.0}


def draw(name: str, found: Sequence[Cited], say: Say) -> Sheet:
    """The picture of what is cited most; ``name`` is ``works`` or ``publishers``, ``found`` begins with the most."""
    shown = found[:SHOWN]
    two = any(one.said for one in shown)
    left, row = _ROOM[two], _ROW[two]
    said = say(f"cited.{name}_said", all=len(found), shown=len(shown))
    sheet = Sheet(name, WIDTH, _HEAD + row * len(shown) + 8, say(f"cited.{name}"), said)
    most = max((one.citations for one in shown), default=1)
    scale = (WIDTH - left - 64) / most
    for place, one in enumerate(shown):
        y = _HEAD + row * place
        sheet.add(Text(0, y + 12, fitted(one.name, left - 14, NAME), told=Told(f"{one.name} {one.said}".strip())))
        if one.said:
            sheet.add(Text(0, y + 23.5, fitted(one.said, left - 14, SMALL), "soft", SMALL))
        told = [Told(f"{one.name}: {one.documents} / {one.citations}")]
        sheet.add(Bars([(left, y + 3, scale * one.citations, 12)], "tint2", told))
        sheet.add(Bars([(left, y + 3, scale * one.documents, 12)], "tint3", told))
        number = f"{one.documents} / {one.citations}" if one.citations > one.documents else str(one.documents)
        sheet.add(Text(left + scale * one.citations + 6, y + 12.4, number, "soft", SMALL))
    sheet.add(Lines([(left, _HEAD - 2, left, _HEAD + row * len(shown) - 2)], "thread"))
    return sheet
