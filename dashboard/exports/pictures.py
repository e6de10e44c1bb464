"""Figures as pictures: plotly.js in the machine's own Chromium, with no other host asked."""

import base64
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import kaleido
import plotly
import plotly.graph_objects as go
from choreographer.errors import ChromeNotFoundError
from kaleido import PageGenerator

from etl.model import TableError

ASSETS = Path(__file__).parent.parent / "assets"
_NOWHERE = "127.0.0.1:9"  # a proxy that is not there: what the browser may ask for gets nowhere
_FONTS = (
    ("Source Sans 3", 400, "source-sans-3-{subset}-400-normal.woff2"),
    ("Source Sans 3", 600, "source-sans-3-{subset}-600-normal.woff2"),
    ("Source Serif 4", 600, "source-serif-4-{subset}-600-normal.woff2"),
)
_SUBSETS = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC",
    "latin-ext": "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB",
}


def render_figure(figure: go.Figure, format: str, language: str, scale: int = 1) -> bytes:
    """The figure as svg, pdf or png of that scale. Raises TableError without a browser."""
    size = {"width": figure.layout.width, "height": figure.layout.height}
    options = {"format": format, "scale": scale, **size}
    with tempfile.TemporaryDirectory(prefix="timeline-") as folder:
        setup = Path(folder) / "setup.js"
        setup.write_text(_write_setup(language), encoding="utf-8")
        scripts = [(ASSETS / "pictures.js").as_uri(), setup.as_uri()]
        page = PageGenerator(
            plotly=find_bundle().as_uri(),
            mathjax=False,
            others=[*(path.as_uri() for path in find_locales()), *scripts],
        )
        kept = {"page_generator": page, "proxy_server": _NOWHERE}
        try:
            picture: bytes = kaleido.calc_fig_sync(
                figure.to_plotly_json(), opts=options, kopts=kept
            )
        except ChromeNotFoundError as error:
            named = os.environ.get("BROWSER_PATH")
            place = f"BROWSER_PATH={named}" if named else "this machine"
            raise TableError(
                f"{format}: no Chromium or Chrome found on {place}: install one "
                "(Debian: apt install chromium), name it in BROWSER_PATH, or export html"
            ) from error
    return picture


def find_bundle() -> Path:
    """The plotly.js that the page is served with, else the one inside plotly."""
    found = sorted(ASSETS.rglob("plotly*.min.js"))
    return found[0] if found else Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def find_locales() -> list[Path]:
    """The files with plotly's own words in other languages."""
    return sorted(ASSETS.rglob("plotly-locale-*.js"))


@cache
def write_font_faces(subsets: tuple[str, ...] = ("latin",)) -> str:
    """CSS that holds the page's fonts themselves, so that a file needs nothing beside it."""
    faces = []
    for family, weight, name in _FONTS:
        for subset in subsets:
            file = ASSETS / "fonts" / name.format(subset=subset)
            if file.is_file():
                data = base64.b64encode(file.read_bytes()).decode()
                faces.append(
                    f"@font-face{{font-family:'{family}';font-weight:{weight};"
                    f"src:url(data:font/woff2;base64,{data}) format('woff2');"
                    f"unicode-range:{_SUBSETS[subset]}}}"
                )
    return "".join(faces)


def _write_setup(language: str) -> str:
    css: Any = json.dumps(write_font_faces(tuple(_SUBSETS)))
    return (
        f"Plotly.setPlotConfig({{locale:{json.dumps(language)}}});"
        f"const style=document.createElement('style');style.textContent={css};"
        "document.head.append(style);"
        "const draw=Plotly.toImage;"
        "Plotly.toImage=(figure,options)=>drawPicture(figure,options,draw);"
    )
