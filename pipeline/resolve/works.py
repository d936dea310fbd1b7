"""Ids of works, from what is printed of them."""

from __future__ import annotations

import hashlib

from pipeline.resolve.backrefs import first_author, main_title, squashed
from pipeline.resolve.drafts import Draft

_READABLE = 40
"""Characters of a title that stand in the id of its work."""
_LEAST = 4
"""Characters that a main title must have to stand for the whole."""


def work_of(draft: Draft, text: str) -> str:
    """The id of the work that a full citation cites; ``text`` is all of it.

    It comes from title, first author and date, or from title and address where no date is printed. A subtitle that one
    place prints and another does not makes no difference where a date tells works apart.
    """
    title, date, url = draft.get("title"), draft.get("date"), draft.get("url")
    if not title:
        return work_id(url or " ".join((draft.get("container"), date, draft.get("pages"))).strip() or text)
    short = main_title(title)
    if date and len(squashed(short)) >= _LEAST:
        title = short
    return work_id(title, "\n".join(filter(None, (first_author(draft), date or url))))


def work_id(content: str, edition: str = "") -> str:
    """The id of a work from its title, or from its whole reference where it has none, and its date or URL.

    Width, case, white space and punctuation of the title do not matter. Readable as far as 40 characters
    go; six digits of the SHA-256 keep longer ones distinct, and works of one title but another ``edition``.
    """
    letters = squashed(content)
    if not letters:
        return f"work:~{hashlib.sha256(''.join(content.split()).encode()).hexdigest()[:6]}"
    if len(letters) <= _READABLE and not edition:
        return f"work:{letters}"
    exact = f"{letters}\n{edition}" if edition else letters
    return f"work:{letters[:_READABLE]}~{hashlib.sha256(exact.encode()).hexdigest()[:6]}"
