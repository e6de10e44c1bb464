"""The same table on an engine that the user has, where one machine is too small."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.query import Tables, open_tables
from etl.model import TableError
from etl.tables.postgres import KEYS, load_postgres, open_postgres
from etl.tables.spark import open_spark
from etl.tables.table import find_table

POSTGRES = ("postgres://", "postgresql://")
SPARK = ("spark://", "local[", "local-cluster[")


def open_engine(url: str, folders: Sequence[Path] = ()) -> Tables:
    """The table on the engine at `url`, ready for the questions of the page. Raises TableError.

    PostgreSQL holds its table; Spark reads it from a folder, which its workers must see too.
    """
    if url.startswith(POSTGRES):
        if folders:
            raise TableError(f"{folders[0]}: PostgreSQL has its own table: leave the folder out")
        return Tables(**open_postgres(url), folder=None)
    if url.startswith(SPARK):
        if len(folders) != 1:
            raise TableError(f"{url}: Spark reads one table: name its folder")
        return _open_spark(url, find_table(folders[0]))
    raise TableError(
        f"{url}: no engine that was tried: use postgres://user@host/database or spark://host:7077"
    )


def _open_spark(url: str, folder: Path) -> Tables:
    here = open_tables(folder)  # which checks it
    files = {name: folder / f"{name}.parquet" for name in KEYS}
    stored = {name: file for name, file in files.items() if file.exists()}
    small = {name: getattr(here, name) for name in KEYS if name not in stored}
    return Tables(**open_spark(url, stored, small), folder=folder)


def load_engine(folder: Path, url: str) -> int:
    """Copy the table in `folder` to the PostgreSQL at `url`, with indexes; how many rows it has."""
    if not url.startswith(POSTGRES):
        raise TableError(f"{url}: only PostgreSQL is loaded: use postgres://user@host/database")
    tables = open_tables(folder)
    return load_postgres({name: getattr(tables, name) for name in KEYS}, url)
