"""What stands around the marks of a chart: axes, names of lanes, context bands, notes on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.glyphs import escape, make_halo
from dashboard.labels import measure_text, shorten_text, wrap_text
from dashboard.lanes import DAY, OTHERS, Lane, Row, Scale, find_time
from dashboard.palette import Palette
from dashboard.presences import Presence, find_presences
from dashboard.texts import load_texts, say, say_actor, say_country, say_date
from etl.vocabulary import load_csv

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


@dataclass(frozen=True, slots=True)
class Note:
    """A small text above the lanes: its row from below, and the pixels it takes."""

    text: str
    row: int
    left: float
    right: float
    weight: int = 400


def find_margins(width: int) -> tuple[int, int]:
    """The pixels left and right of the axis, the same for every chart of that width."""
    return (12, 12) if width < PHONE else (132 if width < 1000 else 164, 16)


def name_lane(name: str, width: int, language: str) -> list[str]:
    """The lines of a lane's name: one on a phone, else at most two."""
    text = say(language, "figure.others") if name == OTHERS else say_actor(name, language)
    text = text[:1].upper() + text[1:]
    if width < PHONE:
        return [shorten_text(text, width - 24, _NAME, "sans_600")]
    return wrap_text(text, find_margins(width)[0] - 20, _NAME, "sans_600", lines=2)


def measure_lane(name: str, width: int, language: str) -> tuple[float, float]:
    """The pixels above a lane's rows, and the least that its rows take, for its name's sake."""
    if width < PHONE:
        return NAME_ROW, 0.0
    return 0.0, 14.0 + _NAME_LINE * len(name_lane(name, width, language))


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
        }
    )


def add_lanes(
    figure: go.Figure, lanes: Sequence[Lane], palette: Palette, width: int, language: str
) -> None:
    """The names of the lanes, and hairlines between them."""
    phone = width < PHONE
    left = find_margins(width)[0]
    halo = make_halo(palette)
    reach = 0 if phone else (left - 12) / (width - sum(find_margins(width)))
    for number, lane in enumerate(lanes):
        if number:
            line = {"color": palette.line, "width": 1}
            _draw(figure, "line", (-reach, 1), (lane.top, lane.top), "paper", "y", line=line)
        lines = [escape(line) for line in name_lane(lane.name, width, language)]
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


def find_shown_presences(rows: Sequence[Row], scale: Scale) -> list[Presence]:
    """The presences in view, those of the actors with most events if there are many."""
    homes = {row["name"]: row["alpha3"] for row in load_csv("countries.csv")}
    shown = [
        presence
        for presence in find_presences(rows, homes)
        if find_time(presence.start) < scale.end
        and (presence.end is None or find_time(presence.end) > scale.start)
    ]
    return shown if len(shown) <= _MOST_PRESENCES else []


def add_presences(
    figure: go.Figure, presences: Sequence[Presence], scale: Scale, palette: Palette
) -> None:
    """Quiet bands behind everything, for as long as somebody was present somewhere."""
    for presence in presences:
        end = scale.end * 2 if presence.end is None else find_time(presence.end) + DAY
        span = (find_time(presence.start), end)
        _draw(figure, "rect", span, (0, 1), "x", "paper", fill=palette.presence)


def place_notes(
    presences: Sequence[Presence], scale: Scale, published: date | None, width: int, language: str
) -> list[Note]:
    """Labels of the publication day and of the presences, in rows where none meets another."""
    left = find_margins(width)[0]
    low, high = -left + 8.0 if width >= PHONE else 0.0, scale.width + 8.0
    wanted: list[tuple[str, float, int]] = []
    if published and scale.start <= find_time(published) <= scale.end:
        day = say_date(published, published, "day", language)
        text = say(language, "figure.published", day=day)
        at = scale.to_pixel(find_time(published) + DAY)
        wanted.append((text, at, 600))
    for presence in presences:
        at = max(scale.to_pixel(find_time(presence.start)), 0.0)
        wanted.append((_say_presence(presence, language), at, 400))
    notes: list[Note] = []
    for text, at, weight in wanted:
        size = measure_text(text, _SMALL, f"sans_{weight}")
        start = min(max(at if weight == 400 else at - size / 2, low), high - size)
        for row in range(3):
            free = all(
                start + size + 8 <= other.left or other.right + 8 <= start
                for other in notes
                if other.row == row
            )
            if free and start >= low:
                notes.append(Note(text, row, start, start + size, weight))
                break
    return notes


def add_notes(figure: go.Figure, notes: Sequence[Note], scale: Scale, palette: Palette) -> None:
    """Write the notes above the lanes."""
    for note in notes:
        figure.add_annotation(
            text=escape(note.text),
            font={"size": _SMALL, "color": palette.soft, "weight": note.weight},
            xref="paper",
            yref="paper",
            x=note.left / scale.width,
            y=1,
            yshift=2 + STRIP * note.row,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            borderpad=0,
        )


def add_published(figure: go.Figure, published: date, palette: Palette) -> None:
    """The rule at the end of the day of publication: right of it is what was only planned."""
    time = find_time(published) + DAY
    line = {"color": palette.ink, "width": 1}
    _draw(figure, "line", (time, time), (0, 1), "x", "paper", line=line)


def _say_presence(presence: Presence, language: str) -> str:
    words = load_texts(language)["figure"]
    form = next(
        (
            f"presence_{number}"
            for number in (2, 3, 4)
            if presence.country in words[f"presence_{number}_countries"].split()
        ),
        "presence",
    )
    country = say_country(presence.country, language)
    actor = say_actor(presence.actor, language)
    who = say(language, f"figure.{form}", actor=actor, country=country)
    end = "" if presence.end is None else presence.end.year
    same = end == presence.start.year
    return f"{who} {presence.start.year}" + ("" if same else f"–{end}")


def _draw(
    figure: go.Figure,
    kind: str,
    x: tuple[float, float],
    y: tuple[float, float],
    xref: str,
    yref: str,
    line: dict[str, Any] | None = None,
    fill: str | None = None,
) -> None:
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
        layer="below",
    )
