"""By-lines and profiles -> authors with affiliation and role, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.document import Author
from pipeline.extract.knowledge import pattern
from pipeline.text import is_wide, narrow

_BRACKETED = re.compile(r"^(?P<name>[^（(]{2,24}?)\s*[（(](?P<inside>[^（）()]{2,60})[)）]\s*$")
_AUTHOR_MARK = re.compile(
    r"^(?:文責|執筆者?|筆者|著者?|報告者?|by|author)\s*[:：/／]\s*|^by\s+|\s*(?:著|記|訳)$", re.IGNORECASE
)
_NAME = re.compile(r"^[^\d。、,:：「」『』()（）]{2,24}$")
_FUSED_HEAD = re.compile(r"^(?P<affiliation>.+(?:部|室|所|課|局|センター))(?P<role>長(?:代理|補佐)?|員)$")


_KANJI = r"\u3400-\u9fff\uf900-\ufaff々〆ヶ"
_JAPANESE_NAME = re.compile(rf"^[{_KANJI}]{{1,5}}[ぁ-ん]{{0,4}}$|^[ぁ-ん]{{1,5}}$|^[{_KANJI}]{{0,3}}[ァ-ヶー]{{1,6}}$")
_SPACED_NAME = re.compile(rf"^[{_KANJI}ヶ]{{1,4}}[\s　]+[{_KANJI}ぁ-んァ-ヶー]{{1,5}}$")
_FOREIGN_NAME = re.compile(r"^[ァ-ヶー]+(?:[・＝=\s　][ァ-ヶー]+)+$")


def has_byline(text: str) -> bool:
    """Whether a line is a by-line: it gives somebody's role, or a person's name after an affiliation."""
    if len(text) > 80 or re.search("[。？！?!]", text):
        return False
    return any(_is_office(author) for part in _parts(text) if (author := _author(part)) is not None)


def _is_office(author: Author) -> bool:
    return bool(author.role) or bool(author.affiliation and author.name and is_name(author.name))


def is_affiliation(text: str) -> bool:
    """Whether a line names institutes or units of them and nothing else."""
    tokens = _tokens(text)
    return bool(tokens) and all(_is_affiliation(token) for token in tokens)


def is_name(text: str) -> bool:
    """Whether a text has the form of one person's name (a form that other words may have too)."""
    tokens = _tokens(text)
    japanese = 1 <= len(tokens) <= 3 and all(_JAPANESE_NAME.match(token) for token in tokens)
    return japanese or bool(_FOREIGN_NAME.match(text.strip()))


def is_name_line(text: str) -> bool:
    """Whether a line holds only names of persons, in a form that hardly anything else has: spaced, foreign, several."""
    bare = _AUTHOR_MARK.sub("", text.strip()).strip()
    names = _names(bare)
    if len(names) > 1:
        told = all(len(name) >= 3 and re.search(rf"[{_KANJI}]|[ァ-ヶー]{{2}}", name) for name in names)
        return len(bare) <= 60 and told and all(is_name(name) for name in names)
    return bool(_SPACED_NAME.match(bare) or _FOREIGN_NAME.match(bare)) or (bare != text.strip() and is_name(bare))


def _names(text: str) -> list[str]:
    """A list of names cut at ・ and commas, the parts of a foreign name kept together."""
    out: list[str] = []
    for part in re.split(r"\s*[・、，/／]\s*", text):
        foreign = bool(re.fullmatch(r"[ァ-ヶー]+", part))
        if out and foreign and re.search(r"[ァ-ヶー]$", out[-1]):
            out[-1] += "・" + part
        else:
            out.append(part)
    return [name for name in out if name]


def parse_bylines(lines: Sequence[str]) -> list[Author]:
    """Authors of the lines between title and text, in order; lines that name nobody are affiliations of the next."""
    authors: list[Author] = []
    waiting = ""
    for line in _whole_brackets(lines):
        shared: Author | None = None  # what a line above says of all whom this one names
        for part in _parts(line):
            author = _author(part)
            if author is not None and authors and author.affiliation in ("同", "同上"):
                author = replace(author, affiliation=authors[-1].affiliation)
            if author is None:
                waiting = (waiting + " " + part).strip()
            elif not author.name:
                if authors and not waiting and not authors[-1].role and not authors[-1].affiliation:
                    authors[-1] = replace(authors[-1], affiliation=author.affiliation, role=author.role)
                else:
                    waiting = (waiting + " " + part).strip()
            else:
                above = _author(f"{waiting} 某某") if waiting else shared
                if above is not None and (waiting or not (author.role or author.affiliation)):
                    joined = f"{above.affiliation} {author.affiliation}".strip()
                    author = replace(author, affiliation=joined, role=author.role or above.role)
                authors.append(author)
                waiting, shared = "", above
    return authors


def _whole_brackets(lines: Sequence[str]) -> list[str]:
    """Lines, joined where a bracket opened in one is closed in the next."""
    out: list[str] = []
    for line in lines:
        if out and sum(out[-1].count(c) for c in "（(") > sum(out[-1].count(c) for c in "）)"):
            out[-1] += line
        else:
            out.append(line)
    return out


def parse_profile(lines: Sequence[str]) -> list[Author]:
    """Authors of a PROFILE: a name, its affiliation and role, and its specialties, one after the other."""
    authors: list[Author] = []
    for line in lines:
        text = line.strip()
        special = pattern("back_matter", "specialties").match(narrow(text))
        if special and authors:
            listed = text[len(text) - len(special["list"]) :] if len(narrow(text)) == len(text) else special["list"]
            authors[-1] = replace(
                authors[-1], specialties=tuple(s.strip() for s in re.split("[、,，]", listed) if s.strip())
            )
            continue
        if pattern("back_matter", "says").search(narrow(text)):
            break
        author = _author(text)
        if author is None:
            continue
        if author.name:
            authors.append(author)
        elif authors and not authors[-1].role and not authors[-1].specialties:
            authors[-1] = replace(authors[-1], affiliation=author.affiliation, role=author.role)
    return authors


