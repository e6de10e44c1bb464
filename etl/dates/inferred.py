"""Read phrases that leave out their year: "7 October", "in March", "the third quarter"."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from etl.dates.context import Context, Reading, count_from, without
from etl.dates.nearest import Slots, find_beside, find_latest, narrow_by, read_calendar
from etl.dates.periods import Period, half_of, quarter_of, season_of, week_of


def resolve_calendar(slots: Slots, context: Context) -> Reading:
    """Year, month and day, as far as they are given; the year inferred where it is not."""
    if "week_of" in slots:
        read = resolve_calendar(without(slots, "week_of"), context)
        return replace(read, period=week_of(read.period.start)) if read.period else read
    if "year" in slots:
        return Reading(read_calendar(slots), "explicit")
    read_calendar({**slots, "year": 2000})
    if context.inherits and context.told:
        told = context.told.start
        year = told.year
        if (
            context.told.precision in ("day", "month", "span")
            and int(slots.get("month", 12)) < told.month - 6
        ):
            year += 1
        return Reading(read_calendar({**slots, "year": year}), "year_inferred", told)
    return count_from(
        context.published, "year_inferred", lambda day: _infer_year(slots, day, context)
    )


def resolve_season(slots: Slots, context: Context) -> Reading:
    """ "In the summer", "spring 2003"."""

    def period(year: int) -> Period:
        return narrow_by(season_of(year, str(slots["season"])), slots)

    if "year" in slots:
        return Reading(period(int(slots["year"])), "explicit")
    if context.inherits and context.told:
        return Reading(period(context.told.start.year), "year_inferred", context.told.start)
    return count_from(
        context.published,
        "year_inferred",
        lambda day: _find_by_tense(
            lambda after: find_latest(period, day, after, True), day, context
        ),
    )


def resolve_holiday(slots: Slots, context: Context) -> Reading | None:
    """ "At Christmas", "New Year's Day 2020"."""
    month, day = (int(part) for part in str(slots["holiday"]).split("-"))
    return resolve_calendar({**without(slots, "holiday"), "month": month, "day": day}, context)


def resolve_quarter(slots: Slots, context: Context) -> Reading:
    """ "The third quarter", "the first quarter of last year"."""
    quarter = int(slots["ordinal"])
    if "year" in slots:
        return Reading(quarter_of(int(slots["year"]), quarter), "explicit")
    if "shift" in slots:
        shift = int(slots["shift"])
        return count_from(
            context.published, "relative", lambda day: quarter_of(day.year + shift, quarter)
        )
    return count_from(
        context.published,
        "year_inferred",
        lambda day: find_latest(lambda year: quarter_of(year, quarter), day, context.future, True),
    )


def resolve_half_year(slots: Slots, context: Context) -> Reading:
    """ "The first half of 2022"."""
    half = int(slots["half_year"])
    if "year" in slots:
        return Reading(half_of(int(slots["year"]), half), "explicit")
    if "shift" in slots:
        shift = int(slots["shift"])
        return count_from(
            context.published, "relative", lambda day: half_of(day.year + shift, half)
        )
    return count_from(
        context.published,
        "year_inferred",
        lambda day: find_latest(lambda year: half_of(year, half), day, context.future, True),
    )


def _infer_year(slots: Slots, day: date, context: Context) -> Period:
    """The latest year or, where the clause tells what is to come, the next one.

    A weekday that stands beside the day decides: "Sunday 29 August".
    """

    def beside(after: bool) -> Period:
        return find_beside(slots, day, after, True)

    if "weekday" in slots:
        both = (beside(False), beside(True))
        fitting = [one for one in both if one.start.isoweekday() == slots["weekday"]]
        if len(fitting) == 1:
            return fitting[0]
    return _find_by_tense(beside, day, context)


def _find_by_tense(beside: Callable[[bool], Period], day: date, context: Context) -> Period:
    """The period after `day` for what is to come, the nearer one in the present tense."""
    if not context.present:
        return beside(context.future)
    latest, following = beside(False), beside(True)
    return following if following.start - day < day - latest.end else latest
