"""The card of one event: what, when, who, how many, and each source's sentence with its marks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard.page.browser import is_link, press, run_in_browser
from dashboard.page.record import build_record
from dashboard.query import Tables, select_event, select_mentions
from dashboard.texts import say, say_actor, say_date, say_type

Row = dict[str, Any]
# Where two spans meet, the earlier kind is kept; a new actor is in no vocabulary.
KINDS = ("date", "actor", "new_actor", "place", "toll", "cue")
ACTORS = ("actor", "new_actor")
DIFFERENCES = {
    "differ_date": ("date",),
    "differ_actor": ("actor",),
    "differ_toll": ("toll",),
    "contested": ("date", "actor", "toll"),
}


def build_card(event: Row, mentions: Sequence[Row], language: str) -> list[Component]:
    """The card's content. All that comes from a report is text, never markup."""
    kicker = [say_type(event["type"], language)]
    if event["status"] != "happened":
        kicker.append(say(language, f"card.status_{event['status']}"))
    elif event["role"] == "background":
        kicker.append(say(language, "card.role_background"))
    sources = len({one["source_id"] for one in mentions})
    heading = (
        say(language, "card.evidence_one")
        if sources == 1
        else say(language, "card.evidence_many", n=sources)
    )
    return [
        html.P(" · ".join(kicker), className="kicker"),
        html.H2(event["title"], tabIndex=-1, **{"data-event": event["event_id"]}),
        html.P(say_days(event, language), className="when"),
        html.Dl(_facts(event, language)),
        *_differences(event, mentions, language),
        html.H3(heading),
        *[_evidence(event, one, language) for one in mentions],
        _key(mentions, language),
    ]


def say_days(row: Row, language: str) -> str:
    """The days of an event or a mention in words; a mention has no extent and no basis."""
    known = {name: row[name] for name in ("extent", "basis") if name in row}
    return say_date(row["start"], row["end"], row["precision"], language, **known)


def mark_sentence(mention: Row) -> list[str | Component]:
    """The sentence as text, its date, actors, places, toll and cue as `mark` elements."""
    sentence, origin = mention["sentence"], mention["sentence_start"]
    spans = [(one["start"] - origin, one["end"] - origin, one["kind"]) for one in spans_of(mention)]
    if mention["date_start"] is not None:
        spans.append((mention["date_start"] - origin, mention["date_end"] - origin, "date"))
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda span: KINDS.index(span[2])):
        inside = 0 <= start < end <= len(sentence)
        if inside and all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, kind))
    parts: list[str | Component] = []
    at = 0
    for start, end, kind in sorted(kept):
        parts += [sentence[at:start], html.Mark(sentence[start:end], className=kind)]
        at = end
    return [part for part in [*parts, sentence[at:]] if part != ""]


def say_how(event: Row, mention: Row, language: str) -> str:
    """How the date was found: "« mardi » means 23 January 2024, because published on …"."""
    anchor, published = mention["anchor"], mention["source_published"]
    days = mention if mention["start"] is not None else event
    when = (
        _say_day(days["start"], language)
        if days["start"] == days["end"]
        else say_days(days, language)
    )
    text = say(language, "card.how", phrase=mention["date_text"], when=when)
    if mention["rule"] == "imported":
        text += say(language, "card.how_imported")
    elif anchor is None:
        text += say(language, "card.how_stated")
    elif anchor == published:
        text += say(language, "card.how_published", anchor=_say_day(anchor, language))
    else:
        text += say(language, "card.how_counted", anchor=_say_day(anchor, language))
    if event["basis"] == "reported_since" and published == event["end"]:
        text += say(language, "card.how_since", published=_say_day(published, language))
    return text + "."


def say_toll(low: int | None, best: int | None, high: int | None, language: str) -> str | None:
    """A toll as "7", "7 (from 5 to 9)" or "5 to 9"; None where nothing is reported."""
    if best is None:
        if low is None and high is None:
            return None
        low, high = (low if high is None else high) if low is None else low, high
        if high is None or low == high:
            return f"{low}"
        return say(language, "card.toll_between", low=low, high=high)
    if (low is None or low == best) and (high is None or high == best):
        return f"{best}"
    return say(
        language,
        "card.toll_range",
        best=best,
        low=best if low is None else low,
        high=best if high is None else high,
    )


