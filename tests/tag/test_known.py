"""Ministers whom a text calls by surname and office are the persons who held it then."""

from __future__ import annotations

import pytest

from pipeline.document import Block, Document, FrontMatter
from pipeline.tag import Tagger
from pipeline.vocabulary import BlockKind

TAGGER = Tagger(propose=False)


def named(*texts: str, published: str = "", label: str = "MINISTER") -> list[tuple[str, str]]:
    """Each mention's text and the person's name."""
    kinds: list[BlockKind] = ["heading" if text.startswith("#") else "paragraph" for text in texts]
    blocks = tuple(
        Block(f"b{i}", kind, text.lstrip("#"), ((0, len(text)),))
        for i, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    )
    tagged = TAGGER.tag(Document("d", "d.pdf", "", front=FrontMatter(published=published), blocks=blocks))
    return [(m.text, m.name) for m in tagged.mentions if m.label == label]


def names(*texts: str, published: str = "", label: str = "MINISTER") -> list[str]:
    return [name for _, name in named(*texts, published=published, label=label)]


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("会談には木原防衛相が出た。", "2024-03-01", ["木原稔"]),
        ("会談には木原官房長官が出た。", "2025-11-01", ["木原稔"]),
        ("岸防衛大臣と岸田首相が会った。", "2022-03-04", ["岸信夫", "岸田文雄"]),
        ("2015年4月、中谷防衛大臣は訪米した。", "2025-03-04", ["中谷元"]),
        ("中谷防衛庁長官の答弁である。", "2001-12-01", ["中谷元"]),
        ("2011年、北澤防衛相が来た。", "2020-01-01", ["北沢俊美"]),
        ("オースティン国防長官は来日した。", "2023-06-01", ["ロイド・オースティン"]),
        ("2009年、ゲーツ国防長官が来日した。", "2012-06-01", ["ロバート・ゲイツ"]),
        ("フランスのルドリアン国防相が来日した。", "2016-06-01", ["ジャン=イヴ・ル・ドリアン"]),
        ("ルトノ外相は東京にいた。", "2022-06-01", ["ルトノ・マルスディ"]),
        ("マールズ副首相兼国防相が語る。", "2024-02-01", ["リチャード・マールズ"]),
    ],
)
def test_a_surname_with_its_office_is_the_one_who_held_it(text: str, published: str, wanted: list[str]) -> None:
    assert names(text, published=published) == wanted


def test_the_state_tells_persons_of_one_surname_apart() -> None:
    text = "中国の李国防部長は演説した。韓国の李国防相は聞いた。"
    assert names(text, published="2023-06-09") == ["李尚福", "李鐘燮"]
    assert names("李国防相は演説した。", published="2023-06-09") == ["李"]
    assert names("2008年、英国のブラウン首相と同国のブラウン国防相が話した。") == [
        "ゴードン・ブラウン",
        "デズ・ブラウン",
    ]


def test_the_time_told_of_tells_persons_of_one_surname_and_office_apart() -> None:
    text = "2007年2月、韓国の金国防相が来日した。2010年10月には金国防相が、2013年6月には金国防相が会った。"
    assert names(text, published="2015-01-01") == ["金章洙", "金泰栄", "金寛鎮"]
    text = "2018年5月、中国の李首相が来日した。2023年9月、中国の李首相は訪中を招請した。"
    assert names(text, published="2024-01-01") == ["李克強", "李強"]


def test_a_time_that_is_only_named_does_not_tell() -> None:
    assert names("1978年に策定された指針を、小泉防衛相は読んだ。", published="2025-12-01") == ["小泉進次郎"]


def test_where_two_fit_nobody_is_meant() -> None:
    assert names("2023年、中国の李首相が演説した。", published="2024-01-01") == ["李"]
    assert names("王外相が来た。", published="2024-01-01") == ["王"]
    assert names("日本と中国は話した。王外相が来た。", published="2024-01-01") == ["王毅"]


def test_a_date_that_hangs_on_the_name_is_its_time() -> None:
    text = "中国は動いた。2018年5月に来日した李首相は会見した。2023年3月に就任した李首相は来日していない。"
    assert names(text, published="2024-12-01") == ["李克強", "李強"]
    assert names("小泉首相の2002年9月の訪朝。福田首相の1978年の決断。", published="2024-12-01") == [
        "小泉純一郎",
        "福田赳夫",
    ]
    assert names("2010年の鳩山首相と2011年の菅首相は短命だった。", published="2024-12-01") == ["鳩山由紀夫", "菅直人"]


