"""The rule engine: files in, checked rules out, faults named with file, line and cure."""

from __future__ import annotations

import pytest

from pipeline.rules import RuleError
from pipeline.rules.engine import Book, marked, shown

GOOD = """
[patterns]
DIGITS = '[0-9]+'

[lists]
BODY = ["会議", "会合", "首脳会議"]

[[rule]]
id = "edition"
yields = "MEETING"
pattern = '第{DIGITS}回(?P<span>{BODY})'
match = ["第２回[首脳会議]と第3回[会合]"]
no_match = ["2回の会合"]
"""


def test_rules_are_read_and_their_examples_hold() -> None:
    book = Book([("a.toml", GOOD)])
    book.check()
    rule = book.rules["edition"]
    assert [found[:2] for found in rule.find("第12回会合")] == [(4, 6)]
    assert rule.where == "a.toml:9"
    assert book.yielding("MEETING") == [rule]
    assert book.yielding("DATE") == []


def test_a_later_file_overrides_rules_and_lists() -> None:
    book = Book([("a.toml", GOOD), ("b.toml", '[lists]\nBODY = ["首脳会議", "会合", "対話"]\n')])
    assert [found[:2] for found in book.rules["edition"].find("第12回対話")] == [(4, 6)]


def test_names_make_entities_and_a_later_file_replaces_them() -> None:
    book = Book([("a.toml", '[names.MEETING]\nadmm = ["ADMM", "ASEAN国防相会議", "ADMM"]\n'), ("b.toml", "")])
    (entity,) = book.of("MEETING")
    assert (entity.id, entity.key, entity.names) == ("meeting:admm", "admm", ("ADMM", "ASEAN国防相会議"))
    assert entity.where == "a.toml:2"
    with pytest.raises(RuleError, match=r"b\.toml:2: MEETING admm must be a list of names"):
        Book([("b.toml", '[names.MEETING]\nadmm = "ADMM"\n')])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('no_match = ["2回の会合"]', "", "needs no_match"),
        ("no_match = [", "nomatch = [", "nomatch is no key"),
        ('match = ["第２', 'match = ["[第２', "do not pair"),
        ("[首脳会議]と", "首脳会議と", "must find"),
        ('["2回の会合"]', '["第2回の会合", "第2回会合"]', "must find nothing in 第2回会合 but finds 第2回[会合]"),
        ("{BODY})'", "{BODIES})'", "no sub-pattern {BODIES}"),
        ("'[0-9]+'", "'[0-9]+{DIGITS}'", "contains itself"),
        ("'[0-9]+'", "'(?:[0-9]+)+'", "exponential"),
        ("'[0-9]+'", "'(?:a|[0-9]+)*'", "exponential"),
        ("'[0-9]+'", "'[0-9'", "no regular expression"),
        ("pattern = '第{DIGITS}回(?P<span>{BODY})'", "pattern = 'x?'", "fits no text"),
        ('yields = "MEETING"\n', "", "needs yields"),
        ('yields = "MEETING"', 'yields = "MEETING"\nranks = 3', "ranks is no key"),
        ('"首脳会議"]', '""]', "empty"),
        ("[lists]", "[list]", "list is no section"),
    ],
)
def test_a_fault_names_file_and_cure(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(RuleError, match=r"a\.toml|example") as error:
        Book([("a.toml", GOOD.replace(old, new, 1))]).check()
    assert said in str(error.value)


def test_marked_examples() -> None:
    assert marked("第2回[会合]と[対話]") == ("第2回会合と対話", [(3, 5), (6, 8)])
    assert shown("第2回会合", [(3, 5)]) == "第2回[会合]"
    with pytest.raises(RuleError, match="marks no span"):
        marked("会合")
