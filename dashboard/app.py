"""The page as a Dash application: its parts put together, its headers, its languages."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import flask
from dash import Dash
from dash.development.base_component import Component

from dashboard.charts.drawing import draw_view
from dashboard.charts.lanes import WISH
from dashboard.desk.routes import HOME, Desk
from dashboard.desk.shown import show_beside
from dashboard.desk.visitors import LIMITS, Limits, Visitor, Visitors
from dashboard.page.card import add_card
from dashboard.page.downloads import LARGEST, add_downloads
from dashboard.page.filters import add_filters, find_limits, start_filters
from dashboard.page.layout import build_page
from dashboard.page.listing import add_list
from dashboard.page.panels import add_panels
from dashboard.page.report import add_report
from dashboard.page.speech import add_speech
from dashboard.page.state import add_state
from dashboard.page.steps import add_steps
from dashboard.page.timeline import WIDEST, add_timeline, remember_charts, tell_chart
from dashboard.query import Filters, Tables, open_tables
from dashboard.texts import LANGUAGES, say
from dashboard.views import THEMES

INDEX = """<!DOCTYPE html>
<html lang="{language}"{theme}>
<head>{metas}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>{favicon}{css}</head>
<body><noscript>{noscript}</noscript>{app_entry}{config}{scripts}{renderer}</body>
</html>"""


class Client(NamedTuple):
    """What a browser says of itself: widths in pixels of chart and window, light or dark."""

    width: int
    window: int
    theme: str


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(table: Path | Tables, prefix: str = "/", desk: str = "") -> Dash:
    """The application that shows a table, in a folder or opened already. Raises TableError.

    `prefix` is the path that stands before all of its own; `desk` where reports are sent.
    """
    tables = table if isinstance(table, Tables) else open_tables(table)
    limits = find_limits(tables)
    app: Any = Dash(
        "conflict-timeline",
        title=say("en", "page.brand"),
        update_title="",
        assets_folder=str(Path(__file__).parent / "assets"),
        serve_locally=True,
        requests_pathname_prefix=prefix,
        routes_pathname_prefix="/",
        suppress_callback_exceptions=True,
    )

    draw = remember_charts(tables, limits)

    def build() -> Component:
        language = choose_language()
        drawn = None
        if client := _read_client():
            view = [start_filters(limits), None, asdict(WISH), client, None, language]
            drawing = draw(view)
            told = tell_chart(tables, limits, view, drawing)
            drawn = {"first-figure": drawing.figure, "drawn": view} | told
        return build_page(tables, limits, language, drawn, desk)

    app.layout = build
    add_state(app, tables, limits)
    add_speech(app, tables, limits, desk)
    add_steps(app, tables, limits)
    add_filters(app, tables, limits)
    add_timeline(app, tables, limits, draw)
    add_panels(app, tables, limits)
    add_list(app, tables, limits)
    add_card(app, tables)
    add_report(app, tables)
    add_downloads(app, tables)
    app.interpolate_index = _write_index
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST + 2**20
    app.server.after_request(_add_headers(app))
    draw_view(tables, Filters(), width=800)  # the first figure is the slow one
    return app  # type: ignore[no-any-return]


def create_server(table: str) -> flask.Flask:
    """The page of the table in that folder, for a server of one's own; it takes no reports.

    For instance: gunicorn "dashboard.app:create_server('TABLE')"
    """
    server: flask.Flask = create_app(Path(table)).server
    return server


def open_desk(
    served: Path | None, root: Path, host: str, allowed: bool = False, limits: Limits = LIMITS
) -> Desk:
    """The desk in front of the table that is served at `host`; what it takes lies under `root`."""

    def show(visitor: Visitor) -> flask.Flask:
        address = f"{HOME}{visitor.token}/"
        server: flask.Flask = create_app(show_beside(served, visitor), address, address).server
        return server

    return Desk(Visitors(root, limits), limits, show, host, allowed)


def choose_language() -> str:
    """The language of this request: asked for, kept from before, or preferred by the browser."""
    request = flask.request
    for asked in (request.args.get("language"), request.cookies.get("language")):
        if asked in LANGUAGES:
            return asked
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


def _read_client() -> dict[str, Any] | None:
    """What the browser says of itself in a cookie before it asks for the page's parts."""
    try:
        told = json.loads(unquote(flask.request.cookies.get("client", "")))
        client = Client(int(told["width"]), int(told["window"]), str(told["theme"]))
    except (ValueError, KeyError, TypeError):
        return None
    fits = 0 < client.width <= client.window <= WIDEST and client.theme in THEMES
    return client._asdict() if fits else None


def _write_index(**parts: str) -> str:
    language = choose_language()
    theme = flask.request.args.get("theme")
    own = {
        "language": language,
        "title": say(language, "page.brand"),
        "noscript": say(language, "page.noscript"),
        "app_entry": parts["app_entry"].replace("Loading...", say(language, "page.loading")),
        "theme": f' data-theme="{theme}"' if theme in THEMES else "",
    }
    return INDEX.format(**parts | own)


def _add_headers(app: Dash) -> Callable[[flask.Response], flask.Response]:
    scripts = " ".join(["'self'", *app.csp_hashes()])
    policy = "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )
    headers = HEADERS | {"Content-Security-Policy": policy}

    def add(response: flask.Response) -> flask.Response:
        response.headers.update(headers)
        asked = flask.request.args.get("language")
        if asked in LANGUAGES:
            response.set_cookie("language", asked, samesite="Lax", httponly=True)
        return response

    return add
