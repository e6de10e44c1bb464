"""Events as rows of text: the CSV of a view, with each date also in EDTF (ISO 8601-2)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}  # by their first month; winter is of the year it begins
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def write_edtf(row: dict[str, Any]) -> str:
    """The days of an event in EDTF: "2003", "2020-01", "2023-22" for a summer, "201X" a decade.

    What lasted is an interval, "2003/2011" or "2023-10-07/.." where no end is known, also where it
    was still so when it was reported. What happened some time within is one of a set,
    "[2024-01-15..2024-01-21]" (level 2).
    """
    start, end, precision = row["start"], row["end"], row["precision"]
    lasts, part = row["extent"] == "throughout", _write_part(start, precision)
    if end is None or (lasts and row["basis"] == "reported_since"):
        return f"{part or start}/.." if lasts else f"[{part or start}..]"
    if part or start == end:
        return part or f"{start}"
    first, last = _round(start, end)
    return f"{first}/{last}" if lasts else f"[{first}..{last}]"


def _round(start: date, end: date) -> tuple[str, str]:
    """Both days, or the years or months that they enclose wholly."""
    after = end + timedelta(days=1)
    kept = 10 if (start.day, after.day) != (1, 1) else 4 if start.month == after.month == 1 else 7
    return start.isoformat()[:kept], end.isoformat()[:kept]


def write_csv(events: pd.DataFrame) -> str:
    """The events as CSV: lists joined by "; ", days in ISO, and a last column `edtf`."""
    rows = [
        [*row.values(), write_edtf({str(name): value for name, value in row.items()})]
        for row in events.to_dict("records")
    ]
    return write_table([*events.columns, "edtf"], rows)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV in which no cell can run as a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_write_cell(cell) for cell in row] for row in rows)
    return lines.getvalue()


def _write_part(start: date, precision: str) -> str:
    if precision == "year":
        return f"{start.year:04}"
    if precision == "decade":
        return f"{start.year // 10:03}X"
    if precision == "month":
        return f"{start.year:04}-{start.month:02}"
    if precision == "season" and start.month in _SEASONS:
        return f"{start.year:04}-{_SEASONS[start.month]}"
    return ""


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_DANGEROUS) and not _is_number(value) else value
    return str(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
