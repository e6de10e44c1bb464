"""Numbers of events in lanes and calendar bins, asked of the engine and never of the rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
import numpy.typing
import pandas as pd

from dashboard.charts.lanes import OTHERS, Wish, limit_lanes
from dashboard.counts import find_numbers
from dashboard.query import Filters, Tables, fetch, find_rules, find_told
from etl.tables.indexes import list_by_actor
from etl.vocabulary import load_toml

Numbers = numpy.typing.NDArray[np.int64]

# The size of bins and their days; the finest is taken of which there are not too many.
_UNITS = {"D": 1.0, "W": 7.0, "M": 30.44, "Q": 91.3, "Y": 365.25}
_DAILY = ("D", "W")


@dataclass(frozen=True, slots=True)
class Density:
    """Events of each lane and family that surely lie in a bin, and those of a lane that may.

    `edges`: the first days of the bins, and the day behind the last. `surely`: lane × family × bin.
    `possibly`: lane × bin.
    """

    lanes: tuple[str, ...]
    families: tuple[str, ...]
    unit: str
    edges: tuple[date, ...]
    surely: Numbers
    possibly: Numbers


def count_in_lanes(
    tables: Tables, filters: Filters, wish: Wish, span: tuple[date, date], most_bins: int
) -> Density:
    """The events that pass and lie in `span`, in at most `most_bins` bins of a calendar's unit."""
    first, last = span
    unit = next(
        (unit for unit, days in _UNITS.items() if (last - first).days / days <= most_bins), "Y"
    )
    edges = _list_edges(first, last, unit)
    within = _narrow(filters, edges[0], edges[-1] - timedelta(days=1))
    laid = _lay_in_lanes(tables, within, wish.by, unit in _DAILY)
    lanes = _rank_lanes(tables, laid, wish)
    groups = _group(tables, laid.filter(laid.lane.isin(lanes)), unit)
    everything = find_numbers(tables, within, unit in _DAILY)
    whole = everything.filter(list(find_rules(everything, within).values()) or [True])
    homeless = _group(tables, whole.mutate(lane=ibis.literal(OTHERS), leads=True), unit)
    led = groups[groups["leads"]]
    others = pd.concat([homeless, led.assign(lane=OTHERS, n=-led["n"])])
    if others["n"].sum() > 0 and OTHERS not in wish.hidden:
        lanes = [*lanes, OTHERS]
        groups = pd.concat([groups, others])
    families = tuple(dict.fromkeys(one["family"] for one in load_toml("event_types.toml").values()))
    surely, possibly = _spread(groups, lanes, families, edges)
    return Density(tuple(lanes), families, unit, edges, surely, possibly)


def _list_edges(first: date, last: date, unit: str) -> tuple[date, ...]:
    days = pd.period_range(first, last, freq=unit)
    return (*(day.start_time.date() for day in days), (days[-1] + 1).start_time.date())


def _narrow(filters: Filters, first: date, last: date) -> Filters:
    start = max(first, filters.start) if filters.start else first
    end = min(last, filters.end) if filters.end else last
    return replace(filters, start=start, end=end)


def _lay_in_lanes(tables: Tables, filters: Filters, by: str, daily: bool) -> Any:
    """Rows with a number `n` of events, one for each `lane`; `leads` in the lane that is home."""
    plain = not filters.actors and filters.is_plain
    if by == "actor" and plain and not daily:
        rows = tables.cube.filter(tables.cube.actor.notnull())
    elif by == "actor":
        told = find_told(tables, filters)
        told = told.filter(list(find_rules(told, filters).values()) or [True])
        rows = list_by_actor(told).mutate(n=1)
    elif by == "type" or (by == "country" and plain):
        rows = find_numbers(tables, filters, daily)
    else:
        rows = find_told(tables, filters).mutate(n=1)
    rows = rows.filter(list(find_rules(rows, filters).values()) or [True])
    match by:
        case "actor":
            return rows.mutate(lane=rows.actor)
        case "type":
            return rows.mutate(lane=rows.type, leads=True)
        case "country":
            return rows.mutate(lane=rows.country.fill_null(OTHERS), leads=True)
    named = tables.sources.select(
        "source_id", lane=ibis.coalesce(tables.sources.publisher, tables.sources.title)
    )
    told = tables.mentions.join(named, "source_id").select("event_id", "lane").distinct()
    return rows.join(told, "event_id").mutate(leads=True)


