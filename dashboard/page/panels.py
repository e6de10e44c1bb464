"""The linked views beside the timeline: each opened when wanted, all sharing filters and choice."""

from collections.abc import Callable
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard.page.activity import add_activity, build_activity
from dashboard.page.atlas import add_atlas, build_atlas
from dashboard.page.browser import aria, run_in_browser
from dashboard.page.filters import Limits
from dashboard.page.grid import add_grid, build_grid
from dashboard.page.matrix import add_matrix, build_matrix
from dashboard.query import Tables
from dashboard.texts import say
from dashboard.views import PANELS


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel holds, in one language, and the callbacks that keep it in step.

    A panel follows its store `NAME-asked`, which has the filters while it is open: a closed one
    asks the server for nothing.
    """

    build: Callable[[Tables, str], Component]
    add: Callable[[Dash, Tables, Limits], None]


PARTS = {
    "activity": Panel(build_activity, add_activity),
    "map": Panel(build_atlas, add_atlas),
    "matrix": Panel(build_matrix, add_matrix),
    "table": Panel(build_grid, add_grid),
}


def build_panels(tables: Tables, language: str) -> Component:
    """The choice of panels, and their places; those that are not chosen are hidden."""
    chips = [dmc.Chip(say(language, f"panels.{name}"), value=name, size="sm") for name in PANELS]
    return html.Section(
        [
            html.H2(say(language, "panels.panels"), id="panels-heading"),
            html.Div(
                dmc.ChipGroup(chips, id="panels", multiple=True, value=[]),
                className="choices",
                role="group",
                **aria(labelledby="panels-heading"),
            ),
            *[
                html.Section(
                    [
                        dcc.Store(id=f"{name}-asked", data=False),
                        html.H3(say(language, f"panels.{name}"), id=f"{name}-heading"),
                        PARTS[name].build(tables, language),
                    ],
                    id=f"panel-{name}",
                    className="panel",
                    hidden=True,
                    **aria(labelledby=f"{name}-heading"),
                )
                for name in PANELS
            ],
        ],
        className="panels",
        hidden=not PANELS,
        **aria(labelledby="panels-heading"),
    )


def add_panels(app: Dash, tables: Tables, limits: Limits) -> None:
    """Show the panels that are chosen, and keep each in step."""
    for name in PANELS:
        PARTS[name].add(app, tables, limits)
        run_in_browser(
            app,
            "showPanel",
            Output(f"panel-{name}", "hidden"),
            Output(f"{name}-asked", "data"),
            Input("open-panels", "data"),
            Input("drawn-filters", "data"),
            Input("client", "data"),
            Input(f"panel-{name}", "id"),
            at_start=True,
        )
