"""The events in words, one button a row, and the mentions that no day can be given to."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.counts import count_shown
from dashboard.page.browser import aria, run_in_browser
from dashboard.page.card import mark_sentence, say_days, say_source
from dashboard.page.filters import Limits, read_filters
from dashboard.page.nothing import build_nothing
from dashboard.query import Tables, list_events, select_undated
from dashboard.texts import say, say_type

LONGEST = 50  # rows


def build_list(language: str) -> Component:
    """The section that holds the list."""
    return html.Section(
        [
            html.H2(say(language, "page.list"), id="list-heading", tabIndex=-1),
            html.Div([html.Ol(id="row-list"), html.Div(id="rows-note")], id="rows"),
            dcc.Store(id="row-data"),
        ],
        id="list",
        className="list",
        **aria(labelledby="list-heading"),
    )


def build_undated(tables: Tables, language: str) -> Component | None:
    """What is told without a day, each with its sentence and source; None where there is none."""
    mentions = select_undated(tables)
    if not mentions:
        return None
    items = [
        html.Li(
            [
                html.Span(mark_sentence(one), lang=one["source_language"]),
                html.Span(say_source(one, language), className="source"),
            ]
        )
        for one in mentions[:LONGEST]
    ]
    return html.Details(
        [
            html.Summary(say(language, "page.undated", n=len(mentions))),
            html.P(say(language, "page.undated_hint"), className="hint"),
            html.Ul(items),
        ],
        className="undated",
    )


def add_list(app: Dash, tables: Tables, limits: Limits) -> None:
    """Keep the list in step with the filters."""

    @app.callback(
        Output("row-data", "data"),
        Output("rows-note", "children"),
        Input("drawn-filters", "data"),
        State("language", "data"),
    )
    def list_rows(held: dict[str, Any], language: str) -> tuple[list[dict[str, Any]], Any]:
        filters = read_filters(held, limits)
        rows = [_say_row(one, language) for one in list_events(tables, filters, LONGEST)]
        if not rows:
            return rows, build_nothing(tables, filters, language)
        if len(rows) < LONGEST:
            return rows, None
        more = say(language, "page.list_more", n=count_shown(tables, filters) - LONGEST)
        return rows, html.P(more, className="hint")

    run_in_browser(
        app, "drawRows", Output("row-list", "className"), Input("row-data", "data"), at_start=True
    )


def _say_row(event: dict[str, Any], language: str) -> dict[str, Any]:
    """What assets/listing.js makes a button of."""
    return {
        "id": event["event_id"],
        "when": say_days(event, language),
        "title": event["title"],
        "type": say_type(event["type"], language),
        "struck": event["status"] == "not_asserted",
    }
