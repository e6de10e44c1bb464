"""The calendar: days, weeks, months, seasons and years as periods with a first and a last day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.model import Precision

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
SEASON_CODES = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; `timex` is its TIMEX3 value."""

    start: date
    end: date
    precision: Precision
    timex: str


def day_of(day: date) -> Period:
    """The one day."""
    return Period(day, day, "day", day.isoformat())


def week_of(day: date) -> Period:
    """Monday to Sunday around `day`."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = monday.isocalendar()
    return Period(monday, monday + timedelta(days=6), "week", f"{year}-W{week:02}")


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of the week around `day`."""
    week = week_of(day)
    return Period(week.end - timedelta(days=1), week.end, "span", f"{week.timex}-WE")


def month_of(year: int, month: int) -> Period:
    """A calendar month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(
        date(year, month, 1), following - timedelta(days=1), "month", f"{year:04}-{month:02}"
    )


def months_of(year: int, first: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from month `first` of `year`."""
    last = year * 12 + first - 1 + count - 1
    return date(year, first, 1), month_of(last // 12, last % 12 + 1).end


def quarter_of(year: int, quarter: int) -> Period:
    """A quarter, 1 to 4."""
    return Period(*months_of(year, quarter * 3 - 2, 3), "span", f"{year:04}-Q{quarter}")


def half_of(year: int, half: int) -> Period:
    """The first or second half of a year."""
    return Period(*months_of(year, half * 6 - 5, 6), "span", f"{year:04}-H{half}")


def season_of(year: int, season: str) -> Period:
    """A meteorological season; winter belongs to the year in which it begins."""
    return Period(
        *months_of(year, SEASONS[season], 3), "season", f"{year:04}-{SEASON_CODES[season]}"
    )


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def decade_of(year: int) -> Period:
    """The ten years that share all but the last figure of `year`."""
    first = year // 10 * 10
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10}")


def century_of(number: int) -> Period:
    """A century by its number: the 19th is 1800–1899, as TIMEX3 has it."""
    first = (number - 1) * 100
    return Period(date(first, 1, 1), date(first + 99, 12, 31), "span", f"{number - 1:02}")


UNITS: dict[str, Callable[[date], Period]] = {
    "day": day_of,
    "week": week_of,
    "weekend": weekend_of,
    "month": lambda day: month_of(day.year, day.month),
    "quarter": lambda day: quarter_of(day.year, (day.month + 2) // 3),
    "year": lambda day: year_of(day.year),
    "decade": lambda day: decade_of(day.year),
    "century": lambda day: century_of(day.year // 100 + 1),
}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def move(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` units; the 31st becomes the last day of a shorter month."""
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * count)
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * count
    month = month_of(months // 12, months % 12 + 1)
    return month.start.replace(day=min(day.day, month.end.day))


def narrow(period: Period, edge: str) -> Period:
    """The early, middle or late part of a period; its TIMEX3 value stays that of the whole."""
    start, end = period.start, period.end
    if period.precision == "month":
        first, last = {
            "early": (1, 10),
            "mid": (11, 20),
            "late": (21, end.day),
            "first half": (1, 15),
            "second half": (16, end.day),
        }[edge]
        return replace(
            period, start=start.replace(day=first), end=start.replace(day=last), precision="span"
        )
    if period.precision == "year":
        if edge == "mid":
            middle = (date(start.year, 5, 1), date(start.year, 8, 31))
            return replace(period, start=middle[0], end=middle[1], precision="span")
        month = month_of(start.year, 1 if edge == "early" else 12)
        return replace(period, start=month.start, end=month.end, precision="month")
    if period.precision == "decade":
        first, last = {"early": (0, 3), "mid": (4, 5), "late": (6, 9)}[edge]
        return replace(
            period,
            start=date(start.year + first, 1, 1),
            end=date(start.year + last, 12, 31),
            precision="span",
        )
    third = (period.end - period.start).days // 3
    first_day = {"early": start, "mid": start + timedelta(days=third + 1), "late": end}[edge]
    last_day = {"early": start + timedelta(days=third), "mid": end - timedelta(days=third + 1)}
    if edge == "late":
        first_day = end - timedelta(days=third)
    return replace(period, start=first_day, end=last_day.get(edge, end), precision="span")


def join(first: Period, last: Period) -> Period:
    """From the first day of one period to the last day of the other."""
    return Period(first.start, last.end, "span", f"{first.timex}/{last.timex}")
