"""The map: outlines of the countries, and each place drawn as exactly as it is known."""

from collections.abc import Sequence
from functools import cache
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.lettering import escape
from dashboard.palette import Palette, fade, load_palette
from dashboard.texts import say, say_country
from etl.vocabulary import load_csv

Ring = tuple[tuple[float, float], ...]
Row = dict[str, Any]
WORLD = (-170.0, 190.0, -58.0, 84.0)  # west, east, south, north

_STRETCH = 1.2  # of a degree of latitude, so that the middle of the map is true to form
_SMALLEST, _LARGEST = 8.0, 34.0  # pixels across
_CHOSEN = 9  # pixels that the ring of the chosen place is wider
_ROOM = 0.35  # around the places, of their extent
_NARROWEST = 14.0  # degrees
_LABELS = 12  # countries with their names


@cache
def load_outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of each country, by its ISO 3166 alpha-3 code, as longitudes and latitudes."""
    found: dict[str, tuple[Ring, ...]] = {}
    for row in load_csv("outlines.csv"):
        pairs = (pair.split(",") for pair in row["ring"].split())
        ring = tuple((float(east), float(north)) for east, north in pairs)
        found[row["country"]] = (*found.get(row["country"], ()), ring)
    return found


def find_middle(country: str) -> tuple[float, float] | None:
    """The middle of a country's largest ring; None where there is no outline."""
    rings = load_outlines().get(country)
    if not rings:
        return None
    boxes = [_find_box(ring) for ring in rings]
    west, east, south, north = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
    return (west + east) / 2, (south + north) / 2


