"""Annotation of the sample commentaries: the mentions in a source, and the citations and facts in the file beside it.

The form of both is described in README.md beside this file. Everything said of a citation is looked up in the words of
its note, every entity among the mentions, every office and place in the body: an annotation that the text does not bear
out is refused.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sample_source import GOLD_KINDS, Sample, SourceError

FIELDS = ("authors", "title", "container", "publisher", "date", "pages", "url")
OWN_TO_BACK_REFERENCES = ("note", "pages", "refers_to")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Table = dict[str, Any]


def annotated(sample: Sample, path: Path) -> Table:
    """The part of the gold that is annotated: mentions, citations, facts. `path` is the file beside the source.

    Raises SourceError naming the file.
    """
    blocks = [b for b in sample.blocks if b.kind in GOLD_KINDS]
    mentions = [
        {"block": f"b{i}", "label": m.label, "entity": m.entity, "text": b.text[m.start : m.end]}
        | {"start": m.start, "end": m.end}
        for i, b in enumerate(blocks)
        for m in b.mentions
    ]
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        _refuse(path, _citation_faults(table["citations"], sample))
        citations = [_citation(row, table["citations"]) for row in table["citations"]]
        facts = _facts(table)
        body = "\n".join([*(b.text for b in blocks), *_cells(sample)])
        _refuse(path, [*_entity_faults(mentions, facts), *_fact_faults(facts, body)])
    except (tomllib.TOMLDecodeError, KeyError, IndexError, TypeError) as error:
        raise SourceError(f"{path.name}: {error!r}") from error
    return {"mentions": mentions, "citations": citations, "facts": facts}


def _refuse(path: Path, faults: Iterable[str]) -> None:
    if told := "\n".join(f"{path.name}: {fault}" for fault in faults):
        raise SourceError(told)


def _citation(row: Table, rows: list[Table]) -> Table:
    """A citation with every field; a back reference has those of the work meant, and its own pages."""
    if "refers_to" in row:
        meant = _citation([r for r in rows if r["note"] == row["refers_to"]][row.get("work", 1) - 1], rows)
        whole = {**meant, "pages": None, **{k: row[k] for k in OWN_TO_BACK_REFERENCES if k in row}}
    else:
        whole = {"note": row["note"], "kind": row["kind"], **{f: row.get(f) for f in FIELDS}, "refers_to": None}
        whole["authors"] = row.get("authors", [])
    return {key: value for key, value in whole.items() if key not in row.get("unsettled", ())}


def _facts(table: Table) -> Table:
    relations = [
        {"subject": subject, "predicate": predicate, "object": meeting}
        for predicate in ("attended", "presented_at")
        for meeting, subjects in table.get(predicate, {}).items()
        for subject in subjects
    ]
    ministers = [
        {"entity": entity, "office": office, "country": of["country"]}
        for entity, of in table.get("ministers", {}).items()
        for office in of["offices"]
    ]
    initiatives = [{"entity": entity, "year": year} for entity, year in table.get("initiatives", {}).items()]
    meetings = table.get("meetings", [])
    return {"meetings": meetings, "initiatives": initiatives, "relations": relations, "ministers": ministers}


def _entity_faults(mentions: list[Table], facts: Table) -> Iterator[str]:
    labels: dict[str, set[str]] = {}
    for mention in mentions:
        labels.setdefault(mention["entity"], set()).add(mention["label"])
    yield from (f"{entity} has the labels {found}" for entity, found in labels.items() if len(found) > 1)
    of = {entity: label for entity, (label, *_) in labels.items()}
    subjects = {"attended": "MINISTER", "presented_at": "INITIATIVE"}
    wanted = [("MEETING", m["entity"]) for m in facts["meetings"]]
    wanted += [("INITIATIVE", i["entity"]) for i in facts["initiatives"]]
    wanted += [("MINISTER", m["entity"]) for m in facts["ministers"]]
    wanted += [(subjects[r["predicate"]], r["subject"]) for r in facts["relations"]]
    wanted += [("MEETING", r["object"]) for r in facts["relations"]]
    yield from (f"no {label} {entity} is mentioned" for label, entity in wanted if of.get(entity) != label)
    ministers = {m["entity"] for m in facts["ministers"]}
    yield from (f"{e} has no office" for e, label in of.items() if label == "MINISTER" and e not in ministers)


def _citation_faults(rows: list[Table], sample: Sample) -> Iterator[str]:
    texts = {int(note.number): "\n".join(note.paragraphs) for note in sample.notes}
    known = {"note", "kind", *FIELDS, "refers_to", "work", "unsettled"}
    for row in rows:
        said = [*row.get("authors", []), *re.findall(r"\d+", row.get("pages", ""))]
        said += [row[name] for name in ("title", "container", "publisher", "url") if name in row]
        yield from (f"note {row['note']} does not say {word!r}" for word in said if word not in texts[row["note"]])
        yield from (f"note {row['note']}: {key} is no field" for key in row.keys() - known)
        if "date" in row and not DATE.fullmatch(row["date"]):
            yield f"note {row['note']}: {row['date']} is no date"
        if row.get("refers_to", 0) >= row["note"]:
            yield f"note {row['note']} refers to no earlier one"
    if [row["note"] for row in rows] != sorted(row["note"] for row in rows):
        yield "citations are not in the order of their notes"


def _cells(sample: Sample) -> Iterator[str]:
    """What tables say; facts may come from there, though mentions in them are not annotated."""
    yield from (cell for block in sample.blocks for row in block.rows for cell in row)


def _fact_faults(facts: Table, body: str) -> Iterator[str]:
    for meeting in facts["meetings"]:
        if "edition" not in meeting and not DATE.fullmatch(meeting["start_date"]):
            yield f"{meeting['entity']} has neither an edition nor a date"
        if meeting.get("place", "") not in body:
            yield f"the body does not say {meeting['place']}"
    for minister in facts["ministers"]:
        if minister["office"] not in body:
            yield f"the body does not say {minister['office']}"
