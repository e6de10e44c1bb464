"""The view to take away: one function a format, each the whole file with its provenance."""

import io
import json
import os
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pyarrow.parquet

from dashboard.charts.drawing import draw_view
from dashboard.exports.captions import Provenance, describe_view, write_caption
from dashboard.exports.datasets import write_acled, write_records, write_ucdp
from dashboard.exports.interchange import write_calendar, write_timelinejs, write_workbook
from dashboard.exports.pictures import render_figure
from dashboard.exports.posters import frame_figure
from dashboard.exports.rows import write_csv, write_edtf
from dashboard.exports.stamps import list_provenance, stamp
from dashboard.exports.standalone import write_page
from dashboard.query import (
    Filters,
    Row,
    Tables,
    fetch_events,
    find_days,
    select_events,
    select_sources,
    select_told,
)
from dashboard.texts import say
from dashboard.views import View
from etl.model import TableError
from etl.tables.table import SCHEMA_VERSION

__all__ = [
    "EXPORTS",
    "SCALES",
    "Provenance",
    "describe_view",
    "draw_export",
    "stamp",
    "write_export",
]

SCALES = {"png": 2, "3x.png": 3}  # pixels of the picture for one of the figure


def draw_export(tables: Tables, view: View, width: int = 1280) -> go.Figure:
    """The timeline of the view with its title, key and caption in the figure itself."""
    filters, language, theme = view.filters, view.language, view.theme or "light"
    drawing = draw_view(
        tables,
        filters,
        width=width,
        view=view.zoom or _find_span(tables, filters),
        language=language,
        theme=theme,
        wish=view.lanes,
    )
    provenance = describe_view(tables, view)
    caption = write_caption(provenance)
    if drawing.rows is None:
        caption = [say(language, "figure.crowd_key"), *caption]
    return frame_figure(
        drawing.figure, drawing.rows or (), provenance.title, caption, language, theme
    )


def _find_span(tables: Tables, filters: Filters) -> tuple[date, date] | None:
    """The days that the filter asks for; None where it asks for none."""
    if not filters.start and not filters.end:
        return None
    first, last = find_days(tables)
    start = filters.start or min(first, filters.end or first)
    return start, max(start, filters.end or last)


def write_export(tables: Tables, view: View, out: Path) -> Path:
    """Write the view to `out` in the format of its suffix, whole or not at all."""
    formats = [name for name in EXPORTS if out.name.lower().endswith(f".{name}")]
    make = EXPORTS.get(max(formats, key=len, default=""))
    if make is None:
        known = " ".join(f".{name}" for name in EXPORTS)
        raise TableError(f"{out}: no export has the suffix {out.suffix!r}: take one of {known}")
    data = make(tables, view)
    new = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(out)
    except OSError as error:
        raise TableError(f"{out}: {error.strerror}: name a place that can be written") from error
    finally:
        new.unlink(missing_ok=True)
    return out


def _make_picture(name: str) -> Callable[[Tables, View], bytes]:
    format = name.rpartition(".")[2]

    def make(tables: Tables, view: View) -> bytes:
        figure = draw_export(tables, view)
        picture = render_figure(figure, format, view.language, SCALES.get(name, 1))
        return _stamp(format, picture, tables, view)

    return make


def _make_html(tables: Tables, view: View) -> bytes:
    page = write_page(
        draw_export(tables, view),
        describe_view(tables, view),
        fetch_events(tables, view.filters).to_pylist(),
        select_told(tables, view.filters),
        view.theme or "light",
    )
    return _stamp("html", page, tables, view)


def _make_csv(tables: Tables, view: View) -> bytes:
    return write_csv(select_events(tables, view.filters)).encode()


def _make_json(tables: Tables, view: View) -> bytes:
    told: dict[str, list[Row]] = defaultdict(list)
    for mention in select_told(tables, view.filters):
        own = {name: value for name, value in mention.items() if not name.startswith("source_t")}
        told[mention["event_id"]].append(own)
    events = fetch_events(tables, view.filters).to_pylist()
    whole = {
        "provenance": list_provenance(describe_view(tables, view)),
        "events": [
            event | {"edtf": write_edtf(event), "mentions": told[event["event_id"]]}
            for event in events
        ],
        "sources": [
            {name: value for name, value in source.items() if name != "text"}
            for source in select_sources(tables)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str).encode()


def _make_workbook(tables: Tables, view: View) -> bytes:
    told = [row | {"spans": None} for row in select_told(tables, view.filters)]
    return write_workbook(_list_rows(tables, view), told, describe_view(tables, view))


def _make_calendar(tables: Tables, view: View) -> bytes:
    return write_calendar(_list_rows(tables, view), describe_view(tables, view))


def _make_timelinejs(tables: Tables, view: View) -> bytes:
    return write_timelinejs(_list_rows(tables, view), describe_view(tables, view))


def _make_acled(tables: Tables, view: View) -> bytes:
    return write_acled(*_list_all(tables, view))


def _make_ucdp(tables: Tables, view: View) -> bytes:
    return write_ucdp(*_list_all(tables, view))


def _make_records(tables: Tables, view: View) -> bytes:
    return write_records(*_list_all(tables, view))


def _list_all(tables: Tables, view: View) -> tuple[list[Row], list[Row], Provenance]:
    told = select_told(tables, view.filters)
    return _list_rows(tables, view), told, describe_view(tables, view)


def _list_rows(tables: Tables, view: View) -> list[Row]:
    rows: list[Row] = fetch_events(tables, view.filters).to_pylist()
    return rows


def _make_parquet(tables: Tables, view: View) -> bytes:
    provenance = json.dumps(list_provenance(describe_view(tables, view)))
    metadata = {"schema_version": SCHEMA_VERSION, "provenance": provenance}
    events = fetch_events(tables, view.filters).replace_schema_metadata(metadata)
    held = io.BytesIO()
    pyarrow.parquet.write_table(events, held, compression="zstd")
    return held.getvalue()


def _stamp(format: str, data: bytes, tables: Tables, view: View) -> bytes:
    rows = write_csv(select_events(tables, view.filters))
    return stamp(format, data, describe_view(tables, view), rows)


EXPORTS: dict[str, Callable[[Tables, View], bytes]] = {
    "png": _make_picture("png"),
    "3x.png": _make_picture("3x.png"),
    "svg": _make_picture("svg"),
    "pdf": _make_picture("pdf"),
    "html": _make_html,
    "csv": _make_csv,
    "xlsx": _make_workbook,
    "json": _make_json,
    "timelinejs.json": _make_timelinejs,
    "acled.zip": _make_acled,
    "ucdp.zip": _make_ucdp,
    "records.zip": _make_records,
    "ics": _make_calendar,
    "parquet": _make_parquet,
}
