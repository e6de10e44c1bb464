"""A row of theirs as an event, a mention of it and its record, for all rows at once."""

from pathlib import Path

import duckdb

from etl.sources.aliases import add_countries, add_names
from etl.sources.codes import add_codebooks
from etl.sources.descriptions import Description
from etl.sources.styles import find_style, parse_day, parse_last
from etl.sources.written import quote_name, quote_text

_NONE = {
    "actors": "[]", "recipients": "[]", "others": "[]", "direction": "'unknown'",
    "extent": "'within'", "type": "'other'", "basis": "'imported'", "status": "'happened'",
    "role": "'news'",
}  # fmt: skip
_PLAIN = (
    "title", "extent", "basis", "status", "role", "type", "direction", "place", "place_precision",
)  # fmt: skip
_TOLLS = ("killed_low", "killed", "killed_high", "wounded_low", "wounded", "wounded_high")
_NUMBERS = (*_TOLLS, "count")
_PEOPLE = ("actors", "recipients", "others")
_DEGREES = ("latitude", "longitude")
_LONGEST_NAME = 500  # characters of an actor or a place; more is no name
_LONGEST_SENTENCE = 10_000  # characters; the record keeps the rest
_PRECISION = """
    case when "end" = start then 'day'
        when "end" - start = 6 then 'week'
        when start = date_trunc('month', start) and "end" = last_day(start) then 'month'
        when month(start) = 1 and day(start) = 1 and "end" = make_date(year(start), 12, 31)
            then 'year'
        else 'span' end
"""


def tell_rows(
    engine: duckdb.DuckDBPyConnection,
    path: Path,
    description: Description,
    columns: dict[str, str],
    style: str | None = None,
) -> None:
    """Fill `told`: each row of `raw` in our columns, with its `record` and what is `wrong` if any.

    `columns` are those of the file, in its order, and what `raw` calls each. Days are in `style`,
    if given.
    """
    _drop_tags(engine, description)
    described = description.events
    add_codebooks(engine)
    add_names(engine, description.names)
    country = described.get("country", "null::text")
    add_countries(engine, country, description.countries)
    styles = {
        column: style or find_style(engine, path, description.styles, column)
        for column in description.dates
    }
    days = {column: f"({parse_day(column, style)})::date" for column, style in styles.items()}
    replaced = ", ".join(f"{day} as {quote_name(column)}" for column, day in days.items())
    last = "".join(
        f", ({parse_last(column, style)})::date as {quote_name(f'{column}_last')}"
        for column, style in styles.items()
    )
    joined = " ".join(
        f"left join names n{n} on n{n}.written = raw.{quote_name(column)}"
        for n, column in enumerate(description.names)
    )
    listed = "".join(
        f", coalesce(n{n}.names, []) as {quote_name(f'{column}_names')}"
        for n, column in enumerate(description.names)
    )
    record = ", ".join(f"{quote_text(one)}: raw.{quote_name(as_)}" for one, as_ in columns.items())
    written = description.date_text or _join_days(description.dates)
    engine.execute(
        f"""
        create table theirs as
        select raw.* {f"replace ({replaced})" if replaced else ""}, {written} as date_text,
            to_json({{{record}}})::text as record, {_list_faults(description, days)} as fault
            {last} {listed}
        from raw {joined}
        """
    )
    plain = _tell(_PLAIN, "({})::text", described)
    people = _tell(_PEOPLE, "({})::text[]", described)
    degrees = _tell(_DEGREES, "try_cast({} as double)", described)
    numbers = _tell(_NUMBERS, "try_cast(try_cast({} as double) as bigint)", described)
    source = quote_text(description.name_source(path))
    engine.execute(
        f"""
        create table told as
        with ours as (
            select _row, record, date_text, {source} || '-' || {_name_row(description)} as event_id,
                left({description.sentence}, {_LONGEST_SENTENCE}) as sentence,
                {described["start"]} as start, {described["end"]} as "end",
                {described.get("precision", "null")} as exact,
                {plain}, {people}, {degrees}, {numbers}, countries.code as country,
                greatest(1, coalesce(try_cast({described.get("sources", "1")} as bigint), 1))
                    as sources,
                try_cast({description.newest} as bigint) as newest, fault
            from theirs left join countries on countries.written = ({country})
        )
        select * replace (coalesce(type, 'other') as type),
            coalesce(exact, {_PRECISION}) as precision,
            case when fault is not null then fault
                when start is null then 'no day that can be read'
                when year(start) not between 1 and 9999 or year("end") > 9999
                    then 'a year outside 1 to 9999'
                when "end" < start then 'ends before it starts'
                when latitude not between -90 and 90 then 'latitude: no degrees'
                when longitude not between -180 and 180 then 'longitude: no degrees'
                when least({", ".join(_TOLLS)}) < 0 then 'a number of people below 0'
                when count < 1 then 'count: below 1'
                when row_number() over (partition by event_id order by newest desc, _row) > 1
                    then {quote_text(_say_twice(description))}
            end as wrong
        from ours
        """
    )


