"""The table: a folder of three Parquet files, checked at each read and write.

Contract between etl and dashboard. `events` has one row a happening and is sorted by `start`;
`mentions` one row a sentence that tells of it (`event_id` null: told without a day that can be
known); `sources` one row a report or data set. Days are dates, both ends included. `end` null
means still going on with no last day known; an event told as lasting since X ends on the day of
publication, with basis `reported_since`.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.parquet

from etl.model import Basis, Extent, Precision, Role, Status, TableError
from etl.tables.indexes import INDEXES, write_indexes
from etl.vocabulary import load_toml

SCHEMA_VERSION = "1"
INDEXED_FROM = 50_000  # events; of fewer, a page finds everything without indexes

_TEXT = pd.ArrowDtype(pyarrow.string())
_TEXTS = pd.ArrowDtype(pyarrow.list_(pyarrow.string()))
_DAY = pd.ArrowDtype(pyarrow.date32())
_WHOLE = pd.ArrowDtype(pyarrow.int64())
_DEGREES = pd.ArrowDtype(pyarrow.float64())
_SPANS = pd.ArrowDtype(
    pyarrow.list_(
        pyarrow.struct(
            [
                ("start", pyarrow.int64()),
                ("end", pyarrow.int64()),
                ("kind", pyarrow.string()),
                ("name", pyarrow.string()),
            ]
        )
    )
)
_AGREEMENTS = ("single", "agree", "differ_date", "differ_actor", "differ_toll", "contested")


def _one_of(words: tuple[str, ...], nullable: bool = False) -> pa.Column:
    return pa.Column(
        _TEXT, pa.Check.isin(words, error=f"not one of {', '.join(words)}"), nullable=nullable
    )


def _optional(kind: Any, low: float | None = None, high: float | None = None) -> pa.Column:
    checks = [] if low is None else [pa.Check.in_range(low, high or float("inf"))]
    return pa.Column(kind, checks, nullable=True)


def _ends_after_start() -> pa.Check:
    return pa.Check(
        lambda frame: (
            frame["end"].isna() | frame["start"].isna() | (frame["start"] <= frame["end"])
        ),
        error="start is after end",
    )


def _sorted_by_start() -> pa.Check:
    return pa.Check(lambda frame: frame["start"].is_monotonic_increasing, error="start: not sorted")


EVENTS = pa.DataFrameSchema(
    {
        "event_id": pa.Column(_TEXT, unique=True),
        "title": pa.Column(_TEXT, pa.Check.str_length(1, 80)),
        "start": pa.Column(_DAY),
        "end": _optional(_DAY),
        "precision": _one_of(get_args(Precision)),
        "extent": _one_of(get_args(Extent)),
        "basis": _one_of(get_args(Basis)),
        "status": _one_of(get_args(Status)),
        "role": _one_of(get_args(Role)),
        "type": _one_of(tuple(load_toml("event_types.toml"))),
        "actors": pa.Column(_TEXTS),
        "recipients": pa.Column(_TEXTS),
        "others": pa.Column(_TEXTS),
        "direction": _one_of(("directed", "mutual", "unknown")),
        "place": _optional(_TEXT),
        "country": _optional(_TEXT),
        "latitude": _optional(_DEGREES, -90, 90),
        "longitude": _optional(_DEGREES, -180, 180),
        "place_precision": _one_of(("point", "area", "country"), nullable=True),
        "killed_low": _optional(_WHOLE, 0),
        "killed": _optional(_WHOLE, 0),
        "killed_high": _optional(_WHOLE, 0),
        "wounded_low": _optional(_WHOLE, 0),
        "wounded": _optional(_WHOLE, 0),
        "wounded_high": _optional(_WHOLE, 0),
        "count": _optional(_WHOLE, 1),
        "sources": pa.Column(_WHOLE, pa.Check.ge(1)),
        "agreement": _one_of(_AGREEMENTS),
        "review": _one_of(("machine", "accepted", "edited", "rejected")),
    },
    checks=[_ends_after_start(), _sorted_by_start()],
    strict=True,
)
MENTIONS = pa.DataFrameSchema(
    {
        "event_id": _optional(_TEXT),
        "source_id": pa.Column(_TEXT),
        "sentence": _optional(_TEXT),
        "sentence_start": _optional(_WHOLE, 0),
        "sentence_end": _optional(_WHOLE, 0),
        "date_text": _optional(_TEXT),
        "date_start": _optional(_WHOLE, 0),
        "date_end": _optional(_WHOLE, 0),
        "anchor": _optional(_DAY),
        "rule": _optional(_TEXT),
        "start": _optional(_DAY),
        "end": _optional(_DAY),
        "precision": _one_of(get_args(Precision), nullable=True),
        "spans": pa.Column(_SPANS),
        "record": _optional(_TEXT),
    },
    checks=[_ends_after_start()],
    strict=True,
)
SOURCES = pa.DataFrameSchema(
    {
        "source_id": pa.Column(_TEXT, unique=True),
        "title": pa.Column(_TEXT),
        "publisher": _optional(_TEXT),
        "language": _optional(_TEXT),
        "published": _optional(_DAY),
        "published_from": _optional(_TEXT),
        "url": _optional(_TEXT),
        "licence": _optional(_TEXT),
        "file_name": pa.Column(_TEXT),
        "sha256": pa.Column(_TEXT),
        "kind": _one_of(("report", "dataset")),
        "text": _optional(_TEXT),
        "version": _optional(_TEXT),
    },
    strict=True,
)
PARTS = {"events": EVENTS, "mentions": MENTIONS, "sources": SOURCES}


@dataclass(frozen=True)
class Table:
    """The three parts of a table, as data frames with the columns of `PARTS`."""

    events: pd.DataFrame
    mentions: pd.DataFrame
    sources: pd.DataFrame


def make_table(
    events: list[dict[str, Any]], mentions: list[dict[str, Any]], sources: list[dict[str, Any]]
) -> Table:
    """The table of these rows, events sorted; a column that a row does not name is null in it.

    The columns have the types of the contract; the rest is checked where the table is written.
    """
    frames = {}
    for name, rows in (("events", events), ("mentions", mentions), ("sources", sources)):
        columns = {
            column: pyarrow.array([row.get(column) for row in rows], _arrow_type(definition))
            for column, definition in PARTS[name].columns.items()
        }
        part = pyarrow.table(columns)
        if name == "events":
            part = part.sort_by([(key, "ascending") for key in ("start", "end", "event_id")])
        frames[name] = part.to_pandas(types_mapper=pd.ArrowDtype)
    return Table(**frames)


def _arrow_type(column: pa.Column) -> pyarrow.DataType:
    return column.dtype.type.pyarrow_dtype


def arrow_schema(name: str) -> pyarrow.Schema:
    """The columns of a part, with the types that they have on disk."""
    return pyarrow.schema(
        [(column, _arrow_type(definition)) for column, definition in PARTS[name].columns.items()]
    )


def check_table(table: Table, where: str = "table") -> Table:
    """Give back `table` if it keeps the contract; else raise TableError with the first bad row."""
    for name, schema in PARTS.items():
        file = f"{where}/{name}.parquet" if where != "table" else name
        try:
            schema.validate(getattr(table, name), lazy=True)
        except pa.errors.SchemaErrors as errors:
            raise TableError(
                f"{file}: {_first_failure(errors.failure_cases)}: "
                "write the table again with `conflict-timeline extract`"
            ) from errors
    for column, owner in (("event_id", table.events), ("source_id", table.sources)):
        named = table.mentions[column].dropna()
        stray = named[~named.isin(owner[column])]
        if len(stray):
            raise TableError(
                f"{where}: mentions, column {column}, row {int(stray.index[0]) + 1}: "
                f"{stray.iloc[0]!r} is in no other part: write the table again"
            )
    return table


def _first_failure(cases: pd.DataFrame) -> str:
    """Column, row and broken rule of the first failure; one of a column before one of a row."""
    columns = cases[cases["schema_context"] == "Column"]
    first = (columns if len(columns) else cases).iloc[0]
    where = f"column {first['column']}" if len(columns) else "columns start and end"
    if first["check"] == "column_in_dataframe":
        where = f"column {first['failure_case']}"
    row = "" if pd.isna(first["index"]) else f", row {int(first['index']) + 1}"
    return f"{where}{row}: {first['check']} ({first['failure_case']!r})"


def write_table(table: Table, folder: Path) -> Path:
    """Check `table` and write it to `folder`, whole or not at all. The folder comes back."""
    check_table(table)
    stamp = {"schema_version": SCHEMA_VERSION, "program_version": version("conflict-timeline")}

    def write(new: Path) -> None:
        for name in PARTS:
            rows = pyarrow.Table.from_pandas(getattr(table, name), preserve_index=False)
            pyarrow.parquet.write_table(
                rows.replace_schema_metadata(stamp), new / f"{name}.parquet", compression="zstd"
            )

    return replace_table(folder, write)


def replace_table(folder: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a folder with the parts, and put it in the place of `folder` when done."""
    if folder.exists() and not is_table(folder):
        raise TableError(
            f"{folder}: exists and is no table, so it is left alone: name another place"
        )
    try:
        return _replace(folder, write)
    except OSError as error:
        raise TableError(f"{folder}: {error.strerror}: name a place that can be written") from error


