"""The command `import`: a data set that others made, from a shell."""

import argparse
import sys
from pathlib import Path

from etl.sources.descriptions import load_descriptions
from etl.sources.load import import_file


def fill_parser(parser: argparse.ArgumentParser) -> None:
    """Give the parser of `import` its arguments."""
    formats = [name for name, one in load_descriptions().items() if not one.refused]
    parser.epilog = (
        "A newer file updates rows by their id. Rows that fail are counted, the first shown, all "
        "written beside\nthe table; the exit code is then 1.\n\n"
        "example:\n  conflict-timeline import ged.csv --out ged"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, zip or GeoJSON")
    parser.add_argument(
        "--format",
        metavar="NAME",
        help=f"{', '.join(formats)}; found from the columns unless given",
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
    folder = args.out or Path(f"{args.file.stem}.table")
    done = import_file(args.file, folder, args.format)
    for line in done.first:
        print(f"conflict-timeline: {args.file}, {line}", file=sys.stderr)
    if done.failed:
        print(
            f"conflict-timeline: {args.file}: {done.failed} rows failed and were left out: "
            f"correct them in {done.beside} and import again",
            file=sys.stderr,
        )
    print(
        f"{done.rows} events from {args.file.name} ({done.format}): {done.new} new, "
        f"{done.changed} changed, {done.gone} gone: table in {folder}"
    )
    return 1 if done.failed else 0
