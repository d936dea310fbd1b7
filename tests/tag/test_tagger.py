"""The model and the tagging stage."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Block, Document, FrontMatter, Mention
from pipeline.limits import Limits
from pipeline.tag import Tagger, model
from pipeline.tag.labels import model_labels
from pipeline.vocabulary import BlockKind

TEXT = "2024年6月2日、木原稔防衛大臣はシンガポールを訪問し、第3回日米防衛相会談に出席した。日本と米国が参加した。"


def document(*texts: str, kind: BlockKind = "paragraph", language: str = "ja") -> Document:
    blocks = tuple(Block(f"d:b{i}", kind, text, ((0, len(text)),)) for i, text in enumerate(texts))
    return Document("d", "d.pdf", "", front=FrontMatter(language=language), blocks=blocks)


def tagged(*texts: str) -> Document:
    return Tagger(Limits()).tag(document(*texts))


def found(mentions: tuple[Mention, ...], label: str) -> list[str]:
    return [mention.text for mention in mentions if mention.label == label]


def test_every_label_of_the_model_is_mapped() -> None:
    assert set(model.load().nlp.get_pipe("ner").labels) == set(model_labels())  # type: ignore[attr-defined]


def test_components_left_out_change_no_entity() -> None:
    spacy = pytest.importorskip("spacy")
    whole = [(e.start_char, e.end_char, e.label_) for e in spacy.load(model.MODEL)(TEXT).ents]
    assert [(e.start, e.end, e.label) for e in model.entities([TEXT], 45_000)[0]] == whole


def test_mentions_of_a_paragraph() -> None:
    mentions = tagged(TEXT).mentions
    assert found(mentions, "DATE") == ["2024年6月2日"]
    assert mentions[0].date == "2024-06-02"
    assert mentions[0].entity_id == "date:2024-06-02"
    assert found(mentions, "MINISTER") == ["木原稔防衛大臣"]
    assert found(mentions, "MEETING") == ["日米防衛相会談"]
    assert [m.edition for m in mentions if m.label == "MEETING"] == ["3"]
    assert {m.entity_id for m in mentions if m.label == "COUNTRY"} == {"country:SGP", "country:JPN", "country:USA"}
    assert {m.label: m.source for m in mentions}["DATE"] == "dates"


def test_editions_part_two_meetings_that_a_dot_joins() -> None:
    mentions = tagged(
        "第4回ADMMプラス・第2回日NATO防衛担当大臣会合に出席した。", "第4回日豪港湾会議・第2回日NZ港湾会議"
    ).mentions
    assert found(mentions, "MEETING") == ["ADMMプラス", "日NATO防衛担当大臣会合", "日豪港湾会議", "日NZ港湾会議"]
    assert [m.edition for m in mentions if m.label == "MEETING"] == ["4", "2", "4", "2"]


def test_a_title_quoted_behind_a_name_is_no_other_name() -> None:
    result = tagged("第3回日米防衛相会談（『港の安全』会議概要）。", "会議概要を読む。")
    assert found(result.mentions, "MEETING") == ["日米防衛相会談"]


def entities(document: Document, label: str) -> dict[str, str]:
    return {m.text: m.entity_id for m in document.mentions if m.label == label}


def test_a_document_teaches_its_abbreviations() -> None:
    result = tagged("「海域共同監視構想」（KKK）を公表した。", "KKKは続く。KKKXは別である。")
    assert found(result.mentions, "INITIATIVE") == ["海域共同監視構想", "KKK", "KKK"]
    assert len(set(entities(result, "INITIATIVE").values())) == 1


def test_a_series_keeps_its_edition_out_of_its_abbreviation() -> None:
    result = tagged("第5回海域情報共有会議（KJK5）が開かれた。", "KJK6は来年である。第5回海域防災会議（KBK V）も。")
    assert found(result.mentions, "MEETING") == ["海域情報共有会議", "KJK", "KJK", "海域防災会議", "KBK"]
    assert [m.edition for m in result.mentions if m.text == "KJK"] == ["5", "6"]


def test_an_initiative_goes_by_its_short_name() -> None:
    result = tagged(
        "同国は「島の復興のための包括的計画」を公表した。", "包括的計画は進む。この包括的計画や新包括的計画は別である。"
    )
    assert found(result.mentions, "INITIATIVE") == ["島の復興のための包括的計画", "包括的計画"]
    assert len(set(entities(result, "INITIATIVE").values())) == 1


def test_a_short_name_of_two_initiatives_names_neither() -> None:
    result = tagged("「島の復興のための包括的計画」と「港の復興のための包括的計画」がある。", "包括的計画は進む。")
    assert found(result.mentions, "INITIATIVE") == ["島の復興のための包括的計画", "港の復興のための包括的計画"]


def test_the_end_of_a_name_is_the_same_initiative() -> None:
    result = tagged("「KAT東京イニシアティブ」を発表した。", "東京イニシアティブは続く。")
    assert found(result.mentions, "INITIATIVE") == ["KAT東京イニシアティブ", "東京イニシアティブ"]
    assert len(set(entities(result, "INITIATIVE").values())) == 1


def test_an_abbreviation_may_mean_something_else_here() -> None:
    other = tagged("国際宇宙ステーション（ISS）は飛ぶ。", "ISSは四百キロの高さにある。")
    same = tagged("国際シーパワー会同（ISS）は続く。", "ISSは2年ごとである。")
    assert found(other.mentions, "MEETING") == []
    assert found(same.mentions, "MEETING")[-2:] == ["ISS", "ISS"]


def test_a_foreign_name_may_hold_a_known_one() -> None:
    result = tagged("「海の盾計画」（PESCO Plus Plan）を公表した。", "PESCO Plus Planは続く。")
    assert found(result.mentions, "INITIATIVE") == ["海の盾計画", "PESCO Plus Plan", "PESCO Plus Plan"]


def test_a_bare_two_plus_two_is_the_one_spoken_of() -> None:
    result = tagged("日豪外務・防衛閣僚協議（「2プラス2」）と日仏「2プラス2」が開かれた。「2プラス2」は、")
    ids = [m.entity_id for m in result.mentions if m.label == "MEETING"]
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_ministers_keep_their_person_through_the_document() -> None:
    result = tagged(
        "小泉大臣の初仕事",
        "小泉進次郎防衛大臣は、当時の小泉純一郎首相とは違う。岸田文雄首相と岸信夫防衛相も出席した。",
        "岸防衛相と岸田首相。小泉大臣。岸田氏、小泉純一郎氏。小泉政権。岸田大統領。",
    )
    assert [(m.text, m.name) for m in result.mentions if m.label == "MINISTER"] == [
        ("小泉大臣", "小泉進次郎"),
        ("小泉進次郎防衛大臣", "小泉進次郎"),
        ("小泉純一郎首相", "小泉純一郎"),
        ("岸田文雄首相", "岸田文雄"),
        ("岸信夫防衛相", "岸信夫"),
        ("岸防衛相", "岸信夫"),
        ("岸田首相", "岸田文雄"),
        ("小泉大臣", "小泉進次郎"),
        ("岸田", "岸田文雄"),
        ("小泉純一郎", "小泉純一郎"),
    ]


def test_a_bare_name_counts_only_after_the_office() -> None:
    result = tagged(
        "オースティン氏は軍人だった。", "ロイド・オースティン国防長官が来た。オースティン氏は、オースティン長官として、"
    )
    assert found(result.mentions, "MINISTER") == ["ロイド・オースティン国防長官", "オースティン", "オースティン長官"]


def test_strategies_of_one_name_have_owners() -> None:
    result = tagged("日本の国家安全保障戦略と、ドイツの「国家安全保障戦略」。豪州も独自の国家防衛戦略を持つ。")
    ids = [m.entity_id for m in result.mentions if m.label == "INITIATIVE"]
    assert ids == ["initiative:国家安全保障戦略", "initiative:国家安全保障戦略@DEU", "initiative:国家防衛戦略@AUS"]
    result = tagged("日本は国家防衛戦略を、豪州も「国家防衛戦略」（NDS）を公表した。NDSは拒否を重んじる。")
    ids = [m.entity_id for m in result.mentions if m.label == "INITIATIVE"]
    assert ids == ["initiative:国家防衛戦略", *["initiative:国家防衛戦略@AUS"] * 3]


def test_grammar_alone_knows_no_catalogued_series() -> None:
    text = "香山フォーラムとADMMプラス、FOIPと日米防衛相会談。"
    with_names = Tagger().tag(document(text))
    without = Tagger(grammar_alone=True).tag(document(text))
    assert found(with_names.mentions, "MEETING") == ["香山フォーラム", "ADMMプラス", "日米防衛相会談"]
    assert found(without.mentions, "MEETING") == ["香山フォーラム", "日米防衛相会談"]
    assert found(without.mentions, "INITIATIVE") == []


def test_names_in_urls_are_none() -> None:
    assert tagged("https://example.org/ADMM-Plus/QUAD.html").mentions == ()


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


def test_english_documents_are_tagged_from_the_catalogue_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "load", lambda: pytest.fail("the model was loaded"))
    result = Tagger().tag(document("Japan joined the ADMM-Plus and AUKUS. They talked at EASA.", language="en"))
    assert len(result.sentences) == 2
    assert found(result.mentions, "MEETING") == ["ADMM-Plus"]
    assert found(result.mentions, "INITIATIVE") == ["AUKUS"]
    assert found(result.mentions, "COUNTRY") == ["Japan"]


@pytest.mark.parametrize("kind", ["front_matter", "back_matter"])
def test_front_and_back_matter_are_not_tagged(kind: BlockKind) -> None:
    assert Tagger().tag(document(TEXT, kind=kind)).mentions == ()


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
