"""The rule engine: rule files in, checked rules out.

A rule file is TOML and may hold

- ``[patterns]``: named sub-patterns, ``NAME = 'regular expression'``, used as ``{NAME}`` in any file;
- ``[lists]``: named lists of terms, ``NAME = ["…", …]``, used as ``{NAME}`` too, the longest first;
- ``[[rule]]``: ``id``, ``yields`` (a label, a field: what its span is), ``pattern``, and ``match`` and
  ``no_match``, lists of texts. In a text of ``match`` the spans that the rule must find stand in square
  brackets; in those of ``no_match`` it must find nothing. Optional: ``rank`` (higher wins over others on
  the same text; 0), ``set`` (a table of values that the rule's users read), ``why`` (a remark);
- ``[names.LABEL]``: things of the world with all their names, ``KEY = ["name", "other name", …]``, whose id
  is ``label:KEY``; ``{LABEL}`` stands for any of the names;
- ``[held.STATE]``: who held an office of a state, a country's or an organization's key, from when on:
  ``"国防相" = ["2024-10 中谷 元", …]`` (`pipeline.rules.statesmen`).

A rule's span is its group ``span`` (or ``span2``, … of another branch), or the whole match; other
named groups are attributes. Rules are matched against `pipeline.text.plain`, in which widths are
folded: write letters and digits in half width, brackets as （ ）.

A user's folder adds to these files and overrides rules, lists, patterns and entities of the same name.
Every fault is a RuleError that names file, line and cure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.rules import FILES, RuleError, parse
from pipeline.rules.patterns import PatternError, alternation, compiled, expand
from pipeline.rules.statesmen import ROLES, UNDATED, Entry, read_entry
from pipeline.text import plain

_RULE_KEYS = {"id", "yields", "pattern", "match", "no_match", "rank", "set", "why"}
_SECTIONS = {"patterns", "lists", "rule", "names", "held"}
_BRACKETS = re.compile(r"[\[\]]")


class Found(NamedTuple):
    """A span that a rule found: ``text[start:end]``, and the match with its other groups."""

    start: int
    end: int
    match: re.Match[str]


@dataclass(frozen=True)
class Rule:
    """A rule; ``where`` is its file and line. Patterns are compiled when first used."""

    id: str
    yields: str
    pattern: str
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    where: str
    rank: int = 0
    set: Mapping[str, Any] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern. Raises RuleError."""
        try:
            return compiled(expand(self.pattern, self.named))
        except PatternError as error:
            raise RuleError(f"{self.where}: rule {self.id}: {error}.") from None

    def find(self, view: str) -> Iterator[Found]:
        """What the rule finds in a text, from left to right; ``view`` is `pipeline.text.plain` of it."""
        for match in self.regex.finditer(view):
            start, end = next((match.span(name) for name in self._spans if match.start(name) >= 0), match.span())
            if start < end:
                yield Found(start, end, match)

    @cached_property
    def _spans(self) -> tuple[str, ...]:
        return tuple(name for name in self.regex.groupindex if name.startswith("span"))

    def check(self) -> None:
        """Runs the rule's examples. Raises RuleError at the first that fails."""
        for example in self.match:
            text, wanted = marked(example)
            found = [(start, end) for start, end, _ in self.find(plain(text))]
            if found != wanted:
                raise RuleError(
                    f"{self.where}: rule {self.id} must find {example} but finds {shown(text, found)}. "
                    "Mend the pattern or the example."
                )
        for text in self.no_match:
            found = [(start, end) for start, end, _ in self.find(plain(text))]
            if found:
                raise RuleError(
                    f"{self.where}: rule {self.id} must find nothing in {text} but finds {shown(text, found)}. "
                    "Mend the pattern or the example."
                )


@dataclass(frozen=True)
class Entity:
    """Something of the world and its names, the best known first."""

    id: str
    label: str
    names: tuple[str, ...]
    where: str

    @property
    def key(self) -> str:
        """The id without its label."""
        return self.id.partition(":")[2]


