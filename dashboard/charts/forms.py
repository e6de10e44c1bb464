"""The form that an event takes: mark, band or bar, how far it reaches and how large it is."""

from datetime import date
from math import sqrt
from typing import Any, Literal

from dashboard.charts.scales import DAY, find_time

Row = dict[str, Any]
Kind = Literal["mark", "band", "bar"]

SMALLEST, LARGEST = 4.0, 11.0  # radius of a mark in pixels
FEW_KILLED = 50  # from here on the deadliest event fills the largest mark
_PLAIN = 5.0


def find_kind(row: Row) -> Kind:
    """A sharp mark for one day, a bar for what lasted, a band for some time within a range."""
    if row["precision"] == "day" and row["start"] == row["end"]:
        return "mark"
    return "bar" if row["extent"] == "throughout" else "band"


def find_extent(row: Row, last: date) -> tuple[float, float]:
    """Where an event begins and ends, in milliseconds; a day stands at its noon."""
    start = find_time(row["start"])
    end = find_time(row["end"] or max(last, row["start"])) + DAY
    return ((start + end) / 2,) * 2 if find_kind(row) == "mark" else (start, end)


def find_radius(killed: int | None, deadliest: int) -> float:
    """The radius of a mark whose area stands for the number of killed."""
    if killed is None:
        return _PLAIN
    return max(SMALLEST, LARGEST * sqrt(killed / deadliest))


def is_open(row: Row) -> bool:
    """Whether an event that lasts has no end that is known."""
    return row["end"] is None or row["basis"] == "reported_since"
