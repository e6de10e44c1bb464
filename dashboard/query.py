"""Every question that the page asks of the table, as Ibis expressions over its Parquet files."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow

from etl.table import PARTS, find_table, read_table

Row = dict[str, Any]

# The longest span of days drawn in bins of this size; beyond the last, years.
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
    """The parts of one table as Ibis tables; one question at a time goes through `turn`."""

    events: Any
    mentions: Any
    sources: Any
    folder: Path
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events are shown, of how many; each hidden one counted under one reason."""

    shown: int
    total: int
    hidden: dict[str, int]


def open_tables(folder: Path) -> Tables:
    """The checked table in `folder`, ready for questions. Raises TableError."""
    read_table(folder)
    found = find_table(folder)
    engine = ibis.duckdb.connect()
    return Tables(
        **{name: engine.read_parquet(found / f"{name}.parquet", table_name=name) for name in PARTS},
        folder=found,
    )


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
    kept: Any = ibis.literal(True)
    sums = {"total": ibis._.count()}
    for reason, rule in _find_rules(tables, filters).items():
        sums[reason] = (kept & ~rule).sum()
        kept = kept & rule
    sums["shown"] = tables.events.count(where=kept)
    found = _fetch(tables, tables.events.aggregate(**sums))[0]
    total, shown = found.pop("total"), found.pop("shown") or 0
    return Counts(shown, total, {reason: n for reason, n in found.items() if n})


def list_actors(tables: Tables) -> list[tuple[str, int]]:
    """Everybody who takes part in an event, with the number of events, most first."""
    named = tables.events.select(name=_participants(tables.events).unique().unnest())
    return _list_by_number(tables, named)


def list_types(tables: Tables) -> list[tuple[str, int]]:
    """The types that occur, with the number of events, most first."""
    return _list_by_number(tables, tables.events.select(name="type"))


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
    chosen = _choose(tables, filters)
    first, last = find_days(tables)
    unit = next((unit for unit, most in _BINS if (last - first).days <= most), "Y")
    groups = chosen.group_by(
        first=chosen.start.truncate(unit),
        last=chosen.end.fill_null(ibis.greatest(chosen.start, last)).truncate(unit),
        lasts=chosen.extent == "throughout",
    ).aggregate(n=ibis._.count())
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


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def strip_accents(text: str) -> str:
    """The engine's own function of that name."""
    raise NotImplementedError


def _fetch(tables: Tables, question: Any) -> list[Row]:
    with tables.turn:
        rows: list[Row] = question.to_pyarrow().to_pylist()
    return rows


def _choose(tables: Tables, filters: Filters) -> Any:
    return tables.events.filter(list(_find_rules(tables, filters).values()) or [True])


def _find_rules(tables: Tables, filters: Filters) -> dict[str, Any]:
    events = tables.events
    rules: dict[str, Any] = {}
    if not filters.not_asserted:
        rules["not_asserted"] = events.status != "not_asserted"
    if filters.actors:
        everybody = _participants(events)
        rules["actors"] = reduce(or_, (everybody.contains(name) for name in filters.actors))
    if filters.types:
        rules["types"] = events.type.isin(filters.types)
    bounds = []
    if filters.start is not None:
        bounds.append(events.end.isnull() | (events.end >= filters.start))
    if filters.end is not None:
        bounds.append(events.start <= filters.end)
    if bounds:
        rules["years"] = reduce(and_, bounds)
    if words := filters.text.split():
        rules["text"] = events.event_id.isin(_find_by_text(tables, words).event_id)
    return rules


def _find_by_text(tables: Tables, words: list[str]) -> Any:
    told = tables.mentions.group_by("event_id").aggregate(
        sentences=tables.mentions.sentence.group_concat(" ")
    )
    events = tables.events.left_join(told, "event_id")
    parts = [events.title, events.place, _participants(events).join(" "), events.sentences]
    text = _fold(reduce(lambda a, b: a + " " + b, (part.fill_null("") for part in parts)))
    return events.filter([text.contains(_fold(ibis.literal(word))) for word in words])


def _fold(text: Any) -> Any:
    plain = strip_accents(text.lower())
    for letters, same in (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("’", "'")):
        plain = plain.replace(letters, same)
    return plain


def _participants(events: Any) -> Any:
    return events.actors.concat(events.recipients).concat(events.others)


def _list_by_number(tables: Tables, named: Any) -> list[tuple[str, int]]:
    counted = named.group_by("name").aggregate(n=ibis._.count())
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
