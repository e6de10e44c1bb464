"""How many events at each place; those of rare places, and of none but a country, by country."""

from dataclasses import dataclass

import ibis

from dashboard.query import Filters, Row, Tables, choose, fetch, keep

MOST = 300  # places told apart; the rest is summed by country
_PLACE = ("place", "country", "latitude", "longitude", "place_precision")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`spots`: places with `place`, `country`, `latitude`, `longitude`, `place_precision`, `n`.

    `countries`: `country` and `n`, of events known no closer, and of those at the rarest spots.
    Each has `event`, the only one there, else None. `nowhere`: events that have no place.
    """

    spots: list[Row]
    countries: list[Row]
    nowhere: int


@keep
def count_by_place(tables: Tables, filters: Filters, most: int = MOST) -> Whereabouts:
    """The places of the events that pass, those with most events first."""
    rows = choose(tables, filters)
    counted = rows.group_by(*_PLACE).aggregate(n=rows.count(), event=rows.event_id.min())
    found = fetch(tables, counted.order_by(ibis.desc("n"), "place", "latitude", "longitude"))
    spots: list[Row] = []
    countries: dict[str, Row] = {}
    nowhere = 0
    for row in found:
        exact = row["latitude"] is not None and row["place_precision"] in ("point", "area")
        if exact and len(spots) < most:
            spots.append(row)
        elif country := row["country"]:
            held = countries.setdefault(country, {"country": country, "n": 0, "event": None})
            held["event"] = row["event"]
            held["n"] += row["n"]
        else:
            nowhere += row["n"]
    for row in (*spots, *countries.values()):
        row["event"] = row["event"] if row["n"] == 1 else None
    return Whereabouts(spots, sorted(countries.values(), key=lambda row: -row["n"]), nowhere)
