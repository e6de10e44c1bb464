"""Read the date phrases of a report in their order, each in the light of those before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.dates import Context, Reading, resolve
from etl.language import Language, load_language
from etl.model import DatePhrase, DateRange, Report
from etl.periods import Period
from etl.sentences import find_sentences
from etl.spans import DateSpan, find_date_spans

_REACH = 24
_CLAUSE_ENDS = ',;:.!?()«»“”"'
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


def read_sentences(report: Report) -> list[Sentence]:
    """The sentences of a report with their date phrases."""
    language = load_language(report.language)
    found = [
        (start, end, find_date_spans(report.text, language, start, end))
        for start, end in find_sentences(report.text, language, report.body)
    ]
    narrative = _is_narrative([span for _, _, spans in found for span in spans])
    return list(_read_in_order(report, language, found, narrative))


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
        named_year = narrative and told is not None
        phrases: list[DatePhrase] = []
        impossible: list[DatePhrase] = []
        for span in spans:
            first, last = find_clause(report.text, language, start, end, span.start)
            context = Context(
                published=report.published,
                told=told,
                inherits=named_year,
                future=bool(language.signs["future"].search(report.text, first, last)),
            )
            reading = resolve(span.slots, context)
            if reading is None:
                unread = Reading(None, "explicit")
                impossible.append(_make_phrase(report.text, language, span, unread, start))
                continue
            phrases.append(_make_phrase(report.text, language, span, reading, start))
            if reading.period is not None:
                if not language.signs["saying"].search(report.text, first, span.start):
                    told = reading.period
                named_year = narrative or named_year or _is_flashback(reading, report.published)
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


def find_clause(text: str, language: Language, start: int, end: int, place: int) -> tuple[int, int]:
    """The clause of the sentence `start` to `end` that `place` is in: first and last character."""
    first, last = start, end
    for stop in language.clause_end.finditer(text, start, end):
        if stop.end() <= place:
            first = stop.end()
        elif stop.start() > place:
            last = stop.start()
            break
    return first, last


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
        since=_follows_since(text[max(start, span.start - _REACH) : span.start], language),
        slots=dict(span.slots),
    )


def _follows_since(before: str, language: Language) -> bool:
    return any(not before[word.end() :].strip() for word in language.since.finditer(before))
