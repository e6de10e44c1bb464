"""Laws that hold whatever a report says: about its characters, its days, and reading it again."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.dates.phrases import read_phrases
from etl.events.cues import load_cues
from etl.events.mentions import Reading, read_mentions
from etl.events.toll_rules import load_toll_rules
from etl.extract import extract
from etl.model import DatePhrase, Mention, Report
from etl.vocabulary import list_languages
from etl.words.language import load_language

READ_ON = date(2024, 1, 25)
WEEK = timedelta(days=7)
LANGUAGES = list_languages()
PIECES = [
    "\n\n",
    "\n",
    ". ",
    ", ",
    " – ",
    "«",
    "»",
    "(",
    ")",
    "2003",
    "7/10",
    "12.000",
    "\u200f",
    "’",
    "-",
]
LAW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def unmark(example: str) -> str:
    return example.replace("[", "").replace("]", "")


@cache
def sentences(code: str) -> list[str]:
    """All sentences that are examples of a language's rules and words."""
    dated = [unmark(one) for rule in load_language(code).rules for one in rule.examples]
    told = [unmark(one) for cues in load_cues(code).values() for one in cues["examples"]]
    counted = [text for rule in load_toll_rules(code) for text in rule.examples]
    return [*dated, *told, *counted]


@cache
def texts(code: str) -> st.SearchStrategy[str]:
    """Texts of a language's own sentences and their words, marks, figures and any characters."""
    words = sorted({word for text in sentences(code) for word in text.split()})
    part = st.one_of(
        st.sampled_from(sentences(code)),
        st.lists(st.sampled_from(words), min_size=1, max_size=8).map(" ".join),
        st.sampled_from(PIECES),
        st.text(max_size=12),
    )
    return st.lists(part, max_size=12).map(" ".join)


def read(text: str, code: str, day: date | None = READ_ON) -> Reading:
    return read_mentions(Report(text=text, language=code, published=day))


def list_mentions(reading: Reading) -> Iterator[Mention]:
    yield from reading.mentions
    yield from reading.undated


@pytest.mark.parametrize("code", LANGUAGES)
def test_offsets_cut_out_the_very_text(code: str) -> None:
    @LAW
    @given(texts(code))
    def law(text: str) -> None:
        for mention in list_mentions(read(text, code)):
            start, end = mention.sentence_start, mention.sentence_end
            assert 0 <= start < end <= len(text)
            assert text[start:end] == mention.sentence
            phrase = mention.phrase
            assert text[phrase.start : phrase.end] == phrase.text
            for span in mention.spans:
                assert start <= span.start < span.end <= end
                assert text[span.start : span.end].strip()
        for phrase in read_phrases(Report(text=text, language=code, published=READ_ON)):
            assert text[phrase.start : phrase.end] == phrase.text

    law()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_event_ends_before_it_starts_or_has_a_toll_upside_down(code: str) -> None:
    @LAW
    @given(texts(code), st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))))
    def law(text: str, day: date | None) -> None:
        for mention in read(text, code, day).mentions:
            claim = mention.claim
            assert claim
            assert claim.range.end is None or claim.range.start <= claim.range.end
            assert 1 <= len(claim.title) <= 80
            toll = claim.toll
            known = [
                one for one in (toll.killed_low, toll.killed, toll.killed_high) if one is not None
            ]
            assert known == sorted(known)

    law()


@pytest.mark.parametrize("code", LANGUAGES)
def test_reading_twice_gives_the_same_table(code: str) -> None:
    @LAW
    @given(texts(code))
    def law(text: str) -> None:
        report = Report(text=text, language=code, published=READ_ON)
        one, other = extract([report]).table, extract([report, report]).table
        assert one.events.equals(other.events)
        assert one.mentions.equals(other.mentions)

    law()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_repeated_gives_the_same_event_once(code: str) -> None:
    @settings(LAW, max_examples=60)
    @given(st.sampled_from(sentences(code)))
    def law(sentence: str) -> None:
        once, twice = (
            extract([Report(text=text, language=code, published=READ_ON)]).table.events
            for text in (sentence, f"{sentence}\n\n{sentence}")
        )
        assert [*once["start"]] == [*twice["start"]]
        assert [*once["type"]] == [*twice["type"]]

    law()


def counted_in_days(phrase: DatePhrase) -> bool:
    """Whether a phrase is so many days or weeks from the day of publication, whatever that is."""
    return (
        phrase.basis == "relative"
        and phrase.range is not None
        and phrase.range.precision == "day"
        and phrase.anchor == READ_ON
        and bool({"weekday", "days", "now"} & set(phrase.slots))
        and not {"month", "day", "year", "named_day", "unit"} & set(phrase.slots)
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_phrase_moves_with_the_day_it_is_counted_from(code: str) -> None:
    moved = 0
    for rule in load_language(code).rules:
        for example in rule.examples:
            text = unmark(example)
            early, late = (
                read_phrases(Report(text=text, language=code, published=READ_ON + by))
                for by in (timedelta(0), WEEK)
            )
            for one, other in zip(early, late, strict=True):
                if counted_in_days(one) and not re.search(r"\d{4}", text):
                    assert one.range and other.range and one.range.end and other.range.end
                    assert other.range.start - one.range.start == WEEK, text
                    assert other.range.end - one.range.end == WEEK, text
                    moved += 1
    assert moved >= 3, f"{code}: no phrase was counted from the day of publication"
