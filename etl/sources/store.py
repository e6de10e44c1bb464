"""What was told, compared with what the table held of the same source, and written."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.parquet

from etl.sources.descriptions import Description
from etl.sources.written import quote_name, quote_text
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
    select event_id, {source} as source_id, sentence, null::bigint as sentence_start,
        null::bigint as sentence_end, left(nullif(date_text, ''), 80) as date_text,
        null::bigint as date_start, null::bigint as date_end, null::date as anchor,
        'imported' as rule, start, "end", precision,
        []::struct("start" bigint, "end" bigint, kind text, name text)[] as spans, record
    from told where wrong is null
"""
_EVENTS = """
    select event_id,
        left(coalesce(nullif(trim(title), ''), nullif(concat_ws(', ', nullif(array_to_string(
            list_concat(list_concat(actors, recipients), others)[:3], ' – '), ''), place), ''),
            event_id), 80) as title,
        start, "end", precision, extent, basis, status, role, type, actors, recipients, others,
        direction, place, country, latitude, longitude, place_precision,
        killed_low, killed, killed_high, wounded_low, wounded, wounded_high, count, sources,
        'single' as agreement, 'machine' as review
    from told where wrong is null
"""

Batches = Iterable[pyarrow.RecordBatch]
Count = Callable[[Batches], Iterator[pyarrow.RecordBatch]]


def store(
    engine: duckdb.DuckDBPyConnection,
    path: Path,
    out: Path,
    description: Description,
    add: bool,
    count: Count,
) -> tuple[int, int, int]:
    """Write what was told into the table `out`; how many events are new, changed and gone.

    A file that shares no event with what the table holds of its source is another part of it, so
    that nothing is gone; nor is it where `add` is true.
    """
    source = quote_text(description.name_source(path))
    engine.execute(f"create view events as {_EVENTS}")
    engine.execute(f"create view mentions as {_MENTIONS.format(source=source)}")
    parts = {one: f"select * from {one}" for one in ("events", "mentions")}
    sources = [_describe(path, description)]
    ((new,),) = engine.execute("select count(*) from events").fetchall()
    changed = gone = 0
    if holds_table(out):
        old = find_table(out)
        for one in PARTS:
            file = quote_text(old / f"{one}.parquet")
            engine.execute(f"create view old_{one} as select * from read_parquet({file})")
        engine.execute(
            f"create table before as select event_id, record from old_mentions "
            f"where source_id = {source}"
        )
        ((both, changed, all_old),) = engine.execute(
            "select count(m.event_id), count(*) filter (m.event_id is not null and "
            "before.record is distinct from m.record), count(*) "
            "from before left join mentions m using (event_id)"
        ).fetchall()
        new -= both
        stays = add or not both
        gone = 0 if stays else all_old - both
        replaced = "select event_id from " + ("mentions" if stays else "before")
        for one in parts:
            ours = f"event_id in ({replaced})"
            if one == "mentions":
                ours = f"source_id = {source} and coalesce({ours}, false)"
            parts[one] += f" union all by name from old_{one} where not ({ours})"
        held = engine.sql("from old_sources").to_arrow_table().to_pylist()
        sources = _add_source(sources[0], held, stays)

    def write(folder: Path) -> None:
        ordered = f'{parts["events"]} order by start, "end", event_id'
        with ThreadPoolExecutor() as two:
            works = [
                two.submit(_write, engine, ordered, folder, "events", count),
                two.submit(_write, engine, parts["mentions"], folder, "mentions", iter),
            ]
            for work in works:
                work.result()
        part = pyarrow.Table.from_pylist(sources, arrow_schema("sources"))
        pyarrow.parquet.write_table(
            part.replace_schema_metadata(_stamp()), folder / "sources.parquet"
        )

    replace_table(out, write)
    return new, changed, gone


def keep_failures(
    engine: duckdb.DuckDBPyConnection, out: Path, columns: list[str]
) -> tuple[tuple[str, ...], Path | None]:
    """Write the rows that failed beside the table, as they came, with row and reason in front.

    The first of them in words, and the file, which can be corrected and imported again.
    """
    pointers = ["/" + one.replace("~", "~0").replace("/", "~1") for one in columns]
    cells = ", ".join(
        f"json_extract_string(record, {quote_text(pointer)}) as {quote_name(one)}"
        for one, pointer in zip(columns, pointers, strict=True)
    )
    engine.execute(
        f"create view failures as select * from (select _row, wrong as _why, {cells} "
        "from told where wrong is not null union all by name "
        "select _row, fault || ': ' || record as _why from broken) order by _row"
    )
    first = engine.execute(f"select _row, left(_why, 300) from failures limit {_SHOWN}").fetchall()
    if not first:
        return (), None
    beside = out.resolve().parent / f"{out.name}.failed.csv"
    engine.execute(f"copy failures to {quote_text(beside)} (header)")
    return tuple(f"row {row}: {' '.join(why.split())}" for row, why in first), beside


def _write(
    engine: duckdb.DuckDBPyConnection, rows: str, folder: Path, name: str, count: Count
) -> None:
    """Write the rows as a part of the table, by a cursor of its own."""
    schema = arrow_schema(name).with_metadata(_stamp())
    file = folder / f"{name}.parquet"
    with (
        engine.cursor() as cursor,
        pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as parquet,
    ):
        for batch in count(cursor.sql(rows).to_arrow_reader(_BATCH)):
            parquet.write_batch(batch.select(schema.names).cast(schema), row_group_size=_BATCH)


def _stamp() -> dict[str, str]:
    return {"schema_version": SCHEMA_VERSION, "program_version": version("conflict-timeline")}


def _describe(path: Path, description: Description) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "source_id": description.name_source(path),
        "title": path.stem if description.own else description.title,
        "publisher": None if description.own else description.publisher or None,
        "url": None if description.own else description.url or None,
        "licence": None if description.own else description.licence or None,
        "file_name": path.name,
        "sha256": digest,
        "kind": "dataset",
        "version": version("conflict-timeline"),
    }


def _add_source(
    new: dict[str, Any], held: list[dict[str, Any]], stays: bool
) -> list[dict[str, Any]]:
    """The sources of the table, the new one in the place of its like, and named with its files."""
    name, others = new["source_id"], [one for one in held if one["source_id"] != new["source_id"]]
    files = [one["file_name"] for one in held if one["source_id"] == name] if stays else []
    listed = dict.fromkeys(part for one in [*files, new["file_name"]] for part in one.split("; "))
    return [new | {"file_name": "; ".join(listed)}, *others]
