"""The one place where the view changes: filters, viewport, lanes, the chosen event, the address."""

from dataclasses import asdict
from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard.page.browser import run_in_browser
from dashboard.page.filters import Limits
from dashboard.query import Tables
from dashboard.texts import say
from dashboard.views import View, read_address

CHANGED = {  # all that the reducer writes, and of it what else reads it
    "address": "search",
    "filters": "data",
    "view": "data",
    "chosen": "data",
    "lanes": "data",
    "language": "data",
    "theme": "data",
    "opened": "data",
    "open-panels": "data",
}
CONTROLS = {
    "actors": "value",
    "types": "value",
    "years": "value",
    "text": "value",
    "not-asserted": "checked",
    "places": "value",
    "sources": "value",
    "lanes-by": "value",
    "lanes-order": "value",
    "report": "value",
    "panels": "value",
}


def add_state(app: Dash, tables: Tables, limits: Limits) -> None:
    """Let every control, click, zoom and address change the view, in one place."""
    run_in_browser(
        app,
        "reduce",
        *[Output(name, prop) for name, prop in (CHANGED | CONTROLS).items()],
        *[Input(name, prop) for name, prop in CONTROLS.items()],
        Input("clear", "n_clicks"),
        Input("zoomed", "data"),
        Input("zoom-in", "n_clicks"),
        Input("zoom-out", "n_clicks"),
        Input("zoom-reset", "n_clicks"),
        Input("clicked", "data"),
        Input("close", "n_clicks"),
        Input("read", "data"),
        Input("stepped", "data"),
        *[State(name, prop) for name, prop in CHANGED.items()],
        State("lane-names", "data"),
        State("limits", "data"),
    )
    run_in_browser(
        app,
        "followAddress",
        Output("asked", "data"),
        Input("address", "search"),
        *[State(name, prop) for name, prop in CHANGED.items() if name != "address"],
        State("limits", "data"),
        at_start=True,
    )

    @app.callback(
        Output("read", "data"),
        Output("ignored", "children"),
        Input("asked", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def read(asked: str | None, language: str) -> tuple[Any, Any]:
        if not isinstance(asked, str):
            return no_update, no_update
        view, ignored = read_address(asked, tables)
        said = say(language, "page.ignored", parts=", ".join(ignored)) if ignored else ""
        return hold_view(view, limits), said


def hold_view(view: View, limits: Limits) -> dict[str, Any]:
    """What the page's stores hold for a view."""
    filters = view.filters
    first, last = limits["first_year"], limits["last_year"]
    start = filters.start.year if filters.start else first
    end = filters.end.year if filters.end else last
    return {
        "filters": {
            "actors": filters.actors,
            "types": filters.types,
            "years": [min(max(year, first), last) for year in (start, end)],
            "text": filters.text,
            "not_asserted": filters.not_asserted,
            "places": filters.places,
            "sources": filters.sources,
        },
        "view": view.zoom and [str(day) for day in view.zoom],
        "chosen": view.event,
        "lanes": asdict(view.lanes),
        "language": view.language,
        "theme": view.theme,
        "report": view.report,
        "panels": list(view.panels),
    }
