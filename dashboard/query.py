"""Every question that the page asks of the table, as Ibis expressions over its Parquet files."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow

from etl.indexes import INDEXES, fold_text, list_by_actor, make_indexes
from etl.table import INDEXED_FROM, PARTS, check_parts, find_table, read_table

Row = dict[str, Any]

# The longest span of days drawn in bins of this size; beyond the last, years.
_DAILY = ("D", "W")
_REASONS = ("not_asserted", "actors", "types", "years", "text")
_BINS = (("D", 92), ("W", 550), ("M", 3_700), ("Q", 11_000))


@dataclass(frozen=True, slots=True)
class Filters:
    """What is to be shown; an empty one shows all that is asserted.

    `actors`: any of them takes part. `start`, `end`: the event may lie there, both days included.
    `text`: every word of it, in title, sentences, actors or place, accents and case aside.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    text: str = ""
    not_asserted: bool = False


@dataclass(frozen=True)
class Tables:
    """The parts and indexes of a table as Ibis tables; one question at a time has its `turn`."""

    events: Any
    mentions: Any
    sources: Any
    by_actor: Any
    cube: Any
    texts: Any
    folder: Path
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events are shown, of how many; each hidden one counted under one reason."""

    shown: int
    total: int
    hidden: dict[str, int]


def open_tables(folder: Path) -> Tables:
    """The table in `folder`, ready for questions. Raises TableError.

    The rows of a small one are checked; those of a large one were when it was written.
    """
    found = find_table(folder)
    if check_parts(found) < INDEXED_FROM:
        read_table(found)
    engine = ibis.duckdb.connect()
    stored = {
        name: engine.read_parquet(found / f"{name}.parquet", table_name=name)
        for name in (*PARTS, *INDEXES)
        if (found / f"{name}.parquet").exists()
    }
    events, mentions = stored["events"], stored["mentions"]
    derived = make_indexes(events, mentions, stored.get("by_actor", list_by_actor(events)))
    return Tables(**derived | stored, folder=found)


def select_events(tables: Tables, filters: Filters) -> pd.DataFrame:
    """The rows of `events` that pass, sorted by start, as Python values; None where unknown."""
    rows = fetch_events(tables, filters).to_pylist()
    return pd.DataFrame(rows, columns=list(tables.events.columns), dtype=object)


def fetch_events(tables: Tables, filters: Filters) -> pyarrow.Table:
    """The rows of `events` that pass, sorted by start, with the columns' own types."""
    with tables.turn:
        return _choose(tables, filters).order_by("start", "end", "event_id").to_pyarrow()


def list_days(tables: Tables, filters: Filters) -> list[Row]:
    """The id and the days of the events that pass, in their order in time."""
    chosen = _choose(tables, filters).select("event_id", "start", "end")
    return _fetch(tables, chosen.order_by("start", "end", "event_id"))


def add_sources(tables: Tables, events: pd.DataFrame) -> pd.DataFrame:
    """The events with a column `sources`: for each the names of those that tell of it."""
    known = tables.sources.select(
        "source_id", name=ibis.coalesce(tables.sources.publisher, tables.sources.title)
    )
    told = tables.mentions.filter(tables.mentions.event_id.notnull())
    named = told.left_join(known, "source_id").select("event_id", "name").distinct()
    names: dict[str, list[str]] = {}
    for row in _fetch(tables, named.order_by("name")):
        names.setdefault(row["event_id"], []).append(row["name"])
    sources: Any = [names.get(one, []) for one in events["event_id"]]
    return events.assign(sources=sources)


