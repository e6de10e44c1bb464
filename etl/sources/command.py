"""The command `import`: a data set that others made, from a shell."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow
from tqdm import tqdm

from etl.model import TableError
from etl.sources.descriptions import load_descriptions
from etl.sources.load import Import, Wish, import_file
from etl.sources.mapping import list_formats
from etl.sources.named import read_names, read_style
from etl.sources.store import Batches, Count


def fill_parser(parser: argparse.ArgumentParser) -> None:
    """Give the parser of `import` its arguments."""
    formats = [name for name, one in load_descriptions().items() if not one.refused]
    parser.epilog = (
        "A newer file updates events by their id. Rows that fail are counted, the first shown, all "
        "written beside\nthe table, to be corrected and imported again; the exit code is then 1.\n"
        "\nexamples:\n  conflict-timeline import ged.csv --out ged\n"
        "  conflict-timeline import mine.xlsx --columns 'start=Date, title=What, place=Where'"
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE",
        help="CSV, XLSX, JSON, GeoJSON, one of these in a zip, or a table of ours",
    )  # fmt: skip
    parser.add_argument(
        "--format",
        metavar="NAME",
        help=f"{', '.join(formats)}; found from the columns unless given",
    )
    parser.add_argument(
        "--columns",
        default="",
        metavar="NAMES",
        help="what the columns of a table of your own are: 'start=Date, title=What'",
    )
    parser.add_argument(
        "--days", metavar="STYLE", help="how days are written, where that is in doubt: %%d/%%m/%%Y"
    )
    parser.add_argument(
        "--all", action="store_true", help="keep rows, too, that the format leaves out"
    )
    parser.add_argument(
        "--add", action="store_true", help="keep events that a newer file no longer has"
    )
    parser.add_argument(
        "--formats", action="store_true", help="show what each format's columns become, and end"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="TABLE",
        help="folder of the table, named after the file unless given; "
        "what it holds of other sources stays in it",
    )


def run(args: argparse.Namespace) -> int:
    """Import the file and say what came of it; 1 where rows failed."""
    if args.formats:
        print(list_formats())
        return 0
    if args.file is None:
        raise TableError("import: name a FILE, or see --formats")
    folder = args.out or Path(f"{args.file.stem}.table")
    days = read_style(args.days) if args.days else None
    wish = Wish(args.format, read_names(args.columns), days, args.all, args.add)
    done = import_file(args.file, folder, wish, _watch)
    _say_failures(args.file, done)
    if done.left_out:
        print(f"{done.left_out} rows left out {done.without}: to keep them, add --all")
    if done.only_kept:
        print(f"columns that stay in the record only: {', '.join(done.only_kept)}")
    print(
        f"{done.rows} events from {args.file.name} ({done.format}): {done.new} new, "
        f"{done.changed} changed, {done.gone} gone: table in {folder}"
    )
    return 1 if done.failed else 0


def _say_failures(file: Path, done: Import) -> None:
    for line in done.first:
        print(f"conflict-timeline: {file}, {line}", file=sys.stderr)
    if done.failed:
        print(
            f"conflict-timeline: {file}: {done.failed} rows failed and were left out: "
            f"correct them in {done.beside} and import that into the same table",
            file=sys.stderr,
        )


@contextmanager
def _watch(engine: duckdb.DuckDBPyConnection) -> Iterator[Count]:
    """A bar of progress on a terminal: how much of the step at hand is done, then rows written."""
    ended = threading.Event()
    with tqdm(unit=" rows", unit_scale=True, disable=None, leave=False) as bar:

        def follow() -> None:
            while not ended.wait(0.3):
                done = engine.query_progress()
                bar.set_description(
                    f"reading, {done:.0f} %" if done >= 0 and not bar.n else "writing"
                )

        def count(batches: Batches) -> Iterator[pyarrow.RecordBatch]:
            for batch in batches:
                yield batch
                bar.update(batch.num_rows)

        follower = threading.Thread(target=follow, daemon=True)
        if not bar.disable:
            follower.start()
        try:
            yield count
        finally:
            ended.set()
            if not bar.disable:
                follower.join()
