"""The events in the forms of other tools: a workbook, a calendar, TimelineJS.

None of them can say all that the table holds; each tells within itself what it leaves out.
"""

import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from icalendar import Calendar, Event, vText
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from dashboard.exports.captions import Provenance, write_caption
from dashboard.exports.rows import write_edtf
from dashboard.texts import say, say_actor, say_date, say_type

Row = dict[str, Any]

_LONGEST_CELL = 32_767  # characters, by the format
_MOST_ROWS = 1_048_575
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def write_workbook(events: Sequence[Row], told: Sequence[Row], provenance: Provenance) -> bytes:
    """An XLSX with the sheets events, mentions and about; no cell of it can run as a formula."""
    language = provenance.language
    book = Workbook(write_only=True)
    lost = []
    for name, rows in (("events", events), ("mentions", told)):
        if len(rows) > _MOST_ROWS:
            lost.append(say(language, "export.rows_lost", n=len(rows) - _MOST_ROWS, sheet=name))
        shown = [_flatten(row) for row in rows[:_MOST_ROWS]]
        _add_sheet(book, name, shown)
    about = [*write_caption(provenance), say(language, "export.lost_xlsx"), *lost]
    _add_sheet(book, "about", [{"about": line} for line in [provenance.title, *about]])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def write_calendar(events: Sequence[Row], provenance: Provenance) -> bytes:
    """An iCalendar with a whole-day entry an event, over all its days."""
    language = provenance.language
    calendar = Calendar()
    calendar.add("prodid", "-//conflict-timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", provenance.title)
    caption = [*write_caption(provenance), say(language, "export.lost_ics")]
    calendar.add("x-wr-caldesc", " ".join(caption))
    stamp = datetime.combine(provenance.made, time(), UTC)
    for row in events:
        entry = Event()
        entry.add("uid", f"{row['event_id']}@conflict-timeline")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", row["start"])
        entry.add("dtend", (row["end"] or row["start"]) + timedelta(days=1))
        entry.add("summary", row["title"])
        entry.add("description", _describe(row, language))
        entry.add("categories", [say_type(row["type"], language)])
        entry.add("transp", "TRANSPARENT")
        if row["status"] == "planned":
            entry.add("status", "TENTATIVE")
        if row["place"]:
            entry.add("location", row["place"])
        if row["latitude"] is not None and row["place_precision"] == "point":
            entry.add("geo", (row["latitude"], row["longitude"]))
        entry["X-EDTF"] = vText(write_edtf(row))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def write_timelinejs(events: Sequence[Row], provenance: Provenance) -> bytes:
    """The JSON of TimelineJS; a year or a month stays one."""
    language = provenance.language
    caption = [*write_caption(provenance), say(language, "export.lost_timelinejs")]
    whole = {
        "title": {
            "text": {"headline": escape(provenance.title), "text": escape(" ".join(caption))}
        },
        "events": [
            {
                "unique_id": row["event_id"],
                "start_date": _split_day(row["start"], row["precision"]),
                **_find_end(row),
                "display_date": _say_days(row, language),
                "group": say_type(row["type"], language),
                "text": {
                    "headline": escape(row["title"]),
                    "text": escape(_describe(row, language)),
                },
            }
            for row in events
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _add_sheet(book: Workbook, name: str, rows: Sequence[Row]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    if not rows:
        return

    def make(value: Any, bold: bool = False) -> Any:
        if isinstance(value, str):
            value = value.translate(_NOT_XML)[:_LONGEST_CELL]
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # text, whatever it begins with
            cell.quotePrefix = value[:1] in "=+-@\t\r" and value != ""
        cell.font = Font(bold=bold)
        return cell

    sheet.append([make(name, bold=True) for name in rows[0]])
    for row in rows:
        sheet.append([make(value) for value in row.values()])


def _flatten(row: Row) -> Row:
    """The row with its lists joined by "; ", and with its days in EDTF where it has some."""
    flat = {
        name: "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for name, value in row.items()
        if name not in ("spans", "source_text")
    }
    return flat | ({"edtf": write_edtf(row)} if "extent" in row else {})


def _say_days(row: Row, language: str) -> str:
    lasting = {"extent": row["extent"], "basis": row["basis"]}
    return say_date(row["start"], row["end"], row["precision"], language, **lasting)


def _describe(row: Row, language: str) -> str:
    """Days as exact as they are known, actors and toll, a line each."""
    lines = [_say_days(row, language)]
    for key in ("actors", "recipients", "others"):
        if row[key]:
            names = ", ".join(say_actor(name, language) for name in row[key])
            lines.append(f"{say(language, f'card.{key}')}: {names}")
    lines += [
        f"{say(language, f'card.{key}')}: {row[key]}"
        for key in ("killed", "wounded")
        if row[key] is not None
    ]
    if row["status"] != "happened":
        lines.append(say(language, f"card.status_{row['status']}"))
    return "\n".join(lines)


def _split_day(day: date, precision: str) -> dict[str, int]:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    kept = {"year": 1, "decade": 1, "month": 2}.get(precision, 3)
    return dict(list(parts.items())[:kept])


def _find_end(row: Row) -> dict[str, Any]:
    """The last day, but where a year or a month says it all."""
    if row["end"] in (None, row["start"]) or row["precision"] in ("year", "month"):
        return {}
    return {"end_date": _split_day(row["end"], row["precision"])}
