"""A small document to correct: a paragraph with mentions and facts, and two notes, the second of which says 同上."""

from __future__ import annotations

import pytest

from pipeline.document import (
    Author,
    Block,
    Citation,
    Document,
    Evidence,
    FieldSpan,
    FrontMatter,
    Meeting,
    Mention,
    Minister,
    Note,
    Relation,
    Sentence,
)

SHA = "a" * 64
TEXT = "小泉防衛大臣はADMMプラスに出席した。小泉氏は演説した。"
STATED = Evidence("d:p", 0, 20, ("d:c1",), "sentence")
NOTE = "防衛省「題」2025年。"


@pytest.fixture
def document() -> Document:
    return Document(
        doc_id="d",
        source_file="d.pdf",
        sha256=SHA,
        raw=TEXT,
        front=FrontMatter("系列", "7", "題名", "", "2025-11", "ja", (Author("小熊 真也"),)),
        blocks=(
            Block("d:p", "paragraph", TEXT, ((0, len(TEXT)),)),
            Block("d:n1", "note", NOTE, ()),
            Block("d:n2", "note", "同上。", ()),
        ),
        notes=(Note("d:note1", "1", "d:n1"), Note("d:note2", "2", "d:n2")),
        sentences=(Sentence("d:p", 0, 20), Sentence("d:p", 20, len(TEXT))),
        mentions=(
            Mention("d:p:0-6:MINISTER", "d:p", 0, 6, "小泉防衛大臣", "MINISTER", "minister:k", "小泉進次郎", "rule"),
            Mention("d:p:7-14:MEETING", "d:p", 7, 14, "ADMMプラス", "MEETING", "meeting:m", "ADMMプラス", "rule"),
            Mention("d:p:20-22:PERSON", "d:p", 20, 22, "小泉", "PERSON", "person:小泉", "小泉", "ginza"),
        ),
        meetings=(Meeting("d:meeting:1", "meeting:m", "ADMMプラス", STATED, edition="12", start_date="2025-11-01"),),
        ministers=(Minister("d:minister:1", "minister:k", "小泉進次郎", STATED, office="防衛大臣", country="JPN"),),
        relations=(Relation("d:relation:1", "minister:k", "attended", "meeting:m", STATED, "rule", edition="12"),),
        citations=(
            Citation(
                "d:c1",
                "d:note1",
                "d:n1",
                0,
                len(NOTE),
                1,
                "work:題",
                NOTE,
                title="題",
                date="2025",
                spans=(FieldSpan("title", 4, 5, "題"), FieldSpan("date", 6, 11, "2025")),
            ),
            Citation(
                "d:c2", "d:note2", "d:n2", 0, 3, 1, "work:題", "同上。", title="題", date="2025", refers_to="d:c1"
            ),
        ),
    )
