"""The report itself, beside the timeline: choose one, and read what was found in it, in place."""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, html
from dash.development.base_component import Component

from dashboard.exports.captions import name_source
from dashboard.page.browser import aria, run_in_browser
from dashboard.page.card import KINDS
from dashboard.page.passages import cut_parts, find_part, mark_passage
from dashboard.query import Tables, select_source, select_sources, select_told_in
from dashboard.texts import say


def build_report(tables: Tables, language: str) -> Component:
    """The panel that holds the choice of a report and its text."""
    names = [
        {
            "value": one["source_id"],
            "label": name_source(one["title"], one["publisher"], one["published"], language),
        }
        for one in select_sources(tables)
        if one["text"]
    ]
    marks: list[Any] = [say(language, "card.key")]
    for kind in KINDS:
        marks += [" ", html.Mark(say(language, f"card.mark_{kind}"), className=kind)]
    return html.Section(
        [
            html.H2(say(language, "report.report"), id="report-heading", tabIndex=-1),
            dmc.Select(
                id="report",
                label=say(language, "report.choose"),
                placeholder=say(language, "report.none"),
                data=names,
                value=None,
                clearable=True,
                searchable=True,
                nothingFoundMessage=say(language, "filters.nothing_found"),
                clearButtonProps={"aria-label": say(language, "report.close")},
            ),
            html.P(say(language, "report.hint"), id="report-said", role="status", className="hint"),
            dmc.Pagination(
                id="report-part",
                total=1,
                value=1,
                hideWithOnePage=True,
                **aria(label=say(language, "report.parts")),
            ),
            html.Div(
                id="report-text",
                className="report-text",
                dir="auto",
                tabIndex=0,
                role="region",
                **aria(label=say(language, "report.text")),
            ),
            html.P(marks, className="key hint", id="report-key"),
        ],
        id="report-panel",
        className="report",
        hidden=not names,  # data sets have no text to read
        **aria(labelledby="report-heading"),
    )


def add_report(app: Dash, tables: Tables) -> None:
    """Show the opened report, the part of it where the chosen event is told, and go there."""

    @app.callback(
        Output("report-text", "children"),
        Output("report-text", "lang"),
        Output("report-said", "children"),
        Output("report-part", "total"),
        Output("report-part", "value"),
        Input("report", "value"),
        Input("chosen", "data"),
        Input("report-part", "value"),
        Input("spoken", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def show(
        report: str | None, chosen: str | None, page: int | None, spoken: str | None, language: str
    ) -> tuple[Any, ...]:
        source = select_source(tables, report) if report else None
        if source is None or not source["text"]:
            return [], language, say(language, "report.hint"), 1, 1
        text, mentions = source["text"], select_told_in(tables, source["source_id"])
        parts = cut_parts(text)
        places = [one["sentence_start"] for one in mentions if one["event_id"] == chosen]
        places = [place for place in places if place is not None] if chosen else []
        number = min(max(page or 1, 1), len(parts)) - 1
        if ctx.triggered_id == "report":
            number = 0
        if ctx.triggered_id != "report-part" and places:
            number = find_part(parts, places[0])
        said = ""
        if chosen and not places:
            said = say(language, "report.elsewhere")
        elif not mentions:
            said = say(language, "report.nothing")
        elif len(parts) > 1:
            said = say(language, "report.part", n=number + 1, total=len(parts))
        passage = mark_passage(text, mentions, parts[number], chosen)
        return passage, source["language"], said, len(parts), number + 1

    run_in_browser(
        app,
        "showPassage",
        Output("report-text", "title"),
        Input("report-text", "children"),
    )
