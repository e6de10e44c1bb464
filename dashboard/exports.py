"""The view to take away: one function a format, each the whole file with its provenance."""

import io
import json
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pyarrow.parquet

from dashboard.captions import Provenance, describe_view, write_caption
from dashboard.figures import draw_timeline
from dashboard.pictures import render_figure
from dashboard.posters import frame_figure
from dashboard.presences import MOVES
from dashboard.query import (
    Filters,
    Row,
    Tables,
    fetch_events,
    find_days,
    find_published,
    select_events,
    select_sources,
    select_told,
)
from dashboard.rows import write_csv, write_edtf
from dashboard.stamps import list_provenance, stamp
from dashboard.standalone import write_page
from etl.model import TableError
from etl.table import SCHEMA_VERSION

__all__ = ["EXPORTS", "Provenance", "describe_view", "draw_export", "stamp", "write_export"]


def draw_export(
    tables: Tables,
    filters: Filters,
    *,
    language: str = "en",
    theme: str = "light",
    width: int = 1280,
) -> go.Figure:
    """The timeline of the view with its title, key and caption in the figure itself."""
    events = select_events(tables, filters)
    view = None
    if filters.start or filters.end:
        first, last = find_days(tables)
        view = (filters.start or min(first, filters.end or first), filters.end or last)
        view = (view[0], max(view))
    figure = draw_timeline(
        events,
        width=width,
        view=view,
        language=language,
        theme=theme,
        published=find_published(tables),
        moves=select_events(tables, Filters(types=MOVES)),
    )
    provenance = describe_view(tables, filters, language)
    rows: Any = events.to_dict("records")
    return frame_figure(figure, rows, provenance.title, write_caption(provenance), language, theme)


def write_export(tables: Tables, filters: Filters, out: Path, language: str = "en") -> Path:
    """Write the view to `out` in the format of its suffix, whole or not at all."""
    make = EXPORTS.get(out.suffix.lower().removeprefix("."))
    if make is None:
        known = " ".join(f".{name}" for name in EXPORTS)
        raise TableError(f"{out}: no export has the suffix {out.suffix!r}: take one of {known}")
    data = make(tables, filters, language)
    new = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(out)
    except OSError as error:
        raise TableError(f"{out}: {error.strerror}: name a place that can be written") from error
    finally:
        new.unlink(missing_ok=True)
    return out


def _make_picture(format: str) -> Callable[[Tables, Filters, str], bytes]:
    def make(tables: Tables, filters: Filters, language: str) -> bytes:
        picture = render_figure(draw_export(tables, filters, language=language), format, language)
        return _stamp(format, picture, tables, filters, language)

    return make


def _make_html(tables: Tables, filters: Filters, language: str) -> bytes:
    page = write_page(
        draw_export(tables, filters, language=language),
        describe_view(tables, filters, language),
        fetch_events(tables, filters).to_pylist(),
        select_told(tables, filters),
    )
    return _stamp("html", page, tables, filters, language)


def _make_csv(tables: Tables, filters: Filters, language: str) -> bytes:
    return write_csv(select_events(tables, filters)).encode()


def _make_json(tables: Tables, filters: Filters, language: str) -> bytes:
    told: dict[str, list[Row]] = defaultdict(list)
    for mention in select_told(tables, filters):
        own = {name: value for name, value in mention.items() if not name.startswith("source_t")}
        told[mention["event_id"]].append(own)
    events = fetch_events(tables, filters).to_pylist()
    whole = {
        "provenance": list_provenance(describe_view(tables, filters, language)),
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


def _make_parquet(tables: Tables, filters: Filters, language: str) -> bytes:
    provenance = json.dumps(list_provenance(describe_view(tables, filters, language)))
    metadata = {"schema_version": SCHEMA_VERSION, "provenance": provenance}
    events = fetch_events(tables, filters).replace_schema_metadata(metadata)
    held = io.BytesIO()
    pyarrow.parquet.write_table(events, held, compression="zstd")
    return held.getvalue()


def _stamp(format: str, data: bytes, tables: Tables, filters: Filters, language: str) -> bytes:
    rows = write_csv(select_events(tables, filters))
    return stamp(format, data, describe_view(tables, filters, language), rows)


EXPORTS: dict[str, Callable[[Tables, Filters, str], bytes]] = {
    "png": _make_picture("png"),
    "svg": _make_picture("svg"),
    "pdf": _make_picture("pdf"),
    "html": _make_html,
    "csv": _make_csv,
    "json": _make_json,
    "parquet": _make_parquet,
}
