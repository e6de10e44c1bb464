"""A date phrase, the day it is read on and the narrative so far give a date range."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from etl.model import Basis
from etl.nearest import (
    Slots,
    find_beside,
    find_day_beside,
    find_latest,
    find_month_beside,
    find_season_beside,
    find_weekday_after,
    find_weekday_before,
    narrow_by,
    read_calendar,
)
from etl.periods import (
    SEASON_CODES,
    UNITS,
    Period,
    century_of,
    day_of,
    decade_of,
    half_of,
    join,
    move,
    quarter_of,
    season_of,
    week_of,
    weekend_of,
)

Tense = Literal["past", "present", "future"]
_EARLY_IN_WEEK = 3
_WORKING_DAYS = 5
_HALF_YEAR = 183
_RELATIVE: Basis = "relative"
_ANAPHORIC: Basis = "anaphoric"


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read by.

    `published` is the day of publication. `told` is the nearest earlier date of the narrative.
    `inherits` says that a phrase without a year takes it from there. `tense` is that of the
    clause, where it is known: in the future the next such day is meant, in the present the
    nearest. `history` says that the text tells of former times, in which "next year" is the one
    after `told`.
    """

    published: date | None
    told: Period | None = None
    inherits: bool = False
    tense: Tense | None = None
    history: bool = False

    @property
    def future(self) -> bool:
        """Whether the clause tells what is to come."""
        return self.tense == "future"

    @property
    def present(self) -> bool:
        """Whether the clause stands in the present tense."""
        return self.tense == "present"


@dataclass(frozen=True, slots=True)
class Reading:
    """The days a phrase means, on what ground, and the day it was counted from.

    `timex` is the TIMEX3 value of what has no days here, such as a year before Christ.
    """

    period: Period | None
    basis: Basis
    anchor: date | None = None
    timex: str = ""


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
        return {**_without(slots, "short_year2"), "year2": century + int(slots["short_year2"])}
    if "short_year" in slots:
        short = int(slots["short_year"])
        latest = published.year + 10 if published else 2068
        year = latest - (latest - short) % 100
        return {**_without(slots, "short_year"), "year": year}
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


def _resolve_century(slots: Slots, context: Context) -> Reading:
    return Reading(narrow_by(century_of(int(slots["century"])), slots), "explicit")


def _resolve_decade(slots: Slots, context: Context) -> Reading:
    year = int(slots["decade"])
    return Reading(narrow_by(decade_of(year if year > 99 else 1900 + year), slots), "explicit")


def _resolve_named_day(slots: Slots, context: Context) -> Reading:
    return Reading(day_of(date.fromisoformat(str(slots["named_day"]))), "explicit")


def _resolve_vague(slots: Slots, context: Context) -> Reading:
    return Reading(None, "explicit", timex=str(slots["vague"]))


def _resolve_before_christ(slots: Slots, context: Context) -> Reading:
    """A time before the year 1, which has no days in our calendar."""
    season, month = slots.get("season"), slots.get("month")
    within = f"-{SEASON_CODES[str(season)]}" if season else f"-{month:02}" if month else ""
    return Reading(None, "explicit", timex=f"BC{slots['bc']:04}{within}")


def _resolve_today(slots: Slots, context: Context) -> Reading:
    return _counted(
        context.published, "relative", lambda day: day_of(move(day, "day", int(slots["today"])))
    )


def _told_day(context: Context) -> date | None:
    """The day of the narrative, if it has come to one; of a night over two days, the last."""
    told = context.told
    if told is None or (told.end - told.start).days > 1:
        return None
    return told.end


def _resolve_same_day(slots: Slots, context: Context) -> Reading:
    spare = context.published if "from_published" in slots else None
    return _counted(
        _told_day(context) or spare,
        "anaphoric",
        lambda day: day_of(move(day, "day", int(slots["same_day"]))),
    )


