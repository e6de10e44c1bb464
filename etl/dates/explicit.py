"""Read phrases that name their days themselves: a decade, "9/11", a year before Christ."""

from datetime import date

from etl.dates.context import Context, Reading
from etl.dates.nearest import Slots, narrow_by
from etl.dates.periods import SEASON_CODES, century_of, day_of, decade_of


def resolve_century(slots: Slots, context: Context) -> Reading:
    """ "The 19th century"."""
    return Reading(narrow_by(century_of(int(slots["century"])), slots), "explicit")


def resolve_decade(slots: Slots, context: Context) -> Reading:
    """ "The 1990s", "the early 80s"."""
    year = int(slots["decade"])
    return Reading(narrow_by(decade_of(year if year > 99 else 1900 + year), slots), "explicit")


def resolve_named_day(slots: Slots, context: Context) -> Reading:
    """ "9/11"."""
    return Reading(day_of(date.fromisoformat(str(slots["named_day"]))), "explicit")


def resolve_vague(slots: Slots, context: Context) -> Reading:
    """ "Now", "formerly": words that name no days."""
    return Reading(None, "explicit", timex=str(slots["vague"]))


def resolve_before_christ(slots: Slots, context: Context) -> Reading:
    """A time before the year 1, which has no days in our calendar."""
    season, month = slots.get("season"), slots.get("month")
    within = f"-{SEASON_CODES[str(season)]}" if season else f"-{month:02}" if month else ""
    return Reading(None, "explicit", timex=f"BC{slots['bc']:04}{within}")
