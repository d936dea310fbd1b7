"""Reads the sources of the sample commentaries and derives their gold.

The markup is described in README.md beside this file. A source says once what a commentary is made of; the typesetters
print it, and `gold` writes down what a reader should get back from the print.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

INLINE = re.compile(r"\[\^(?P<mark>\d+)\]|\{(?P<label>[MPI]):(?P<entity>[a-z0-9-]+)\|(?P<name>[^{}|]+)\}")
LABELS = {"M": "MEETING", "P": "MINISTER", "I": "INITIATIVE"}
NOTE = re.compile(r"\[\^(\d+)\]: (.*)")
KINDS = {"# ": "heading", "## ": "heading", "- ": "list_item", "+ ": "list_item", "> ": "quote", "^ ": "caption"}
GOLD_KINDS = ("heading", "paragraph", "list_item", "quote")

# Ordinary character -> the radical that PDF printers leave in its place. The Kangxi block says so itself (NFKC); the
# CJK Radicals Supplement has no such mapping in Unicode.
RADICALS = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0x2F00, 0x2FD6)} | {
    "民": "⺠", "長": "⻑", "西": "⻄", "青": "⻘", "食": "⻝", "母": "⺟", "黄": "⻩", "麦": "⻨",
}  # fmt: skip


class SourceError(ValueError):
    """A source that says something this markup does not know; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Author:
    """One author as the by-line and the PROFILE print them."""

    name: str
    affiliation: str
    role: str
    specialties: str


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter: what the commentary is, and how it is to be printed."""

    file: str
    layout: str
    number: str
    title: str
    published: date
    banner: str
    issue: str
    authors: tuple[Author, ...]
    back_matter: tuple[str, ...]
    subtitle: str = ""
    language: str = "ja"
    mark: str = "super"
    mark_join: str = ""
    note_label: str = "{}"
    notes_heading: str = ""
    page_label: str = "{page}"
    running_head: str = ""
    radicals: str = ""
    bullet: str = "・"
    serif: str = "Noto Serif CJK JP"
    sans: str = "Noto Sans CJK JP"
    specialties_label: str = "専門分野："
    profile_page: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged span of a block's text: characters `start` to `end`, exclusive."""

    label: str
    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the body: its text without marks, the marks as (offset in `text`, number) in print order, and what
    is tagged in it.
    """

    kind: str
    text: str = ""
    level: int = 0
    bullet: bool = False
    marks: tuple[tuple[int, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    mentions: tuple[Mention, ...] = ()

    def pieces(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yields the text in runs, each with the numbers of the marks that stand behind it."""
        done = 0
        for offset in sorted({o for o, _ in self.marks}):
            yield self.text[done:offset], tuple(n for o, n in self.marks if o == offset)
            done = offset
        if done < len(self.text):
            yield self.text[done:], ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its number in ASCII digits and its paragraphs."""

    number: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole source."""

    front: Front
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = field(default=())


