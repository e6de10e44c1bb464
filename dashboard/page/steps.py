"""From event to event in time, by key or button, and the days of the one chosen."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard.page.filters import Limits, read_filters
from dashboard.query import Tables, select_event, select_step


def add_steps(app: Dash, tables: Tables, limits: Limits) -> None:
    """Answer where the next or previous event is, and how far the chosen one reaches."""

    @app.callback(
        Output("stepped", "data"),
        Input("step", "data"),
        State("filters", "data"),
        prevent_initial_call=True,
    )
    def step(asked: dict[str, Any] | None, held: dict[str, Any]) -> Any:
        if not asked:
            return no_update
        event = select_event(tables, asked["event"]) if asked["event"] else None
        if not asked["fit"]:
            event = select_step(tables, read_filters(held, limits), event, asked["by"] > 0)
        if event is None:
            return no_update
        days = [str(event["start"]), str(event["end"] or event["start"])]
        return {"event": event["event_id"], "days": days, "fit": asked["fit"], "at": asked["at"]}
