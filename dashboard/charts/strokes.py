"""Lines and areas as Plotly traces: many pieces in one trace, parted by gaps."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing
import plotly.graph_objects as go

from dashboard.charts.scales import Scale

Numbers = numpy.typing.NDArray[np.float64]
Shape = list[tuple[float, float]]  # pixels, or pixels across and units of y down
_GAP = (np.nan, np.nan)


def make_trace(**parts: Any) -> go.Scatter:
    """A trace as Plotly takes it, unchecked: each check would cost as much as drawing."""
    return go.Scatter(**parts, _validate=False)


def box(left: float, right: float, top: float, bottom: float) -> Shape:
    """The outline of a rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def stroke(
    lines: Iterable[Shape], scale: Scale, colour: str, width: float, dash: str = "solid"
) -> go.Scatter:
    """All lines as one path."""
    x, y = _join(lines, scale)
    line = {"width": width, "color": colour, "dash": dash, "simplify": False}
    return make_trace(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def fill(
    shapes: Iterable[Shape], scale: Scale, colour: str, outline: str, width: float
) -> go.Scatter:
    """All areas as one path, `outline` around each."""
    trace = stroke(shapes, scale, outline, width)
    return trace.update(fill="toself", fillcolor=colour, hoveron="points")


def _join(lines: Iterable[Shape], scale: Scale) -> tuple[Numbers, Numbers]:
    points = np.array([point for line in lines for point in (*line, _GAP)], dtype=float)
    return scale.start + points[:, 0] / scale.width * (scale.end - scale.start), points[:, 1]
