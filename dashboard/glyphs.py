"""The glyphs of the timeline as Plotly traces: one trace a kind, its pieces parted by gaps."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.labels import measure_text
from dashboard.lanes import (
    BROAD,
    LARGEST,
    SLIM,
    Arrangement,
    Mark,
    Row,
    Scale,
    find_radius,
    is_open,
)
from dashboard.packing import LABEL_SIZE, PAD
from dashboard.palette import Palette, fade
from etl.vocabulary import load_toml

_LAYERS, _FADE = 10, 18.0  # of a band's soft ends: steps, and pixels at most
_STEP, _MOST_STEPS = 12.0, 120  # between the places of a band or bar that react to the pointer
_HAIR = "\u00a0"

Shape = list[tuple[float, float]]


def draw_bands(marks: Sequence[Mark], scale: Scale, palette: Palette) -> list[go.Scatter]:
    """Ranges within which something happened: true width, soft ends, no outline."""
    shapes: dict[tuple[str, int], list[Shape]] = defaultdict(list)
    for mark in marks:
        if mark.kind != "band":
            continue
        half = BROAD if mark.main else SLIM
        left, right = scale.to_pixel(mark.start), scale.to_pixel(mark.end)
        missing = max(0.0, 3 - (right - left)) / 2
        left, right = left - missing, right + missing
        soft = min(_FADE, (right - left) * 0.3)
        for layer in range(_LAYERS):
            inset = soft * layer / (_LAYERS - 1)
            box = _box(left + inset, right - inset, mark.y - half, mark.y + half)
            shapes[palette.find_colour(mark.event["type"]), layer].append(box)
    return [
        _fill(boxes, scale, fade(colour, 0.07), "rgba(0,0,0,0)", 0)
        for (colour, _), boxes in shapes.items()
    ]


def draw_bars(marks: Sequence[Mark], scale: Scale, palette: Palette) -> list[go.Scatter]:
    """What lasted from start to end: outlined, with an arrow where no end is known."""
    shapes: dict[str, list[Shape]] = defaultdict(list)
    for mark in marks:
        if mark.kind != "bar":
            continue
        half = BROAD if mark.main else SLIM
        left, right = scale.to_pixel(mark.start), scale.to_pixel(mark.end)
        low, high = mark.y - half, mark.y + half
        shape = _box(left, right, low, high)
        if is_open(mark.event):
            neck = max(left, right - half - 4)
            shape = [
                (left, low), (neck, low), (neck, low - 3), (right, mark.y),
                (neck, high + 3), (neck, high), (left, high), (left, low),
            ]  # fmt: skip
        shapes[palette.find_colour(mark.event["type"])].append(shape)
    return [
        _fill(boxes, scale, fade(colour, 0.09), colour, 1.3) for colour, boxes in shapes.items()
    ]


def draw_marks(
    marks: Sequence[Mark], palette: Palette, say_hover: Callable[[Row], str]
) -> list[go.Scatter]:
    """Days: shape by type, colour by family, size by killed, a ring where no toll is told."""
    days = [mark for mark in marks if mark.kind == "mark"]
    types = load_toml("event_types.toml")
    symbols, sizes = [], []
    for mark in days:
        kind, event = types[mark.event["type"]], mark.event
        untold = kind["family"] == "violence" and event["killed"] is None
        style = "-open" if event["status"] == "planned" else "-open-dot" if untold else ""
        symbols.append(kind["shape"] + style)
        sizes.append(2 * mark.radius * (1.25 if kind["shape"] in ("star", "diamond") else 1))
    if not days:
        return []
    colours = [palette.find_colour(mark.event["type"]) for mark in days]
    return [
        go.Scatter(
            x=[mark.start for mark in days],
            y=[mark.y for mark in days],
            mode="markers",
            marker={
                "symbol": symbols,
                "size": sizes,
                "color": colours,
                "opacity": 1,
                "line": {"width": 1.4, "color": colours},
            },
            customdata=[[mark.event["event_id"]] for mark in days],
            hovertext=[say_hover(mark.event) for mark in days],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=True,
        )
    ]


def draw_whiskers(marks: Sequence[Mark], scale: Scale, palette: Palette) -> list[go.Scatter]:
    """From the lowest to the highest number of killed told, on the radius of the mark."""
    deadliest = max([50, *(mark.event["killed"] or 0 for mark in marks)])
    lines: list[Shape] = []
    for mark in marks:
        low, high = mark.event["killed_low"], mark.event["killed_high"]
        if mark.kind != "mark" or not mark.main or None in (low, high) or low == high:
            continue
        x = scale.to_pixel(mark.start)
        near, far = (
            mark.y - min(find_radius(toll, deadliest), LARGEST + 2) for toll in (low, high)
        )
        lines += [
            [(x, near), (x, far)],
            [(x - 3, near), (x + 3, near)],
            [(x - 3, far), (x + 3, far)],
        ]
    return [_stroke(lines, scale, palette.ink, 1.2)] if lines else []


def draw_links(arranged: Arrangement, scale: Scale, palette: Palette) -> list[go.Scatter]:
    """Thin lines from an event to the lanes of those who share in it, arrows where directed."""
    traces = []
    for sharp, dash in ((True, "solid"), (False, "dot")):
        lines = [
            [(scale.to_pixel(link.time), link.start), (scale.to_pixel(link.time), link.end)]
            for link in arranged.links
            if link.sharp == sharp
        ]
        if lines:
            traces.append(_stroke(lines, scale, palette.edge, 1, dash))
    heads = [link for link in arranged.links if link.arrow]
    if heads:
        traces.append(
            go.Scatter(
                x=[link.time for link in heads],
                y=[link.end - (3 if link.end > link.start else -3) for link in heads],
                mode="markers",
                marker={
                    "symbol": [
                        "triangle-down" if link.end > link.start else "triangle-up"
                        for link in heads
                    ],
                    "size": 7,
                    "color": palette.edge,
                },
                hoverinfo="skip",
                showlegend=False,
            )
        )
    return traces


def draw_strikes(marks: Sequence[Mark], scale: Scale, palette: Palette) -> list[go.Scatter]:
    """A line through what is not asserted: the mark, and its label."""
    lines: list[Shape] = []
    for mark in marks:
        if mark.event["status"] != "not_asserted":
            continue
        left, right = scale.to_pixel(mark.start) - 9, scale.to_pixel(mark.end) + 9
        lines.append([(max(left, -9), mark.y), (min(right, scale.width + 9), mark.y)])
        if mark.label:
            lines.append([(mark.label.left, mark.y + 1), (mark.label.right, mark.y + 1)])
    return [_stroke(lines, scale, palette.ink, 1.2)] if lines else []


def draw_selected(
    marks: Sequence[Mark], scale: Scale, palette: Palette, selected: str | None
) -> list[go.Scatter]:
    """A frame around the chosen event, in each of its lanes."""
    frames = []
    for mark in marks:
        if mark.event["event_id"] == selected:
            half = mark.radius + 4 if mark.kind == "mark" else 11.0
            wide = mark.radius + 4 if mark.kind == "mark" else 4.0
            left = max(scale.to_pixel(mark.start) - wide, -2)
            right = min(scale.to_pixel(mark.end) + wide, scale.width + 2)
            frames.append(_box(left, right, mark.y - half, mark.y + half))
    return [_stroke(frames, scale, palette.ink, 1.6)] if frames else []


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
        go.Scatter(
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
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"width": 1, "color": "rgba(0,0,0,0)"},
            customdata=ids,
            hovertext=texts,
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


def _box(left: float, right: float, top: float, bottom: float) -> Shape:
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _stroke(
    lines: Iterable[Shape], scale: Scale, colour: str, width: float, dash: str = "solid"
) -> go.Scatter:
    x, y = _join(lines, scale)
    line = {"width": width, "color": colour, "dash": dash, "simplify": False}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _fill(
    shapes: Iterable[Shape], scale: Scale, colour: str, outline: str, width: float
) -> go.Scatter:
    trace = _stroke(shapes, scale, outline, width)
    return trace.update(fill="toself", fillcolor=colour, hoveron="points")


def _join(lines: Iterable[Shape], scale: Scale) -> tuple[list[Any], list[Any]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for line in lines:
        x += [*(scale.to_time(point[0]) for point in line), None]
        y += [*(point[1] for point in line), None]
    return x[:-1], y[:-1]
