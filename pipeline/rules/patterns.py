"""Regular expressions for rules: named sub-patterns, alternations of many terms, and what is too slow to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# The standard library's own parser of patterns: what it reads is what will run.
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_NAME = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")
_MANY = 20
"""Repeats up to this often are taken as finite by `danger`."""


class PatternError(ValueError):
    """A pattern cannot be used; the message says why and how to mend it."""


def expand(pattern: str, named: Mapping[str, str], within: tuple[str, ...] = ()) -> str:
    """The pattern with each ``{NAME}`` replaced by that sub-pattern as a group, and theirs in turn.

    Raises PatternError for a name that is not there and for one that contains itself.
    """

    def sub(match: re.Match[str]) -> str:
        name = match[1]
        if name not in named:
            raise PatternError(f"there is no sub-pattern {{{name}}}; define it under [patterns] or mend its name")
        if name in within:
            raise PatternError(f"the sub-pattern {{{name}}} contains itself; take it out of its own definition")
        return f"(?:{expand(named[name], named, (*within, name))})"

    return _NAME.sub(sub, pattern)


def alternation(terms: Iterable[str]) -> str:
    """A pattern for any of the terms, the longest that fits first.

    Terms that begin alike share that beginning, so that thousands cost little more than one.
    Raises PatternError where there is none, or an empty one.
    """
    tree: dict[str, Any] = {}
    for term in terms:
        if not term:
            raise PatternError("a list of terms holds an empty one; take it out")
        node = tree
        for char in term:
            node = node.setdefault(char, {})
        node[""] = {}
    if not tree:
        raise PatternError("a list of terms is empty; put one in")
    return _branch(tree)


def _branch(node: dict[str, Any]) -> str:
    """The pattern for what may follow from a node of the tree of terms."""
    ends = "" in node
    single: list[str] = []
    longer: list[str] = []
    for char, after in node.items():
        if char:
            rest = _branch(after)
            (longer if rest else single).append(re.escape(char) + rest)
    options = longer
    if single:
        options = [*longer, single[0] if len(single) == 1 else f"[{''.join(single)}]"]
    if not options:
        return ""
    # A character class is one option; anything else has to be held together.
    whole = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return f"{whole}?" if ends else whole


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to use. Raises PatternError where it is none or can take exponential time."""
    try:
        ready = re.compile(pattern)
    except re.error as error:
        raise PatternError(f"its pattern is no regular expression: {error}") from None
    fault = danger(pattern)
    if fault:
        raise PatternError(fault)
    if ready.match(""):
        raise PatternError("its pattern fits no text at all; let it need at least one character")
    return ready


def danger(pattern: str) -> str:
    """Why a pattern can take exponential time; empty where it cannot.

    Exponential time needs a repeat without a bound around something that one text can fill in
    several ways. So what is repeated without a bound must be of fixed length.
    """
    return _danger(parser.parse(pattern))


def _danger(items: Any) -> str:
    for kind, value in items:
        fault = ""
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            _, most, body = value
            shortest, longest = body.getwidth()
            if most > _MANY and shortest != longest:
                return (
                    "its pattern can take exponential time: something of varying length is repeated without a bound; "
                    f"give the outer repeat a bound of at most {_MANY}, as in (?:…){{0,8}}"
                )
            fault = _danger(body)
        elif kind is kinds.SUBPATTERN:
            fault = _danger(value[-1])
        elif kind is kinds.BRANCH:
            fault = next(filter(None, map(_danger, value[1])), "")
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            fault = _danger(value[1])
        elif kind is kinds.ATOMIC_GROUP:
            fault = _danger(value)
        elif kind is kinds.GROUPREF_EXISTS:
            fault = _danger(value[1]) or (_danger(value[2]) if value[2] else "")
        if fault:
            return fault
    return ""
