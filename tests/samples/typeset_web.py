"""Prints a sample as a web page through Chromium: running head and page numbers in the margins, notes at the end.

The styles are in web.css beside this file.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from sample_source import Block, Front, Note, Sample, by_line, profile

CSS = Template(Path(__file__).with_name("web.css").read_text(encoding="utf-8"))


def to_pdf(sample: Sample, target: Path) -> None:
    """Writes `target`; raises CalledProcessError if Chromium fails."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, target.stem + ".html")
        page.write_text(web_page(sample), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/user"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target.resolve()}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def web_page(sample: Sample) -> str:
    """The whole document as HTML."""
    front = sample.front
    style = CSS.substitute(margins=_margins(front), serif=front.serif, sans=front.sans)
    body = _opening(front) + "".join(_block(b, front) for b in sample.blocks)
    body += f"<h2>{escape(front.notes_heading)}</h2>" if front.notes_heading else ""
    body += "".join(_note(n, front) for n in sample.notes)
    first, *rest = profile(sample)
    body += _p("label page" if front.profile_page else "label", escape(first)) + "".join(
        _p("back", escape(r)) for r in rest
    )
    head = f'<meta charset="utf-8"><title>{escape(front.title)}</title><style>{style}</style>'
    return f'<!DOCTYPE html><html lang="{front.language}">{head}{body}</html>'


def _margins(front: Front) -> str:
    label = front.page_label.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    boxes = f"@bottom-center {{ content: \"{label}\"; font: 9pt '{front.serif}'; }}"
    if front.running_head:
        boxes += f" @top-right {{ content: \"{front.running_head}\"; font: 8.5pt '{front.sans}'; }}"
    return boxes


def _opening(front: Front) -> str:
    lines = [_p("banner", escape(front.banner)), _p("issue", escape(front.issue)), f"<h1>{escape(front.title)}</h1>"]
    lines += [_p("subtitle", escape(front.subtitle))] if front.subtitle else []
    return "".join(lines + [_p("byline", escape(by_line(a, front.language))) for a in front.authors])


def _p(name: str, inner: str) -> str:
    return f'<p class="{name}">{inner}</p>'


def _block(block: Block, front: Front) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    inner = "".join(escape(text) + _marks(numbers, front) for text, numbers in block.pieces())
    if block.kind == "heading":
        return f"<h{block.level + 1}>{inner}</h{block.level + 1}>"
    return _p(block.kind, (escape(front.bullet) if block.bullet else "") + inner)


def _marks(numbers: Sequence[str], front: Front) -> str:
    if front.mark == "super":
        return f"<sup>{escape(front.mark_join.join(numbers))}</sup>" if numbers else ""
    return front.mark_join.join(escape(front.mark.format(n)) for n in numbers)


def _note(note: Note, front: Front) -> str:
    first, *rest = note.paragraphs
    label = front.note_label.format(note.number)
    return _p("note", escape(f"{label} {first}")) + "".join(_p("note more", escape(r)) for r in rest)
