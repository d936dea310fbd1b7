"""Lists of all entities, a page for each kind."""

from __future__ import annotations

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.report.site.frame import NO_PAGE, Site
from pipeline.vocabulary import LABELS

KINDS = tuple(label for label in LABELS if label not in NO_PAGE)
"""Labels of entities that have pages, in the order shown."""
_ENTITIES = """
SELECT entity_id, name, aliases, mentions, documents FROM entities WHERE label = ?
ORDER BY documents DESC, mentions DESC, name
"""
_SPANS = {
    "MEETING": """
SELECT entity_id, min(substr(start_date, 1, 4)), max(substr(start_date, 1, 4)) FROM meetings GROUP BY entity_id""",
    "INITIATIVE": """
SELECT entity_id, min(substr(year, 1, 4)), max(substr(year, 1, 4)) FROM initiatives GROUP BY entity_id""",
}
_OFFICES = "SELECT entity_id, office, country FROM ministers GROUP BY entity_id, office, country ORDER BY min(rowid)"
_SHOWN = 5
"""Other names that stand in a list."""


def kind_href(label: str) -> str:
    """The list of a kind of entities, as an address and as a path."""
    return "entities.html" if label == KINDS[0] else f"entities-{label.lower()}.html"


def write(site: Site) -> None:
    """Writes ``entities.html``, of the first kind, and a page like it for each other kind."""
    counts = {row["label"]: row["n"] for row in site.rows("SELECT label, count(*) AS n FROM entities GROUP BY label")}
    tabs = [(label, kind_href(label), counts.get(label, 0)) for label in KINDS]
    for label in KINDS:
        known = _known(site, label)
        rows = [(row, _others(row["aliases"]), known.get(row["entity_id"], "")) for row in site.rows(_ENTITIES, label)]
        site.page(kind_href(label), "entities.html", label=label, tabs=tabs, rows=rows, known=bool(known))


def _known(site: Site, label: str) -> dict[str, str]:
    """What stands beside names of a kind: years of meetings and initiatives, offices of ministers."""
    found: dict[str, str] = {}
    if label == "MINISTER":
        for entity_id, office, country in site.rows(_OFFICES):
            held = f"{office} {country or ''}".strip()
            found[entity_id] = f"{found[entity_id]}; {held}" if entity_id in found else held
    elif label in _SPANS:
        for entity_id, first, last in site.rows(_SPANS[label]):
            if first:
                found[entity_id] = first if first == last else f"{first}–{last}"
    return found


def _others(aliases: str | None) -> str:
    names = [name for name in (aliases or "").split(LIST_SEPARATOR) if name]
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
