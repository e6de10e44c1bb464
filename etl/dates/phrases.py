"""Read the date phrases of a report in their order, each in the light of those before it."""

from dataclasses import dataclass, replace

from etl.dates.clocks import Read, is_clock, last_day, read_clocks
from etl.dates.context import Reading
from etl.dates.foreign import find_foreign_spans
from etl.dates.histories import is_history, read_history
from etl.dates.news import read_news
from etl.dates.periods import Period
from etl.dates.spans import DateSpan, find_date_spans
from etl.model import DatePhrase, DateRange, Report
from etl.words.language import TOKEN, Language, load_language, stands_behind
from etl.words.letters import level
from etl.words.sentences import find_sentences

_REACH = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of a report, and the date phrases in them.

    `phrases` may date a happening. `asides` date none: times of day, times before Christ, and words
    such as "now".
    `impossible` are phrases for days that no calendar has, such as 31 February.
    """

    start: int
    end: int
    phrases: tuple[DatePhrase, ...] = ()
    asides: tuple[DatePhrase, ...] = ()
    impossible: tuple[DatePhrase, ...] = ()


def read_phrases(report: Report) -> list[DatePhrase]:
    """Every date phrase of a report, in order."""
    return list_phrases(read_sentences(level(report)))


def list_phrases(sentences: list[Sentence]) -> list[DatePhrase]:
    """The date phrases of these sentences, in order."""
    return [
        phrase
        for sentence in sentences
        for phrase in sorted(sentence.phrases + sentence.asides, key=lambda one: one.start)
    ]


def read_sentences(report: Report) -> list[Sentence]:
    """The sentences of a report, its letters levelled, with their date phrases."""
    language = load_language(report.language)
    found = [
        (start, end, _find_spans(report.text, language, start, end))
        for start, end in find_sentences(report.text, language, report.body)
    ]
    dated = [
        (start, end, [one for one in spans if not is_clock(one)]) for start, end, spans in found
    ]
    spans = [span for _, _, spans in dated for span in spans]
    if is_history(spans):
        readings = iter(read_history(spans, report.published))
    else:
        readings = read_news(report, language, dated)
    sentences = []
    told: Period | None = None
    for start, end, spans in found:
        if not spans:
            sentences.append(Sentence(start, end))
            continue
        read = [(span, None if is_clock(span) else next(readings)) for span in spans]
        days = [one for one in read if not is_clock(one[0])]
        clocks = read_clocks([span for span in spans if is_clock(span)], days, told)
        sentences.append(_make_sentence(report, language, start, end, days, clocks))
        told = last_day(days, told)
    return sentences


def _find_spans(text: str, language: Language, start: int, end: int) -> list[DateSpan]:
    """The date phrases of a sentence; one that is all of it is a heading."""
    if not language.rules:
        return find_foreign_spans(text, language.code, start, end)
    spans = find_date_spans(text, language, start, end)
    if len(spans) == 1 and not TOKEN.search(
        text[start : spans[0].start] + text[spans[0].end : end]
    ):
        return [replace(spans[0], slots={**spans[0].slots, "heading": 1})]
    return spans


def _make_sentence(
    report: Report, language: Language, start: int, end: int, days: list[Read], clocks: list[Read]
) -> Sentence:
    def make(read: list[Read]) -> tuple[DatePhrase, ...]:
        return tuple(_make_phrase(report, language, span, one, start) for span, one in read)

    return Sentence(
        start,
        end,
        make([one for one in days if one[1] and not one[1].timex]),
        make([one for one in days if one[1] and one[1].timex] + clocks),
        make([one for one in days if one[1] is None]),
    )


def _make_phrase(
    report: Report, language: Language, span: DateSpan, reading: Reading | None, start: int
) -> DatePhrase:
    reading = reading or Reading(None, "explicit")
    before = report.text[max(start, span.start - _REACH) : span.start]
    period = reading.period
    return DatePhrase(
        start=span.start,
        end=span.end,
        text=report.shown[span.start : span.end],
        rule=span.rule.name,
        range=DateRange(period.start, period.end, period.precision) if period else None,
        basis=reading.basis,
        anchor=reading.anchor,
        timex=period.timex if period else reading.timex,
        since=not span.ends and stands_behind(language.since, before),
        until=not span.ends and stands_behind(language.until, before),
        slots=dict(span.slots),
        ends=span.ends,
    )
