"""The charts: what a reader sees, in both languages and themes, from a phone to a wide screen."""

from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser
from small_table import EVENTS, PUBLISHED, make_event, make_small_table

from dashboard.charts.figures import CHARTS, draw_overview, draw_timeline, say_hover
from dashboard.charts.frame import find_margins
from dashboard.counts import count_by_bin
from dashboard.exports.pictures import write_font_faces
from dashboard.palette import load_palette
from dashboard.query import Filters, Tables, open_tables, select_events
from dashboard.texts import load_texts, say, say_actor, say_date
from etl.model import VocabularyError
from etl.tables.table import write_table
from etl.vocabulary import load_toml

CVD = {  # Machado and others 2009, severity 1
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return open_tables(write_table(make_small_table(), tmp_path_factory.mktemp("f") / "small"))


@pytest.fixture(scope="module")
def events(tables: Tables) -> pd.DataFrame:
    return select_events(tables, Filters(not_asserted=True))


def draw(events: pd.DataFrame, **asked: Any) -> go.Figure:
    """The timeline of a frame of events."""
    rows: Any = events.to_dict("records")
    return draw_timeline(rows, **asked)


def find_traces(figure: go.Figure, mode: str) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == mode]


@pytest.mark.parametrize("width", [360, 599, 600, 1280, 2560])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_timeline_is_drawn_for_every_client(
    events: pd.DataFrame, width: int, theme: str, language: str
) -> None:
    figure = draw(events, width=width, language=language, theme=theme, published=PUBLISHED)
    assert figure.layout.width == width
    assert figure.layout.paper_bgcolor == load_palette(theme).paper
    names = " ".join(note.text for note in figure.layout.annotations)
    assert say(language, "figure.others") in names
    assert ("États-Unis" if language == "fr" else "United States") in names
    assert len(figure.data) < 80
    held = [trace.customdata for trace in figure.data if trace.customdata is not None]
    ids = {one[0] for customdata in held for one in customdata}
    assert ids == set(events["event_id"])


def test_days_do_not_shift_with_the_time_zone(events: pd.DataFrame) -> None:
    (marks,) = find_traces(draw(events, width=1000), "markers")[-1:]
    days = {
        one[0]: datetime.fromtimestamp(x / 1000, UTC)
        for x, one in zip(marks.x, marks.customdata, strict=True)
    }
    assert days["raid"] == datetime(2020, 1, 3, 12, tzinfo=UTC)


def test_marks_tell_planned_from_untold_and_size_from_killed(events: pd.DataFrame) -> None:
    (marks,) = find_traces(draw(events, width=1000), "markers")[-1:]
    ids = [one[0] for one in marks.customdata]
    look = dict(zip(ids, marks.marker.symbol, strict=True))
    assert look == {
        "raid": "star", "claim": "star-open-dot", "rockets": "star-open-dot",
        "meeting": "diamond-open",
    }  # fmt: skip


def test_uncertain_days_have_no_mark_and_no_outline(events: pd.DataFrame) -> None:
    figure = draw(events[events["event_id"] == "pact"], width=1000)
    assert not find_traces(figure, "markers")
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert bands and all(trace.line.width == 0 for trace in bands)
    spans = {(min(trace.x[:5]), max(trace.x[:5])) for trace in bands}
    assert len(spans) == len(bands)  # each layer shorter than the one below: soft ends


def test_one_trace_holds_all_glyphs_of_a_kind() -> None:
    rows = [
        make_event(str(n), f"{1990 + n}-01-01", f"{1990 + n}-06-30", actors=[f"A{n % 3}"])
        for n in range(30)
    ]
    few = len(draw(_frame(rows[:2]), width=1000).data)
    assert len(draw(_frame(rows), width=1000).data) == few


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = list(make_small_table().events.columns)
    full = [{column: row.get(column) for column in columns} for row in rows]
    return pd.DataFrame(full, columns=columns, dtype=object)


def test_the_chosen_event_is_framed_and_bold(events: pd.DataFrame) -> None:
    plain = draw(events, width=1000)
    chosen = draw(events, width=1000, selected="raid")
    assert len(chosen.data) == len(plain.data) + 1
    (labels,) = find_traces(chosen, "text")
    (bold,) = [text for text in labels.text if "<b>" in text]
    assert bold.strip("\u00a0").startswith("<b>=A raid")


