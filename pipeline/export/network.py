"""Ministers, meetings and initiatives as a network in GraphML, which networkx, igraph and Gephi read.

A node is an entity. An edge is a stated relation (``attended``, ``presented_at``, …) from who does it to the meeting,
or ``named_with`` between two entities that one sentence names; its weight is the number of rows or sentences.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.export.csvfile import LIST_SEPARATOR
from pipeline.vocabulary import CORE

LABELS = CORE
"""Labels of the entities that are nodes, besides those that stand in a relation."""
_NODE = {"label": "string", "kind": "string", "aliases": "string", "mentions": "int", "documents": "int"}
_EDGE = {"predicate": "string", "weight": "double", "editions": "string", "dates": "string", "documents": "string"}
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

_NODES = f"""
SELECT entity_id, name, label, aliases, mentions, documents FROM entities
WHERE label IN {LABELS} OR entity_id IN (SELECT subject_id FROM relations UNION SELECT object_id FROM relations)
ORDER BY rowid
"""  # noqa: S608 - our own labels
_RELATIONS = """
SELECT subject_id, object_id, predicate, count(*), group_concat(DISTINCT edition), group_concat(DISTINCT date),
  group_concat(DISTINCT doc_id)
FROM (SELECT * FROM relations
      WHERE subject_id IN (SELECT entity_id FROM entities) AND object_id IN (SELECT entity_id FROM entities)
      ORDER BY rowid)
GROUP BY subject_id, object_id, predicate ORDER BY subject_id, object_id, predicate
"""
_NAMED_WITH = f"""
WITH named AS (SELECT DISTINCT doc_id, block_id, sentence, entity_id FROM mentions WHERE label IN {LABELS})
SELECT this.entity_id, other.entity_id, 'named_with', count(*), NULL, NULL, group_concat(DISTINCT this.doc_id)
FROM named AS this
JOIN named AS other ON other.block_id = this.block_id AND other.sentence = this.sentence
  AND other.entity_id > this.entity_id
GROUP BY this.entity_id, other.entity_id ORDER BY this.entity_id, other.entity_id
"""  # noqa: S608


def write_network(database: Path, path: Path) -> None:
    """Writes the network of a database that `database.write_database` made. Raises OSError or `sqlite3.Error`."""
    with closing(sqlite3.connect(database)) as tables, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(tables))


def _lines(tables: sqlite3.Connection) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for of, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys.items():
            yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for entity_id, *values in tables.execute(_NODES):
        yield f"<node id={_attribute(entity_id)}>{_data('node', _NODE, values)}</node>\n"
    for query in (_RELATIONS, _NAMED_WITH):
        for source, target, *values in tables.execute(query):
            predicate, weight, *lists = values
            lists = [text and text.replace(",", LIST_SEPARATOR) for text in lists]
            data = _data("edge", _EDGE, [predicate, float(weight), *lists])
            yield f"<edge source={_attribute(source)} target={_attribute(target)}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(of: str, keys: dict[str, str], values: list[object]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{escape(_legal(value))}</data>'
        for name, value in zip(keys, values, strict=True)
        if value is not None
    )


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(value: object) -> str:
    return _ILLEGAL.sub("\ufffd", str(value))
