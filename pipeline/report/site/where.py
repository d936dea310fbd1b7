"""Links to places in the reading pages, named shortly: the commentary's number, and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from pipeline.report.site.frame import Site, place_href

SAID = """
  blocks.doc_id, COALESCE(sentences.sentence_id, blocks.block_id), COALESCE(sentences.page, blocks.page_start)
"""
"""The columns of a `Place` of a row called ``fact`` in SQL, which `WHERE_SAID` joins."""
WHERE_SAID = """
JOIN blocks ON blocks.block_id = fact.block_id
LEFT JOIN sentences ON sentences.block_id = fact.block_id
  AND sentences.start <= fact.sentence_start AND sentences."end" > fact.sentence_start
"""
_DOCUMENTS = "SELECT doc_id, number, title, source_file FROM documents ORDER BY rowid"


class Place(NamedTuple):
    """Where a commentary says something: ``own_id`` is that of the sentence, the block or the citation.

    Pages count from 1.
    """

    doc_id: str
    own_id: str
    page: int | None


class Where:
    """The commentaries by the names that links to them bear."""

    def __init__(self, site: Site) -> None:
        rows = site.rows(_DOCUMENTS)
        numbers = Counter(row["number"] for row in rows if row["number"])
        self._names: dict[str, str] = {
            row["doc_id"]: row["number"] if numbers[row["number"]] == 1 else row["doc_id"] for row in rows
        }
        self._titles: dict[str, str] = {row["doc_id"]: row["title"] or row["source_file"] for row in rows}
        # Links are many: what is the same for each is escaped once.
        self._shown = {
            doc_id: Markup(' title="{}">{}').format(self._titles[doc_id], name) for doc_id, name in self._names.items()
        }

    def name(self, doc_id: str) -> str:
        """The number of a commentary; its id where it has none or another has the same."""
        return self._names[doc_id]

    def title(self, doc_id: str) -> str:
        """The title of a commentary, or what its file is called."""
        return self._titles[doc_id]

    def shown(self, doc_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """All that links to some commentaries show of them."""
        return [(doc_id, self._names[doc_id], self._titles[doc_id]) for doc_id in sorted(doc_ids)]

    def link(self, root: str, place: Place) -> Markup:
        """A link to a place in the reading page of its document; ``root`` leads from the page to the site's folder."""
        page = f", p.\N{NO-BREAK SPACE}{place.page}" if place.page else ""
        href = f'<a href="{root}{place_href(place.doc_id, place.own_id)}"'
        return Markup(href) + self._shown[place.doc_id] + Markup(page + "</a>")  # noqa: S704 - addresses are quoted

    def links(self, root: str, places: Iterable[Place]) -> Markup:
        """Links to several places, to each page of a document once."""
        first: dict[tuple[str, int | None], Place] = {}
        for place in places:
            first.setdefault((place.doc_id, place.page), place)
        return Markup("; ").join(self.link(root, place) for place in first.values())


def apart(*known: str | None) -> str:
    """What is known of a thing on one line."""
    return " · ".join(filter(None, known))


def titled(title: str, said: str, url: str) -> Markup:
    """A work as its title, which leads to its address if it has one, and what else is known of it."""
    web = url.startswith(("https://", "http://"))
    name = Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, title) if web else escape(title)
    return name + Markup(' <span class="said">{}</span>').format(said) if said else name
