"""How many events in each month or year: solid for surely, hatched for possibly."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.frame import draw_frame, find_margins
from dashboard.charts.scales import DAY, Scale, find_time
from dashboard.palette import Palette, load_palette
from dashboard.texts import say, say_date

_HEIGHT = 200  # pixels
_ROOM = 1.12  # above the highest bar
_LEFT = 40  # pixels that the numbers take
_WIDE = 6  # pixels; wider bars are parted


def draw_activity(
    bins: pd.DataFrame,
    *,
    width: int,
    unit: str,
    language: str = "en",
    theme: str = "light",
) -> go.Figure:
    """Bars of `bin` (its first day), `surely` and `possibly`; `unit`: M or Y.

    Each bar's first `customdata` is its first and last day, as "2020-01-01..2020-01-31".
    """
    palette = load_palette(theme)
    spans = [(day, _find_last(day, unit)) for day in bins["bin"]]
    start, end = find_time(spans[0][0]), find_time(spans[-1][1]) + DAY
    scale = Scale(start, end, width - sum(find_margins(width)))
    figure = draw_frame(palette, scale, width, _HEIGHT, 10)
    precision = {"M": "month", "Y": "year"}[unit]
    said = [say_date(*days, precision, language) for days in spans]
    add_bins(
        figure,
        bins,
        starts=[find_time(first) for first, _ in spans],
        ends=[find_time(last) + DAY for _, last in spans],
        palette=palette,
        language=language,
        said=said,
        customdata=[[f"{first}..{last}"] for first, last in spans],
    )
    most = max([1, *(bins["surely"] + bins["possibly"])])
    figure.update_yaxes(
        range=[0, most * _ROOM],
        visible=True,
        showgrid=True,
        gridcolor=palette.line,
        zeroline=False,
        nticks=5,
        tickformat=",d",
        rangemode="tozero",
        tickfont={"size": 12, "color": palette.soft},
    )
    figure.update_xaxes(fixedrange=True)
    figure.update_layout(margin_l=max(figure.layout.margin.l, _LEFT))
    if scale.width > _WIDE * len(bins):
        figure.update_traces(marker_line={"width": 1, "color": palette.paper})
    return figure


def add_bins(
    figure: go.Figure,
    bins: pd.DataFrame,
    *,
    starts: list[float],
    ends: list[float],
    palette: Palette,
    language: str,
    said: list[str] | None = None,
    customdata: list[list[str]] | None = None,
) -> None:
    """Add one bar a bin from its start to its end: hatched where an event is only possible."""
    hatched = {"shape": "/", "size": 4, "solidity": 0.35}
    hatched |= {"fgcolor": palette.soft, "bgcolor": palette.paper}
    patterns: dict[str, Any] = {"surely": {}, "possibly": hatched}
    for name, pattern in patterns.items():
        texts = [say(language, f"figure.{name}", n=n) for n in bins[name]]
        figure.add_bar(
            x=starts,
            y=bins[name].tolist(),
            width=[end - start for start, end in zip(starts, ends, strict=True)],
            offset=0,
            marker={"color": palette.soft, "line": {"width": 0}, "pattern": pattern},
            hovertext=[": ".join(one) for one in zip(said, texts, strict=True)] if said else texts,
            hoverinfo="text",
            customdata=customdata,
            showlegend=False,
        )
    figure.update_layout(barmode="stack", bargap=0)


def _find_last(first: date, unit: str) -> date:
    """The last day of the month or year that begins on this day."""
    if unit == "Y":
        return first.replace(month=12, day=31)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
