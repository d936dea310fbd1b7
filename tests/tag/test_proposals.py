"""What of the model's proposals counts."""

import pytest

from pipeline.rules import engine
from pipeline.tag.proposals import Proposals

PROPOSALS = Proposals(engine.book())


@pytest.mark.parametrize(
    ("label", "name", "worth"),
    [
        ("PERSON", "佐竹知彦", True),
        ("PERSON", "サミュエル・パパロ", True),
        ("PERSON", "in Commemoration", False),
        ("PERSON", "日豪", False),
        ("PERSON", "ティンダル空軍", False),
        ("PERSON", "フィジー", False),
        ("PERSON", "防衛大臣", False),
        ("PERSON", "東方", False),
        ("ORGANIZATION", "民間防衛の手引き", False),
        ("ORGANIZATION", "勁草書房", True),
        ("ORGANIZATION", "NHK", True),
        ("ORGANIZATION", "Security and Prosperity", False),
        ("ORGANIZATION", "安倍政権", False),
        ("ORGANIZATION", "2024", False),
        ("PLACE", "南シナ海", True),
        ("PLACE", "ホスト国", False),
        ("PLACE", "Richard", False),
        ("PLACE", "延坪島砲撃後", False),
        ("COUNTRY", "米中", False),
        ("EQUIPMENT", "参加国", False),
        ("EQUIPMENT", "10式戦車", True),
        ("EQUIPMENT", "F-15", True),
        ("DATE", "11月1日", True),
    ],
)
def test_worth(label: str, name: str, worth: bool) -> None:
    assert PROPOSALS.worth(label, name) is worth


def test_a_surname_counts_where_somebody_is_spoken_of() -> None:
    assert PROPOSALS.worth("PERSON", "河野", "氏は")
    assert not PROPOSALS.worth("PERSON", "河野", "の流")
