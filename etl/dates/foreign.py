"""Find full dates in a language that has no file of rules here, by way of dateparser."""

import re
from datetime import date
from functools import cache, lru_cache

from dateparser.data.languages_info import language_order
from dateparser.date import DateDataParser

from etl.dates.spans import DateSpan
from etl.words.language import TOKEN, Rule

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = 5
_NEVER = re.compile(r"(?!)")
_RULE = Rule("dateparser", _NEVER, frozenset(), 0, {}, None, None, None, {}, ())


@cache
def list_foreign_languages() -> tuple[str, ...]:
    """The codes of the languages whose words for dates dateparser knows."""
    return tuple(sorted(code for code in language_order if len(code) == 2))


def find_foreign_spans(text: str, code: str, start: int, end: int) -> list[DateSpan]:
    """The dates with month and year in `text` from `start` to `end`, in order.

    Of up to five words that end in a year, the fewest that tell the whole date. A year alone is
    left out: without the words around it, it may be any number.
    """
    tokens = list(TOKEN.finditer(text, start, end))
    spans: list[DateSpan] = []
    for place, token in enumerate(tokens):
        if not _YEAR.fullmatch(token[0]):
            continue
        taken = spans[-1].end if spans else start
        iso = _ISO.match(text, token.start(), end)
        if iso:
            spans.append(DateSpan(iso.start(), iso.end(), _RULE, _slots(iso[0].split("-"))))
            continue
        told: tuple[tuple[str, int], ...] | None = None
        begin = token.start()
        for first in tokens[max(0, place - _WORDS + 1) : place]:
            slots = _read(text[first.start() : token.end()], code)
            if slots and first.start() >= taken and told in (None, slots):
                told, begin = slots, first.start()
        if told:
            spans.append(DateSpan(begin, token.end(), _RULE, dict(told)))
    return spans


def _slots(parts: list[str]) -> dict[str, int | str]:
    return dict(zip(("year", "month", "day"), map(int, parts), strict=True))


@lru_cache(maxsize=10_000)
def _read(words: str, code: str) -> tuple[tuple[str, int], ...] | None:
    """Year, month and, where it is given, day; None where the words are no such date."""
    if len(words) > 60:
        return None
    read = _load_parser(code).get_date_data(words)
    if read.date_obj is None or read.period not in ("day", "month"):
        return None
    day: date = read.date_obj.date()
    if f"{day.year}" not in words:
        return None
    slots = [("year", day.year), ("month", day.month)]
    return tuple([*slots, ("day", day.day)] if read.period == "day" else slots)


@cache
def _load_parser(code: str) -> DateDataParser:
    return DateDataParser(languages=[code], settings={"REQUIRE_PARTS": ["month", "year"]})
