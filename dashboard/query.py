"""Every question that the page asks of the table, as Ibis expressions over its Parquet files."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow

from etl.tables.indexes import INDEXES, fold_text, list_by_actor, make_indexes
from etl.tables.table import INDEXED_FROM, PARTS, check_parts, find_table, read_table

Row = dict[str, Any]

ibis.options.sql.fuse_selects = False  # engines do that themselves, and much faster


@dataclass(frozen=True, slots=True)
class Filters:
    """What is to be shown; an empty one shows all that is asserted.

    `actors`: any of them takes part. `start`, `end`: the event may lie there, both days included.
    `text`: every word of it, in title, sentences, actors or place, accents and case aside.
    `places`: any of these names, or codes of countries. `sources`: any of these ids tells of it.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    text: str = ""
    not_asserted: bool = False
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a count by month, type, status and one actor says what passes."""
        return not (self.text.split() or self.places or self.sources or len(self.actors) > 1)


@dataclass(frozen=True, eq=False)
class Tables:
    """The parts and indexes of a table as Ibis tables; one question at a time has its `turn`."""

    events: Any
    mentions: Any
    sources: Any
    by_actor: Any
    cube: Any
    texts: Any
    folder: Path | None  # None where an engine elsewhere holds it
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)


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
    by_actor = stored.get("by_actor", list_by_actor(events))
    for name, rows in make_indexes(events, mentions, by_actor).items():
        if name not in stored:
            stored[name] = engine.create_table(name, rows)
    return Tables(**stored, folder=found)


keep = lru_cache(maxsize=32)  # a served table never changes, and one change of the page asks thrice


@lru_cache(maxsize=4)
def list_events(tables: Tables, filters: Filters, most: int | None = None) -> list[Row]:
    """The events that pass, sorted by start. Where `most` is given, only so many, the first."""
    rows: list[Row] = fetch_events(tables, filters, most).to_pylist()
    return rows


def select_events(tables: Tables, filters: Filters) -> pd.DataFrame:
    """The rows of `events` that pass, sorted by start, as Python values; None where unknown."""
    rows = list_events(tables, filters)
    return pd.DataFrame(rows, columns=list(tables.events.columns), dtype=object)


def fetch_events(tables: Tables, filters: Filters, most: int | None = None) -> pyarrow.Table:
    """The rows of `events` that pass, sorted by start, with the columns' own types."""
    rows = choose(tables, filters).order_by("start", "end", "event_id")
    with tables.turn:
        return (rows if most is None else rows.limit(most)).to_pyarrow()


def select_step(tables: Tables, filters: Filters, event: Row | None, forward: bool) -> Row | None:
    """The event that passes next after `event` in time, or before it; else the last or first.

    Without an event, the first of all, or the last. A hidden one counts by its place in time.
    """
    rows = choose(tables, filters).mutate(last=ibis._.end.fill_null(date.max))
    keys = ("start", "last", "event_id")
    order = [rows[key] if forward else rows[key].desc() for key in keys]
    beyond: Any = ibis.literal(True)
    if event is not None:
        beyond = _lies_beyond(rows, {**event, "last": event["end"] or date.max}, keys, forward)
    found = fetch(tables, rows.filter(beyond).order_by(order).limit(1).drop("last"))
    if found or event is None:
        return found[0] if found else None
    return select_step(tables, filters, None, not forward)


def add_sources(tables: Tables, events: list[Row]) -> list[Row]:
    """The events with `sources`: for each the names of those that tell of it."""
    known = tables.sources.select(
        "source_id", name=ibis.coalesce(tables.sources.publisher, tables.sources.title)
    )
    told = tables.mentions.filter(tables.mentions.event_id.notnull())
    named = told.left_join(known, "source_id").select("event_id", "name").distinct()
    names: dict[str, list[str]] = {}
    for row in fetch(tables, named.order_by("name")):
        names.setdefault(row["event_id"], []).append(row["name"])
    return [row | {"sources": names.get(row["event_id"], [])} for row in events]


@keep
def find_days(tables: Tables) -> tuple[date, date]:
    """The first and the last day of all; of an empty table, the day of publication or today."""
    events = tables.events
    last = events.end.fill_null(events.start).max()
    found = fetch(tables, events.aggregate(first=events.start.min(), last=last))[0]
    if found["first"] is None:
        today = find_published(tables) or date.today()
        return today, today
    return found["first"], found["last"]


@keep
def find_published(tables: Tables) -> date | None:
    """The latest day of publication among the sources."""
    day = fetch(tables, tables.sources.aggregate(day=tables.sources.published.max()))[0]["day"]
    return day if isinstance(day, date) else None


