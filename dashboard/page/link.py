"""The button that copies the address of the view, with its language, and says that it did."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.texts import say


def build_link(language: str) -> Component:
    """The button and, beside it, what came of it; assets/link.js does the copying."""
    answers: dict[str, Any] = {
        f"data-{name}": say(language, f"link.{name}") for name in ("copied", "failed")
    }
    return html.Div(
        [
            html.Button(say(language, "link.copy"), id="copy-link", className="quiet", **answers),
            html.Span(id="link-said", role="status"),
        ],
        className="link",
    )
