"""The key of the timeline: each glyph that is in view, drawn, with what it means."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.charts.forms import Row
from dashboard.charts.signs import HEIGHT, WIDTH, draw_form, draw_type, list_forms, list_types
from dashboard.palette import load_palette
from dashboard.texts import say, say_type


def build_key(language: str) -> Component:
    """The fold that holds the key."""
    return html.Details(
        [html.Summary(say(language, "page.key")), html.Div(id="key-signs")],
        id="key",
        className="signs",
    )


def list_signs(
    rows: Sequence[Row] | None, window: tuple[date, date], theme: str, language: str
) -> list[Component]:
    """The types, then the forms, of the events that reach into the window; None: only numbers."""
    if rows is None:
        return [html.P(say(language, "figure.crowd_key"))]
    palette = load_palette(theme)
    seen = [
        row for row in rows if row["start"] <= window[1] and (row["end"] or window[1]) >= window[0]
    ]
    types = [
        (draw_type(*mark, palette), ", ".join(say_type(name, language) for name in names))
        for mark, names in list_types(seen).items()
    ]
    forms = [
        (draw_form(name, palette), say(language, f"export.key_{name}")) for name in list_forms(seen)
    ]
    return [_list_pictures(one) for one in (types, forms) if one]


def _list_pictures(signs: Sequence[tuple[str, str]]) -> Component:
    return html.Ul(
        [
            html.Li([html.Img(src=picture, alt="", width=WIDTH, height=HEIGHT), html.Span(text)])
            for picture, text in signs
        ]
    )
