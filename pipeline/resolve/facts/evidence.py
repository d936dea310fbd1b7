"""The evidence of a fact: its sentence, and the citations of the notes that the author marks there."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from pipeline.document import Document, Evidence, Sentence

_DIGITS = 10


class Sources:
    """Finds the citations behind a sentence. Built once a document."""

    def __init__(self, document: Document) -> None:
        self._of_note: dict[str, list[str]] = defaultdict(list)
        for citation in document.citations:
            self._of_note[citation.note_id].append(citation.citation_id)
        self._marks: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for mark in document.marks:
            self._marks[mark.block_id].append((mark.offset, mark.note_id))
        for marks in self._marks.values():
            marks.sort(key=lambda mark: mark[0])

    def of(self, sentence: Sentence) -> Evidence:
        """The evidence that a sentence is: a mark right behind it belongs to it."""
        marks = self._marks.get(sentence.block_id, [])
        own = [note for offset, note in marks if sentence.start < offset <= sentence.end]
        if own:
            return self._evidence(sentence, own, "sentence")
        later = [(offset, note) for offset, note in marks if offset > sentence.end]
        following = [note for offset, note in later if offset == later[0][0]]
        return self._evidence(sentence, following, "paragraph")

    def _evidence(self, sentence: Sentence, notes: list[str], sources_from: str) -> Evidence:
        found = tuple(dict.fromkeys(c for note in notes for c in self._of_note.get(note, [])))
        return Evidence(sentence.block_id, sentence.start, sentence.end, found, sources_from if found else "")


def row_id(document: Document, *content: str) -> str:
    """The id of a row: the document's, and digits made from the row's content."""
    digest = hashlib.sha256("\0".join(content).encode()).hexdigest()
    return f"{document.doc_id}:{content[0]}:{digest[:_DIGITS]}"
