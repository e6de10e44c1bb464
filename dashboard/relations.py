"""Who acts against whom, and who with whom: events by pair of participants."""

from dataclasses import dataclass
from typing import Any

import ibis

from dashboard.query import Filters, Tables, choose, fetch, keep


@dataclass(frozen=True, slots=True)
class Relations:
    """Events by pair: `directed` from the first against the second, `mutual` both ways.

    `names` are those of most such events, `others` how many participants are left out.
    """

    names: tuple[str, ...]
    directed: dict[tuple[str, str], int]
    mutual: dict[tuple[str, str], int]
    others: int


@keep
def count_relations(tables: Tables, filters: Filters, most: int = 12) -> Relations:
    """The events that pass, for each pair of the participants of most of them."""
    rows = choose(tables, filters)
    against = rows.filter(rows.direction != "mutual", rows.recipients.length() > 0)
    directed = _pair(against, against.actors, against.recipients)
    together = rows.filter(rows.direction == "mutual")
    both = together.actors.concat(together.recipients)
    mutual = _pair(together, both, both)
    taking = ibis.union(
        directed.select("event_id", name="who"),
        directed.select("event_id", name="whom"),
        mutual.select("event_id", name="who"),
    )
    numbers = taking.group_by("name").aggregate(n=ibis._.event_id.nunique())
    names = [row["name"] for row in fetch(tables, numbers.order_by(ibis.desc("n"), "name"))]
    kept = tuple(names[:most])
    return Relations(
        kept,
        _count(tables, directed, kept),
        _count(tables, mutual, kept),
        len(names) - len(kept),
    )


def _pair(rows: Any, one: Any, other: Any) -> Any:
    """A row for each event and pair of two who are not the same."""
    first = rows.select("event_id", who=one, whom=other).mutate(who=ibis._.who.unnest())
    pairs = first.mutate(whom=ibis._.whom.unnest())
    return pairs.filter(pairs.who != pairs.whom).distinct()


def _count(tables: Tables, pairs: Any, names: tuple[str, ...]) -> dict[tuple[str, str], int]:
    kept = pairs.filter(pairs.who.isin(names), pairs.whom.isin(names))
    counted = kept.group_by("who", "whom").aggregate(n=ibis._.count())
    return {(row["who"], row["whom"]): row["n"] for row in fetch(tables, counted)}
