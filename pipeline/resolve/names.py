"""Names of persons and bodies beside titles: where the list of authors begins, who writes, edits and translates.

Spans are offsets into the note; ``view`` is `pipeline.text.plain` of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.resolve.known import Span, is_council, is_name, is_news, is_org, pattern, stripped
from pipeline.resolve.latin import latin_names
from pipeline.rules.engine import book

_AND_JA = re.compile(
    r"(?<=[一-龯ァ-ヴー々A-Za-z）])(?:及び|および|並びに|ならびに|と|/|=(?=[^=]*・|[一-龯]))(?=[一-龯ァ-ヴA-Z])"
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
    r"[一-龯々ヶ〆ヵ]{1,4} ?[一-龯々ヶァ-ヴーぁ-ん]{1,5}$"  # 佐竹知彦
    r"|[ァ-ヴー]{2,}(?:[・=＝ ][ァ-ヴーA-Z.]{1,})+$"  # ジョン・ホール
    r"|[A-Z](?:[・.] ?[A-Z])*[・.] ?[ァ-ヴー]{2,}$"  # H・R・マイヤー
    r"|[ァ-ヴー]+[、,] ?(?:[A-Z]\.? ?)+$"  # マイヤー、H. R.
)
_SAME_AUTHOR = re.compile(r"(?:[―—─-]{2,}|_{3,})\.?|[Ii]dem")
"""What stands for the author of the work before, in a list of references or of citations."""
_NO_NAME_BEHIND = re.compile(
    r"(?:による|[・、 ]?閣議(?:決定|了解)|(?:公告|告示|通達|訓令)(?:[0-9]{4}年)?第?[0-9]{1,4}号)$"
)
_YEAR_BEHIND = re.compile(r"(?<=[ァ-ヴA-Z.編著訳]) ?（(?:1[6-9]|20)[0-9]{2}[a-z]?）$")
_HONOURED = re.compile(
    r"による$|(?:氏|教授|博士|研究員)(?:の(?:論考|論文|論稿|著書|著作|研究|整理|分析|報告|報告書|記事|記述|寄稿))?$"
)
_KATAKANA = re.compile(r"[ァ-ヴーA-Z.]+$")


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

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.authors or self.editors or self.translators or self.container or self.same_author)


def before_title(view: str, start: int, end: int) -> Names:
    """The names in ``view[start:end]``, which ends where a title begins; what comes before them is lead-in or prose."""
    while end > start and view[end - 1] in " 、,:・ ":
        end -= 1
    while start < end and view[start] == " ":
        start += 1
    end = start + len(_NO_NAME_BEHIND.sub("", _YEAR_BEHIND.sub("", view[start:end])))
    names = Names(end)
    if end <= start:
        return names
    dash = _SAME_AUTHOR.fullmatch(view, start, end)
    if dash:
        return Names(start, same_author=(start, end))
    joined = re.compile(r"[ 、,]*(?:及び|および|並びに|ならびに|と(?=[一-龯ァ-ヴA-Z])|and |& )").match(view, start, end)
    start = joined.end() if joined else start
    start = _after_lead(view, start, end)
    inverted = re.search(r"[ァ-ヴー]{2,}[、,] ?(?:[A-Z]\.? ?)+$", view[start:end])
    if inverted or re.search(r"[ぁ-ヴ一-龯가-힣]", view[_last_break(view, start, end) : end]):
        _japanese(view, start, end, names)
    else:
        _latin(view, start, end, names)
    return names


def is_site(name: str) -> bool:
    """Whether a name says itself that it is a body's site: 参議院HP."""
    site = _SITE.search(name)
    return bool(site and site.start()) and is_name(name)


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
        split += _split_unit(view, *stripped(view, low, high))
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
    bare = _SITE.sub("", _ROLE.sub("", re.sub(r" ?（@[^（）]*）$", "", name)))
    if pattern("{COMPOUND_BODIES}").fullmatch(bare) or is_council(bare):
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
    return [stripped(view, a, b) for a, b in found]


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
    if pattern("{NOT_A_NAME}").fullmatch(unit) and unit != "同":
        return False
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
    low, high = stripped(view, low, high)
    lead = re.match(r"[0-9]{1,2} (?=\D)|[・※■●] ?|[\[（【〈](?:出典|出所|資料|参考|注)[\]）】〉] ?", view[low:high])
    low += lead.end() if lead else 0
    name = view[low:high]
    name = (
        name[: m.start()] if (m := re.search(r" ?(?:（?(?:ほか|他|外|等)[0-9]*名?）?)$", name)) and m.start() else name
    )
    name = re.sub(r"[, ]+et al\.?$", "", name)
    name = name[: m.start()] if (m := _SITE.search(name)) and m.start() else name
    name = name[: m.start()] if (m := _HONOURED.search(name)) and m.start() else name
    bracket = re.search(r" ?（[^（）]*）$", name)
    if bracket and not (
        is_org(name[: bracket.start()]) and re.fullmatch(r" ?（[A-Za-z/&.\- ]{2,12}）", bracket.group())
    ):
        name = name[: bracket.start()]
    return stripped(view, low, low + len(name)) if name.strip() else None


def _latin(view: str, start: int, end: int, names: Names) -> None:
    spans, role = latin_names(view, start, end)
    if not spans:
        return
    names.start = spans[0][0]
    if len(spans) == 1 and is_news(view[slice(*spans[0])]):
        names.container = spans[0]
    elif role == "translate":
        names.translators = spans
    else:
        names.authors = spans
        names.editors = list(spans) if role == "edit" else []
