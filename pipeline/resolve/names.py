"""Names of persons and bodies beside titles: where the list of authors begins, who writes, edits and translates.

Spans are offsets into the note; ``view`` is `pipeline.text.plain` of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipeline.rules.engine import book

Span = tuple[int, int]

_AND_JA = re.compile(
    r"(?<=[一-龯ァ-ヴー々A-Za-z）])(?:及び|および|並びに|ならびに|と|/|=(?=[^=]*・))(?=[一-龯ァ-ヴA-Z])"
)
_ROLE = re.compile(
    r"(?:（|〔|\[)?(?:(?P<translate>共?訳・?解説|監訳|共訳|訳著|編訳|訳注|訳)|(?P<supervise>責任編集・監修|監修|総監修|解説|序文|校閲)|"
    r"(?P<edit>責任編集|共編著|編集代表|編集|編著|共編|編|主編|主编|编著|编|엮음|편저|편)|(?P<write>共著|原著|著作|執筆|著|지음|저))(?:者)?(?:）|〕|\])?$"
)
_ROLE_BEFORE = re.compile(r"^(?P<translate>訳者?|監訳|翻訳)[:は](?P<name>.+)$")
_AND_OTHERS = re.compile(
    r" ?(?:（?(?:ほか|他|等|など|외)(?=(?:編著|編|著|訳)?）?$)）?(?:[0-9一-九]+名)?|(?:,? ?et al\.?))"
)
_SITE = re.compile(
    r"(?:の?(?:公式|オフィシャル)?(?:ホームページ|HP|Webサイト|WEBサイト|ウェブサイト|ウェブページ|Webページ|サイト|ウェブ)|報道(?:発表)?(?:資料|発表)|プレスリリース)$"
)
_PERSON_JA = re.compile(
    r"[一-龯々ヶ〆ヵ]{1,4} ?[一-龯々ヶァ-ヴーぁ-ん]{1,5}$|[ァ-ヴー]{2,}(?:[・=＝ ][ァ-ヴーA-Z.]{1,})+$|[A-Z](?:[・.] ?[A-Z])*[・.] ?[ァ-ヴー]{2,}$|[ァ-ヴー]+、(?:[A-Z]\.? ?)+$"
)
_KATAKANA = re.compile(r"[ァ-ヴーA-Z.]+$")
_WORD = re.compile(r"[^\s,]+")
_PARTICLES = frozenset(
    "de da di la le du van von der den bin binti ibn al el of the for and on & in at to y e zu dos das".split()
)
_LEADING = frozenset("of the for and on & in at to".split())
_NOT_NAMES = re.compile(
    r"^(?:例えば|たとえば|次|以下|また|なお|特に|とくに|他に|ほかに|同様に|参照|詳しくは|さらに|ただし|一方|前者|後者|同|本稿|筆者|[Ss]ee(?: also)?|[Cc]f\.?|[Aa]lso|別添|仮訳|概要|付|及び|および|並びに|ならびに|と|や|又は|または|か|and|or|いずれも|ともに|それぞれ|[0-9.\-/ ]+)$"
)


@dataclass(slots=True)
class Names:
    """Who stands before a title: spans of authors, editors of a whole book (authors too), translators.

    ``container`` is a newspaper, agency or broadcaster in their place; ``start`` is where the first of it begins.
    ``same_author`` is the 同 that stands for the author of the citation before.
    """

    start: int
    authors: list[Span] = field(default_factory=list)
    editors: list[Span] = field(default_factory=list)
    translators: list[Span] = field(default_factory=list)
    container: Span | None = None
    same_author: Span | None = None


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern over the named sub-patterns of the rule files."""
    return book().pattern(text)


def is_prose(view: str) -> bool:
    """Whether a text has hiragana that names do not have (を, …は、, する, した)."""
    return bool(pattern("{PROSE_JA}").search(view))


def is_news(view: str) -> bool:
    """Whether a name is that of a newspaper, agency, broadcaster or news site."""
    name = view.strip(" 『』「」《》,.")
    name = re.sub(r"^(?:The|the) ", "", name)
    known = pattern(
        "(?:{NEWSPAPERS}|{NEWS_AGENCIES}|{BROADCASTERS}|{NEWS_SITES})(?:社|デジタル|電子版|オンライン|日本語版|速報|ニュース)?"
    )
    if known.fullmatch(name) or re.fullmatch(r"(?:The )?Times(?: \(London\))?", name):
        return True
    latin = bool(re.search(r"[A-Za-z]", name)) and not re.search(r"[ぁ-ヴ一-龯]", name)
    if latin:
        return (
            bool(re.search(rf"\b{book().named['NEWS_LIKE_EN']}$", name))
            and not re.search(r"\bJournal (?:of|for)\b|Press$", name)
            and (not name.endswith("Journal") or name.endswith("Street Journal"))
        )
    return bool(pattern(r"[^をはがに、。「」（）]{0,14}{NEWS_LIKE}").fullmatch(name)) and not re.search(
        r"研究|短信$", name
    )


