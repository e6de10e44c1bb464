"""The page in another language or theme, in place: what is chosen and shown stays."""

from typing import Any

from dash import Dash, Input, Output, State, callback_context, html, no_update

from dashboard.page.browser import run_in_browser
from dashboard.page.filters import Limits
from dashboard.page.layout import build_parts
from dashboard.page.state import CONTROLS
from dashboard.query import Tables
from dashboard.texts import LANGUAGES


def add_speech(app: Dash, tables: Tables, limits: Limits, desk: str) -> None:
    """Build the page anew in the language chosen, and let it be light or dark."""

    @app.callback(
        Output("page", "children"),
        Output("spoken", "data"),
        Input("language", "data"),
        State("filters", "data"),
        State("lanes", "data"),
        State("opened", "data"),
        State("open-panels", "data"),
        prevent_initial_call=True,
    )
    def speak(
        language: str,
        filters: dict[str, Any],
        lanes: dict[str, Any],
        report: str | None,
        panels: list[str],
    ) -> tuple[Any, Any]:
        if language not in LANGUAGES:
            return no_update, no_update
        callback_context.response.set_cookie("language", language, samesite="Lax", httponly=True)
        parts = html.Div(build_parts(tables, limits, language, desk))
        held = filters | {"lanes-by": lanes["by"], "lanes-order": lanes["order"]}
        held |= {"report": report, "panels": panels}
        for name, value in CONTROLS.items():
            setattr(parts[name], value, held[name.replace("not-asserted", "not_asserted")])
        return parts.children, language

    run_in_browser(
        app,
        "applyLanguage",
        Output("spoken", "id"),
        Input("spoken", "data"),
    )
    run_in_browser(
        app,
        "applyTheme",
        Output("theme-provider", "forceColorScheme"),
        Input("theme", "data"),
        at_start=True,
    )
