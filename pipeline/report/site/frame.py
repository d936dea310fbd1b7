"""What all pages share: templates, both languages, navigation, addresses, and how files are written."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.errors import CODES

_Row = TypeVar("_Row")

FOLDER = "site"
"""The folder of the pages, in a folder of results."""
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("nav.commentaries", "index.html"),
    ("nav.entities", "entities.html"),
    ("nav.charts", "timeline.html"),
    ("nav.search", "search.html"),
    ("nav.new", "new.html"),
    ("nav.data", "data.html"),
)
"""What every page leads to: the key of its words and its path in the site, in the order shown."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""What a page may load: files beside it and nothing else; no script or style stands in a page itself."""
NO_PAGE = ("DATE",)
"""Labels of entities that have no page."""
_AT_FIRST = 200
"""Rows of a table that are shown at first where scripts run."""
_REMEMBERED = 4096
"""Words with their values that are kept, since most are said many times over; text and markup are told apart."""
WEB = re.compile(r"https?://[^\s<>\"]+")
"""An address that a page may lead to."""
UP = "../"
"""From a page in a folder, of a commentary or an entity, to the site's folder."""
_PLAIN_ID = re.compile(r"[a-z]+:[a-z0-9-]{1,80}")
_PLAIN_ANCHOR = re.compile(r"[\w.:~-]*", re.ASCII)
_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end a script or a line of it."""


Again = Callable[[Sequence[str], str, bytes], bool]
"""Puts files in their place as the last run wrote them, if they would be the same again; says whether it did.

They are named by their paths in the site; then comes the document of whose rows they are made, if they are, and a key
of what else they are made from.
"""


def never_again(_paths: Sequence[str], _doc_id: str, _made_from: bytes) -> bool:
    """Takes nothing from the last run."""
    return False


class Site:
    """The site while it is written: ``folder`` is where, ``database`` holds the tables.

    In ``kept``, if it is given, stays from one run to the next what takes long to make, and ``again`` takes whole files
    from the last run.

    Rows come as `sqlite3.Row`. Paths are relative to the folder, with ``/``.
    """

    def __init__(
        self, folder: Path, database: sqlite3.Connection, kept: Path | None = None, again: Again = never_again
    ) -> None:
        self.folder = folder
        self.kept = kept
        self._again = again
        self.database = database
        self.database.row_factory = sqlite3.Row
        self._environment = _environment()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a question to the database."""
        return self.database.execute(sql, values).fetchall()

    def page(self, path: str, template: str, **values: object) -> None:
        """Writes a page from a template, which extends ``base.html``.

        A template knows besides: ``path``; ``root``, which leads from the page to the site's folder (``../``); and
        all functions of this module that make words or addresses.
        """
        found = self._environment.get_template(template)
        root = "../" * path.count("/")
        self._write(path, found.render(path=path, root=root, navigation=NAVIGATION, policy=POLICY, **values))

    def data(self, path: str, name: str, value: object) -> None:
        """Writes a script that sets ``window.NAME`` to a value, since pages on the disk cannot read other files."""
        self._write(path, f"window.{name} = {script_json(value)};\n")

    def again(self, paths: Sequence[str], doc_id: str = "", made_from: object = ()) -> bool:
        """Whether pages are there already, because the last run made them from the same.

        They are made from the document's own rows of any table, and else from nothing but ``made_from``: rows, tuples,
        dataclasses and plain values.
        """
        return self._again(paths, doc_id, msgspec.msgpack.encode(made_from, enc_hook=tuple))

    def copy_static(self) -> None:
        """Copies style sheets and scripts into ``static/``."""
        target = self.folder / "static"
        target.mkdir(parents=True, exist_ok=True)
        with as_file(files("pipeline.report.site").joinpath("static")) as static:
            for source in sorted(static.iterdir()):
                if source.suffix in (".css", ".js"):
                    shutil.copyfile(source, target / source.name)

    def start_page(self) -> str:
        """The page beside the tables, which leads into the site."""
        return self._environment.get_template("start.html").render(folder=FOLDER, policy=POLICY)

    def _write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "both": both,
        "say": say,
        "say_in": say_in,
        "say_problem": say_problem,
        "words": words,
        "commentary_href": commentary_href,
        "entity_href": entity_href,
        "parts": parts,
        "place_href": place_href,
        "anchor": anchor,
    }
    return environment


# Addresses. All are paths in the site; a template puts ``root`` in front of them.


