"""Every rule for tolls counts what its examples say, and nothing in its counterexamples."""

import pytest

from etl.tolls import TollRule, find_count, find_tolls, load_toll_rules
from etl.vocabulary import list_languages

RULES = [
    pytest.param(code, rule, id=f"{code}-{rule.name}")
    for code in list_languages()
    for rule in load_toll_rules(code)
]


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_examples_are_counted_as_they_say(code: str, rule: TollRule) -> None:
    for text, (low, high) in rule.examples.items():
        if rule.counts == "count":
            assert find_count(text, code) == low, text
            continue
        toll, spans = find_tolls(text, code)
        assert getattr(toll, rule.counts) == low, text
        assert getattr(toll, f"{rule.counts}_high") in (high, None), text
        assert [span.name for span in spans] == [rule.counts], text


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_counterexamples_are_not_counted(code: str, rule: TollRule) -> None:
    for text in rule.counterexamples:
        assert not find_tolls(text, code)[1], text


def test_killed_and_wounded_are_told_apart() -> None:
    toll, _ = find_tolls("Un obus est tombé, tuant trois déplacés et en blessant onze.", "fr")
    assert (toll.killed, toll.wounded) == (3, 11)


def test_unknown_stays_null_and_none_is_zero() -> None:
    assert find_tolls("Des dizaines de soldats ont été tués.", "fr")[0].killed is None
    assert find_tolls("There were no casualties.", "en")[0].killed == 0


def test_a_lower_bound_has_no_upper_one() -> None:
    toll, _ = find_tolls("At least 14 soldiers were killed.", "en")
    assert (toll.killed_low, toll.killed, toll.killed_high) == (14, 14, None)
