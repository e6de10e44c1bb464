"""What to do where no event fits: which filter to drop, and how many events that brings back."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.counts import count_events
from dashboard.page.browser import press
from dashboard.query import Filters, Tables
from dashboard.texts import say


def list_remedies(tables: Tables, filters: Filters) -> dict[str, int]:
    """The filters without which something would be shown, with the number of events."""
    without = {
        "actors": replace(filters, actors=()),
        "types": replace(filters, types=()),
        "years": replace(filters, start=None, end=None),
        "text": replace(filters, text=""),
        "places": replace(filters, places=()),
        "sources": replace(filters, sources=()),
        "not_asserted": replace(filters, not_asserted=True),
    }
    active = {name: one for name, one in without.items() if one != filters}
    found = {name: count_events(tables, one).shown for name, one in active.items()}
    return {name: n for name, n in found.items() if n}


def build_nothing(tables: Tables, filters: Filters, language: str) -> Component:
    """A button for each filter worth dropping, and one for all of them."""
    if filters == Filters():
        return html.P(say(language, "page.nothing"), className="nothing")
    remedies = list_remedies(tables, filters)
    buttons = [
        html.Button(say(language, f"nothing.{name}", n=n), className="quiet", **press("drop", name))
        for name, n in remedies.items()
    ]
    everything = html.Button(say(language, "filters.clear"), className="quiet", **press("drop", ""))
    return html.Div(
        [
            html.P(say(language, "page.nothing")),
            html.P(say(language, "nothing.hint" if remedies else "nothing.several")),
            html.Div([*buttons, everything], className="actions"),
        ],
        className="nothing",
    )