def test_a_decade_is_a_time() -> None:
    text = "カナダの話である。トルドー首相は留任した。父のトルドー首相は1970年代に軍を減らした。"
    assert names(text, published="2018-07-01") == ["ジャスティン・トルドー", "ピエール・トルドー"]


def test_each_clause_has_its_date() -> None:
    text = "浜田防衛相の訪中は2009年3月、北澤防衛相の訪中は同年11月である。"
    assert names(text, published="2019-07-01") == ["浜田靖一", "北沢俊美"]


def test_the_state_of_others_in_the_sentence_tells() -> None:
    text = "日本、韓国、北朝鮮の話である。尹大統領の就任後、李国防相は2022年6月に岸防衛相と話した。"
    assert names(text, published="2025-01-01") == ["李鐘燮", "岸信夫"]


def test_somebody_else_long_ago_is_somebody_else() -> None:
    text = "1972年9月、田中首相は訪中した。1700年、田中首相なる人物が語った。1928年の田中首相も語った。"
    assert names(text, published="2022-01-01") == ["田中角栄", "田中", "田中義一"]


def test_who_is_about_to_take_the_office_is_known() -> None:
    assert names("次期国防長官のヘグセス氏は語る。", published="2024-12-01") == ["ピート・ヘグセス"]
    assert names("メルツ次期首相は語る。", published="2025-03-21") == ["フリードリヒ・メルツ"]
    assert names("国防長官のヘグセス氏は語る。", published="2023-12-01") == ["ヘグセス"]


def test_a_short_title_counts_for_who_held_the_office() -> None:
    text = "2003年、国防総省のラムズフェルド長官が来日した。同じ年、田中長官も来た。"
    assert names(text, published="2004-01-01") == ["ドナルド・ラムズフェルド"]


def test_an_officials_name_in_kanji_is_whole() -> None:
    text = "2000年、金正日国防委員長が会った。朴槿恵大統領はまだいない。"
    assert names(text, published="2016-01-01", label="OFFICIAL") == ["金正日", "朴槿恵"]


def test_former_holders_held_the_office_before() -> None:
    assert names("福田前首相の訪中。", published="2009-01-01") == ["福田康夫"]
    assert names("福田元首相の訪中。", published="2019-01-01") == ["福田"]
    assert names("額賀元防衛庁長官の訪中。", published="2010-01-01") == ["額賀福志郎"]
    assert names("ヒーリー元国防相の談話。", published="2010-01-01") == ["ヒーリー"]


def test_a_predecessor_held_the_office_before_the_time_spoken_of() -> None:
    text = "2011年1月、韓国の金国防相が来日した。それまでの金国防相は哨戒艦の沈没への対応を問われていた。"
    assert names(text, published="2013-03-01") == ["金寛鎮", "金泰栄"]
    text = "ヒーリー国防相は訪米した。前任のシャップス国防相は2024年4月、協力を表明した。"
    assert names(text, published="2025-03-01") == ["ジョン・ヒーリー", "グラント・シャップス"]
    assert names("前年のマティス国防長官の演説。", published="2018-06-01") == ["ジェームズ・マティス"]
    assert names("元防衛相の久間氏は語る。", published="2012-06-01") == ["久間章生"]


def test_a_town_tells_the_state() -> None:
    text = "韓国は注視した。2018年10月、安倍首相は北京で李首相と会談した。"
    assert names(text, published="2024-01-01") == ["安倍晋三", "李克強"]


def test_a_short_title_is_of_what_is_spoken_of() -> None:
    assert names("日米防衛相会談で小泉大臣は語った。", published="2025-12-01") == ["小泉進次郎"]
    assert names("日韓外相会談で林大臣は語った。", published="2022-12-01") == ["林芳正"]
    assert names("小泉大臣は語った。", published="2025-12-01") == ["小泉"]


def test_a_surname_that_ends_in_a_letter_of_a_state_is_whole() -> None:
    assert named("田中防衛相が来た。", published="2012-03-01") == [("田中防衛相", "田中直紀")]
    assert named("台湾の呉外交部長が来た。", published="2022-03-01") == [("呉外交部長", "呉釗燮")]


def test_before_and_after_the_office_nobody_is_meant() -> None:
    assert names("2031年の木原防衛相。", published="2019-01-01") == ["木原"]
    assert names("2012年、オースティン国防相が語った。", published="2013-01-01") == ["オースティン"]


