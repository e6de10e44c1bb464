"""From a shell: extract, dates and check."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from etl.clusters import extract_on_spark
from etl.dates.phrases import list_phrases, read_sentences
from etl.dates.timex import list_timex
from etl.events.mentions import NO_SUCH_DAY, Reading, identify
from etl.extract import Extraction, Watch, extract, extract_into
from etl.files.reports import READERS, STANDARD_INPUT, find_files, read_report, read_reports
from etl.model import DatePhrase, Report, ReportError
from etl.sources.command import fill_parser
from etl.sources.command import run as run_import
from etl.tables.table import holds_table, read_table, write_table
from etl.vocabulary import data_folder, list_languages

_FEW, _MOST_SAID = 3, 20
_TIMEX = ("start", "end", "timex")

Commands = Any  # what argparse's add_subparsers gives; its class is private


def add_commands(commands: Commands) -> None:
    """Add `extract`, `dates` and `check` to the commands of a parser."""
    reads = argparse.ArgumentParser(add_help=False)
    reads.add_argument("--published", type=read_day, metavar="DATE", help="day of publication")
    reads.add_argument(
        "--language", metavar="CODE", help=f"language of the text: {', '.join(list_languages())}"
    )
    report = f"a file ({' '.join(READERS)}), or - for standard input"

    one = _add(commands, "extract", "read reports into a table of dated events", _extract, reads)
    one.epilog = (
        "A report that cannot be read is told, and the others read; the exit code is then 1, and "
        "2 where none\ncould be read.\n\n"
        "example:\n  conflict-timeline extract report.txt --published 2024-01-25 --out iraq"
    )
    one.add_argument(
        "reports", nargs="+", type=Path, metavar="REPORT", help=f"{report}, or a folder of them"
    )
    one.add_argument(
        "--jobs",
        type=_read_number,
        default=1,
        metavar="N",
        help="processes that read (%(default)s)",
    )
    one.add_argument(
        "--engine", metavar="URL", help="read on this Spark, into a new table: spark://host:7077"
    )
    one.add_argument(
        "--out",
        type=Path,
        metavar="TABLE",
        help="folder of the table, named after the first report unless given; "
        "the reports it already holds stay in it",
    )

    one = _add(commands, "dates", "show every date phrase of a report, and its days", _dates, reads)
    one.epilog = "example:\n  conflict-timeline dates report.txt --published 2024-01-25 --json"
    one.add_argument("report", type=Path, metavar="REPORT", help=report)
    one.add_argument("--json", action="store_true", help="as JSON, with character offsets")

    one = _add(commands, "import", "bring a data set that others made into a table", run_import)
    fill_parser(one)

    one = _add(commands, "check", "check that a table keeps its contract", _check)
    one.epilog = "example:\n  conflict-timeline check iraq"
    one.add_argument("table", type=Path, metavar="TABLE", help="folder of a table")


def _read_number(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give 1 or more")
    return int(text)


def read_day(text: str) -> date:
    """The day written as 2024-01-25."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2024-01-25") from error


def build_bundled_table(folder: Path) -> Extraction:
    """Read the bundled reports and write their table to `folder`."""
    paths = sorted((data_folder() / "reports").iterdir())
    extraction = extract([read_report(path) for path in paths if path.suffix in READERS])
    write_table(extraction.table, folder)
    return extraction


