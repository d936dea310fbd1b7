"""Rebuilds the sample commentaries and their gold: `python tests/samples/typeset.py [NAME ...]`.

A developer's tool. Each `tests/samples/NAME.txt` becomes one PDF in `raw/` and one file in `tests/gold/`. It needs
LibreOffice, Chromium, the fonts listed in README.md beside this file, and reportlab. Whoever only uses the samples
needs none of them: PDFs and gold are in the repository.
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


def build(source: Path) -> None:
    """Prints one source and writes its gold."""
    sample = read(source)
    name = sample.front.file.removesuffix(".pdf")
    LAYOUTS[sample.front.layout](with_radicals(sample), RAW / sample.front.file)
    whole = gold(sample)
    if (beside := source.with_suffix(".toml")).exists():
        whole |= annotated(sample, beside)
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (GOLD / f"{name}.gold.json").write_text(text + "\n", encoding="utf-8")


def main(names: Sequence[str]) -> None:
    """Builds the named samples, or all of them."""
    RAW.mkdir(exist_ok=True)
    GOLD.mkdir(exist_ok=True)
    for source in sorted(HERE.glob("commentary*.txt")):
        if not names or source.stem in names:
            build(source)
            print(f"{source.name} -> raw/, tests/gold/")


if __name__ == "__main__":
    main(sys.argv[1:])
