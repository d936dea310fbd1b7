"""The command ``correct``: writes a correction by hand from an id of the tables. Part of `pipeline.cli`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pipeline.corrections import files
from pipeline.corrections.write import Wish, of_document, of_entity
from pipeline.document import Document
from pipeline.errors import UsageError
from pipeline.store import Store

FOLDER = Path("corrections")
"""Folder of corrections by default."""
NAME = "corrections.toml"
"""File in it that the command adds to by default."""
DOES = "write a correction by hand from the id of what is wrong"
DETAILS = """Writes a correction that outlives re-runs, anchored by the PDF's SHA-256 and the words, to a file of the
folder of corrections, and shows it. With an ID alone it holds what stands there now, for you to edit. `make all`
applies it."""
EXAMPLES = """examples:
  python -m pipeline correct MENTION_ID --remove
  python -m pipeline correct MENTION_ID --label ORGANIZATION
  python -m pipeline correct BLOCK_ID --add 日米防衛相会談 --label MEETING
  python -m pipeline correct CITATION_ID --set title=題 --set 'authors=甲; 乙'
  python -m pipeline correct CITATION_ID --to CITATION_ID
  python -m pipeline correct ROW_ID --set city=シンガポール
  python -m pipeline correct DOC_ID --set published=2025-11-14
  python -m pipeline correct ENTITY_ID --entity OTHER_ENTITY_ID
  python -m pipeline correct ENTITY_ID --entity OTHER_ENTITY_ID --quote 小泉
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The command's own options; those for the output and the folder of corrections are the caller's."""
    command.add_argument("id", help="an id of mentions, citations, blocks, documents, entities, or a row_id of a fact")
    command.add_argument("--remove", action="store_true", help="the mention or fact is none")
    command.add_argument("--add", default="", metavar="WORDS", help="words of a block that are a mention")
    command.add_argument("--label", default="", help="label of the mention")
    command.add_argument("--entity", default="", metavar="ENTITY_ID", help="entity that is meant")
    command.add_argument("--name", default="", help="name of that entity")
    command.add_argument("--quote", default="", metavar="WORDS", help="only the entity's mentions with these words")
    command.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="a field and its value")
    command.add_argument("--to", metavar="CITATION_ID", help="citation that the back reference means ('' for none)")
    command.add_argument("--why", default="", help="a remark for others")
    command.add_argument("--file", default=NAME, metavar="NAME", help="file to add it to (default: %(default)s)")


def write(asked: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Adds the correction to its file; what to tell. Raises UsageError where there is no such thing or no sense."""
    wish = Wish(
        asked.remove,
        asked.label,
        asked.entity,
        asked.name,
        tuple(map(_field, asked.set)),
        asked.to,
        asked.add,
        asked.why,
    )
    document = _document(asked.output, asked.id)
    text = of_entity(asked.id, wish, asked.quote) if document is None else of_document(document, asked.id, wish)
    name = Path(asked.file).name
    # What cannot be read back must not get into the file.
    files.parse(name, text)
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        files.parse(name, before)
        path.write_text(before + ("\n" if before else "") + text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"Cannot write to {path}: {error.strerror}. Name another folder with --corrections."
        ) from error
    yield from text.splitlines()
    yield f"Written to {path}. Run `make all` to apply it."


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"--set {text!r} has no field and value. Write --set title=題.")
    return name, value


def _document(output: Path, of: str) -> Document | None:
    """The document that an id stands in, as last corrected; None where it is no document's."""
    store = Store(output / "work")
    for doc_id in dict.fromkeys((of, of.partition(":")[0], of.partition("/")[0])):
        for stage in ("corrections", "resolve"):
            try:
                return store.load(stage, doc_id)
            except (KeyError, OSError):
                continue
    return None