def _rank_lanes(tables: Tables, laid: Any, wish: Wish) -> list[str]:
    """The lanes that are asked for, then those with most events, or the earliest of these."""
    counted = laid.group_by("lane").aggregate(n=ibis._.n.sum(), first=ibis._.start.min())
    wanted = counted.filter(counted.lane != OTHERS)
    rows = fetch(
        tables, wanted.order_by(ibis.desc("n"), "first", "lane").limit(limit_lanes(wish.by))
    )
    missing = [name for name in wish.by_hand if name not in {row["lane"] for row in rows}]
    rows += fetch(tables, wanted.filter(wanted.lane.isin(missing))) if missing else []
    if wish.order == "first":
        rows.sort(key=lambda row: (row["first"], -row["n"], row["lane"]))
    names = [row["lane"] for row in rows]
    by_hand = [name for name in wish.by_hand if name in names]
    ordered = [*by_hand, *(name for name in names if name not in by_hand)]
    return [name for name in ordered if name not in wish.hidden]


def _group(tables: Tables, rows: Any, unit: str) -> pd.DataFrame:
    """Numbers of those alike in lane, family, and first and last bin."""
    families = {name: one["family"] for name, one in load_toml("event_types.toml").items()}
    groups = rows.group_by(
        "lane",
        "leads",
        family=rows.type.substitute(families),
        first=_cut(rows.start, unit),
        last=_cut(rows.end, unit),
        lasts=rows.extent == "throughout",
    ).aggregate(n=ibis._.n.sum())
    with tables.turn:
        found: pd.DataFrame = groups.to_pyarrow().to_pandas(types_mapper=pd.ArrowDtype)
    return found


def _cut(day: Any, unit: str) -> Any:
    return day.cast("timestamp").truncate(unit).cast("date")


def _spread(
    groups: pd.DataFrame, lanes: Sequence[str], families: Sequence[str], edges: Sequence[date]
) -> tuple[Numbers, Numbers]:
    """The numbers laid out as lane × family × bin, and the uncertain ones as lane × bin."""
    bins = np.array(edges, dtype="datetime64[D]")
    most = len(edges) - 2
    starts = groups["first"].to_numpy(dtype="datetime64[D]")
    ends = groups["last"].fillna(edges[-1]).to_numpy(dtype="datetime64[D]")
    low = np.clip(np.searchsorted(bins, starts, side="right") - 1, 0, most)
    high = np.clip(np.searchsorted(bins, ends, side="right") - 1, low, most)
    lane = pd.Index(lanes).get_indexer(pd.Index(groups["lane"]))
    family = pd.Index(families).get_indexer(pd.Index(groups["family"]))
    n = groups["n"].to_numpy(dtype=np.int64)
    inside = (starts >= bins[0]) & (ends < bins[-1])
    sure = groups["lasts"].to_numpy(dtype=bool) | ((low == high) & inside)
    changes = np.zeros((len(lanes), len(families), len(edges)), dtype=np.int64)
    maybes = np.zeros((len(lanes), len(edges)), dtype=np.int64)
    np.add.at(changes, (lane[sure], family[sure], low[sure]), n[sure])
    np.add.at(changes, (lane[sure], family[sure], high[sure] + 1), -n[sure])
    np.add.at(maybes, (lane[~sure], low[~sure]), n[~sure])
    np.add.at(maybes, (lane[~sure], high[~sure] + 1), -n[~sure])
    return changes.cumsum(axis=2)[:, :, :-1], maybes.cumsum(axis=1)[:, :-1]
