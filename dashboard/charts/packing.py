"""Marks and their labels in rows, so that none lies over another: pure arithmetic in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.labels import measure_text, shorten_text

LABEL_SIZE = 13  # pixels
PAD = 7  # between a mark and its label
MOST_LABELLED_ROWS = 8
MOST_ROWS = 16
_GAP = 10  # between the ends of two neighbours in a row
_LENGTHS = ((470, 0.8), (300, 0.6), (130, 0.4))  # of a label: pixels, and share of the width
_FIT = _GAP / 2

Side = Literal["inside", "right", "left"]


@dataclass(frozen=True, slots=True)
class Item:
    """A mark from `start` to `end` and the label it asks for; `wide`: a label may stand inside.

    `blocked` are places where a line runs through, better not covered by the label.
    """

    start: float
    end: float
    label: str = ""
    wide: bool = False
    blocked: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """The row of a mark, and its label: text, side, and the pixels it takes; "" for none."""

    row: int
    text: str = ""
    side: Side = "right"
    left: float = 0.0
    right: float = 0.0


def pack_items(items: Sequence[Item], width: float) -> list[Spot]:
    """A spot for each item, in order, within 0 to `width`; what is outside gets row 0, no label."""
    rows: list[list[tuple[float, float]]] = []
    spots = []
    for item in items:
        if item.end < 0 or item.start > width:
            spots.append(Spot(0))
            continue
        spot = _find_labelled(item, rows, width) or _find_bare(item, rows, width)
        while len(rows) <= spot.row:
            rows.append([])
        rows[spot.row].append(_take(item, spot, width))
        spots.append(spot)
    return spots


def _find_labelled(item: Item, rows: list[list[tuple[float, float]]], width: float) -> Spot | None:
    if not item.label:
        return None
    texts = [
        shorten_text(item.label, min(most, share * width), LABEL_SIZE) for most, share in _LENGTHS
    ]
    start, end = max(item.start, 0), min(item.end, width)
    for text in dict.fromkeys(texts):
        for may_cross in (False, True):
            size = measure_text(text, LABEL_SIZE)
            places: list[tuple[Side, float]] = [("right", end + PAD), ("left", start - PAD - size)]
            if item.wide and end - start >= size + 2 * PAD:
                places.insert(0, ("inside", start + PAD))
            for row in range(min(len(rows) + 1, MOST_LABELLED_ROWS)):
                for side, left in places:
                    spot = Spot(row, text, side, left, left + size)
                    crossed = any(left <= x <= spot.right for x in item.blocked)
                    inside = left >= 0 and spot.right <= width
                    if inside and (may_cross or not crossed) and _is_free(item, spot, rows, width):
                        return spot
    return None


def _find_bare(item: Item, rows: list[list[tuple[float, float]]], width: float) -> Spot:
    for row in range(MOST_ROWS):
        if _is_free(item, Spot(row), rows, width):
            return Spot(row)
    return Spot(MOST_ROWS - 1)


def _is_free(item: Item, spot: Spot, rows: list[list[tuple[float, float]]], width: float) -> bool:
    if spot.row >= len(rows):
        return True
    left, right = _take(item, spot, width)
    return all(right <= other[0] or other[1] <= left for other in rows[spot.row])


def _take(item: Item, spot: Spot, width: float) -> tuple[float, float]:
    left, right = max(item.start, 0), min(item.end, width)
    gap = 1.0
    if spot.text:
        left, right, gap = min(left, spot.left), max(right, spot.right), _FIT
    return left - gap, right + gap