def is_org(view: str) -> bool:
    """Whether a name is a body's and no person's."""
    name = view.strip()
    if re.search(r"[ぁ-ヴ一-龯가-힣]", name):
        return bool(pattern(r"(?:.*)(?:{ORG_END}(?:（[^（）]*）|\([^()]*\))?)").fullmatch(f"_{name}"))
    return bool(pattern(r"\b{ORG_EN}\b").search(name)) or name.isupper()


def is_name(view: str) -> bool:
    """Whether a text can be a name: short, no prose, not a lead-in word or a mere number."""
    name = view.strip()
    if not name or len(name) > 120 or _NOT_NAMES.match(name) or is_prose(name):
        return False
    if re.search(r"[ぁ-ヴ一-龯]", name):
        kana = len(re.findall(r"[ぁ-ん]", name))
        ends_well = not re.search(r"[のをにでもへやがはとて]$", name) or bool(re.search(r"[一-龯][ぁ-ん]{2,3}$", name))
        return len(name) <= 40 and kana * 2 <= len(name) + 2 and ends_well and not re.search(r"[「」『』。:]", name)
    return bool(re.search(r"[A-Za-zÀ-žА-яЁё가-힣一-龯]", name))


def before_title(view: str, start: int, end: int) -> Names:
    """The names in ``view[start:end]``, which ends where a title begins; what comes before them is lead-in or prose."""
    while end > start and view[end - 1] in " 、,:・ ":
        end -= 1
    if view[start:end].endswith("による"):
        end -= len("による")
    names = Names(end)
    if end <= start:
        return names
    joined = re.compile(r"[ 、,]*(?:及び|および|並びに|ならびに|と(?=[一-龯ァ-ヴA-Z])|and |& )").match(view, start, end)
    start = joined.end() if joined else start
    start = _after_lead(view, start, end)
    inverted = re.search(r"[ァ-ヴー]{2,}、(?:[A-Z]\.? ?)+$", view[start:end])
    if inverted or re.search(r"[ぁ-ヴ一-龯가-힣]", view[_last_break(view, start, end) : end]):
        _japanese(view, start, end, names)
    else:
        _latin(view, start, end, names)
    return names


def _last_break(view: str, start: int, end: int) -> int:
    found = max(view.rfind("、", start, end), view.rfind(",", start, end))
    return found + 1 if found >= 0 else start


def _after_lead(view: str, start: int, end: int) -> int:
    """Past the last lead-in (例えば、, See also) that something follows."""
    at = start
    for rule in book().yielding("lead"):
        if rule.id == "lead-ja-close":
            continue
        for hit in rule.find(view[start:end]):
            if at < start + hit.end < end:
                at = start + hit.end
    return at


def _japanese(view: str, start: int, end: int, names: Names) -> None:
    for at in _beginnings(view, start, end):
        units = _units(view, at, end)
        if units and all(_can_stand(view[a:b], last=(a, b) == units[-1]) for a, b in units):
            names.start = units[0][0]
            _sort(view, units, names)
            return


def _beginnings(view: str, start: int, end: int) -> list[int]:
    """Where a list of names may begin, the earliest first: after commas and after words that close a lead-in."""
    found = {start}
    found |= {m.end() for m in re.compile(r"[、,。;:] ?").finditer(view, start, end)}
    lead = book().rules["lead-ja-close"]
    for at in range(start + 1, end):
        piece = view[max(start, at - 24) : at]
        if any(hit.end == len(piece) for hit in lead.find(piece)) and re.match(r"[一-龯ァ-ヴA-ZА-Я 가-힣]", view[at]):
            found.add(at)
    return sorted(at for at in found if at < end)