def select_event(tables: Tables, event_id: str) -> Row | None:
    """The event of that id, or None."""
    found = fetch(tables, tables.events.filter(tables.events.event_id == event_id))
    return found[0] if found else None


def select_mentions(tables: Tables, event_id: str) -> list[Row]:
    """The mentions of an event with what is known of their sources as `source_…`."""
    return _select_told(tables, lambda mentions: mentions.event_id == event_id)


def select_told(tables: Tables, filters: Filters) -> list[Row]:
    """The mentions of all events that pass, with their sources as `source_…`."""
    chosen = choose(tables, filters)
    return _select_told(tables, lambda mentions: mentions.event_id.isin(chosen.event_id))


def select_undated(tables: Tables) -> list[Row]:
    """The mentions whose day cannot be known, with their sources as `source_…`."""
    return _select_told(tables, lambda mentions: mentions.event_id.isnull())


def select_sources(tables: Tables) -> list[Row]:
    """The rows of `sources`, oldest first."""
    return fetch(tables, tables.sources.order_by("published", "source_id"))


def select_source(tables: Tables, source_id: str) -> Row | None:
    """The source of that id with its text, or None."""
    found = fetch(tables, tables.sources.filter(tables.sources.source_id == source_id))
    return found[0] if found else None


def select_told_in(tables: Tables, source_id: str) -> list[Row]:
    """The mentions that one source has, in the order of its text."""
    told = tables.mentions.filter(tables.mentions.source_id == source_id)
    return fetch(tables, told.order_by("sentence_start", "date_start", "event_id"))


def fetch(tables: Tables, question: Any) -> list[Row]:
    """The rows that answer a question."""
    with tables.turn:
        rows: list[Row] = question.to_pyarrow().to_pylist()
    for name in [name for name, kind in question.schema().items() if kind.is_json()]:
        rows = [row | {name: row[name] and json.loads(row[name])} for row in rows]
    return rows


def choose(tables: Tables, filters: Filters) -> Any:
    """The rows of `events` that pass, as a question still to be asked."""
    rows = find_told(tables, filters)
    chosen = rows.filter(list(find_rules(rows, filters).values()) or [True])
    return chosen.select(tables.events.columns) if filters.actors else chosen


def find_told(tables: Tables, filters: Filters) -> Any:
    """The events of the actors, words, places and sources of `filters`, each once."""
    rows = tables.events
    if filters.actors:
        rows = tables.by_actor
        rows = rows.filter(rows.actor.isin(filters.actors), _is_first_of(rows, filters.actors))
    if words := filters.text.split():
        texts = tables.texts
        found = texts.filter([texts.text.contains(fold_asked(word)) for word in words])
        rows = rows.semi_join(found, "event_id")
    if filters.places:
        rows = rows.filter(rows.place.isin(filters.places) | rows.country.isin(filters.places))
    if filters.sources:
        told = tables.mentions.filter(tables.mentions.source_id.isin(filters.sources))
        rows = rows.semi_join(told.select("event_id").distinct(), "event_id")
    return rows


@keep
def fold_asked(word: str) -> str:
    """The word as `texts` has it: folded by the engine that folded these, wherever they are now."""
    return str(ibis.duckdb.connect().execute(fold_text(ibis.literal(word))))


def _lies_beyond(rows: Any, event: Row, keys: tuple[str, ...], forward: bool) -> Any:
    key, *further = keys
    beyond = rows[key] > event[key] if forward else rows[key] < event[key]
    if not further:
        return beyond
    return beyond | ((rows[key] == event[key]) & _lies_beyond(rows, event, tuple(further), forward))


def _is_first_of(rows: Any, actors: tuple[str, ...]) -> Any:
    """Of the rows that an event has for these actors, the one of the first who takes part."""
    earlier: Any = ibis.literal(False)
    rules = []
    for actor in actors:
        rules.append((rows.actor == actor) & ~earlier)
        earlier = earlier | rows.everybody.contains(actor)
    return reduce(or_, rules)


def find_rules(events: Any, filters: Filters) -> dict[str, Any]:
    """What status, type and years ask of the rows of events or of the cube."""
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


def _select_told(tables: Tables, rule: Callable[[Any], Any]) -> list[Row]:
    told = ("title", "publisher", "language", "published", "url", "text")
    sources = tables.sources.select(
        "source_id", **{f"source_{name}": tables.sources[name] for name in told}
    )
    chosen = tables.mentions.filter(rule(tables.mentions)).left_join(sources, "source_id")
    columns = [*tables.mentions.columns, *(f"source_{name}" for name in told)]
    return fetch(
        tables,
        chosen.select(columns).order_by(
            "source_published", "source_id", "sentence_start", "date_start", "event_id"
        ),
    )