def count_events(tables: Tables, filters: Filters) -> Counts:
    """How many events pass, of how many, and for the others the first reason that hides them."""
    stages = [replace(filters, actors=(), text="")]
    stages += [replace(filters, text="")] if filters.actors else []
    stages += [filters] if filters.text else []
    left: dict[str, int] = {}
    for stage in stages:
        rows = _find_numbers(tables, stage)
        rules, kept = _find_rules(rows, filters), ibis.literal(True)
        sums = {"total": rows.n.sum()}
        for reason in _REASONS:
            kept = kept & rules.get(reason, True)
            sums[reason] = rows.n.sum(where=kept)
        found = _fetch(tables, rows.aggregate(**sums))[0]
        first = "text" if stage.text else "actors" if stage.actors else "total"
        counted = list(sums)
        left |= {name: found[name] or 0 for name in counted[counted.index(first) :]}
    total = shown = left.pop("total")
    hidden = {}
    for reason, n in left.items():
        if n < shown:
            hidden[reason] = shown - n
        shown = n
    return Counts(shown, total, hidden)


def list_actors(tables: Tables) -> list[tuple[str, int]]:
    """Everybody who takes part in an event, with the number of events, most first."""
    taking = tables.cube.filter(tables.cube.actor.notnull())
    return _list_by_number(tables, taking.select("n", name="actor"))


def list_types(tables: Tables) -> list[tuple[str, int]]:
    """The types that occur, with the number of events, most first."""
    everything = tables.cube.filter(tables.cube.actor.isnull())
    return _list_by_number(tables, everything.select("n", name="type"))


def find_days(tables: Tables) -> tuple[date, date]:
    """The first and the last day of all; of an empty table, the day of publication or today."""
    events = tables.events
    last = events.end.fill_null(events.start).max()
    found = _fetch(tables, events.aggregate(first=events.start.min(), last=last))[0]
    if found["first"] is None:
        today = find_published(tables) or date.today()
        return today, today
    return found["first"], found["last"]


def find_published(tables: Tables) -> date | None:
    """The latest day of publication among the sources."""
    day = _fetch(tables, tables.sources.aggregate(day=tables.sources.published.max()))[0]["day"]
    return day if isinstance(day, date) else None


def count_by_bin(tables: Tables, filters: Filters) -> pd.DataFrame:
    """Events in calendar-aligned bins: `bin` (its first day), `surely`, `possibly`.

    Surely: it happened in that bin, or lasted into it. Possibly: it may have happened there.
    An event without an end is counted up to the last day known.
    """
    first, last = find_days(tables)
    unit = next((unit for unit, most in _BINS if (last - first).days <= most), "Y")
    rows = _find_numbers(tables, filters, daily=unit in _DAILY)
    chosen = rows.filter(list(_find_rules(rows, filters).values()) or [True])
    groups = chosen.group_by(
        first=chosen.start.truncate(unit),
        last=chosen.end.fill_null(ibis.greatest(chosen.start, last)).truncate(unit),
        lasts=chosen.extent == "throughout",
    ).aggregate(n=ibis._.n.sum())
    days = pd.period_range(first, last, freq=unit)
    bins = pd.DataFrame({"bin": days.start_time.date, "surely": 0, "possibly": 0})
    place = {day: number for number, day in enumerate(bins["bin"])}
    for group in _fetch(tables, groups):
        low, high = place[group["first"]], place[group["last"]]
        column = "surely" if group["lasts"] or low == high else "possibly"
        bins.loc[low:high, column] += group["n"]
    return bins


def select_event(tables: Tables, event_id: str) -> Row | None:
    """The event of that id, or None."""
    found = _fetch(tables, tables.events.filter(tables.events.event_id == event_id))
    return found[0] if found else None


def select_mentions(tables: Tables, event_id: str) -> list[Row]:
    """The mentions of an event with what is known of their sources as `source_…`."""
    return _select_told(tables, lambda mentions: mentions.event_id == event_id)


def select_told(tables: Tables, filters: Filters) -> list[Row]:
    """The mentions of all events that pass, with their sources as `source_…`."""
    chosen = _choose(tables, filters)
    return _select_told(tables, lambda mentions: mentions.event_id.isin(chosen.event_id))


