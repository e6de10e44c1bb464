"""Labels of the marks, and the unseen places that answer the pointer."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.forms import Row
from dashboard.charts.labels import measure_text
from dashboard.charts.lanes import Mark
from dashboard.charts.packing import LABEL_SIZE, PAD
from dashboard.charts.scales import Scale
from dashboard.charts.strokes import make_trace
from dashboard.palette import Palette

_STEP, _MOST_STEPS = 32.0, 60  # pixels between the places that answer, and how many at most
_HAIR = "\u00a0"


def draw_labels(
    marks: Sequence[Mark], scale: Scale, palette: Palette, selected: str | None
) -> list[go.Scatter]:
    """The labels, tied to the end of their mark so that they follow it when it moves."""
    told = [(mark, mark.label) for mark in marks if mark.label]
    if not told:
        return []
    hair = measure_text(_HAIR, LABEL_SIZE)
    times, texts, places = [], [], []
    for mark, label in told:
        left, right = scale.to_pixel(mark.start), scale.to_pixel(mark.end)
        anchor = min(right, scale.width) if label.side == "right" else max(left, 0)
        gap = anchor - label.right if label.side == "left" else label.left - anchor
        pad = _HAIR * round(max(gap, PAD) / hair)
        text = escape(label.text)
        text = f"<b>{text}</b>" if mark.event["event_id"] == selected else text
        times.append(scale.to_time(anchor))
        texts.append(text + pad if label.side == "left" else pad + text)
        places.append("middle left" if label.side == "left" else "middle right")
    return [
        make_trace(
            x=times,
            y=[mark.y for mark, _ in told],
            text=texts,
            textposition=places,
            mode="text",
            textfont={
                "family": palette.sans,
                "size": LABEL_SIZE,
                "color": palette.ink,
                "shadow": make_halo(palette),
            },
            customdata=[[mark.event["event_id"]] for mark, _ in told],
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    ]


def draw_targets(
    marks: Sequence[Mark], scale: Scale, say_hover: Callable[[Row], str]
) -> list[go.Scatter]:
    """Unseen places along bands, bars and labels that answer the pointer: one path for all."""
    x: list[float | None] = []
    y: list[float | None] = []
    ids: list[list[str]] = []
    texts: list[str] = []
    for mark in marks:
        left, right = scale.to_pixel(mark.start), scale.to_pixel(mark.end)
        if right < 0 or left > scale.width:
            continue
        reach = [] if mark.kind == "mark" else [(max(left, 0), min(right, scale.width))]
        reach += [(mark.label.left, mark.label.right)] if mark.label else []
        for low, high in reach:
            steps = min(int((high - low) / _STEP) + 1, _MOST_STEPS)
            places = [low + (high - low) * (step + 0.5) / steps for step in range(steps)]
            x += [*(scale.to_time(place) for place in places), None]
            y += [*([mark.y] * steps), None]
            ids += [[mark.event["event_id"]]] * (steps + 1)
            texts += [say_hover(mark.event)] * (steps + 1)
    if not x:
        return []
    return [
        make_trace(
            x=np.array(x, dtype=float),
            y=np.array(y, dtype=float),
            mode="lines",
            line={"width": 1, "color": "rgba(0,0,0,0)"},
            customdata=np.array(ids, dtype=object),
            hovertext=np.array(texts, dtype=object),
            hoverinfo="text",
            showlegend=False,
        )
    ]


def escape(text: str) -> str:
    """The text as Plotly must be given it, so that no part of it is taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def make_halo(palette: Palette) -> str:
    """The shadow that keeps a text legible over lines."""
    return ", ".join([f"0 0 2px {palette.paper}"] * 4)
