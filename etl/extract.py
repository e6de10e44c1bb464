"""From reports to a table: read each, merge what they tell, and lay it out in rows."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from etl.events.mentions import Reading, identify, read_mentions
from etl.files.reports import find_body
from etl.merging.merge import merge_mentions
from etl.model import Event, Mention, Report
from etl.tables.table import Table, holds_table, make_table, read_table, write_table

Watch = Callable[[Iterator[Reading]], Iterator[Reading]]
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Extraction:
    """A table and, for each report that was read, what it gave and what was left out."""

    table: Table
    readings: tuple[tuple[Report, Reading], ...]


@contextmanager
def _collect_later() -> Iterator[None]:
    """Leave cycles alone meanwhile: what is read makes none, and the search costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collect_later()
def extract(reports: list[Report], jobs: int = 1, watch: Watch = iter) -> Extraction:
    """The table of what these reports tell. The same text twice counts once.

    `jobs` is the number of processes that read; what comes out does not depend on it. `watch`
    is handed the readings as they come, and hands them on.
    """
    distinct = {identify(report): report for report in reports}
    with _open_readers(min(jobs, len(distinct))) as read:
        readings = tuple(zip(distinct.values(), watch(read(list(distinct.values()))), strict=True))
    return gather(readings)


def gather(readings: tuple[tuple[Report, Reading], ...]) -> Extraction:
    """The table of what was read in these reports, each of which is there once."""
    events = merge_mentions(one for _, reading in readings for one in reading.mentions)
    mentions = [
        _mention_row(mention, event.event_id) for event in events for mention in event.mentions
    ]
    mentions += [
        _mention_row(mention, None) for _, reading in readings for mention in reading.undated
    ]
    table = make_table(
        [_event_row(event) for event in events],
        mentions,
        [_source_row(identify(report), report) for report, _ in readings],
    )
    return Extraction(table, readings)


@contextmanager
def _open_readers(jobs: int) -> Iterator[Callable[[list[Report]], Iterator[Reading]]]:
    """A function that reads reports in their order, in so many processes."""
    if jobs <= 1:
        yield lambda reports: map(read_mentions, reports)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:

        def read(reports: list[Report]) -> Iterator[Reading]:
            chunk = max(1, min(_CHUNK, len(reports) // (4 * jobs)))
            return pool.map(read_mentions, reports, chunksize=chunk)

        yield read


def extract_into(
    folder: Path, reports: list[Report], jobs: int = 1, watch: Watch = iter
) -> Extraction:
    """Read the reports into the table in `folder`, beside the reports it already holds.

    A report with the same text, or with the same address on the web, takes the place of the
    one read before.
    """
    kept = _stored_reports(folder) if holds_table(folder) else []
    urls = {report.url for report in reports if report.url}
    texts = {report.text for report in reports}
    order = {identify(report): number for number, report in enumerate(kept)}
    old = [one for one in kept if one.url not in urls and one.text not in texts]
    together = sorted([*old, *reports], key=lambda one: order.get(identify(one), len(order)))
    extraction = extract(together, jobs, watch)
    write_table(extraction.table, folder)
    return extraction


def _stored_reports(folder: Path) -> list[Report]:
    """The reports whose texts a table holds, in the order in which they were read."""
    return [
        Report(
            text=row["text"],
            language=row["language"],
            published=row["published"],
            title=row["title"],
            publisher=row["publisher"] or "",
            url=row["url"] or "",
            licence=row["licence"] or "",
            file_name=row["file_name"],
            published_from=row["published_from"] or "",
            body=find_body(row["text"]),
        )
        for row in read_table(folder).sources.to_dict("records")
        if row["kind"] == "report"
    ]


def _event_row(event: Event) -> dict[str, Any]:
    claim = event.claim
    place = claim.place
    return {
        **asdict(claim.toll),
        "event_id": event.event_id,
        "title": claim.title,
        "start": claim.range.start,
        "end": claim.range.end,
        "precision": claim.range.precision,
        "extent": claim.extent,
        "basis": claim.basis,
        "status": claim.status,
        "role": claim.role,
        "type": claim.type,
        "actors": list(claim.actors),
        "recipients": list(claim.recipients),
        "others": list(claim.others),
        "direction": claim.direction,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_precision": place.precision if place else None,
        "count": claim.count,
        "sources": len({mention.source_id for mention in event.mentions}),
        "agreement": event.agreement,
        "review": event.review,
    }


def _mention_row(mention: Mention, event_id: str | None) -> dict[str, Any]:
    phrase = mention.phrase
    days = mention.claim.range if mention.claim else None
    return {
        "event_id": event_id,
        "source_id": mention.source_id,
        "sentence": mention.sentence,
        "sentence_start": mention.sentence_start,
        "sentence_end": mention.sentence_end,
        "date_text": phrase.text,
        "date_start": phrase.start,
        "date_end": phrase.end,
        "anchor": phrase.anchor,
        "rule": phrase.rule,
        "start": days.start if days else None,
        "end": days.end if days else None,
        "precision": days.precision if days else None,
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.kind, "name": span.name}
            for span in mention.spans
        ],
        "record": mention.record,
    }


def _source_row(source_id: str, report: Report) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "title": report.title,
        "publisher": report.publisher or None,
        "language": report.language,
        "published": report.published,
        "published_from": report.published_from or None,
        "url": report.url or None,
        "licence": report.licence or None,
        "file_name": report.file_name,
        "sha256": hashlib.sha256(report.text.encode()).hexdigest(),
        "kind": "report",
        "text": report.text,
        "version": version("conflict-timeline"),
    }
