"""The commands for people who write rules, as they would call them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.document import Block, Document
from pipeline.errors import Exit
from pipeline.rules import engine
from pipeline.rules.engine import Book
from pipeline.store import Store
from pipeline.tag import Tagger
from pipeline.tag.labels import mention_id

RULES = """
[names.MEETING]
kaiyo-kaigi = ["架空海洋会合", "KKK"]

[[rule]]
id = "initiative.mine"
yields = "INITIATIVE"
pattern = '[一-龥]{2,6}の輪構想'
match = ["「[友好の輪構想]」を"]
no_match = ["輪の構想"]
"""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(engine.VARIABLE, "")
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.toml").write_text(RULES, encoding="utf-8")
    return folder


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check"]) == Exit.OK
    assert "no fault" in capsys.readouterr().out


def test_try_shows_what_stands_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "第12回拡大ASEAN国防相会議（ADMMプラス）に出席した。"]) == Exit.OK
    said = capsys.readouterr().out
    assert "拡大ASEAN国防相会議  MEETING  catalogue:admm-plus  stands" in said
    assert "MEETING      拡大ASEAN国防相会議  = meeting:admm-plus, edition 12" in said
    assert "gives way to" in said


def test_try_with_rules_of_ones_own(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "KKKと平和の輪構想", "--rules", str(mine)]) == Exit.OK
    said = capsys.readouterr().out
    assert "KKK  = meeting:kaiyo-kaigi" in said
    assert "平和の輪構想  = initiative:平和の輪構想" in said
    assert main(["rules", "try", ""]) == Exit.OK
    assert "no mention" in capsys.readouterr().out


def test_a_faulty_rule_is_named_with_file_line_and_cure(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "mine.toml").write_text(RULES.replace("「[友好の輪構想]」", "「[友好の和構想]」"), encoding="utf-8")
    assert main(["rules", "check", "--rules", str(mine)]) == Exit.USAGE
    said = capsys.readouterr().err
    assert "mine.toml:6: rule initiative.mine must find" in said
    assert "Mend the pattern or the example." in said
    assert main(["rules", "check", "--rules", str(mine / "nowhere")]) == Exit.USAGE
    assert "There is no folder" in capsys.readouterr().err


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list"]) == Exit.OK
    said = capsys.readouterr().out
    assert "minister.name-office" in said
    assert "lists of names in meetings.toml" in said


def test_unused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "unused", "--output", str(tmp_path)]) == Exit.USAGE
    assert "no tables" in capsys.readouterr().err
    (tmp_path / "mentions.csv").write_text("source\nmeeting.group\ncatalogue:admm\n", encoding="utf-8")
    assert main(["rules", "unused", "--output", str(tmp_path)]) == Exit.OK
    said = capsys.readouterr().out
    assert "meeting.city" in said
    assert "  meeting.group (" not in said


def test_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "木原稔防衛大臣は日米「2プラス2」と、「海の道構想」（UMK）に触れた。木原氏は、UMKを進める。"
    document = Document("d", "d.pdf", "", blocks=(Block("d:b", "paragraph", text, ((0, len(text)),)),))
    Store(tmp_path / "work").save("tag", Tagger(propose=False).tag(document), "key")

    def explained(start: int, end: int, label: str) -> str:
        assert main(["explain", mention_id("d:b", start, end, label), "--output", str(tmp_path)]) == Exit.OK
        return capsys.readouterr().out

    said = explained(0, 7, "MINISTER")
    assert "found by rule minister.name-office (ministers_grammar.toml:" in said
    assert "competing: 木原稔防衛大臣  MINISTER  minister.short-office" in said
    assert "the person 木原稔" in said
    assert "catalogued as 日米安全保障協議委員会" in explained(8, 17, "MEETING").replace("ADMM", "")
    last = text.rindex("UMK")
    assert "the document itself" in explained(last, last + 3, "INITIATIVE")
    bare = text.rindex("木原")
    assert "the name alone" in explained(bare, bare + 2, "MINISTER")
    assert main(["explain", "d:b:0-1:DATE", "--output", str(tmp_path)]) == Exit.USAGE
    assert main(["explain", "x:b:0-1:DATE", "--output", str(tmp_path)]) == Exit.USAGE
    assert "no tagged document x" in capsys.readouterr().err


def test_the_examples_of_the_readme_are_sound() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    rules = [block for block in blocks if "[names." in block or "[[rule]]" in block]
    assert len(rules) > 1
    own = [(entry.name, entry.read_text(encoding="utf-8")) for entry in Path(engine.__file__).parent.glob("*.toml")]
    base = [entry for entry in own if entry[0] not in engine.OF_OTHERS]
    for number, block in enumerate(rules):
        Book([*base, (f"readme{number}.toml", block)]).check()
