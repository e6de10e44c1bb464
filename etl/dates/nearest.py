"""Which year, season or weekday is meant: the nearest such days beside a day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from etl.dates.periods import Period, day_of, month_of, narrow, season_of, year_of

Slots = Mapping[str, int | str]


def read_calendar(slots: Slots) -> Period:
    """Year, month and day, as far as they are given."""
    year, month = int(slots["year"]), int(slots.get("month", 0))
    if "day" in slots:
        return day_of(date(year, month, int(slots["day"])))
    return narrow_by(month_of(year, month) if month else year_of(year), slots)


def narrow_by(period: Period, slots: Slots) -> Period:
    """The early, middle or late part, if a slot says so."""
    return narrow(period, str(slots["edge"])) if "edge" in slots else period


def find_beside(slots: Slots, day: date, after: bool, also_now: bool = False) -> Period:
    """The latest such month or day not after `day`, or the first not before it."""
    years = range(day.year, day.year + 9) if after else range(day.year, day.year - 9, -1)
    for year in years:
        try:
            period = read_calendar({**slots, "year": year})
        except ValueError:
            continue  # 29 February
        if after and (period.start > day or (also_now and period.end >= day)):
            return period
        if not after and (period.end < day or (also_now and period.start <= day)):
            return period
    raise ValueError("no such day")


def find_latest(
    period: Callable[[int], Period], day: date, after: bool, also_now: bool = False
) -> Period:
    """The latest period of its kind that begins not after `day`, or the next one.

    `also_now` lets the next one be that in which `day` lies.
    """
    if after:
        years = map(period, (day.year - 1, day.year, day.year + 1))
        return next(one for one in years if (one.end if also_now else one.start) > day)
    return next(one for one in map(period, (day.year, day.year - 1)) if one.start <= day)


def find_season_beside(day: date, season: str, after: bool) -> Period:
    """The latest such season that is over before `day`, or the next one."""
    if after:
        return find_latest(lambda year: season_of(year, season), day, True)
    years = (day.year, day.year - 1, day.year - 2)
    return next(one for one in (season_of(year, season) for year in years) if one.end < day)


def find_month_beside(day: date, month: int, after: bool) -> Period:
    """The first such month after the month of `day`, or the last before it."""
    step = 1 if after else -1
    year = day.year if (month - day.month) * step > 0 else day.year + step
    return month_of(year, month)


def find_day_beside(day: date, number: int, after: bool) -> date:
    """The first day of that number in its month from `day` on, or the last up to `day`."""
    step = 1 if after else -1
    months = day.year * 12 + day.month - 1
    for month in range(months, months + 3 * step, step):
        try:
            found = date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue  # 31 April
        if (found - day).days * step >= 0:
            return found
    raise ValueError("no such day")


def find_weekday_before(day: date, weekday: int) -> date:
    """The last such weekday up to and including `day`; Monday is 1."""
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def find_weekday_after(day: date, weekday: int) -> date:
    """The first such weekday after `day`; Monday is 1."""
    return day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1)
