"""Read phrases that are counted from the day of publication: "today", "last week", "Monday"."""

from datetime import date, timedelta

from etl.dates.context import Context, Reading, count_from
from etl.dates.nearest import (
    Slots,
    find_beside,
    find_day_beside,
    find_season_beside,
    find_weekday_after,
    find_weekday_before,
    narrow_by,
    read_calendar,
)
from etl.dates.periods import UNITS, Period, day_of, move, season_of, weekend_of
from etl.model import Basis

_EARLY_IN_WEEK = 3
_WORKING_DAYS = 5


def resolve_today(slots: Slots, context: Context) -> Reading:
    """ "Yesterday", "tomorrow"."""
    return count_from(
        context.published, "relative", lambda day: day_of(move(day, "day", int(slots["today"])))
    )


def resolve_shifted(slots: Slots, context: Context) -> Reading:
    """ "Last week", "next Tuesday", "last November", "last summer"."""
    shift = int(slots["shift"])

    def period(day: date) -> Period:
        if "weekday" in slots and "unit" in slots:
            return day_of(
                find_weekday_before(
                    UNITS["week"](move(day, "week", shift)).end, int(slots["weekday"])
                )
            )
        if "weekday" in slots:
            step = find_weekday_before if shift < 0 else find_weekday_after
            return day_of(
                step(day - timedelta(days=1) if shift < 0 else day, int(slots["weekday"]))
            )
        if "unit" in slots and "month" in slots:
            return read_calendar({**slots, "year": day.year + shift})
        if slots.get("unit") == "weekend" and shift > 0:
            return weekend_of(day + timedelta(days=2))
        if "unit" in slots:
            unit = str(slots["unit"])
            return _pick_day(narrow_by(UNITS[unit](move(day, unit, shift)), slots), slots)
        if "season" in slots:
            return find_season_beside(day, str(slots["season"]), shift > 0)
        if "month" not in slots:
            return day_of(find_day_beside(day, int(slots["day"]), shift > 0))
        return find_beside(slots, day, shift > 0)

    return count_from(*_standpoint(context), period)


def resolve_this(slots: Slots, context: Context) -> Reading:
    """ "This week", "this Tuesday", "by the end of the year"."""
    if "month" in slots:
        return count_from(
            *_standpoint(context), lambda day: read_calendar({**slots, "year": day.year})
        )
    if "weekday" in slots:
        return count_from(
            context.published, "relative", lambda day: _find_this_weekday(slots, day, context)
        )
    if "unit" in slots:
        unit = str(slots["unit"])
        over = unit == "weekend" and not (context.future or context.present)
        return count_from(
            *_standpoint(context),
            lambda day: _pick_day(
                narrow_by(UNITS[unit](_find_last_weekend(day, context) if over else day), slots),
                slots,
            ),
        )
    return count_from(*_standpoint(context), lambda day: _find_this_season(slots, day))


def resolve_weekday(slots: Slots, context: Context) -> Reading:
    """ "Monday": the last one, or the next in a clause that tells what is to come."""
    weekday = int(slots["weekday"])
    if context.present:
        return resolve_this(slots, context)
    step = find_weekday_after if context.future else find_weekday_before
    return count_from(context.published, "relative", lambda day: day_of(step(day, weekday)))


def resolve_weekday_and_day(slots: Slots, context: Context) -> Reading:
    """ "Monday 22", where such a day is near; else the weekday alone."""
    number, weekday = int(slots["day"]), int(slots["weekday"])

    def period(day: date) -> Period:
        near = [
            find_day_beside(day, number, after) for after in (context.future, not context.future)
        ]
        fitting = [one for one in near if one.isoweekday() == weekday]
        step = find_weekday_after if context.future else find_weekday_before
        return day_of(fitting[0] if fitting else step(day, weekday))

    return count_from(context.published, "relative", period)


def _find_this_weekday(slots: Slots, day: date, context: Context) -> Period:
    """ "This Tuesday": the last one up to today or, of what is to come, the first from today."""
    weekday = int(slots["weekday"])
    if context.future or context.present:
        return day_of(find_weekday_after(day - timedelta(days=1), weekday))
    return day_of(find_weekday_before(day, weekday))


def _find_this_season(slots: Slots, day: date) -> Period:
    """ "This winter": in January the one that began last year."""
    season = str(slots["season"])
    before = season_of(day.year - 1, season)
    return before if before.end >= day else season_of(day.year, season)


def _find_last_weekend(day: date, context: Context) -> date:
    """Early in a week, and where the clause stands in the past, it is the one just over."""
    last = _WORKING_DAYS if context.tense == "past" else _EARLY_IN_WEEK
    return day - timedelta(days=7) if day.isoweekday() <= last else day


def _pick_day(period: Period, slots: Slots) -> Period:
    """That day of a month, if a slot names one: "the 7th of last month"."""
    return day_of(period.start.replace(day=int(slots["day"]))) if "day" in slots else period


def _standpoint(context: Context) -> tuple[date | None, Basis]:
    """The day that "last" and "this" are counted from: in a history that of its story."""
    if context.history and context.told:
        return context.told.start, "anaphoric"
    return context.published, "relative"
