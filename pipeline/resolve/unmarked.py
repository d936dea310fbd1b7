"""Citations whose title no quotation mark sets off: a title and its address, a name with pages, Latin titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resolve import names as naming
from pipeline.resolve.drafts import Back, Draft
from pipeline.resolve.known import Span, is_name, is_news, is_prose, pattern
from pipeline.resolve.latin_titles import has_imprint, has_verb, latin_titles
from pipeline.resolve.prose import closes
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.values import date_of, pages_of
from pipeline.rules.engine import book

_SENTENCE_END = re.compile(
    r"(?:[ぁ-ん](?:た|る|す|い|う|く)|である|です|ます|だ|参考|参照|のとおり|の通り|は|が|を|に|で|の|[0-9]%|等|など|公開|設置|発表|"
    r"掲載)$|(?:は|が|を|に|では|には)、?(?:参考|参照|以下)$"
)
_POINTS = re.compile(r"\bsee\b| (?:at|in|from|on|via)$")
_SAME_PAPER = re.compile(r"同(?:紙|誌|通信)")
_OCCASION = re.compile(
    r"(?:（?[月火水木金土日]曜?日?）?|午[前後]|[0-9]{1,2}[時:](?:[0-9]{1,2}分?)?(?:頃|~)?|於:?.{1,20}|[・、 ]|"
    r"開催|実施|付け?|公表|発表|掲載|更新){0,6}"
)
"""When and where a press conference was held, or that a page was put out on that day."""
_OF_AUTHOR = re.compile(r"(?<=[一-龯ァ-ヴー])(?:論文|論考|著書|前掲書)$")
_ABOUT = re.compile(r"(?:に対する|に関する|における|についての|のための)")
"""Words that titles of documents hold and names do not."""
_PIECE = re.compile(r"の?(?:朝刊|夕刊)?の?(?:社説|論説|記事|コラム)")
"""What stands behind the date of a newspaper."""
_BARE = frozenset({"pages", "date", "locator", "paren", "edition", "volume", "issue"})
"""Items that may stand beside a bare name."""


def has_unmarked(scan: Scan, start: int, end: int) -> bool:
    """Whether a stretch has something that only citations have: an address, pages, an imprint, a newspaper's date."""
    items = scan.items(start, end)
    kinds = {"date" if _dated(scan, item) else item.kind for item in items}
    named = items[0].kind == "text" and is_name(scan.view[items[0].start : items[0].end]) if items else False
    if named and any(_address_of(scan, item) for item in items[1:2]):
        return True
    chapter = any(item.kind == "locator" for item in items)
    return bool(kinds & {"url", "pages", "doi", "date", "accessed"}) or chapter or has_imprint(scan, start, end)


def read_unmarked(scan: Scan, start: int, end: int, *, alone: bool) -> list[Draft]:
    """The drafts of a stretch, without what follows their titles; ``alone`` where it is a whole sentence."""
    items = scan.items(start, end)
    return (
        (_author_and_year(scan, items) if alone else [])
        or latin_titles(scan, start, end)
        or _with_addresses(scan, items, start, end)
        or (_bare(scan, items) if alone else [])
    )


# ------------------------------------------------------------ a title or name and its address


def _with_addresses(scan: Scan, items: Sequence[Item], start: int, end: int) -> list[Draft]:
    """A draft for each address; one right behind another is left to the citation before."""
    found: list[Draft] = []
    at = start
    for item in items:
        if item.kind == "paren" and not found:
            url = _address_of(scan, item)
            following = scan.view[item.end : item.end + 1]
            goes_on = re.match(r"[ぁ-ん]", following) and not closes(scan.view[item.end : end].strip())
            if url is not None and is_name(scan.view[start : item.start]) and not goes_on:
                found.append(_addressed(scan, start, url))
                found[0].end = at = item.end
        if item.kind == "url" and (not found or scan.view[at : item.start].strip(" 、,:;<>")):
            found.append(_addressed(scan, at, item))
            at = item.end
    return found


def _address_of(scan: Scan, item: Item) -> Item | None:
    """The address in a bracket."""
    if item.kind != "paren":
        return None
    return next((part for part in scan.items(*item.inner) if part.kind == "url"), None)


def _addressed(scan: Scan, start: int, url: Item) -> Draft:
    low, high = _trim(scan.view, start, url.start)
    low += _lead(scan.view[low:high])
    words = scan.view[low:high]
    draft = Draft(low, url.end, style="plain")
    if not words or _running(words):
        draft.start = url.start
    elif is_news(words):
        draft.add("container", low, high, scan.text[low:high])
    else:
        _title_and_date(scan, draft, low, high)
    draft.add("url", url.start, url.end, url.url)
    return draft


def _title_and_date(scan: Scan, draft: Draft, low: int, high: int) -> None:
    """The words in front of an address, with the date in them or in a bracket behind them, and whose page it is."""
    items = scan.items(low, high)
    date = next((item for item in items if item.kind == "date"), None)
    end, behind = (date.start, date.end) if date is not None and date.start > low + 1 else (high, high)
    for bracket in (item for item in items if item.kind == "paren"):
        dated = next((part for part in scan.items(*bracket.inner) if part.kind == "date"), None)
        if dated is not None and date is None:
            date = dated
            held = _OCCASION.fullmatch(_words_beside(scan, bracket, dated))
            if held and _publishers(scan, bracket.end, high) is not None:
                end, behind = bracket.start, bracket.end
    while end > low and scan.view[end - 1] in " 、,":
        end -= 1
    draft.add("title", low, end, scan.text[low:end])
    if date is not None:
        draft.add("date", date.start, date.end, date_of(date))
    for item in _publishers(scan, behind, high) or ():
        draft.add("publisher", item.start, item.end, scan.text[item.start : item.end].strip())


