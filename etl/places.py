"""Find the places a sentence names, with country and coordinates.

Coordinates are facts compiled by hand, in degrees to two decimals; a region has its middle.
"""

from collections.abc import Sequence
from functools import cache

from etl.actors import country_names, list_actor_names
from etl.language import load_language
from etl.model import Place, Span
from etl.names import Names, list_forms
from etl.vocabulary import load_csv

_REACH = 32


def find_places(
    text: str, language: str, actors: Sequence[Span] = (), offset: int = 0
) -> list[Span]:
    """The places in `text`, in order, by their canonical English names.

    What is an actor in the same place is no place; a country is one only behind a word such as
    "in". `offset` is added to the characters.
    """
    where = load_language(language).where
    busy = {at for span in actors for at in range(span.start - offset, span.end - offset)}
    return [
        Span(start + offset, end + offset, "place", name.key)
        for start, end, name in _load_names(language).find(text)
        if not busy.intersection(range(start, end))
        and (not name.local or where.search(text[max(0, start - _REACH) : start]))
    ]


def resolve_place(name: str) -> Place:
    """The place of that canonical name: its country, its coordinates, and how exact they are."""
    return _load_places()[name]


def resolve_country(code: str) -> Place:
    """The country of that ISO 3166 alpha-3 code."""
    return _load_countries()[code]


@cache
def _load_countries() -> dict[str, Place]:
    return {
        row["alpha3"]: Place(row["name"], row["alpha3"], precision="country")
        for row in load_csv("countries.csv")
    }


@cache
def _load_names(language: str) -> Names:
    names = Names()
    for row in load_csv("places.csv"):
        for form in list_forms(row.get(language) or row["en"]):
            names.add(form, row["name"])
    for form, key in country_names(language).items():
        names.add(form, key, local=True)
    for form, _ in list_actor_names(language):
        names.add(form, "")
    return names


@cache
def _load_places() -> dict[str, Place]:
    places = {place.name: place for place in _load_countries().values()}
    for row in load_csv("places.csv"):
        places[row["name"]] = Place(
            name=row["name"],
            country=row["country"] or None,
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            precision="point" if row["precision"] == "point" else "area",
        )
    return places
