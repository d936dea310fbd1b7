"""Notes -> citations, in a first form: a note that cites is one citation, whole.

Several works in a note, authors, containers and back references are not told apart yet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.document import Citation, Document, Note
from pipeline.resolve.quotations import first_url, quotations
from pipeline.text import first_date

_BACK_REFERENCE = re.compile(r"前掲|同上|同前|\bIbid\b|\bop\. ?cit\b|\bloc\. ?cit\b", re.IGNORECASE)
_PAGES = re.compile(r"\bpp?\. ?\d|[0-9０-９〇一二三四五六七八九十百]頁")
_IMPRINT = re.compile(
    r"[（(][^（）()]{2,60}[、,，] ?\d{4}年?[^（）()]{0,8}[)）]"  # （勁草書房、2022年）
    r"|\([^()]{2,60}: [^()]{2,80}, \d{4}\)"  # (Canberra: Commonwealth of Australia, 2024)
)
_BEFORE_ACCESS = re.compile(r"(?:(?:アクセス|閲覧)日?|\baccessed(?: on)?)[：:\s]*$", re.IGNORECASE)
_AFTER_ACCESS = re.compile(r"\s*(?:に|、)?\s*(?:最終)?(?:アクセス|閲覧)")
_READABLE = 40
"""Characters of a title that stand in the id of its work."""
_CONTEXT = 20
"""How far before a date the words stand that make it the date of access."""
_CONTAINER = re.compile(r"[\s、,，]*『[^『』]*』")
"""A journal or newspaper right behind a title: 「…」『…』."""
_STOPS = re.compile(r"[。「『“\"]|https?://")
"""What ends the part of a note, after the title, in which the date of publication stands."""


@dataclass(frozen=True, slots=True)
class _Date:
    iso: str
    start: int
    end: int
    of_access: bool


def cite(document: Document) -> tuple[Citation, ...]:
    """One citation for each note that cites something, in the order of the notes."""
    texts = {block.block_id: block.text for block in document.blocks if block.kind == "note"}
    return with_works(
        whole_note(note, texts[note.block_id])
        for note in document.notes
        if note.block_id in texts and cites(texts[note.block_id])
    )


def with_works(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """A document's citations, those without date and URL given the work of the one other that has their title.

    A title alone does not tell press conferences or joint statements apart; a later short reference to one does not
    repeat its date.
    """
    found = tuple(citations)
    known: dict[str, set[str]] = defaultdict(set)
    for citation in found:
        if citation.title and (citation.date or citation.url):
            known[work_id(citation.title)].add(citation.work_id)
    return tuple(
        replace(citation, work_id=min(known[citation.work_id]))
        if not citation.date and not citation.url and len(known[citation.work_id]) == 1
        else citation
        for citation in found
    )


def cites(text: str) -> bool:
    """Whether a note cites a work, by what it looks like.

    It does if it has a URL, a back reference, page numbers or an imprint, or a quotation that ends
    the note or has a date after it. A note that only explains has none of these as a rule.
    """
    if first_url(text) or any(p.search(text) for p in (_BACK_REFERENCE, _PAGES, _IMPRINT)):
        return True
    quoted = quotations(text)
    if not quoted:
        return False
    after = quoted[0][1]
    return not text[after:].strip(" 。.") or any(d.start >= after and not _only_year(d.iso) for d in _dates(text))


def whole_note(note: Note, text: str) -> Citation:
    """The citation that a whole note makes; ``text`` is the note's, which must not be blank.

    A note that begins with a back reference (同上, Ibid.) has no title or date of its own, and any
    back reference without a title an empty ``work_id``, since its work is not known yet.
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    url = first_url(text)
    refers = _BACK_REFERENCE.search(text)
    own = refers is None or refers.start() > start
    quoted = quotations(text) if own else []
    title = text[quoted[0][0] + 1 : quoted[0][1] - 1].rstrip(",. ") if quoted else ""
    date = _published(text, quoted[0][1] if quoted else 0) if own else ""
    return Citation(
        citation_id=f"{note.note_id}:{start}-{end}",
        note_id=note.note_id,
        block_id=note.block_id,
        start=start,
        end=end,
        position=1,
        work_id=_work(text, title, date or (url[0] if url else ""), known=not refers or bool(title)),
        text=text[start:end],
        kind="web" if url else "other",
        title=title,
        date=date,
        url=url[0] if url else "",
        accessed=next((date.iso for date in _dates(text) if date.of_access), ""),
    )


def _work(text: str, title: str, edition: str, *, known: bool) -> str:
    """The id of the work that a note cites; empty where a back reference does not say which."""
    if not known:
        return ""
    return work_id(title, edition) if title else work_id(text)


def work_id(content: str, edition: str = "") -> str:
    """The id of a work from its title, or from its whole reference where it has none, and its date or URL.

    Width, case, white space and punctuation of the title do not matter. Readable as far as 40 characters
    go; six digits of the SHA-256 keep longer ones distinct, and works of one title but another ``edition``.
    """
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", content).casefold())
    letters = "".join(c for c in normal if c.isalnum())
    if not letters:
        letters = "".join(normal.split())
        return f"work:~{hashlib.sha256(letters.encode()).hexdigest()[:6]}"
    if len(letters) <= _READABLE and not edition:
        return f"work:{letters}"
    exact = f"{letters}\n{edition}" if edition else letters
    return f"work:{letters[:_READABLE]}~{hashlib.sha256(exact.encode()).hexdigest()[:6]}"


def _published(text: str, start: int) -> str:
    """The first date from ``start`` on that is not of access, before another work can begin."""
    container = _CONTAINER.match(text, start)
    stop = _STOPS.search(text, container.end() if container else start)
    end = stop.start() if stop else len(text)
    return next((d.iso for d in _dates(text) if start <= d.start and d.end <= end and not d.of_access), "")


def _only_year(iso: str) -> bool:
    return "-" not in iso


def _dates(text: str) -> list[_Date]:
    """Every date of a text, in order."""
    found: list[_Date] = []
    at = 0
    while (date := first_date(text[at:])) is not None:
        iso, start, end = date[0], at + date[1], at + date[2]
        of_access = bool(
            _BEFORE_ACCESS.search(text[max(0, start - _CONTEXT) : start]) or _AFTER_ACCESS.match(text, end)
        )
        found.append(_Date(iso, start, end, of_access))
        at = end
    return found
