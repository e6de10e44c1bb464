"""Read the dates of news: each from the day of publication, by the tense of its clause."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from etl.dates.context import Context, Reading, Tense
from etl.dates.periods import Period
from etl.dates.ranges import resolve
from etl.dates.spans import DateSpan
from etl.model import Report
from etl.words.language import Language, fold, stands_behind
from etl.words.sentences import find_clauses

_TENSES: dict[str, Tense] = {
    "over": "past",
    "future": "future",
    "past": "past",
    "present": "present",
}
_REACH = 24


@dataclass(frozen=True, slots=True)
class _Tense:
    """Of a clause: where it begins, its tense, and its verb of reporting."""

    first: int
    name: Tense | None
    saying: re.Match[str] | None


def read_news(
    report: Report, language: Language, found: Sequence[tuple[int, int, list[DateSpan]]]
) -> Iterator[Reading | None]:
    """What each phrase means, sentence by sentence; None where no calendar has such a day.

    Below a year that stands on a line of its own, phrases without a year are in that year.
    """
    told: Period | None = None
    section: Period | None = None
    for start, end, spans in found:
        tenses = _read_tenses(report.text, language, start, end, spans) if spans else []
        supposed = _find_suppositions(report.text, language, start, end) if spans else []
        inherits = section is not None
        for span in spans:
            tense = tenses[bisect_right(tenses, span.start, key=lambda one: one.first) - 1]
            ends = stands_behind(language.until, report.text[start : span.start][-_REACH:])
            to_come = ends and any(one.name == "future" for one in tenses)
            to_come = to_come or any(first <= span.start < last for first, last in supposed)
            name = "future" if to_come else tense.name
            inherited = inherits and name != "future"
            reading = resolve(span.slots, Context(report.published, told, inherited, name))
            yield reading
            if "heading" in span.slots and reading and reading.basis == "explicit":
                section = reading.period
            if reading and reading.period:
                if not ends and (tense.saying is None or tense.saying.end() > span.start):
                    told = reading.period
                inherits = inherits or _is_flashback(reading, report.published)


def _read_tenses(
    text: str, language: Language, start: int, end: int, spans: list[DateSpan]
) -> list[_Tense]:
    """The tense of each clause; one with nothing but a date has that of the clause it opens.

    In a language whose verbs are known, a clause without one has the tense of the sentence.
    """
    clauses = find_clauses(text, language, start, end)
    names = [_tell_tense(text, language, *clause) for clause in clauses]
    bare = [_is_bare(text, language, clause, spans) for clause in clauses]
    verbs_known = "present" in language.signs
    whole = _tell_tense(text, language, start, end) if verbs_known and clauses[1:] else None
    return [
        _Tense(
            first,
            names[place]
            or (next(iter(names[_find_verb(place, bare)]), None) if bare[place] else None)
            or whole,
            next(language.signs["saying"].finditer(text, first, last), None),
        )
        for place, (first, last) in enumerate(clauses)
    ]


def _find_suppositions(
    text: str, language: Language, start: int, end: int
) -> list[tuple[int, int]]:
    """Where a condition governs a sentence: "if the town fell in May, they would flee"."""
    conditional = language.signs.get("conditional")
    return [one.span() for one in conditional.finditer(text, start, end)] if conditional else []


def _tell_tense(text: str, language: Language, first: int, last: int) -> Tense | None:
    """The first tense of which a sign stands between these characters."""
    signs = language.signs
    return next(
        (
            tense
            for sign, tense in _TENSES.items()
            if sign in signs and signs[sign].search(text, first, last)
        ),
        None,
    )


def _find_verb(place: int, bare: list[bool]) -> slice:
    """The clause that a clause without a verb belongs to: the next, or the one before."""
    if place and not bare[place - 1]:
        return slice(place - 1, place)
    return slice(place + 1, place + 2)


def _is_bare(text: str, language: Language, clause: tuple[int, int], spans: list[DateSpan]) -> bool:
    """Whether a clause holds no words but dates and those that lead to them."""
    first, last = clause
    for span in spans[bisect_left(spans, first, key=attrgetter("start")) :]:
        if span.end > last:
            break
        if not _is_small(text[first : span.start], language):
            return False
        first = span.end
    return _is_small(text[first:last], language)


def _is_small(text: str, language: Language) -> bool:
    return len(text) <= _REACH and all(word in language.small_words for word in fold(text).split())


def _is_flashback(reading: Reading, published: date | None) -> bool:
    """Whether a phrase takes the sentence back to a year that is over and that it names."""
    assert reading.period is not None
    return (
        reading.basis in ("explicit", "anaphoric")
        and published is not None
        and reading.period.end.year < published.year
        and reading.period.precision in ("day", "month", "season", "year")
    )
