"""The events as a table, in a grid that asks the engine for the rows it shows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import dash_ag_grid
import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.counts import list_actors, list_countries, list_types
from dashboard.page.browser import aria, run_in_browser
from dashboard.page.card import say_days
from dashboard.page.filters import Limits, read_filters
from dashboard.paging import Condition, select_page
from dashboard.query import Row, Tables
from dashboard.texts import load_texts, say, say_actor, say_country, say_type
from etl.words.names import fold_word

_PAGE = 100  # rows that are asked for at once
_WIDTHS = {
    "when": 210, "title": 340, "type": 190, "actors": 190, "recipients": 170, "place": 140,
    "country": 150, "killed": 100, "wounded": 110, "sources": 110,
}  # fmt: skip
_NUMBERS = ("killed", "wounded", "sources")
_SHOWN = ("when", "title", "type", "actors", "recipients", "place", "killed")
_TEXT = {"filter": "agTextColumnFilter", "options": ["contains"]}
_NUMBER = {
    "filter": "agNumberColumnFilter",
    "options": ["equals", "greaterThanOrEqual", "lessThanOrEqual", "inRange"],
}
_DAY = {"filter": "agDateColumnFilter", "options": ["inRange", "equals", "lessThan", "greaterThan"]}

# its script is asked for when the table is opened, so that the page's first load is without it
dash_ag_grid._js_dist[0]["dynamic"] = True


def build_grid(tables: Tables, language: str) -> Component:
    """The choice of columns, and the place of the table."""
    chips = [dmc.Chip(say(language, f"grid.{name}"), value=name, size="xs") for name in _WIDTHS]
    return html.Div(
        [
            html.P(say(language, "grid.hint"), className="hint"),
            html.Div(
                dmc.ChipGroup(chips, id="grid-columns", multiple=True, value=list(_SHOWN)),
                className="choices",
                role="group",
                **aria(label=say(language, "grid.columns")),
            ),
            html.Div(id="grid-place"),
            dcc.Store(id="grid-ready", data=False),
        ]
    )


def add_grid(app: Dash, tables: Tables, limits: Limits) -> None:
    """Build the table when it is opened, and answer it page by page."""
    run_in_browser(
        app,
        "loadGrid",
        Output("grid-ready", "data"),
        Input("open-panels", "data"),
        State("grid-ready", "data"),
        at_start=True,
    )

    @app.callback(
        Output("grid-place", "children"),
        Input("grid-ready", "data"),
        State("grid-columns", "value"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def build(ready: bool | None, shown: list[str], language: str) -> Any:
        return _build_table(shown, language) if ready else no_update

    @app.callback(
        Output("grid", "columnDefs"),
        Input("grid-columns", "value"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def choose_columns(shown: list[str], language: str) -> list[dict[str, Any]]:
        return _list_columns(shown, language)

    @app.callback(
        Output("grid", "getRowsResponse"),
        Input("grid", "getRowsRequest"),
        State("drawn-filters", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def answer(asked: dict[str, Any] | None, held: dict[str, Any], language: str) -> Any:
        if asked is None:
            return no_update
        first = max(0, int(asked["startRow"]))
        rows, total = select_page(
            tables,
            read_filters(held, limits),
            order=[(one["colId"], one["sort"] == "desc") for one in asked["sortModel"]],
            conditions=list(_read_conditions(asked["filterModel"], tables, language)),
            first=first,
            most=min(_PAGE, max(0, int(asked["endRow"]) - first)),
        )
        return {"rowData": [_say_row(row, language) for row in rows], "rowCount": total}

    run_in_browser(
        app,
        "refreshGrid",
        Output("grid-place", "title"),
        Input("drawn-filters", "data"),
        Input("chosen", "data"),
    )
    run_in_browser(
        app,
        "followGrid",
        Output("grid-place", "lang"),
        Input("grid", "selectedRows"),
    )


def _build_table(shown: Sequence[str], language: str) -> Component:
    table: Component = dash_ag_grid.AgGrid(
        id="grid",
        columnDefs=_list_columns(shown, language),
        defaultColDef={"resizable": True, "sortable": True, "suppressHeaderMenuButton": True},
        rowModelType="infinite",
        getRowId="params.data.event_id",
        dashGridOptions={
            "cacheBlockSize": _PAGE,
            "maxBlocksInCache": 10,
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "localeText": load_texts(language)["grid_words"],
            "ensureDomOrder": True,
            "suppressColumnVirtualisation": True,
            "suppressMovableColumns": False,
            "tooltipShowDelay": 500,
            "theme": "themeQuartz",
        },
        style={"height": "28rem", "width": "100%"},
    )
    return table


def _list_columns(shown: Sequence[str], language: str) -> list[dict[str, Any]]:
    return [
        {
            "field": name,
            "headerName": say(language, f"grid.{name}"),
            "width": width,
            "hide": name not in shown,
            "filter": kind["filter"],
            "filterParams": {
                "filterOptions": kind["options"],
                "maxNumConditions": 1,
                "buttons": ["apply", "reset"],
                "closeOnApply": True,
            },
            "tooltipField": name,
        }
        for name, width in _WIDTHS.items()
        for kind in [_DAY if name == "when" else _NUMBER if name in _NUMBERS else _TEXT]
    ]


def _say_row(row: Row, language: str) -> dict[str, Any]:
    return {
        "event_id": row["event_id"],
        "when": say_days(row, language),
        "title": row["title"],
        "type": say_type(row["type"], language),
        "actors": ", ".join(say_actor(name, language) for name in row["actors"]),
        "recipients": ", ".join(say_actor(name, language) for name in row["recipients"]),
        "place": row["place"] or "",
        "country": say_country(row["country"], language) if row["country"] else "",
        **{name: row[name] for name in _NUMBERS},
    }


def _read_conditions(
    model: Mapping[str, Any], tables: Tables, language: str
) -> Iterator[Condition]:
    """What the grid's filters ask; of names, those that are said with these letters."""
    names: dict[str, Any] = {
        "actors": lambda: ((one, say_actor(one, language)) for one, _ in list_actors(tables)),
        "type": lambda: ((one, say_type(one, language)) for one, _ in list_types(tables)),
        "country": lambda: ((one, say_country(one, language)) for one in list_countries(tables)),
    }
    names["recipients"] = names["actors"]
    for column, asked in model.items():
        if column in names:
            wanted = fold_word(str(asked.get("filter") or ""))
            fitting = (one for one, said in names[column]() if wanted in fold_word(said))
            yield Condition(column, names=tuple(islice(fitting, _PAGE)))
        elif column == "when":
            yield _read_days(asked)
        elif column in _NUMBERS:
            low, high = asked.get("filter"), asked.get("filterTo")
            kind = asked["type"]
            yield Condition(
                column,
                low=None if kind == "lessThanOrEqual" else low,
                high=high if kind == "inRange" else None if kind == "greaterThanOrEqual" else low,
            )
        elif column in _WIDTHS:
            yield Condition(column, words=str(asked.get("filter") or ""))


def _read_days(asked: Mapping[str, Any]) -> Condition:
    """Days as the grid gives them: "2023-10-07 00:00:00"; the event may lie there."""
    first, last = (
        date.fromisoformat(day[:10]) if day else None
        for day in (asked.get("dateFrom"), asked.get("dateTo"))
    )
    kind = asked["type"]
    if kind == "inRange":
        return Condition("when", low=first, high=last)
    return Condition(
        "when",
        low=None if kind == "lessThan" else first,
        high=None if kind == "greaterThan" else first,
    )
