"""Whole-note citations."""

import pytest

from pipeline.document import Block, Citation, Document, Note
from pipeline.resolve import resolve
from pipeline.resolve.citations import cites, work_id


def citations(*texts: str) -> tuple[Citation, ...]:
    blocks = tuple(Block(f"d:n{i}", "note", text, ((0, len(text)),)) for i, text in enumerate(texts))
    notes = tuple(Note(f"d:note{i}", str(i + 1), f"d:n{i}") for i in range(len(texts)))
    return resolve(Document("d", "d.pdf", "", blocks=blocks, notes=notes)).citations


@pytest.mark.parametrize(
    "text",
    [
        "防衛省「大臣会見」2025年11月2日。",
        "「首脳が会談」『架空新聞』2024年2月6日朝刊。",
        "架空太郎『防衛外交』（架空出版会、2022年）。",
        "架空『防衛外交』12-14頁。",
        "防衛省「防衛相会談について」。",
        "A Department, 2024 Strategy (Canberra: The Press, 2024).",
        "A. Author, The Book, pp. 21–25.",
        "Author, “A Title,” June 11, 2025.",
        "https://example.org/a.pdf",
        "同上。",
        "Ibid., p. 3.",
        "Author, op. cit.",
        "架空、前掲書、250頁。",
    ],
)
def test_notes_that_cite(text: str) -> None:
    assert cites(text)


@pytest.mark.parametrize(
    "text",
    [
        "7つの分野は人道支援・災害救援（HA/DR）、軍事医学などである。",
        "「準同盟」は政府の公式な用語ではないが、広く用いられている。",
        "同氏は2024年5月3日の交代式を経て司令官に就任した。",
        "「準同盟」という語は2016年から用いられている。",
        "",
    ],
)
def test_notes_that_only_explain(text: str) -> None:
    assert not cites(text)
    assert citations(text) == ()


def test_fields_of_a_web_page() -> None:
    text = "外務省「表敬（『2＋2』）」2025年9月5日、https://example.jp/a_o/x.html（アクセス日：2025年9月10日）。"
    (found,) = citations(text)
    assert found.citation_id == f"d:note0:0-{len(text)}"
    assert (found.note_id, found.block_id, found.position) == ("d:note0", "d:n0", 1)
    assert (found.kind, found.title, found.date) == ("web", "表敬（『2＋2』）", "2025-09-05")
    assert (found.url, found.accessed) == ("https://example.jp/a_o/x.html", "2025-09-10")
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "date", "accessed"),
    [
        ("「題」https://example.jp/、2025年9月10日アクセス。", "", "2025-09-10"),
        ("「題」https://example.jp/（2025年9月10日最終閲覧）。", "", "2025-09-10"),
        ("“Title,” March 1, 2024, https://example.jp/ (accessed March 4, 2024).", "2024-03-01", "2024-03-04"),
        ("「題（2025年5月31日）」2025年6月1日。", "2025-06-01", ""),
        ("「題」『新聞』2025年9月5日。", "2025-09-05", ""),
        ("「題」。経緯は、別「書」2020年1月1日を参照。", "", ""),
    ],
)
def test_dates(text: str, date: str, accessed: str) -> None:
    (found,) = citations(text)
    assert (found.date, found.accessed) == (date, accessed)


def test_english_title_loses_its_comma() -> None:
    (found,) = citations('ADMM, "Joint Declaration," October 31, 2025.')
    assert (found.kind, found.title) == ("other", "Joint Declaration")


def test_back_reference_claims_no_work_of_its_own() -> None:
    found = citations("Ibid., p. 13; E. Author, “Another Work,” May 2, 2020.", "同上。")
    assert [(c.title, c.date, c.work_id) for c in found] == [("", "", "")] * 2


def test_back_reference_with_a_title_is_that_work() -> None:
    first, again = citations("防衛省「会談について」2024年6月1日。", "防衛省「会談について」（前掲注1）。")
    assert first.work_id == again.work_id
    assert first.work_id.startswith("work:会談について~")


def test_works_of_one_title_and_different_dates_or_addresses_stay_apart() -> None:
    first, second, third, short = citations(
        "防衛省「防衛大臣記者会見」2024年5月3日。",
        "防衛省「防衛大臣記者会見」2024年6月2日。",
        "防衛省「防衛大臣記者会見」https://www.mod.go.jp/j/press/kisha/2024/0611a.html。",
        "防衛省「防衛大臣記者会見」（前掲注1）。",
    )
    assert len({first.work_id, second.work_id, third.work_id, short.work_id}) == 4


def test_spans_leave_out_white_space_and_lie_in_the_note() -> None:
    (found,) = citations("　同上。 ")
    assert (found.start, found.end, found.text) == (1, 4, "同上。")


def test_work_ids() -> None:
    assert work_id("Ａ　Title, 2nd") == work_id("a title 2ND") == "work:atitle2nd"
    assert work_id("題" * 41 + "甲") != work_id("題" * 41 + "乙")
    assert work_id("――") != work_id("…")
