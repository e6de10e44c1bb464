"""The events as pages of a table: sorted, and narrowed column by column, by the engine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import ibis

from dashboard.query import Filters, Row, Tables, choose, fetch, fold_asked
from etl.tables.indexes import TEXT_PARTS

ORDERS: dict[str, Callable[[Any], Sequence[Any]]] = {  # what each column is sorted by
    "when": lambda rows: (rows.start, rows.end),
    "title": lambda rows: (rows.title,),
    "type": lambda rows: (rows.type,),
    "actors": lambda rows: (rows.actors[0],),
    "recipients": lambda rows: (rows.recipients[0],),
    "place": lambda rows: (rows.place,),
    "country": lambda rows: (rows.country,),
    "killed": lambda rows: (rows.killed,),
    "wounded": lambda rows: (rows.wounded,),
    "sources": lambda rows: (rows.sources,),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must hold: words, one of some names, or a value from `low` to `high`."""

    column: str
    words: str = ""
    names: tuple[str, ...] | None = None
    low: int | date | None = None
    high: int | date | None = None


def select_page(
    tables: Tables,
    filters: Filters,
    *,
    order: Iterable[tuple[str, bool]] = (),
    conditions: Iterable[Condition] = (),
    first: int = 0,
    most: int = 100,
) -> tuple[list[Row], int]:
    """At most so many rows from `first` on, and how many there are. `order`: column, descending.

    What is unknown stands last in either order.
    """
    rows = choose(tables, filters)
    rows = rows.filter([_make_rule(tables.texts, rows, one) for one in conditions] or [True])
    keys = {
        key.get_name(): key.desc(nulls_first=False) if falling else key.asc(nulls_first=False)
        for column, falling in order
        for key in ORDERS[column](rows)
    }
    for last in (rows.start, rows.event_id):
        keys.setdefault(last.get_name(), last)
    page = rows.order_by(list(keys.values())).limit(most, offset=first)
    total: int = fetch(tables, rows.aggregate(n=rows.count()))[0]["n"]
    return fetch(tables, page), total


def _make_rule(texts: Any, rows: Any, condition: Condition) -> Any:
    low, high, words = condition.low, condition.high, condition.words
    if condition.names is not None:
        return _holds_one(rows[condition.column], condition.names)
    if words:
        lines = texts.text.split("\n")[TEXT_PARTS.index(condition.column)]
        return rows.event_id.isin(texts.filter(lines.contains(fold_asked(words))).event_id)
    when = condition.column == "when"
    begin, end = (rows.start, rows.end) if when else (rows[condition.column],) * 2
    rule: Any = ibis.literal(True)
    if low is not None:
        rule &= (end >= low).fill_null(when)
    if high is not None:
        rule &= (begin <= high).fill_null(False)
    return rule


def _holds_one(column: Any, names: tuple[str, ...]) -> Any:
    if not column.type().is_array():
        return column.isin(names)
    return reduce(or_, (column.contains(name) for name in names), ibis.literal(False))