def _replace(folder: Path, write: Callable[[Path], None]) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = _sibling(folder, f"new-{os.getpid()}"), _sibling(folder, "old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    write(new)
    events = pyarrow.parquet.ParquetFile(new / "events.parquet").metadata.num_rows
    if events >= INDEXED_FROM:
        write_indexes(new)
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def read_table(folder: Path) -> Table:
    """Read and check the table in `folder`."""
    folder = find_table(folder)
    return check_table(
        Table(**{name: _read_part(folder / f"{name}.parquet") for name in PARTS}), str(folder)
    )


def check_parts(folder: Path) -> int:
    """How many events the table in `folder` has, its files and their columns being as they should.

    The rows are not read: they were checked when they were written.
    """
    for name in PARTS:
        found = _open_part(folder / f"{name}.parquet").schema_arrow
        for column in arrow_schema(name):
            if column not in found:
                raise TableError(
                    f"{folder}/{name}.parquet: column {column.name}: missing or of another type: "
                    "write the table again with `conflict-timeline extract`"
                )
    rows: int = _open_part(folder / "events.parquet").metadata.num_rows
    return rows


def is_table(folder: Path) -> bool:
    """Whether `folder` is a folder that holds the parts and indexes of a table, or is empty."""
    return folder.is_dir() and {path.name for path in folder.iterdir()} <= {
        f"{name}.parquet" for name in (*PARTS, *INDEXES)
    }


def holds_table(folder: Path) -> bool:
    """Whether there is something to read at `folder`, or beside it if a write was cut off."""
    place = folder if folder.exists() else _sibling(folder, "old")
    return place.is_file() or (place.is_dir() and any(place.iterdir()))


def find_table(folder: Path) -> Path:
    """Where the table of that name stands: there, or beside it if a write was cut off."""
    if not folder.exists():
        old = _sibling(folder, "old")
        if old.is_dir():
            return old
        raise TableError(
            f"{folder}: no such table: make one with "
            f"`conflict-timeline extract REPORT --out {folder}`"
        )
    if not folder.is_dir():
        raise TableError(f"{folder}: is a file; a table is a folder of three Parquet files")
    return folder


def _sibling(folder: Path, suffix: str) -> Path:
    return folder.resolve().parent / f".{folder.resolve().name}.{suffix}"


def _read_part(file: Path) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = _open_part(file).read().to_pandas(types_mapper=pd.ArrowDtype)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise _not_whole(file) from error
    return frame


def _not_whole(file: Path) -> TableError:
    return TableError(f"{file}: not a whole Parquet file (truncated?): write the table again")


def _open_part(file: Path) -> pyarrow.parquet.ParquetFile:
    if not file.is_file():
        raise TableError(f"{file}: missing: write the table again, or name another folder")
    try:
        part = pyarrow.parquet.ParquetFile(file)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise _not_whole(file) from error
    found = (part.schema_arrow.metadata or {}).get(b"schema_version", b"none").decode()
    if found != SCHEMA_VERSION:
        raise TableError(
            f"{file}: schema version {found}, this program reads {SCHEMA_VERSION}: "
            "write the table again from its reports"
        )
    return part
