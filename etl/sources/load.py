"""A file of others as a table of ours: read, told, compared with what was there, written."""

import hashlib
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.parquet

from etl.model import TableError
from etl.sources.descriptions import Description
from etl.sources.readers import read_file
from etl.sources.recognise import recognise
from etl.sources.rows import tell_rows
from etl.tables.table import (
    PARTS,
    SCHEMA_VERSION,
    arrow_schema,
    find_table,
    holds_table,
    replace_table,
)

_BATCH = 122_880
_SHOWN = 10
_MENTIONS = """
    select event_id, '{source}' as source_id, sentence, null::bigint as sentence_start,
        null::bigint as sentence_end, null::text as date_text, null::bigint as date_start,
        null::bigint as date_end, null::date as anchor, 'imported' as rule, start, "end",
        precision, []::struct("start" bigint, "end" bigint, kind text, name text)[] as spans, record
    from told where wrong is null
"""
_EVENTS = """
    select event_id,
        left(coalesce(nullif(concat_ws(', ', nullif(array_to_string(list_concat(
            list_concat(actors, recipients), others)[:3], ' – '), ''), place), ''), event_id), 80)
            as title,
        start, "end", precision, extent, 'imported' as basis, 'happened' as status,
        'news' as role, type, actors, recipients, others, direction, place, country,
        latitude, longitude, place_precision, killed_low, killed, killed_high,
        wounded_low, wounded, wounded_high, null::bigint as count, sources,
        'single' as agreement, 'machine' as review
    from told where wrong is null
"""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: the format, rows new, changed, gone and failed, the first failures."""

    format: str
    rows: int
    new: int
    changed: int
    gone: int
    failed: int
    first: tuple[str, ...]
    table: Path
    beside: Path | None


def import_file(path: Path, out: Path, name: str | None = None) -> Import:
    """Import `path` into the table `out`, beside what other sources it holds."""
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=out.resolve().parent) as held:
        room = Path(held)
        with duckdb.connect(room / "rows.duckdb") as engine:
            engine.execute("set preserve_insertion_order = true")
            columns = read_file(engine, path, room)
            description = recognise(path, columns, name)
            engine.execute("create table held as select unnest($1::text[]) as name", [columns])
            tell_rows(engine, path, description)
            return _store(engine, path, out, description)


def _store(
    engine: duckdb.DuckDBPyConnection, path: Path, out: Path, description: Description
) -> Import:
    rows = _count(engine, "from told where wrong is null")
    failures = engine.sql(
        "select _row, wrong, record from told where wrong is not null "
        "union all select * from broken order by 1"
    ).to_arrow_table()
    if not rows:
        why = failures["wrong"][0].as_py() if failures.num_rows else "it has no rows"
        raise TableError(f"{path}: no row can be imported ({why}): check the file and its format")
    engine.execute(f"create view events as {_EVENTS}")
    engine.execute(f"create view mentions as {_MENTIONS.format(source=description.name)}")
    new, changed, gone = rows, 0, 0
    parts = {one: f"select * from {one}" for one in ("events", "mentions")}
    sources = [_describe(path, description)]
    if holds_table(out):
        old = find_table(out)
        for one in PARTS:
            file = _quote(old / f"{one}.parquet")
            engine.execute(f"create view old_{one} as select * from read_parquet('{file}')")
        before = f"from old_mentions o where source_id = '{description.name}'"
        gone = _count(engine, f"{before} and event_id not in (select event_id from mentions)")
        changed = _count(
            engine,
            f"from old_mentions o join mentions m using (event_id) "
            f"where o.source_id = '{description.name}' and o.record is distinct from m.record",
        )
        new = _count(engine, f"from mentions where event_id not in (select event_id {before})")
        ours = f"(select event_id {before})"
        parts["events"] += f" union all by name from old_events where event_id not in {ours}"
        parts["mentions"] += (
            f" union all by name from old_mentions where source_id <> '{description.name}'"
        )
        kept = engine.sql(
            f"select * from old_sources where source_id <> '{description.name}'"
        ).to_arrow_table()
        sources += kept.to_pylist()

    def write(folder: Path) -> None:
        _write(engine, f'{parts["events"]} order by start, "end", event_id', folder, "events")
        _write(engine, f"{parts['mentions']} order by start, event_id", folder, "mentions")
        part = pyarrow.Table.from_pylist(sources, arrow_schema("sources"))
        pyarrow.parquet.write_table(
            part.replace_schema_metadata(_stamp()), folder / "sources.parquet"
        )

    replace_table(out, write)
    lines = [f"row {one['_row']}: {one['wrong']}" for one in failures.slice(0, _SHOWN).to_pylist()]
    beside = out.resolve().parent / f"{out.name}.failed.csv" if failures.num_rows else None
    if beside:
        engine.register("failures", failures)
        engine.execute(f"copy failures to '{_quote(beside)}' (header)")
    return Import(
        description.name, rows, new, changed, gone, failures.num_rows, tuple(lines), out, beside
    )


def _write(engine: duckdb.DuckDBPyConnection, rows: str, folder: Path, name: str) -> None:
    schema = arrow_schema(name).with_metadata(_stamp())
    reader = engine.sql(rows).to_arrow_reader(_BATCH)
    file = folder / f"{name}.parquet"
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as parquet:
        for batch in reader:
            ordered = batch.select(schema.names)
            parquet.write_batch(ordered.cast(schema), row_group_size=_BATCH)


def _stamp() -> dict[str, str]:
    return {"schema_version": SCHEMA_VERSION, "program_version": version("conflict-timeline")}


def _describe(path: Path, description: Description) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "source_id": description.name,
        "title": description.title,
        "publisher": description.publisher or None,
        "url": description.url or None,
        "licence": description.licence or None,
        "file_name": path.name,
        "sha256": digest,
        "kind": "dataset",
        "version": version("conflict-timeline"),
    }


def _count(engine: duckdb.DuckDBPyConnection, rows: str) -> int:
    ((n,),) = engine.execute(f"select count(*) {rows}").fetchall()
    return int(n)


def _quote(path: Path) -> str:
    return str(path).replace("'", "''")
