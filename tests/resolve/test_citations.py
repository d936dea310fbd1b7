"""Citations of a document: ids, works, inherited fields, lists of references, problems."""

from __future__ import annotations

from pipeline.document import Block, Citation, Document, Note, from_json, to_json
from pipeline.resolve import resolve
from pipeline.resolve.works import work_id

BOOK = "佐野良介『同盟の設計図――日豪の四半世紀』（勁草書房、2020年）12頁。"


def resolved(*texts: str, references: tuple[str, ...] = ()) -> Document:
    blocks = tuple(Block(f"d:n{i}", "note", text, ((0, len(text)),)) for i, text in enumerate(texts))
    blocks += tuple(
        Block(f"d:r{i}", "list_item", text, ((0, len(text)),), section="参考文献") for i, text in enumerate(references)
    )
    notes = tuple(Note(f"d:note{i}", str(i + 1), f"d:n{i}") for i in range(len(texts)))
    return resolve(Document("d", "d.pdf", "", blocks=blocks, notes=notes))


def citations(*texts: str) -> tuple[Citation, ...]:
    return resolved(*texts).citations


def test_a_citation_knows_its_note_its_place_and_its_words() -> None:
    text = "例えば、外務省「表敬」2025年9月5日、https://example.jp/x.html；防衛省「会談」2025年9月6日。"
    first, second = citations(text)
    assert (first.note_id, first.block_id, first.position, second.position) == ("d:note0", "d:n0", 1, 2)
    assert first.citation_id == f"d:note0:{first.start}-{first.end}"
    assert first.text == text[first.start : first.end] == "外務省「表敬」2025年9月5日、https://example.jp/x.html"
    assert (first.kind, second.kind) == ("web", "other")


def test_fields_lead_back_to_their_words() -> None:
    (found,) = citations("外務省「表敬」平成19年9月5日、https://example.jp/x.html（平成19年10月1日アクセス）。")
    text = "外務省「表敬」平成19年9月5日、https://example.jp/x.html（平成19年10月1日アクセス）。"
    assert {span.field: (text[span.start : span.end], span.value) for span in found.spans} == {
        "authors": ("外務省", "外務省"),
        "title": ("表敬", "表敬"),
        "date": ("平成19年9月5日", "2007-09-05"),
        "url": ("https://example.jp/x.html", "https://example.jp/x.html"),
        "accessed": ("平成19年10月1日アクセス", "2007-10-01"),
    }


def test_a_back_reference_has_the_works_fields_and_its_own_pages() -> None:
    full, again = citations(BOOK, "佐野、前掲書、250頁。")
    assert (again.authors, again.title, again.publisher, again.date) == (
        *(full.authors, full.title, full.publisher, full.date),
    )
    assert (full.pages, again.pages) == ("12", "250")
    assert (again.refers_to, again.work_id, again.kind) == (full.citation_id, full.work_id, "book")


def test_a_chain_points_to_the_citation_before_and_has_the_first_ones_fields() -> None:
    full, second, third = citations(BOOK, "同上。", "同上、3頁。")
    assert (second.refers_to, third.refers_to) == (full.citation_id, second.citation_id)
    assert third.title == full.title
    assert second.pages == ""


def test_an_unresolved_reference_is_a_problem_with_reason_and_candidates() -> None:
    document = resolved(BOOK, BOOK.replace("設計図", "地図"), "佐野、前掲書、3頁。")
    last = document.citations[-1]
    assert (last.refers_to, last.work_id, last.title, last.authors) == ("", "", "", ("佐野",))
    (problem,) = document.problems
    assert (problem.code, problem.severity) == ("unresolved-reference", "warning")
    assert "note 3: 佐野、前掲書、3頁: several earlier works fit: note 1 佐野良介 同盟の設計図" in problem.message


def test_a_citation_that_was_not_read_stands_in_the_way() -> None:
    document = resolved(BOOK, "この点は上巻と下巻で異なる（12頁、34頁）という。なお、5頁でも述べた。", "同上。")
    assert [citation.note_id for citation in document.citations] == ["d:note0", "d:note2"]
    assert document.citations[-1].refers_to == ""
    assert [problem.code for problem in document.problems] == ["unread-citation", "unresolved-reference"]
    assert "what it refers to was not resolved itself" in document.problems[-1].message


def test_an_address_that_cannot_be_one_is_a_problem() -> None:
    document = resolved("外務省「題」https://mofa/、2020年1月1日。", "外務省「題」https://www.mofa.go.jp/a_b.html。")
    assert [(problem.code, problem.stage) for problem in document.problems] == [("bad-url", "resolve")]