def _resolve_offset(slots: Slots, context: Context) -> Reading:
    """So many units before or after: as exact as the unit, days and weeks to the day."""
    number = int(slots.get("number", slots.get("count", 1))) * int(slots["direction"])
    unit = str(slots["unit"])
    anchor, basis = context.published, _RELATIVE
    if "from_published" not in slots:
        anchor, basis = _told_day(context), _ANAPHORIC
        if context.told and unit not in ("day", "week"):
            anchor = context.told.start
    whole = UNITS["day" if unit in ("day", "week") else unit]
    return _counted(anchor, basis, lambda day: whole(move(day, unit, number)))


def _resolve_following(slots: Slots, context: Context) -> Reading:
    if context.told is None:
        return Reading(None, "anaphoric")
    count = int(slots["following"])
    if "weekday" in slots:
        step = find_weekday_after if count > 0 else find_weekday_before
        return _counted(
            context.told.start - timedelta(days=count < 0),
            "anaphoric",
            lambda day: day_of(step(day, int(slots["weekday"]))),
        )
    if "month" in slots and "unit" in slots:
        return _counted(
            context.told.start,
            "anaphoric",
            lambda day: read_calendar({**slots, "year": day.year + count}),
        )
    if "unit" in slots:
        unit = str(slots["unit"])
        return _counted(
            context.told.start,
            "anaphoric",
            lambda day: narrow_by(UNITS[unit](move(day, unit, count)), slots),
        )
    month = int(slots["month"])
    return _counted(
        context.told.start, "anaphoric", lambda day: find_month_beside(day, month, count > 0)
    )


def _resolve_same(slots: Slots, context: Context) -> Reading:
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


def _resolve_shifted(slots: Slots, context: Context) -> Reading:
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

    return _counted(*_standpoint(context), period)


def _resolve_this(slots: Slots, context: Context) -> Reading:
    if "month" in slots:
        return _counted(
            *_standpoint(context), lambda day: read_calendar({**slots, "year": day.year})
        )
    if "weekday" in slots:
        return _counted(
            context.published, _RELATIVE, lambda day: _find_this_weekday(slots, day, context)
        )
    if "unit" in slots:
        unit = str(slots["unit"])
        over = unit == "weekend" and not (context.future or context.present)
        return _counted(
            *_standpoint(context),
            lambda day: _pick_day(
                narrow_by(UNITS[unit](_find_last_weekend(day, context) if over else day), slots),
                slots,
            ),
        )
    return _counted(*_standpoint(context), lambda day: _find_this_season(slots, day))


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
        return context.told.start, _ANAPHORIC
    return context.published, _RELATIVE


def _resolve_holiday(slots: Slots, context: Context) -> Reading | None:
    month, day = (int(part) for part in str(slots["holiday"]).split("-"))
    return _resolve_calendar({**_without(slots, "holiday"), "month": month, "day": day}, context)


def _resolve_quarter(slots: Slots, context: Context) -> Reading:
    quarter = int(slots["ordinal"])
    if "year" in slots:
        return Reading(quarter_of(int(slots["year"]), quarter), "explicit")
    if "shift" in slots:
        shift = int(slots["shift"])
        return _counted(
            context.published, _RELATIVE, lambda day: quarter_of(day.year + shift, quarter)
        )
    return _counted(
        context.published,
        "year_inferred",
        lambda day: find_latest(lambda year: quarter_of(year, quarter), day, context.future, True),
    )


def _resolve_half_year(slots: Slots, context: Context) -> Reading:
    half = int(slots["half_year"])
    if "year" in slots:
        return Reading(half_of(int(slots["year"]), half), "explicit")
    if "shift" in slots:
        shift = int(slots["shift"])
        return _counted(context.published, _RELATIVE, lambda day: half_of(day.year + shift, half))
    return _counted(
        context.published,
        "year_inferred",
        lambda day: find_latest(lambda year: half_of(year, half), day, context.future, True),
    )


def _resolve_day(slots: Slots, context: Context) -> Reading:
    """ "Le 28": of the month told, or the next such day after it; else as news has it."""
    number = int(slots["day"])
    if context.told and context.told.precision in ("day", "month"):
        told = context.told.start
        found = find_day_beside(told, number, True)
        if context.future or context.published is None or found <= context.published:
            return Reading(day_of(found), _ANAPHORIC, told)
    return _counted(
        context.published,
        _RELATIVE,
        lambda day: day_of(find_day_beside(day, number, context.future)),
    )