class Book:
    """All rules, entities and named sub-patterns of some rule files. Raises RuleError."""

    def __init__(self, sources: list[tuple[str, str]]) -> None:
        """``sources`` are names and texts of files; later ones override earlier ones."""
        self.named: dict[str, str] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.rules: dict[str, Rule] = {}
        self.entities: dict[str, Entity] = {}
        self.held: dict[tuple[str, str], list[Entry]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for name, text in sources:
            self._read(name, text)
        for label in dict.fromkeys(entity.label for entity in self.entities.values()):
            terms = (plain(name) for entity in self.of(label) for name in entity.names)
            self.named.setdefault(label, alternation(terms))

    def yielding(self, *labels: str) -> list[Rule]:
        """The rules that yield one of the labels, in the order of the files."""
        return [rule for rule in self.rules.values() if rule.yields in labels]

    def of(self, label: str) -> list[Entity]:
        """The named things of a label, in the order of the files."""
        return [entity for entity in self.entities.values() if entity.label == label]

    def pattern(self, pattern: str) -> re.Pattern[str]:
        """A pattern of the caller's own over the named sub-patterns, compiled once. Raises RuleError."""
        if pattern not in self._compiled:
            try:
                self._compiled[pattern] = compiled(expand(pattern, self.named))
            except PatternError as error:
                raise RuleError(f"pattern {pattern}: {error}.") from None
        return self._compiled[pattern]

    def check(self) -> None:
        """Compiles every pattern, runs every example, looks up every state. Raises RuleError at the first fault."""
        known = {e.key for label in ("COUNTRY", "ORGANIZATION") for e in self.of(label)}
        for state, office in self.held:
            if state not in known:
                raise RuleError(
                    f"[held.{state}] {office}: {state} is no key of [names.COUNTRY] or [names.ORGANIZATION]."
                )
        for rule in self.rules.values():
            rule.check()

    def _read(self, name: str, text: str) -> None:
        data = parse(name, text)
        unknown = set(data) - _SECTIONS
        if unknown:
            raise RuleError(f"{name}: {min(unknown)} is no section of a rule file; use {', '.join(sorted(_SECTIONS))}.")
        for key, value in data.get("patterns", {}).items():
            self._name(name, text, key, value, str)
        for key, value in data.get("lists", {}).items():
            self._name(name, text, key, value, list)
        for entry in data.get("rule", []):
            rule = self._rule(name, text, entry)
            self.rules[rule.id] = rule
        for label, entries in data.get("names", {}).items():
            for key, names in entries.items():
                entity = _entity(name, text, label, key, names)
                self.entities[entity.id] = entity
        for state, offices in data.get("held", {}).items():
            for office, entries in offices.items():
                self._hold(name, text, state, office, entries)

    def _hold(self, file: str, text: str, state: str, office: str, entries: Any) -> None:
        at = text.find(f'"{office}"', text.find(f"[held.{state}]"))
        where = f"{file}:{text.count(chr(10), 0, max(at, 0)) + 1}"
        if office not in ROLES | {UNDATED}:
            known = ", ".join(sorted(ROLES | {UNDATED}))
            raise RuleError(f"{where}: [held.{state}] {office} is no office that is looked up; use one of {known}.")
        if not isinstance(entries, list) or not all(isinstance(one, str) for one in entries):
            raise RuleError(f"{where}: [held.{state}] {office} must be a list of texts.")
        self.held.setdefault((state, office), []).extend(read_entry(where, one) for one in entries)

    def _name(self, file: str, text: str, key: str, value: Any, wanted: type) -> None:
        where = _where(file, text, key)
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", key):
            raise RuleError(f"{where}: {key} must be written in capitals, digits and _.")
        if not isinstance(value, wanted):
            raise RuleError(f"{where}: {key} must be a {'list of terms' if wanted is list else 'pattern'}.")
        try:
            if isinstance(value, list):
                self.lists[key] = tuple(plain(term) for term in value)
                value = alternation(self.lists[key])
        except (PatternError, TypeError) as error:
            raise RuleError(f"{where}: {key}: {error}.") from None
        self.named[key] = value

    def _rule(self, file: str, text: str, entry: dict[str, Any]) -> Rule:
        where = _where(file, text, str(entry.get("id", "")))
        _keys(where, entry, _RULE_KEYS, ("id", "yields", "pattern"))
        for key in ("match", "no_match"):
            examples = entry.get(key)
            if not isinstance(examples, list) or not examples or not all(isinstance(e, str) for e in examples):
                raise RuleError(f"{where}: rule {entry['id']} needs {key}: a list of at least one text.")
        return Rule(
            id=entry["id"],
            yields=entry["yields"],
            pattern=entry["pattern"],
            match=tuple(entry["match"]),
            no_match=tuple(entry["no_match"]),
            where=where,
            rank=int(entry.get("rank", 0)),
            set=entry.get("set", {}),
            named=self.named,
        )


def forget() -> None:
    """Reads the files anew at the next call of `book`."""
    _book.cache_clear()


def users() -> list[tuple[str, str]]:
    """Names and texts of the user's rule files; none where no folder is named. Raises RuleError."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return []
    if not Path(folder).is_dir():
        raise RuleError(f"There is no folder {folder} with rules. Make it, or name another with --rules.")
    return sources(Path(folder))


OF_OTHERS = frozenset(FILES)
"""Files of `pipeline.rules` that are no rule files in this sense."""
VARIABLE = "PIPELINE_RULES"
"""Environment variable that names the folder of the user's rules."""


def book() -> Book:
    """The rules that come with the pipeline and those of the user's folder, if there is one.

    Read once for each folder; examples have not been run. Raises RuleError.
    """
    return _book(os.environ.get(VARIABLE, ""))


@cache
def _book(folder: str) -> Book:  # noqa: ARG001 - what is cached hangs on it
    own = [entry for entry in sources(Path(str(files("pipeline.rules")))) if entry[0] not in OF_OTHERS]
    return Book(own + users())


def _entity(file: str, text: str, label: str, key: str, names: Any) -> Entity:
    where = _where(file, text, key)
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise RuleError(f"{where}: {label} {key} must be a list of names.")
    return Entity(f"{label.lower()}:{key}", label, tuple(dict.fromkeys(names)), where)


def _keys(where: str, entry: dict[str, Any], known: set[str], needed: tuple[str, ...]) -> None:
    for key in needed:
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise RuleError(f"{where}: {entry.get('id', 'an entry')} needs {key}, a text.")
    unknown = set(entry) - known
    if unknown:
        raise RuleError(f"{where}: {entry['id']}: {min(unknown)} is no key; use {', '.join(sorted(known))}.")


def _where(file: str, text: str, key: str) -> str:
    """File and line (from 1) where a key or an id stands; the file alone where it is not found."""
    quoted = re.escape(key)
    found = re.search(rf"(?m)^\s*(?:id\s*=\s*[\"']{quoted}[\"']|[\"']?{quoted}[\"']?\s*=)", text) if key else None
    return f"{file}:{text.count(chr(10), 0, found.end()) + 1}" if found else file


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its square brackets, and the spans that stood in them.

    Raises RuleError where brackets do not pair.
    """
    text, spans, opened = "", [], -1
    at = 0
    for bracket in _BRACKETS.finditer(example):
        text += example[at : bracket.start()]
        at = bracket.end()
        if (bracket.group() == "[") != (opened < 0):
            raise RuleError(f"In the example {example} the square brackets do not pair. Mend them.")
        if opened < 0:
            opened = len(text)
        else:
            spans.append((opened, len(text)))
            opened = -1
    if opened >= 0 or not spans:
        raise RuleError(f"The example {example} marks no span in square brackets. Mark what must be found.")
    return text + example[at:], spans


def shown(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with spans in square brackets; where there is none, "nothing"."""
    out, at = "", 0
    for start, end in spans:
        out += f"{text[at:start]}[{text[start:end]}]"
        at = end
    return out + text[at:] if spans else "nothing"


def sources(folder: Path) -> list[tuple[str, str]]:
    """Names and texts of the rule files of a folder, by name. Raises RuleError where one cannot be read."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append((path.name, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(f"{path} cannot be read: {error}. It must be a text file in UTF-8.") from None
    return found
