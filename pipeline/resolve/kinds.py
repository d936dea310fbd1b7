"""What kind of work a citation cites, by its title, its container and what is printed with it."""

from __future__ import annotations

import re

from pipeline.resolve.drafts import Draft
from pipeline.resolve.known import is_news, pattern


def kind_of(draft: Draft) -> str:
    """The kind in ``citations.csv``; a back reference has its target's and is not asked here."""
    if draft.kind and not (draft.kind == "chapter" and draft.has("volume", "issue") and not draft.has("editors")):
        return draft.kind
    title, container = draft.get("title"), draft.get("container")
    if container and is_news(container) and not draft.has("volume", "issue"):
        return "news"
    if pattern("{KIND_PRESS}").search(title):
        return "press_conference"
    if not container and draft.style != "book" and pattern("{KIND_TREATY}").search(title):
        return "treaty"
    if not container and draft.style != "book" and pattern("{KIND_LAW}").search(title):
        return "law"
    if pattern("{KIND_DATASET}").search(title):
        return "dataset"
    return _by_form(draft, title, container)


def _by_form(draft: Draft, title: str, container: str) -> str:
    if container and (draft.has("volume", "issue", "pages") or _periodical(container)):
        return "chapter" if draft.has("editors", "publisher") and not draft.has("volume", "issue") else "article"
    if draft.style == "book":
        return "report" if pattern("{KIND_REPORT}").search(title) else "book"
    if draft.style == "plain" and draft.has("publisher"):
        return "report" if pattern("{KIND_REPORT}").search(title) else "book"
    if draft.has("url"):
        return "web"
    if pattern("{KIND_REPORT}").search(title) or draft.has("publisher", "series"):
        return "report"
    return "other"


def _periodical(container: str) -> bool:
    if re.search("[A-Za-z]", container):
        return bool(pattern(r".*\b{PERIODICAL_LIKE_EN}(?: [A-Z0-9].*)?").fullmatch(container))
    return bool(pattern(".*{PERIODICAL_LIKE}").fullmatch(container))
