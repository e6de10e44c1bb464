"""What the page is measured against: `px.timeline` of the same rows in a minimal Dash app."""

from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from etl.tables.table import read_table


def create_peer(folder: Path) -> Dash:
    """A dropdown of types over one chart; a bar an event, one lane an actor."""
    rows = read_table(folder).events
    rows = pd.DataFrame(
        {
            "title": rows["title"].astype(str),
            "start": pd.to_datetime(rows["start"].astype(str)),
            "end": pd.to_datetime(rows["end"].astype(str)) + pd.Timedelta(days=1),
            "type": rows["type"].astype(str),
            "actor": [
                next(name for names in parts for name in names)
                for parts in zip(rows["actors"], rows["recipients"], rows["others"], strict=True)
            ],
        }
    )
    app = Dash("peer", serve_locally=True)
    chart = dcc.Graph(id="chart", config={"displayModeBar": False})
    app.layout = html.Div(
        [
            dcc.Dropdown(id="types", options=sorted(set(rows["type"])), multi=True, value=[]),
            html.Div(chart, id="timeline"),
        ]
    )

    @app.callback(Output("chart", "figure"), Input("types", "value"))
    def draw(types: list[str]) -> go.Figure:
        kept = rows[rows["type"].isin(types)] if types else rows
        return px.timeline(
            kept, x_start="start", x_end="end", y="actor", color="type", hover_name="title"
        )

    return app
