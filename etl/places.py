"""Find the places a sentence names, with country and coordinates."""

from collections.abc import Sequence
from functools import cache

from etl.actors import country_names
from etl.language import load_language
from etl.model import Place, Span
from etl.names import Names
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
    busy = [(span.start - offset, span.end - offset) for span in actors]
    countries = frozenset(country_names(language).values())
    return [
        Span(start + offset, end + offset, "place", key)
        for start, end, key in _load_names(language).find(text)
        if not any(first < end and start < last for first, last in busy)
        and (key not in countries or where.search(text[max(0, start - _REACH) : start]))
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
        for form in (row.get(language, "") or row["en"]).split("|"):
            if form:
                names.add(form, row["name"])
    for form, name in country_names(language).items():
        names.add(form, name, exact=form.replace(".", "").isupper())
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
