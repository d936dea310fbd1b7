"""The page of the tables themselves, in all their forms, and of what went wrong."""

from __future__ import annotations

from pipeline.report.site.frame import Site

FORMS = (
    "nids.xlsx",
    "nids.sqlite",
    "parquet/",
    "json/",
    "citations.json",
    "citations.bib",
    "commentaries.json",
    "commentaries.bib",
    "network.graphml",
    "spacy/",
    "datapackage.json",
)
"""What stands beside the tables for other programs, as it is named in ``strings.toml``."""


def write(site: Site) -> None:
    """Writes ``data.html``."""
    beside = site.folder.parent
    names = site.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    tables = [
        (name, site.rows(f'SELECT count(*) FROM "{name}"')[0][0])  # noqa: S608 - names of tables, no values
        for (name,) in names
        if (beside / f"{name}.csv").is_file()
    ]
    problems = site.rows("SELECT source_file, doc_id, page, severity, code, message FROM problems ORDER BY rowid")
    found = site.rows("SELECT count(*), sum(status = 'failed') FROM documents")[0]
    site.page(
        "data.html",
        "data.html",
        tables=tables,
        forms=FORMS,
        problems=problems,
        documents=found[0],
        failed=found[1] or 0,
    )
