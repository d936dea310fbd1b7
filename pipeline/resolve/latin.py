"""Names in Latin and Cyrillic letters: where a list of them begins, and where it is split."""

from __future__ import annotations

import re

from pipeline.resolve.known import Span, is_name, is_org, pattern, stripped

_FOREIGN = re.compile(r"[ぁ-ヴ一-龯、。] ?|^ ?[0-9]{1,2} (?=[A-Z])")
"""What stands before a list and is none of it: Japanese words, a number."""
_JOIN = re.compile(r" (?:and|&|et|und|y|и) | ?/ ?")
_REMARK = re.compile(r"（(?:[a-z]+ |@)[^（）]*）")
"""Who somebody is, or what he is called on a network, in a bracket behind the name."""
_RECORD = re.compile(r"(?:^|, )(?:Memorandum|Memo|Telegram|Cable|Airgram|Letter|Dispatch) (?:of|from|to|for|by|[0-9])")
"""What a record in an archive is called; whom it names is its sender, who meets, not who writes."""
_WORD = re.compile(r"[^\s,]+")
_PARTICLES = frozenset(
    "de da di la le du van von der den bin binti ibn al el of the for and on & in at to y e zu dos das des les aux et "
    "della dei".split()
)
"""Words in small letters that stand inside names of persons and bodies."""
_LEADING = frozenset("of the for and on & in at to".split())
"""Those of them that no name begins with."""
_DIVISION = re.compile(
    r"(?:Office|Bureau|Division|Department|Directorate|Headquarters|Republic|Government|People's|United) "
)


_KINDS = "Ministry|Department|Office|Bureau|Secretariat|Cent(?:er|re)|Institute|Council|Committee"
_OF = re.compile(rf"\b(?:{_KINDS}) (?:of|for|on) ")
_BODY = re.compile(
    rf"(?:[Tt]he )?(?:[A-Z][\w.]+ ){{0,2}}(?:{_KINDS}|Commission|Embassy|Government|High Representative|Agency"
    r"|University|Bank|Parliament) (?:of|for|on) "
)
_HEAD = re.compile(
    r"\b(?:Commission|Council|Ministry|Institut(?:e|ion)|Agency|Secretariat|University|Foundation|Parliament|Bank|"
    r"High Representative)$"
)
_FIELDS = re.compile(r"[A-Z][a-z]+(?: (?:and|&) [A-Z][a-z]+)?")
"""Names of bodies: what a department is of, how a body's name begins or ends, further fields of a department."""


def latin_names(view: str, start: int, end: int) -> tuple[list[Span], str]:
    """Names at the end of ``view[start:end]``: those of its last run of capitalised words; and their role.

    The role is ``edit`` (eds.), ``translate`` (trans.) or empty.
    """
    start += max((match.end() for match in _FOREIGN.finditer(view[start:end])), default=0)
    text, role = _role(_REMARK.sub(lambda match: " " * len(match.group()), view[start:end]))
    record = _RECORD.search(text)
    text = text[: record.start()] if record else text
    at = names_from(text)
    names = [(at + a, at + b) for a, b in latin_units(text[at:])]
    names = [(a, b) for a, b in names if is_name(text[a:b]) and not pattern("{GENRE_BEFORE_EN}").fullmatch(text[a:b])]
    return [(start + a, start + b) for a, b in names], role


def _role(text: str) -> tuple[str, str]:
    text = re.sub(r",? et al\.?(?=,? *(?:[（(]?[Ee]ds?\.|$))", "", text)
    match = pattern(
        r",? ?[（(]?(?<![A-Za-zÀ-žА-я])(?:(?P<edit>{EDS})|(?P<translate>trans\.?|translated by))[）)]?[,.]? ?$"
    ).search(text)
    if not match or not match.start():
        return text, ""
    return text[: match.start()], "edit" if match["edit"] else "translate"


def names_from(text: str) -> int:
    """Where the last run of words that names are made of begins."""
    at = 0
    previous_lower = False
    for word in _WORD.finditer(text):
        token = word.group().strip("（）()\"'“”.")
        lower = (
            bool(token) and token[0].islower() and not re.match(r"[а-яё]", token) and token.lower() not in _PARTICLES
        )
        if lower or token in (":", ";"):
            at, previous_lower = word.end(), True
        elif previous_lower and token.lower() in _LEADING:
            at = word.end()
        else:
            previous_lower = False
    while at < len(text) and text[at] in " ,.:;":
        at += 1
    return at


def latin_units(text: str) -> list[Span]:
    """Names of a list such as A, B and C; Jr. and III stay with their name, and a body keeps its commas."""
    if pattern("{COMPOUND_BODIES}").fullmatch(text.strip(" ,")):
        return [stripped(text, 0, len(text))]
    pieces = [(m.start(), m.end()) for m in re.finditer(r"[^,;]+", text)]
    found: list[Span] = []
    for low, high in pieces:
        low, high = stripped(text, low, high)
        piece = text[low:high]
        if not piece or re.fullmatch(r"et al\.?", piece):
            continue
        if found and re.fullmatch(r"(?:Jr|Sr)\.?|I{2,3}|IV", piece):
            found[-1] = (found[-1][0], high)
            continue
        if found and _continues_body(text[found[-1][0] : found[-1][1]], piece):
            found[-1] = (found[-1][0], high)
            continue
        lead = re.match(r"(?:and|&|und|et|и) ", piece)
        low += lead.end() if lead else 0
        found += _split_and(text, low, high)
    return found


def _split_and(text: str, low: int, high: int) -> list[Span]:
    """A and B, unless that is one body (Office of Drugs and Crime)."""
    piece = re.sub(r",? et al\.?$", "", text[low:high])
    high = low + len(piece)
    found = []
    at = 0
    for join in _JOIN.finditer(piece):
        left, right = piece[at : join.start()], piece[join.end() :]
        persons = _person_latin(left) and _person_latin(_JOIN.split(right)[0])
        if "/" in join.group() and (" " not in left.strip() or " " not in right.strip()):
            continue  # Kyodo/Reuters, JOIN/2021
        if persons or _two_bodies(left, right):
            found.append((low + at, low + join.start()))
            at = join.end()
    found.append(stripped(text, low + at, high))
    return found


def _two_bodies(left: str, right: str) -> bool:
    """Whether both sides of an "and" are bodies of their own (European Commission and High Representative …)."""
    if not is_org(left) or (_OF.match(left) and not _BODY.match(right)):
        return False
    return bool(_BODY.match(right) or _HEAD.search(right))


def _person_latin(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 5 and not pattern(r"\b{ORG_EN}\b").search(name) and words[0][:1].isupper()


def _continues_body(body: str, piece: str) -> bool:
    """Whether a piece after a comma is the rest of a body's name (Ministry of Defence, Singapore)."""
    if not pattern(r"\b{ORG_EN}\b").search(body):
        return False
    if re.match(r"(?:Republic|Kingdom|Government|State|Commonwealth) of ", body) and is_org(piece):
        return True
    if _DIVISION.match(piece):
        return True
    # Department for Science, Innovation and Technology
    if _OF.search(body) and _FIELDS.fullmatch(piece):
        return True
    return bool(pattern("{STATE_BEHIND}").fullmatch(piece))
