"""What names look like: predicates over the names and patterns of the rule files.

Texts are `pipeline.text.plain`, as rules see them.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.rules.engine import book

Span = tuple[int, int]
"""Start and end (exclusive), offsets into a note."""


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern over the named sub-patterns of the rule files."""
    return book().pattern(text)


def stripped(view: str, low: int, high: int) -> Span:
    """The span without spaces, commas and ・ at its ends."""
    while low < high and view[low] in " 、,・":
        low += 1
    while low < high and view[high - 1] in " 、,・":
        high -= 1
    return low, high


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


def _about_removed(name: str) -> str:
    """The name of a council without what it is about (安全保障に関する懇談会), which sounds like prose."""
    return pattern("{ABOUT_JA}").sub("", name) if is_council(name) else name


def is_council(name: str) -> bool:
    """Whether a name is that of a council called after what it is about."""
    form = pattern(
        "(?!この|その|同|当該)[^、。「」『』]{2,40}{ABOUT_JA}[^、。「」『』]{0,20}{COUNCIL_JA}(?:（[^（）]*）)?"
    )
    return bool(form.fullmatch(name))


def is_name(view: str) -> bool:
    """Whether a text can be a name: short, no prose, not a lead-in word or a mere number."""
    name = _about_removed(view.strip())
    if not name or "~" in name or len(name) > 120 or pattern("{NOT_A_NAME}").fullmatch(name) or is_prose(name):
        return False
    if re.search(r"[ぁ-ヴ一-龯]", name):
        kana = len(re.findall(r"[ぁ-ん]", name))
        if re.search(r"[一-龯][ぁ-ん]$", name):
            return False  # 目指す, 述べ
        ends_well = not re.search(r"[のをにでもへやがはとて]$", name) or bool(re.search(r"[一-龯][ぁ-ん]{2,3}$", name))
        return (
            len(name) <= 40
            and (kana * 2 <= len(name) + 2 or is_org(name))
            and ends_well
            and not re.search(r"[「」『』。:]", name)
        )
    return bool(re.search(r"[A-Za-zÀ-žА-яЁё가-힣一-龯]", name))