def merge(bylines: Sequence[Author], profile: Sequence[Author]) -> tuple[Author, ...]:
    """Authors of the by-lines, with what the profile adds; those of the profile where there is no by-line."""
    known = {_key(author.name): author for author in profile}
    out = []
    for author in bylines:
        more = known.get(_key(author.name))
        if more is not None:
            author = replace(
                author,
                affiliation=author.affiliation or more.affiliation,
                role=author.role or more.role,
                specialties=more.specialties,
            )
        out.append(author)
    return tuple(out) or tuple(profile)


def _key(name: str) -> str:
    return re.sub(r"[\s・]", "", narrow(name))


def _parts(line: str) -> Iterable[str]:
    """A line cut at commas that part authors, and not where they part an English name from its office."""
    text = _AUTHOR_MARK.sub("", line.strip()).strip()
    if not any(is_wide(c) for c in text):
        return [text] if text else []
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth == 0 and char in "、，／/;；":
            parts.append(text[start:index].strip())
            start = index + 1
    out = []
    for part in [*parts, text[start:].strip()]:
        *before, first, second = ["", "", *_tokens(part)]
        if _is_whole_name(first) and _is_whole_name(second):
            out += [" ".join([*before, first]).strip(), second]  # two whole names, and no surname with its given name
            continue
        names = _names(part)
        out += names if len(names) > 1 and all(is_name(name) for name in names) else [part]
    return [part for part in out if part]


def _is_whole_name(token: str) -> bool:
    """Whether a token is a surname and a given name written together."""
    return len(token) >= 4 and is_name(token) and not _is_affiliation(token) and _role(token) is None


def _author(text: str) -> Author | None:
    """An author of one part of a by-line; without a name where it holds none; None where it says nothing known."""
    bracketed = _BRACKETED.match(text)
    if bracketed:
        inside = _author(bracketed["inside"])
        if inside is not None and (inside.role or inside.affiliation):
            outer = _author(bracketed["name"])
            if outer is not None and outer.name:
                return replace(
                    outer, affiliation=outer.affiliation or inside.affiliation, role=outer.role or inside.role
                )
        text = bracketed["name"]
    if not any(is_wide(c) for c in text):
        return _english(text)
    if _SPACED_NAME.match(text) and len(_tokens(text)[0]) <= 3 and _role(_tokens(text)[1]) is None:
        return Author(name=" ".join(_tokens(text)))  # 曽我部 and 田所 are no departments
    affiliations: list[str] = []
    roles: list[str] = []
    names: list[str] = []
    for token in _tokens(text):
        fused = _role(token)
        if fused is not None:
            before, role, after = fused
            affiliations += [before] if before else []
            roles.append(role)
            names += [after] if after else []
        elif (
            token in ("同", "同上")
            and not affiliations
            or _is_affiliation(token)
            and not names
            and (len(token) > 3 or not affiliations)
        ):
            affiliations.append(token)
        else:
            names.append(token)
    name = " ".join(names)
    if name and not (_NAME.match(name) and len(names) <= 3):
        return None
    return Author(name=name, affiliation=" ".join(affiliations), role=" ".join(roles))


def _english(text: str) -> Author | None:
    name, _, rest = text.partition(",")
    words = name.split()
    if not 2 <= len(words) <= 5 or not all(w[0].isupper() or w in ("de", "van", "von", "al") for w in words):
        match = pattern("front", "role").search(text)
        return (
            Author(name="", role=match[0].strip(), affiliation=text.replace(match[0], "").strip(" ,"))
            if match
            else None
        )
    if pattern("front", "role").search(name) or re.search(r"institute|university|studies|center", name, re.IGNORECASE):
        return Author(name="", affiliation=text)
    role, _, affiliation = rest.strip().partition(",")
    return Author(name=name.strip(), affiliation=affiliation.strip(), role=role.strip())


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s　]+", text.strip()) if token]


def _is_affiliation(token: str) -> bool:
    """Whether a token names an institute or a unit of one (no clause: such names have no particles)."""
    if not 2 < len(token) <= 32 or re.search("[をはがにでと、]", token):
        return False
    return bool(re.search(pattern("front", "affiliation").pattern + "$", narrow(token), re.IGNORECASE))


def _role(token: str) -> tuple[str, str, str] | None:
    """A token taken apart into affiliation, role and name, where it holds a role at its end or before a name."""
    plain = narrow(token)
    if len(plain) != len(token):
        plain = token
    if pattern("front", "occupation").match(plain):
        return "", token, ""
    head = _FUSED_HEAD.match(plain)
    if head and len(plain) > 3:
        unit = head["affiliation"]
        return unit, unit[-1] + head["role"] if not unit.endswith("センター") else "センター" + head["role"], ""
    match = re.search(pattern("front", "role").pattern + r"(?:\([^()]*\))?(?P<rest>[^ ()]{0,8})$", plain, re.IGNORECASE)
    if match is None:
        return None
    rest = match["rest"]
    before = token[: match.start()]
    telling = len(match[0]) - len(rest) > 2 and not rest and len(before) <= 10 and not is_name(before)
    if before and not _is_affiliation(before) and not telling:
        return None
    role = token[match.start() : len(token) - len(rest)]
    return before, role, token[len(token) - len(rest) :] if rest else ""
