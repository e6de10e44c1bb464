"""The timeline of a view: the marks of its events, or their numbers where they are too many."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.crowds import draw_crowd
from dashboard.charts.figures import draw_timeline
from dashboard.charts.frame import find_margins
from dashboard.charts.lanes import WISH, Wish, choose_lanes
from dashboard.charts.presences import MOVES
from dashboard.counts import count_shown
from dashboard.densities import count_in_lanes
from dashboard.query import (
    Filters,
    Row,
    Tables,
    add_sources,
    find_days,
    find_published,
    list_events,
)

MOST_MARKS = 200  # more of them in view are drawn as numbers
_MANY = 2_000  # events of a table that are counted before any is fetched
_BIN = 7  # pixels that a bin takes at least
_MONTHS = 92  # days; the marks of a longer view are counted by whole months


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline, its lanes with those that are hidden, and its rows unless they are too many."""

    figure: go.Figure
    lanes: tuple[str, ...]
    rows: tuple[Row, ...] | None


def draw_view(
    tables: Tables,
    filters: Filters,
    *,
    width: int,
    view: tuple[date, date] | None = None,
    wish: Wish = WISH,
    language: str = "en",
    theme: str = "light",
    selected: str | None = None,
) -> Drawing:
    """Draw what passes; `view`: the first and last day shown, else all the days there are."""
    look: dict[str, Any] = {"width": width, "language": language, "theme": theme, "wish": wish}
    shown, rows = filters, _list_few(tables, filters)
    if rows is None and view:
        shown = _narrow(filters, view)
        rows = _list_few(tables, shown)
    if rows is None:
        span = view or find_days(tables)
        most = max(12, int((width - sum(find_margins(width))) / _BIN))
        density = count_in_lanes(tables, filters, wish, span, most)
        names = dict.fromkeys([*density.lanes, *wish.hidden])
        return Drawing(draw_crowd(density, view=span, **look), tuple(names), None)
    if wish.by == "source":
        rows = add_sources(tables, rows)
    figure = draw_timeline(
        rows,
        view=view,
        selected=selected,
        published=find_published(tables),
        moves=list_events(tables, Filters(types=MOVES)) if shown is filters else None,
        **look,
    )
    return Drawing(figure, tuple(choose_lanes(rows, replace(wish, hidden=()))), tuple(rows))


def _list_few(tables: Tables, filters: Filters) -> list[Row] | None:
    """The events that pass; None where they are too many for marks."""
    if count_shown(tables, Filters()) > _MANY and count_shown(tables, filters) > MOST_MARKS:
        return None
    rows = list_events(tables, filters, MOST_MARKS + 1)
    return rows if len(rows) <= MOST_MARKS else None


def _narrow(filters: Filters, view: tuple[date, date]) -> Filters:
    """The filters, and the days of the view; of a long one its whole months."""
    first, last = view
    if (last - first).days > _MONTHS:
        first = first.replace(day=1)
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    start = max(first, filters.start) if filters.start else first
    end = min(last, filters.end) if filters.end else last
    return replace(filters, start=start, end=end)
