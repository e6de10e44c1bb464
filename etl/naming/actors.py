"""Find the actors a sentence names: states, armed groups, organisations, persons, peoples."""

from collections.abc import Iterator
from functools import cache

from babel import Locale

from etl.model import Span
from etl.vocabulary import load_csv
from etl.words.language import load_language
from etl.words.letters import load_clitics
from etl.words.names import Names, list_forms

_REACH = 32
_NATION = "{nation}"
_NO_ACTOR = "never"


def find_actors(text: str, language: str, offset: int = 0) -> list[Span]:
    """The actors in `text`, in order, by their canonical English names.

    A capital or a country behind a word such as "in" or "near" is a place and no actor.
    `offset` is added to the characters.
    """
    where = load_language(language).where
    found: list[Span] = []
    for start, end, name in _load_names(language).find(text):
        if name.local and where.search(text[max(0, start - _REACH) : start]):
            continue
        actor = Span(start + offset, end + offset, "actor", name.key)
        if not (found and _is_part(text, found[-1], actor, offset)):
            found.append(actor)
    return found


def _is_part(text: str, before: Span, actor: Span, offset: int) -> bool:
    """Whether a state right behind its own army or government only says whose it is."""
    code = country_of(actor.name)
    return (
        before.name != actor.name
        and code is not None
        and code == country_of(before.name)
        and kind_of(actor.name) == kind_of(before.name) == "state"
        and text[before.end - offset : actor.start - offset].strip() in ("", "ال")
    )


def is_group(name: str) -> bool:
    """Whether an actor is an armed group; one that no vocabulary knows is taken for one."""
    return kind_of(name) in ("armed_group", None)


def country_of(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of an actor's country, if it has one."""
    return _load_kinds().get(name, ("", None))[1]


def kind_of(name: str) -> str | None:
    """`state`, `armed_group`, `organisation`, `person` or `people`; None where not known."""
    return _load_kinds().get(name, (None, None))[0]


@cache
def country_names(language: str) -> dict[str, str]:
    """The canonical name of each state by its names in a language, our own before CLDR's."""
    territories = Locale(language).territories
    states = load_csv("countries.csv")
    common = {territories.get(row["alpha2"], ""): row["name"] for row in states}
    own = {
        form: row["name"] for row in states for form in list_forms(row.get(f"names_{language}", ""))
    }
    return {form: name for form, name in (common | own).items() if form}


def list_actor_names(language: str) -> Iterator[tuple[str, str]]:
    """Each name of an actor in a language, and what it stands for: nothing where it is none.

    States are not among them by their own names, for which see `country_names`. A language
    without names of its own has the English ones.
    """
    for row in load_csv("actors.csv"):
        name = row["name"] if row["kind"] != _NO_ACTOR else ""
        for form in list_forms(f"{row.get(language) or row['en']}|{row['acronyms']}"):
            if _NATION in form:
                yield from _name_nations(form, name, language)
            else:
                yield form, name
    for row in load_csv("countries.csv"):
        for column in ("demonyms", "standing"):
            for form in list_forms(row.get(f"{column}_{language}", "")):
                yield form, row["name"]


def _name_nations(form: str, name: str, language: str) -> Iterator[tuple[str, str]]:
    """« rebelles {nation} » for each nation, and its name: "Chadian rebels"."""
    for row in load_csv("countries.csv"):
        for demonym in list_forms(row.get(f"demonyms_{language}", "")):
            yield form.replace(_NATION, demonym), name.replace(_NATION, _find_demonym(row))


def _find_demonym(country: dict[str, str]) -> str:
    return next(iter(list_forms(country["demonyms_en"])), country["name"])


@cache
def _load_names(language: str) -> Names:
    names = Names(load_clitics(language))
    towns = [
        form
        for row in load_csv("places.csv")
        for form in list_forms(row.get(language) or row["en"])
    ]
    local = frozenset(towns)
    for form, key in list_actor_names(language):
        names.add(form, key, local=form in local)
    for form, key in country_names(language).items():
        names.add(form, key, local=True)
    for form in towns:
        names.add(form, "")
    return names


@cache
def _load_kinds() -> dict[str, tuple[str, str | None]]:
    kinds: dict[str, tuple[str, str | None]] = {}
    for row in load_csv("actors.csv"):
        if _NATION in row["name"]:
            for country in load_csv("countries.csv"):
                name = row["name"].replace(_NATION, _find_demonym(country))
                kinds[name] = (row["kind"], country["alpha3"])
        else:
            kinds[row["name"]] = (row["kind"], row["country"] or None)
    return kinds | {row["name"]: ("state", row["alpha3"]) for row in load_csv("countries.csv")}
