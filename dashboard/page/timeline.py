"""The timeline and the overview under it: drawn for the width and theme of this very browser."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import dash_mantine_components as dmc
import flask
from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.charts.drawing import Drawing, draw_view
from dashboard.charts.figures import draw_overview
from dashboard.charts.frame import say_lane
from dashboard.charts.lanes import GROUPS, ORDERS, OTHERS, Wish
from dashboard.counts import count_by_bin, count_shown
from dashboard.page.browser import aria, press, run_in_browser
from dashboard.page.filters import Limits, read_filters
from dashboard.page.key import build_key, list_signs
from dashboard.query import Tables, find_days
from dashboard.texts import say, say_date

STEPS = (("step", "-1", "‹"), ("step", "1", "›"), ("fit", "", "⇥"))
TOLD = {  # all that is said of the chart once it is drawn
    "drawn-view": "data",
    "window": "children",
    "chart-says": "children",
    "lane-list": "children",
    "lane-names": "data",
    "key-signs": "children",
    "drawn-filters": "data",
}
DRAWN = {"first-figure": "data", "drawn": "data"} | TOLD
WIDEST = 10_000  # pixels of a chart; no screen has more
PHONE = 600  # pixels; below it fingers scroll the page and zoom by the buttons and the brush


def build_timeline(language: str) -> Component:
    """The chart, its buttons, and the overview with the brush."""

    def button(name: str, sign: str) -> Component:
        says = say(language, f"page.zoom_{name}")
        return html.Button(
            sign,
            id=f"zoom-{name}",
            n_clicks=0,
            className="zoom",
            title=says,
            **aria(label=says),
        )

    def step(act: str, name: str, sign: str) -> Component:
        says = say(language, f"steps.{act}{name}".replace("-", "_"))
        return html.Button(
            sign, className="zoom", title=says, **press(act, name) | aria(label=says)
        )

    return html.Section(
        [
            html.Div(
                [
                    html.H2(say(language, "page.chart"), id="chart-heading"),
                    html.P(id="window"),
                    html.Span(say(language, "page.busy"), className="busy"),
                    html.Div(
                        [
                            *[step(act, name, sign) for act, name, sign in STEPS],
                            button("out", "−"),
                            button("in", "+"),
                            button("reset", "⟲"),
                        ],
                        className="buttons",
                    ),
                ],
                className="bar",
            ),
            _build_lane_controls(language),
            html.P(id="chart-says", className="unseen"),
            html.Div(
                html.Div(id="timeline-graph"),
                id="timeline",
                role="application",
                tabIndex=0,
                **aria(label=say(language, "steps.timeline"), describedby="chart-says"),
            ),
            html.Div(
                html.Div(id="overview-graph"),
                id="overview",
                title=say(language, "page.overview"),
            ),
            html.P(say(language, "page.overview_hint"), className="hint"),
            html.P(
                [html.Span(id="caption"), " ", html.Span(id="caption-link")], className="caption"
            ),
            build_key(language),
        ],
        id="chart",
        className="chart",
        **aria(labelledby="chart-heading"),
    )


def _build_lane_controls(language: str) -> Component:
    """What the lanes stand for, in which order, and each one's place."""

    def select(name: str, values: Sequence[str]) -> Component:
        control: Component = dmc.Select(
            id=f"lanes-{name}",
            label=say(language, f"lanes.{name}"),
            data=[{"value": one, "label": say(language, f"lanes.{name}_{one}")} for one in values],
            value=values[0],
            allowDeselect=False,
            size="sm",
        )
        return control

    return html.Details(
        [
            html.Summary(say(language, "lanes.lanes")),
            html.Div([select("by", GROUPS), select("order", ORDERS)], className="choices"),
            html.Ul(id="lane-list"),
        ],
        className="lanes",
    )


def _list_lanes(names: Sequence[str], wish: Wish, language: str) -> list[Component]:
    """A row for each lane, shown or hidden, with the buttons that move, fold and hide it."""

    def button(
        act: str, name: str, sign: str, label: str, pressed: bool | None = None
    ) -> Component:
        says = say(language, f"lanes.{act}", lane=label)
        state = {} if pressed is None else aria(pressed="true" if pressed else "false")
        return html.Button(
            sign,
            title=says,
            **press(act, name) | aria(label=says) | state,
        )

    rows: list[Component] = []
    for name in names:
        label = say_lane(name, wish.by, language)
        movable = name not in (OTHERS, *wish.hidden)
        rows.append(
            html.Li(
                [
                    html.Span(label),
                    *([button("up", name, "↑", label)] if movable else []),
                    *([button("down", name, "↓", label)] if movable else []),
                    button("fold", name, "▤", label, name in wish.folded),
                    button("hide", name, "⊘", label, name in wish.hidden),
                ]
            )
        )
    return rows


Drawer = Callable[[list[Any]], Drawing]


def remember_charts(tables: Tables, limits: Limits) -> Drawer:
    """What `draw_chart` makes of a view as a list, as the browser holds it; the last are kept."""

    @lru_cache(maxsize=32)
    def draw(asked: str) -> Drawing:
        return draw_chart(tables, limits, *json.loads(asked))

    return lambda asked: draw(json.dumps(asked))