def select_undated(tables: Tables) -> list[Row]:
    """The mentions whose day cannot be known, with their sources as `source_…`."""
    return _select_told(tables, lambda mentions: mentions.event_id.isnull())


def select_sources(tables: Tables) -> list[Row]:
    """The rows of `sources`, oldest first."""
    return _fetch(tables, tables.sources.order_by("published", "source_id"))


def _fetch(tables: Tables, question: Any) -> list[Row]:
    with tables.turn:
        rows: list[Row] = question.to_pyarrow().to_pylist()
    return rows


def _choose(tables: Tables, filters: Filters) -> Any:
    rows = _find_told(tables, filters)
    chosen = rows.filter(list(_find_rules(rows, filters).values()) or [True])
    return chosen.select(tables.events.columns)


def _find_told(tables: Tables, filters: Filters) -> Any:
    """The events of the actors and with the words of `filters`, each once."""
    rows = tables.events
    if filters.actors:
        rows = tables.by_actor
        rows = rows.filter(rows.actor.isin(filters.actors), _is_first_of(rows, filters.actors))
    if words := filters.text.split():
        texts = tables.texts
        found = texts.filter([texts.text.contains(fold_text(ibis.literal(w))) for w in words])
        rows = rows.semi_join(found, "event_id")
    return rows


def _is_first_of(rows: Any, actors: tuple[str, ...]) -> Any:
    """Of the rows that an event has for these actors, the one of the first who takes part."""
    earlier: Any = ibis.literal(False)
    parts = rows.actors, rows.recipients, rows.others
    rules = []
    for actor in actors:
        rules.append((rows.actor == actor) & ~earlier)
        earlier = earlier | reduce(or_, (part.contains(actor) for part in parts))
    return reduce(or_, rules)


def _find_numbers(tables: Tables, filters: Filters, daily: bool = False) -> Any:
    """Rows with a number `n` of events of these actors and words: of the cube where it can say."""
    monthly = (filters.start is None or filters.start.day == 1) and (
        filters.end is None or (filters.end + timedelta(days=1)).day == 1
    )
    if filters.text.split() or len(filters.actors) > 1 or not monthly or daily:
        return _find_told(tables, filters).mutate(n=1)
    cube = tables.cube
    return cube.filter([cube.actor == name for name in filters.actors] or [cube.actor.isnull()])


def _find_rules(events: Any, filters: Filters) -> dict[str, Any]:
    """What each kind of filter but actors and words asks of the rows of events or of the cube."""
    rules: dict[str, Any] = {}
    if not filters.not_asserted:
        rules["not_asserted"] = events.status != "not_asserted"
    if filters.types:
        rules["types"] = events.type.isin(filters.types)
    bounds = []
    if filters.start is not None:
        bounds.append(events.end.isnull() | (events.end >= filters.start))
    if filters.end is not None:
        bounds.append(events.start <= filters.end)
    if bounds:
        rules["years"] = reduce(and_, bounds)
    return rules


def _list_by_number(tables: Tables, named: Any) -> list[tuple[str, int]]:
    counted = named.group_by("name").aggregate(n=ibis._.n.sum())
    rows = _fetch(tables, counted.order_by(ibis.desc("n"), "name"))
    return [(row["name"], row["n"]) for row in rows]


def _select_told(tables: Tables, rule: Callable[[Any], Any]) -> list[Row]:
    told = ("title", "publisher", "language", "published", "url", "text")
    sources = tables.sources.select(
        "source_id", **{f"source_{name}": tables.sources[name] for name in told}
    )
    chosen = tables.mentions.filter(rule(tables.mentions)).left_join(sources, "source_id")
    columns = [*tables.mentions.columns, *(f"source_{name}" for name in told)]
    return _fetch(
        tables,
        chosen.select(columns).order_by("source_published", "source_id", "sentence_start"),
    )
