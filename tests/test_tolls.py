"""Every rule for tolls counts what its examples say, and nothing in its counterexamples."""

from time import process_time

import pytest

from etl.events.toll_rules import TollRule, load_toll_rules
from etl.events.tolls import find_tolls
from etl.vocabulary import list_languages
from etl.words.letters import level_text

RULES = [
    pytest.param(code, rule, id=f"{code}-{rule.name}")
    for code in list_languages()
    for rule in load_toll_rules(code)
]


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_examples_are_counted_as_they_say(code: str, rule: TollRule) -> None:
    for text, (low, high) in rule.examples.items():
        found = find_tolls(level_text(text, code), code)
        if rule.counts == "count":
            assert [number for _, number in found.incidents] == [low], text
            continue
        assert getattr(found.toll, rule.counts) == low, text
        assert getattr(found.toll, f"{rule.counts}_high") in (high, None), text
        assert [span.name for span in found.spans] == [rule.counts], text


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_counterexamples_are_not_counted(code: str, rule: TollRule) -> None:
    for text in rule.counterexamples:
        found = find_tolls(level_text(text, code), code)
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


def test_what_is_listed_is_added_up_and_what_is_part_of_it_is_not() -> None:
    listed = find_tolls("Five policemen, two soldiers and one civilian were killed.", "en").toll
    assert (listed.killed_low, listed.killed, listed.killed_high) == (8, 8, 8)
    part = find_tolls("L'attaque a fait trois morts, dont un enfant, et dix blessés.", "fr").toll
    assert (part.killed, part.wounded) == (3, 10)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "quatre-vingt-dix-sept morts", 97),
        ("fr", "deux mille cinq cents morts", 2_500),
        ("fr", "soixante et onze morts", 71),
        ("fr", "300.000 morts", 300_000),
        ("fr", "2\u202f500 morts", 2_500),
        ("en", "two thousand three hundred and four deaths", 2_304),
        ("en", "3 million deaths", 3_000_000),
        ("en", "half a dozen deaths", 6),
        ("en", "12,000 deaths", 12_000),
        ("es", "treinta y cuatro muertos", 34),
        ("es", "dos mil quinientos muertos", 2_500),
        ("es", "doscientas cincuenta muertes", 250),
        ("es", "medio centenar de muertos", 50),
        ("es", "2.500 muertos", 2_500),
        ("de", "zweihundertfünfundzwanzig Tote", 225),
        ("de", "dreitausendfünfhundert Tote", 3_500),
        ("de", "ein Dutzend Tote", 12),
        ("de", "2.500 Tote", 2_500),
    ],
)
def test_numbers_are_read_in_figures_and_words(language: str, text: str, value: int) -> None:
    assert find_tolls(text, language).toll.killed == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "2 500 soldats sont déployés, à 30 kilomètres des morts."),
        ("fr", "Une enseignante de 44 ans, jointe au +226 25 30 00 00, a pleuré les morts."),
        ("en", "A T-72 and 18 fuel ships left, 2.5 percent fewer than before the deaths."),
        ("en", "Several hundred people were killed and dozens wounded."),
        ("es", "Los 2.500 soldados desplegados a 30 kilómetros lloran a sus muertos."),
        ("es", "Hay cientos de muertos y decenas de heridos."),
        ("de", "Die 2.500 Soldaten, 30 Kilometer entfernt, trauern um die Toten."),
        ("de", "Es gab Hunderte Tote und Dutzende Verletzte."),
    ],
)
def test_troops_distances_ages_and_vague_words_are_no_toll(language: str, text: str) -> None:
    assert not find_tolls(text, language).spans


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1 " * 25_000, "a killed " * 9_000, "un mort " * 9_000]
)
def test_a_long_sentence_is_read_in_bounded_time(text: str) -> None:
    for code in list_languages():
        start = process_time()
        find_tolls(text, code)
        assert process_time() - start < 2


def test_spans_cut_out_the_words_of_the_toll() -> None:
    text = "A blast killed at least 14 people."
    (span,) = find_tolls(text, "en", offset=10).spans
    assert text[span.start - 10 : span.end - 10] == "killed at least 14"
