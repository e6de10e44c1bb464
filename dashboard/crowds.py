"""The timeline where marks would be too many: numbers of events in calendar bins, lane by lane."""

from collections.abc import Sequence
from datetime import date
from math import sqrt

import numpy as np
import plotly.graph_objects as go

from dashboard import frame
from dashboard.densities import Density
from dashboard.lanes import OTHERS, WISH, Lane, Wish
from dashboard.lettering import escape
from dashboard.palette import Palette, fade, load_palette
from dashboard.scales import find_scale, find_time
from dashboard.strokes import Shape, fill
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
    edges = [scale.to_pixel(find_time(day)) for day in density.edges]
    shapes: dict[str, list[Shape]] = {}
    for number, lane in enumerate(lanes):
        room = _FOLDED if lane.name in wish.folded else _HEIGHT
        floor = lane.bottom - _PAD
        parts = [density.surely[number, family] for family in range(len(density.families))]
        below = np.zeros(len(density.edges) - 1)
        highest = int(whole[number].max(initial=1)) if lane.name == OTHERS else most
        heights = _scale_heights(whole[number], highest, room)
        share = 1 / np.maximum(whole[number], 1)
        for name, part in zip(
            [*density.families, ""], [*parts, density.possibly[number]], strict=True
        ):
            above = below + heights * part * share
            shapes.setdefault(name, []).extend(_outline(edges, floor - below, floor - above))
            below = above
    for name, pieces in shapes.items():
        if pieces:
            colour = palette.families[name] if name else fade(palette.soft, 0.35)
            figure.add_trace(fill(pieces, scale, colour, "rgba(0,0,0,0)", 0))
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
        room = _FOLDED if name in wish.folded else _HEIGHT
        bottom = top + header + max(least, room + 2 * _PAD)
        lanes.append(Lane(name, top, top + header, bottom))
        top = bottom
    return lanes


def _scale_heights(numbers: np.ndarray, most: int, room: float) -> np.ndarray:
    heights = room * np.sqrt(numbers) / sqrt(most)
    return np.where(numbers > 0, np.maximum(heights, _LEAST), 0)


def _outline(edges: Sequence[float], low: np.ndarray, high: np.ndarray) -> list[Shape]:
    """The outlines of the runs of bins that hold something, as steps."""
    full = np.flatnonzero(low - high > 1e-9)
    runs = np.split(full, np.flatnonzero(np.diff(full) > 1) + 1) if len(full) else []
    return [
        [
            *((edges[at], y) for bin in run for at, y in ((bin, high[bin]), (bin + 1, high[bin]))),
            *(
                (edges[at], y)
                for bin in run[::-1]
                for at, y in ((bin + 1, low[bin]), (bin, low[bin]))
            ),
            (edges[run[0]], high[run[0]]),
        ]
        for run in runs
    ]


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
            go.Scatter(
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
