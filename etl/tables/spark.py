"""A table on Spark: its Parquet files, asked where Spark's machines can read them too."""

import atexit
import os
import sys
from pathlib import Path
from typing import Any

import ibis

from etl.model import TableError

_SETTINGS: dict[str, Any] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.ansi.enabled": "false",  # the first of an empty list is null, as elsewhere
}
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


def start_spark(master: str) -> Any:
    """A session on the Spark at `master` (`spark://host:7077`, `local[4]`). Raises TableError.

    Its workers run the Python of PYSPARK_PYTHON, or the one that runs here.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise TableError("Spark is an extra: pip install 'conflict-timeline[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = _SETTINGS | (_HERE if master.startswith("local") else {})
    builder = SparkSession.builder.master(master).appName("conflict-timeline")
    try:
        session = builder.config(map=settings).getOrCreate()
    except PySparkRuntimeError as error:
        raise TableError(f"{master}: Spark does not start: install Java 17 or newer") from error
    atexit.register(session.stop)
    session.sparkContext.setLogLevel("ERROR")
    session.conf.set("spark.sql.shuffle.partitions", 2 * session.sparkContext.defaultParallelism)
    return session


def open_spark(master: str, files: dict[str, Path], small: dict[str, Any]) -> dict[str, Any]:
    """Ibis tables of Parquet `files`, and of `small` Ibis tables that have none. Kept in memory."""
    session = start_spark(master)
    engine = ibis.pyspark.connect(session)
    frames = {name: session.read.parquet(file.resolve().as_uri()) for name, file in files.items()}
    frames |= {name: session.createDataFrame(rows.to_pyarrow()) for name, rows in small.items()}
    for name, frame in frames.items():
        frame.createOrReplaceTempView(name)
        session.catalog.cacheTable(name)
    return {name: engine.table(name) for name in frames}
