"""Give times of day the day they belong to: "at 9 p.m." that of "Tuesday" beside it."""

from collections.abc import Sequence
from dataclasses import replace

from etl.dates.context import Reading
from etl.dates.nearest import Slots
from etl.dates.periods import Period
from etl.dates.spans import DateSpan

_NEAR = 24
_AHEAD_COST = 3
Read = tuple[DateSpan, Reading | None]

_PARTS = {"morning": "TMO", "midday": "TMI", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}


def is_clock(span: DateSpan) -> bool:
    """Whether a phrase names a time of day and no day."""
    return "clock" in span.slots


def read_clocks(spans: Sequence[DateSpan], read: Sequence[Read], told: Period | None) -> list[Read]:
    """The times of day of a sentence that have a day: the nearest in it, or the one told before.

    `read` are the other phrases of the sentence.
    """
    days = [(span, one.period) for span, one in read if one and _is_day(one.period)]
    clocks: list[Read] = []
    for span in spans:
        near = [one for one in days if one[0].start - span.end <= _NEAR]
        beside = min(near, key=lambda one: _distance(span, one[0]), default=(span, told))
        if day := beside[1]:
            period = replace(day, timex=day.timex[:10] + _say_time(span.slots))
            clocks.append((span, Reading(period, "anaphoric", day.start)))
    return clocks


def _distance(clock: DateSpan, day: DateSpan) -> int:
    """How far a day is from a time of day; it more often stands before it."""
    if day.start < clock.start:
        return clock.start - day.end
    return _AHEAD_COST * (day.start - clock.end)


def last_day(read: Sequence[Read], told: Period | None) -> Period | None:
    """The last day that a sentence tells, or the one told before."""
    return next((one.period for _, one in reversed(read) if one and _is_day(one.period)), told)


def _is_day(period: Period | None) -> bool:
    return period is not None and period.precision == "day"


def _say_time(slots: Slots) -> str:
    if "hour" not in slots:
        return _PARTS.get(str(slots.get("part")), "")
    hour = int(slots["hour"]) % 12 + 12 * int(slots["half"]) if "half" in slots else slots["hour"]
    return f"T{hour:02}:{slots.get('minute', 0):02}"
