"""A row of theirs as an event, a mention of it and its record, for all rows at once."""

from pathlib import Path

import duckdb

from etl.sources.aliases import add_countries, add_names
from etl.sources.codes import add_codebooks
from etl.sources.descriptions import Description
from etl.sources.styles import add_days
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
    first: int,
    style: str | None = None,
) -> None:
    """Fill `told`: each row of `raw` in our columns, with what is `wrong` if any.

    The rows are counted from `first`. Days are in `style`, if given.
    """
    _drop_tags(engine, description)
    described = description.events
    country = described.get("country", "null::text")
    add_codebooks(engine)
    add_names(engine, description.names)
    add_countries(engine, country, description.countries)
    add_days(engine, path, description.dates, (style,) if style else description.styles)
    source = quote_text(description.name_source(path))
    engine.execute(
        f"""
        create table told as
        with theirs as ({_select_theirs(description, first)}), ours as (
            select _row, record, date_text, {source} || '-' || {_name_row(description)} as event_id,
                left({description.sentence}, {_LONGEST_SENTENCE}) as sentence,
                {described["start"]} as start, {described["end"]} as "end",
                {described.get("precision", "null")} as exact,
                {_tell(_PLAIN, "({})::text", described)},
                {_tell(_PEOPLE, "({})::text[]", described)},
                {_tell(_DEGREES, "try_cast({} as double)", described)},
                {_tell(_NUMBERS, "try_cast(try_cast({} as double) as bigint)", described)},
                countries.code as country,
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
            end as wrong
        from ours
        """
    )
    engine.execute("drop table raw")
    key = " and ".join(description.key) or "content"
    engine.execute(
        """
        update told set wrong = $1 where _row in (
            select _row from (
                select _row, row_number() over (
                    partition by event_id order by newest desc, _row) as nth
                from told where wrong is null and event_id in (
                    select event_id from told where wrong is null
                    group by event_id having count(*) > 1)
            ) where nth > 1)
        """,
        [f"the same {key} as another row"],
    )


def _select_theirs(description: Description, first: int) -> str:
    """The rows of `raw` with days, and beside them the last days, names, row and fault."""
    replaced, added, joined = [], [], []
    for n, column in enumerate(description.dates):
        replaced.append(f"days{n}.first as {quote_name(column)}")
        added.append(f", days{n}.last as {quote_name(f'{column}_last')}")
        joined.append(f"left join days{n} on days{n}.written = raw.{quote_name(column)}")
    for n, column in enumerate(description.names):
        added.append(f", coalesce(names{n}.names, []) as {quote_name(f'{column}_names')}")
        joined.append(f"left join names names{n} on names{n}.written = raw.{quote_name(column)}")
    written = description.date_text or _join_days(description.dates)
    return f"""
        select raw.* {f"replace ({', '.join(replaced)})" if replaced else ""},
            raw.rowid + {first} as _row,
            {written} as date_text, {_list_faults(description)} as fault {"".join(added)}
        from raw {" ".join(joined)}
    """


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


def _drop_tags(engine: duckdb.DuckDBPyConnection, description: Description) -> None:
    """Take out a row of HXL tags, such as #date+start, under the head."""
    for column in description.dates[:1]:
        engine.execute(f"delete from raw where rowid = 0 and {quote_name(column)} like '#%'")


def _list_faults(description: Description) -> str:
    """What is wrong with a row of `raw`: a day that is none, a code that is not known."""
    wrong = []
    for n, column in enumerate(description.dates):
        name = f"raw.{quote_name(column)}"
        lacks = f" and trim(coalesce({name}, '')) <> ''" if column in description.optional else ""
        wrong.append((f"days{n}.first is null{lacks}", column, "no day"))
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
