"""A file of others as a table of ours: read, told, compared with what was there, written."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.descriptions import Description
from etl.sources.named import FORMAT, check_named, guess_columns
from etl.sources.readers import list_kept, read_head, read_rows
from etl.sources.recognise import find_format, list_strange, recognise
from etl.sources.rows import tell_rows
from etl.sources.store import Count, keep_failures, store
from etl.sources.unpack import unpack
from etl.sources.written import quote_text
from etl.tables.join import join_tables
from etl.tables.table import holds_table, is_table, read_table, write_table


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be read, where that is not found from itself.

    `columns` are theirs by our names; `days` the style of days, as strptime writes it; `everything`
    keeps rows that the format leaves out; `add` keeps events that the file no longer has; `guess`
    takes columns of an unknown file for what they are called.
    """

    format: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    days: str | None = None
    everything: bool = False
    add: bool = False
    guess: bool = False


PLAIN = Wish()
_MEMORY = "4 GB"
Watch = Callable[[duckdb.DuckDBPyConnection], AbstractContextManager[Count]]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did.

    Rows that are events, `new`, `changed`, `gone`, `failed` with the first failures in `first`, and
    `left_out` as `without` says; `only_kept` are columns that stay in the record. Failed rows stand
    `beside` the table.
    """

    format: str
    rows: int
    new: int
    changed: int
    gone: int
    failed: int
    first: tuple[str, ...]
    left_out: int
    without: str
    only_kept: tuple[str, ...]
    table: Path
    beside: Path | None


@contextmanager
def be_quiet(engine: duckdb.DuckDBPyConnection) -> Iterator[Count]:
    """Watch nothing."""
    yield iter


def import_file(path: Path, out: Path, wish: Wish = PLAIN, watch: Watch = be_quiet) -> Import:
    """Import `path` into the table `out`, beside what other sources it holds.

    `watch` follows the engine's work, and gives what counts the batches that are written.
    """
    if path.is_dir():
        return _join(path, out)
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=out.resolve().parent) as held:
        room = Path(held)
        with duckdb.connect() as engine:  # what does not fit into memory goes into the room
            engine.execute(f"set temp_directory = {quote_text(room)}")
            engine.execute(f"set memory_limit = '{_MEMORY}'")
            with watch(engine) as count:
                return _import(engine, path, out, room, wish, count)


def _import(
    engine: duckdb.DuckDBPyConnection, path: Path, out: Path, room: Path, wish: Wish, count: Count
) -> Import:
    file = unpack(path, room)
    head = read_head(file, path)
    columns, named = list_kept(head), wish.columns
    if wish.guess and find_format(columns) is None:
        named = guess_columns(path, columns)
    check_named(path, head, named)
    description = recognise(path, columns, wish.format or (FORMAT if named else None), named)
    read_rows(engine, file, path, head, description, named)
    left_out = _leave_out(engine, description) if description.kept and not wish.everything else 0
    corrected = len(columns) < len(head.columns)
    tell_rows(engine, path, description, 2 if head.written else 1, wish.days)
    rows, failed = _count(engine, "is null"), _count(engine, "is not null")
    broken = engine.execute("select count(*) from broken").fetchall()[0][0]
    if not rows:
        raise _say_nothing(engine, path, left_out, description)
    change = store(engine, path, out, description, corrected or wish.add, count)
    first, beside = keep_failures(engine, out, columns)
    return Import(
        description.name,
        rows,
        *change,
        failed + broken,
        first,
        left_out,
        description.left_out,
        _list_only_kept(columns, description, named),
        out,
        beside,
    )


def _list_only_kept(
    columns: list[str], description: Description, named: dict[str, str]
) -> tuple[str, ...]:
    """The columns that become nothing of ours, and nobody has said so."""
    if named:
        told = {one.lower() for one in named.values()}
        return tuple(one for one in columns if one.lower() not in told)
    return tuple(list_strange(columns, description))


def _leave_out(engine: duckdb.DuckDBPyConnection, description: Description) -> int:
    """Take the rows out that the format keeps no events in; how many they were."""
    rule = f"not coalesce({description.kept}, false)"
    return int(engine.execute(f"delete from raw where {rule}").fetchall()[0][0])


def _say_nothing(
    engine: duckdb.DuckDBPyConnection, path: Path, left_out: int, description: Description
) -> TableError:
    if left_out:
        return TableError(
            f"{path}: none of {left_out} rows is kept: all are such {description.left_out}: "
            "to keep them, add --all"
        )
    bad = engine.execute(
        "select _row, wrong from told union all select * exclude (record) from broken "
        "order by 1 limit 1"
    ).fetchone()
    why = f"row {bad[0]}: {bad[1]}" if bad else "it has no rows"
    return TableError(f"{path}: no row can be imported ({why}): check the file and its format")


def _count(engine: duckdb.DuckDBPyConnection, wrong: str) -> int:
    ((n,),) = engine.execute(f"select count(*) from told where wrong {wrong}").fetchall()
    return int(n)


def _join(path: Path, out: Path) -> Import:
    """Add another table of ours; a source that both hold is as the new one has it."""
    if not (is_table(path) and holds_table(path)):
        raise TableError(f"{path}: a folder that is no table: name a file, or a table")
    new = read_table(path)
    old = [read_table(out)] if holds_table(out) else []
    known = {name for one in old for name in one.events.event_id}
    joined = join_tables([new, *old])
    write_table(joined, out)
    held, given = {*joined.events.event_id}, {*new.events.event_id}
    return Import(
        "table", len(given), len(given - known), len(given & known), len(known - held), 0, (), 0,
        "", (), out, None,
    )  # fmt: skip
