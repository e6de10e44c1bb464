"""The timeline where marks would be too many: numbers of events in calendar bins, lane by lane."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import frame
from dashboard.charts.lanes import OTHERS, WISH, Lane, Wish
from dashboard.charts.lettering import escape
from dashboard.charts.scales import find_scale, find_time
from dashboard.charts.strokes import make_trace
from dashboard.densities import Density
from dashboard.palette import Palette, load_palette
from dashboard.texts import say

_HEIGHT, _PAD, _FOLDED = 40.0, 5.0, 14.0  # of a lane's bars in pixels
_LEAST = 1.5  # pixels of a bar that stands for a single event
_HOVER_DAY, _HOVER_MONTH, _HOVER_YEAR = "%-d %b %Y", "%b %Y", "%Y"
_HOVER = {"D": _HOVER_DAY, "W": _HOVER_DAY, "M": _HOVER_MONTH, "Q": _HOVER_MONTH, "Y": _HOVER_YEAR}


def draw_crowd(
    density: Density,
    *,
    width: int,
    view: tuple[date, date],
    language: str = "en",
    theme: str = "light",
    wish: Wish = WISH,
) -> go.Figure:
    """Each lane's events as bars whose height is the square root of their number.

    Solid in the colours of the families: surely in the bin; pale on top: possibly. The
    `customdata` of a bin are the two numbers and the milliseconds that it lasts.
    """
    palette = load_palette(theme)
    scale = find_scale([], width - sum(frame.find_margins(width)), view, None)
    lanes = _place_lanes(density, wish, width, language)
    figure = frame.draw_frame(palette, scale, width, lanes[-1].bottom if lanes else 80, 10)
    whole = density.surely.sum(axis=1) + density.possibly
    named = [number for number, lane in enumerate(lanes) if lane.name != OTHERS]
    most = max(1, int(whole[named].max(initial=0)))
    figure.add_traces(_draw_steps(density, lanes, most, palette, wish))
    figure.add_traces(_draw_targets(density, lanes, palette, wish, language))
    frame.add_lanes(figure, lanes, wish.by, palette, width, language)
    if not lanes:
        text, at = say(language, "figure.empty"), {"xref": "paper", "yref": "paper"}
        figure.add_annotation(text=text, x=0.5, y=0.5, showarrow=False, **at)
    return figure


def _place_lanes(density: Density, wish: Wish, width: int, language: str) -> list[Lane]:
    lanes, top = [], 0.0
    for name in density.lanes:
        header, least = frame.measure_lane(name, wish.by, width, language)
        bottom = top + header + max(least, _measure_room(name, wish) + 2 * _PAD)
        lanes.append(Lane(name, top, top + header, bottom))
        top = bottom
    return lanes


def _draw_steps(
    density: Density, lanes: Sequence[Lane], most: int, palette: Palette, wish: Wish
) -> list[go.Scatter]:
    """One path a colour for all lanes, each over those that stand higher."""
    edges = [find_time(day) for day in density.edges]
    x = np.array([*edges, edges[0], np.nan], dtype=np.float32)
    families = zip(density.families, density.surely.swapaxes(0, 1), strict=True)
    layers = [("", density.possibly), *reversed(list(families))]
    whole = left = density.surely.sum(axis=1) + density.possibly
    highest = np.maximum(whole.max(axis=1, initial=0), 1)
    heights = {lane.name: _measure_room(lane.name, wish) for lane in lanes}
    traces = []
    for name, numbers in layers:
        y = []
        for number, lane in enumerate(lanes):
            scale = np.sqrt(whole[number] / (highest[number] if lane.name == OTHERS else most))
            share = left[number] / np.maximum(whole[number], 1)
            tops = np.where(share > 0, np.maximum(scale * heights[lane.name], _LEAST) * share, 0)
            floor = lane.bottom - _PAD
            y += [*(floor - tops), floor, floor, np.nan]
        if numbers.any():
            traces.append(
                make_trace(
                    x=np.tile(x, len(lanes)),
                    y=np.array(y, dtype=np.float32),
                    mode="lines",
                    line={"shape": "hv", "width": 0, "simplify": False},
                    fill="toself",
                    fillcolor=palette.families[name] if name else palette.line,
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
        left = left - numbers
    return traces


def _measure_room(name: str, wish: Wish) -> float:
    return _FOLDED if name in wish.folded else _HEIGHT


def _draw_targets(
    density: Density, lanes: Sequence[Lane], palette: Palette, wish: Wish, language: str
) -> list[go.Scatter]:
    """Unseen places in the middle of the bins that answer the pointer: one path a lane."""
    times = np.array([find_time(day) for day in density.edges])
    middles, lengths = (times[:-1] + times[1:]) / 2, np.diff(times)
    traces = []
    for number, lane in enumerate(lanes):
        surely, possibly = density.surely[number].sum(axis=0), density.possibly[number]
        here = (surely + possibly) > 0
        name = escape(frame.say_lane(lane.name, wish.by, language))
        said = say(language, "figure.crowd", surely="%{customdata[0]}", possibly="%{customdata[1]}")
        when = f"%{{x|{_HOVER[density.unit]}}}"
        traces.append(
            make_trace(
                x=middles[here],
                y=np.full(int(here.sum()), (lane.first_row + lane.bottom) / 2, dtype=np.float32),
                mode="lines",
                line={"width": 1, "color": "rgba(0,0,0,0)"},
                customdata=np.column_stack([surely, possibly, lengths])[here],
                hovertemplate=f"<b>{name}</b><br>{when} · {said}<extra></extra>",
                hoverlabel={"font": {"color": palette.ink}},
                showlegend=False,
            )
        )
    return traces
