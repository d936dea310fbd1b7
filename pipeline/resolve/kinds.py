"""What kind of work a citation cites, by its title, its container and what is printed with it."""

from __future__ import annotations

import re

from pipeline.resolve.drafts import Draft
from pipeline.resolve.names import is_news, pattern

_PRESS = re.compile(
    r"記者会見|会見録|会見要旨|会見概要|press conference|press briefing|news conference|记者会|기자회견", re.IGNORECASE
)
_TREATY = re.compile(
    r"(?:条約|協定|議定書|憲章|規約|取極|交換公文|覚書|条约|协定)(?:（[^（）]*）)?$|\b(?:Treaty|Convention|Protocol|Charter|Code for Unplanned)\b"
)
_LAW = re.compile(r"(?:に関する法律|基本法|特別措置法|法律|政令|省令|訓令|法)$|\bAct(?: of [0-9]{4})?$")
_DATA = re.compile(r"データベース|データセット|データ集|Database|Dataset|Data Set|DataBank", re.IGNORECASE)
_REPORT = re.compile(
    r"白書|青書|報告書|報告$|レポート|年鑑|戦略$|大綱$|計画$|提言|答申|White Paper|\bReport\b|Strategy|백서|白皮书|Assessment|Outlook",
    re.IGNORECASE,
)
_LATIN_PERIODICAL = re.compile(r"[A-Za-z]")


def kind_of(draft: Draft) -> str:
    """The kind in the output contract; a back reference has its target's and is not asked here."""
    if draft.kind:
        return draft.kind
    title, container = draft.get("title"), draft.get("container")
    if container and is_news(container) and not draft.has("volume", "issue"):
        return "news"
    if _PRESS.search(title):
        return "press_conference"
    if not container and draft.style != "book" and _TREATY.search(title):
        return "treaty"
    if not container and draft.style != "book" and _LAW.search(title):
        return "law"
    if _DATA.search(title):
        return "dataset"
    return _by_form(draft, title, container)


def _by_form(draft: Draft, title: str, container: str) -> str:
    if container and (draft.has("volume", "issue", "pages") or _periodical(container)):
        return "chapter" if draft.has("editors", "publisher") and not draft.has("volume", "issue") else "article"
    if draft.style == "book":
        return "report" if _REPORT.search(title) else "book"
    if draft.style == "plain" and draft.has("publisher"):
        return "report" if _REPORT.search(title) else "book"
    if draft.has("url"):
        return "web"
    if _REPORT.search(title) or draft.has("publisher", "series"):
        return "report"
    return "other"


def _periodical(container: str) -> bool:
    if _LATIN_PERIODICAL.search(container):
        return bool(pattern(r".*\b{PERIODICAL_LIKE_EN}(?: [A-Z0-9].*)?").fullmatch(container))
    return bool(pattern(".*{PERIODICAL_LIKE}").fullmatch(container))
