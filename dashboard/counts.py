"""How many events: shown and hidden, in bins and in lanes; of the cube where its months suffice."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import ibis
import pandas as pd

from dashboard.query import Filters, Tables, fetch, find_days, find_rules, find_told, keep

# The longest span of days drawn in bins of this size; beyond the last, years.
_BINS = (("D", 92), ("W", 550), ("M", 3_700), ("Q", 11_000))
_DAILY = ("D", "W")
_BY_ROW = ("actors", "text", "places", "sources")  # that the cube's columns do not ask
_REASONS = ("not_asserted", "actors", "types", "years", "text", "places", "sources")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events are shown, of how many; each hidden one counted under one reason."""

    shown: int
    total: int
    hidden: dict[str, int]


@keep
def count_shown(tables: Tables, filters: Filters) -> int:
    """How many events pass."""
    rows = find_numbers(tables, filters)
    kept = rows.filter(list(find_rules(rows, filters).values()) or [True])
    return fetch(tables, kept.aggregate(n=kept.n.sum()))[0]["n"] or 0


@keep
def count_surely(tables: Tables, filters: Filters) -> int:
    """How many of the events that pass surely lie in the years of the filter, or last into them."""
    rows = find_numbers(tables, filters)
    inside = ibis.literal(True)
    if filters.start is not None:
        inside &= rows.start >= filters.start
    if filters.end is not None:
        inside &= (rows.end <= filters.end).fill_null(False)
    sure = inside | (rows.extent == "throughout")
    kept = rows.filter([*find_rules(rows, filters).values(), sure])
    return fetch(tables, kept.aggregate(n=kept.n.sum()))[0]["n"] or 0


@keep
def count_events(tables: Tables, filters: Filters) -> Counts:
    """How many events pass, of how many, and for the others the first reason that hides them."""
    stage = replace(filters, actors=(), text="", places=(), sources=())
    stages = {"total": stage}
    for name in _BY_ROW:
        if asked := getattr(filters, name):
            stage = replace(stage, **{name: asked})
            stages[name] = stage
    left: dict[str, int] = {}
    for first, stage in stages.items():
        rows = find_numbers(tables, stage)
        rules, kept = find_rules(rows, filters), ibis.literal(True)
        sums = {"total": rows.n.sum()}
        for reason in _REASONS:
            kept = kept & rules.get(reason, True)
            sums[reason] = rows.n.sum(where=kept)
        found = fetch(tables, rows.aggregate(**sums))[0]
        counted = list(sums)
        left |= {name: found[name] or 0 for name in counted[counted.index(first) :]}
    total = shown = left.pop("total")
    hidden = {}
    for reason, n in left.items():
        if n < shown:
            hidden[reason] = shown - n
        shown = n
    return Counts(shown, total, hidden)


@keep
def list_actors(tables: Tables) -> list[tuple[str, int]]:
    """Everybody who takes part in an event, with the number of events, most first."""
    taking = tables.cube.filter(tables.cube.actor.notnull())
    return _list_by_number(tables, taking.select("n", name="actor"))


@keep
def list_places(tables: Tables) -> list[tuple[str, int]]:
    """Countries by their code, then places by name, with the number of events, most first."""
    rows, n = tables.events, ibis.literal(1)
    countries = rows.filter(rows.country.notnull()).select(name="country", n=n)
    closer = rows.place.notnull() & (rows.place_precision != "country").fill_null(True)
    places = rows.filter(closer).select(name="place", n=n)
    return _list_by_number(tables, countries) + _list_by_number(tables, places)


@keep
def list_types(tables: Tables) -> list[tuple[str, int]]:
    """The types that occur, with the number of events, most first."""
    everything = tables.cube.filter(tables.cube.actor.isnull())
    return _list_by_number(tables, everything.select("n", name="type"))


@keep
def list_countries(tables: Tables) -> list[str]:
    """The countries where events have a place, as ISO 3166 alpha-3 codes."""
    placed = tables.events.filter(tables.events.country.notnull())
    return sorted(row["country"] for row in fetch(tables, placed.select("country").distinct()))


@keep
def count_by_bin(tables: Tables, filters: Filters, unit: str = "") -> pd.DataFrame:
    """Events in calendar-aligned bins: `bin` (its first day), `surely`, `possibly`.

    Surely: it happened in that bin, or lasted into it. Possibly: it may have happened there.
    An event without an end is counted up to the last day known. `unit`: D, W, M, Q or Y, by
    itself the finest of which there are not too many.
    """
    first, last = find_days(tables)
    unit = unit or next((unit for unit, most in _BINS if (last - first).days <= most), "Y")
    rows = find_numbers(tables, filters, daily=unit in _DAILY)
    chosen = rows.filter(list(find_rules(rows, filters).values()) or [True])
    groups = chosen.group_by(
        first=chosen.start.truncate(unit),
        last=chosen.end.fill_null(ibis.greatest(chosen.start, last)).truncate(unit),
        lasts=chosen.extent == "throughout",
    ).aggregate(n=ibis._.n.sum())
    days = pd.period_range(first, last, freq=unit)
    bins = pd.DataFrame({"bin": days.start_time.date, "surely": 0, "possibly": 0})
    place = {day: number for number, day in enumerate(bins["bin"])}
    for group in fetch(tables, groups):
        low, high = place[group["first"]], place[group["last"]]
        column = "surely" if group["lasts"] or low == high else "possibly"
        bins.loc[low:high, column] += group["n"]
    return bins


def find_numbers(tables: Tables, filters: Filters, daily: bool = False) -> Any:
    """Rows with a number `n` of events of these actors and words: of the cube where it can say."""
    monthly = (filters.start is None or filters.start.day == 1) and (
        filters.end is None or (filters.end + timedelta(days=1)).day == 1
    )
    if not filters.is_plain or not monthly or daily:
        return find_told(tables, filters).mutate(n=1)
    cube = tables.cube
    return cube.filter([cube.actor == name for name in filters.actors] or [cube.actor.isnull()])


def _list_by_number(tables: Tables, named: Any) -> list[tuple[str, int]]:
    counted = named.group_by("name").aggregate(n=ibis._.n.sum())
    rows = fetch(tables, counted.order_by(ibis.desc("n"), "name"))
    return [(row["name"], row["n"]) for row in rows]
