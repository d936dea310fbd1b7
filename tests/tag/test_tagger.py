"""The model and the tagging stage."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Block, BlockKind, Document, FrontMatter, Mention
from pipeline.limits import Limits
from pipeline.tag import Tagger, model
from pipeline.tag.labels import model_labels
from pipeline.tag.tagger import mentions_of

TEXT = "2024年6月2日、木原稔防衛大臣はシンガポールを訪問し、第3回日米防衛相会談に出席した。日本と米国が参加した。"


def document(*texts: str, kind: BlockKind = "paragraph", language: str = "ja") -> Document:
    blocks = tuple(Block(f"d:b{i}", kind, text, ((0, len(text)),)) for i, text in enumerate(texts))
    return Document("d", "d.pdf", "", front=FrontMatter(language=language), blocks=blocks)


def tagged(*texts: str) -> Document:
    return Tagger(Limits()).tag(document(*texts))


def found(mentions: tuple[Mention, ...], label: str) -> list[str]:
    return [mention.text for mention in mentions if mention.label == label]


def test_every_label_of_the_model_is_mapped() -> None:
    assert set(model.load().get_pipe("ner").labels) == set(model_labels())  # type: ignore[attr-defined]


def test_components_left_out_change_no_entity() -> None:
    spacy = pytest.importorskip("spacy")
    whole = [(e.start_char, e.end_char, e.label_) for e in spacy.load(model.MODEL)(TEXT).ents]
    assert [(e.start, e.end, e.label) for e in model.entities([TEXT], 45_000)[0]] == whole


def test_mentions_of_a_paragraph() -> None:
    mentions = tagged(TEXT).mentions
    assert found(mentions, "DATE") == ["2024年6月2日"]
    assert mentions[0].date == "2024-06-02"
    assert mentions[0].entity_id == "date:2024-06-02"
    assert "日本" in found(mentions, "COUNTRY")
    assert "木原稔" in found(mentions, "PERSON")
    assert all(mention.source == "ginza" for mention in mentions)


def test_offsets_are_exact_in_every_block() -> None:
    texts = (TEXT, "　　" + TEXT, "㍑①ﬁ " + TEXT, "", TEXT.replace("、", "、 \t"))
    result = tagged(*texts)
    assert {mention.block_id for mention in result.mentions} == {"d:b0", "d:b1", "d:b2", "d:b4"}
    for mention in result.mentions:
        assert result.block(mention.block_id).text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()


def test_mentions_stand_in_order_and_do_not_overlap() -> None:
    result = tagged(TEXT * 3)
    spans = [(mention.start, mention.end) for mention in result.mentions]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    assert len({mention.mention_id for mention in result.mentions}) == len(spans)


def test_tagging_again_changes_nothing() -> None:
    once = tagged(TEXT)
    assert Tagger().tag(once) == once


def test_sentences_cover_every_block() -> None:
    result = tagged(TEXT, "第二の段落。")
    assert [(s.block_id, s.end) for s in result.sentences] == [
        ("d:b0", TEXT.index("日本と")),
        ("d:b0", len(TEXT)),
        ("d:b1", 6),
    ]


def test_english_documents_get_sentences_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "load", lambda: pytest.fail("the model was loaded"))
    result = Tagger().tag(document("Japan met Australia. They talked.", language="en"))
    assert len(result.sentences) == 2
    assert result.mentions == ()


@pytest.mark.parametrize("kind", ["front_matter", "back_matter"])
def test_front_and_back_matter_are_not_tagged(kind: BlockKind) -> None:
    assert Tagger().tag(document(TEXT, kind=kind)).mentions == ()


@pytest.mark.parametrize(
    ("text", "entity", "wanted"),
    [
        ("「日本」は", (0, 4, "Country"), ("日本", "COUNTRY", "")),
        ("日米「2プラス2」は", (0, 9, "Conference"), ("日米「2プラス2」", "MEETING", "")),
        ("第12回の首脳会議で", (0, 9, "Conference"), ("首脳会議", "MEETING", "12")),
        ("第十二回首脳会議で", (0, 8, "Conference"), ("首脳会議", "MEETING", "12")),
        ("第21回に続く", (0, 4, "Conference"), None),
        ("防衛大臣が", (0, 4, "Position_Vocation"), None),
        ("https://japan.example/日本", (8, 13, "Country"), None),
        ("　", (0, 1, "Country"), None),
        ("日本", (0, 2, "No_Such_Label"), None),
    ],
)
def test_from_entity_to_mention(text: str, entity: tuple[int, int, str], wanted: tuple[str, str, str] | None) -> None:
    block = Block("b", "paragraph", text, ((0, len(text)),))
    mentions = mentions_of(block, [model.Entity(*entity)])
    assert [(m.text, m.label, m.edition) for m in mentions] == ([wanted] if wanted else [])
    assert all(text[m.start : m.end] == m.text for m in mentions)


@given(st.text(st.sampled_from("日本。、「」 aé😀")), st.integers(4, 40))
def test_pieces_tile_the_text_within_the_limit(text: str, limit: int) -> None:
    pieces = model.pieces(text, limit)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(0 < len(text[start:end].encode()) <= limit for start, end in pieces)


def test_pieces_end_at_sentence_ends_then_commas() -> None:
    text = "会合は成功した。日本、米国、豪州が参加した。以上。"
    assert [text[a:b] for a, b in model.pieces(text, 40)] == [
        "会合は成功した。",
        "日本、米国、",
        "豪州が参加した。以上。",
    ]


def test_long_blocks_are_read_in_pieces_with_exact_offsets() -> None:
    limits = dataclasses.replace(Limits(), model_bytes=200)
    result = Tagger(limits).tag(document(TEXT * 5))
    assert found(result.mentions, "DATE") == ["2024年6月2日"] * 5
    assert all(result.blocks[0].text[m.start : m.end] == m.text for m in result.mentions)


def test_more_than_the_tokenizer_takes_at_once() -> None:
    text = "日本は会合に参加した。" * 1500
    assert len(text.encode()) > 49_149
    assert len(found(tagged(text).mentions, "COUNTRY")) > 1400


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_keeps_its_offsets(text: str) -> None:
    result = tagged(text)
    assert all(text[m.start : m.end] == m.text for m in result.mentions)
