"""Ministers: offices, countries and standing."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Minister
from pipeline.resolve.facts.offices import parts, take_apart, tradition
from pipeline.resolve.facts.rulebook import rulebook
from pipeline.rules.engine import book
from tests.resolve.facts.conftest import Facts


def of(document: Document, entity: str = "x") -> list[tuple[str, str]]:
    """Office and country of the rows of a person."""
    return [(m.office, m.country) for m in document.ministers if m.entity_id == entity]


def one(document: Document, entity: str = "x") -> Minister:
    (found,) = (m for m in document.ministers if m.entity_id == entity)
    return found


@pytest.mark.parametrize(
    ("text", "name", "state", "office"),
    [
        ("小泉進次郎防衛大臣", "小泉進次郎", "", "防衛大臣"),
        ("ロイド・オースティン米国防長官", "ロイド・オースティン", "USA", "国防長官"),
        ("申源湜韓国国防部長官", "申源湜", "KOR", "国防部長官"),
        ("董軍・国防部長", "董軍", "", "国防部長"),
        ("マールズ副首相兼国防相", "マールズ", "", "副首相兼国防相"),
        ("外相ペッカ・ハーヴィスト", "ペッカ・ハーヴィスト", "", "外相"),
        ("田中外相", "田中", "", "外相"),
        ("ギルベルト・テオドロ国防大臣", "ギルベルト・テオドロ", "", "国防大臣"),
        ("ナレディ・パンドール国際関係・協力相", "ナレディ・パンドール", "", "国際関係・協力相"),
        ("小泉大臣", "小泉", "", ""),
        ("オースティン", "オースティン", "", ""),
    ],
)
def test_a_mention_is_taken_apart(text: str, name: str, state: str, office: str) -> None:
    found = take_apart(text, rulebook(book()))
    assert (found.name, found.state, found.office) == (name, state, office)


def test_variants_of_an_office_are_one_office() -> None:
    assert parts("防衛相") == parts("防衛大臣") == parts("国防大臣")
    assert parts("内閣総理大臣") == parts("首相")
    assert parts("国防相") < parts("副首相兼国防相")
    assert parts("外相") != parts("官房長官")


def test_offices_that_only_one_state_has() -> None:
    rules = rulebook(book())
    assert [tradition(office, rules) for office in ("国務長官", "官房長官", "国防部長", "国防部長官", "外相")] == [
        *("USA", "JPN", "CHN", "KOR"),
        "",
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[P:x|木原稔防衛大臣]が述べ、[P:x|木原防衛相]は語った。", [("防衛大臣", "JPN")]),
        (
            "[P:x|マールズ豪国防相]が述べた。[P:x|リチャード・マールズ副首相兼国防相]は語った。",
            [("副首相兼国防相", "AUS")],
        ),
        ("[P:x|林芳正外相]が述べた。[P:x|林芳正官房長官]は語った。", [("外相", "JPN"), ("官房長官", "JPN")]),
        ("防衛大臣の[P:x|小泉進次郎]氏は述べた。", [("防衛大臣", "JPN")]),
        ("エストニアの国防大臣である[P:x|ハンノ・ペヴクル]氏は述べた。", [("国防大臣", "EST")]),
        ("英首相の[P:x|リシ・スナク]氏は述べた。", [("首相", "GBR")]),
        ("首相に昇ったばかりの[P:x|ヤイル・ラピド]氏は述べた。", [("首相", "ISR")]),
        ("当時首相であった[P:x|麻生太郎]氏は述べた。", [("首相", "JPN")]),
        ("[P:x|岸信夫]元防衛相は述べた。", [("防衛相", "JPN")]),
        ("英国の[P:x|ジェームズ・クレバリー外相]は内閣改造で内相に転じた。", [("外相", "GBR"), ("内相", "GBR")]),
        ("[P:x|小泉大臣]は述べた。", [("大臣", "JPN")]),
        ("[P:x|エネレ・ソポアガ]（ツバル首相）が述べた。", [("首相", "TUV")]),
        ("防衛庁長官の[P:x|久間章生]氏は初代の防衛大臣となる。", [("防衛庁長官", "JPN"), ("防衛大臣", "JPN")]),
        ("国防相から外相に横滑りした[P:x|浜口周]氏が述べた。", [("国防相", "JPN"), ("外相", "JPN")]),
        ("[P:x|浜口周外相]は国防相であった2017年に述べた。", [("外相", "JPN"), ("国防相", "JPN")]),
        ("前任の[P:x|浜口周]氏が外相在任中に開いた会でも説かれた。", [("外相", "JPN")]),
        (
            "ドイツの新政権では、[P:x|ハンス・ローゼ]氏が外相に、[P:y|カール・ベルク]氏が国防相に就いた。",
            [("外相", "DEU")],
        ),
        (
            "オランダの[P:y|ヤン・デーレン国防相]は9月に辞任し、[P:x|ピート・ファンダム]氏が後任に就いた。",
            [("国防相", "NLD")],
        ),
        ("[P:x|小泉さつき財務相]はスコット・ベッセント米財務長官と会った。", [("財務相", "JPN")]),
        (
            "ケニアの[P:y|アリ・オウコ外相]がポルトープランスを訪れ、[P:x|ジャン・モロー首相]と会談した。",
            [("首相", "HTI")],
        ),
        ("[P:x|浜口周外相]は首相補佐官に就任した。", [("外相", "JPN")]),
    ],
)
def test_offices(facts: Facts, text: str, rows: list[tuple[str, str]]) -> None:
    assert of(facts(text)) == rows


def test_an_office_of_all_is_each_ones(facts: Facts) -> None:
    found = facts("デンマークの[P:x|トロルス・ポールセン]、ノルウェーの[P:y|ビョルン・グラム]の各国防相は署名した。")
    assert (of(found, "x"), of(found, "y")) == ([("国防相", "DNK")], [("国防相", "NOR")])


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("中国の[P:x|董軍国防部長]は述べた。", "CHN"),
        ("台湾の[P:x|顧立雄国防部長]は述べた。", "TWN"),
        ("[P:x|マルコ・ルビオ国務長官]は述べた。", "USA"),
        (
            "日本側から[P:a|林芳正外相]、フランス側から[P:b|カトリーヌ・コロナ外相]と[P:x|セバスティアン・ルコルニュ国防相]が参加した。",
            "FRA",
        ),
        ("[P:a|安倍首相]と[P:x|トニー・アボット首相]は[M:m|日豪首脳会談]を行った。", "AUS"),
        ("[P:a|安倍首相]と[P:x|ジョン・ハワード首相]が署名した日豪共同宣言は重要である。", "AUS"),
        ("[P:x|フィリップ・ハモンド外相]（英）は述べた。", "GBR"),
        (
            "スウェーデンの[P:a|アン・リンデ外相]は述べた。元同国国防相の[P:x|ペーテル・フルトクヴィスト]氏も語った。",
            "SWE",
        ),
        ("[P:x|ピーター・スミスソン外相]は述べた。", ""),
        ("[P:x|モディ首相]は述べた。", "IND"),
        ("[P:x|デービッド・キャメロン首相]は述べた。", "GBR"),
        (
            "英仏独の[P:a|ジャック・ストロー]、[P:x|ドミニク・ドビルパン]、[P:b|ヨシュカ・フィッシャー]の3外相は述べた。",
            "FRA",
        ),
        ("カナダの[P:x|トニー・ブレア外相]は述べた。", "CAN"),
        ("[P:x|李強首相]は述べた。", "CHN"),
        ("[P:x|金某首相]は述べた。", ""),
    ],
)
def test_countries(facts: Facts, text: str, country: str) -> None:
    assert one(facts(text)).country == country


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2024年11月1日、[P:x|木原稔防衛大臣]は述べた。", "current"),
        ("2024年11月1日、[P:x|木原稔防衛大臣]（当時）は述べた。", "former"),
        ("2024年11月1日、当時の[P:x|木原稔防衛大臣]は述べた。", "former"),
        ("元防衛大臣の[P:x|木原稔]氏は述べた。", "former"),
        ("2024年11月1日、[P:a|林外相]、[P:x|木原防衛相]の2人（いずれも当時）が出席した。", "former"),
        ("2024年11月1日、[P:x|木原稔防衛大臣]は述べた。[P:x|木原]氏はその後解任された。", "former"),
        ("2023年6月3日、[P:x|浜田靖一防衛大臣]は述べた。2024年11月1日、[P:a|木原稔防衛大臣]は述べた。", "former"),
        ("次期国防長官の[P:x|ピート・ヘグセス]氏は述べた。", "designate"),
        ("[P:x|ポール・メルツ次期首相]は述べた。", "designate"),
        ("2016年、[P:x|稲田朋美防衛大臣]は述べた。", ""),
    ],
)
def test_standing_at_publication(facts: Facts, text: str, status: str) -> None:
    assert one(facts(text, published="2024-12-20")).status == status
