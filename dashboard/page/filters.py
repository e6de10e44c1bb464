"""The filters: their controls, what they hide and why, and the one place where they change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard.counts import (
    Counts,
    count_events,
    count_surely,
    list_actors,
    list_places,
    list_types,
)
from dashboard.exports.captions import say_short
from dashboard.page.browser import aria
from dashboard.query import Filters, Tables, find_days, select_sources
from dashboard.texts import say, say_actor, say_country, say_type
from etl.words.names import fold_word

Limits = dict[str, int]
_MOST_CHOICES = 200  # names sent to the browser; the others are found by their letters


def find_limits(tables: Tables) -> Limits:
    """The first and the last year of the table."""
    first, last = find_days(tables)
    return {"first_year": first.year, "last_year": last.year}


def start_filters(limits: Limits) -> dict[str, Any]:
    """What the page's filters hold before anybody has touched them."""
    years = [limits["first_year"], limits["last_year"]]
    return {
        "actors": [],
        "types": [],
        "years": years,
        "text": "",
        "not_asserted": False,
        "places": [],
        "sources": [],
    }


def read_filters(held: Mapping[str, Any], limits: Limits) -> Filters:
    """The Filters that the page holds; the whole span of years is no filter."""
    first, last = (int(year) for year in held["years"])
    return Filters(
        actors=tuple(held["actors"]),
        types=tuple(held["types"]),
        start=date(first, 1, 1) if first > limits["first_year"] else None,
        end=date(last, 12, 31) if last < limits["last_year"] else None,
        text=held["text"],
        not_asserted=held["not_asserted"],
        places=tuple(held["places"]),
        sources=tuple(held["sources"]),
    )


def build_filters(tables: Tables, limits: Limits, language: str) -> Component:
    """The controls, with how many events each choice has."""

    types, places, sources = list_types(tables), list_places(tables), select_sources(tables)
    first, last = limits["first_year"], limits["last_year"]
    select: dict[str, Any] = {
        "searchable": True,
        "clearable": True,
        "hidePickedOptions": True,
        "nothingFoundMessage": say(language, "filters.nothing_found"),
        "clearButtonProps": {"aria-label": say(language, "filters.remove_all")},
        "comboboxProps": {"shadow": "md"},
        "value": [],
    }
    return html.Details(
        [
            html.Summary(say(language, "filters.filters")),
            html.Div(
                [
                    dmc.MultiSelect(
                        id="actors",
                        label=say(language, "filters.actors"),
                        placeholder=say(language, "filters.actors_hint"),
                        data=list_choices(list_actors(tables), say_actor, language),
                        **select,
                    ),
                    dmc.MultiSelect(
                        id="types",
                        label=say(language, "filters.types"),
                        placeholder=say(language, "filters.types_hint"),
                        data=[
                            _make_choice(one, say_type(one, language), n, language)
                            for one, n in types
                        ],
                        **select,
                    ),
                    html.Div(
                        [
                            html.Div(
                                [
                                    html.Span(say(language, "filters.years"), className="label"),
                                    html.Span(f"{first} – {last}", id="years-said"),
                                ],
                                className="years-line",
                            ),
                            dmc.RangeSlider(
                                id="years",
                                min=first,
                                max=max(last, first + 1),
                                value=[first, last],
                                minRange=0,
                                step=1,
                                size=2,
                                thumbSize=24,
                                label=None,
                                disabled=first == last,
                                thumbFromLabel=say(language, "filters.first_year"),
                                thumbToLabel=say(language, "filters.last_year"),
                            ),
                        ],
                        className="years",
                        role="group",
                        **aria(label=say(language, "filters.years")),
                    ),
                    dmc.TextInput(
                        id="text",
                        label=say(language, "filters.text"),
                        placeholder=say(language, "filters.text_hint"),
                        debounce=300,
                        value="",
                    ),
                    dmc.MultiSelect(
                        id="places",
                        label=say(language, "filters.places"),
                        placeholder=say(language, "filters.places_hint"),
                        data=list_choices(places, say_country, language),
                        style={} if places else {"display": "none"},
                        **select,
                    ),
                    dmc.MultiSelect(
                        id="sources",
                        label=say(language, "filters.sources"),
                        placeholder=say(language, "filters.sources_hint"),
                        data=[
                            {"value": one["source_id"], "label": one["title"]}
                            for one in sources[:_MOST_CHOICES]
                        ],
                        style={} if len(sources) > 1 else {"display": "none"},
                        **select,
                    ),
                    dmc.Switch(
                        id="not-asserted",
                        label=say(language, "filters.not_asserted"),
                        checked=False,
                        size="md",
                    ),
                ],
                className="controls",
            ),
        ],
        id="filters-panel",
        open=True,
    )