def _add(
    commands: Commands,
    name: str,
    says: str,
    run: Callable[[argparse.Namespace], int],
    *parents: argparse.ArgumentParser,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=says,
        description=says[:1].upper() + says[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=list(parents),
    )
    parser.set_defaults(run=run)
    return parser


def _extract(args: argparse.Namespace) -> int:
    folder = args.out or Path(f"{_name_table(args.reports[0])}.table")
    if args.engine:
        return _extract_on_spark(args, folder)
    reports, failed = _read_all(args)
    if not reports:
        return 2
    extraction = extract_into(folder, reports, args.jobs, _watch(len(reports)))
    read = {identify(report) for report in reports}
    for report, reading in extraction.readings:
        if identify(report) in read:
            _say_read(report, reading)
    events = extraction.table.events
    if len(reports) <= _MOST_SAID:
        for row in events.to_dict("records"):
            print(f"  {_say_days(row['start'], row['end'])}  {row['type']}  {row['title']}")
    print(f"{len(events)} events from {len(extraction.table.sources)} sources: table in {folder}")
    return 1 if failed else 0


def _extract_on_spark(args: argparse.Namespace, folder: Path) -> int:
    """Read on Spark; of many reports only the numbers are told, and each that cannot be read."""
    if holds_table(folder):
        raise ReportError(
            f"{folder}: exists: on Spark a new table is made: name another with --out"
        )
    if STANDARD_INPUT in args.reports:
        raise ReportError("standard input: Spark's workers cannot read it: name files or folders")
    paths = find_files(args.reports)
    extraction, failed = extract_on_spark(args.engine, paths, args.published, args.language)
    for error in failed:
        _complain(str(error))
    if not extraction.readings:
        return 2
    write_table(extraction.table, folder)
    read = extraction.table
    print(f"{len(read.events)} events from {len(read.sources)} sources: table in {folder}")
    return 1 if failed else 0


def _read_all(args: argparse.Namespace) -> tuple[list[Report], int]:
    """The reports of all files, and how many could not be read, each of which is told."""
    reports: list[Report] = []
    failed = 0
    paths = find_files(args.reports)
    for folder in [one for one in args.reports if one.is_dir() and one != STANDARD_INPUT]:
        if not any(path.is_relative_to(folder) for path in paths):
            failed += 1
            _complain(f"{folder}: no report in it: use {', '.join(READERS)}")
    for path in paths:
        for one in read_reports(path, args.published, args.language):
            if isinstance(one, ReportError):
                failed += 1
                _complain(str(one))
            else:
                reports.append(one)
    return reports, failed


def _complain(text: str) -> None:
    print(f"conflict-timeline: {text}", file=sys.stderr)


def _watch(total: int) -> Watch:
    """A bar of progress on a terminal, where there are several reports."""
    if total < _FEW:
        return iter
    return lambda readings: iter(
        tqdm(readings, total=total, unit=" reports", disable=None, leave=False)
    )


def _say_read(report: Report, reading: Reading) -> None:
    """What a report gave, and what was left out and why."""
    known = f", published {report.published} ({report.published_from})" if report.published else ""
    print(f"{report.file_name}: {len(reading.mentions)} mentions of dated happenings{known}")
    for one in reading.dropped:
        print(f"  left out: line {_line(report, one.phrase)}, « {one.phrase.text} »: {one.why}")
    for phrase in {mention.phrase.start: mention.phrase for mention in reading.undated}.values():
        _warn_undated(report, phrase)


def _name_table(first: Path) -> str:
    return "standard-input" if first == STANDARD_INPUT else first.stem or "reports"


def _warn_undated(report: Report, phrase: DatePhrase) -> None:
    print(
        f"{report.file_name}, line {_line(report, phrase)}: « {phrase.text} » has no day to "
        "count from, so it is kept undated: give the day of publication with --published",
        file=sys.stderr,
    )


def _dates(args: argparse.Namespace) -> int:
    report = read_report(args.report, args.published, args.language)
    sentences = read_sentences(report)
    phrases = list_phrases(sentences)
    for sentence in sentences:
        for phrase in sentence.impossible:
            line = _line(report, phrase)
            print(f"line {line}: « {phrase.text} »: {NO_SUCH_DAY}, left out", file=sys.stderr)
    if args.json:
        print(json.dumps([_phrase_row(phrase) for phrase in phrases], ensure_ascii=False, indent=1))
        return 0
    for phrase in phrases:
        days = phrase.range
        undated = phrase.timex or "no day to count from"
        told = _say_days(days.start, days.end) if days else undated
        print(f"line {_line(report, phrase):>4}  {phrase.text:<28} {told:<24} {phrase.rule}")
    print(f"{len(phrases)} date phrases in {report.file_name}")
    return 0


def _check(args: argparse.Namespace) -> int:
    table = read_table(args.table)
    print(
        f"{args.table}: sound: {len(table.events)} events, {len(table.mentions)} mentions, "
        f"{len(table.sources)} sources"
    )
    return 0


def _phrase_row(phrase: DatePhrase) -> dict[str, Any]:
    days = phrase.range
    return {
        "start": phrase.start,
        "end": phrase.end,
        "text": phrase.text,
        "date_start": str(days.start) if days else None,
        "date_end": str(days.end) if days and days.end else None,
        "precision": days.precision if days else None,
        "basis": phrase.basis,
        "anchor": str(phrase.anchor) if phrase.anchor else None,
        "rule": phrase.rule,
        "timex": phrase.timex,
        "ends": [dict(zip(_TIMEX, one, strict=True)) for one in list_timex(phrase) if phrase.ends],
    }


def _line(report: Report, phrase: DatePhrase) -> int:
    return report.text.count("\n", 0, phrase.start) + 1


def _say_days(start: date, end: date | None) -> str:
    if end is None:
        return f"{start} .."
    return str(start) if start == end else f"{start} .. {end}"
