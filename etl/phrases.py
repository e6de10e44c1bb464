"""Read the date phrases of a report in their order, each in the light of those before it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.dates import Context, Reading, resolve
from etl.foreign import find_foreign_spans
from etl.language import Language, load_language, stands_behind
from etl.model import DatePhrase, DateRange, Report
from etl.periods import Period
from etl.sentences import find_sentences
from etl.spans import DateSpan, find_date_spans

_REACH = 24
_DEICTIC = {"weekday", "today", "shift", "demonstrative", "from_published"}
_CHRONOLOGY_YEARS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of a report, and the date phrases in them.

    `impossible` are phrases for days that no calendar has, such as 31 February.
    """

    start: int
    end: int
    phrases: tuple[DatePhrase, ...]
    impossible: tuple[DatePhrase, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tense:
    """Of a clause: where it begins, whether it tells what is to come, its verb of reporting."""

    first: int
    future: bool
    saying: re.Match[str] | None


def read_sentences(report: Report) -> list[Sentence]:
    """The sentences of a report with their date phrases."""
    language = load_language(report.language)
    found = [
        (start, end, _find_spans(report.text, language, start, end))
        for start, end in find_sentences(report.text, language, report.body)
    ]
    narrative = _is_narrative([span for _, _, spans in found for span in spans])
    return list(_read_in_order(report, language, found, narrative))


def _find_spans(text: str, language: Language, start: int, end: int) -> list[DateSpan]:
    if language.rules:
        return find_date_spans(text, language, start, end)
    return find_foreign_spans(text, language.code, start, end)


def read_phrases(report: Report) -> list[DatePhrase]:
    """Every date phrase of a report, in order."""
    return [phrase for sentence in read_sentences(report) for phrase in sentence.phrases]


def _is_narrative(spans: list[DateSpan]) -> bool:
    """Whether a text tells history: it names years, and hardly a day counted from today."""
    years = sum("year" in span.slots or "year2" in span.slots for span in spans)
    deictic = sum(
        not _DEICTIC.isdisjoint(span.slots) and "year" not in span.slots for span in spans
    )
    return years >= _CHRONOLOGY_YEARS and deictic * 10 <= years


def _read_in_order(
    report: Report,
    language: Language,
    found: list[tuple[int, int, list[DateSpan]]],
    narrative: bool,
) -> Iterator[Sentence]:
    told: Period | None = None
    for start, end, spans in found:
        clauses = [] if not spans else find_clauses(report.text, language, start, end)
        tenses = [
            _Tense(
                first,
                bool(language.signs["future"].search(report.text, first, last)),
                next(language.signs["saying"].finditer(report.text, first, last), None),
            )
            for first, last in clauses
        ]
        inherits = narrative and told is not None
        phrases: list[DatePhrase] = []
        impossible: list[DatePhrase] = []
        for span in spans:
            tense = tenses[bisect_right(tenses, span.start, key=lambda one: one.first) - 1]
            context = Context(report.published, told, inherits, tense.future)
            reading = resolve(span.slots, context)
            if reading is None:
                unread = Reading(None, "explicit")
                impossible.append(_make_phrase(report.text, language, span, unread, start))
                continue
            phrases.append(_make_phrase(report.text, language, span, reading, start))
            if reading.period is not None:
                if tense.saying is None or tense.saying.end() > span.start:
                    told = reading.period
                inherits = narrative or inherits or _is_flashback(reading, report.published)
        yield Sentence(start, end, tuple(phrases), tuple(impossible))


def _is_flashback(reading: Reading, published: date | None) -> bool:
    """Whether a phrase takes the sentence back to a year that is over and that it names."""
    assert reading.period is not None
    return (
        reading.basis == "explicit"
        and published is not None
        and reading.period.end.year < published.year
        and reading.period.precision in ("day", "month", "season", "year")
    )


def find_clauses(text: str, language: Language, start: int, end: int) -> list[tuple[int, int]]:
    """First and last character of each clause of the sentence from `start` to `end`."""
    clauses = []
    first = start
    for stop in language.clause_end.finditer(text, start, end):
        clauses.append((first, stop.start()))
        first = stop.end()
    return [*clauses, (first, end)]


def _make_phrase(
    text: str, language: Language, span: DateSpan, reading: Reading, start: int
) -> DatePhrase:
    period = reading.period
    return DatePhrase(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        rule=span.rule.name,
        range=DateRange(period.start, period.end, period.precision) if period else None,
        basis=reading.basis,
        anchor=reading.anchor,
        timex=period.timex if period else "",
        since=stands_behind(language.since, text[max(start, span.start - _REACH) : span.start]),
        slots=dict(span.slots),
    )
