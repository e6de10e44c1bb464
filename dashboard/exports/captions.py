"""What a figure says of itself: title, filters in words, n of N, sources, day, hash of rows."""

import hashlib
from dataclasses import dataclass
from datetime import date

from dashboard.counts import count_events, count_shown, count_surely, list_actors
from dashboard.exports.rows import write_csv
from dashboard.query import Filters, Tables, find_days, select_events, select_sources
from dashboard.texts import say, say_actor, say_country, say_date, say_type
from dashboard.views import View, write_address

_MOST_SOURCES = 6
_HASH_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a view comes from: each part in the words of `language`, and the hash of its rows.

    `address` opens the same view again.
    """

    title: str
    filters: str
    shown: int
    total: int
    sources: list[str]
    made: date
    address: str
    rows_hash: str
    language: str


def describe_view(tables: Tables, view: View) -> Provenance:
    """What is to be said of this view wherever it goes."""
    filters, language = view.filters, view.language
    sources = select_sources(tables)
    counts = count_events(tables, filters)
    rows = write_csv(select_events(tables, filters))
    return Provenance(
        title=view.title or say_title(tables, filters, language),
        filters=say_filters(tables, filters, language),
        shown=counts.shown,
        total=counts.total,
        sources=[
            name_source(source["title"], source["publisher"], source["published"], language)
            for source in sources
        ],
        made=date.today(),
        address=write_address(view),
        rows_hash=hashlib.sha256(rows.encode()).hexdigest()[:_HASH_LETTERS],
        language=language,
    )


def say_filters(tables: Tables, filters: Filters, language: str) -> str:
    """The filters in words, "no filter" where there are none."""
    parts = []
    if filters.actors:
        names = ", ".join(say_actor(name, language) for name in filters.actors)
        parts.append(say(language, "export.actors", names=names))
    if filters.types:
        names = ", ".join(say_type(name, language) for name in filters.types)
        parts.append(say(language, "export.types", names=names))
    days = [day and say_date(day, day, "day", language) for day in (filters.start, filters.end)]
    match days:
        case [str(start), str(end)]:
            parts.append(say(language, "export.between", start=start, end=end))
        case [str(start), None]:
            parts.append(say(language, "export.after", start=start))
        case [None, str(end)]:
            parts.append(say(language, "export.before", end=end))
    if any(days):
        surely, shown = count_surely(tables, filters), count_shown(tables, filters)
        if surely < shown:
            parts[-1] += say(language, "export.surely", surely=surely, possibly=shown - surely)
    if text := filters.text.strip():
        parts.append(say(language, "export.text", text=text))
    if filters.places:
        parts.append(
            say(
                language,
                "export.places",
                names=", ".join(say_country(one, language) for one in filters.places),
            )
        )
    if filters.sources:
        titles = {one["source_id"]: one["title"] for one in select_sources(tables)}
        named = ", ".join(titles.get(one, one) for one in filters.sources)
        parts.append(say(language, "export.of_sources", names=named))
    if filters.not_asserted:
        parts.append(say(language, "export.not_asserted"))
    return "; ".join(parts) or say(language, "export.no_filter")


def write_caption(provenance: Provenance) -> list[str]:
    """The caption under a figure: what is shown, then the sources."""
    language = provenance.language
    day = say_date(provenance.made, provenance.made, "day", language)
    what = say(
        language,
        "export.caption",
        filters=provenance.filters,
        shown=say(language, "export.shown", shown=provenance.shown, total=provenance.total),
        made=say(language, "export.made", day=day),
        rows=say(language, "export.rows", hash=provenance.rows_hash),
    )
    what = what[:1].upper() + what[1:]
    named = provenance.sources[:_MOST_SOURCES]
    if more := len(provenance.sources) - len(named):
        named.append(say(language, "export.more", n=more))
    key = "export.source" if len(provenance.sources) == 1 else "export.sources"
    return [what, say(language, key, sources="; ".join(named))]


def say_short(tables: Tables, filters: Filters, shown: str, language: str) -> str:
    """The caption of a printed page: filters, n of N as told, and today."""
    today = date.today()
    made = say(language, "export.made", day=say_date(today, today, "day", language))
    what = say(
        language,
        "page.caption",
        filters=say_filters(tables, filters, language),
        shown=shown,
        made=made,
    )
    return what[:1].upper() + what[1:]


def say_title(tables: Tables, filters: Filters, language: str) -> str:
    """What a view is about: its one source's title, or its main actors and years."""
    sources = select_sources(tables)
    actors = list(filters.actors) or [name for name, _ in list_actors(tables)]
    if len(sources) == 1 or not actors:
        return str(sources[0]["title"]) if sources else say(language, "page.brand")
    first, last = find_days(tables)
    years = sorted({(filters.start or first).year, (filters.end or last).year})
    return say(
        language,
        "page.subject_one" if len(actors) == 1 else "page.subject_two",
        actors=[say_actor(name, language) for name in actors[:2]],
        years="–".join(str(year) for year in years),
    )


def name_source(title: str, publisher: str | None, day: date | None, language: str) -> str:
    """A source by title, publisher and day, as far as they are known."""
    said = day and say_date(day, day, "day", language)
    return ", ".join(part for part in (title, publisher, said) if part)
