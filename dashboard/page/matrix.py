"""Who against whom as a table of numbers: rows act, columns are acted upon."""

import json
from typing import Any

from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.page.browser import aria, press
from dashboard.page.filters import Limits, read_filters
from dashboard.query import Tables
from dashboard.relations import Relations, count_relations
from dashboard.texts import say, say_actor


def build_matrix(tables: Tables, language: str) -> Component:
    """The place of the matrix, and how it is read."""
    return html.Div(
        [
            html.P(say(language, "matrix.hint"), className="hint"),
            html.Div(
                id="matrix-place",
                className="matrix",
                tabIndex=0,
                role="group",
                **aria(labelledby="matrix-heading"),
            ),
        ]
    )


def add_matrix(app: Dash, tables: Tables, limits: Limits) -> None:
    """Count anew while the panel is open."""

    @app.callback(
        Output("matrix-place", "children"),
        Input("matrix-asked", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def draw(held: dict[str, Any] | None, language: str) -> Any:
        if not held:
            return no_update
        relations = count_relations(tables, read_filters(held, limits))
        if not relations.names:
            return html.P(say(language, "matrix.nothing"), className="hint")
        return _build_table(relations, language)


def _build_table(relations: Relations, language: str) -> list[Component]:
    names = relations.names
    most = max([*relations.directed.values(), *relations.mutual.values()])
    head = html.Tr(
        [
            html.Td(say(language, "matrix.corner")),
            *[html.Th(say_actor(name, language), scope="col") for name in names],
        ]
    )
    rows = [
        html.Tr(
            [
                html.Th(say_actor(who, language), scope="row"),
                *[_build_cell(relations, who, whom, most, language) for whom in names],
            ]
        )
        for who in names
    ]
    parts: list[Component] = [html.Table([html.Thead(head), html.Tbody(rows)])]
    if relations.others:
        parts.append(html.P(say(language, "matrix.others", n=relations.others), className="hint"))
    return parts


def _build_cell(relations: Relations, who: str, whom: str, most: int, language: str) -> Component:
    pair = (who, whom)
    directed, mutual = relations.directed.get(pair, 0), relations.mutual.get(pair, 0)
    if not directed and not mutual:
        return html.Td(className="none" if who != whom else "self")
    said = [f"{directed}"] * bool(directed) + [f"⇄ {mutual}"] * bool(mutual)
    label = say(
        language,
        "matrix.cell",
        who=say_actor(who, language),
        whom=say_actor(whom, language),
        directed=directed,
        mutual=mutual,
    )
    strength = round(8 + 27 * max(directed, mutual) / most)
    return html.Td(
        html.Button(
            " ".join(said),
            title=label,
            **press("pair", json.dumps(pair)),
            **aria(label=label),
        ),
        style={"--strength": f"{strength}%"},
    )
