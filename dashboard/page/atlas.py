"""Where it happened: a map of the places beside the timeline, and the largest of them in words."""

from typing import Any

from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.charts.world import draw_world, name_mark
from dashboard.page.browser import aria, on_click, press, run_in_browser
from dashboard.page.filters import Limits, read_filters
from dashboard.query import Tables, select_event
from dashboard.texts import say, say_country
from dashboard.whereabouts import Whereabouts, count_by_place

_PHONE = 600  # pixels; below it fingers scroll the page, and the buttons zoom
_LISTED = 12  # places as buttons
_BUTTONS = (("out", "−"), ("in", "+"), ("world", "⟲"))


def build_atlas(tables: Tables, language: str) -> Component:
    """The buttons, the place of the map, and what it says in words."""
    buttons = [
        html.Button(
            sign,
            id=f"map-{name}",
            n_clicks=0,
            className="zoom",
            title=say(language, f"map.{name}"),
            **aria(label=say(language, f"map.{name}")),
        )
        for name, sign in _BUTTONS
    ]
    return html.Div(
        [
            html.P(say(language, "map.hint"), className="hint"),
            html.Div(html.Div(buttons, className="buttons"), className="bar"),
            html.Div(id="map-graph", **on_click("place")),
            html.P(id="map-said"),
            html.Ul(id="map-places", className="places"),
            html.P(say(language, "map.source"), className="hint"),
        ]
    )


def add_atlas(app: Dash, tables: Tables, limits: Limits) -> None:
    """Draw the map while it is open."""

    @app.callback(
        Output("map-figure", "data"),
        Output("map-said", "children"),
        Output("map-places", "children"),
        Input("map-asked", "data"),
        Input("chosen", "data"),
        State("client", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def draw(
        held: dict[str, Any] | None,
        chosen: str | None,
        client: dict[str, Any],
        language: str,
    ) -> Any:
        if not held:
            return no_update, no_update, no_update
        found = count_by_place(tables, read_filters(held, limits))
        figure = draw_world(
            found.spots,
            found.countries,
            width=client["width"],
            chosen=select_event(tables, chosen) if chosen else None,
            theme=client["theme"],
            language=language,
        )
        figure.update_layout(dragmode=False if client["width"] < _PHONE else "pan")
        return figure, _say_found(found, language), _list_places(found, language)

    run_in_browser(
        app,
        "showFigure",
        Input("map-figure", "data"),
        Input("map-graph", "id"),
        State("limits", "data"),
        at_start=True,
    )
    run_in_browser(
        app,
        "zoomMap",
        Output("map-graph", "lang"),
        *[Input(f"map-{name}", "n_clicks") for name, _ in _BUTTONS],
    )


def _say_found(found: Whereabouts, language: str) -> str:
    placed = sum(one["n"] for one in (*found.spots, *found.countries))
    number = len(found.spots) + len(found.countries)
    return say(language, "map.said", n=placed, places=number, nowhere=found.nowhere)


def _list_places(found: Whereabouts, language: str) -> list[Component]:
    """The places with most events, as buttons that do what a click on the map does."""
    named = [(one, one["place"]) for one in found.spots if one["place"]]
    named += [(one, one["country"]) for one in found.countries]
    first = sorted(named, key=lambda one: -one[0]["n"])[:_LISTED]
    return [
        html.Li(
            html.Button(
                say(language, "map.place", place=say_country(name, language), n=one["n"]),
                className="quiet",
                **press("place", name_mark(one, name)),
            )
        )
        for one, name in first
    ]
