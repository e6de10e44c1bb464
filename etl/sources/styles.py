"""In which style a file writes its days: one that fits every row, or none."""

from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.descriptions import Description


def find_style(
    engine: duckdb.DuckDBPyConnection, path: Path, description: Description, column: str
) -> str:
    """The style that most rows of `raw` are written in, where no row fits another better.

    Raises TableError where rows have several styles, or two styles give them different days.
    """
    ((total,),) = engine.execute(f'select count("{column}") from raw').fetchall()
    fits = {style: _count(engine, column, style) for style in description.styles}
    whole = [style for style, n in fits.items() if n == total]
    mixed = [style for style, n in fits.items() if n > 0.05 * total]
    if not whole and len(mixed) > 1:
        raise TableError(
            f"{path}: column {column}: days in several styles ({', '.join(mixed)}): use one style"
        )
    style = whole[0] if whole else max(fits, key=lambda one: fits[one])
    for other in whole[1:]:
        first, second = (parse_day(column, one) for one in (style, other))
        if engine.execute(f"select 1 from raw where {first} <> {second} limit 1").fetchall():
            raise TableError(
                f"{path}: column {column}: both {style} and {other} fit: write days as 2024-01-25"
            )
    return style


def _count(engine: duckdb.DuckDBPyConnection, column: str, style: str) -> int:
    """How many rows are written in that style."""
    ((n,),) = engine.execute(
        f"select count(*) from raw where {parse_day(column, style)} is not null"
    ).fetchall()
    return int(n)


def parse_day(column: str, style: str) -> str:
    """The day in a column of `raw` in that style, nothing where it is none; years have 4 digits."""
    day = f"try_strptime(\"{column}\", '{style}')"
    if "%Y" not in style:
        return day
    return f"case when regexp_matches(\"{column}\", '[0-9]{{4}}') then {day} end"
