"""The glyphs of the timeline as Plotly traces: one trace a kind, its pieces parted by gaps."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dashboard.charts.forms import FEW_KILLED, LARGEST, Row, find_radius, is_open
from dashboard.charts.lanes import BROAD, SLIM, Arrangement, Mark
from dashboard.charts.scales import Scale
from dashboard.charts.strokes import Shape, box, fill, make_trace, stroke
from dashboard.palette import Palette, fade
from etl.vocabulary import load_toml

_LAYERS, _FADE = 10, 18.0  # of a band's soft ends: steps, and pixels at most


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
            area = box(left + inset, right - inset, mark.y - half, mark.y + half)
            shapes[palette.find_colour(mark.event["type"]), layer].append(area)
    return [
        fill(boxes, scale, fade(colour, 0.07), "rgba(0,0,0,0)", 0)
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
        shape = box(left, right, low, high)
        if is_open(mark.event):
            neck = max(left, right - half - 4)
            shape = [
                (left, low), (neck, low), (neck, low - 3), (right, mark.y),
                (neck, high + 3), (neck, high), (left, high), (left, low),
            ]  # fmt: skip
        shapes[palette.find_colour(mark.event["type"])].append(shape)
    return [fill(boxes, scale, fade(colour, 0.09), colour, 1.3) for colour, boxes in shapes.items()]


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
        make_trace(
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
    deadliest = max([FEW_KILLED, *(mark.event["killed"] or 0 for mark in marks)])
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
    return [stroke(lines, scale, palette.ink, 1.2)] if lines else []


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
            traces.append(stroke(lines, scale, palette.edge, 1, dash))
    heads = [link for link in arranged.links if link.arrow]
    if heads:
        traces.append(
            make_trace(
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
    return [stroke(lines, scale, palette.ink, 1.2)] if lines else []


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
            frames.append(box(left, right, mark.y - half, mark.y + half))
    return [stroke(frames, scale, palette.ink, 1.6)] if frames else []
