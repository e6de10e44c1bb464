"""What the page asks of a table: filters, counts, bins, mentions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from small_table import EVENTS, PUBLISHED, make_event, make_small_table

from dashboard.counts import Counts, count_by_bin, count_events, list_actors, list_types
from dashboard.query import (
    Filters,
    Tables,
    find_days,
    find_published,
    open_tables,
    select_event,
    select_events,
    select_mentions,
    select_sources,
    select_step,
    select_undated,
)
from etl.model import TableError
from etl.tables.table import write_table


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return open_tables(write_table(make_small_table(), tmp_path_factory.mktemp("t") / "small"))


CASES = [
    (Filters(not_asserted=True), {event["event_id"] for event in EVENTS}),
    (Filters(), {event["event_id"] for event in EVENTS} - {"claim"}),
    (Filters(actors=("Iraq",)), {"invasion", "raid", "pact", "meeting"}),
    (Filters(actors=("Refugees", "Kataib Hezbollah")), {"winter", "rockets"}),
    (Filters(types=("withdrawal", "negotiation")), {"leave", "meeting"}),
    (Filters(start=date(2011, 12, 31), end=date(2012, 6, 1)), {"stay", "leave"}),
    (Filters(start=date(2012, 1, 1), end=date(2012, 6, 1)), {"stay"}),
    (Filters(start=date(2025, 1, 1)), {"siege"}),
    (Filters(end=date(2002, 12, 31)), set()),
    (Filters(text="ETE AVOUE"), {"raid"}),
    (Filters(text="l'ete toersk"), {"raid"}),
    (Filters(text="airport baghdad"), {"raid"}),
    (Filters(text="elan"), {"siege"}),
    (Filters(text="100% _"), set()),
    (Filters(text="commission", actors=("Iraq",), start=date(2023, 7, 1)), {"pact"}),
]


@pytest.mark.parametrize(("filters", "expected"), CASES)
def test_filters_show_what_they_should_and_every_hidden_event_is_counted_once(
    tables: Tables, filters: Filters, expected: set[str]
) -> None:
    events = select_events(tables, filters)
    assert set(events["event_id"]) == expected
    assert list(events["start"]) == sorted(events["start"])
    counts = count_events(tables, filters)
    assert (counts.shown, counts.total) == (len(expected), len(EVENTS))
    assert counts.shown + sum(counts.hidden.values()) == counts.total


def test_reasons_name_the_filter_that_hides(tables: Tables) -> None:
    assert count_events(tables, Filters(types=("withdrawal",), text="nothing such")) == Counts(
        0, 11, {"not_asserted": 1, "types": 9, "text": 1}
    )


def test_lists_begin_with_the_most_frequent(tables: Tables) -> None:
    assert list_actors(tables)[:2] == [("United States", 8), ("Iraq", 4)]
    assert list_types(tables)[0] == ("air_or_missile_strike", 2)
    assert find_days(tables) == (date(2003, 1, 1), date(2024, 2, 29))
    assert find_published(tables) == PUBLISHED


def test_unknown_values_are_none(tables: Tables) -> None:
    event = select_event(tables, "siege")
    assert event is not None and event["end"] is None and event["killed"] is None
    assert event["actors"] == ["Élan Front"]
    assert select_event(tables, "no such") is None
    frame = select_events(tables, Filters(types=("military_operation",)))
    assert frame.to_dict("records")[1]["end"] is None


def test_mentions_come_with_their_source(tables: Tables) -> None:
    (mention,) = select_mentions(tables, "raid")
    assert (mention["source_title"], mention["source_published"]) == ("A report", PUBLISHED)
    assert [one["event_id"] for one in select_undated(tables)] == [None]
    assert [one["title"] for one in select_sources(tables)] == ["A report"]


def test_bins_tell_surely_from_possibly(tables: Tables) -> None:
    rows = count_by_bin(tables, Filters(actors=("United States",))).to_dict("records")
    bins = {row["bin"]: (row["surely"], row["possibly"]) for row in rows}
    assert bins[date(2003, 4, 1)] == (1, 1)  # the stay; the invasion of that year
    assert bins[date(2020, 1, 1)] == (2, 0)  # the stay; the raid
    assert (min(bins), max(bins)) == (date(2003, 1, 1), date(2024, 1, 1))
    siege = count_by_bin(tables, Filters(actors=("Élan Front",)))
    assert siege["surely"].sum() == 1 and siege["possibly"].sum() == 0


@pytest.mark.parametrize(
    ("end", "number", "second"),
    [
        ("2024-01-31", 31, date(2024, 1, 2)),
        ("2024-12-31", 53, date(2024, 1, 8)),
        ("2026-12-31", 36, date(2024, 2, 1)),
        ("2040-12-31", 68, date(2024, 4, 1)),
        ("2090-12-31", 67, date(2025, 1, 1)),
    ],
)
def test_bins_keep_to_the_calendar(tmp_path: Path, end: str, number: int, second: date) -> None:
    table = make_small_table([make_event("a", "2024-01-01", end)])
    bins = count_by_bin(open_tables(write_table(table, tmp_path / "t")), Filters())
    assert (len(bins), bins["bin"][1]) == (number, second)
    assert bins["possibly"].tolist() == [1] * number


def test_an_empty_table_can_be_asked(tmp_path: Path) -> None:
    tables = open_tables(write_table(make_small_table([]), tmp_path / "t"))
    assert find_days(tables) == (PUBLISHED, PUBLISHED)
    assert len(select_events(tables, Filters())) == 0
    assert count_events(tables, Filters(text="x")) == Counts(0, 0, {})
    assert count_by_bin(tables, Filters())["surely"].sum() == 0


def test_many_threads_may_ask_at_once(tables: Tables) -> None:
    filters = [filters for filters, _ in CASES] * 2
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: len(select_events(tables, one)), filters))
    assert found == [len(expected) for _, expected in CASES] * 2


def test_a_missing_table_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such table"):
        open_tables(tmp_path / "none")


def test_steps_go_in_time_and_stop_at_the_ends(tables: Tables) -> None:
    shown = list(select_events(tables, Filters())["event_id"])
    walked, event = [], select_step(tables, Filters(), None, True)
    for _ in shown:
        assert event
        walked.append(event["event_id"])
        event = select_step(tables, Filters(), event, True)
    assert walked == shown
    assert event and event["event_id"] == shown[-1]
    back = select_step(tables, Filters(), event, False)
    assert back and back["event_id"] == shown[-2]
    first = select_step(tables, Filters(), select_event(tables, shown[0]), False)
    assert first and first["event_id"] == shown[0]


def test_a_step_from_a_hidden_event_goes_on_from_its_place_in_time(tables: Tables) -> None:
    rows = select_events(tables, Filters(not_asserted=True))
    ids = list(rows["event_id"])
    at = ids.index("claim")
    after = select_step(tables, Filters(), select_event(tables, "claim"), True)
    assert after and after["event_id"] == ids[at + 1]
    assert select_step(tables, Filters(text="zzz"), None, True) is None
