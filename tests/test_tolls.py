"""Every rule for tolls counts what its examples say, and nothing in its counterexamples."""

import pytest

from etl.tolls import TollRule, find_tolls, load_toll_rules
from etl.vocabulary import list_languages

RULES = [
    pytest.param(code, rule, id=f"{code}-{rule.name}")
    for code in list_languages()
    for rule in load_toll_rules(code)
]


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_examples_are_counted_as_they_say(code: str, rule: TollRule) -> None:
    for text, (low, high) in rule.examples.items():
        found = find_tolls(text, code)
        if rule.counts == "count":
            assert [number for _, number in found.incidents] == [low], text
            continue
        assert getattr(found.toll, rule.counts) == low, text
        assert getattr(found.toll, f"{rule.counts}_high") in (high, None), text
        assert [span.name for span in found.spans] == [rule.counts], text


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_counterexamples_are_not_counted(code: str, rule: TollRule) -> None:
    for text in rule.counterexamples:
        found = find_tolls(text, code)
        assert not found.spans, text
        assert not found.incidents, text


def test_killed_and_wounded_are_told_apart() -> None:
    toll = find_tolls("Un obus est tombé, tuant trois déplacés et en blessant onze.", "fr").toll
    assert (toll.killed, toll.wounded) == (3, 11)


def test_unknown_stays_null_and_none_is_zero() -> None:
    assert find_tolls("Des dizaines de soldats ont été tués.", "fr").toll.killed is None
    assert find_tolls("There were no casualties.", "en").toll.killed == 0


def test_a_lower_bound_has_no_upper_one() -> None:
    toll = find_tolls("At least 14 soldiers were killed.", "en").toll
    assert (toll.killed_low, toll.killed, toll.killed_high) == (14, 14, None)