def test_the_texts_own_words_go_first() -> None:
    assert names("木原太郎防衛相が出た。木原防衛相は語る。", published="2024-03-01") == ["木原太郎", "木原太郎"]
    assert names("オースティン英国防相は語った。", published="2023-03-01") == ["オースティン"]
    # Held at another time, but the text knows only this one.
    text = "中谷元防衛大臣と中谷防衛大臣。"
    assert names(text, published="2024-03-01") == ["中谷元", "中谷元"]


def test_another_person_of_the_surname_in_another_office_is_another() -> None:
    text = "小泉純一郎首相の訪朝から二十年余、小泉防衛相が着任した。小泉首相の路線とは異なる。"
    assert names(text, published="2025-11-01") == ["小泉純一郎", "小泉進次郎", "小泉純一郎"]


def test_bare_names_and_short_offices_follow_the_person() -> None:
    text = "#木原大臣の訪米"
    more = "木原防衛相は発言した。木原氏はまた、オースティン国防長官と会った。オースティン長官は応じた。"
    found = ["木原稔"] * 3 + ["ロイド・オースティン"] * 2
    assert names(text, more, published="2024-03-01") == found


def test_one_person_has_one_entity_in_all_documents() -> None:
    forms = (
        "ゲーツ国防長官",
        "ロバート・ゲーツ国防長官",
        "ゲイツ米国防長官",
        "ロバート・M・ゲイツ国防長官",
        "ゲイツ国防長官",
    )
    assert {frozenset(ids(f"2009年、{form}が来た。", "2010-01-01")) for form in forms} == {
        frozenset({"minister:ロバート・ゲイツ"})
    }
    assert ids("中谷防衛庁長官が来た。", "2002-01-01") == ids("中谷防衛大臣が来た。", "2025-01-01")
    assert ids("金国防相が来た。韓国は応じた。", "2007-05-01") != ids("金国防相が来た。韓国は応じた。", "2013-05-01")


def ids(text: str, published: str) -> set[str]:
    """The entities of a document's ministers."""
    block = Block("b", "paragraph", text, ((0, len(text)),))
    tagged = TAGGER.tag(Document("d", "", "", front=FrontMatter(published=published), blocks=(block,)))
    return {m.entity_id for m in tagged.mentions if m.label == "MINISTER"}


def test_a_surname_that_tells_nobody_is_one_entity_for_each_office() -> None:
    assert ids("李首相が来た。李総理は語る。", "2024-01-01") == {"minister:李@首相"}
    assert ids("李国防相が来た。李氏は語る。", "2023-06-01") == {"minister:李@国防相"}
    assert ids("佐竹総務相と佐竹大臣。", "2023-06-01") == {"minister:佐竹@総務"}
    assert ids("佐竹総務相。佐竹稔総務相。", "2023-06-01") == {"minister:佐竹稔"}
    assert ids("馮剛国防相が来た。", "2023-06-01") == {"minister:馮剛"}


def test_officials_are_known_too() -> None:
    text = "2003年、ブッシュ大統領と韓国の盧大統領が会った。ストルテンベルグ事務総長はNATOを率いた。"
    wanted = ["ジョージ・W・ブッシュ", "盧武鉉", "イェンス・ストルテンベルグ"]
    assert names(text, published="2016-01-01", label="OFFICIAL") == wanted
    assert names("山田大統領が会った。", published="2016-01-01", label="OFFICIAL") == ["山田大統領"]


def test_grammar_alone_knows_nobody() -> None:
    block = Block("b", "paragraph", "木原防衛相が出た。", ((0, 9),))
    document = Document("d", "", "", front=FrontMatter(published="2024-03-01"), blocks=(block,))
    tagged = Tagger(grammar_alone=True, propose=False).tag(document)
    assert [m.name for m in tagged.mentions if m.label == "MINISTER"] == ["木原"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("防衛の分野では、河野太郎氏が外相から防衛相へ移った。", ["河野太郎"]),
        (
            "外相の椅子はボリス・ジョンソンからジェレミー・ハントに渡った。",
            ["ボリス・ジョンソン", "ジェレミー・ハント"],
        ),
        # No office of theirs is spoken of, or another one.
        ("河野太郎氏は若いころ米国で学んだ。", []),
        ("河野太郎氏は外相会談を論じた本を書いた。", []),
        ("潘基文氏は財務相と話した。", []),
        ("河野太郎記念館には外相の写真がある。", []),
        ("外相の弟がリアム・フォックスリーさんに会った。", []),
    ],
)
def test_a_full_name_counts_where_the_sentence_speaks_of_an_office_that_the_person_held(
    text: str, wanted: list[str]
) -> None:
    assert names(text) == wanted
