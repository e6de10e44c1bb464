"""From event to event in time, by key or button, and the days of the one chosen."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard.filters import Limits, read_filters
from dashboard.query import Row, Tables, list_days, select_event


def find_step(rows: Sequence[Row], chosen: Row | None, by: int) -> Row | None:
    """The row `by` steps after the chosen one; the first or the last where none is chosen.

    `rows` are in their order in time. Where the chosen one is hidden, its place in time counts.
    """
    if not rows:
        return None
    if chosen is None:
        return rows[0] if by > 0 else rows[-1]
    at = bisect_left(rows, _order(chosen), key=_order)
    there = at < len(rows) and rows[at]["event_id"] == chosen["event_id"]
    wanted = at + by - (0 if there or by < 0 else 1)
    return rows[min(max(wanted, 0), len(rows) - 1)]


def add_steps(app: Dash, tables: Tables, limits: Limits) -> None:
    """Answer where the next or previous event is, and how far the chosen one reaches."""

    @app.callback(
        Output("stepped", "data"),
        Input("step", "data"),
        State("filters", "data"),
        prevent_initial_call=True,
    )
    def step(asked: dict[str, Any] | None, held: dict[str, Any]) -> Any:
        if asked is None:
            return no_update
        event = select_event(tables, asked["event"]) if asked["event"] else None
        if not asked["fit"]:
            event = find_step(list_days(tables, read_filters(held, limits)), event, asked["by"])
        if event is None:
            return no_update
        days = [str(event["start"]), str(event["end"] or event["start"])]
        return {"event": event["event_id"], "days": days, "fit": asked["fit"], "at": asked["at"]}


def _order(row: Row) -> tuple[date, date, str]:
    return row["start"], row["end"] or date.max, row["event_id"]
