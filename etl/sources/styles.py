"""In which style a file writes its days: one that fits every row, or none."""

from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.written import quote_name, quote_text

_MOST_STRAYS = 0.05  # of the rows in another style, each of which is told as failed
PARTS = "parts"  # the style of 2014, 2014-06 and 2014-06-10: as exact as it is written


def add_days(
    engine: duckdb.DuckDBPyConnection,
    path: Path,
    columns: tuple[str, ...],
    styles: tuple[str, ...],
) -> None:
    """Make `days0`, `days1` … (written, first, last) of what these columns of `raw` hold.

    Raises TableError where a column has days in two styles, or fits two that mean different days.
    """
    for n, column in enumerate(columns):
        engine.execute(
            f"create table days{n} as select {quote_name(column)} as written, count(*) as n "
            "from raw where written is not null group by written"
        )
        style = _find_style(engine, path, column, f"days{n}", styles)
        engine.execute(
            f"create or replace table days{n} as select written, "
            f"({_parse_first(style)})::date as first, ({_parse_last(style)})::date as last "
            f"from days{n}"
        )


def _find_style(
    engine: duckdb.DuckDBPyConnection,
    path: Path,
    column: str,
    table: str,
    styles: tuple[str, ...],
) -> str:
    """The style that most rows are written in, where no other is meant as likely."""

    def count(rule: str) -> int:
        ((n,),) = engine.execute(f"select coalesce(sum(n), 0) from {table} where {rule}").fetchall()
        return int(n)

    days = {style: _parse_first(style) for style in styles}
    fits = {style: count(f"{day} is not null") for style, day in days.items()}
    best = max(fits, key=lambda one: fits[one])
    for other in [one for one, n in fits.items() if n and one != best]:
        strays = count(f"{days[best]} is null and {days[other]} is not null")
        if strays > _MOST_STRAYS * count("true"):
            raise TableError(
                f"{path}: column {column}: days in two styles ({best} and {other}): "
                "write all in one"
            )
        if fits[other] == fits[best] and count(f"{days[best]} <> {days[other]}"):
            raise TableError(
                f"{path}: column {column}: both {best} and {other} fit: say which is meant with "
                f"--days '{best}', or write days as 2024-01-25"
            )
    return best


def _parse_first(style: str) -> str:
    """The first day that `written` means in that style, nothing where it is none."""
    if style == PARTS:
        cases = zip(_CASES, ("", "-01", "-01-01"), strict=True)
        parsed = (
            f"{case} then try_strptime(trim(written) || '{rest}', '%Y-%m-%d')"
            for case, rest in cases
        )
        return f"case {' '.join(parsed)} end"
    day = f"try_strptime(trim(written), {quote_text(style)})"
    if "%Y" not in style:
        return day
    return f"case when regexp_matches(written, '[0-9]{{4}}') then {day} end"


def _parse_last(style: str) -> str:
    """The last day meant: of the month or year where no more is written."""
    day = _parse_first(style)
    if style != PARTS:
        return day
    _, month, year = _CASES
    return (
        f"case {month} then {day} + interval 1 month {year} then {day} + interval 1 year "
        f"else {day} + interval 1 day end - interval 1 day"
    )


_CASES = [
    f"when regexp_full_match(trim(written), '{form}')"
    for form in ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "[0-9]{4}")
]
