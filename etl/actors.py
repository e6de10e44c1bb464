"""Find the actors a sentence names: states, armed groups, organisations, persons, peoples."""

from functools import cache

from babel import Locale

from etl.language import load_language
from etl.model import Span
from etl.names import Names, spell_out
from etl.vocabulary import load_csv

_REACH = 32


def find_actors(text: str, language: str, offset: int = 0) -> list[Span]:
    """The actors in `text`, in order, by their canonical English names.

    A capital or a country behind a word such as "in" or "near" is a place and no actor.
    `offset` is added to the characters.
    """
    where = load_language(language).where
    return [
        Span(start + offset, end + offset, "actor", key)
        for start, end, key in _load_names(language).find(text)
        if text[start:end] not in _load_localities(language)
        or not where.search(text[max(0, start - _REACH) : start])
    ]


def country_of(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of an actor's country, if it has one."""
    return _load_kinds().get(name, ("", None))[1]


def kind_of(name: str) -> str | None:
    """`state`, `armed_group`, `organisation`, `person` or `people`; None where not known."""
    return _load_kinds().get(name, (None, None))[0]


@cache
def country_names(language: str) -> dict[str, str]:
    """The canonical name of each state by its names in a language."""
    territories = Locale(language).territories
    return {
        form: row["name"]
        for row in load_csv("countries.csv")
        for form in (*_forms(row.get(f"names_{language}", "")), territories.get(row["alpha2"], ""))
        if form
    }


@cache
def _load_names(language: str) -> Names:
    names = Names()
    for row in load_csv("actors.csv"):
        for form in _forms(row.get(language, "") or row["en"]):
            names.add(form, row["name"])
        for acronym in _forms(row["acronyms"]):
            names.add(acronym, row["name"], exact=True)
    for row in load_csv("countries.csv"):
        for column in ("demonyms", "standing"):
            for form in _forms(row.get(f"{column}_{language}", "")):
                names.add(form, row["name"])
    for form, name in country_names(language).items():
        names.add(form, name, exact=form.replace(".", "").isupper())
    return names


@cache
def _load_localities(language: str) -> frozenset[str]:
    """The names that stand for an actor or for a place: countries and capitals."""
    towns = {form for row in load_csv("places.csv") for form in _forms(row.get(language, ""))}
    standing = {
        form
        for row in load_csv("countries.csv")
        for form in _forms(row.get(f"standing_{language}", ""))
    }
    return frozenset(country_names(language)) | (standing & towns)


@cache
def _load_kinds() -> dict[str, tuple[str, str | None]]:
    kinds: dict[str, tuple[str, str | None]] = {
        row["name"]: (row["kind"], row["country"] or None) for row in load_csv("actors.csv")
    }
    kinds |= {row["name"]: ("state", row["alpha3"]) for row in load_csv("countries.csv")}
    return kinds


def _forms(cell: str) -> list[str]:
    return [form for name in cell.split("|") if name for form in spell_out(name.strip())]
