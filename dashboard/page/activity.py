"""How many events each month or year, beside the timeline: a bar clicked is zoomed to."""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.charts.activity import draw_activity
from dashboard.counts import count_by_bin
from dashboard.page.browser import aria, on_click, run_in_browser
from dashboard.page.filters import Limits, read_filters
from dashboard.query import Tables, find_days
from dashboard.texts import say

_UNITS = ("M", "Y")
_MONTHLY = 12  # years; a longer table opens by year


def build_activity(tables: Tables, language: str) -> Component:
    """The choice of months or years, and the place of the chart."""
    first, last = find_days(tables)
    return html.Div(
        [
            html.Div(
                dmc.SegmentedControl(
                    id="activity-unit",
                    data=[
                        {"value": unit, "label": say(language, f"activity.{unit}")}
                        for unit in _UNITS
                    ],
                    value="M" if last.year - first.year < _MONTHLY else "Y",
                    size="xs",
                ),
                className="choices",
                role="group",
                **aria(label=say(language, "activity.unit")),
            ),
            html.P(id="activity-said", className="unseen"),
            html.Div(id="activity-graph", **on_click("period")),
            html.P(say(language, "activity.hint"), className="hint"),
        ]
    )


def add_activity(app: Dash, tables: Tables, limits: Limits) -> None:
    """Draw the bars while the panel is open."""

    @app.callback(
        Output("activity-figure", "data"),
        Output("activity-said", "children"),
        Input("activity-asked", "data"),
        Input("activity-unit", "value"),
        State("client", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def draw(
        held: dict[str, Any] | None,
        unit: str,
        client: dict[str, Any],
        language: str,
    ) -> Any:
        if not held or unit not in _UNITS:
            return no_update, no_update
        filters = read_filters(held, limits)
        bins = count_by_bin(tables, filters, unit)
        first, last = held["years"]
        bins = bins.loc[[first <= day.year <= last for day in bins["bin"].tolist()]]
        figure = draw_activity(
            bins, width=client["width"], unit=unit, theme=client["theme"], language=language
        )
        number, day = max(zip(bins["surely"] + bins["possibly"], bins["bin"], strict=True))
        said = say(language, "activity.said", n=len(bins), most=int(number), day=str(day))
        return figure, said

    run_in_browser(
        app,
        "showFigure",
        Input("activity-figure", "data"),
        Input("activity-graph", "id"),
        State("limits", "data"),
        at_start=True,
    )
