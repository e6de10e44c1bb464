"""The view to take away: pictures drawn in the browser and stamped here, the rest made here."""

import base64
import binascii
import time
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.dependencies import ALL
from dash.development.base_component import Component

from dashboard.exports.formats import EXPORTS, SCALES, describe_view, draw_export, stamp
from dashboard.page.browser import run_in_browser
from dashboard.query import Tables
from dashboard.texts import say
from dashboard.views import LONGEST_TITLE, View, read_address, write_address
from etl.model import TableError

MENU = tuple(EXPORTS)
_PNG = ("data:image/png;base64,", b"\x89PNG\r\n\x1a\n")
PICTURES = {
    "png": _PNG,
    "3x.png": _PNG,
    "svg": ("data:image/svg+xml,", b"<svg"),
}
LARGEST = 16 * 2**20  # bytes of a picture that comes back from a browser


def build_downloads(language: str) -> Component:
    """The menu of formats."""
    formats = [
        html.Button(
            say(language, f"downloads.{one.partition('.')[0]}"),
            id={"type": "download", "format": one},
            n_clicks=0,
        )
        for one in MENU
    ]
    title = [
        html.Label(say(language, "downloads.title"), htmlFor="title"),
        dcc.Input(
            id="title",
            value="",
            maxLength=LONGEST_TITLE,
            placeholder=say(language, "downloads.title_hint"),
            debounce=True,
        ),
    ]
    return html.Details(
        [html.Summary(say(language, "downloads.open")), html.Div([*title, *formats])],
        id="downloads",
        className="downloads",
    )


def read_picture(format: str, address: str) -> bytes | None:
    """The bytes of a picture given as a data address; None where it is not what it should be."""
    prefix, magic = PICTURES[format]
    if len(address) > LARGEST or not address.startswith(prefix):
        return None
    body = address.removeprefix(prefix)
    try:
        data = (
            base64.b64decode(body, validate=True) if prefix == _PNG[0] else unquote_to_bytes(body)
        )
    except binascii.Error:
        return None
    return data if data.startswith(magic) else None


def add_downloads(app: Dash, tables: Tables) -> None:
    """Make the chosen file from the view as filtered."""

    @app.callback(
        Output("download", "data"),
        Output("drawing", "data"),
        Output("download-said", "children"),
        Input({"type": "download", "format": ALL}, "n_clicks"),
        State("address", "search"),
        State("client", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def make(
        clicks: list[int], address: str, client: dict[str, Any], language: str
    ) -> tuple[Any, Any, Any]:
        if not any(clicks) or ctx.triggered_id is None:
            return no_update, no_update, no_update
        format = ctx.triggered_id["format"]
        view = read_view(address, client, language)
        if format not in PICTURES:
            try:
                data = EXPORTS[format](tables, view)
            except TableError as error:
                return no_update, no_update, str(error)
            return _send(data, format), no_update, _done(format, language)
        drawing = draw_export(tables, view).to_plotly_json() | {
            "name": format,
            "format": format.rpartition(".")[2],
            "scale": SCALES.get(format, 1),
            "locale": language,
            "at": time.time(),
            "address": write_address(view),
        }
        return no_update, drawing, say(language, "downloads.busy")

    def read_view(address: str, client: dict[str, Any], language: str) -> View:
        """The view as this browser has it: in its language, and in its theme."""
        view, _ = read_address(address or "", tables)
        return replace(view, language=language, theme=client["theme"])

    run_in_browser(
        app,
        "keepTitle",
        Output("title", "value"),
        Output("address", "search", allow_duplicate=True),
        Input("title", "value"),
        Input("address", "search"),
        at_start="initial_duplicate",
    )
    run_in_browser(
        app,
        "toImage",
        Output("picture", "data"),
        Input("drawing", "data"),
    )

    @app.callback(
        Output("download", "data", allow_duplicate=True),
        Output("download-said", "children", allow_duplicate=True),
        Input("picture", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def finish(picture: dict[str, Any] | None, language: str) -> tuple[Any, Any]:
        if not picture:
            return no_update, no_update
        format = str(picture["name"])
        image = read_picture(format, picture["image"]) if format in PICTURES else None
        if image is None:
            return no_update, say(language, "downloads.failed")
        view, _ = read_address(picture["address"], tables)  # the one that it was drawn with
        rows = EXPORTS["csv"](tables, view).decode("utf-8-sig")
        data = stamp(format.rpartition(".")[2], image, describe_view(tables, view), rows)
        return _send(data, format), _done(format, language)


def _send(data: bytes, format: str) -> dict[str, Any]:
    """What dcc.Download takes."""
    content = base64.b64encode(data).decode("ascii")
    return {"content": content, "filename": f"timeline.{format}", "base64": True}


def _done(format: str, language: str) -> str:
    return say(language, "downloads.done", name=f"timeline.{format}")
