"""Sheets as SVG and PNG, by matplotlib. Importing this takes about a second: done only when something is drawn."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from pipeline.report.site.charts import svg
from pipeline.report.site.charts.drawn import Picture
from pipeline.report.site.charts.palette import LIGHT
from pipeline.report.site.charts.sheet import HEAD, Bars, Item, Marks, Sheet, Text, Told, Words

LANGUAGES = ("ja", "en")
_INCH = 72
MARGIN = 16
"""Points of white around a picture in a file."""
_DOTS = 180
"""Pixels an inch of the PNG: enough for print at the width of a page."""
_MARKERS = {"circle": "o", "square": "s", "diamond": "D", "left": "<"}
_AREA = {"circle": 4.0, "square": 3.2, "diamond": 2.6, "left": 4.0}
"""A marker's area (matplotlib's ``s``, of its box) in squared radii, so that shapes of one radius look alike."""
_MISSING = "〓"
"""What printers set for a character that their type lacks."""
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’")
"""An apostrophe in English, which Japanese type makes as wide as a kanji."""


def picture(sheet: Sheet) -> Picture:
    """Draws a sheet. The same sheet gives the same bytes."""
    with mpl.rc_context(), warnings.catch_warnings():
        # What somebody set on this machine is for their own figures.
        mpl.rcdefaults()
        mpl.rcParams.update(_settings())
        # A page has other fonts for what these lack, and a PNG has 〓.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        drawn = _Drawn(sheet)
        whole = drawn.svg()
        files = {f".{language}.svg": svg.file(whole, language) for language in LANGUAGES}
        files |= {f".{language}.png": drawn.png(language) for language in LANGUAGES}
        return Picture(svg.inside(whole, drawn.told, (MARGIN, MARGIN + HEAD, sheet.width, sheet.height - HEAD)), files)


def font_path() -> Path:
    """The Japanese font that a package brings along, so that no machine lacks it."""
    # Not imported: that would change matplotlib's settings for good.
    found = find_spec("matplotlib_fontja")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib-fontja")
    return Path(found.submodule_search_locations[0]) / "fonts" / "ipaexg.ttf"


def _settings() -> dict[Any, Any]:
    path = str(font_path())
    name = FT2Font(path).family_name
    if not any(font.fname == path for font in fontManager.ttflist):
        fontManager.addfont(path)
        # Before the machine's own of that name, so that all machines draw alike.
        fontManager.ttflist.insert(0, fontManager.ttflist.pop())
    return {
        "font.family": [name, "DejaVu Sans"],  # the second comes with matplotlib and has letters that the first lacks
        "svg.fonttype": "none",
        "svg.hashsalt": "commentaries",
    }


class _Drawn:
    """A figure of a sheet; ``told`` says what groups of the SVG tell, by their id."""

    def __init__(self, sheet: Sheet) -> None:
        self.told: dict[str, Sequence[Told]] = {}
        self._haloed: list[Artist] = []
        size = ((sheet.width + 2 * MARGIN) / _INCH, (sheet.height + 2 * MARGIN) / _INCH)
        self._figure = Figure(size)
        self._figure.patch.set_visible(False)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set(xlim=(-MARGIN, sheet.width + MARGIN), ylim=(sheet.height + MARGIN, -MARGIN))
        self._words: dict[str, list[Artist]] = {language: [] for language in LANGUAGES}
        for head in sheet.head():
            self._add(head, svg.HEAD)
        for depth, item in enumerate(sheet.items):
            self._add(item, depth)

    def svg(self) -> bytes:
        """All of it, in both languages, one over the other."""
        target = io.BytesIO()
        # Nothing of the day, the machine or the version.
        metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self._figure.savefig(target, format="svg", metadata=metadata)
        return target.getvalue()

    def png(self, language: str) -> bytes:
        """The picture in one language, on white."""
        for other, texts in self._words.items():
            for text in texts:
                text.set_visible(other == language)
        for text in self._axes.texts:
            text.set_text(_printable(text.get_text()))
        self._figure.patch.set_visible(True)
        for text in self._haloed:
            # Only now: in SVG, effects would make outlines of letters.
            text.set_path_effects([withStroke(linewidth=svg.HALO_WIDTH, foreground=LIGHT["paper"])])
        target = io.BytesIO()
        self._figure.savefig(target, format="png", dpi=_DOTS, facecolor=LIGHT["paper"], metadata={"Software": None})
        return target.getvalue()

    def _add(self, item: Item, depth: int) -> None:
        if isinstance(item, Text):
            self._add_text(item, depth)
        elif isinstance(item, Marks):
            if item.places:
                self._tell(self._marks(item, depth), item.told)
        elif isinstance(item, Bars):
            shapes = [Rectangle((x, y), wide, high) for x, y, wide, high in item.places]
            bars = PatchCollection(shapes, facecolor=LIGHT[item.role], edgecolor="none", zorder=depth, clip_on=False)
            self._tell(self._axes.add_collection(bars), item.told)
        else:
            ends = [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in item.places]
            style = (0, item.dashes) if item.dashes else "solid"
            lines = LineCollection(ends, colors=LIGHT[item.role], linewidths=item.width, linestyles=style, zorder=depth)
            lines.set_clip_on(False)
            self._axes.add_collection(lines)

    def _marks(self, item: Marks, depth: int) -> Artist:
        x, y, radius = zip(*item.places, strict=True)
        fill, edge = (LIGHT["paper"], LIGHT[item.role]) if item.hollow else (LIGHT[item.role], LIGHT["paper"])
        return self._axes.scatter(
            x,
            y,
            s=[_AREA[item.shape] * r * r for r in radius],
            c=fill,
            edgecolors=edge,
            linewidths=1.2 if item.hollow else 0.7,
            marker=_MARKERS[item.shape],
            zorder=depth,
            clip_on=False,
        )

    def _add_text(self, item: Text, depth: int) -> None:
        if isinstance(item.text, Words):
            for language, text in zip(LANGUAGES, item.text, strict=True):
                written = self._text(item, text, depth)
                written.set_gid(f"{language}-{depth}")
                self._words[language].append(written)
        else:
            written = self._text(item, item.text, depth)
            if item.told:
                self._tell(written, [item.told], svg.HALO if item.halo else "")
            if item.halo:
                self._haloed.append(written)

    def _text(self, item: Text, text: str, depth: int) -> Artist:
        return self._axes.text(
            item.x,
            item.y,
            _APOSTROPHE.sub("'", text),
            color=LIGHT[item.role],
            fontsize=item.size,
            ha=item.align,
            va="baseline",
            rotation=item.turn,
            rotation_mode="anchor",
            zorder=depth,
            parse_math=False,
        )

    def _tell(self, artist: Artist, told: Sequence[Told], mark: str = "") -> None:
        """Gives an artist an id by which `svg` knows what its shapes tell."""
        if told:
            gid = f"told-{len(self.told)}{mark}"
            artist.set_gid(gid)
            self.told[gid] = told


@cache
def _known() -> frozenset[int]:
    """Characters that the fonts have."""
    paths = (str(font_path()), findfont("DejaVu Sans"))
    return frozenset(code for path in paths for code in FT2Font(path).get_charmap())


def _printable(text: str) -> str:
    return "".join(character if ord(character) in _known() else _MISSING for character in text)