@lru_cache(_REMEMBERED)
def commentary_href(doc_id: str) -> str:
    """The reading page of a document, as an address."""
    return f"commentaries/{quote(doc_id)}.html"


def place_href(doc_id: str, own_id: str) -> str:
    """The place of a thing in the reading page of its document, by the id that its table gives it."""
    own = anchor(doc_id, own_id)
    return f"{commentary_href(doc_id)}#{own if _PLAIN_ANCHOR.fullmatch(own) else quote(own, safe=':~')}"


def anchor(doc_id: str, own_id: str) -> str:
    """The ``id`` of a thing's element in the reading page of its document.

    Things are blocks, sentences, mentions, notes, marks, citations and rows of facts.
    """
    return own_id.removeprefix(f"{doc_id}:")


def entity_href(entity_id: str | None) -> str:
    """The page of an entity, as an address and as a path; nothing where it has none."""
    if not entity_id or entity_id.partition(":")[0].upper() in NO_PAGE:
        return ""
    return f"entities/{slug(entity_id)}.html"


def slug(entity_id: str) -> str:
    """A name for files that any disk can hold: the id itself where it is plain ASCII, else made from its SHA-256."""
    if _PLAIN_ID.fullmatch(entity_id):
        return entity_id.replace(":", "-")
    label = re.sub(r"[^a-z]", "", entity_id.partition(":")[0])
    return f"{label}~{hashlib.sha256(entity_id.encode()).hexdigest()[:12]}"


def parts(rows: Sequence[_Row]) -> list[Sequence[_Row]]:
    """The rows that a table shows at first, and all others if there are any, which the browser need not lay out."""
    return [part for part in (rows[:_AT_FIRST], rows[_AT_FIRST:]) if part]


# Words, in both languages.


@cache
def strings() -> Mapping[str, Mapping[str, str]]:
    """All words of the pages by ``table.key`` of ``strings.toml``, each in ``ja`` and ``en``.

    The English of problems stands in `pipeline.errors`.
    """
    tables = tomllib.loads(files("pipeline.report.site").joinpath("strings.toml").read_text(encoding="utf-8"))
    tables["problem"] = {code: {"en": CODES[code][1], **texts} for code, texts in tables["problem"].items()}
    return {f"{table}.{key}": texts for table, entries in tables.items() for key, texts in entries.items()}


def label_names() -> list[str]:
    """All labels of entities, those this project is about first."""
    return [key.removeprefix("label.") for key in strings() if key.startswith("label.")]


def words(key: str) -> Mapping[str, str]:
    """Words as plain texts, by language. Raises KeyError for unknown words."""
    return strings()[key]


@lru_cache(_REMEMBERED, typed=True)
def say(key: str, **values: object) -> Markup:
    """Words in both languages, of which the style sheet shows one; ``{name}`` in them is replaced by a value.

    With a value ``n`` of 1, English has the form ``one`` where there is one. Raises KeyError for unknown words.
    """
    return both(*_texts(key, values))


def both(ja: str, en: str) -> Markup:
    """A text in both languages, of which the style sheet shows one."""
    return Markup('<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>').format(ja, en)


@lru_cache(_REMEMBERED, typed=True)
def say_in(attributes: str, key: str, **values: object) -> Markup:
    """The same words as attributes of an element (``"title aria-label"``), which a script sets in the language chosen.

    For an element that can hold no other, as ``title`` and ``option`` do, ``"text"`` means what it holds.
    """
    ja, en = _texts(key, values)
    plain = Markup("").join(Markup('{}="{}" ').format(name, ja) for name in attributes.split() if name != "text")
    return plain + Markup('data-say="{}" data-ja="{}" data-en="{}"').format(attributes, ja, en)


def say_problem(code: str, message: str) -> Markup:
    """The message of a problem, in Japanese with the same detail. An unknown code keeps its message."""
    texts = strings().get(f"problem.{code}")
    if texts is None:
        return escape(message)
    detail = message.removeprefix(texts["en"]).strip().removeprefix("(").removesuffix(")")
    ja = texts["ja"] + (f"（{detail}）" if detail else "")
    return Markup('<span class="ja" lang="ja">{}</span><span class="en" lang="en">{}</span>').format(ja, message)


def _texts(key: str, values: Mapping[str, Any]) -> tuple[Markup, Markup]:
    texts = words(key)
    english = texts["one"] if "one" in texts and values.get("n") == 1 else texts["en"]
    return escape(texts["ja"]).format(**values), escape(english).format(**values)


def script_json(value: object) -> str:
    """A value as JSON that may stand in a script, whatever texts it holds."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