def test_what_a_report_says_is_never_markup() -> None:
    rows = [make_event("x", "2024-01-01", "2024-01-01", title="<b>bold</b> & <a href='j'>x</a>")]
    figure = draw(_frame(rows), width=1000)
    (labels,) = find_traces(figure, "text")
    assert "<" not in labels.text[0] and "&amp;" in labels.text[0]
    assert "<a" not in find_traces(figure, "markers")[0].hovertext[0]


def test_context_and_publication_stand_above(events: pd.DataFrame) -> None:
    figure = draw(events, width=1280, language="fr", published=PUBLISHED)
    notes = {note.text for note in figure.layout.annotations}
    assert {
        "États-Unis en Irak 2003–2011", "États-Unis en Irak 2014–", "publié le 25 janvier 2024",
    } <= notes  # fmt: skip
    rule = [shape for shape in figure.layout.shapes if shape.type == "line" and shape.xref == "x"]
    assert [datetime.fromtimestamp(line.x0 / 1000, UTC).date() for line in rule] == [
        date(2024, 1, 26)
    ]


def test_nothing_to_show_is_said(events: pd.DataFrame) -> None:
    figure = draw(events.head(0), width=800, language="en")
    assert say("en", "figure.empty") in {note.text for note in figure.layout.annotations}


def test_both_charts_share_their_margins(tables: Tables, events: pd.DataFrame) -> None:
    span = (date(2003, 1, 1), date(2024, 2, 29))
    for width in (390, 1280):
        overview = draw_overview(
            count_by_bin(tables, Filters()), width=width, span=span, view=(span[0], PUBLISHED)
        )
        timeline = draw(events, width=width)
        for figure in (overview, timeline):
            assert (figure.layout.margin.l, figure.layout.margin.r) == find_margins(width)
    assert [trace.marker.pattern.shape for trace in overview.data] == [None, "/"]
    assert set(CHARTS) == {"timeline", "overview"}


def test_hover_says_days_and_toll(events: pd.DataFrame) -> None:
    raid: Any = events[events["event_id"] == "raid"].to_dict("records")[0]
    said = say_hover(raid, "en")
    assert "3 January 2020" in said and "10 killed (8 to 12)" in said
    assert say("en", "figure.click") in said


