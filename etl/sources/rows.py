"""A row of theirs as an event, a mention of it and its record, for all rows at once."""

from pathlib import Path

import duckdb

from etl.sources.aliases import add_countries, add_names
from etl.sources.descriptions import Description
from etl.sources.styles import find_style, parse_day

_NONE = {"actors": "[]", "recipients": "[]", "others": "[]", "direction": "'unknown'",
         "extent": "'within'", "count": "null", "type": "'other'"}  # fmt: skip
_PLAIN = ("extent", "type", "direction", "place", "place_precision")
_TOLLS = ("killed_low", "killed", "killed_high", "wounded_low", "wounded", "wounded_high")
_PEOPLE = ("actors", "recipients", "others")
_DEGREES = ("latitude", "longitude")
_PRECISION = """
    case when "end" = start then 'day'
        when "end" - start = 6 then 'week'
        when start = date_trunc('month', start) and "end" = last_day(start) then 'month'
        when month(start) = 1 and day(start) = 1 and "end" = make_date(year(start), 12, 31)
            then 'year'
        else 'span' end
"""


def tell_rows(engine: duckdb.DuckDBPyConnection, path: Path, description: Description) -> None:
    """Fill `told`: each row of `raw` in our columns, with its `record` and its `fault` if any."""
    _drop_tags(engine, description)
    have = {str(name).lower() for name, *_ in engine.execute("describe raw").fetchall()}
    for column in description.columns:
        if column not in have:
            engine.execute(f'alter table raw add column "{column}" text')
    described = description.events
    add_names(engine, description.names)
    add_countries(engine, described.get("country", "null::text"))
    days = {
        column: f"({parse_day(column, style)})::date"
        for column in description.dates
        for style in [find_style(engine, path, description, column)]
    }
    replaced = ", ".join(f'{day} as "{column}"' for column, day in days.items())
    joined = " ".join(
        f'left join names n{n} on n{n}.written = raw."{column}"'
        for n, column in enumerate(description.names)
    )
    listed = "".join(
        f', coalesce(n{n}.names, []) as "{column}_names"'
        for n, column in enumerate(description.names)
    )
    record = ", ".join(f"'{name}': raw.\"{name}\"" for name in _order(engine))
    faults = _list_faults(description, days)
    engine.execute(
        f"""
        create table theirs as
        select raw.* replace ({replaced}), to_json({{{record}}})::text as record,
            {faults} as fault {listed}
        from raw {joined}
        """
    )
    plain = _tell(_PLAIN, "({})::text", described)
    people = _tell(_PEOPLE, "({})::text[]", described)
    degrees = _tell(_DEGREES, "try_cast({} as double)", described)
    newest = description.newest or "null"
    counted = described.get("sources", "1")
    tolls = _tell(_TOLLS, "try_cast(try_cast({} as double) as bigint)", described)
    engine.execute(
        f"""
        create table told as
        with ours as (
            select _row, record, {_write_id(description)} as event_id,
                {description.sentence} as sentence,
                {described["start"]} as start, {described["end"]} as "end",
                {plain}, {people}, {degrees}, {tolls}, countries.code as country,
                greatest(1, coalesce(try_cast({counted} as bigint), 1)) as sources,
                try_cast({newest} as bigint) as newest, fault
            from theirs
            left join countries on countries.written = ({described.get("country", "null")})
        )
        select *, {_PRECISION} as precision,
            case when fault is not null then fault
                when start is null then 'no day that can be read'
                when "end" < start then 'ends before it starts'
                when latitude not between -90 and 90 then 'latitude: no degrees'
                when longitude not between -180 and 180 then 'longitude: no degrees'
                when least(killed_low, killed, killed_high, wounded) < 0
                    then 'a number of dead below 0'
                when row_number() over (partition by event_id order by newest desc, _row) > 1
                    then 'the same {description.key} as another row'
            end as wrong
        from ours
        """
    )


def _tell(ours: tuple[str, ...], form: str, described: dict[str, str]) -> str:
    """Our columns as the description tells them, in that form."""
    told = {one: described.get(one, _NONE.get(one, "null")) for one in ours}
    return ", ".join(f"{form.format(how)} as {one}" for one, how in told.items())


def _write_id(description: Description) -> str:
    return f"'{description.name}-' || {description.key}"


def _order(engine: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns of the file as it wrote them, in its order."""
    return [str(name) for (name,) in engine.execute("select name from held").fetchall()]


def _drop_tags(engine: duckdb.DuckDBPyConnection, description: Description) -> None:
    """Take out a row of HXL tags, such as #date+start, under the head."""
    column = description.dates[0]
    engine.execute(f"delete from raw where _row = 2 and \"{column}\" like '#%'")


def _list_faults(description: Description, days: dict[str, str]) -> str:
    """What is wrong with a row of `raw`: a day that is none, a code that is not known."""
    wrong = [
        f"when {day} is null then "
        f"'{column}: ' || coalesce(raw.\"{column}\", 'nothing') || ': no day'"
        for column, day in days.items()
    ]
    for column, codes in description.codes.items():
        allowed = ", ".join(f"'{code}'" for code in codes)
        wrong.append(
            f'when raw."{column}" is not null and raw."{column}" not in ({allowed}) '
            f"then '{column}: code ' || raw.\"{column}\" || ' is not known'"
        )
    numbers = {*_TOLLS, *_DEGREES}
    counted = [how for ours, how in description.events.items() if ours in numbers]
    wrong += [
        f'when raw."{column}" is not null and trim(raw."{column}") <> \'\' and '
        f'not coalesce(isfinite(try_cast(raw."{column}" as double)), false) '
        f"then '{column}: ' || raw.\"{column}\" || ': no number'"
        for column in counted
        if column in description.columns
    ]
    if description.key:
        wrong.append(f"when raw.\"{description.key}\" is null then '{description.key}: missing'")
    return f"case {' '.join(wrong)} end"
