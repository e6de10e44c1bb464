"""The row of a data set that an event came from, as it came: its columns and cells."""

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page.browser import is_link
from dashboard.texts import say

_LONGEST = 600  # characters of a cell that are shown; the export has all of them


def build_record(record: str, language: str) -> Component:
    """The cells that hold something, a line each; addresses as links, all else as text."""
    cells = {name: str(cell) for name, cell in json.loads(record).items() if cell not in (None, "")}
    lines = [html.Div([html.Dt(name), html.Dd(_show(cell))]) for name, cell in cells.items()]
    heading = say(language, "card.record", n=len(cells))
    return html.Details([html.Summary(heading), html.Dl(lines)], className="record")


def _show(cell: str) -> Any:
    shown = cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]} …"
    if not is_link(cell):
        return shown
    return html.A(shown, href=cell, target="_blank", rel="noopener noreferrer")
