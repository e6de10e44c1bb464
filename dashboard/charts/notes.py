"""What is noted above the lanes: the day of publication, and who was present where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.charts.forms import Row
from dashboard.charts.frame import PHONE, draw_shape, find_margins
from dashboard.charts.labels import measure_text
from dashboard.charts.lanes import Lane
from dashboard.charts.lettering import escape
from dashboard.charts.presences import Presence, find_presences
from dashboard.charts.scales import DAY, Scale, find_time
from dashboard.palette import Palette
from dashboard.texts import load_texts, say, say_actor, say_country, say_date
from etl.vocabulary import load_csv

STRIP = 19  # pixels of one row of notes
_SMALL = 11.5  # font size in pixels
_MOST_ROWS, _MOST_PRESENCES = 3, 6


@dataclass(frozen=True, slots=True)
class Note:
    """A small text above the lanes: its row from below, and the pixels it takes."""

    text: str
    row: int
    left: float
    right: float
    weight: int = 400


def find_shown_presences(rows: Sequence[Row], actors: set[str], scale: Scale) -> list[Presence]:
    """The presences of these actors in view; none if there are many."""
    homes = {row["name"]: row["alpha3"] for row in load_csv("countries.csv")}
    shown = [
        presence
        for presence in find_presences(rows, homes)
        if presence.actor in actors
        and find_time(presence.start) < scale.end
        and (presence.end is None or find_time(presence.end) > scale.start)
    ]
    return shown if len(shown) <= _MOST_PRESENCES else []


def add_presences(
    figure: go.Figure,
    presences: Sequence[Presence],
    lanes: Sequence[Lane],
    scale: Scale,
    palette: Palette,
) -> None:
    """Quiet bands for as long as somebody was present: behind everything, or in each one's lane."""
    alone = len({presence.actor for presence in presences}) == 1
    tops = {lane.name: (lane.top, lane.bottom) for lane in lanes}
    for presence in presences:
        height, yref = ((0.0, 1.0), "paper") if alone else (tops.get(presence.actor), "y")
        if height is None:
            continue
        end = scale.end * 2 if presence.end is None else find_time(presence.end) + DAY
        span = (find_time(presence.start), end)
        draw_shape(figure, "rect", span, height, "x", yref, fill=palette.presence)


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
        for row in range(_MOST_ROWS):
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
            align="left",
            showarrow=False,
            borderpad=0,
        )


def add_published(figure: go.Figure, published: date, palette: Palette) -> None:
    """The rule at the end of the day of publication: right of it is what was only planned."""
    time = find_time(published) + DAY
    line = {"color": palette.ink, "width": 1}
    draw_shape(figure, "line", (time, time), (0, 1), "x", "paper", line=line, layer="between")


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
