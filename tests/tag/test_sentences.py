"""Sentences by rules on characters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.sentences import WHOLE_KINDS, split

CASES = {
    "full stops": ["会合が開かれた。", "日本も参加した。"],
    "question and exclamation": ["なぜか？", "答えは近い！", "以上である。"],
    "several ends are one": ["本当か！？", "そうだ。"],
    "no end at the last": ["開かれた。", "以下を参照"],
    "not inside quotation marks": ["大臣は「信頼が要る。協力も要る。」と述べた。", "続いて会談した。"],
    "not inside brackets": ["会合（初めてである。前年はない。）が開かれた。", "成功した。"],
    "nested quotation marks": ["「『前進だ。』と彼は言った。」と報じられた。", "続報はない。"],
    "a bracketed sentence of its own": ["会合が開かれた。", "（ただし、一部は欠席した。）", "成果は大きい。"],
    "exclamation in a title": ["秋元『復活！日英同盟』を参照。", "次も参照。"],
    "exclamation before a dash": ["前進か？――答えはまだない。"],
    "closing bracket without partner": ["前進だ。」", "彼は去った。"],
    "opening bracket without partner": ["「前進だ。", "彼は去った。"],
    "white space belongs to the sentence before": ["終わった。　", "始まった。"],
    "decimals and versions": ["ビジョン2.0は3.5パーセントを示す。", "続く。"],
    "URL before Japanese": ["See https://example.org/a.b?c=d. ", "もっとも、別の見方もある。"],
    "URL with a Japanese full stop": ["https://example.org/a.html。", "次も参照。"],
    "English": ["He left. ", "She stayed? ", "Yes! ", "“Really?” ", "They met."],
    "titles and initials": ["Mr. Austin met J. Smith of the U.S. Army on Nov. 3. ", "He left."],
    "citing": ["See vol. 3, no. 5, pp. 1–2. ", "Ibid., p. 3 (Fig. 2)."],
    "quotation that ends a sentence": ['He said, "I will go." ', "Then he left."],
    "quotation within a sentence": ['"Why now?" he asked. ', "Nobody knew."],
    "numbering": ["1. 安全保障を論じる。", "次に移る。"],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES.keys())
def test_cases(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[start:end] for start, end in split(text)] == sentences


@pytest.mark.parametrize("kind", sorted(WHOLE_KINDS))
def test_headings_and_the_like_are_one_sentence(kind: str) -> None:
    assert split("1. はじめに。前史", kind) == [(0, 10)]


def test_no_text_has_no_sentence() -> None:
    assert split("") == []


@given(st.text(st.sampled_from('。！？.!? 　あ亜Aa1「」『』（）()“”"、―')) | st.text())
def test_sentences_tile_the_text(text: str) -> None:
    found = split(text)
    assert all(start < end for start, end in found)
    assert [start for start, _ in found] == ([0] if text else []) + [end for _, end in found][:-1]
    assert not text or found[-1][1] == len(text)


@given(st.lists(st.text(st.sampled_from("亜あA1、「」"), min_size=1).map(lambda s: f"あ{s.replace('「', '')}亜。")))
def test_what_ends_with_a_full_stop_is_found_again(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[start:end] for start, end in split(text)] == sentences


@pytest.mark.parametrize("text", ["「" * 200_000 + "）" * 200_000, "「（" * 100_000 + "」" * 100_000, "a. " * 100_000])
def test_time_is_linear(text: str) -> None:
    start = time.process_time()
    split(text)
    assert time.process_time() - start < 10
