"""Several tables opened together: their rows side by side, each source once."""

from collections.abc import Iterable
from typing import Any

from etl.tables.table import Table, make_table


def join_tables(tables: Iterable[Table]) -> Table:
    """One table of all. A source that several hold counts as the first of them has it.

    Events are not merged: each keeps the sources that it had, and its id, which gets a number
    where two tables use the same.
    """
    events: dict[str, dict[str, Any]] = {}
    mentions: list[dict[str, Any]] = []
    sources: dict[str, dict[str, Any]] = {}
    for number, table in enumerate(tables, 1):
        new = {one["source_id"]: one for one in _rows(table.sources)}
        new = {name: one for name, one in new.items() if name not in sources}
        told = [one for one in _rows(table.mentions) if one["source_id"] in new]
        kept = {one["event_id"] for one in told if one["event_id"]}
        names = {name: f"{name}-{number}" if name in events else name for name in kept}
        for one in _rows(table.events):
            if name := names.get(one["event_id"]):
                events[name] = one | {"event_id": name}
        mentions += [one | {"event_id": names.get(one["event_id"])} for one in told]
        sources |= new
    return make_table(list(events.values()), mentions, list(sources.values()))


def _rows(part: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = part.to_dict("records")
    return rows
