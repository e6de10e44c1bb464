"""What is kept beside the events, so that questions to millions of them are answered at once.

`by_actor` has each event once for everybody who takes part, sorted by `actor`: who asks for an
actor reads that actor's rows only. `cube` has numbers of events by month. `texts` has what a
search looks through. All three follow from `events` and `mentions` and are made anew with them.
"""

from functools import reduce
from pathlib import Path
from typing import Any

import ibis

INDEXES = {
    "by_actor": ("actor", "start", "end", "event_id"),
    "cube": ("actor", "start", "end"),
    "texts": ("start", "event_id"),
}  # and what each is sorted by
TEXT_PARTS = ("title", "place", "participants", "sentences")


def write_indexes(folder: Path) -> None:
    """Write the indexes of the table in `folder` beside its parts."""
    engine = ibis.duckdb.connect()
    events, mentions = (
        engine.read_parquet(folder / f"{name}.parquet") for name in ("events", "mentions")
    )
    by_actor = list_by_actor(events)
    for name, rows in make_indexes(events, mentions, by_actor).items():
        target = folder / f"{name}.parquet"
        rows.order_by(*INDEXES[name]).to_parquet(target, compression="zstd")
    engine.disconnect()


def make_indexes(events: Any, mentions: Any, by_actor: Any) -> dict[str, Any]:
    """Each index by its name, as an expression over the table's parts."""
    return {
        "by_actor": by_actor,
        "cube": count_by_month(events, by_actor),
        "texts": list_texts(events, mentions),
    }


def list_by_actor(events: Any) -> Any:
    """Each event once for each `actor` of `everybody` in it; `leads` where they are the first."""
    if "everybody" not in events.columns:
        leader = ibis.coalesce(events.actors[0], events.recipients[0], events.others[0])
        events = events.mutate(everybody=list_participants(events).unique(), leader=leader)
    taking = events.mutate(actor=events.everybody.unnest())
    named = taking.filter(taking.actor.notnull())
    return named.mutate(leads=named.actor == named.leader)


def count_by_month(events: Any, by_actor: Any) -> Any:
    """Events with days cut to months, those that are then alike as one row, and their number `n`.

    Rows with an `actor` count those that they take part in, or lead (`leads`), wherever; rows
    without count all events, by `country`.
    """

    def count(rows: Any, actor: Any, country: Any, leads: Any) -> Any:
        return rows.group_by(
            start=cut_to_month(rows.start),
            end=cut_to_month(rows.end),
            extent=rows.extent,
            type=rows.type,
            status=rows.status,
            actor=actor,
            leads=leads,
            country=country,
        ).aggregate(n=ibis._.count())

    none = ibis.null("string")
    return ibis.union(
        count(events, none, events.country, ibis.literal(False)),
        count(by_actor, by_actor.actor, none, by_actor.leads),
    )


def cut_to_month(day: Any) -> Any:
    """The first day of that month."""
    return day.cast("timestamp").truncate("M").cast("date")  # else some engines give a time


def list_texts(events: Any, mentions: Any) -> Any:
    """For each event its `TEXT_PARTS`, folded, a line each."""
    told = mentions.group_by("event_id").aggregate(sentences=mentions.sentence.group_concat(" "))
    rows = events.left_join(told, "event_id")
    parts = [rows.title, rows.place, list_participants(rows).join(" "), rows.sentences]
    lines = (fold_text(part.fill_null("").replace("\n", " ")) for part in parts)
    text = reduce(lambda one, other: one + "\n" + other, lines)
    return rows.select("event_id", "start", text=text)


def list_participants(events: Any) -> Any:
    """All who take part in each event, as lists."""
    return events.actors.concat(events.recipients).concat(events.others)


def fold_text(text: Any) -> Any:
    """The text in lower case, without accents, ligatures and curly apostrophes."""
    plain = strip_accents(text.lower())
    for letters, same in (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("’", "'")):
        plain = plain.replace(letters, same)
    return plain


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def strip_accents(text: str) -> str:
    """The engine's own function of that name."""
    raise NotImplementedError
