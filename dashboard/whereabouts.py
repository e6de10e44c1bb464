"""How many events at each place: counted by the engine, the rarest summed by country."""

from dataclasses import dataclass
from typing import Any

import ibis

from dashboard.query import Filters, Row, Tables, choose, fetch

MOST = 300  # places in view; the rest is summed by country


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`spots`: places with `place`, `country`, `latitude`, `longitude`, `precision`, `n`, `event`.

    `countries`: `country`, `n`, `event`, of events known no closer, and of the rarest spots.
    `event` is the only one there, else None. `nowhere`: the number of events without a place.
    """

    spots: list[Row]
    countries: list[Row]
    nowhere: int


def count_by_place(tables: Tables, filters: Filters, most: int = MOST) -> Whereabouts:
    """The places of the events that pass, those with most events first."""
    rows = choose(tables, filters)
    numbers = {"n": rows.count(), "first": rows.event_id.min()}
    exact = rows.place_precision.isin(("point", "area")) & rows.latitude.notnull()
    found = rows.filter(exact & rows.longitude.notnull()).group_by(
        "place", "country", "latitude", "longitude", precision="place_precision"
    )
    order = (ibis.desc("n"), "place", "latitude", "longitude")
    spots = _name_only(fetch(tables, found.aggregate(**numbers).order_by(*order).limit(most)))
    shown = [(one["place"], one["latitude"], one["longitude"]) for one in spots]
    coarse = _count_countries(tables, rows, exact, shown if len(spots) == most else None)
    total = fetch(tables, rows.aggregate(n=rows.count()))[0]["n"]
    placed = sum(one["n"] for one in (*spots, *coarse))
    return Whereabouts(spots, coarse, total - placed)


def _count_countries(tables: Tables, rows: Any, exact: Any, shown: list[Any] | None) -> list[Row]:
    """Events by country, of those that no spot shows; `shown`: the spots, where some are not."""
    left = ~exact.fill_null(False)
    if shown is not None:
        spots = ibis.memtable(
            {
                name: [one[number] for one in shown]
                for number, name in enumerate(("spot", "spot_latitude", "spot_longitude"))
            }
        )
        rows = rows.left_join(
            spots,
            [
                rows.place.fill_null("") == spots.spot.fill_null(""),
                rows.latitude == spots.spot_latitude,
                rows.longitude == spots.spot_longitude,
            ],
        )
        left = rows.spot_latitude.isnull() | ~rows.place_precision.isin(
            ("point", "area")
        ).fill_null(False)
    kept = rows.filter(rows.country.notnull() & left)
    found = kept.group_by("country").aggregate(n=kept.count(), first=kept.event_id.min())
    return _name_only(fetch(tables, found.order_by(ibis.desc("n"), "country")))


def _name_only(rows: list[Row]) -> list[Row]:
    return [{**row, "event": row["first"] if row["n"] == 1 else None} for row in rows]
