"""Links to places in the reading pages, named shortly: the commentary's number, and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from pipeline.report.site.frame import Site, place_href

_DOCUMENTS = "SELECT doc_id, number, title, source_file FROM documents ORDER BY rowid"
_LINK = Markup('<a href="{}{}" title="{}">{}</a>')


class Where:
    """The commentaries by the names that links to them bear; ``root`` leads from a page to the site's folder."""

    def __init__(self, site: Site) -> None:
        rows = site.rows(_DOCUMENTS)
        numbers = Counter(row["number"] for row in rows if row["number"])
        self._names: dict[str, str] = {
            row["doc_id"]: row["number"] if numbers[row["number"]] == 1 else row["doc_id"] for row in rows
        }
        self._titles: dict[str, str] = {row["doc_id"]: row["title"] or row["source_file"] for row in rows}

    def name(self, doc_id: str) -> str:
        """The number of a commentary; its id where it has none or another has the same."""
        return self._names[doc_id]

    def title(self, doc_id: str) -> str:
        """The title of a commentary, or what its file is called."""
        return self._titles[doc_id]

    def link(self, root: str, doc_id: str, own_id: str, page: int | None) -> Markup:
        """A link to a thing in the reading page of its document; pages count from 1."""
        name = f"{self.name(doc_id)}, p.\N{NO-BREAK SPACE}{page}" if page else self.name(doc_id)
        return _LINK.format(root, place_href(doc_id, own_id), self.title(doc_id), name)

    def links(self, root: str, places: Iterable[tuple[str, str, int | None]]) -> Markup:
        """Links to several things, each page of a document once."""
        first: dict[tuple[str, int | None], tuple[str, str, int | None]] = {}
        for doc_id, own_id, page in places:
            first.setdefault((doc_id, page), (doc_id, own_id, page))
        return Markup("; ").join(self.link(root, *place) for place in first.values())