def _units(view: str, start: int, end: int) -> list[Span]:
    """Names of a list, split at commas, ・ and 及び, with roles still on them."""
    found: list[Span] = []
    at, depth = start, 0
    for pos in range(start, end):
        depth += (view[pos] in "（[〔") - (view[pos] in "）]〕")
        if depth <= 0 and view[pos] in "、,/":
            found.append((at, pos))
            at = pos + 1
    found.append((at, end))
    split: list[Span] = []
    for low, high in _with_initials(view, found):
        split += _split_unit(view, *_stripped(view, low, high))
    return [(low, high) for low, high in split if low < high]


def _with_initials(view: str, units: list[Span]) -> list[Span]:
    """Puts initials back behind their surname: マイヤー、H. R. is one name."""
    found: list[Span] = []
    for low, high in units:
        unit = view[low:high].strip()
        if (
            found
            and re.fullmatch(r"(?:[A-Z]\.? ?){1,3}", unit)
            and re.fullmatch(r"[ァ-ヴー=]+", view[slice(*found[-1])].strip())
        ):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _split_unit(view: str, low: int, high: int) -> list[Span]:
    name = view[low:high]
    if pattern("{COMPOUND_BODIES}").fullmatch(_ROLE.sub("", name)):
        return [(low, high)]
    joins = [m.span() for m in _AND_JA.finditer(name)] + [m.span() for m in re.finditer("・", name)]
    found: list[Span] = []
    at = 0
    for start, end in sorted(joins):
        left, right = name[at:start], name[end:]
        if _two_names(left, right, name[start:end]):
            found.append((low + at, low + start))
            at = end
    found.append((low + at, high))
    return [_stripped(view, a, b) for a, b in found]


def _two_names(left: str, right: str, join: str) -> bool:
    """Whether 左・右 is two names and not one (ジョン・スミス, 外交・安全保障研究会)."""
    first = _ROLE.sub("", re.split(r"[・、=（]", right)[0])
    last = re.split(r"[・、=]", left)[-1]
    if not last or not first:
        return False
    if join != "・":
        return is_name(last) and is_name(first) and (is_org(last) == is_org(first) or bool(_PERSON_JA.match(last)))
    if _KATAKANA.match(last) and _KATAKANA.match(first):
        return False
    if is_org(last):
        return True
    rest_is_org = is_org(_ROLE.sub("", right))
    if rest_is_org:
        return False
    return bool(re.fullmatch(r"[一-龯々ヶぁ-んァ-ヴー ]{1,7}", last)) or bool(
        re.fullmatch(r"[ァ-ヴー・A-Z.=]{3,}", left)
    )


def _can_stand(unit: str, *, last: bool) -> bool:
    """Whether a unit is a name with a role; in front of the last one, it must look like a person's or a body's."""
    bare = _AND_OTHERS.sub("", _ROLE.sub("", unit)).strip()
    bare = re.sub(r"（[^（）]*）$", "", bare)
    if re.fullmatch(r"同(?:氏|省|庁|社|著者|会|紙)?", bare):
        return True
    if not is_name(bare):
        return False
    return (
        last
        or bool(_PERSON_JA.match(bare))
        or is_org(bare)
        or bool(_ROLE.search(unit))
        or bool(re.fullmatch(r"[A-Z][A-Za-z.\- ]+", bare))
    )


def _sort(view: str, units: list[Span], names: Names) -> None:
    """Puts each name under its role; a role at the end of a list holds for all before it back to the last role."""
    waiting: list[Span] = []
    for low, high in units:
        ahead = _ROLE_BEFORE.match(view[low:high])
        if ahead:
            names.translators.append((low + ahead.start("name"), high))
            continue
        within = re.search(r"（(?P<name>[^（）]+?)(?:監訳|共訳|訳)）$", view[low:high])
        if within and within.start():
            names.translators.append((low + within.start("name"), low + within.end("name")))
            high = low + within.start()
        role = _ROLE.search(view[low:high])
        bare = _bare(view, low, low + role.start() if role else high)
        if bare:
            waiting.append(bare)
        if role:
            _assign(role, waiting, names)
            waiting = []
    if waiting and is_news(view[waiting[-1][0] : waiting[-1][1]]):
        names.container = waiting.pop()
    if waiting and re.fullmatch(r"同(?:氏|省|庁|社|著者|会)?", view[waiting[-1][0] : waiting[-1][1]]):
        names.same_author = waiting.pop()
    names.authors += waiting


def _assign(role: re.Match[str], waiting: list[Span], names: Names) -> None:
    if role["translate"]:
        names.translators += waiting
    elif role["edit"]:
        names.editors += waiting
        names.authors += waiting
    elif role["write"]:
        names.authors += waiting


