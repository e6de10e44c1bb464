"""The codebooks of others as functions of the engine: `cameo('190')` is a type of ours.

A code that is not in its book counts as the shorter one that it begins with.
"""

from functools import cache

import duckdb

from etl.sources.written import quote_text
from etl.vocabulary import data_folder, load_csv, load_toml

_PARTS = """
    create macro first_day(y, m, d) as try(make_date(
        try_cast(y as int), coalesce(try_cast(nullif(m, '') as int), case when
        coalesce(m, '') = '' then 1 end), coalesce(try_cast(nullif(d, '') as int),
        case when coalesce(d, '') = '' then 1 end)));
    create macro last_day_of(y, m, d) as case
        when coalesce(m, '') = '' then try(make_date(try_cast(y as int), 12, 31))
        when coalesce(d, '') = '' then last_day(first_day(y, m, d))
        else first_day(y, m, d) end;
    create macro plain(words) as nullif(trim(regexp_replace(regexp_replace(
        regexp_replace(words, '<[^<>]*>', ' ', 'g'), '&nbsp;|&#160;', ' ', 'g'),
        '\\s+', ' ', 'g')), '');
    create macro tell(what, ours, theirs, place) as concat_ws(', ', concat_ws(': ', upper(left(
        what, 1)) || what[2:], nullif(array_to_string(list_concat(ours, theirs), ' → '), '')),
        place);
"""  # a part that is written but is no number gives no day, not the first


def add_codebooks(engine: duckdb.DuckDBPyConnection) -> None:
    """Give the engine each codebook, and what else descriptions may call.

    `cameo` gives a type of ours for a code, `cameo_says` what the code means.
    """
    engine.execute(_PARTS)
    for name, book in load_codebooks().items():
        for at, macro in enumerate((name, f"{name}_says")):
            held = ", ".join(
                f"{quote_text(code)}: {quote_text(row[at])}" for code, row in book.items()
            )
            short = ("code", "split_part(code, '/', 1)", "left(code, 3)", "left(code, 2)")
            looked = ", ".join(f"(map {{{held}}})[{one}]" for one in short)
            engine.execute(f"create macro {macro}(code) as coalesce({looked})")


@cache
def load_codebooks() -> dict[str, dict[str, tuple[str, str]]]:
    """Code → type and meaning, by codebook; `event_type` knows our own types by id and label."""
    folder = data_folder() / "vocabularies" / "codes"
    books = {path.stem: load_csv(f"codes/{path.name}") for path in sorted(folder.glob("*.csv"))}
    own = {
        form.lower(): (name, one["label"]["en"])
        for name, one in load_toml("event_types.toml").items()
        for form in (name, *one["label"].values())
    }
    return {
        name: {row["code"]: (row["type"], row["meaning"]) for row in rows}
        for name, rows in books.items()
    } | {"event_type": own}
