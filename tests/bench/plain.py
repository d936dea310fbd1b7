"""What a user would write in an afternoon: ``python tests/bench/plain.py RAW OUTPUT``. The measure for `bench.py`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import spacy


def texts(raw: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """The text of each page, with its file and number."""
    for path in sorted(raw.glob("*.pdf")):
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                yield page.extract_text() or "", (path.name, page.page_number)
                page.close()


def main(raw: Path, output: Path) -> None:
    """Writes text and entities of all pages as CSV."""
    nlp = spacy.load("ja_ginza")
    output.mkdir(parents=True, exist_ok=True)
    with (
        (output / "pages.csv").open("w", encoding="utf-8", newline="") as pages,
        (output / "entities.csv").open("w", encoding="utf-8", newline="") as entities,
    ):
        page_rows, entity_rows = csv.writer(pages), csv.writer(entities)
        for doc, (name, number) in nlp.pipe(texts(raw), as_tuples=True):
            page_rows.writerow([name, number, doc.text])
            entity_rows.writerows([name, number, e.start_char, e.end_char, e.label_, e.text] for e in doc.ents)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
