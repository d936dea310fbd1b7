"""Quotations and URLs in notes."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.quotations import first_url, quotations


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("防衛省「会合（『2＋2』）」2023年", ["「会合（『2＋2』）」"]),
        ("「協力を強化 外相「深刻な挑戦」」『新聞』", ["「協力を強化 外相「深刻な挑戦」」", "『新聞』"]),
        ("A, \"'The New': Remarks,\" June; B, “Other”", ["\"'The New': Remarks,\"", "“Other”"]),
        ("「開いたまま『閉じた』", ["『閉じた』"]),
        ("閉じただけ」", []),
        ("", []),
    ],
)
def test_outermost_quotations(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == wanted


@given(st.text(st.sampled_from('「」『』“”"あ')))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    found = quotations(text)
    assert all(text[start] in '「『“"' and end - start >= 2 for start, end in found)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("参照、https://a.jp/b_c-d.html。", "https://a.jp/b_c-d.html"),
        ("see https://a.org/b.pdf.", "https://a.org/b.pdf"),
        ("https://a.jp/x.html、2025年9月10日アクセス。", "https://a.jp/x.html"),
        ("https://a.jp/x（2024年6月アクセス）", "https://a.jp/x"),
        ("(https://a.org/x_(y)).", "https://a.org/x_(y)"),
        ("https://a.jp/j.html; 防衛省", "https://a.jp/j.html"),
        ("https://a.ph/March-8,-2024.", "https://a.ph/March-8,-2024"),
    ],
)
def test_first_url(text: str, url: str) -> None:
    found = first_url(text)
    assert found is not None
    assert found == (url, text.index("https"))


def test_no_url() -> None:
    assert first_url("同上。") is None


@pytest.mark.parametrize("text", ["「" * 300_000, "「『" * 100_000 + "」" * 100_000, "https://a" + ")." * 200_000])
def test_time_is_linear(text: str) -> None:
    start = time.process_time()
    quotations(text)
    first_url(text)
    assert time.process_time() - start < 5
