"""Read the rows of a file into a table `raw` of the engine: all cells as text, with their row."""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.descriptions import Description, load_descriptions
from etl.sources.written import quote_name, quote_text

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

    `raw` has each row's number in the file as `_row`, and `broken` the lines that are no rows. A
    column of theirs that has one of our names, but is not the one so named, is `name (theirs)`.
    """
    quote = '"' if description.quoted else ""
    read = rename(head, named)
    columns = ", ".join(f"{quote_text(one)}: 'VARCHAR'" for one in read.values())
    added = "".join(
        f", {quote_name(read[theirs])} as {quote_name(ours)}"
        for ours, theirs in _match_case(head, named).items()
        if read[theirs] != ours
    )
    try:
        engine.execute(
            f"create table raw as select row_number() over () + {int(head.written)} as _row, *"
            f"{added} from read_csv($file, header = {head.written}, auto_detect = false, "
            f"columns = {{{columns}}}, delim = $delim, quote = $quote, escape = $quote, "
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


def add_lacking(engine: duckdb.DuckDBPyConnection, description: Description) -> None:
    """Give `raw` the columns of the format that the file does not have, empty."""
    have = {str(name).lower() for name, *_ in engine.execute("describe raw").fetchall()}
    for column in description.columns:
        if column.lower() not in have:
            engine.execute(f"alter table raw add column {quote_name(column)} text")


def rename(head: Head, named: dict[str, str]) -> dict[str, str]:
    """The columns of the file, and what `raw` calls each."""
    named = _match_case(head, named)
    other = {ours.lower() for ours, theirs in named.items() if ours != theirs}
    return {one: f"{one} (theirs)" if one.lower() in other else one for one in head.columns}


def _match_case(head: Head, named: dict[str, str]) -> dict[str, str]:
    written = {one.lower(): one for one in head.columns}
    return {ours: written[theirs.lower()] for ours, theirs in named.items()}
