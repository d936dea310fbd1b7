"""The tables as pages to read in a browser, in Japanese and English, from the disk and without a network.

``write`` makes them from the database of a folder of results, and from nothing else. Each module writes one kind of
page; `frame` holds what all share. To add a kind of page: write a module with ``write(site)`` and a template in
``templates/``, name the module in `PARTS`, and the page in `frame.NAVIGATION` if it belongs there; all words stand in
``strings.toml``, in both languages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipeline.export.forms import DATABASE
from pipeline.report.site import data, entities, index, kinds, new, reading, review, search
from pipeline.report.site.charts import pages as charts
from pipeline.report.site.frame import FOLDER, Again, Site, never_again

__all__ = ["FOLDER", "PARTS", "START", "write"]

PARTS: tuple[Callable[[Site], None], ...] = (
    index.write,
    reading.write,
    review.write,
    kinds.write,
    entities.write,
    charts.write,
    search.write,
    new.write,
    data.write,
)
"""What writes the pages, a kind each."""
START = "index.html"
"""The page beside the tables that leads to the site's own first page."""


def write(folder: Path, kept: Path | None = None, again: Again = never_again) -> None:
    """Writes ``FOLDER/index.html`` and ``FOLDER/site/`` beside the tables and ``nids.sqlite`` of a folder.

    The same tables give the same bytes. Documents are taken one at a time, so memory does not grow with them. In the
    folder ``kept``, what takes long to make is found again by the next run; ``again`` takes files that the last run
    made from the same. Raises OSError where something cannot be written.
    """
    path = (folder / DATABASE).resolve()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        site = Site(folder / FOLDER, database, kept, again)
        site.copy_static()
        for part in PARTS:
            part(site)
        (folder / START).write_text(site.start_page(), encoding="utf-8")
