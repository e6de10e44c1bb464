"""Find the day of publication that a report gives of itself, in its first lines."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from etl.dates.context import Context
from etl.dates.ranges import resolve
from etl.dates.spans import DateSpan, find_date_spans
from etl.vocabulary import load_toml
from etl.words.language import load_language
from etl.words.letters import level_text

_LINES = 8
_LONGEST = 160  # characters of the part of a line that is looked at
_LONGEST_LINE = 60  # of one that is nothing but a place and a day
_DASH = re.compile(r"\s*(?:\([^()]{1,40}\))?\s*(?:\.?\s?[-–—]|:)")
_PLACE = re.compile(r"[^\W\d_][\w .'’-]{1,40}")


def find_published(text: str, language: str, begin: int = 0) -> date | None:
    """The day in the dateline of a wire story, behind "Published", or on a line of its own.

    A day without its year is not believed.
    """
    for written in _first_lines(text, begin):
        line = level_text(written, language)
        for span in find_date_spans(line, load_language(language)):
            day = _read_day(span)
            if day and _is_dateline(line, span, language):
                return day
    return None


def _first_lines(text: str, begin: int) -> Iterator[str]:
    lines = text[begin : begin + _LINES * 1000].split("\n")
    filled = [line.strip(" \t*_#>|") for line in lines if line.strip()]
    return (line[:_LONGEST] for line in filled[:_LINES])


def _read_day(span: DateSpan) -> date | None:
    if not {"day", "year"} <= set(span.slots) and not {"day", "short_year"} <= set(span.slots):
        return None
    reading = resolve(span.slots, Context(None))
    period = reading.period if reading else None
    return period.start if period and period.precision == "day" else None


def _is_dateline(line: str, span: DateSpan, language: str) -> bool:
    before, after = line[: span.start], line[span.end :]
    if _load_labels(language).fullmatch(before.strip(" :,–—-")):
        return True
    if not after.strip(" .,:;)") and len(line) <= _LONGEST_LINE:
        return not before.strip() or bool(_load_opening(language).fullmatch(before))
    opens = _load_opening(language).fullmatch(before)
    named = opens and (opens["agency"] or line[:3].isupper() or _load_agency(language).match(after))
    return bool(named and _DASH.match(after))


@cache
def _load_labels(language: str) -> re.Pattern[str]:
    labels = load_toml("datelines.toml")["labels"].get(language, [])
    labels = [level_text(label, language).strip() for label in labels]
    return re.compile("|".join(map(re.escape, labels)) or r"(?!)", re.IGNORECASE)


@cache
def _load_agency(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s*\(({_list_agencies(language)})\)")


@cache
def _load_opening(language: str) -> re.Pattern[str]:
    """What stands before the day of a wire story: a place, an agency, an article."""
    articles = "|".join(["le", "el", "am", "den", "em", "a", "on"])
    agency = rf"(?:\s*[(/]\s?(?P<agency>{_list_agencies(language)})\s?[)/])?"
    return re.compile(rf"{_PLACE.pattern}{agency}\s*[,–—-]?\s*(?:(?:{articles})\s)?")


@cache
def _list_agencies(language: str) -> str:
    agencies = load_toml("datelines.toml")["agencies"]
    return "|".join(re.escape(level_text(agency, language)) for agency in agencies)