def _bare(view: str, low: int, high: int) -> Span | None:
    """A name without ほか, ホームページ and what stands in brackets behind a person."""
    low, high = _stripped(view, low, high)
    lead = re.match(r"[0-9]{1,2} (?=\D)|[・※■●] ?|[\[（【〈](?:出典|出所|資料|参考|注)[\]）】〉] ?", view[low:high])
    low += lead.end() if lead else 0
    name = view[low:high]
    name = (
        name[: m.start()] if (m := re.search(r" ?(?:（?(?:ほか|他|外|等)[0-9]*名?）?)$", name)) and m.start() else name
    )
    name = re.sub(r"[, ]+et al\.?$", "", name)
    name = name[: m.start()] if (m := _SITE.search(name)) and m.start() else name
    name = name[: m.start()] if (m := re.search(r"による$", name)) else name
    bracket = re.search(r" ?（[^（）]*）$", name)
    if bracket and not (
        is_org(name[: bracket.start()]) and re.fullmatch(r" ?（[A-Za-z/&.\- ]{2,12}）", bracket.group())
    ):
        name = name[: bracket.start()]
    return _stripped(view, low, low + len(name)) if name.strip() else None


def _stripped(view: str, low: int, high: int) -> Span:
    while low < high and view[low] in " 、,・":
        low += 1
    while low < high and view[high - 1] in " 、,・":
        high -= 1
    return low, high


def _latin(view: str, start: int, end: int, names: Names) -> None:
    """Names in Latin or Cyrillic letters: those of the last run of capitalised words."""
    foreign = max((m.end() for m in re.finditer(r"[ぁ-ヴ一-龯、。] ?", view[start:end])), default=0)
    start += foreign
    text = view[start:end]
    text, role = _latin_role(text)
    at = _names_from(text)
    units = latin_units(text[at:])
    if not units:
        return
    spans = [(start + at + a, start + at + b) for a, b in units if is_name(text[at + a : at + b])]
    if not spans:
        return
    names.start = spans[0][0]
    if len(spans) == 1 and is_news(view[spans[0][0] : spans[0][1]]):
        names.container = spans[0]
        return
    if role == "translate":
        names.translators = spans
        return
    names.authors = spans
    if role == "edit":
        names.editors = list(spans)


def _latin_role(text: str) -> tuple[str, str]:
    text = re.sub(r",? et al\.?(?=,? *(?:[（(]?[Ee]ds?\.|$))", "", text)
    match = re.search(
        r",? ?[（(]?(?<![A-Za-z])(?:(?P<edit>[Ee]ds?\.?|editors?)|(?P<translate>trans\.?|translated by))[）)]?[,.]? ?$",
        text,
    )
    if not match or not match.start():
        return text, ""
    return text[: match.start()], "edit" if match["edit"] else "translate"


def _names_from(text: str) -> int:
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
        return [_stripped(text, 0, len(text))]
    pieces = [(m.start(), m.end()) for m in re.finditer(r"[^,;]+", text)]
    found: list[Span] = []
    for low, high in pieces:
        low, high = _stripped(text, low, high)
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
    for join in re.finditer(r" (?:and|&|et|und|и) ", piece):
        left, right = piece[at : join.start()], piece[join.end() :]
        if _person_latin(left) and _person_latin(re.split(r" (?:and|&) ", right)[0]):
            found.append((low + at, low + join.start()))
            at = join.end()
    found.append(_stripped(text, low + at, high))
    return found


def _person_latin(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 5 and not re.search(rf"\b{book().named['ORG_EN']}\b", name) and words[0][:1].isupper()


def _continues_body(body: str, piece: str) -> bool:
    """Whether a piece after a comma is the rest of a body's name (Ministry of Defence, Singapore)."""
    if not re.search(rf"\b{book().named['ORG_EN']}\b", body):
        return False
    if re.match(r"(?:Republic|Kingdom|Government|State|Commonwealth) of ", body) and is_org(piece):
        return True
    return bool(
        re.match(
            r"(?:Office|Bureau|Division|Department|Directorate|Headquarters|Republic|Government|People's|United) ",
            piece,
        )
        or re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", piece)
        and not re.search(r" and ", piece)
        and pattern(
            "{PLACES}|Japan|India|Australia|Singapore|Malaysia|Indonesia|Thailand|Vietnam|Philippines|China|Korea|France|Germany|Canada|New Zealand|United Kingdom|Israel|Ukraine|Russia"
        ).fullmatch(piece)
    )
