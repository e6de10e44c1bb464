"""Very many events: the same answers with indexes, and numbers where marks are too many."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_table import make_event, make_small_table

from dashboard.charts import drawing
from dashboard.charts.lanes import GROUPS, OTHERS, Wish
from dashboard.counts import count_by_bin, count_events, list_actors, list_types
from dashboard.densities import count_in_lanes
from dashboard.page import filters as filters_part
from dashboard.query import Filters, Tables, open_tables, select_events
from dashboard.texts import say_actor
from etl.tables import table
from etl.tables.table import write_table

FIRST, LAST = date(2001, 1, 1), date(2010, 12, 31)
ACTORS = [f"Front {number}" for number in range(20)]
TYPES = ["battle", "bombing", "protest", "negotiation"]


def make_many(number: int) -> list[dict[str, Any]]:
    """Events of all kinds over ten years, the first actors with the most."""
    rows = []
    for n in range(number):
        start = FIRST + timedelta(days=n * 3_600 // number)
        reach = (0, 0, 0, 6, 40, 400)[n % 6]
        rows.append(
            make_event(
                f"e{n:05}",
                str(start),
                None if n % 97 == 0 else str(start + timedelta(days=reach)),
                precision="span" if reach else "day",
                extent="throughout" if n % 6 == 4 or n % 97 == 0 else "within",
                type=TYPES[n % 7 % 4],
                status="not_asserted" if n % 31 == 0 else "happened",
                actors=[ACTORS[(n % 20) * (n % 3) // 2 % 20]] if n % 5 else [],
                recipients=[ACTORS[n % 11]],
                others=[ACTORS[n % 4]] if n % 9 == 0 else [],
                country=("IRQ", "SYR", None)[n % 3],
            )
        )
    return rows


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Tables]:
    """The same table without indexes and with them."""
    made = make_small_table(make_many(1_500))
    plain = write_table(made, tmp_path_factory.mktemp("plain") / "t")
    patch = pytest.MonkeyPatch()
    patch.setattr(table, "INDEXED_FROM", 1)
    indexed = write_table(made, tmp_path_factory.mktemp("indexed") / "t")
    patch.undo()
    assert (indexed / "cube.parquet").is_file()
    assert not (plain / "cube.parquet").exists()
    return open_tables(plain), open_tables(indexed)


QUESTIONS = [
    Filters(),
    Filters(not_asserted=True),
    Filters(actors=("Front 1",)),
    Filters(actors=("Front 1", "Front 3", "Front 0")),
    Filters(types=("battle", "protest"), start=date(2003, 1, 1), end=date(2004, 12, 31)),
    Filters(actors=("Front 2",), start=date(2003, 2, 3), end=date(2003, 2, 9)),
    Filters(text="front 7"),
]


@pytest.mark.parametrize("filters", QUESTIONS)
def test_indexes_change_no_answer(both: tuple[Tables, Tables], filters: Filters) -> None:
    one, other = both
    assert list(select_events(one, filters).event_id) == list(
        select_events(other, filters).event_id
    )
    counts = count_events(one, filters)
    assert counts == count_events(other, filters)
    assert counts.shown == len(select_events(one, filters))
    assert counts.shown + sum(counts.hidden.values()) == counts.total
    assert count_by_bin(one, filters).equals(count_by_bin(other, filters))


def test_choices_have_their_numbers(both: tuple[Tables, Tables]) -> None:
    one, other = both
    assert list_actors(one) == list_actors(other)
    assert list_types(one) == list_types(other)


@pytest.mark.parametrize(
    ("by", "filters", "most"),
    [
        *((by, QUESTIONS[0], 200) for by in GROUPS),
        *(("actor", filters, 40) for filters in QUESTIONS),
        *(("type", filters, 4_000) for filters in QUESTIONS),
    ],
)
def test_lanes_count_each_event_where_it_lies(
    both: tuple[Tables, Tables], filters: Filters, by: str, most: int
) -> None:
    plain, indexed = (
        count_in_lanes(tables, filters, Wish(by=by), (FIRST, LAST), most) for tables in both
    )
    assert plain.lanes == indexed.lanes
    assert np.array_equal(plain.surely, indexed.surely)
    assert np.array_equal(plain.possibly, indexed.possibly)
    if by == "type":
        surely, possibly = _count_by_hand(select_events(both[0], filters), plain.edges)
        assert np.array_equal(plain.surely.sum(axis=(0, 1)), surely)
        assert np.array_equal(plain.possibly.sum(axis=0), possibly)
    if by == "actor" and filters == Filters():
        assert plain.lanes[-1] == OTHERS


def _count_by_hand(events: Any, edges: tuple[date, ...]) -> tuple[Any, Any]:
    surely, possibly = (np.zeros(len(edges) - 1, dtype=int) for _ in range(2))
    for row in events.to_dict("records"):
        end = row["end"] or edges[-1]
        bins = [
            number
            for number in range(len(edges) - 1)
            if row["start"] < edges[number + 1] and end >= edges[number]
        ]
        sure = len(bins) == 1 and edges[0] <= row["start"] and end < edges[-1]
        told = surely if row["extent"] == "throughout" or sure else possibly
        told[bins] += 1
    return surely, possibly


def test_many_are_drawn_as_numbers_and_few_as_marks(both: tuple[Tables, Tables]) -> None:
    whole = drawing.draw_view(both[1], Filters(), width=1000)
    assert whole.rows is None
    assert len(whole.figure.data) < 30
    close = drawing.draw_view(
        both[1], Filters(), width=1000, view=(date(2005, 5, 1), date(2005, 5, 20))
    )
    assert close.rows and len(close.rows) <= drawing.MOST_MARKS


def test_the_figure_of_many_is_small(both: tuple[Tables, Tables], tmp_path: Path) -> None:
    figure = drawing.draw_view(both[1], Filters(), width=2000).figure
    assert len(figure.to_json()) < 400_000


def test_of_many_actors_the_busiest_are_offered_and_the_others_found(
    both: tuple[Tables, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters_part, "_MOST_CHOICES", 3)
    listed = list_actors(both[1])
    busiest = [name for name, _ in listed]
    offered = [one["value"] for one in filters_part.list_choices(listed, say_actor, "en")]
    assert offered == busiest[:3]
    found = filters_part.list_choices(listed, say_actor, "en", "front 1", chosen=[busiest[-1]])
    names = [one["value"] for one in found]
    assert busiest[-1] in names
    assert all("Front 1" in name for name in names if name != busiest[-1])