def _resolve_weekday(slots: Slots, context: Context) -> Reading:
    weekday = int(slots["weekday"])
    if context.present:
        return _resolve_this(slots, context)
    step = find_weekday_after if context.future else find_weekday_before
    return _counted(context.published, "relative", lambda day: day_of(step(day, weekday)))


def _resolve_weekday_and_day(slots: Slots, context: Context) -> Reading:
    """ "Monday 22", where such a day is near; else the weekday alone."""
    number, weekday = int(slots["day"]), int(slots["weekday"])

    def period(day: date) -> Period:
        near = [
            find_day_beside(day, number, after) for after in (context.future, not context.future)
        ]
        fitting = [one for one in near if one.isoweekday() == weekday]
        step = find_weekday_after if context.future else find_weekday_before
        return day_of(fitting[0] if fitting else step(day, weekday))

    return _counted(context.published, _RELATIVE, period)


def _resolve_season(slots: Slots, context: Context) -> Reading:
    def period(year: int) -> Period:
        return narrow_by(season_of(year, str(slots["season"])), slots)

    if "year" in slots:
        return Reading(period(int(slots["year"])), "explicit")
    if context.inherits and context.told:
        return Reading(period(context.told.start.year), "year_inferred", context.told.start)
    return _counted(
        context.published,
        "year_inferred",
        lambda day: _find_by_tense(
            lambda after: find_latest(period, day, after, True), day, context
        ),
    )


def _resolve_calendar(slots: Slots, context: Context) -> Reading:
    """Year, month and day, as far as they are given; the year inferred where it is not."""
    if "week_of" in slots:
        read = _resolve_calendar(_without(slots, "week_of"), context)
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
    return _counted(
        context.published, "year_inferred", lambda day: _infer_year(slots, day, context)
    )


def _infer_year(slots: Slots, day: date, context: Context) -> Period:
    """The latest year or, where the clause tells what is to come, the next one.

    A weekday that stands beside the day decides: "Sunday 29 August".
    """
    latest, following = (find_beside(slots, day, after, True) for after in (False, True))
    if "weekday" in slots:
        fitting = [one for one in (latest, following) if one.start.isoweekday() == slots["weekday"]]
        if len(fitting) == 1:
            return fitting[0]
    return _find_by_tense(lambda after: following if after else latest, day, context)


def _find_by_tense(beside: Callable[[bool], Period], day: date, context: Context) -> Period:
    """The period after `day` for what is to come, the nearer one in the present tense."""
    if not context.present:
        return beside(context.future)
    latest, following = beside(False), beside(True)
    return following if following.start - day < day - latest.end else latest


_RESOLVERS: tuple[tuple[tuple[str, ...], _Resolver], ...] = (
    (("vague",), _resolve_vague),
    (("named_day",), _resolve_named_day),
    (("bc",), _resolve_before_christ),
    (("century",), _resolve_century),
    (("decade",), _resolve_decade),
    (("today",), _resolve_today),
    (("same_day",), _resolve_same_day),
    (("direction",), _resolve_offset),
    (("ordinal",), _resolve_quarter),
    (("half_year",), _resolve_half_year),
    (("following",), _resolve_following),
    (("same",), _resolve_same),
    (("shift",), _resolve_shifted),
    (("demonstrative",), _resolve_this),
    (("holiday",), _resolve_holiday),
    (("season",), _resolve_season),
    (("year",), _resolve_calendar),
    (("month",), _resolve_calendar),
    (("weekday", "day"), _resolve_weekday_and_day),
    (("weekday",), _resolve_weekday),
    (("day",), _resolve_day),
)


def _counted(anchor: date | None, basis: Basis, period: Callable[[date], Period]) -> Reading:
    return Reading(None, basis) if anchor is None else Reading(period(anchor), basis, anchor)


def _without(slots: Slots, name: str) -> dict[str, int | str]:
    return {slot: value for slot, value in slots.items() if slot != name}
