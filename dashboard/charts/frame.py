"""What stands around the marks of a chart: axes, names of lanes, context bands, notes on top."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.labels import shorten_text, wrap_text
from dashboard.charts.lanes import OTHERS, Lane
from dashboard.charts.lettering import escape, make_halo
from dashboard.charts.scales import DAY, Scale
from dashboard.palette import Palette
from dashboard.texts import say, say_actor, say_country, say_type

PHONE = 600  # pixels; below it a lane's name stands above the lane
NAME_ROW = 22.0
STRIP = 19  # pixels of one row of notes above the lanes
_NAME, _SMALL = 13, 11.5  # font sizes in pixels
_NAME_LINE = 16
_BOTTOM = 38
_MOST_PRESENCES = 6
_MONTH, _YEAR = 28 * DAY, 366 * DAY
_TICKS = (  # from and to which distance of ticks, and how they are written
    (None, _MONTH - DAY, "%-d %b\n%Y"),
    (_MONTH - DAY, "M11", "%b\n%Y"),
    ("M12", None, "%Y"),
)


def find_margins(width: int) -> tuple[int, int]:
    """The pixels left and right of the axis, the same for every chart of that width."""
    return (12, 12) if width < PHONE else (132 if width < 1000 else 164, 16)


def say_lane(name: str, by: str, language: str) -> str:
    """The name of a lane of actors, types, countries or sources in a language."""
    if name == OTHERS:
        return say(language, "figure.others" if by == "actor" else f"figure.no_{by}")
    say_one = {"actor": say_actor, "type": say_type, "country": say_country}.get(by)
    text = say_one(name, language) if say_one else name
    return text[:1].upper() + text[1:]


def name_lane(name: str, by: str, width: int, language: str) -> list[str]:
    """The lines of a lane's name: one on a phone, else at most two."""
    text = say_lane(name, by, language)
    if width < PHONE:
        return [shorten_text(text, width - 24, _NAME, "sans_600")]
    return wrap_text(text, find_margins(width)[0] - 20, _NAME, "sans_600", lines=2)


def measure_lane(name: str, by: str, width: int, language: str) -> tuple[float, float]:
    """The pixels above a lane's rows, and the least that its rows take, for its name's sake."""
    if width < PHONE:
        return NAME_ROW, 0.0
    return 0.0, 14.0 + _NAME_LINE * len(name_lane(name, by, width, language))


def draw_frame(palette: Palette, scale: Scale, width: int, height: float, top: float) -> go.Figure:
    """An empty figure: `height` pixels of lanes, one unit of y a pixel, and a calendar below."""
    left, right = find_margins(width)
    axis: dict[str, Any] = {
        "type": "date",
        "range": [scale.start, scale.end],
        "showgrid": True,
        "gridcolor": palette.line,
        "gridwidth": 1,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.edge,
        "showline": True,
        "linecolor": palette.edge,
        "tickfont": {"size": 12, "color": palette.soft},
        "nticks": max(3, int(scale.width / 62)),
        "tickformatstops": [
            {"dtickrange": [low, high], "value": form} for low, high, form in _TICKS
        ],
    }
    if scale.end - scale.start <= axis["nticks"] * DAY:
        axis |= {"tick0": 0, "dtick": DAY}  # a day is the finest that a table knows
    return go.Figure(
        layout={
            "width": width,
            "height": round(top + height + _BOTTOM),
            "margin": {"l": left, "r": right, "t": round(top), "b": _BOTTOM, "pad": 0},
            "paper_bgcolor": palette.paper,
            "plot_bgcolor": palette.paper,
            "font": {"family": palette.sans, "size": _NAME, "color": palette.ink},
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": palette.paper,
                "bordercolor": palette.edge,
                "font": {"family": palette.sans, "size": 13, "color": palette.ink},
                "align": "left",
            },
            "showlegend": False,
            "xaxis": axis,
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
            "template": {},  # every look is given here; Plotly's own would be sent at each change
        },
        _validate=False,  # what is drawn here is tested; each check would cost as much as drawing
    )


def add_lanes(
    figure: go.Figure, lanes: Sequence[Lane], by: str, palette: Palette, width: int, language: str
) -> None:
    """The names of the lanes, and hairlines between them."""
    phone = width < PHONE
    left = find_margins(width)[0]
    halo = make_halo(palette)
    reach = 0 if phone else (left - 12) / (width - sum(find_margins(width)))
    for number, lane in enumerate(lanes):
        if number:
            line = {"color": palette.line, "width": 1}
            draw_shape(figure, "line", (-reach, 1), (lane.top, lane.top), "paper", "y", line=line)
        lines = [escape(line) for line in name_lane(lane.name, by, width, language)]
        note = {"color": palette.soft} if lane.name == OTHERS else {}
        figure.add_annotation(
            text=f"<b>{'<br>'.join(lines)}</b>",
            font={"size": _NAME, "weight": 600, "shadow": halo} | note,
            xref="paper",
            yref="y",
            x=0 if phone else -reach,
            y=lane.top + (4 if phone else 8),
            xanchor="left",
            yanchor="top",
            align="left",
            showarrow=False,
            borderpad=0,
        )


def draw_shape(
    figure: go.Figure,
    kind: str,
    x: tuple[float, float],
    y: tuple[float, float],
    xref: str,
    yref: str,
    line: dict[str, Any] | None = None,
    fill: str | None = None,
    layer: str = "below",
) -> None:
    """Add a line or a rectangle behind the marks."""
    figure.add_shape(
        type=kind,
        xref=xref,
        yref=yref,
        x0=x[0],
        x1=x[1],
        y0=y[0],
        y1=y[1],
        line=line or {"width": 0},
        fillcolor=fill,
        layer=layer,
    )