def test_labels_drawn_by_a_browser_do_not_meet(
    events: pd.DataFrame, chromium: Browser, tmp_path: Path
) -> None:
    for width in (360, 1280):
        page = chromium.new_page(viewport={"width": width, "height": 900})
        figure = draw(events, width=width, language="fr", published=PUBLISHED)
        style = f"<head><style>body {{margin: 0}} {write_font_faces(('latin',))}</style>"
        html = figure.to_html(include_plotlyjs=True).replace("<head>", style, 1)
        (tmp_path / "t.html").write_text(html, encoding="utf-8")
        page.goto((tmp_path / "t.html").as_uri())
        page.wait_for_selector(".textpoint text")
        page.evaluate("document.fonts.ready")
        boxes = page.eval_on_selector_all(
            ".textpoint text, .annotation text",
            "all => all.map(one => one.getBoundingClientRect().toJSON())",
        )
        page.close()
        assert [box for box in boxes if box["left"] < 0 or box["right"] > width] == []
        for one, other in combinations(boxes, 2):
            aside = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert (
                aside or one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4
            ), (one, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_keep_contrast_and_stay_apart_for_every_eye(theme: str) -> None:
    palette = load_palette(theme)
    assert min(_contrast(palette.paper, text) for text in (palette.ink, palette.soft)) >= 4.5
    assert min(_contrast(palette.paper, colour) for colour in palette.families.values()) >= 3
    families = {one["family"] for one in load_toml("event_types.toml").values()}
    assert families == set(palette.families)
    for matrix in CVD.values():
        seen = {name: _see(colour, matrix) for name, colour in palette.families.items()}
        for one, other in combinations(seen, 2):
            gap = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
            assert gap > 0.07, (theme, one, other)


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    low, high = sorted(
        sum(w * part for w, part in zip(weights, _linear(colour), strict=True))
        for colour in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def _see(colour: str, matrix: tuple[tuple[float, ...], ...]) -> list[float]:
    light = _linear(colour)
    seen = (sum(m * part for m, part in zip(row, light, strict=True)) for row in matrix)
    r, g, b = (max(0.0, part) for part in seen)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return [
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    ]


DATES = [
    ("2023-10-07", "2023-10-07", "day", "7 October 2023", "7 octobre 2023"),
    ("2024-03-01", "2024-03-01", "day", "1 March 2024", "1er mars 2024"),
    ("2020-01-01", "2020-01-31", "month", "January 2020", "janvier 2020"),
    ("2023-06-01", "2023-08-31", "season", "summer 2023", "été 2023"),
    ("2023-12-01", "2024-02-29", "season", "winter 2023–24", "hiver 2023–24"),
    ("2003-01-01", "2003-12-31", "year", "2003", "2003"),
    ("2010-01-01", "2019-12-31", "decade", "2010s", "années 2010"),
    ("2024-01-15", "2024-01-21", "week", "week of 15 January 2024", "semaine du 15 janvier 2024"),
    ("2024-03-03", "2024-03-05", "span", "from 3 to 5 March 2024", "du 3 au 5 mars 2024"),
    (
        "2024-03-31", "2024-04-01", "span",
        "from 31 March to 1 April 2024", "du 31 mars au 1er avril 2024",
    ),
    ("2003-01-01", "2011-12-31", "span", "from 2003 to 2011", "de 2003 à 2011"),
    (
        "2023-10-01", "2024-01-31", "span",
        "October 2023 – January 2024", "octobre 2023 – janvier 2024",
    ),
    ("2014-01-01", None, "span", "since 2014", "depuis 2014"),
    ("2023-10-07", None, "span", "since 7 October 2023", "depuis le 7 octobre 2023"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "precision", "english", "french"), DATES)
def test_dates_are_said_as_one_would(
    start: str, end: str | None, precision: str, english: str, french: str
) -> None:
    days = date.fromisoformat(start), end and date.fromisoformat(end)
    assert say_date(days[0], days[1] or None, precision, "en") == english
    assert say_date(days[0], days[1] or None, precision, "fr") == french


def test_what_was_still_so_when_told_is_said_with_its_last_day() -> None:
    said = {
        language: say_date(
            date(2023, 10, 7), PUBLISHED, "span", language,
            extent="throughout", basis="reported_since",
        )
        for language in ("en", "fr")
    }  # fmt: skip
    assert said["en"] == "since 7 October 2023 (at least until 25 January 2024)"
    assert said["fr"] == "depuis le 7 octobre 2023 (au moins jusqu’au 25 janvier 2024)"


def test_both_languages_have_the_same_texts_and_slots() -> None:
    french, english = load_texts("fr"), load_texts("en")
    assert {name: set(texts) for name, texts in french.items()} == {
        name: set(texts) for name, texts in english.items()
    }
    with pytest.raises(VocabularyError, match=r"texts/en.toml: page.no_such"):
        say("en", "page.no_such")
    with pytest.raises(VocabularyError, match="no such theme"):
        load_palette("sepia")
    assert len(EVENTS) == 11


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("United States", "United States", "États-Unis"),
        ("Islamic State", "Islamic State", "État islamique"),
        ("Houthis", "Houthis", "Houthis"),
        ("protesters", "protesters", "manifestants"),
        ("Iran-backed militias", "Iran-backed militias", "milices soutenues par l'Iran"),
        ("Nobody's Front", "Nobody's Front", "Nobody's Front"),
    ],
)
def test_actors_are_named_in_the_language_of_the_page(name: str, english: str, french: str) -> None:
    assert (say_actor(name, "en"), say_actor(name, "fr")) == (english, french)


def test_a_presence_ends_also_where_a_filter_hides_the_withdrawal() -> None:
    known = {"actors": ["United States"], "country": "IRQ"}
    moves = _frame(
        [
            make_event("in", "2003-01-01", "2003-12-31", type="deployment", **known),
            make_event("out", "2011-01-01", "2011-12-31", type="withdrawal", **known),
        ]
    )
    figure = draw(
        moves.head(1),
        width=1000,
        view=(date(2003, 1, 1), date(2012, 12, 31)),
        moves=moves.to_dict("records"),
    )
    assert "United States in Iraq 2003–2011" in {note.text for note in figure.layout.annotations}
