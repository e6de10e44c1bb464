"""The events in words, one button a row, and the mentions that no day can be given to."""

from typing import Any

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard.counts import count_shown
from dashboard.page.browser import aria, press
from dashboard.page.card import mark_sentence, say_days, say_source
from dashboard.page.filters import Limits, read_filters
from dashboard.page.nothing import build_nothing
from dashboard.query import Tables, list_events, select_undated
from dashboard.texts import say, say_type

LONGEST = 50  # rows; Dash asks each part of each row at every change, and takes seconds for 200


def build_list(language: str) -> Component:
    """The section that holds the list."""
    return html.Section(
        [
            html.H2(say(language, "page.list"), id="list-heading", tabIndex=-1),
            html.Div(id="rows"),
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
        Output("rows", "children"), Input("drawn-filters", "data"), State("language", "data")
    )
    def list_rows(held: dict[str, Any], language: str) -> list[Component]:
        filters = read_filters(held, limits)
        rows = [_row(one, language) for one in list_events(tables, filters, LONGEST)]
        if not rows:
            return [build_nothing(tables, filters, language)]
        parts: list[Component] = [html.Ol(rows)]
        if len(rows) == LONGEST:
            more = say(language, "page.list_more", n=count_shown(tables, filters) - LONGEST)
            parts.append(html.P(more, className="hint"))
        return parts


def _row(event: dict[str, Any], language: str) -> Component:
    struck = " struck" if event["status"] == "not_asserted" else ""
    return html.Li(
        html.Button(
            [
                html.Span(say_days(event, language), className="when"),
                html.Span(event["title"], className="title" + struck),
                html.Span(say_type(event["type"], language), className="type"),
            ],
            className="row",
            **press("choose", event["event_id"]),
        ),
        key=event["event_id"],  # so that a row that stays is the same under the pointer
    )
