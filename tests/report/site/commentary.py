"""A commentary by hand with names, facts, a note and its citation."""

from __future__ import annotations

from pipeline.document import (
    Block,
    Citation,
    Document,
    Evidence,
    FrontMatter,
    Initiative,
    Mark,
    Meeting,
    Mention,
    Minister,
    Note,
    Page,
    Relation,
    Run,
    Sentence,
)

TEXT = "2024年11月20日の環海会合には甲野乙外相が出席した。凪構想も語られた。"
FIRST = TEXT.index("。") + 1
"""Characters of the first sentence."""
NOTE = "凪省「概要」2024年。"


def commentary(
    doc_id: str = "d", number: str = "901", title: str = "題", url: str = "https://nagi.example/x"
) -> Document:
    """One page: a paragraph of two sentences, of which the first is footnoted."""
    raw = f"{TEXT}\n{NOTE}"
    block, note = f"{doc_id}:p", f"{doc_id}:b"

    def mention(text: str, label: str, entity_id: str, name: str) -> Mention:
        start = TEXT.index(text)
        own_id = f"{block}:{start}-{start + len(text)}:{label}"
        return Mention(own_id, block, start, start + len(text), text, label, entity_id, name, "rule")

    def said(start: int, end: int) -> Evidence:
        return Evidence(block, start, end, (f"{doc_id}:c",) if start == 0 else (), "sentence" if start == 0 else "")

    return Document(
        doc_id=doc_id,
        source_file=f"{doc_id}.pdf",
        sha256="0" * 64,
        raw=raw,
        pages=(Page(1, 595, 842, "1"),),
        runs=tuple(
            Run(
                1,
                start,
                start + len(line),
                top,
                top + 10,
                tuple(float(x) for n in range(len(line)) for x in (n, n + 1)),
            )
            for start, line, top in ((0, TEXT, 50.0), (len(TEXT) + 1, NOTE, 700.0))
        ),
        front=FrontMatter(series="系列", number=number, title=title, published="2025-01-31", language="ja"),
        blocks=(
            Block(block, "paragraph", TEXT, ((0, len(TEXT)),)),
            Block(note, "note", NOTE, ((len(TEXT) + 1, len(raw)),)),
        ),
        notes=(Note(f"{doc_id}:n", "1", note),),
        marks=(Mark(f"{doc_id}:m", "1", f"{doc_id}:n", block, FIRST, ()),),
        sentences=(Sentence(block, 0, FIRST), Sentence(block, FIRST, len(TEXT))),
        mentions=(
            mention("環海会合", "MEETING", "meeting:環海", "環海会合"),
            mention("甲野乙外相", "MINISTER", "minister:甲野乙", "甲野乙"),
            mention("凪構想", "INITIATIVE", "initiative:nagi", "凪構想"),
            mention("2024年11月20日", "DATE", "date:2024-11-20", "2024年11月20日"),
        ),
        citations=(
            Citation(
                *(f"{doc_id}:c", f"{doc_id}:n", note, 0, len(NOTE), 1, "work:概要", NOTE, "web", ("凪省",)),
                title="概要",
                date="2024",
                url=url,
            ),
        ),
        meetings=(Meeting(f"{doc_id}:mt", "meeting:環海", "環海会合", said(0, FIRST), "3", "2024-11-20", city="凪市"),),
        ministers=(Minister(f"{doc_id}:mn", "minister:甲野乙", "甲野乙", said(0, FIRST), "外相", "JPN", "current"),),
        initiatives=(Initiative(f"{doc_id}:i", "initiative:nagi", "凪構想", said(FIRST, len(TEXT)), year="2020"),),
        relations=(
            Relation(
                f"{doc_id}:r", "minister:甲野乙", "attended", "meeting:環海", said(0, FIRST), "rule", "3", "2024-11-20"
            ),
        ),
    )
