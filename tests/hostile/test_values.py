"""Whatever characters a PDF and its name hold, each form of the tables says the same and does nothing."""

from __future__ import annotations

import csv
import html.parser
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import networkx
import openpyxl
import pytest
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from tests.hostile.hostile_files import wild_characters
from tests.hostile.test_hostile import pipeline

NAME = "=cmd|' \\C calc'!A0 \"><img src=x onerror=alert(1)>\n\u202e.pdf"
TABLES = ("documents", "blocks", "mentions", "entities", "citations", "works", "problems", "initiatives")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("values")
    (folder / "raw").mkdir()
    (folder / "raw" / NAME).write_bytes(wild_characters())
    said = pipeline(folder / "raw", folder / "output")
    assert said.returncode == 0, said.stderr
    assert said.stdout.isprintable() or said.stdout.count("\n") == 1
    return folder / "output"


def table(output: Path, name: str) -> list[dict[str, str]]:
    with (output / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_tables_hold_what_is_printed_and_nothing_that_no_text_can_hold(output: Path) -> None:
    texts = "".join(row["text"] for row in table(output, "blocks"))
    for wild in ('=HYPERLINK("x")<script>', "\u202e", "\u2066", "{=cmd|'/C calc'!A0}", "DROP TABLE", "]]>", "&amp;"):
        assert wild in texts
    whole = b"".join(path.read_bytes() for path in output.glob("*.csv")).decode()
    assert not set(whole) & {"\0", "\x1f", "\ufffe", "\r", "\x85"}
    assert (table(output, "documents")[0]["source_file"], table(output, "works")[0]["title"][:4]) == (NAME, "<img")
    assert "\nonmouseover" not in whole
    assert any(row["name"].startswith("<b onmouseover") for row in table(output, "entities"))


def test_json_says_the_same(output: Path) -> None:
    (path,) = (output / "json").iterdir()
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [row["text"] for row in found["blocks"]] == [row["text"] for row in table(output, "blocks")]
    assert found["document"]["source_file"] == NAME


@pytest.mark.parametrize("name", TABLES)
def test_database_and_parquet_say_the_same(output: Path, name: str) -> None:
    wanted = table(output, name)
    columns = [column for column in wanted[0] if column not in ("authors", "aliases", "editors", "sources")]
    with closing(sqlite3.connect(output / "nids.sqlite")) as database:
        asked = ", ".join(f'"{column}"' for column in columns)
        rows = database.execute(f"SELECT {asked} FROM {name} ORDER BY rowid").fetchall()
    file = str(output / "parquet" / f"{name}.parquet")
    parquet = duckdb.execute(f"SELECT {asked} FROM read_parquet(?)", [file]).fetchall()
    for row, stored, typed in zip(wanted, rows, parquet, strict=True):
        for column, one, other in zip(columns, stored, typed, strict=True):
            if isinstance(other, list):
                one, other = str(one or ""), "; ".join(other)
            if isinstance(one, str):
                assert (one, other) == (row[column], row[column])
            else:
                assert one == other


def test_the_workbook_runs_nothing(output: Path) -> None:
    book = openpyxl.load_workbook(output / "nids.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert risky
    assert all(cell.quotePrefix or cell.hyperlink for cell in risky)
    titles = [cell.value for cell in book["documents"][2]]
    assert table(output, "documents")[0]["title"] in titles


def test_network_bibliographies_and_docs_can_be_read(output: Path) -> None:
    network = networkx.read_graphml(output / "network.graphml")
    assert "<b onmouseover" in "".join(str(data.get("label")) for _, data in network.nodes(data=True))
    (title,) = {row["title"] for row in table(output, "works")}
    works = json.loads((output / "citations.json").read_text(encoding="utf-8"))
    assert [work["title"] for work in works] == [title]
    CiteProcJSON(works)
    (entry,) = parse_string((output / "citations.bib").read_text(encoding="utf-8"), "bibtex").entries.values()
    assert "img src" in entry.fields["title"]
    (path,) = (output / "spacy").iterdir()
    texts = [doc.text for doc in DocBin().from_disk(path).get_docs(Vocab())]
    assert texts == [row["text"] for row in table(output, "blocks")]


class _Markup(html.parser.HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # Ours are scripts of files, and pictures that come when they are seen.
        ours = ("src" if tag == "script" else "loading") in given
        if tag in ("img", "script", "iframe", "object") and not ours:
            self.found.append(tag)
        for name, value in attrs:
            runs = (value or "").startswith(("javascript:", "data:"))
            if name.startswith("on") or (name in ("href", "src") and runs):
                self.found.append(f"{tag} {name}={value}")


def test_pages_run_nothing(output: Path) -> None:
    pages = [output / "index.html", *(output / "site").rglob("*.html")]
    assert len(pages) > 3
    for page in pages:
        markup = _Markup()
        markup.feed(page.read_text(encoding="utf-8"))
        assert markup.found == [], page
    for script in (output / "site").rglob("*.js"):
        if script.parent.name != "static":
            assert "</script" not in script.read_text(encoding="utf-8").lower()
