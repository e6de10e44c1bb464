"""Every rule of every language finds what its examples say, and nothing in its counterexamples."""

import re
from datetime import date

import pytest

from etl.dates.phrases import read_phrases
from etl.model import Report
from etl.vocabulary import list_languages
from etl.words.language import Rule, load_language

READ_ON = date(2024, 1, 25)
RULES = [
    pytest.param(code, rule, id=f"{code}-{rule.name}")
    for code in list_languages()
    for rule in load_language(code).rules
]


def interval(text: str) -> tuple[date, date]:
    """First and last day of `2003`, `2020-01`, `2020-01-03` or `2020-01-03/2020-01-05`."""
    first, _, last = text.partition("/")
    parts = [int(part) for part in first.split("-")]
    if last:
        return date.fromisoformat(first), date.fromisoformat(last)
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        year, month = parts
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), date.fromordinal(following.toordinal() - 1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_examples_are_read_as_they_say(code: str, rule: Rule) -> None:
    for example, meaning in rule.examples.items():
        marked = re.search(r"\[(.+?)\]", example)
        assert marked, f"{code}: {rule.name}: no [phrase] in {example!r}"
        report = Report(
            text=example.replace("[", "").replace("]", ""), language=code, published=READ_ON
        )
        phrases = {phrase.text: phrase for phrase in read_phrases(report)}
        assert marked[1] in phrases, f"{example!r}: found {list(phrases)}"
        phrase = phrases[marked[1]]
        assert phrase.rule == rule.name, example
        if not meaning[0].isdigit():
            assert phrase.timex == meaning, example
            continue
        assert phrase.range is not None
        assert (phrase.range.start, phrase.range.end) == interval(meaning), example


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_counterexamples_are_left_alone(code: str, rule: Rule) -> None:
    for text in rule.counterexamples:
        report = Report(text=text, language=code, published=READ_ON)
        found = [phrase.text for phrase in read_phrases(report) if phrase.rule == rule.name]
        assert not found, f"{text!r}: found {found}"
