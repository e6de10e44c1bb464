"""What the browser is told beside the words: its own functions, and names for those who listen."""

from typing import Any
from urllib.parse import urlsplit

from dash import ClientsideFunction
from dash.dependencies import DashDependency


def run_in_browser(
    app: Any, name: str, *parts: DashDependency, at_start: bool | str = False
) -> None:
    """Let the function `name` of assets/clientside.js answer these inputs, without the server.

    `at_start`: also when the page opens; "initial_duplicate" where another writes the same output.
    """
    function = ClientsideFunction("page", name)
    app.clientside_callback(
        function,
        *parts,
        prevent_initial_call=at_start if isinstance(at_start, str) else not at_start,
    )


def aria(**names: str) -> dict[str, Any]:
    """The attributes for assistive technology: aria(label="Close") is {"aria-label": "Close"}."""
    return {f"aria-{name}": value for name, value in names.items()}


def on_click(act: str) -> dict[str, Any]:
    """The attribute of a chart: a mark clicked, `clicked` holds this act and its customdata."""
    return {"data-on": act}


def press(act: str, name: str) -> dict[str, Any]:
    """The attributes of one of many like buttons: pressed, `clicked` holds its act and name."""
    return {"data-act": act, "data-name": name}


def is_link(url: str | None) -> bool:
    """Whether an address from a report may be a link: http or https, with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