def add_timeline(app: Dash, tables: Tables, limits: Limits, draw: Drawer) -> None:
    """Draw both charts at each change, and hand zoom and brush to the page.

    The browser asks for the chart itself, before all else: a change is seen sooner so.
    """
    days = find_days(tables)

    @app.server.post(f"{app.config.routes_pathname_prefix}chart")  # type: ignore[untyped-decorator]
    def send_chart() -> flask.Response:
        figure = draw(flask.request.get_json()).figure
        return flask.Response(figure.to_json(), mimetype="application/json")

    @app.callback(
        *[Output(name, prop) for name, prop in TOLD.items()],
        Input("drawn", "data"),
        State("drawn-filters", "data"),
        prevent_initial_call=True,
    )
    def tell(drawn: list[Any] | None, told: dict[str, Any]) -> list[Any]:
        if not drawn:
            return [no_update] * len(TOLD)
        props = tell_chart(tables, limits, drawn, draw(drawn))
        if props["drawn-filters"] == told:
            props["drawn-filters"] = no_update
        return [props[name] for name in TOLD]

    run_in_browser(
        app,
        "askChart",
        *[Input(name, "data") for name in ("filters", "view", "lanes", "client", "chosen")],
        State("language", "data"),
        State("limits", "data"),
        at_start=True,
    )

    @app.callback(
        Output("overview-figure", "data"),
        Input("drawn-view", "data"),
        Input("client", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def draw_strip(
        drawn: tuple[dict[str, Any], list[str]] | None, client: dict[str, Any] | None, language: str
    ) -> Any:
        """The overview, once the chart above it is on its way."""
        if not drawn or not client:
            return no_update
        held, window = drawn
        first, last = (date.fromisoformat(day) for day in window)
        years = [limits["first_year"], limits["last_year"]]
        bins = count_by_bin(tables, read_filters(held | {"years": years}, limits))
        overview = draw_overview(
            bins,
            span=days,
            view=None if (first, last) == days else (first, last),
            width=client["width"],
            theme=client["theme"],
            language=language,
        )
        return overview.update_layout(dragmode="select", selectdirection="h")

    run_in_browser(
        app,
        "measure",
        Output("client", "data"),
        Input("timeline", "id"),
        State("limits", "data"),
        at_start=True,
    )
    run_in_browser(
        app,
        "showFigure",
        Input("overview-figure", "data"),
        Input("overview-graph", "id"),
        State("limits", "data"),
        at_start=True,
    )


def draw_chart(
    tables: Tables,
    limits: Limits,
    held: dict[str, Any],
    view: list[str] | None,
    lanes: dict[str, Any],
    client: dict[str, Any],
    chosen: str | None,
    language: str,
) -> Drawing:
    """The chart of this view, as the page's stores hold it.

    A zoom that goes on meanwhile keeps its range: `uirevision` changes with the view alone.
    """
    width = min(client["width"], WIDEST)
    drawing = draw_view(
        tables,
        read_filters(held, limits),
        view=read_view(view),
        selected=chosen,
        wish=read_wish(lanes),
        width=width,
        theme=client["theme"],
        language=language,
    )
    dragmode = False if width < PHONE else "zoom"
    drawing.figure.update_layout(dragmode=dragmode, uirevision=str(view))
    return drawing


def tell_chart(
    tables: Tables, limits: Limits, asked: list[Any], drawing: Drawing
) -> dict[str, Any]:
    """What stands in each part of `TOLD` for a view and its chart."""
    held, view, lanes, client, _, language = asked
    days = find_days(tables)
    window = read_view(view) or _find_window(drawing.figure, days)
    start, end, first, last = (say_date(day, day, "day", language) for day in (*window, *days))
    shown = count_shown(tables, read_filters(held, limits))
    return {
        "drawn-view": [held, window],
        "window": say(language, "page.window", start=start, end=end),
        "chart-says": say(language, "page.chart_says", shown=shown, first=first, last=last),
        "lane-list": _list_lanes(drawing.lanes, read_wish(lanes), language),
        "lane-names": list(drawing.lanes),
        "key-signs": list_signs(drawing.rows, window, client["theme"], language),
        "drawn-filters": held,
    }


def read_wish(lanes: dict[str, Any]) -> Wish:
    """The lanes as the page holds them."""
    return Wish(
        lanes["by"],
        lanes["order"],
        tuple(lanes["by_hand"]),
        tuple(lanes["hidden"]),
        tuple(lanes["folded"]),
    )


def read_view(view: list[str] | None) -> tuple[date, date] | None:
    """The first and the last day in view, as the page holds them; None is the whole."""
    return (date.fromisoformat(view[0]), date.fromisoformat(view[1])) if view else None


def _find_window(figure: Any, days: tuple[date, date]) -> tuple[date, date]:
    """The days that the axis of the figure spans, of those that the table has."""
    low, high = (datetime.fromtimestamp(ms / 1000, UTC).date() for ms in figure.layout.xaxis.range)
    return max(low, days[0]), min(high, days[1])
