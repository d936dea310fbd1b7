"""Relations: who took part, chaired, hosted, and what was announced; and what says nothing of it."""

from __future__ import annotations

import pytest

from pipeline.document import Document
from tests.resolve.facts.conftest import Facts

M = "[M:m|東方防衛フォーラム]"
KIHARA, AUSTIN = "[P:kihara|木原稔防衛大臣]", "[P:austin|ロイド・オースティン米国防長官]"
MARLES, WONG = "[P:marles|リチャード・マールズ豪国防相]", "[P:wong|ペニー・ウォン豪外相]"


def told(document: Document, predicate: str = "attended") -> set[tuple[str, str]]:
    """Subject and object of the relations of a kind."""
    return {(r.subject_id, r.object_id) for r in document.relations if r.predicate == predicate}


def present(document: Document) -> str:
    """Who attended the meeting m, sorted."""
    return " ".join(sorted(subject for subject, meeting in told(document) if meeting == "m"))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"{KIHARA}は{M}に出席した。", "kihara"),
        (f"{M}には、{KIHARA}と{AUSTIN}が出席し、協力を確認した。", "austin kihara"),
        (f"{M}に登壇した{KIHARA}も同じである。", "kihara"),
        (f"6月2日に東京で{M}が開かれ、{KIHARA}、{AUSTIN}の2名が顔をそろえた。", "austin kihara"),
        (f"{M}では、{KIHARA}が協力を訴えた。", "kihara"),
        (f"{M}で、{KIHARA}と{AUSTIN}は同じ卓に着いた。", "austin kihara"),
        (f"{M}の基調演説で、{KIHARA}は構想を語った。", "kihara"),
        (
            f"6月2日に東京で{M}が開かれ、日本側から{KIHARA}、豪州側から{MARLES}と{WONG}が参加した。",
            "kihara marles wong",
        ),
        (f"{M}には、英国の閣僚らとともに{KIHARA}が出席した。", "kihara"),
        (f"{M}には、{KIHARA}のほか、{MARLES}、フランスの大統領らが出席した。", "kihara marles"),
        (f"{KIHARA}は{AUSTIN}と{M}を行い、一致した。", "austin kihara"),
        (f"{KIHARA}と{AUSTIN}による{M}が東京で行われた。", "austin kihara"),
        (f"{AUSTIN}との{M}に臨んだ{KIHARA}は、署名した。", "austin kihara"),
        (f"{M}では、{KIHARA}が{AUSTIN}を迎えて議論した。", "austin kihara"),
        (f"{M}において、{KIHARA}は{AUSTIN}に懸念を伝えた。", "austin kihara"),
        (f"{M}に出席したのは、{KIHARA}、{AUSTIN}であった。", "austin kihara"),
        (f"{M}に際して、{KIHARA}が協定に署名した。", "kihara"),
        (f"6月2日に東京で開かれた第2回会合には{KIHARA}が、{M}には{AUSTIN}が加わっている。", "austin"),
        (f"第2回{M}には{KIHARA}が、第3回{M}には{AUSTIN}が出席している。", "austin kihara"),
        (f"{KIHARA}にとって、{M}への参加はこれが初めてである。", "kihara"),
        (f"{M}に出席中の{KIHARA}も歓迎した。", "kihara"),
        (f"6月2日に東京で{M}が開かれた。{KIHARA}と{MARLES}の参加も、場が根付いたことを示す。", "kihara marles"),
        (f"6月2日に東京で{M}が開かれた。議長を務めた{AUSTIN}に対し、{KIHARA}は門戸を開くべきだと説いた。", "kihara"),
        (
            f"6月2日に東京で{M}が開かれた。主催国の{KIHARA}は、{MARLES}や{WONG}と監視を論じている。",
            "kihara marles wong",
        ),
        (
            f"6月2日に東京で{M}が開かれた。{KIHARA}、{AUSTIN}の両大臣が揃って来日したこの会合を受け、創設が決まった。",
            "austin kihara",
        ),
        (f"6月2日には、{AUSTIN}を迎えて{M}が東京で行われている。", "austin"),
        (f"{KIHARA}は{M}に出席した後、豪州に足を延ばした。", "kihara"),
        (f"{M}では、{KIHARA}とフランスの国防大臣が、連携を確認した。", "kihara"),
        (f"{KIHARA}は、{M}の冒頭で演説した。", "kihara"),
        (f"{KIHARA}と{AUSTIN}が出席した{M}では、協力が議論された。", "austin kihara"),
    ],
)
def test_attended(facts: Facts, text: str, who: str) -> None:
    assert present(facts(text)) == who


