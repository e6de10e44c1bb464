"""The whole page: header, filters, chart, list, card, and the stores that hold its state."""

from dataclasses import asdict
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.browser import aria
from dashboard.captions import name_source, say_title
from dashboard.card import build_no_choice
from dashboard.downloads import build_downloads
from dashboard.filters import Limits, build_filters, start_filters
from dashboard.lanes import WISH
from dashboard.listing import build_list, build_undated
from dashboard.query import Filters, Tables, count_events, select_sources
from dashboard.texts import say
from dashboard.timeline import build_timeline

SANS = "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"


def build_page(tables: Tables, limits: Limits, language: str) -> Component:
    """The whole page in one language. All state is in its stores, so no two browsers share any."""
    close = say(language, "card.close")
    stores: dict[str, Any] = {
        "filters": start_filters(limits),  # what is shown
        "view": None,  # which days the axis spans; None is all
        "chosen": None,  # event_id
        "lanes": asdict(WISH),  # what they stand for, and their order
        "lane-names": [],  # those there are, also the hidden
        "asked": None,  # an address that somebody opened or went back to
        "read": None,  # what it means
        "clicked": None,  # the button of a row or lane that was pressed last
        "zoomed": None,  # where wheel or brush came to rest
        "client": None,  # width and theme
        "drawn": None,  # the timeline's figure, on its way to the chart
        "drawn-view": None,  # the filters and days that it shows, for the overview
        "drawn-filters": start_filters(limits),  # for all that follows the chart
        "drawing": None,  # figure on its way to become a picture
        "picture": None,
        "limits": limits,
        "language": language,
    }
    page = html.Div(
        [
            html.A(say(language, "page.skip_chart"), href="#chart-heading", className="skip"),
            html.A(say(language, "page.skip_list"), href="#list-heading", className="skip"),
            html.Header(
                [
                    html.Div(
                        [
                            html.P(say(language, "page.brand"), className="brand"),
                            html.Nav(_language_link(language)),
                        ],
                        className="top",
                    ),
                    html.H1(say_title(tables, Filters(), language)),
                    html.P(_say_made(tables, language), className="standfirst"),
                    html.P(id="ignored", role="status", className="ignored"),
                ]
            ),
            html.Main(
                [
                    html.Section(
                        [
                            build_filters(tables, limits, language),
                            html.Div(
                                [
                                    html.P(
                                        [
                                            html.Strong(id="shown"),
                                            " ",
                                            html.Span(id="hidden"),
                                        ],
                                        role="status",
                                        className="summary",
                                    ),
                                    html.Div(
                                        [
                                            dmc.Button(
                                                say(language, "filters.clear"),
                                                id="clear",
                                                variant="default",
                                                size="sm",
                                                n_clicks=0,
                                                disabled=True,
                                            ),
                                            build_downloads(language),
                                        ],
                                        className="actions",
                                    ),
                                ],
                                className="line",
                            ),
                        ],
                        className="filters",
                        **aria(label=say(language, "filters.filters")),
                    ),
                    html.Div(
                        [
                            build_timeline(language),
                            build_undated(tables, language),
                            build_list(language),
                        ],
                        className="column",
                    ),
                    html.Aside(
                        [
                            html.Button(
                                "×", id="close", n_clicks=0, title=close, **aria(label=close)
                            ),
                            html.Div(build_no_choice(language), id="card-content"),
                        ],
                        id="card",
                        className="card",
                        **aria(label=say(language, "card.card")),
                    ),
                ]
            ),
            html.Footer(_sources(tables, language)),
            html.P(id="chosen-said", role="status", className="unseen"),
            html.P(id="download-said", role="status", className="unseen"),
            dcc.Location(id="address", refresh=False),
            dcc.Download(id="download"),
            *[dcc.Store(id=name, data=data) for name, data in stores.items()],
        ],
        id="page",
    )
    provider: Component = dmc.MantineProvider(
        page,
        defaultColorScheme="auto",
        theme={
            "fontFamily": SANS,
            "primaryColor": "dark",
            "defaultRadius": 2,
            "cursorType": "pointer",
        },
    )
    return provider


def _language_link(language: str) -> Component:
    code = say(language, "page.other_language_code")
    return html.A(
        say(language, "page.other_language"),
        id="other-language",
        href=f"?language={code}",
        lang=code,
        hrefLang=code,
    )


def _say_made(tables: Tables, language: str) -> str:
    total = count_events(tables, Filters()).total
    number = len(select_sources(tables))
    sources = say(language, "page.one_source" if number == 1 else "page.many_sources", n=number)
    return say(language, "page.made", events=total, sources=sources)


def _sources(tables: Tables, language: str) -> list[Component]:
    rows = []
    for one in select_sources(tables):
        known = name_source("", one["publisher"], one["published"], language)
        rows.append(html.Li([html.Cite(one["title"]), f", {known}" if known else ""]))
    return [html.H2(say(language, "page.sources")), html.Ul(rows)]
