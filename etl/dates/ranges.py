"""A date phrase, the day it is read on and the narrative so far give a date range."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from etl.dates.anaphoric import (
    resolve_day,
    resolve_following,
    resolve_offset,
    resolve_same,
    resolve_same_day,
)
from etl.dates.context import Context, Reading, without
from etl.dates.explicit import (
    resolve_before_christ,
    resolve_century,
    resolve_decade,
    resolve_named_day,
    resolve_vague,
)
from etl.dates.inferred import (
    resolve_calendar,
    resolve_half_year,
    resolve_holiday,
    resolve_quarter,
    resolve_season,
)
from etl.dates.nearest import Slots, find_weekday_before, read_calendar
from etl.dates.periods import Period, day_of, join
from etl.dates.relative import (
    resolve_shifted,
    resolve_this,
    resolve_today,
    resolve_weekday,
    resolve_weekday_and_day,
)

_HALF_YEAR = 183


_Resolver = Callable[[Slots, Context], Reading | None]


def resolve(slots: Slots, context: Context) -> Reading | None:
    """The days that the slots of a phrase mean in this context.

    `period` is None where the day to count from is not known. None comes back where the
    calendar has no such day ("31 February").
    """
    slots = _spell_years(slots, context.published)
    try:
        if any(slot.endswith("2") for slot in slots):
            return _resolve_range(slots, context)
        return _set_aside(_resolve_one(slots, context), slots)
    except (ValueError, OverflowError):
        return None


def _set_aside(reading: Reading | None, slots: Slots) -> Reading | None:
    """ "Until today" names a day, but nothing that happened on it."""
    if "aside" not in slots or reading is None or reading.period is None:
        return reading
    return replace(reading, timex=reading.period.timex)


def _spell_years(slots: Slots, published: date | None) -> Slots:
    """The slots with years of two figures in full: "7.10.23", "2007-08"."""
    if "short_year2" in slots:
        century = int(slots["year"]) // 100 * 100
        return {**without(slots, "short_year2"), "year2": century + int(slots["short_year2"])}
    if "short_year" in slots:
        short = int(slots["short_year"])
        latest = published.year + 10 if published else 2068
        year = latest - (latest - short) % 100
        return {**without(slots, "short_year"), "year": year}
    return slots


def _resolve_range(slots: Slots, context: Context) -> Reading | None:
    if "bc2" in slots:
        return Reading(None, "explicit", timex=f"BC{slots['bc']:04}/BC{slots['bc2']:04}")
    last = {slot[:-1]: value for slot, value in slots.items() if slot.endswith("2")}
    first = {slot: value for slot, value in slots.items() if not slot.endswith("2")}
    first.pop("night", None)
    for slot in ("month", "year"):
        if slot in last and slot not in first:
            first[slot] = last[slot]
    end = _resolve_one(last, context)
    begin = _resolve_one(first, context)
    if begin is None or end is None or begin.period is None or end.period is None:
        return begin
    start = begin.period
    stop = end.period
    if start.start > stop.start and _is_running(slots, start, stop, context):
        stop = read_calendar({**last, "year": stop.start.year + 1})
    if start.start > stop.start and "year" not in slots:
        start = _resolve_before(first, start, stop)
    if start.start > stop.end:
        return None
    if "pair" in slots:
        return replace(begin, period=start)
    period = join(start, stop)
    if "night" in slots:
        period = replace(period, timex=f"{start.timex}TNI")
    return Reading(period, begin.basis, begin.anchor)


def _is_running(slots: Slots, start: Period, stop: Period, context: Context) -> bool:
    """Whether a range of days without a year has begun and is to end within half a year."""
    if (
        "day" not in slots
        or "month2" not in slots
        or "year" in slots
        or "year2" in slots
        or context.future
    ):
        return False
    return (start.start - stop.start).days > _HALF_YEAR


def _resolve_before(slots: Slots, start: Period, end: Period) -> Period:
    """The first part of a range, once more, so that it lies before the last part."""
    if "weekday" in slots and "day" not in slots:
        return day_of(find_weekday_before(end.start, int(slots["weekday"])))
    return read_calendar({**slots, "year": start.start.year - 1})


def _resolve_one(slots: Slots, context: Context) -> Reading | None:
    """One phrase, by the first kind of phrase whose slots it has."""
    return _spread_night(_find_resolver(frozenset(slots))(slots, context), slots)


@cache
def _find_resolver(slots: frozenset[str]) -> _Resolver:
    for needed, resolver in _RESOLVERS:
        if slots.issuperset(needed):
            return resolver
    raise ValueError(f"no calendar for slots {sorted(slots)}")


def _spread_night(reading: Reading | None, slots: Slots) -> Reading | None:
    """The night after a day, or before it ("Nacht zum Dienstag"): both of its days."""
    if "night" not in slots or reading is None or reading.period is None:
        return reading
    day = reading.period.start
    first, last = sorted((day, day + timedelta(days=int(slots["night"]))))
    night = replace(join(day_of(first), day_of(last)), timex=f"{first}TNI")
    return replace(reading, period=night)


_RESOLVERS: tuple[tuple[tuple[str, ...], _Resolver], ...] = (
    (("vague",), resolve_vague),
    (("named_day",), resolve_named_day),
    (("bc",), resolve_before_christ),
    (("century",), resolve_century),
    (("decade",), resolve_decade),
    (("today",), resolve_today),
    (("same_day",), resolve_same_day),
    (("direction",), resolve_offset),
    (("ordinal",), resolve_quarter),
    (("half_year",), resolve_half_year),
    (("following",), resolve_following),
    (("same",), resolve_same),
    (("shift",), resolve_shifted),
    (("demonstrative",), resolve_this),
    (("holiday",), resolve_holiday),
    (("season",), resolve_season),
    (("year",), resolve_calendar),
    (("month",), resolve_calendar),
    (("weekday", "day"), resolve_weekday_and_day),
    (("weekday",), resolve_weekday),
    (("day",), resolve_day),
)
