"""Rebuilds the sample commentaries and their gold: `python tests/samples/typeset.py [--gold] [NAME ...]`.

A developer's tool. Each `tests/samples/NAME.txt` becomes one PDF in `raw/` and one file in `tests/gold/`; with `--gold`
the PDFs stay as they are, which is right where only annotation changed. It needs LibreOffice, Chromium, the fonts
listed in README.md beside this file, and reportlab. Whoever only uses the samples needs none of them: PDFs and gold are
in the repository.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import typeset_cid
import typeset_office
import typeset_web
from annotation import annotated
from sample_source import Sample, gold, read, with_radicals

HERE = Path(__file__).resolve().parent
RAW = HERE.parents[1] / "raw"
GOLD = HERE.parent / "gold"
LAYOUTS: dict[str, Callable[[Sample, Path], None]] = {
    "footnotes": typeset_office.to_pdf,
    "endnotes": typeset_office.to_pdf,
    "web": typeset_web.to_pdf,
    "cid": typeset_cid.to_pdf,
}


def write_gold(source: Path) -> None:
    """Derives the gold of one source, with what is annotated beside it."""
    sample = read(source)
    whole = gold(sample)
    if (beside := source.with_suffix(".toml")).exists():
        whole |= annotated(sample, beside)
    name = sample.front.file.removesuffix(".pdf")
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (GOLD / f"{name}.gold.json").write_text(text + "\n", encoding="utf-8")


def print_pdf(source: Path) -> None:
    """Prints one source."""
    sample = read(source)
    LAYOUTS[sample.front.layout](with_radicals(sample), RAW / sample.front.file)


def main(arguments: Sequence[str]) -> None:
    """Builds the named samples, or all of them; with `--gold` only their gold."""
    names = [name for name in arguments if name != "--gold"]
    RAW.mkdir(exist_ok=True)
    GOLD.mkdir(exist_ok=True)
    for source in sorted(HERE.glob("commentary*.txt")):
        if not names or source.stem in names:
            write_gold(source)
            if "--gold" not in arguments:
                print_pdf(source)
            print(source.name)


if __name__ == "__main__":
    main(sys.argv[1:])