def add_card(app: Dash, tables: Tables) -> None:
    """Show the card of the chosen event, and mark its row."""
    run_in_browser(
        app,
        "markRow",
        Output("card", "className"),
        Input("chosen", "data"),
        at_start=True,
    )

    @app.callback(
        Output("card-content", "children"),
        Output("chosen-said", "children"),
        Input("chosen", "data"),
        Input("spoken", "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def show(chosen: str | None, spoken: str | None, language: str) -> tuple[Any, str]:
        event = select_event(tables, chosen) if chosen else None
        if event is None:
            return build_no_choice(language), ""
        said = say(language, "page.chosen", title=event["title"], when=say_days(event, language))
        return build_card(event, select_mentions(tables, event["event_id"]), language), said


def build_no_choice(language: str) -> list[Component]:
    """What the card says before an event is chosen."""
    return [html.P(say(language, "page.no_choice"), className="no-choice")]


def say_source(row: Row, language: str) -> str:
    """Publisher and day of a mention's source: "Le Jour, 25 January 2024"."""
    name = row["source_publisher"] or row["source_title"] or say(language, "card.unnamed")
    published = row["source_published"]
    return (
        name if published is None else f"{name}, {say_date(published, published, 'day', language)}"
    )


def _say_day(day: date, language: str) -> str:
    pattern = say(language, "card.weekday_first" if day.day == 1 else "card.weekday")
    return str(format_date(day, pattern, locale=language))


def _say_actors(names: Sequence[str], language: str) -> str:
    return ", ".join(say_actor(name, language) for name in names)


def _facts(event: Row, language: str) -> list[Component]:
    actors, recipients = list(event["actors"]), list(event["recipients"])
    facts: list[tuple[str, str | None]] = []
    if actors and recipients and event["direction"] == "directed":
        facts += [
            ("actors", _say_actors(actors, language)),
            ("recipients", "→ " + _say_actors(recipients, language)),
        ]
    elif actors and recipients:
        facts.append(("between", _say_actors([*actors, *recipients], language)))
    else:
        facts.append(("actors", _say_actors([*actors, *recipients], language) or None))
    facts += [
        ("others", _say_actors(event["others"], language) or None),
        ("place", event["place"]),
        *[
            (
                toll,
                say_toll(event[f"{toll}_low"], event[toll], event[f"{toll}_high"], language),
            )
            for toll in ("killed", "wounded")
        ],
        ("count", None if event["count"] is None else f"{event['count']}"),
    ]
    return [
        html.Div([html.Dt(say(language, f"card.{name}")), html.Dd(value)])
        for name, value in facts
        if value is not None
    ]


def _evidence(event: Row, mention: Row, language: str) -> Component:
    sentence = (
        html.Blockquote(mark_sentence(mention), lang=mention["source_language"])
        if mention["sentence"]
        else html.P(say(language, "card.no_sentence"))
    )
    source: list[Any] = [say_source(mention, language)]
    if is_link(mention["source_url"]):
        link = html.A(
            say(language, "card.open_source"),
            href=mention["source_url"],
            target="_blank",
            rel="noopener noreferrer",
        )
        source += [" · ", link]
    if mention["source_text"]:
        read = say(language, "report.open")
        source += [
            " · ",
            html.Button(read, className="plain", **press("report", mention["source_id"])),
        ]
    parts: list[Any] = [sentence, html.P(source, className="source")]
    if mention["date_text"]:
        parts.append(html.P(say_how(event, mention, language), className="how"))
    if mention["record"]:
        parts.append(build_record(mention["record"], language))
    return html.Article(parts)


def _differences(event: Row, mentions: Sequence[Row], language: str) -> list[Component]:
    """A table of the sources side by side, in what they do not agree on."""
    differs: tuple[str, ...] = DIFFERENCES.get(event["agreement"], ())
    if not differs:
        return []
    rows = []
    for one in mentions:
        spans = spans_of(one)
        actors = dict.fromkeys(span["name"] for span in spans if span["kind"] in ACTORS)
        said = {
            "date": say_days(one, language) if one["start"] is not None else "",
            "actor": _say_actors(list(actors), language),
            "toll": ", ".join(_cut(one, span) for span in spans if span["kind"] == "toll"),
        }
        cells = [html.Td(said[name] or say(language, "card.not_said")) for name in differs]
        rows.append(html.Tr([html.Th(say_source(one, language), scope="row"), *cells]))
    columns = [say(language, f"card.differ_{name}") for name in ("source", *differs)]
    head = html.Tr([html.Th(name, scope="col") for name in columns])
    return [
        html.H3(say(language, "card.differ")),
        html.Div(html.Table([html.Thead(head), html.Tbody(rows)]), className="differ"),
    ]


def spans_of(mention: Row) -> list[Row]:
    """The spans of a mention; none where the record has none."""
    return [] if mention["spans"] is None else list(mention["spans"])


def _cut(mention: Row, span: Row) -> str:
    origin = mention["sentence_start"]
    text: str = mention["sentence"][span["start"] - origin : span["end"] - origin]
    return text


def _key(mentions: Sequence[Row], language: str) -> Component:
    kinds = {span["kind"] for one in mentions for span in spans_of(one)}
    kinds |= {"date" for one in mentions if one["date_text"]}
    marks: list[Any] = [say(language, "card.key")]
    for kind in KINDS:
        if kind in kinds:
            marks += [" ", html.Mark(say(language, f"card.mark_{kind}"), className=kind)]
    return html.P(marks if kinds else [], className="key")