@pytest.mark.parametrize(
    "text",
    [
        f"{KIHARA}は{M}を欠席した。",
        f"{M}への出席を見送った{KIHARA}は謝罪した。",
        f"{M}には{KIHARA}が出席しなかった。",
        f"{KIHARA}は{M}に出席する予定である。",
        f"{KIHARA}と{AUSTIN}は{M}を行うことで合意した。",
        f"{KIHARA}は{M}を設けることを提案した。",
        f"{M}の機会に、{KIHARA}は東京を訪れた。",
        f"{M}に合わせて、{KIHARA}は声明を出した。",
        f"{M}で採択された宣言を、{KIHARA}は評価した。",
        f"{KIHARA}は{M}の意義を説いた。",
        f"{M}の議長を務めた{KIHARA}の名は知られる。",
        f"{KIHARA}は記念式典に出席し、{M}を振り返った。",
        f"来年6月に開かれる{M}には、{KIHARA}が出席する。",
        f"{M}では、{KIHARA}の提案が採択された。",
        f"{M}は有益である。{KIHARA}は国会で演説した。",
        f"6月2日に東京で{M}が開かれる。{KIHARA}の出席が見込まれる。",
        f"6月2日に東京で{M}が開かれた。{KIHARA}の参加は見送られた。",
        f"{KIHARA}は6月2日に東京で{M}を主催し、インドの外相を招いている。",
    ],
)
def test_not_attended(facts: Facts, text: str) -> None:
    assert present(facts(text)) == ""


def test_who_stands_in_for_another_attended_and_the_other_did_not(facts: Facts) -> None:
    assert present(facts(f"{M}には、{KIHARA}に代わり、{MARLES}が出席している。")) == "marles"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"日本からは{KIHARA}が参加した。", "kihara"),
        (f"この会合に出席した{AUSTIN}は、負担を求めた。", "austin"),
        (f"席上、{KIHARA}は懸念を伝えた。", "kihara"),
        (f"会合では、{KIHARA}が発言した。", "kihara"),
        (f"{KIHARA}、{AUSTIN}らは、協力を進めることで一致した。", "austin kihara"),
        (f"{KIHARA}は式典に参加した。", ""),
        (f"{KIHARA}は後日の会見で成果を語った。", ""),
    ],
)
def test_the_sentence_after_the_one_that_names_the_meeting(facts: Facts, text: str, who: str) -> None:
    assert present(facts(f"2024年6月2日、東京で{M}が開かれた。{text}")) == who


def test_a_chair_who_receives_only_chairs(facts: Facts) -> None:
    document = facts(f"{KIHARA}は6月2日に東京で開かれた{M}の議長を務め、{MARLES}を迎えた。")
    assert told(document, "chaired") == {("kihara", "m")}
    assert present(document) == "marles"


def test_who_is_made_chair_chairs(facts: Facts) -> None:
    document = facts(f"{KIHARA}が、{MARLES}を議長として6月2日に東京で開かれた{M}に出席した。")
    assert told(document, "chaired") == {("marles", "m")}
    assert present(document) == "kihara"


def test_a_meeting_named_behind_its_chair(facts: Facts) -> None:
    document = facts(
        f"[M:n|日豪首脳会談]は終わった。6月2日、{KIHARA}が議長となって東京で開かれた第3回{M}では、議論が続いた。"
    )
    assert told(document, "chaired") == {("kihara", "m")}


def test_what_is_announced_on_another_day_is_not_announced_there(facts: Facts) -> None:
    text = f"6月2日の{M}では「[I:a|青い輪]」が発表されたが、12月にEUが独自に「[I:b|黒い輪]」を打ち出した。"
    assert told(facts(text), "presented_at") == {("a", "m")}


def test_a_subject_left_out_is_the_topic_of_before(facts: Facts) -> None:
    assert present(facts(f"{KIHARA}は歴訪を続けた。2024年6月2日には東京で{M}に出席し、協力を確認した。")) == "kihara"


def test_both_ministers_are_those_of_the_sentence_before(facts: Facts) -> None:
    text = f"{KIHARA}と{AUSTIN}の関係は深い。両者は2024年5月3日、ハワイで{M}を行ったばかりである。"
    assert present(facts(text)) == "austin kihara"


def test_one_subject_and_several_meetings(facts: Facts) -> None:
    text = (
        f"{KIHARA}は6月2日だけで、豪州の{MARLES}との[M:a|日豪防衛相会談]、"
        f"米国の{AUSTIN}との[M:b|日米防衛相会談]を行った。"
    )
    assert told(facts(text)) == {("kihara", "a"), ("marles", "a"), ("kihara", "b"), ("austin", "b")}
    text = f"{KIHARA}は2024年6月、[M:a|ADMMプラス]に出席し、7月に開かれた[M:b|ARF]にも、{AUSTIN}らとともに参加した。"
    assert told(facts(text)) == {("kihara", "a"), ("kihara", "b"), ("austin", "b")}


