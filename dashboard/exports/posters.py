"""A figure that stands alone: title and key above it, caption below it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.forms import Row
from dashboard.charts.labels import measure_text, wrap_text
from dashboard.charts.lettering import escape
from dashboard.charts.signs import list_forms
from dashboard.palette import Palette, load_palette
from dashboard.texts import say, say_type
from etl.vocabulary import load_toml

_TITLE, _TEXT = 23, 12  # font sizes in pixels
_TITLE_LINE, _TEXT_LINE = 29, 17
_PAD = 12
_SIGNS = {
    "square": "■",
    "circle": "●",
    "diamond": "◆",
    "star": "★",
    "triangle-right": "▶",
    "triangle-left": "◀",
}


def frame_figure(
    figure: go.Figure,
    rows: Sequence[Row],
    title: str,
    caption: Sequence[str],
    language: str,
    theme: str,
) -> go.Figure:
    """The figure, made higher by its title, the key of what occurs in it, and its caption."""
    palette = load_palette(theme)
    room = figure.layout.width - 2 * _PAD
    titles = [escape(line) for line in wrap_text(title, room, _TITLE, "serif_600")]
    keys = [
        line
        for entries in (_list_types(rows, palette, language), _list_glyphs(rows, language))
        for line in _wrap_key(entries, room)
    ]
    foot = [escape(line) for part in caption for line in wrap_text(part, room, _TEXT)]
    above = _PAD + _TITLE_LINE * len(titles) + _TEXT_LINE * len(keys) + _PAD
    below = _TEXT_LINE * len(foot) + _PAD
    margin, height = figure.layout.margin, figure.layout.height
    old_top, old_bottom = margin.t, margin.b
    figure.update_layout(
        height=height + above + below, margin={"t": old_top + above, "b": old_bottom + below}
    )
    top = old_top + above - _PAD
    serif = {"family": palette.serif, "size": _TITLE, "color": palette.ink, "weight": 600}
    small = {"family": palette.sans, "size": _TEXT, "color": palette.soft}
    _write(figure, titles, 1, top, serif)
    _write(figure, keys, 1, top - _TITLE_LINE * len(titles), small)
    _write(figure, foot, 0, -old_bottom - 2, small)
    return figure


def _write(
    figure: go.Figure, lines: Sequence[str], y: int, shift: float, font: dict[str, Any]
) -> None:
    pitch = _TITLE_LINE if font["size"] == _TITLE else _TEXT_LINE
    left = figure.layout.margin.l
    for number, line in enumerate(lines):
        figure.add_annotation(
            text=line,
            font=font,
            xref="paper",
            yref="paper",
            x=0,
            xshift=_PAD - left,
            y=y,
            yshift=shift - number * pitch,
            xanchor="left",
            yanchor="top",
            align="left",
            showarrow=False,
            borderpad=0,
        )


def _list_types(
    rows: Sequence[Row], palette: Palette, language: str
) -> Iterator[tuple[str, float]]:
    types = load_toml("event_types.toml")
    for name, _ in Counter(row["type"] for row in rows).most_common():
        label, sign = say_type(name, language), _SIGNS[types[name]["shape"]]
        mark = f'<span style="color:{palette.find_colour(name)}">{sign}</span>'
        yield f"{mark} {escape(label)}", measure_text(f"M {label}", _TEXT)


def _list_glyphs(rows: Sequence[Row], language: str) -> Iterator[tuple[str, float]]:
    for name in list_forms(rows):
        text = say(language, f"export.key_{name}")
        yield escape(text), measure_text(text, _TEXT)


def _wrap_key(entries: Iterable[tuple[str, float]], room: float) -> list[str]:
    lines: list[str] = []
    used = room
    gap = measure_text("   ", _TEXT) * 1.5
    for text, size in entries:
        if lines and used + gap + size <= room:
            lines[-1] += "\u2003" + text
            used += gap + size
        else:
            lines.append(text)
            used = size
    return lines
