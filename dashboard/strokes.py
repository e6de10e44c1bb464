"""Lines and areas as Plotly traces: many pieces in one trace, parted by gaps."""

from collections.abc import Iterable

import plotly.graph_objects as go

from dashboard.scales import Scale

Shape = list[tuple[float, float]]  # pixels, or pixels across and units of y down


def box(left: float, right: float, top: float, bottom: float) -> Shape:
    """The outline of a rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def stroke(
    lines: Iterable[Shape], scale: Scale, colour: str, width: float, dash: str = "solid"
) -> go.Scatter:
    """All lines as one path."""
    x, y = _join(lines, scale)
    line = {"width": width, "color": colour, "dash": dash, "simplify": False}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def fill(
    shapes: Iterable[Shape], scale: Scale, colour: str, outline: str, width: float
) -> go.Scatter:
    """All areas as one path, `outline` around each."""
    trace = stroke(shapes, scale, outline, width)
    return trace.update(fill="toself", fillcolor=colour, hoveron="points")


def _join(lines: Iterable[Shape], scale: Scale) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for line in lines:
        x += [*(scale.to_time(point[0]) for point in line), None]
        y += [*(point[1] for point in line), None]
    return x[:-1], y[:-1]
