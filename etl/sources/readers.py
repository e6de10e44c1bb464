"""Read the rows of a file into a table `raw` of the engine: all cells as text, with their row."""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.descriptions import Description, load_descriptions
from etl.sources.written import quote_name, quote_text

CORRECTED = ("_row", "_why")  # columns of a side file, which come back with its rows
_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_LINE = 16_000_000  # bytes
_LONGEST_HEAD = 1 << 20  # characters


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a file, and whether its first line names them."""

    columns: tuple[str, ...]
    delimiter: str
    written: bool


def read_head(file: Path, path: Path) -> Head:
    """The columns in the first line, or those of the format that has as many and no head."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline(_LONGEST_HEAD)
        delimiter = max(_DELIMITERS, key=first.count)
        lines.seek(0)
        csv.field_size_limit(_LONGEST_HEAD)
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            raise TableError(f"{path}, line 1: no head of columns ({error})") from error
    for one in load_descriptions().values():
        if len(cells) == len(one.order) and not {*map(str.lower, cells)} & set(one.marks):
            return Head(one.order, delimiter, written=False)
    named = [one.strip() or f"column{at}" for at, one in enumerate(cells)]
    lower = [one.lower() for one in named]
    if twice := [name for name in named if lower.count(name.lower()) > 1]:
        raise TableError(f"{path}, line 1: column {twice[0]} stands twice: rename one")
    return Head(tuple(named), delimiter, written=True)


def read_rows(
    engine: duckdb.DuckDBPyConnection,
    file: Path,
    path: Path,
    head: Head,
    description: Description,
    named: dict[str, str],
) -> None:
    """Fill `raw` and `broken`; `named` are columns of theirs by our names for them.

    `raw` has the columns of the format, empty where the file has none, and the whole row as
    `record`; its `rowid` counts rows from 0. `broken` has the lines that are no rows.
    """
    quote = '"' if description.quoted else ""
    written = {one.lower(): one for one in head.columns}
    ours = {one.lower(): theirs.lower() for one, theirs in named.items()}
    read = ", ".join(f"{quote_text(one)}: 'VARCHAR'" for one in head.columns)
    columns = ", ".join(
        f"{quote_name(found) if found else 'null::text'} as {quote_name(one)}"
        for one in description.columns
        for found in [written.get(ours.get(one.lower(), one.lower() if not named else ""))]
    )
    record = ", ".join(f"{quote_text(one)}: {quote_name(one)}" for one in list_kept(head))
    try:
        engine.execute(
            f"create table raw as select {columns}, to_json({{{record}}})::text as record "
            f"from read_csv($file, header = {head.written}, auto_detect = false, "
            f"columns = {{{read}}}, delim = $delim, quote = $quote, escape = $quote, "
            f"store_rejects = true, max_line_size = {_LONGEST_LINE})",
            {"file": str(file), "delim": head.delimiter, "quote": quote},
        )
    except duckdb.Error as error:
        line = str(error).splitlines()[0][:200]
        raise TableError(f"{path}: cannot be read as rows: {line}: check the file") from error
    engine.execute(
        "create table broken as select line as _row, first(error_message) as fault, "
        "first(csv_line) as record from reject_errors group by line"
    )


def list_kept(head: Head) -> list[str]:
    """The columns of the file that are its own, and no remarks of an import before."""
    return [one for one in head.columns if one not in CORRECTED]