def test_only_parties_attend_a_meeting_of_named_states(facts: Facts) -> None:
    text = f"[M:m|日豪防衛相会談]では、{KIHARA}と{MARLES}が一致し、{AUSTIN}も歓迎した。"
    assert present(facts(text)) == "kihara marles"


def test_a_generic_meeting_of_both_sides_counts_for_the_named_one(facts: Facts) -> None:
    text = f"[M:m|日豪防衛相会談]は6月1日に行われた。{KIHARA}と{MARLES}が会うのはこれが初めてである。"
    assert present(facts(text)) == "kihara marles"
    text = f"2024年10月26日、{KIHARA}は北京で{MARLES}と会談した。この[M:m|日豪防衛相会談]で掲げられたのが協調である。"
    found = facts(text)
    assert present(found) == "kihara marles"
    assert [(m.start_date, m.city) for m in found.meetings] == [("2024-10-26", "北京")]


def test_chaired_and_hosted(facts: Facts) -> None:
    found = facts(f"{M}は、{KIHARA}が議長を務め、{AUSTIN}、{MARLES}が出席した。")
    assert told(found, "chaired") == {("kihara", "m")}
    assert present(found) == "austin marles"
    found = facts(f"{M}には、議長の{KIHARA}、{AUSTIN}らが出席した。")
    assert (told(found, "chaired"), present(found)) == ({("kihara", "m")}, "austin")
    assert told(facts(f"{KIHARA}は初の{M}を主催した。"), "hosted") == {("kihara", "m")}
    assert told(facts(f"日本が{M}を主催した。"), "hosted") == {("country:JPN", "m")}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{M}で{KIHARA}は「[I:i|青海ビジョン]」を発表した。", "i"),
        (f"「[I:i|青海ビジョン]」（2016年）、「[I:j|青海ビジョン2.0]」（2019年）はすべて{M}で披露されている。", "i j"),
        (f"2024年6月2日、東京で{M}が開かれた。席上発表された「[I:i|青海ビジョン]」は新しい。", "i"),
        (f"{M}に出席した{KIHARA}は、「[I:i|青海ビジョン]」を打ち出した。", "i"),
        (f"{M}では、「[I:i|青海ビジョン]」と研修事業「[I:j|リンドウ]」が新たに発表されている。", "i j"),
        (f"{M}で採択された「[I:i|青海ビジョン]」は新しい。", ""),
        (f"{M}において、両国は「[I:i|青海ビジョン]」に合意した。", ""),
        (f"{M}に臨んだ{KIHARA}は、その足で「[I:i|青海ビジョン]」を発表した。", ""),
        (f"{M}で{KIHARA}は「[I:i|青海ビジョン]」への支持を表明した。", ""),
    ],
)
def test_presented_at(facts: Facts, text: str, what: str) -> None:
    assert " ".join(sorted(subject for subject, _ in told(facts(text), "presented_at"))) == what


def test_a_relation_has_edition_date_rule_and_sentence(facts: Facts) -> None:
    (found,) = facts(f"2024年6月2日、{KIHARA}は東京で開かれた第12回{M}に出席した^3^。").relations
    assert (found.edition, found.date, found.source) == ("12", "2024-06-02", "attended.took-part")
    assert found.evidence.sources == ("c3",)


def test_what_has_no_end_is_no_sentence(facts: Facts) -> None:
    assert facts(f"{KIHARA}は{M}に出席し、" * 100 + "散会した。").relations == ()


def test_a_relation_stated_twice_is_one_row_for_each_occurrence(facts: Facts) -> None:
    text = f"2023年の{M}には{KIHARA}が出席した。{KIHARA}は2024年の{M}にも出席し、2024年の{M}で演説した。"
    assert [r.date for r in facts(text).relations if r.subject_id == "kihara"] == ["2023", "2024"]


def when(document: Document) -> list[tuple[str, str]]:
    """Who attended and the day, in the order of the rows."""
    return [(r.subject_id, r.date) for r in document.relations if r.predicate == "attended"]


def test_what_was_before_has_not_the_day_of_the_meeting_told_of(facts: Facts) -> None:
    last_time = facts(f"2023年6月2日の{M}には、{AUSTIN}が出席した。前回は{KIHARA}が参加した。")
    assert dict(when(last_time)) == {"austin": "2023-06-02", "kihara": ""}


def test_an_attendance_told_again_without_its_day_is_the_same(facts: Facts) -> None:
    again = facts(f"{KIHARA}は{M}に出席した。2023年6月2日の{M}に、{KIHARA}が出席した。")
    assert len(when(again)) == 1
