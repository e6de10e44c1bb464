"""The charts: the timeline and the overview under it, as Plotly figures."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import frame, glyphs, lettering, notes
from dashboard.charts.activity import add_bins
from dashboard.charts.forms import Row
from dashboard.charts.labels import wrap_text
from dashboard.charts.lanes import WISH, Wish, arrange_events
from dashboard.charts.scales import DAY, find_scale, find_time
from dashboard.palette import load_palette
from dashboard.texts import say, say_date

_OVERVIEW = 56  # height of the bars in pixels


def draw_timeline(
    events: Sequence[Row],
    *,
    width: int,
    view: tuple[date, date] | None = None,
    language: str = "en",
    theme: str = "light",
    selected: str | None = None,
    published: date | None = None,
    moves: Sequence[Row] | None = None,
    wish: Wish = WISH,
) -> go.Figure:
    """The timeline of these events for a client of `width` pixels; its height is its own.

    Every mark's first `customdata` is its event_id. `view`: the first and last day shown.
    `moves`: the events that tell of presences, also those that a filter hides; else `events`.
    `wish`: the lanes; by source, each event has `sources`, a list of names.
    """
    palette = load_palette(theme)
    scale = find_scale(events, width - sum(frame.find_margins(width)), view, published)
    days = [day for row in events for day in (row["start"], row["end"], published) if day]
    arranged = arrange_events(
        events,
        scale,
        measure_lane=lambda name: frame.measure_lane(name, wish.by, width, language),
        last=max(days, default=date.today()),
        wish=wish,
    )
    told = events if moves is None else moves
    shown = {name for row in events for name in row["actors"]}
    presences = notes.find_shown_presences(told, shown, scale)
    placed = notes.place_notes(presences, scale, published, width, language)
    top = 10 + notes.STRIP * (1 + max((note.row for note in placed), default=-1))
    figure = frame.draw_frame(palette, scale, width, max(arranged.height, 80), top)
    marks = arranged.marks

    def say_one(row: Row) -> str:
        return say_hover(row, language)

    figure.add_traces(
        [
            *glyphs.draw_bands(marks, scale, palette),
            *glyphs.draw_bars(marks, scale, palette),
            *glyphs.draw_links(arranged, scale, palette),
            *lettering.draw_targets(marks, scale, say_one),
            *glyphs.draw_marks(marks, palette, say_one),
            *glyphs.draw_whiskers(marks, scale, palette),
            *glyphs.draw_selected(marks, scale, palette, selected),
            *lettering.draw_labels(marks, scale, palette, selected),
            *glyphs.draw_strikes(marks, scale, palette),
        ]
    )
    notes.add_presences(figure, presences, arranged.lanes, scale, palette)
    frame.add_lanes(figure, arranged.lanes, wish.by, palette, width, language)
    notes.add_notes(figure, placed, scale, palette)
    if published:
        notes.add_published(figure, published, palette)
    if not events:
        text, at = say(language, "figure.empty"), {"xref": "paper", "yref": "paper"}
        figure.add_annotation(text=text, x=0.5, y=0.5, showarrow=False, **at)
    return figure


def draw_overview(
    bins: pd.DataFrame,
    *,
    width: int,
    span: tuple[date, date],
    view: tuple[date, date] | None = None,
    language: str = "en",
    theme: str = "light",
) -> go.Figure:
    """How many events in each bin: solid for surely, hatched for possibly; the view left clear."""
    palette = load_palette(theme)
    scale = find_scale([], width - sum(frame.find_margins(width)), span, None)
    figure = frame.draw_frame(palette, scale, width, _OVERVIEW, 6)
    starts = [find_time(day) for day in bins["bin"]]
    ends = [*starts[1:], *([max(scale.end, starts[-1] + DAY)] if starts else [])]
    add_bins(figure, bins, starts=starts, ends=ends, palette=palette, language=language)
    most = max([1, *(bins["surely"] + bins["possibly"])])
    figure.update_yaxes(range=[0, most * 1.08])
    first, last = (view[0], view[1]) if view else span
    for low, high in ((scale.start, find_time(first)), (find_time(last) + DAY, scale.end)):
        if view and low < high:
            place = {"type": "rect", "xref": "x", "yref": "paper", "x0": low, "x1": high}
            look = {"fillcolor": palette.outside, "line": {"width": 0}, "layer": "above"}
            figure.add_shape(y0=0, y1=1, **place, **look)
    return figure


def say_hover(row: Row, language: str) -> str:
    """What the pointer shows: title, days, toll, and what a click does."""
    lasting = {"extent": row["extent"], "basis": row["basis"]}
    facts = [say_date(row["start"], row["end"], row["precision"], language, **lasting)]
    if row["killed"] is not None:
        low, high = row["killed_low"], row["killed_high"]
        ranged = None not in (low, high) and low != high
        key = "figure.killed_range" if ranged else "figure.killed"
        facts.append(say(language, key, n=row["killed"], low=low, high=high))
    if row["count"] is not None:
        facts.append(say(language, "figure.incidents", n=row["count"]))
    if row["status"] != "happened":
        facts.append(say(language, f"figure.{row['status']}"))
    title = "<br>".join(lettering.escape(line) for line in wrap_text(row["title"], 300, 13))
    return f"<b>{title}</b><br>{' · '.join(facts)}<br>{say(language, 'figure.click')}"


CHARTS = {"timeline": draw_timeline, "overview": draw_overview}
