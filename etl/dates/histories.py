"""Read the dates of a history: choose the years that its telling leaves out.

A history runs forward, now and then steps back, and mentions other times aside. Of all ways to
give years to the phrases without one, that is taken in which it runs most smoothly: so "January"
between "December 1941" and "February 1942" is in 1942.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log1p

from etl.dates.context import Context, Reading
from etl.dates.nearest import Slots
from etl.dates.periods import Period
from etl.dates.ranges import resolve
from etl.dates.spans import DateSpan

_YEARS = 3
_NAMED = {"year", "year2", "bc"}
_DEICTIC = {"weekday", "today", "shift", "demonstrative", "from_published"}
_YEARLESS = {"month", "season", "holiday", "ordinal"}
_PLACED = {"year", "year2", "shift", "same", "following", "demonstrative", "unit", "bc"}
_WIDTH = 8
_MONTH = 30
_FORWARD = 0.6
_LONGEST_LEAP = 2.0
_STEP_BACK = 0.3
_BACKWARD = 1.0
_ASIDE = 1.5
_WRONG_WEEKDAY = 2.0
_TO_COME = 3.0


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to read a history so far: how rough it runs, and the time it has come to.

    `told` is the time of the story, `last` that of the last phrase, which may be an aside. `era`
    is the year before Christ that the story has come to.
    """

    cost: float = 0.0
    told: Period | None = None
    last: Period | None = None
    era: int | None = None
    reading: Reading | None = None
    before: "_Path | None" = None


def is_history(spans: Sequence[DateSpan]) -> bool:
    """Whether a text tells history: it names years, and hardly a day counted from today."""
    years = sum(not _NAMED.isdisjoint(span.slots) for span in spans)
    deictic = sum(
        not _DEICTIC.isdisjoint(span.slots) and "year" not in span.slots for span in spans
    )
    return years >= _YEARS and deictic * 10 <= years


def read_history(spans: Sequence[DateSpan], published: date | None) -> list[Reading | None]:
    """What each phrase means in the smoothest telling; None where no calendar has such a day."""
    paths = [_Path()]
    for span, ahead in zip(spans, _years_ahead(spans), strict=True):
        smoothest: dict[tuple[Period | None, Period | None], _Path] = {}
        for path in paths:
            for one in _read_on(path, span.slots, published, ahead):
                key = (one.told, one.last)
                if key not in smoothest or one.cost < smoothest[key].cost:
                    smoothest[key] = one
        paths = sorted(smoothest.values(), key=lambda path: path.cost)[:_WIDTH]
    path, readings = paths[0], []
    while path.before:
        readings.append(path.reading)
        path = path.before
    return readings[::-1]


def _years_ahead(spans: Sequence[DateSpan]) -> list[int | None]:
    """For each phrase the next year that is named in it or after it."""
    year: int | None = None
    years = []
    for span in reversed(spans):
        year = int(span.slots.get("year", span.slots.get("year2", year or 0))) or None
        years.append(year)
    return years[::-1]


def _read_on(
    path: _Path, slots: Slots, published: date | None, ahead: int | None
) -> Iterator[_Path]:
    """The ways to go on with the next phrase: as the time of the story, or as an aside.

    A heading always is the time of the story.
    """
    if path.era and "year" not in slots and "bc" not in slots:
        reading = resolve({**slots, "bc": path.era}, Context(published))
        yield replace(path, reading=reading, before=path)
        return
    if not _YEARLESS.isdisjoint(slots) and _PLACED.isdisjoint(slots):
        yield from _choose_years(path, slots, published, ahead)
        return
    reading = resolve(slots, Context(published, path.last or path.told, True, history=True))
    if reading is None or reading.period is None:
        era = int(slots["bc"]) if "bc" in slots else path.era
        yield replace(path, era=era, reading=reading, before=path)
        return
    period = reading.period
    if "heading" in slots:
        yield _Path(path.cost, period, period, reading=reading, before=path)
        return
    cost = path.cost + _roughness(path.told, period)
    yield _Path(cost, period, period, reading=reading, before=path)
    if path.told or path.era:
        yield replace(path, cost=path.cost + _ASIDE, last=period, reading=reading, before=path)


def _choose_years(
    path: _Path, slots: Slots, published: date | None, ahead: int | None
) -> Iterator[_Path]:
    """The phrase in the years around the time of the story, and in the next year named.

    A history seldom tells what comes after the day it was published.
    """
    ranged = any(slot.endswith("2") for slot in slots)
    around = [path.told.start.year, path.told.end.year] if path.told else []
    years = {year + step for year in around for step in (-1, 0, 1)} | ({ahead} if ahead else set())
    found = False
    for year in sorted(years):
        reading = resolve({**slots, "year2" if ranged else "year": year}, Context(None, path.told))
        if reading is None or reading.period is None:
            continue
        found = True
        period = reading.period
        cost = path.cost + _roughness(path.told, period)
        if "weekday" in slots and period.start.isoweekday() != slots["weekday"]:
            cost += _WRONG_WEEKDAY
        if published and period.start > published:
            cost += _TO_COME
        anchor = path.told.start if path.told else date(year, 1, 1)
        inferred = Reading(period, "year_inferred", anchor)
        yield _Path(cost, period, period, reading=inferred, before=path)
    if not found:
        yield replace(path, reading=None, before=path)


def _roughness(told: Period | None, period: Period) -> float:
    """How rough it is to go from the time of the story to another."""
    if told is None:
        return 0.0
    forward = (period.start - told.end).days
    if forward > 0:
        return min(_FORWARD * log1p(forward / _MONTH), _LONGEST_LEAP)
    back = (told.start - period.end).days
    return _STEP_BACK + _BACKWARD * log1p(back / _MONTH) if back > 0 else 0.0
