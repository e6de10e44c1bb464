"""Find the places a sentence names, with country and coordinates.

Coordinates are facts compiled by hand, in degrees to two decimals; a region has its middle.
"""

import re
from collections.abc import Sequence
from functools import cache

from etl.model import DatePhrase, Place, Report, Span
from etl.naming.actors import country_names, list_actor_names
from etl.vocabulary import load_csv
from etl.words.language import Language, load_language
from etl.words.letters import load_clitics
from etl.words.names import Names, list_forms

_REACH = 32
_CAPITAL = r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|-(?!\d)){1,40}(?:['’][^\W\d_]{2,40})?(?![\w-])"
_PROPER = re.compile(
    rf"(?:[AEae][a-z]-)?{_CAPITAL}(?: (?:(?:[ae][a-z]|de|du|la)[ -])?{_CAPITAL}){{0,2}}"
)


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


def find_new_places(
    report: Report, language: Language, span: tuple[int, int], known: Sequence[Span | DatePhrase]
) -> list[Span]:
    """The places of a sentence that no vocabulary knows: a name behind "near the village of".

    `known` are all other names and dates of the sentence.
    """
    words, never = (language.newcomers.get(key) for key in ("place", "no_place"))
    proper = language.newcomers.get("proper", _PROPER)
    found = []
    for match in words.finditer(report.text, *span) if words else ():
        name = proper.match(report.text, match.end(), span[1])
        if name is None or (never and never.fullmatch(name[0])):
            continue
        first, last = name.span()
        if not any(one.start < last and first < one.end for one in known):
            found.append(Span(first, last, "place", report.shown[first:last]))
    return found


def resolve_place(name: str) -> Place:
    """The place of that canonical name: its country, its coordinates, and how exact they are.

    Of a place that is not in the vocabulary nothing but its name is known.
    """
    return _load_places().get(name) or Place(name)


def resolve_country(code: str) -> Place:
    """The country of that ISO 3166 alpha-3 code."""
    return _load_countries()[code]


@cache
def capital_of(code: str) -> str | None:
    """The canonical name of the capital of that country: the first name that stands for it."""
    towns = {form: row["name"] for row in load_csv("places.csv") for form in list_forms(row["en"])}
    capitals = (
        list_forms(row["standing_en"]) for row in load_csv("countries.csv") if row["alpha3"] == code
    )
    return next((towns.get(forms[0]) for forms in capitals if forms), None)


@cache
def _load_countries() -> dict[str, Place]:
    return {
        row["alpha3"]: Place(row["name"], row["alpha3"], precision="country")
        for row in load_csv("countries.csv")
    }


@cache
def _load_names(language: str) -> Names:
    names = Names(load_clitics(language))
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
