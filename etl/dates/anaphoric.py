"""Read phrases that are counted from the date told before: "the next day", "that year"."""

from datetime import date, timedelta

from etl.dates.context import Context, Reading, count_from
from etl.dates.nearest import (
    Slots,
    find_day_beside,
    find_month_beside,
    find_weekday_after,
    find_weekday_before,
    narrow_by,
    read_calendar,
)
from etl.dates.periods import UNITS, day_of, move, season_of
from etl.model import Basis


def resolve_same_day(slots: Slots, context: Context) -> Reading:
    """ "The same day", "the next day", "the eve"."""
    spare = context.published if "from_published" in slots else None
    return count_from(
        _told_day(context) or spare,
        "anaphoric",
        lambda day: day_of(move(day, "day", int(slots["same_day"]))),
    )


def resolve_offset(slots: Slots, context: Context) -> Reading:
    """So many units before or after: as exact as the unit, days and weeks to the day."""
    number = int(slots.get("number", slots.get("count", 1))) * int(slots["direction"])
    unit = str(slots["unit"])
    anchor: date | None = context.published
    basis: Basis = "relative"
    if "from_published" not in slots:
        anchor, basis = _told_day(context), "anaphoric"
        if context.told and unit not in ("day", "week"):
            anchor = context.told.start
    whole = UNITS["day" if unit in ("day", "week") else unit]
    return count_from(anchor, basis, lambda day: whole(move(day, unit, number)))


def resolve_following(slots: Slots, context: Context) -> Reading:
    """ "The following year", "the previous week", "the following March"."""
    if context.told is None:
        return Reading(None, "anaphoric")
    count = int(slots["following"])
    if "weekday" in slots:
        step = find_weekday_after if count > 0 else find_weekday_before
        return count_from(
            context.told.start - timedelta(days=count < 0),
            "anaphoric",
            lambda day: day_of(step(day, int(slots["weekday"]))),
        )
    if "month" in slots and "unit" in slots:
        return count_from(
            context.told.start,
            "anaphoric",
            lambda day: read_calendar({**slots, "year": day.year + count}),
        )
    if "unit" in slots:
        unit = str(slots["unit"])
        return count_from(
            context.told.start,
            "anaphoric",
            lambda day: narrow_by(UNITS[unit](move(day, unit, count)), slots),
        )
    month = int(slots["month"])
    return count_from(
        context.told.start, "anaphoric", lambda day: find_month_beside(day, month, count > 0)
    )


def resolve_same(slots: Slots, context: Context) -> Reading:
    """ "The 15th of the same month", "that year", "that spring", "since then"."""
    if context.told is None:
        return Reading(None, "anaphoric")
    day = context.told.start
    if slots["same"] == "time":
        period = context.told
    elif "season" in slots:
        period = season_of(day.year, str(slots["season"]))
    elif "month" in slots:
        period = read_calendar({**slots, "year": day.year})
    elif "day" in slots:
        period = day_of(day.replace(day=int(slots["day"])))
    else:
        unit = str(slots.get("unit", slots["same"]))
        period = narrow_by(UNITS[unit](day), slots)
    return Reading(period, "anaphoric", day)


def resolve_day(slots: Slots, context: Context) -> Reading:
    """ "Le 28": of the month told, or the next such day after it; else as news has it."""
    number = int(slots["day"])
    if context.told and context.told.precision in ("day", "month"):
        told = context.told.start
        found = find_day_beside(told, number, True)
        if context.future or context.published is None or found <= context.published:
            return Reading(day_of(found), "anaphoric", told)
    return count_from(
        context.published,
        "relative",
        lambda day: day_of(find_day_beside(day, number, context.future)),
    )


def _told_day(context: Context) -> date | None:
    """The day of the narrative, if it has come to one; of a night over two days, the last."""
    told = context.told
    if told is None or (told.end - told.start).days > 1:
        return None
    return told.end
