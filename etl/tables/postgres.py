"""A table in PostgreSQL: its parts and indexes as the tables of a schema of their own.

Words sort by their letters' codes there as here (`COLLATE "C"`), so that lists come in one order.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import ibis
import pyarrow

from etl.model import TableError
from etl.tables.table import SCHEMA_VERSION

SCHEMA = "conflict_timeline"  # unless the address names one
STAMP = f"conflict-timeline, schema version {SCHEMA_VERSION}"
KEYS = {
    "events": (("start", "end", "event_id"), ("event_id",)),
    "mentions": (("event_id",), ("source_id",)),
    "sources": (("source_id",),),
    "by_actor": (("actor", "start", "end", "event_id"),),
    "cube": (("actor", "start"),),
    "texts": (("event_id",),),
}  # the parts and indexes there, and the columns by which rows are found
_TYPES = {
    "string": 'text COLLATE "C"',
    "list<string>": 'text[] COLLATE "C"',
    "date32[day]": "date",
    "int64": "bigint",
    "double": "double precision",
    "bool": "boolean",
}  # all else is JSON there
_MANY = 10_000  # rows of a part held at once


def open_postgres(url: str) -> dict[str, Any]:
    """The parts and indexes of the table at `url` as Ibis tables. Raises TableError.

    `url` is `postgres://user@host:port/database`, with `/schema` behind it where that is not
    `conflict_timeline`.
    """
    connection, schema = _connect(url)
    if _read_stamp(connection, schema) != STAMP:
        raise TableError(
            f"schema {schema}: holds no table of this version: fill it with "
            "`conflict-timeline load TABLE --engine URL`"
        )
    engine = ibis.postgres.from_connection(connection)
    return {name: engine.table(name, database=schema) for name in KEYS}


def load_postgres(parts: dict[str, Any], url: str) -> int:
    """Write parts and indexes to PostgreSQL, whole or not at all; the number of rows comes back.

    A table that was loaded before is replaced; a schema that holds anything else is left alone.
    """
    connection, schema = _connect(url)
    found = _read_stamp(connection, schema)
    if found is not None and not found.startswith("conflict-timeline,"):
        raise TableError(
            f"schema {schema}: exists and is no table, so it is left alone: name another place"
        )
    from psycopg import sql

    name = sql.Identifier(schema)
    rows = 0
    with connection.transaction():
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, STAMP))
        for part, keys in KEYS.items():
            rows += _copy(connection, sql.Identifier(schema, part), parts[part])
            for key in keys:
                columns = sql.SQL(", ").join(map(sql.Identifier, key))
                connection.execute(
                    sql.SQL("CREATE INDEX ON {} ({})").format(sql.Identifier(schema, part), columns)
                )
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(schema, part)))
    connection.close()
    return rows


def _connect(url: str) -> tuple[Any, str]:
    """A connection, and the schema that the address names."""
    try:
        import psycopg
    except ImportError as error:
        raise TableError(
            "PostgreSQL is an extra: pip install 'conflict-timeline[postgres]'"
        ) from error
    address = urlsplit(url)
    database, _, schema = address.path.strip("/").partition("/")
    try:
        plain = address._replace(path=f"/{database}").geturl()
        return psycopg.connect(plain, autocommit=True), schema or SCHEMA
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise TableError(f"{said}: start PostgreSQL there, or correct the address") from error


def _read_stamp(connection: Any, schema: str) -> str | None:
    """What stands beside a schema; empty where nothing does, None where there is no schema."""
    asked = "SELECT coalesce(obj_description(oid), '') FROM pg_namespace WHERE nspname = %s"
    found = connection.execute(asked, (schema,)).fetchone()
    return found and str(found[0])


def _copy(connection: Any, target: Any, part: Any) -> int:
    """Make the table `target` with the columns and rows of `part`."""
    from psycopg import sql

    embedded = part.get_backend().con  # Ibis's own way asks DuckDB for a function it lost
    batches = embedded.sql(str(ibis.to_sql(part))).to_arrow_reader(_MANY)
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(
            sql.Identifier(one.name), sql.SQL(_TYPES.get(_name(one.type), "jsonb"))
        )
        for one in batches.schema
    )
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(target, columns))
    rows = 0
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(target)) as copy:
        for row in _list_rows(batches):
            copy.write_row(row)
            rows += 1
    return rows


def _list_rows(batches: Any) -> Iterator[tuple[Any, ...]]:
    plain = [_name(one.type) in _TYPES for one in batches.schema]
    for batch in batches:
        columns = [
            column.to_pylist() if is_plain else [_as_json(one) for one in column.to_pylist()]
            for column, is_plain in zip(batch.columns, plain, strict=True)
        ]
        yield from zip(*columns, strict=True)


def _name(kind: pyarrow.DataType) -> str:
    return f"list<{kind.value_type}>" if pyarrow.types.is_list(kind) else str(kind)


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
