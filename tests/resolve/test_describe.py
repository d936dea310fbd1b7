"""What is shown of a note to somebody who writes rules."""

from __future__ import annotations

from pipeline.resolve.describe import describe


def test_parts_and_fields_are_shown_with_their_words() -> None:
    lines = describe("例えば、外務省「表敬」平成19年9月5日を参照。", "同上、3頁。", "佐野、前掲書。")
    assert "".join(f"{line}\n" for line in lines) == (
        "note 1\n"
        "  lead         例えば、\n"
        "  citation     外務省「表敬」平成19年9月5日\n"
        "    kind         other\n"
        "    authors      外務省\n"
        "    title        表敬\n"
        "    date         2007-09-05  ← 平成19年9月5日\n"
        "  tail         を参照。\n"
        "note 2\n"
        "  citation     同上、3頁\n"
        "    kind         other\n"
        "    pages        3  ← 3頁\n"
        "    refers to    note 1: 表敬\n"
        "  stop         。\n"
        "note 3\n"
        "  citation     佐野、前掲書\n"
        "    kind         unknown\n"
        "    authors      佐野\n"
        "    unresolved   no earlier work has that author or title\n"
        "  stop         。\n"
    )
