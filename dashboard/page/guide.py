"""The guide of a first visit: how to read the chart, and its keys; put away and called again."""

from dash import html
from dash.development.base_component import Component

from dashboard.charts.signs import WIDTH, draw_form
from dashboard.page.browser import aria
from dashboard.palette import load_palette
from dashboard.texts import load_texts, say
from dashboard.views import THEMES

HINTS = {"marks": ("day", "killed"), "bands": ("band", "bar"), "proof": (), "zoom": ()}


def build_guide(language: str) -> Component:
    """A few hints, then the keys; assets/document.js shows it and remembers."""
    return html.Section(
        [
            html.Div(
                [
                    html.H2(say(language, "guide.heading"), id="guide-heading", tabIndex=-1),
                    html.Button(say(language, "guide.close"), id="guide-close", className="quiet"),
                ],
                className="bar",
            ),
            html.Ol([html.Li(_say_hint(one, language)) for one in HINTS]),
            html.Details(
                [html.Summary(say(language, "guide.keys")), _list_keys(language)], className="keys"
            ),
        ],
        id="guide",
        className="guide",
        **aria(labelledby="guide-heading"),
    )


def _say_hint(name: str, language: str) -> list[Component | str]:
    palettes = {theme: load_palette(theme) for theme in THEMES}
    return [
        *[
            html.Img(src=draw_form(one, palette), alt="", className=f"in-{theme}", width=WIDTH)
            for one in HINTS[name]
            for theme, palette in palettes.items()
        ],
        html.Strong(say(language, f"guide.{name}")),
        " ",
        say(language, f"guide.{name}_more"),
    ]


def _list_keys(language: str) -> Component:
    """Each key with what it does: sections `keys` of the texts, "key" to "what"."""
    rows = [
        html.Div([html.Dt([html.Kbd(key) for key in told.split()]), html.Dd(does)])
        for told, does in (line.split(": ", 1) for line in load_texts(language)["keys"].values())
    ]
    return html.Div([html.P(say(language, "guide.keys_where"), className="hint"), html.Dl(rows)])
