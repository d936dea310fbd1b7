"""Prints a sample through LibreOffice, with its own footnotes or endnotes (flat ODF in, PDF out).

Styles and page are in office.xml beside this file.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from sample_source import Block, Front, Note, Sample, by_line, profile

PAGE = Template(Path(__file__).with_name("office.xml").read_text(encoding="utf-8"))
STYLES = {"paragraph": "P", "quote": "Quote", "caption": "Caption", "list_item": "Item"}


def to_pdf(sample: Sample, target: Path) -> None:
    """Writes `target`; raises CalledProcessError if LibreOffice fails."""
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder, target.stem + ".fodt")
        flat.write_text(flat_odt(sample), encoding="utf-8")
        profile_of_its_own = "-env:UserInstallation=" + Path(folder, "user").as_uri()
        command = ["soffice", profile_of_its_own, "--headless", "--infilter=OpenDocument Text Flat XML"]
        command += ["--convert-to", "pdf", "--outdir", str(target.parent), str(flat)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def flat_odt(sample: Sample) -> str:
    """The whole document as flat ODF."""
    front = sample.front
    prefix, suffix = front.note_label.split("{}")
    foot = escape(front.page_label).replace("{page}", '<text:page-number text:select-page="current"/>')
    return PAGE.substitute(
        serif=front.serif,
        sans=front.sans,
        prefix=prefix,
        suffix=suffix,
        rule="0%" if front.layout == "endnotes" else "30%",
        head=escape(front.running_head),
        foot=foot.replace("{pages}", "<text:page-count/>"),
        body=_body(sample),
    )


def _body(sample: Sample) -> str:
    front = sample.front
    body = _opening(front) + "".join(_block(b, sample) for b in sample.blocks)
    if front.layout == "endnotes":
        heading = _p("H1", front.notes_heading) if front.notes_heading else ""
        body = f'<text:section text:style-name="Body" text:name="body">{body}{heading}</text:section>{_p("Space", "")}'
    first, *rest = profile(sample)
    body += _p("ProfilePage" if front.profile_page else "Profile", first)
    return body + "".join(_p("Back", line) for line in rest)


def _opening(front: Front) -> str:
    lines = [("Banner", front.banner), ("Issue", front.issue), ("Title", front.title), ("Subtitle", front.subtitle)]
    lines += [("ByLine", by_line(a, front.language)) for a in front.authors]
    return "".join(_p(style, text) for style, text in lines if text)


def _p(style: str, text: str, inner: str = "") -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}{inner}</text:p>'


def _block(block: Block, sample: Sample) -> str:
    if block.kind == "table":
        return _table(block.rows)
    inner = "".join(escape(text) + _marks(numbers, block, sample) for text, numbers in block.pieces())
    if block.kind == "heading":
        return f'<text:h text:style-name="H{block.level}" text:outline-level="{block.level}">{inner}</text:h>'
    return _p(STYLES[block.kind], sample.front.bullet if block.bullet else "", inner)


def _marks(numbers: Sequence[str], block: Block, sample: Sample) -> str:
    """The marks behind a run of text; a note that was printed before is marked again by its number alone."""
    marks = []
    for number in numbers:
        first = next(b for b in sample.blocks if any(n == number for _, n in b.marks))
        note = sample.notes[int(number) - 1]
        marks.append(_note(note, sample.front.layout) if first is block else _raised(number))
    return _raised(sample.front.mark_join).join(marks)


def _raised(text: str) -> str:
    return f'<text:span text:style-name="Raised">{escape(text)}</text:span>' if text else ""


def _note(note: Note, layout: str) -> str:
    first, *rest = note.paragraphs
    body = _p("Note", first) + "".join(_p("NoteMore", r) for r in rest)
    return (
        f'<text:note text:id="n{note.number}" text:note-class="{layout.removesuffix("s")}">'
        f"<text:note-citation>{note.number}</text:note-citation><text:note-body>{body}</text:note-body></text:note>"
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    def cell(text: str) -> str:
        box = 'table:style-name="Box" office:value-type="string"'
        return f"<table:table-cell {box}>{_p('Cell', text)}</table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    return f'<table:table table:name="t1" table:style-name="Frame">{columns}{lines}</table:table>{_p("Space", "")}'
