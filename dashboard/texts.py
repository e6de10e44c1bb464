"""The page's words, and dates, actors and countries as one would say them, in each language."""

import re
from calendar import monthrange
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from etl.model import VocabularyError
from etl.vocabulary import list_languages, load_csv, load_toml

Texts = dict[str, dict[str, str]]
LANGUAGES = list_languages("texts")  # those of the page

_GROUPED = 10_000  # from here on
_CANONICAL = "en"  # the language of actors' own names
_ENDING = re.compile(r"\(.*?\)")
_SEASONS = {12: "winter", 3: "spring", 6: "summer", 9: "autumn"}  # by their first month


def load_texts(language: str) -> Texts:
    """The words of one language, by section. Raises VocabularyError where it has no file."""
    texts: Texts = load_toml(f"texts/{language}.toml")
    return texts


def say(language: str, key: str, **values: object) -> str:
    """The text `section.name` with its slots filled: say("en", "export.rows", hash="1f").

    Raises VocabularyError where the text is missing or has another slot.
    """
    section, _, name = key.partition(".")
    try:
        said = {slot: _say_number(value, language) for slot, value in values.items()}
        return load_texts(language)[section][name].format(**said)
    except KeyError as error:
        raise VocabularyError(
            f"texts/{language}.toml: {key}: {error} is missing: add it there"
        ) from error


def _say_number(value: object, language: str) -> object:
    """A large whole number in groups of three; years and all else as they are."""
    if isinstance(value, int) and abs(value) >= _GROUPED:
        return format_decimal(value, locale=language)
    return value


def say_type(name: str, language: str) -> str:
    """The label of a type of event."""
    label: str = load_toml("event_types.toml")[name]["label"][language]
    return label


def say_date(
    start: date,
    end: date | None,
    precision: str,
    language: str,
    *,
    extent: str = "within",
    basis: str = "explicit",
) -> str:
    """The days in words: "7 October 2023", "summer 2023", "from 3 to 5 March 2024".

    What lasts without a known end is said with "since", and what was still so on the day it was
    reported (`basis` reported_since) with "at least until".
    """
    if end is None or (extent == "throughout" and basis == "reported_since"):
        since = _say_since(start, precision, language)
        if end is None:
            return since
        until = _say_day(end, "day", language)
        return say(language, "dates.at_least_until", since=since, end=until)
    if precision == "week":
        return say(language, "dates.week", day=_say_day(start, "day", language))
    if precision == "season":
        return _say_season(start, language)
    if precision == "decade":
        return say(language, "dates.decade", year=start.year)
    if precision == "year":
        return _say_part(start, "year", language)
    if precision == "month":
        return _say_part(start, "month", language)
    return _say_range(start, end, language)


def say_actor(name: str, language: str) -> str:
    """The name of an actor in this language; the name itself where no list has another."""
    return _list_names(language).get(name, name)


def say_country(code: str, language: str) -> str:
    """The name of the country with this ISO 3166 alpha-3 code; what is none stays as it is."""
    alpha2 = {row["alpha3"]: row["alpha2"] for row in load_csv("countries.csv")}.get(code, "")
    name: str = Locale(language).territories.get(alpha2, code)
    return name


def say_language(code: str, language: str) -> str:
    """The name of a language in this one; the code where it is unknown."""
    name: str = Locale(language).languages.get(code, code)
    return name


def _say_range(start: date, end: date, language: str) -> str:
    if start == end:
        return _say_day(start, "day", language)
    same_year, same_month = start.year == end.year, start.month == end.month
    whole_months = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole_months and start.month == 1 and end.month == 12:
        first, last = (_say_part(day, "year", language) for day in (start, end))
        return first if same_year else say(language, "dates.years", start=first, end=last)
    if whole_months:
        last = _say_part(end, "month", language)
        if same_year and same_month:
            return last
        first = _say_part(start, "month_of_year" if same_year else "month", language)
        return say(language, "dates.months", start=first, end=last)
    part = "day" if not same_year else "day_of_month" if same_month else "day_of_year"
    first, last = _say_day(start, part, language), _say_day(end, "day", language)
    return say(language, "dates.days", start=first, end=last)


def _say_since(start: date, precision: str, language: str) -> str:
    if precision == "season":
        first = _say_season(start, language)
    elif precision != "day" and start.day == 1:
        first = _say_part(start, "year" if start.month == 1 else "month", language)
    else:
        return say(language, "dates.since_day", start=_say_day(start, "day", language))
    return say(language, "dates.since", start=first)


def _say_season(start: date, language: str) -> str:
    season = _SEASONS.get(start.month)
    if season is None:
        return _say_part(start, "month", language)
    year = f"{start.year}–{(start.year + 1) % 100:02}" if season == "winter" else start.year
    return say(language, "dates.season", season=say(language, f"dates.{season}"), year=year)


def _say_day(day: date, part: str, language: str) -> str:
    return _say_part(day, f"{part}_first" if day.day == 1 else part, language)


def _say_part(day: date, part: str, language: str) -> str:
    words = load_texts(language)["dates"]
    return format_date(day, words[part], locale=words["locale"])


@cache
def _list_names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    names = {row["name"]: territories[row["alpha2"]] for row in load_csv("countries.csv")}
    for row in load_csv("actors.csv") if language != _CANONICAL else ():
        plain = [name for name in map(_choose_form, row.get(language, "").split("|")) if name]
        names |= {row["name"]: plain[0]} if plain else {}
    return names


def _choose_form(alias: str) -> str:
    """The plural of an alias such as "manifestant(e)(s)"; "" where its form hangs on a noun."""
    plural = alias.replace("(s)", "s")
    if "{" in plural or (" " in plural and "(" in plural):
        return ""
    return _ENDING.sub("", plural)
