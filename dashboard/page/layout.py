"""The whole page: header, filters, chart, list, card, and the stores that hold its state."""

from dataclasses import asdict
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.lanes import WISH
from dashboard.counts import count_events
from dashboard.exports.captions import name_source, say_title
from dashboard.page.adding import build_desk
from dashboard.page.browser import aria, press
from dashboard.page.card import build_no_choice
from dashboard.page.downloads import build_downloads
from dashboard.page.filters import Limits, build_filters, start_filters
from dashboard.page.guide import build_guide
from dashboard.page.link import build_link
from dashboard.page.listing import build_list, build_undated
from dashboard.page.panels import build_panels
from dashboard.page.report import build_report
from dashboard.page.timeline import DRAWN, build_timeline
from dashboard.query import Filters, Tables, select_sources
from dashboard.texts import say

SANS = "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"


def build_page(
    tables: Tables,
    limits: Limits,
    language: str,
    drawn: dict[str, Any] | None = None,
    desk: str = "",
) -> Component:
    """The whole page in one language. All state is in its stores, so no two browsers share any.

    A store that holds nothing yet has False: with None, Dash takes its birth for a change.

    `drawn`: what stands in each part of `DRAWN` for this browser, where it said what it is.
    `desk`: where a visitor's reports are sent; "" where none are taken.
    """
    stores: dict[str, Any] = {
        "filters": start_filters(limits),  # what is shown
        "view": False,  # which days the axis spans; False is all
        "chosen": False,  # event_id
        "lanes": asdict(WISH),  # what they stand for, and their order
        "lane-names": [],  # those there are, also the hidden
        "asked": False,  # an address that somebody opened or went back to
        "read": False,  # what it means
        "clicked": False,  # the button of a row or lane that was pressed last
        "zoomed": False,  # where wheel or brush came to rest
        "client": False,  # width and theme
        "first-figure": False,  # of a page that comes with its chart
        "overview-figure": False,
        "activity-figure": False,
        "map-figure": False,
        "drawn": False,  # the view that the chart shows
        "drawn-view": False,  # its filters and days, for the overview
        "drawn-filters": start_filters(limits),  # for all that follows the chart
        "drawing": False,  # figure on its way to become a picture
        "picture": False,
        "step": False,  # which event is asked for: the next, the one before, the one chosen
        "stepped": False,  # what it is, and its days
        "limits": limits,
        "language": language,
        "theme": "",  # light or dark, "" for that of the system
        "opened": False,  # the report that is read
        "open-panels": [],
        "spoken": False,  # the language that the page was built in anew
    }
    provider: Component = dmc.MantineProvider(
        [
            html.Div(build_parts(tables, limits, language, desk), id="page"),
            dcc.Location(id="address", refresh=False),
            dcc.Download(id="download"),
            *[dcc.Store(id=name, data=data) for name, data in stores.items()],
        ],
        id="theme-provider",
        defaultColorScheme="auto",
        theme={
            "fontFamily": SANS,
            "primaryColor": "dark",
            "defaultRadius": 2,
            "cursorType": "pointer",
            "respectReducedMotion": True,
        },
    )
    for name, value in (drawn or {}).items():
        setattr(provider[name], DRAWN[name], value)
    return provider


def build_parts(tables: Tables, limits: Limits, language: str, desk: str = "") -> list[Component]:
    """All that is seen of the page, in one language."""
    close = say(language, "card.close")
    return [
        html.A(say(language, "page.skip_chart"), href="#chart-heading", className="skip"),
        html.A(say(language, "page.skip_list"), href="#list-heading", className="skip"),
        html.Header(
            [
                html.Div(
                    [
                        html.P(say(language, "page.brand"), className="brand"),
                        html.Nav(_build_switches(language)),
                    ],
                    className="top",
                ),
                html.H1(say_title(tables, Filters(), language)),
                html.Div(
                    [
                        html.P(_say_made(tables, language), className="standfirst"),
                        build_desk(desk, language),
                    ],
                    className="made",
                ),
                html.P(id="ignored", role="status", className="ignored"),
                _build_trouble(language),
            ]
        ),
        html.Main(
            [
                build_guide(language),
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
                                        build_link(language),
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
                        build_panels(tables, language),
                        build_undated(tables, language),
                        build_list(language),
                        build_report(tables, language),
                    ],
                    className="column",
                ),
                html.Aside(
                    [
                        html.Button("×", id="close", n_clicks=0, title=close, **aria(label=close)),
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
    ]


def _build_trouble(language: str) -> Component:
    texts: dict[str, Any] = {
        f"data-{one}": say(language, f"trouble.{one}") for one in ("gone", "broken", "back")
    }
    reload = html.Button(say(language, "trouble.reload"), id="reload", className="quiet")
    return html.Div([html.Span(), reload], id="trouble", role="alert", hidden=True, **texts)


def _build_switches(language: str) -> list[Component]:
    code = say(language, "page.other_language_code")
    themes = [
        html.Span(say(language, f"page.to_{theme}"), className=f"to-{theme}")
        for theme in ("dark", "light")
    ]
    return [
        html.Button(say(language, "guide.guide"), id="guide-open", **aria(controls="guide")),
        html.Button(themes, id="other-theme", **press("theme", "")),
        html.Button(
            say(language, "page.other_language"),
            id="other-language",
            lang=code,
            **press("language", code),
        ),
    ]


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
