"""From very many reports to a table: Spark's workers read, and what they tell is merged here."""

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow

from etl.events.mentions import Reading, identify, read_mentions
from etl.extract import Extraction, gather
from etl.files.reports import read_reports
from etl.model import Report, ReportError
from etl.tables.spark import start_spark

_ROW = pyarrow.schema([("number", pyarrow.int64()), ("read", pyarrow.binary())])
_TASKS = 8  # for each core of the cluster, so that long files hold nobody up
Read = tuple[Report, Reading] | ReportError


def extract_on_spark(
    master: str, paths: list[Path], published: date | None, language: str | None
) -> tuple[Extraction, list[ReportError]]:
    """What `extract` gives of the reports in these files, and those that cannot be read.

    The workers must see the files under the same paths, and have this program installed.
    """
    session = start_spark(master)
    files = [(number, str(path.resolve())) for number, path in enumerate(paths)]
    tasks = min(len(files), _TASKS * session.sparkContext.defaultParallelism)
    asked = session.createDataFrame(files, "number long, path string").repartition(max(1, tasks))
    answers = asked.mapInArrow(
        partial(_read_files, published, language), "number long, read binary"
    )
    read: dict[int, list[Read]] = {}
    for row in answers.toLocalIterator(prefetchPartitions=True):
        read[row["number"]] = pickle.loads(row["read"])
    told = [one for number in sorted(read) for one in read[number]]
    failed = [one for one in told if isinstance(one, ReportError)]
    distinct = {identify(one[0]): one for one in told if not isinstance(one, ReportError)}
    return gather(tuple(distinct.values())), failed


def _read_files(
    published: date | None, language: str | None, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """What the files of one task tell, one row a file."""
    for batch in batches:
        for row in batch.to_pylist():
            told: list[Read] = [
                one if isinstance(one, ReportError) else (one, read_mentions(one))
                for one in read_reports(Path(row["path"]), published, language)
            ]
            answer = {"number": row["number"], "read": pickle.dumps(told)}
            yield pyarrow.RecordBatch.from_pylist([answer], schema=_ROW)