def _publishers(scan: Scan, start: int, end: int) -> list[Item] | None:
    """The names between a date and an address; None where words that are no names stand there too."""
    found = [item for item in scan.items(start, end) if scan.view[item.start : item.end].strip(" 、,:<>")]
    names = all(item.kind == "text" and is_name(scan.view[item.start : item.end]) for item in found)
    return found if names else None


def _words_beside(scan: Scan, bracket: Item, date: Item) -> str:
    """What a bracket holds besides its date."""
    low, high = bracket.inner
    return (scan.view[low : date.start] + scan.view[date.end : high]).strip(" 、,")


def _lead(words: str) -> int:
    """Where a lead-in at the very beginning ends."""
    rules = [rule for rule in book().yielding("lead") if rule.id != "lead-ja-close"]
    return max(
        (hit.end for rule in rules for hit in rule.find(words) if hit.start == 0 and hit.end < len(words)), default=0
    )


def _trim(view: str, low: int, high: int) -> Span:
    while low < high and view[low] in " 、,・※:;<>（":
        low += 1
    while low < high and view[high - 1] in " 、,:<（・":
        high -= 1
    return low, high


def _running(words: str) -> bool:
    """Whether words in front of an address are a sentence and no title."""
    if re.search(r"[ぁ-んァ-ヶ一-龯]", words):
        return bool(_SENTENCE_END.search(words))
    return (has_verb(words) and "?" not in words) or bool(_POINTS.search(words))


# ------------------------------------------------------------ nothing but a name, pages or a date


def _author_and_year(scan: Scan, items: Sequence[Item]) -> list[Draft]:
    """佐竹（2012）33頁, Hall (2015), p. 9, Hall (2015: 9): a work of a list of references, by its author and year."""
    named = [item for item in items if item.kind not in ("comma", "stop") and scan.view[item.start : item.end].strip()]
    if [item.kind for item in named] not in (["text", "paren", "pages"], ["text", "paren"]):
        return []
    inner = [item for item in scan.items(*named[1].inner) if scan.view[item.start : item.end].strip(" 、,:")]
    found = naming.before_title(scan.view, named[0].start, named[0].end)
    wanted = ["date"] if len(named) > len(("text", "paren")) else ["date", "pages"]
    if [item.kind for item in inner] != wanted or not found.authors:
        return []
    draft = Draft(found.start, named[1].end, style="plain")
    for low, high in found.authors:
        draft.add("authors", low, high, scan.text[low:high])
    draft.add("date", inner[0].start, inner[0].end, date_of(inner[0]))
    for item in inner[1:]:
        draft.add("pages", item.start, item.end, pages_of(scan.text[item.start : item.end]))
    return [draft]


def _dated(scan: Scan, item: Item) -> bool:
    """Whether a bracket holds a date."""
    return item.kind == "paren" and any(part.kind == "date" for part in scan.items(*item.inner))


def _bare(scan: Scan, items: Sequence[Item]) -> list[Draft]:
    """白書、12頁 (a title), 佐竹、12頁 (an author alone), 架空新聞、2020年4月6日 (a newspaper)."""
    texts = [item for item in items if item.kind == "text" and scan.view[item.start : item.end].strip()]
    texts = [item for item in texts if not _PIECE.fullmatch(scan.view, item.start, item.end)] or texts
    kinds = [
        "date" if _dated(scan, item) else item.kind for item in items if item.kind not in ("text", "comma", "stop")
    ]
    if len(texts) != 1 or not kinds or not _BARE.issuperset(kinds):
        return []
    found = naming.before_title(scan.view, items[0].start, texts[0].end)
    low, high = _trim(scan.view, texts[0].start, texts[0].end)
    if found.authors and not _is_document(scan.view[low:high]):
        low, high = found.authors[0][0], found.authors[-1][1]
    words = scan.view[low:high]
    ahead = any(item.start < low for item in items if item.kind not in ("text", "comma"))
    document = _is_document(words)
    if ahead or not (document or is_name(words)):
        return []
    draft = Draft(low, high, style="plain")
    if document and {"pages", "date", "locator"} & set(kinds):
        draft.add("title", low, high, scan.text[low:high])
    elif (is_news(words) or _SAME_PAPER.fullmatch(words)) and "date" in kinds and "pages" not in kinds:
        draft.add("container", low, high, scan.text[low:high])
    elif kinds == ["pages"] and not document and not is_prose(words):
        noun = _OF_AUTHOR.search(words)
        if noun and noun.start():  # 深川論文、12頁
            draft.back = Back("prior", noun.group(), what=noun.group())
            draft.add("authors", low, low + noun.start(), scan.text[low : low + noun.start()])
            draft.end = high
            return [draft]
        for a, b in found.authors or [(low, high)]:
            draft.add("authors", a, b, scan.text[a:b])
    else:
        return []
    return [draft]


def _is_document(words: str) -> bool:
    """Whether words are the title of a document: 令和4年版防衛白書, 配備に対する附帯決議."""
    return bool(pattern("^.*{DOCUMENT_JA}").fullmatch(words)) and is_name(_ABOUT.sub("", words))
