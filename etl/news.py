"""Read the dates of news: each from the day of publication, by the tense of its clause."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.dates import Context, Reading, resolve
from etl.language import Language, stands_behind
from etl.model import Report
from etl.periods import Period
from etl.sentences import find_clauses
from etl.spans import DateSpan

_REACH = 24


@dataclass(frozen=True, slots=True)
class _Tense:
    """Of a clause: where it begins, whether it tells what is to come, its verb of reporting."""

    first: int
    future: bool
    saying: re.Match[str] | None


def read_news(
    report: Report, language: Language, found: Sequence[tuple[int, int, list[DateSpan]]]
) -> Iterator[Reading | None]:
    """What each phrase means, sentence by sentence; None where no calendar has such a day."""
    told: Period | None = None
    for start, end, spans in found:
        tenses = _read_tenses(report.text, language, start, end) if spans else []
        inherits = False
        for span in spans:
            tense = tenses[bisect_right(tenses, span.start, key=lambda one: one.first) - 1]
            future = tense.future or (
                any(one.future for one in tenses)
                and stands_behind(language.until, report.text[start : span.start][-_REACH:])
            )
            reading = resolve(span.slots, Context(report.published, told, inherits, future))
            yield reading
            if reading and reading.period:
                if tense.saying is None or tense.saying.end() > span.start:
                    told = reading.period
                inherits = inherits or _is_flashback(reading, report.published)


def _read_tenses(text: str, language: Language, start: int, end: int) -> list[_Tense]:
    return [
        _Tense(
            first,
            bool(language.signs["future"].search(text, first, last)),
            next(language.signs["saying"].finditer(text, first, last), None),
        )
        for first, last in find_clauses(text, language, start, end)
    ]


def _is_flashback(reading: Reading, published: date | None) -> bool:
    """Whether a phrase takes the sentence back to a year that is over and that it names."""
    assert reading.period is not None
    return (
        reading.basis == "explicit"
        and published is not None
        and reading.period.end.year < published.year
        and reading.period.precision in ("day", "month", "season", "year")
    )
