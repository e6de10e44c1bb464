"""In which style a file writes its days: one that fits every row, or none."""

from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.written import quote_name

_MOST_STRAYS = 0.05  # of the rows in another style, each of which is told as failed
PARTS = "parts"  # the style of 2014, 2014-06 and 2014-06-10: as exact as it is written


def find_style(
    engine: duckdb.DuckDBPyConnection, path: Path, styles: tuple[str, ...], column: str
) -> str:
    """The style that most rows of `raw` are written in, where no other is meant as likely.

    Raises TableError where many rows have another style, or another gives them different days.
    """
    total = _count(engine, f"{quote_name(column)} is not null")
    days = {style: parse_day(column, style) for style in styles}
    fits = {style: _count(engine, f"{day} is not null") for style, day in days.items()}
    best = max(fits, key=lambda one: fits[one])
    for other in [one for one, n in fits.items() if n and one != best]:
        strays = _count(engine, f"{days[best]} is null and {days[other]} is not null")
        if strays > _MOST_STRAYS * total:
            raise TableError(
                f"{path}: column {column}: days in two styles ({best} and {other}): "
                "write all in one"
            )
        differ = f"{days[best]} <> {days[other]}"
        if fits[other] == fits[best] and _count(engine, differ):
            raise TableError(
                f"{path}: column {column}: both {best} and {other} fit: say which is meant with "
                f"--days '{best}', or write days as 2024-01-25"
            )
    return best


def _count(engine: duckdb.DuckDBPyConnection, rule: str) -> int:
    """How many rows of `raw` that rule holds of."""
    ((n,),) = engine.execute(f"select count(*) from raw where {rule}").fetchall()
    return int(n)


def parse_day(column: str, style: str) -> str:
    """The first day meant in a column of `raw` in that style, nothing where it is none."""
    name = quote_name(column)
    if style == PARTS:
        return " ".join(
            f"{case} then try_strptime(trim({name}) || '{rest}', '%Y-%m-%d')"
            for case, rest in zip(_cases(name), ("", "-01", "-01-01"), strict=True)
        ).join(("case ", " end"))
    day = f"try_strptime(trim({name}), '{style}')"
    if "%Y" not in style:
        return day
    return f"case when regexp_matches({name}, '[0-9]{{4}}') then {day} end"


def parse_last(column: str, style: str) -> str:
    """The last day meant: of the month or year where no more is written."""
    if style != PARTS:
        return parse_day(column, style)
    day, (_, month, _) = parse_day(column, style), _cases(quote_name(column))
    year = f"when length(trim({quote_name(column)})) = 4 then {day} + interval 1 year"
    ends = f"{month} then {day} + interval 1 month {year} else {day} + interval 1 day"
    return f"case {ends} end - interval 1 day"


def _cases(name: str) -> list[str]:
    forms = ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "[0-9]{4}")
    return [f"when regexp_full_match(trim({name}), '{form}')" for form in forms]
