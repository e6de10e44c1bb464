"""What is done with a text or file that a visitor gives: read it, and add it to their table."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Literal

from etl.events.mentions import identify
from etl.extract import Extraction, extract_into
from etl.files.reports import READERS, read_content
from etl.model import Report, ReportError, TableError
from etl.sources.load import Wish, import_file
from etl.tables.table import holds_table, read_table

DATA_SETS = (".csv", ".xlsx")
FORMATS = tuple(READERS)  # those that are read
TAKEN = (*FORMATS, *DATA_SETS)


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of one file, its name, and what the visitor says of it."""

    content: bytes
    name: str
    published: date | None = None
    language: str | None = None
    without_day: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: read, or it `asks` for its day, or refused with the reason.

    Of a data set, so many rows `failed`, the first of them for the `reason`.
    """

    kind: Literal["read", "asks", "refused"]
    title: str
    reason: str = ""
    events: int = 0
    published: date | None = None
    published_from: str = ""
    failed: int | None = None


def take_in(folder: Path, upload: Upload, most: int) -> list[Outcome]:
    """Add what can be read to the table in `folder`, up to `most` reports; what became of each.

    A report without a day of publication is not added before the visitor gave the day, or
    said that there is none.
    """
    if PurePath(upload.name).suffix.lower() in DATA_SETS:
        return [_take_data_set(folder, upload, most)]
    found = read_content(upload.content, upload.name, language=upload.language)
    read = [_give_day(one, upload.published) for one in found]
    ready = [one for one in read if isinstance(one, Report) and _has_day(one, upload)]
    if _count_sources(folder) + len(ready) > most:
        return [_refuse_more(upload, most)]
    extraction = extract_into(folder, ready) if ready else None
    return [_tell(one, upload, extraction) for one in read]


def _take_data_set(folder: Path, upload: Upload, most: int) -> Outcome:
    """Import a data set of a known format, or one whose columns say what they are."""
    if _count_sources(folder) >= most:
        return _refuse_more(upload, most)
    with TemporaryDirectory(dir=folder.parent) as held:
        path = Path(held) / upload.name
        path.write_bytes(upload.content)
        try:
            done = import_file(path, folder, Wish(guess=True, add=True))
        except TableError as error:
            why = str(error).replace(str(path), upload.name).removeprefix(f"{upload.name}")
            return Outcome("refused", upload.name, why.lstrip(":, "))
    first = done.first[0] if done.first else ""
    return Outcome("read", upload.name, first, done.rows, failed=done.failed)


def _count_sources(folder: Path) -> int:
    return len(read_table(folder).sources) if holds_table(folder) else 0


def _refuse_more(upload: Upload, most: int) -> Outcome:
    reason = f"more than {most} reports: remove yours first, or take a table"
    return Outcome("refused", upload.name, reason)


def _give_day(one: Report | ReportError, day: date | None) -> Report | ReportError:
    """The day that the visitor gave is for reports that do not state another."""
    if isinstance(one, ReportError) or one.published or day is None:
        return one
    return replace(one, published=day, published_from="option")


def _has_day(report: Report, upload: Upload) -> bool:
    return report.published is not None or upload.without_day


def _tell(one: Report | ReportError, upload: Upload, extraction: Extraction | None) -> Outcome:
    if isinstance(one, ReportError):
        return Outcome("refused", upload.name, str(one).removeprefix(f"{upload.name}: "))
    if extraction is None or not _has_day(one, upload):
        return Outcome("asks", one.title)
    told = extraction.table.mentions
    events = told[told["source_id"] == identify(one)]["event_id"].dropna().nunique()
    return Outcome("read", one.title, "", events, one.published, one.published_from)