def draw_world(
    spots: Sequence[Row],
    countries: Sequence[Row],
    *,
    width: int,
    chosen: Row | None = None,
    language: str = "en",
    theme: str = "light",
) -> go.Figure:
    """Dots for points, rings for areas, shades with a number for what is only known by country.

    `customdata` of a mark is "event:" and its id, or the place's name where there are several.
    """
    palette = load_palette(theme)
    height = min(620, max(280, width // 2))
    figure = go.Figure()
    _add_land(figure, palette)
    most = max([1, *(one["n"] for one in (*spots, *countries))])
    _add_countries(figure, countries, most, palette, language)
    for precision in ("area", "point"):
        kept = [one for one in spots if one["precision"] == precision]
        _add_spots(figure, kept, precision, most, palette, language)
    if chosen is not None:
        _add_chosen(figure, chosen, palette)
    west, east, south, north = _find_view(spots, countries)
    axis = {"visible": False, "zeroline": False, "showgrid": False}
    figure.update_xaxes(range=[west, east], **axis)
    figure.update_yaxes(range=[south, north], scaleanchor="x", scaleratio=_STRETCH, **axis)
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=palette.paper,
        plot_bgcolor=palette.paper,
        font={"family": palette.sans, "color": palette.ink, "size": 12},
        hoverlabel={"bgcolor": palette.paper, "font": {"color": palette.ink}},
        hovermode="closest",
        showlegend=False,
        uirevision="map",
    )
    return figure


def _add_land(figure: go.Figure, palette: Palette) -> None:
    rings = [ring for rings in load_outlines().values() for ring in rings]
    figure.add_scatter(
        **_trace(rings),
        mode="lines",
        fill="toself",
        fillcolor=palette.presence,
        line={"width": 0.8, "color": palette.edge},
        hoverinfo="skip",
    )


def _add_countries(
    figure: go.Figure, rows: Sequence[Row], most: int, palette: Palette, language: str
) -> None:
    shaded = [ring for one in rows for ring in load_outlines().get(one["country"], ())]
    colour = palette.families["posture"]
    if shaded:
        figure.add_scatter(
            **_trace(shaded),
            mode="lines",
            fill="toself",
            fillcolor=fade(colour, 0.18),
            line={"width": 1.2, "color": colour, "dash": "dot"},
            hoverinfo="skip",
        )
    middles = [(one, middle) for one in rows if (middle := find_middle(one["country"]))]
    names = [say_country(one["country"], language) for one, _ in middles]
    figure.add_scatter(
        x=[middle[0] for _, middle in middles],
        y=[middle[1] for _, middle in middles],
        mode="markers+text",
        marker={
            "symbol": "square",
            "size": [_find_size(one["n"], most) for one, _ in middles],
            "color": fade(colour, 0.35),
            "line": {"width": 1.5, "color": colour},
        },
        text=[escape(name) if at < _LABELS else "" for at, name in enumerate(names)],
        textposition="bottom center",
        textfont={"color": palette.ink, "size": 12},
        hovertext=[
            say(language, "map.country", place=escape(name), n=one["n"])
            for (one, _), name in zip(middles, names, strict=True)
        ],
        hoverinfo="text",
        customdata=[name_mark(one, name_country(one["country"])) for one, _ in middles],
    )


def _add_spots(
    figure: go.Figure,
    rows: Sequence[Row],
    precision: str,
    most: int,
    palette: Palette,
    language: str,
) -> None:
    colour = palette.families["violence"]
    area = precision == "area"
    figure.add_scatter(
        x=[one["longitude"] for one in rows],
        y=[one["latitude"] for one in rows],
        mode="markers",
        marker={
            "symbol": "circle",
            "size": [_find_size(one["n"], most) for one in rows],
            "color": fade(colour, 0.15 if area else 0.8),
            "line": {"width": 2 if area else 1, "color": colour if area else palette.paper},
            "opacity": 1,
        },
        hovertext=[
            say(language, f"map.{precision}", place=escape(one["place"] or "?"), n=one["n"])
            for one in rows
        ],
        hoverinfo="text",
        customdata=[name_mark(one, one["place"] or "") for one in rows],
    )


def _add_chosen(figure: go.Figure, event: Row, palette: Palette) -> None:
    """A ring around the place of the chosen event, or its country."""
    place: tuple[float, float] | None
    if event["latitude"] is not None and event["place_precision"] in ("point", "area"):
        place = (event["longitude"], event["latitude"])
    else:
        place = find_middle(event["country"]) if event["country"] else None
    if place is None:
        return
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


def name_country(code: str) -> str:
    """The canonical name of a country, as places have it; the code where it is unknown."""
    return {row["alpha3"]: row["name"] for row in load_csv("countries.csv")}.get(code, code)


def name_mark(row: Row, name: str) -> str:
    """What a click on a place holds: its only event, or the name of the place."""
    return f"event:{row['event']}" if row["event"] else name


def _trace(rings: Sequence[Ring]) -> dict[str, list[float | None]]:
    """All rings as one path, broken by gaps."""
    points: list[tuple[float | None, float | None]] = []
    for ring in rings:
        points += [*ring, (None, None)]
    return {"x": [east for east, _ in points], "y": [north for _, north in points]}


def _find_size(n: int, most: int) -> float:
    """The pixels across: by area, so that four times as many are twice as wide."""
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt((n - 1) / max(1, most - 1))


def _find_box(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    east, north = [one[0] for one in ring], [one[1] for one in ring]
    return min(east), max(east), min(north), max(north)


def _find_view(spots: Sequence[Row], countries: Sequence[Row]) -> tuple[float, float, float, float]:
    """Where the places are, with room around them; the world where there are none."""
    points = [(one["longitude"], one["latitude"]) for one in spots]
    points += [middle for one in countries if (middle := find_middle(one["country"]))]
    if not points:
        return WORLD
    west, east, south, north = _find_box(points)
    room = max(_NARROWEST, _ROOM * (east - west), _ROOM * (north - south))
    return (
        max(WORLD[0], west - room),
        min(WORLD[1], east + room),
        max(WORLD[2], south - room / 2),
        min(WORLD[3], north + room / 2),
    )
