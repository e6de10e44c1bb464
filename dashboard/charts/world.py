"""The map: outlines of the countries, and each place drawn as exactly as it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.labels import measure_text
from dashboard.charts.lettering import escape
from dashboard.charts.outlines import Box, Point, Ring, find_box, find_middle, load_outlines
from dashboard.palette import Palette, fade, load_palette
from dashboard.texts import say, say_country

Row = dict[str, Any]

_WORLD = (-170.0, 190.0, -58.0, 84.0)
_STRETCH = 1.2  # of a degree of latitude, so that the middle of the map is true to form
_SMALLEST, _LARGEST = 8.0, 34.0  # pixels across
_MANY = 40  # events that may be drawn as the largest, or more if there are
_CHOSEN = 9  # pixels that the ring of the chosen place is wider
_ROOM = 0.35  # around the places, of their extent
_NARROWEST = 14.0  # degrees
_LETTERS, _LINE = 12, 17.0  # pixels: size of the names, height of their line
_KINDS = ("country", "area", "point")  # from below to above


@dataclass(frozen=True, slots=True)
class Pin:
    """Where `n` events lie, how exactly that is known (`kind`), and what a click holds."""

    place: Point
    kind: str
    n: int
    name: str
    act: str


def draw_world(
    spots: Sequence[Row],
    countries: Sequence[Row],
    *,
    width: int,
    chosen: Row | None = None,
    language: str = "en",
    theme: str = "light",
) -> go.Figure:
    """Dots for points, rings for areas, shades with a square for what is only known by country.

    `customdata` of a mark is what `name_mark` says of its place.
    """
    palette = load_palette(theme)
    height = min(620, max(280, width // 2))
    pins = _make_pins(spots, countries, language)
    view = _fit(_find_view([pin.place for pin in pins]), width / height)
    scale = width / (view[1] - view[0])
    figure = go.Figure()
    land = (ring for rings in load_outlines().values() for ring in rings)
    _add_rings(figure, land, palette.presence, {"width": 0.8, "color": palette.edge})
    colours = {
        "country": palette.families["posture"],
        "area": palette.families["violence"],
        "point": palette.families["violence"],
    }
    shaded = [ring for one in countries for ring in load_outlines().get(one["country"], ())]
    line = {"width": 1.2, "color": colours["country"], "dash": "dot"}
    _add_rings(figure, shaded, fade(colours["country"], 0.18), line)
    most = max([_MANY, *(pin.n for pin in pins)])
    named = _choose_named(pins, most, scale)
    for kind in _KINDS:
        kept = [pin for pin in pins if pin.kind == kind]
        _add_pins(figure, kept, most, named, colours[kind], palette, language)
    if place := chosen and _find_place(chosen):
        _add_ring(figure, place, palette)
    hidden = {"visible": False, "zeroline": False, "showgrid": False}
    figure.update_xaxes(range=view[:2], **hidden)
    figure.update_yaxes(range=view[2:], scaleanchor="x", scaleratio=_STRETCH, **hidden)
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        font={"family": palette.sans, "color": palette.ink, "size": _LETTERS},
        hoverlabel={"bgcolor": palette.paper, "font": {"color": palette.ink}},
        hovermode="closest",
        showlegend=False,
        uirevision="map",
    )
    return figure


def name_mark(row: Row, name: str) -> str:
    """What a click on a place holds: its only event, or what the filter by place calls it."""
    return f"event:{row['event']}" if row["event"] else name


def _make_pins(spots: Sequence[Row], countries: Sequence[Row], language: str) -> list[Pin]:
    """Those with most events first, so that their names are."""
    pins = []
    for one in spots:
        place, name = (one["longitude"], one["latitude"]), one["place"] or ""
        kind = one["place_precision"]
        pins.append(Pin(place, kind, one["n"], name, name_mark(one, name)))
    for one in countries:
        if middle := find_middle(code := one["country"]):
            name = say_country(code, language)
            pins.append(Pin(middle, "country", one["n"], name, name_mark(one, code)))
    return sorted(pins, key=lambda pin: -pin.n)


def _choose_named(pins: Sequence[Pin], most: int, scale: float) -> set[Pin]:
    """The pins whose names lie over no other name and no mark, at so many pixels a degree."""
    taken: list[Box] = []
    for pin in pins:
        x, y = _to_pixels(pin.place, scale)
        half = _find_size(pin.n, most) / 2
        taken.append((x - half, x + half, y - half, y + half))
    named = set()
    for pin in pins:
        x, y = _to_pixels(pin.place, scale)
        half, below = measure_text(pin.name, _LETTERS) / 2, _find_size(pin.n, most) / 2 + 1
        box = (x - half, x + half, y - below - _LINE, y - below)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            named.add(pin)
    return named


def _add_rings(figure: go.Figure, rings: Iterable[Ring], colour: str, line: dict[str, Any]) -> None:
    """All rings as one path, broken by gaps."""
    points: list[tuple[float | None, float | None]] = []
    for ring in rings:
        points += [*ring, (None, None)]
    if points:
        figure.add_scatter(
            x=[east for east, _ in points],
            y=[north for _, north in points],
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line=line,
            hoverinfo="skip",
        )


def _add_pins(
    figure: go.Figure,
    pins: Sequence[Pin],
    most: int,
    named: set[Pin],
    colour: str,
    palette: Palette,
    language: str,
) -> None:
    if not pins:
        return
    kind = pins[0].kind
    solid = kind == "point"
    figure.add_scatter(
        x=[pin.place[0] for pin in pins],
        y=[pin.place[1] for pin in pins],
        mode="markers+text",
        marker={
            "symbol": "square" if kind == "country" else "circle",
            "size": [_find_size(pin.n, most) for pin in pins],
            "color": fade(colour, 0.8 if solid else 0.2),
            "line": {"width": 1 if solid else 2, "color": palette.paper if solid else colour},
            "opacity": 1,
        },
        text=[escape(pin.name) if pin in named else "" for pin in pins],
        textposition="bottom center",
        textfont={"color": palette.ink, "size": _LETTERS},
        hovertext=[
            say(language, f"map.{kind}", place=escape(pin.name or "?"), n=pin.n) for pin in pins
        ],
        hoverinfo="text",
        customdata=[pin.act for pin in pins],
    )


def _add_ring(figure: go.Figure, place: Point, palette: Palette) -> None:
    figure.add_scatter(
        x=[place[0]],
        y=[place[1]],
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": _LARGEST + _CHOSEN,
            "color": palette.ink,
            "line": {"width": 2.5, "color": palette.ink},
        },
        hoverinfo="skip",
    )


def _find_place(event: Row) -> Point | None:
    """Where a ring marks the event: its place, or the middle of its country."""
    if event["latitude"] is not None and event["place_precision"] in ("point", "area"):
        return event["longitude"], event["latitude"]
    return find_middle(event["country"]) if event["country"] else None


def _find_size(n: int, most: int) -> float:
    """The pixels across: by area, so that four times as many are twice as wide."""
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt((n - 1) / (most - 1))


def _to_pixels(place: Point, scale: float) -> Point:
    return place[0] * scale, place[1] * scale * _STRETCH


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _find_view(points: Sequence[Point]) -> Box:
    """Where the places are, with room around them; the world where there are none."""
    if not points:
        return _WORLD
    west, east, south, north = find_box(points)
    room = max(_NARROWEST, _ROOM * (east - west), _ROOM * (north - south))
    return (
        max(_WORLD[0], west - room),
        min(_WORLD[1], east + room),
        max(_WORLD[2], south - room / 2),
        min(_WORLD[3], north + room / 2),
    )


def _fit(view: Box, ratio: float) -> Box:
    """The view made wider or higher, so that it fills a picture of this width to height."""
    west, east, south, north = view
    across, up = east - west, (north - south) * _STRETCH
    more_across = max(0.0, up * ratio - across) / 2
    more_up = max(0.0, across / ratio - up) / 2 / _STRETCH
    return west - more_across, east + more_across, south - more_up, north + more_up