def _tell(ours: tuple[str, ...], form: str, described: dict[str, str]) -> str:
    """Our columns as the description tells them, in that form."""
    told = {one: described.get(one, _NONE.get(one, "null")) for one in ours}
    return ", ".join(f"{form.format(how)} as {one}" for one, how in told.items())


def _join_days(columns: tuple[str, ...]) -> str:
    """The days as the row writes them, those that are alike once."""
    days = ", ".join(f"nullif(raw.{quote_name(one)}, '')" for one in columns)
    return f"array_to_string(list_distinct([{days}]).list_sort(), ' – ')"


def _name_row(description: Description) -> str:
    """What tells a row from all others: its key, else all that it holds."""
    if not description.key:
        return "md5(record)"
    key = " || '-' || ".join(f"nullif({quote_name(one)}, '')" for one in description.key)
    return f"coalesce({key}, md5(record))"


def _say_twice(description: Description) -> str:
    return f"the same {' and '.join(description.key) or 'content'} as another row"


def _drop_tags(engine: duckdb.DuckDBPyConnection, description: Description) -> None:
    """Take out a row of HXL tags, such as #date+start, under the head."""
    for column in description.dates[:1]:
        engine.execute(f"delete from raw where _row = 2 and {quote_name(column)} like '#%'")


def _list_faults(description: Description, days: dict[str, str]) -> str:
    """What is wrong with a row of `raw`: a day that is none, a code that is not known."""
    wrong = []
    for column, day in days.items():
        name = f"raw.{quote_name(column)}"
        lacks = f" and trim(coalesce({name}, '')) <> ''" if column in description.optional else ""
        wrong.append((f"{day} is null{lacks}", column, "no day"))
    for column, codes in description.codes.items():
        name = f"raw.{quote_name(column)}"
        known = (
            f"{codes}(lower({name})) is not null"
            if isinstance(codes, str)
            else f"{name} in ({', '.join(map(quote_text, codes))})"
        )
        wrong.append((f"{name} is not null and not {known}", column, "no code that is known"))
    for column in _list_numbers(description):
        name = f"raw.{quote_name(column)}"
        number = f"coalesce(isfinite(try_cast({name} as double)), false)"
        wrong.append((f"trim({name}) <> '' and not {number}", column, "no number"))
    for column in (*description.names, description.events.get("place", "")):
        if column in description.columns:
            rule = f"length(raw.{quote_name(column)}) > {_LONGEST_NAME}"
            wrong.append((rule, column, "too long to be a name"))
    if not description.own:
        keys = [(f"raw.{quote_name(one)} is null", one, "missing") for one in description.key]
        wrong = keys + wrong
    cases = " ".join(
        f"when {rule} then {quote_text(f'{column}: ')} || "
        f"coalesce(left(raw.{quote_name(column)}, 40), 'nothing') || {quote_text(f': {why}')}"
        for rule, column, why in wrong
    )
    return f"case {cases} end" if cases else "null::text"


def _list_numbers(description: Description) -> list[str]:
    """The columns of theirs that are a number of ours as they stand."""
    told = [description.events.get(ours, "").strip('"') for ours in (*_NUMBERS, *_DEGREES)]
    return [column for column in told if column in description.columns]
