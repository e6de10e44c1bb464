"""What stands where on the timeline: lanes, marks, labels and links, in pixels, for one width."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.charts.forms import (
    FEW_KILLED,
    LARGEST,
    Kind,
    Row,
    find_extent,
    find_kind,
    find_radius,
)
from dashboard.charts.packing import LABEL_SIZE, Item, Spot, pack_items
from dashboard.charts.scales import Scale

OTHERS = ""  # the name of the lane of those who have none of their own
MOST_LANES = 9
_MOST = {"type": 18, "country": 12, "source": 12}
BROAD, SLIM = 9.0, 3.5  # half the height of a band or bar, and of a partner's
_NARROWEST = 3.0  # of a band
_LABELLED_ROW, _BARE_ROW, _LANE_PAD = 23.0, 15.0, 7.0


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants the lanes: `by` actor, type, country or source; `order` count or first.

    The lanes in `by_hand` come first, in that order; those in `folded` are slim and bare.
    """

    by: str = "actor"
    order: str = "count"
    by_hand: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()


WISH = Wish()
GROUPS = ("actor", "type", "country", "source")
ORDERS = ("count", "first")


@dataclass(frozen=True, slots=True)
class Lane:
    """One strip: `name` is canonical, OTHERS for the rest; pixels from the top."""

    name: str
    top: float
    first_row: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text and the box it takes, in pixels."""

    text: str
    side: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in one of its lanes: `main` where it is labelled, else where it is a partner."""

    event: Row
    lane: int
    main: bool
    kind: Kind
    start: float
    end: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Link:
    """A line at `time` from the main mark of an event to its partner's; an arrow if directed."""

    event: Row
    time: float
    start: float
    end: float
    arrow: bool
    sharp: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The whole drawing; `height` in pixels."""

    lanes: list[Lane]
    marks: list[Mark]
    links: list[Link]
    height: float


def limit_lanes(by: str) -> int:
    """How many lanes there are at most, but for that of the others."""
    return _MOST.get(by, MOST_LANES)


def list_groups(row: Row, by: str) -> list[str]:
    """The lanes that an event asks for, its home first; OTHERS where it names none."""
    match by:
        case "type":
            return [row["type"]]
        case "country":
            return [row["country"] or OTHERS]
        case "source":
            return list(row["sources"]) or [OTHERS]
    leaders = row["actors"] or row["recipients"] or row["others"] or [OTHERS]
    return list(dict.fromkeys([leaders[0], *row["actors"], *row["recipients"]]))


def choose_lanes(rows: Sequence[Row], wish: Wish = WISH) -> list[str]:
    """The lanes in their order, but for the hidden; OTHERS last where an event has none.

    Of actors, those get one who lead an event or take part in several; while there are too many,
    only the busiest.
    """
    number: Counter[str] = Counter()
    leading: set[str] = set()
    first: dict[str, date] = {}
    for row in rows:
        groups = list_groups(row, wish.by)
        for name in groups:
            number[name] += 1
            first[name] = min(first.get(name, row["start"]), row["start"])
        leading.update(row["actors"][:1] if wish.by == "actor" else groups)
    worthy = [name for name, n in number.items() if name and (n > 1 or name in leading)]
    worthy.sort(key=lambda name: (-number[name], first[name], name))
    most = limit_lanes(wish.by)
    if len(worthy) > most:
        worthy = [name for name in worthy if number[name] > 1 or wish.by != "actor"][:most]
    if wish.order == "first":
        worthy.sort(key=lambda name: (first[name], -number[name], name))
    by_hand = [name for name in wish.by_hand if name in worthy]
    lanes = [*by_hand, *(name for name in worthy if name not in by_hand)]
    homeless = any(list_groups(row, wish.by)[0] not in lanes for row in rows)
    shown = [*lanes, OTHERS] if homeless else lanes
    return [name for name in shown if name not in wish.hidden]


def arrange_events(
    rows: Sequence[Row],
    scale: Scale,
    *,
    measure_lane: Callable[[str], tuple[float, float]],
    last: date,
    wish: Wish = WISH,
) -> Arrangement:
    """Every event in its lanes, stacked so that neither marks nor labels cover one another.

    `measure_lane` gives the pixels above a lane's rows and the least that its rows take. An event
    without an end is drawn to `last`.
    """
    names = choose_lanes(rows, wish)
    deadliest = max([FEW_KILLED, *(row["killed"] or 0 for row in rows)])
    standing = [
        (row, lane, lane == stands[0])
        for row in rows
        for stands in [_find_lanes(row, names, wish)]
        for lane in stands
    ]
    blocked = _find_blocked(rows, names, wish, scale, last)
    spots: dict[tuple[str, int], Spot] = {}
    lanes, tops = [], 0.0
    heights: list[list[float]] = []
    for number, name in enumerate(names):
        here = [(row, main) for row, lane, main in standing if lane == number]
        here.sort(key=lambda one: (find_kind(one[0]) != "bar", not one[1], one[0]["start"]))
        folded = name in wish.folded
        items = [
            _make_item(row, main and not folded, scale, deadliest, last, blocked[number])
            for row, main in here
        ]
        packed = pack_items(items, scale.width)
        if folded:
            packed = [replace(spot, row=0) for spot in packed]
        spots |= {
            (row["event_id"], number): spot for (row, _), spot in zip(here, packed, strict=True)
        }
        pitches = [_BARE_ROW] * (max((spot.row for spot in packed), default=0) + 1)
        for spot, item in zip(packed, items, strict=True):
            big = spot.text or item.end - item.start > 2 * LARGEST - 2 or len(pitches) == 1
            pitches[spot.row] = _LABELLED_ROW if big else pitches[spot.row]
        header, least = measure_lane(name)
        first_row = tops + header
        starts = [first_row + _LANE_PAD + sum(pitches[:row]) for row in range(len(pitches))]
        heights.append([top + pitch / 2 for top, pitch in zip(starts, pitches, strict=True)])
        bottom = max(starts[-1] + pitches[-1] + _LANE_PAD, first_row + least)
        lanes.append(Lane(name, tops, first_row, bottom))
        tops = bottom
    marks = []
    for row, lane, main in standing:
        spot = spots[row["event_id"], lane]
        y = heights[lane][min(spot.row, len(heights[lane]) - 1)]
        start, end = find_extent(row, last)
        box = (spot.left, spot.right, y - LABEL_SIZE * 0.7, y + LABEL_SIZE * 0.7)
        label = Label(spot.text, spot.side, *box) if spot.text else None
        radius = find_radius(row["killed"], deadliest) * (1 if main else 0.75)
        marks.append(Mark(row, lane, main, find_kind(row), start, end, y, radius, label))
    return Arrangement(lanes, marks, _link_marks(marks, names, scale), tops)


def _find_lanes(row: Row, names: Sequence[str], wish: Wish) -> list[int]:
    """The lanes an event stands in, its home first; none where they are hidden."""
    home, *others = list_groups(row, wish.by)
    wanted = [home if home in names or home in wish.hidden else OTHERS, *others]
    return [names.index(name) for name in dict.fromkeys(wanted) if name in names]


def _find_link_time(kind: Kind, start: float, end: float, scale: Scale) -> float | None:
    if kind == "bar":
        return start if scale.start <= start <= scale.end else None
    low, high = max(start, scale.start), min(end, scale.end)
    return (low + high) / 2 if low <= high else None


def _find_blocked(
    rows: Sequence[Row], names: Sequence[str], wish: Wish, scale: Scale, last: date
) -> list[list[tuple[str, float]]]:
    blocked: list[list[tuple[str, float]]] = [[] for _ in names]
    for row in rows:
        lanes = _find_lanes(row, names, wish)
        time = _find_link_time(find_kind(row), *find_extent(row, last), scale)
        if time is not None and len(lanes) > 1:
            for lane in range(min(lanes), max(lanes) + 1):
                blocked[lane].append((row["event_id"], scale.to_pixel(time)))
    return blocked


def _make_item(
    row: Row,
    main: bool,
    scale: Scale,
    deadliest: int,
    last: date,
    blocked: Sequence[tuple[str, float]],
) -> Item:
    left, right = (scale.to_pixel(time) for time in find_extent(row, last))
    kind = find_kind(row)
    half = find_radius(row["killed"], deadliest) if kind == "mark" else 0
    half = max(half, (_NARROWEST - (right - left)) / 2)
    lines = tuple(x for event_id, x in blocked if event_id != row["event_id"])
    label = row["title"] if main else ""
    return Item(left - half, right + half, label, kind != "mark", lines)


def _link_marks(marks: Sequence[Mark], names: Sequence[str], scale: Scale) -> list[Link]:
    home = {mark.event["event_id"]: mark for mark in marks if mark.main}
    links = []
    for mark in marks:
        main, row = home[mark.event["event_id"]], mark.event
        time = _find_link_time(mark.kind, mark.start, mark.end, scale)
        if mark.main or time is None:
            continue
        directed = row["direction"] == "directed" and names[mark.lane] in row["recipients"]
        down = 1 if mark.y > main.y else -1
        start, end = main.y + down * _find_half(main), mark.y - down * (_find_half(mark) + 1)
        links.append(Link(row, time, start, end, directed, mark.kind != "band"))
    return links


def _find_half(mark: Mark) -> float:
    if mark.kind == "mark":
        return mark.radius
    return BROAD if mark.main else SLIM
