"""Labels and ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import RuleError
from pipeline.tag.labels import entity_id, mention_id, model_labels, read_labels
from pipeline.text import narrow
from pipeline.vocabulary import LABELS


def test_labels_are_those_of_the_tables() -> None:
    assert {label for label in model_labels().values() if label} <= set(LABELS)


@pytest.mark.parametrize("text", ['CITY = ["City"]', 'PLACE = ["City"]\nCOUNTRY = ["City"]'])
def test_bad_label_files_are_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"ginza_labels\.toml"):
        read_labels(text)


@pytest.mark.parametrize(
    ("label", "name", "wanted"),
    [
        ("COUNTRY", "日本", "country:日本"),
        ("MEETING", "ADMM-Plus", "meeting:admm-plus"),
        ("ORGANIZATION", "ＮＡＴＯ", "organization:nato"),
        ("PERSON", "ロイド・オースティン", "person:ロイド・オースティン"),
        ("MEETING", "会議（2+2）", "meeting:会議-2-2-~bf08f6"),
    ],
)
def test_entity_ids_are_readable(label: str, name: str, wanted: str) -> None:
    assert entity_id(label, name) == wanted


@given(st.text(st.sampled_from("aAＡ-・ (会)"), max_size=6), st.text(st.sampled_from("aAＡ-・ (会)"), max_size=6))
def test_one_id_means_one_name_but_for_width_and_case(one: str, other: str) -> None:
    same = narrow(one).casefold().strip() == narrow(other).casefold().strip()
    assert (entity_id("PERSON", one) == entity_id("PERSON", other)) == same


@given(st.text(min_size=1))
def test_entity_ids_hold_no_separator_and_end(name: str) -> None:
    found = entity_id("PLACE", name)
    assert not any(c in found for c in " ;/\n")
    assert len(found.encode()) <= len("place:") + 120 + len("~123456")


def test_long_names_that_begin_alike_stay_apart() -> None:
    assert entity_id("MEETING", "会" * 50 + "甲") != entity_id("MEETING", "会" * 50 + "乙")


def test_mention_id_says_what_it_is() -> None:
    assert mention_id("407:b3", 5, 9, "DATE") == "407:b3:5-9:DATE"
