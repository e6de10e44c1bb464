"""What others call actors and countries, by our own names where one is meant for certain."""

import re
from functools import cache

import duckdb

from etl.naming.actors import country_names, list_actor_names
from etl.sources.written import quote_name
from etl.vocabulary import load_csv

_BESIDE = re.compile(r"\s*\([^()]{0,80}\)")
_GOVERNMENTS = ("Government of ", "Military Forces of ", "Police Forces of ")


def add_names(engine: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> None:
    """Make `names` (written, names) of all that these columns of `raw` call actors."""
    engine.execute("create table names (written text, names text[])")
    for column in columns:
        engine.execute(
            f"create or replace temp table seen as select distinct {quote_name(column)} w from raw"
        )
        written = [one for (one,) in engine.execute("select w from seen").fetchall() if one]
        engine.execute(
            "insert into names select * from (select unnest($1::text[]) w, unnest($2::text[][]) n) "
            "where w not in (select written from names)",
            [written, [split_names(one) for one in written]],
        )


def add_countries(engine: duckdb.DuckDBPyConnection, expression: str, codes: str = "names") -> None:
    """Make `countries` (written, code) of all that `expression` over `raw` calls countries.

    `codes` says how: by "names" and ISO 3166 codes, or by "fips" codes.
    """
    seen = engine.execute(f"select distinct {expression} from raw").fetchall()
    resolve_code = _load_fips().get if codes == "fips" else resolve_country_code
    rows = [(one, resolve_code(one)) for (one,) in seen if one]
    engine.execute("create table countries (written text, code text)")
    engine.execute(
        "insert into countries select unnest($1::text[]), unnest($2::text[])",
        [[one for one, _ in rows], [code for _, code in rows]],
    )


def split_names(written: str) -> list[str]:
    """The actors in a list joined by `;`, each by our name for it, else as given."""
    return list(dict.fromkeys(resolve(one.strip()) for one in written.split(";") if one.strip()))


def resolve(written: str) -> str:
    """Our name for an actor where exactly one of that alias is known, else what is written."""
    known = _load_aliases()
    for prefix in _GOVERNMENTS:
        if written.startswith(prefix):
            code = resolve_country_code(_cut_years(written.removeprefix(prefix)))
            return _load_names().get(code or "", written)
    names = known.get(written.casefold(), set())
    if len(names) == 1:
        return next(iter(names))
    return _load_names().get(_load_states().get(written.casefold(), ""), written)


def resolve_country_code(written: str) -> str | None:
    """The ISO 3166 alpha-3 code of a country, also of one written as `Myanmar (Burma)`."""
    codes = _load_codes()
    bare = _BESIDE.sub("", written).strip()
    return codes.get(written.casefold()) or codes.get(bare.casefold())


def _cut_years(written: str) -> str:
    return re.sub(r"\s*\(\d{4}\s?-[^()]{0,12}\)", "", written)


@cache
def _load_aliases() -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for form, name in [*list_actor_names("en"), *((one["name"],) * 2 for one in _actors())]:
        if name and "{" not in name:
            known.setdefault(form.casefold(), set()).add(name)
    return known


def _actors() -> list[dict[str, str]]:
    return [one for one in load_csv("actors.csv") if one["kind"] != "never"]


@cache
def _load_names() -> dict[str, str]:
    return {one["alpha3"]: one["name"] for one in load_csv("countries.csv")}


@cache
def _load_fips() -> dict[str, str]:
    rows = load_csv("countries.csv")
    return {code: one["alpha3"] for one in rows for code in one["fips"].split("|")}


@cache
def _load_codes() -> dict[str, str]:
    return {code.casefold(): code for code in _load_names()} | _load_states()


@cache
def _load_states() -> dict[str, str]:
    """The codes of states by what they are called, in lower case."""
    names = {one["name"]: one["alpha3"] for one in load_csv("countries.csv")}
    forms = {form: names[name] for form, name in country_names("en").items() if name in names}
    return {form.casefold(): code for form, code in (names | forms).items()}
