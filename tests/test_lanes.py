"""Lanes, packing, presences: nothing covers anything, at any width and in any view."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from small_table import EVENTS, PUBLISHED, make_event

from dashboard.charts.forms import find_kind, find_radius
from dashboard.charts.labels import measure_text, shorten_text, wrap_text
from dashboard.charts.lanes import (
    MOST_LANES,
    OTHERS,
    Arrangement,
    Label,
    arrange_events,
    choose_lanes,
)
from dashboard.charts.presences import find_presences
from dashboard.charts.scales import DAY, find_scale, find_time

FULL = {"killed": None, "killed_low": None, "killed_high": None, "country": None, "count": None}
ROWS = [FULL | event for event in EVENTS]
NAMES = some.sampled_from(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"])


def arrange(
    rows: list[dict[str, Any]], width: float, view: tuple[date, date] | None = None
) -> Arrangement:
    scale = find_scale(rows, width, view, PUBLISHED)
    return arrange_events(rows, scale, measure_lane=lambda name: (0, 0), last=PUBLISHED)


@some.composite
def random_rows(draw: some.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(some.integers(0, 25))):
        start = draw(some.dates(date(2023, 10, 1), date(2024, 2, 1)))
        if draw(some.booleans()):
            start = start.replace(year=draw(some.integers(2003, 2023)))
        days = draw(some.sampled_from([0, 0, 0, 6, 30, 364, 4000]))
        known = {
            "title": draw(some.text("abc MWéœ…漢", min_size=1, max_size=80)),
            "actors": draw(some.lists(NAMES, max_size=2)),
            "recipients": draw(some.lists(NAMES, max_size=2)),
            "extent": draw(some.sampled_from(["within", "throughout"])),
            "killed": draw(some.none() | some.integers(0, 5000)),
        }
        end = (start + timedelta(days)).isoformat()
        rows.append(FULL | make_event(str(number), start.isoformat(), end, **known))
    return rows


@some.composite
def random_views(draw: some.DrawFn) -> tuple[date, date] | None:
    if draw(some.booleans()):
        return None
    start = draw(some.dates(date(2003, 1, 1), date(2024, 2, 1)))
    return start, start + timedelta(draw(some.integers(5, 4000)))


@settings(max_examples=120, deadline=None)
@given(rows=random_rows(), width=some.integers(330, 2560), view=random_views())
def test_labels_never_meet_nor_leave_the_figure(
    rows: list[dict[str, Any]], width: int, view: tuple[date, date] | None
) -> None:
    arranged = arrange(rows, width, view)
    labels = [mark.label for mark in arranged.marks if mark.label]
    for label in labels:
        assert 0 <= label.left < label.right <= width
        assert 0 <= label.top < label.bottom <= arranged.height
        assert label.right - label.left >= measure_text(label.text, 13) - 0.01
    assert not [pair for pair in combinations(labels, 2) if _meet(*pair)]
    ids = [mark.event["event_id"] for mark in arranged.marks if mark.main]
    assert sorted(ids) == sorted(row["event_id"] for row in rows)


def _meet(one: Label, other: Label) -> bool:
    aside = one.right <= other.left or other.right <= one.left
    return not (aside or one.bottom <= other.top or other.bottom <= one.top)


def test_days_of_one_week_are_stacked_and_still_told_at_the_full_view() -> None:
    days = [f"2024-01-{day}" for day in (19, 20, 20, 21, 22, 23)]
    rows = [FULL | make_event("old", "2003-01-01", "2003-12-31", actors=["A"], precision="year")]
    rows += [FULL | make_event(str(n), day, day, actors=["A"]) for n, day in enumerate(days)]
    marks = arrange(rows, 1000).marks
    assert all(mark.label for mark in marks)
    assert {mark.label.side for mark in marks[1:] if mark.label} == {"left"}
    assert len({mark.y for mark in marks[1:]}) == len(days)


def test_more_labels_appear_in_a_narrower_view() -> None:
    days = [date(2024, 1, 1) + timedelta(number // 3) for number in range(60)]
    rows = [
        FULL | make_event(str(n), str(day), str(day), actors=["A"], title=f"What was told, {n}")
        for n, day in enumerate(days)
    ]
    views = [None, (days[0], date(2024, 1, 8)), (days[0], date(2024, 1, 4))]
    shares = []
    for view in views:
        seen = [row for row in rows if view is None or row["start"] <= view[1]]
        labelled = [mark for mark in arrange(rows, 700, view).marks if mark.label]
        shares.append(len(labelled) / len(seen))
    assert shares[0] < shares[1] < shares[2] == 1


def test_lanes_go_to_the_busiest_and_to_every_leader_while_they_are_few() -> None:
    assert choose_lanes(ROWS) == ["United States", "Iraq", "Kataib Hezbollah", "Élan Front", OTHERS]
    many = [
        FULL | make_event(str(n), "2024-01-01", "2024-01-01", actors=[f"Actor {n % 30}"])
        for n in range(45)
    ]
    lanes = choose_lanes(many)
    assert len(lanes) == MOST_LANES + 1 and lanes[-1] == OTHERS


def test_an_event_stands_with_its_recipient_joined_and_labelled_once() -> None:
    arranged = arrange(ROWS, 1000)
    raid = [mark for mark in arranged.marks if mark.event["event_id"] == "raid"]
    assert [arranged.lanes[mark.lane].name for mark in raid] == ["United States", "Iraq"]
    assert [bool(mark.label) for mark in raid] == [True, False]
    links = {(link.event["event_id"], link.arrow) for link in arranged.links}
    assert links == {
        ("invasion", True), ("raid", True), ("pact", False), ("meeting", False), ("rockets", True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("event_id", "kind"),
    [("raid", "mark"), ("pact", "band"), ("invasion", "band"), ("stay", "bar"), ("siege", "bar")],
)
def test_kind_follows_precision_and_extent(event_id: str, kind: str) -> None:
    assert find_kind(next(row for row in ROWS if row["event_id"] == event_id)) == kind


def test_a_day_stands_at_its_noon_and_a_band_has_its_true_width() -> None:
    marks = {mark.event["event_id"]: mark for mark in arrange(ROWS, 1000).marks if mark.main}
    assert marks["raid"].start == marks["raid"].end == find_time(date(2020, 1, 3)) + DAY / 2
    assert marks["pact"].end - marks["pact"].start == 92 * DAY
    assert find_time(date(1970, 1, 2)) == DAY


def test_area_stands_for_the_killed() -> None:
    assert find_radius(400, 400) == pytest.approx(2 * find_radius(100, 400))
    assert find_radius(0, 400) == find_radius(1, 400) > 0


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        (["deployment 2003", "withdrawal 2011", "deployment 2014"], ["2003–2011", "2014–"]),
        (["military_operation 2003", "withdrawal 2011"], ["2003–2011"]),
        (["military_operation 2003"], []),
        (["withdrawal 2011"], []),
        (["deployment 2003", "deployment 2007", "withdrawal 2011"], ["2003–2011"]),
    ],
)
def test_presences_run_from_a_deployment_to_the_next_withdrawal(
    moves: list[str], expected: list[str]
) -> None:
    rows = [
        FULL | make_event(
            move, f"{move[-4:]}-01-01", f"{move[-4:]}-12-31", type=move[:-5],
            actors=["A"], country="IRQ",
        )
        for move in moves
    ]  # fmt: skip
    found = find_presences(rows)
    assert [f"{one.start.year}–{one.end.year if one.end else ''}" for one in found] == expected
    assert find_presences(rows, {"A": "IRQ"}) == []


def test_texts_are_cut_at_words_and_broken_to_a_width() -> None:
    assert shorten_text("A rather long sentence, cut", 110, 13) == "A rather long…"
    assert shorten_text("Unbreakablyverylongword", 60, 13).endswith("…")
    lines = wrap_text("one two three four five six", 60, 13, lines=2)
    assert len(lines) == 2 and all(measure_text(line, 13) <= 60 for line in lines)