def read(path: Path) -> Sample:
    """Reads and checks one source; raises SourceError."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3:
        raise SourceError(f"{path.name}: no front matter between +++ lines")
    try:
        sample = Sample(_front(tomllib.loads(parts[1])), *_body(parts[2].splitlines()))
    except (TypeError, KeyError, tomllib.TOMLDecodeError) as exc:
        raise SourceError(f"{path.name}: {exc}") from exc
    _check(sample, path.name)
    return sample


def _front(table: dict[str, Any]) -> Front:
    authors = tuple(Author(**a) for a in table.pop("authors"))
    return Front(authors=authors, back_matter=tuple(table.pop("back_matter")), **table)


def _body(lines: Iterable[str]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    blocks: list[Block] = []
    notes: list[Note] = []
    for line in lines:
        if found := NOTE.fullmatch(line):
            notes.append(Note(found[1], (found[2],)))
        elif line.startswith("    ") and notes:
            notes[-1] = replace(notes[-1], paragraphs=(*notes[-1].paragraphs, line.strip()))
        elif line.startswith("|"):
            row = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if blocks[-1].kind != "table":
                blocks.append(Block("table"))
            blocks[-1] = replace(blocks[-1], rows=(*blocks[-1].rows, row))
        elif line.strip():
            blocks.append(_block(line))
    return tuple(blocks), tuple(notes)


def _block(line: str) -> Block:
    sign = next((s for s in KINDS if line.startswith(s)), "")
    line = line.removeprefix(sign)
    text, done = "", 0
    marks: list[tuple[int, str]] = []
    mentions: list[Mention] = []
    for found in INLINE.finditer(line):
        text += line[done : found.start()]
        done = found.end()
        if found["mark"]:
            marks.append((len(text), found["mark"]))
        else:
            mentions.append(Mention(LABELS[found["label"]], found["entity"], len(text), len(text + found["name"])))
            text += found["name"]
    text += line[done:]
    return Block(KINDS.get(sign, "paragraph"), text, sign.count("#"), sign == "- ", tuple(marks), (), tuple(mentions))


def _check(sample: Sample, name: str) -> None:
    numbers = [n.number for n in sample.notes]
    first = list(dict.fromkeys(n for b in sample.blocks for _, n in b.marks))
    if numbers != [str(i + 1) for i in range(len(numbers))] or first != numbers:
        raise SourceError(f"{name}: notes {numbers} are not marked in their order, but as {first}")
    texts = [b.text for b in sample.blocks] + [p for n in sample.notes for p in n.paragraphs]
    if left := next((text for text in texts if "{" in text or "}" in text), ""):
        raise SourceError(f"{name}: what stands between braces is no mention of the body: {left}")


def with_radicals(sample: Sample) -> Sample:
    """The sample as a careless PDF printer would leave it: radicals in place of the characters that `radicals` lists.

    Texts keep their length, so offsets hold.
    """
    table = str.maketrans({char: RADICALS[char] for char in sample.front.radicals})
    blocks = tuple(replace(b, text=b.text.translate(table)) for b in sample.blocks)
    notes = tuple(Note(n.number, tuple(p.translate(table) for p in n.paragraphs)) for n in sample.notes)
    texts = {name: getattr(sample.front, name).translate(table) for name in ("issue", "title", "subtitle")}
    return Sample(replace(sample.front, **texts), blocks, notes)


def by_line(author: Author, language: str) -> str:
    """The line under the title: affiliation, role and name, or in English the name first."""
    if language == "en":
        return f"{author.name}, {author.role}, {author.affiliation}"
    return f"{author.affiliation} {author.role} {author.name}"


def profile(sample: Sample) -> list[str]:
    """The lines after the body: PROFILE, authors, disclaimer, imprint."""
    lines = ["PROFILE"]
    for author in sample.front.authors:
        if sample.front.language == "en":
            lines += [author.name, f"{author.role}, {author.affiliation}"]
        else:
            lines += [author.name, f"{author.affiliation} {author.role}"]
        lines.append(sample.front.specialties_label + author.specialties)
    return lines + list(sample.front.back_matter)


def gold(sample: Sample) -> dict[str, Any]:
    """What a reader of the printed sample should get back, in the form the scorer reads."""
    front = sample.front
    blocks = [b for b in sample.blocks if b.kind in GOLD_KINDS]
    join = " " if front.language == "en" else ""
    meta = {"number": front.number, "title": front.title, "subtitle": front.subtitle.strip("―")}
    meta |= {"author": "; ".join(a.name for a in front.authors), "published": front.published.isoformat()}
    marks = [{"block": f"b{i}", "number": int(n), "offset": o} for i, b in enumerate(blocks) for o, n in b.marks]
    return {
        "source_file": front.file,
        "meta": meta,
        "blocks": [{"id": f"b{i}", "kind": b.kind, "text": b.text} for i, b in enumerate(blocks)],
        "notes": [{"number": n.number, "text": join.join(n.paragraphs)} for n in sample.notes],
        "markers": marks,
    }