def list_choices(
    listed: Sequence[tuple[str, int]],
    say_name: Callable[[str, str], str],
    language: str,
    searched: str = "",
    chosen: Sequence[str] = (),
) -> list[dict[str, str]]:
    """What is offered: the chosen, and of those with the letters searched the busiest."""
    wanted = fold_word(searched.strip())
    found = [
        _make_choice(one, label, n, language)
        for one, n in listed
        for label in [say_name(one, language)]
        if one in chosen or wanted in fold_word(label) or wanted in fold_word(one)
    ]
    return [
        one for place, one in enumerate(found) if place < _MOST_CHOICES or one["value"] in chosen
    ]


def _make_choice(value: str, label: str, n: int, language: str) -> dict[str, str]:
    return {"value": value, "label": say(language, "filters.choice", name=label, n=n)}


def say_hidden(counts: Counts, language: str) -> str:
    """What is hidden and why, in one sentence: "Not shown: 3 outside the chosen years."."""
    reasons = [
        say(language, f"page.hidden_{reason}", n=n) for reason, n in counts.hidden.items() if n
    ]
    if not reasons:
        return say(language, "page.all_shown" if counts.total else "page.no_events")
    return say(language, "page.hidden", reasons=say(language, "page.hidden_join").join(reasons))


def add_filters(app: Dash, tables: Tables, limits: Limits) -> None:
    """Say at each change what is shown, and what is hidden and why; offer actors to choose from."""
    for name, listed, say_name in (
        ("actors", list_actors(tables), say_actor),
        ("places", list_places(tables), say_country),
    ):
        if len(listed) > _MOST_CHOICES:
            _offer(app, name, listed, say_name)

    @app.callback(
        Output("shown", "children"),
        Output("hidden", "children"),
        Output("years-said", "children"),
        Output("clear", "disabled"),
        Output("caption", "children"),
        Input("drawn-filters", "data"),
        State("language", "data"),
    )
    def say_shown(held: dict[str, Any], language: str) -> tuple[Any, ...]:
        filters = read_filters(held, limits)
        counts = count_events(tables, filters)
        first, last = held["years"]
        shown = say(language, "page.shown", shown=counts.shown, total=counts.total)
        surely = count_surely(tables, filters)
        unsure = say(language, "page.surely", surely=surely, possibly=counts.shown - surely)
        return (
            shown,
            " ".join([unsure] * (surely < counts.shown) + [say_hidden(counts, language)]),
            f"{first} – {last}",
            held == start_filters(limits),
            say_short(tables, filters, shown, language),
        )


def _offer(
    app: Dash,
    name: str,
    listed: Sequence[tuple[str, int]],
    say_name: Callable[[str, str], str],
) -> None:
    """Look for names by the letters typed; not all of them are in the browser."""

    @app.callback(
        Output(name, "data"),
        Input(name, "searchValue"),
        Input(name, "value"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def offer(
        searched: str | None, chosen: list[str] | None, language: str
    ) -> list[dict[str, str]]:
        return list_choices(listed, say_name, language, searched or "", chosen or [])