def test_the_same_author_and_the_same_paper() -> None:
    found = citations(
        "久保文子『認知戦の時代』（PHP研究所、2024年）、および同「情報戦」『アステイオン』第99号（2023年11月）。",
        "「日比が署名」『読売新聞』2024年7月8日。",
        "「比が批准」同紙、2024年12月16日。",
    )
    assert [(c.authors, c.title, c.container) for c in found] == [
        (("久保文子",), "認知戦の時代", ""),
        (("久保文子",), "情報戦", "アステイオン"),
        ((), "日比が署名", "読売新聞"),
        ((), "比が批准", "読売新聞"),
    ]


def test_another_chapter_of_a_known_book_has_what_is_known_of_it() -> None:
    first, other = citations(
        "佐野良介「甲論」三好和也編『乙の論集』（東信堂、2011年）12頁。", "牧野浩「丙論」前掲『乙の論集』55頁。"
    )
    assert (other.authors, other.title, other.container, other.pages) == (("牧野浩",), "丙論", "乙の論集", "55")
    assert (other.editors, other.publisher, other.date, other.refers_to) == (("三好和也",), "東信堂", "2011", "")
    assert other.work_id != first.work_id


def test_the_book_of_a_chapter_can_be_meant() -> None:
    chapter, book, again = citations(
        "佐野良介「甲論」三好和也編『乙の論集』（東信堂、2011年）12頁。",
        "三好編、前掲書、33頁。",
        "三好編『乙の論集』34頁。",
    )
    for found in (book, again):
        assert (found.authors, found.title, found.container) == (("三好和也",), "乙の論集", "")
        assert (found.publisher, found.date, found.kind) == ("東信堂", "2011", "book")
        assert found.refers_to == chapter.citation_id
    assert book.work_id == again.work_id != chapter.work_id


def test_a_list_of_references_is_read_without_notes() -> None:
    document = resolved("佐野『同盟の設計図』3頁。", references=(BOOK, "見出しではない文。"))
    first, listed = document.citations
    entry = Block("d:e", "note", BOOK, ((0, len(BOOK)),))
    assert [c.note_id for c in resolve(Document("d", "d.pdf", "", blocks=(entry,))).citations] == [""]
    assert (listed.note_id, listed.block_id, listed.title) == ("", "d:r0", "同盟の設計図――日豪の四半世紀")
    assert listed.citation_id.startswith("d:r0:")
    assert first.position == listed.position == 1


def test_a_dash_in_a_list_of_references_is_the_author_before() -> None:
    document = resolved(references=(BOOK, "――――『海の地図』（東雲書房、2022年）。"))
    assert [citation.authors for citation in document.citations] == [("佐野良介",), ("佐野良介",)]


def test_author_and_year_mean_a_work_of_the_list_of_references() -> None:
    document = resolved(
        "佐野（2020）33頁。", "佐野（2019）33頁。", "Hall (2015), p. 9.",
        references=(BOOK, "John Hall, Bases (London: Routledge, 2015)."),
    )  # fmt: skip
    first, missing, english, book, bases = document.citations
    assert (first.refers_to, first.title, first.pages) == (book.citation_id, book.title, "33")
    assert (english.refers_to, english.date) == (bases.citation_id, "2015")
    assert (missing.refers_to, missing.work_id) == ("", "")
    assert "no work has that author and year" in document.problems[0].message


def test_one_work_has_one_id_however_it_is_cited() -> None:
    first, again, short, other = citations(
        BOOK,
        "佐野良介『同盟の設計図』（勁草書房、2020年）250頁。",
        "佐野『同盟の設計図』3頁。",
        "三好和也『同盟の設計図』（晃洋書房、2020年）。",
    )
    assert first.work_id == again.work_id == short.work_id != other.work_id


def test_works_of_one_title_and_different_dates_stay_apart() -> None:
    found = citations(
        "防衛省「防衛大臣記者会見」2024年5月3日。",
        "防衛省「防衛大臣記者会見」2024年6月2日。",
        "防衛省「防衛大臣記者会見」https://www.mod.go.jp/j/press/kisha/2024/0611a.html。",
    )
    assert len({citation.work_id for citation in found}) == 3
    assert {citation.kind for citation in found} == {"press_conference"}


def test_work_ids() -> None:
    assert work_id("Ａ　Title, 2nd") == work_id("a title 2ND") == "work:atitle2nd"
    assert work_id("題" * 41 + "甲") != work_id("題" * 41 + "乙")
    assert work_id("――") != work_id("…")


def test_notes_that_only_explain_have_no_citation() -> None:
    assert citations("7つの分野は人道支援・災害救援（HA/DR）などである。", "", "　") == ()


def test_citations_survive_json() -> None:
    document = resolved(BOOK, "同上。")
    assert from_json(to_json(document)) == document
