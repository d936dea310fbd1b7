"""One static page: what was read, what became of it, what is wrong and what to do. No scripts, no outside files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

COUNTED = ("blocks", "footnotes", "footnote_markers", "mentions", "citations", "problems")
"""Tables whose rows are counted for each document."""

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1a1a; }
h1, h2 { line-height: 1.2; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .5rem; color: #4a4a4a; }
th, td { border-bottom: 1px solid #ccc; padding: .35rem .6rem; text-align: left; vertical-align: top; }
td.count, th.count { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: break-word; }
td.title { min-width: 16rem; }
td.date { white-space: nowrap; }
.failed, .error { color: #a40000; font-weight: bold; }
.warning { color: #7a4b00; }
"""


class Facts(Protocol):
    """What the page is made of: rows of two tables, and numbers of rows by table, for each document and in all."""

    @property
    def documents(self) -> Sequence[Mapping[str, object]]:
        """Rows of ``documents``."""

    @property
    def problems(self) -> Sequence[Mapping[str, object]]:
        """Rows of ``problems``."""

    @property
    def counts(self) -> Sequence[Mapping[str, int]]:
        """For each document in turn, its number of rows by table."""

    @property
    def totals(self) -> Mapping[str, int]:
        """Number of rows by table."""


def page(facts: Facts) -> str:
    """The whole page as HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Commentaries as tables</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Commentaries as tables</h1>\n<p>{_sentence(facts)}</p>\n"
        f"{_documents(facts)}{_problems(facts)}{_tables(facts)}</body>\n</html>\n"
    )


def _sentence(facts: Facts) -> str:
    total = len(facts.documents)
    failed = sum(row["status"] == "failed" for row in facts.documents)
    found = f"{total} PDF{'' if total == 1 else 's'} found"
    return f"{found}; {failed} could not be read." if failed else f"{found}; none failed."


def _documents(facts: Facts) -> str:
    head = "".join(f"<th scope='col' class='count'>{escape(_words(name))}</th>" for name in COUNTED)
    rows = "".join(
        f"<tr><th scope='row'>{_text(row['source_file'])}</th><td class='title'>{_text(row['title'])}</td>"
        f"<td class='date'>{_text(row['published'])}</td><td class='{_text(row['status'])}'>{_text(row['status'])}</td>"
        + "".join(f"<td class='count'>{counts.get(name, 0)}</td>" for name in COUNTED)
        + "</tr>\n"
        for row, counts in zip(facts.documents, facts.counts, strict=True)
    )
    return (
        "<h2>Documents</h2>\n<div class='wide'><table>\n<caption>Every PDF found, with its number of rows in each table"
        "</caption>\n<thead><tr><th scope='col'>File</th><th scope='col'>Title</th><th scope='col'>Published</th>"
        f"<th scope='col'>Status</th>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _problems(facts: Facts) -> str:
    if not facts.problems:
        return "<h2>Problems</h2>\n<p>None.</p>\n"
    rows = "".join(
        f"<tr><th scope='row'>{_text(row['source_file'])}</th><td class='count'>{_text(row['page'])}</td>"
        f"<td class='{_text(row['severity'])}'>{_text(row['severity'])}</td><td>{_text(row['message'])}</td></tr>\n"
        for row in facts.problems
    )
    return (
        "<h2>Problems</h2>\n<div class='wide'><table>\n<caption>What happened, and what to do about it</caption>\n"
        "<thead><tr><th scope='col'>File</th><th scope='col' class='count'>Page</th><th scope='col'>Severity</th>"
        f"<th scope='col'>Message</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _tables(facts: Facts) -> str:
    rows = "".join(
        f"<tr><th scope='row'><a href='{escape(name)}.csv'>{escape(name)}.csv</a></th>"
        f"<td class='count'>{total}</td></tr>\n"
        for name, total in facts.totals.items()
    )
    return (
        "<h2>Tables</h2>\n<table>\n<caption>Described in <a href='datapackage.json'>datapackage.json</a></caption>\n"
        "<thead><tr><th scope='col'>Table</th><th scope='col' class='count'>Rows</th></tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: object) -> str:
    return "" if value is None else escape(str(value))
