"""Days as places on an axis: epoch milliseconds, the same in every time zone, and pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

DAY = 86_400_000.0  # milliseconds
_ROOM = 14  # pixels left free on both sides of all the days


@dataclass(frozen=True, slots=True)
class Scale:
    """Milliseconds since 1970 `start` to `end`, drawn on `width` pixels."""

    start: float
    end: float
    width: float

    def to_pixel(self, time: float) -> float:
        """The pixel of a time."""
        return (time - self.start) / (self.end - self.start) * self.width

    def to_time(self, pixel: float) -> float:
        """The time at a pixel."""
        return round(self.start + pixel / self.width * (self.end - self.start))


def find_time(day: date) -> float:
    """The beginning of a day as milliseconds since 1970, the same in every time zone."""
    return (day - date(1970, 1, 1)).days * DAY


def find_scale(
    rows: Sequence[dict[str, Any]],
    width: float,
    view: tuple[date, date] | None,
    published: date | None,
) -> Scale:
    """The view, or all the days of the events with a little room on both sides."""
    if view:
        return Scale(find_time(view[0]), find_time(view[1]) + DAY, width)
    days = [day for row in rows for day in (row["start"], row["end"]) if day]
    days += [published] if published else [] if days else [date.today()]
    first, last = find_time(min(days)), find_time(max(days)) + DAY
    room = max((last - first) * _ROOM / max(width - 2 * _ROOM, 1), DAY / 2)
    return Scale(first - room, last + room, width)
