"""Tables of any size with the columns of real ones, always the same for the same number of rows.

The shares of types, precisions and tolls are those of UCDP GED for Myanmar (7,374 events); actors
and places follow a long tail, a few with very many events, and events grow more frequent over the
years, as they do there.
"""

import sys
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet

from etl.tables.indexes import write_indexes
from etl.tables.table import INDEXED_FROM, SCHEMA_VERSION, arrow_schema
from etl.vocabulary import load_csv

FIRST, LAST = "1989-01-01", "2023-12-31"
_SEED = 0.2023
_TAIL = 2.2  # how much more frequent the first of many actors and places are
_LATE = 0.45  # below 1: more events towards the end

_EVENTS = """
with drawn as (
    select range as n, random() as a, random() as b, random() as c, random() as d, random() as e,
        random() as f, random() as g, random() as h
    from range($rows)
), dated as (
    select *, date '{first}' + cast(floor(power(a, {late}) * {days}) as int) as day,
        case when b < 0.852 then 'day' when b < 0.939 then 'week' when b < 0.985 then 'month'
            else 'year' end as precision
    from drawn
), named as (
    select *,
        case precision when 'day' then day else date_trunc(precision, day)::date end as start,
        actors[1 + cast(floor(power(c, {tail}) * len(actors)) as int)] as one,
        actors[1 + cast(floor(power(d, {tail}) * len(actors)) as int)] as other,
        places[1 + cast(floor(power(e, {tail}) * len(places)) as int)] as spot,
        case when f < 0.45 then 'battle' when f < 0.66 then 'armed_attack'
            when f < 0.78 then 'air_or_missile_strike' when f < 0.9 then 'bombing'
            when f < 0.95 then 'killing_or_assassination' else 'protest' end as type,
        case when g < 0.3 then 0 when g < 0.99 then cast(floor(1 / (1.02 - g)) as bigint)
            else null end as killed
    from dated, (select list(name order by name) as actors from actors),
        (select list({{'name': name, 'country': country, 'latitude': latitude,
            'longitude': longitude, 'precision': precision}} order by name) as places from places)
)
select
    'e' || n as event_id,
    left(one || ' and ' || other || ' in ' || spot.name, 80) as title,
    start,
    case precision when 'day' then start
        else (start + to_days(case precision when 'week' then 6 when 'month' then 27 else 364 end)
        )::date end as "end",
    precision,
    case when h < 0.02 then 'throughout' else 'within' end as extent,
    'imported' as basis,
    'happened' as status,
    'news' as role,
    type,
    case when b < 0.7 then [] else [one] end as actors,
    case when b < 0.7 then [] else [other] end as recipients,
    case when b < 0.7 then [one, other] else [] end as others,
    case when b < 0.7 then 'unknown' else 'directed' end as direction,
    spot.name as place, spot.country as country,
    spot.latitude as latitude, spot.longitude as longitude, spot.precision as place_precision,
    killed as killed_low, killed, killed as killed_high,
    null::bigint as wounded_low, null::bigint as wounded, null::bigint as wounded_high,
    null::bigint as count,
    1::bigint as sources, 'single' as agreement, 'machine' as review
from named order by start, "end", event_id
"""


def make_table(rows: int, folder: Path) -> Path:
    """A table of that many events, each with its mention, in `folder`; made once and kept."""
    if (folder / "events.parquet").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect()
    engine.execute("set threads = 1")
    engine.execute("select setseed($1)", [_SEED])
    actors = [row["name"] for row in load_csv("actors.csv") if "{" not in row["name"]]
    engine.execute("create table actors as select unnest($1) as name", [actors])
    places = [row for row in load_csv("places.csv") if row["country"]]
    engine.execute(
        "create table places (name text, country text, latitude double, "
        "longitude double, precision text)"
    )
    engine.executemany(
        "insert into places values ($1, $2, $3, $4, $5)",
        [
            [row[one] for one in ("name", "country", "latitude", "longitude")]
            + ["point" if row["precision"] == "point" else "area"]
            for row in places
        ],
    )
    days = (engine.execute(f"select date '{LAST}' - date '{FIRST}'").fetchone() or [0])[0]
    events = engine.execute(
        _EVENTS.format(first=FIRST, days=days, tail=_TAIL, late=_LATE), {"rows": rows}
    )
    _write(events.to_arrow_reader(122_880), folder, "events")
    told = f"""
        select event_id, 'synthetic' as source_id, null::text as sentence,
            null::bigint as sentence_start, null::bigint as sentence_end, null::text as date_text,
            null::bigint as date_start, null::bigint as date_end, null::date as anchor,
            'imported' as rule, start, "end", precision,
            []::struct("start" bigint, "end" bigint, kind text, name text)[] as spans,
            '{{"id": "' || event_id || '"}}' as record
        from read_parquet('{folder / "events.parquet"}')
    """
    _write(engine.execute(told).to_arrow_reader(122_880), folder, "mentions")
    source = {
        "source_id": "synthetic",
        "title": "Synthetic events",
        "file_name": "synthetic",
        "sha256": "0" * 64,
        "kind": "dataset",
    }
    part = pyarrow.Table.from_pylist([source], arrow_schema("sources"))
    _write(part.to_reader(), folder, "sources")
    if rows >= INDEXED_FROM:
        write_indexes(folder)
    return folder


def _write(reader: pyarrow.RecordBatchReader, folder: Path, name: str) -> None:
    schema = arrow_schema(name).with_metadata({"schema_version": SCHEMA_VERSION})
    with pyarrow.parquet.ParquetWriter(
        folder / f"{name}.parquet", schema, compression="zstd"
    ) as file:
        for batch in reader:
            file.write_batch(batch.cast(schema), row_group_size=122_880)


if __name__ == "__main__":
    make_table(int(sys.argv[1]), Path(sys.argv[2]))
