"""The outlines of the world's countries, for the map."""

from collections.abc import Sequence
from functools import cache

from etl.vocabulary import load_csv

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]
Box = tuple[float, float, float, float]  # west, east, south, north


@cache
def load_outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of each country, by its ISO 3166 alpha-3 code; "" has what belongs to none.

    Source: Natural Earth 1:110m (public domain), to a tenth of a degree.
    """
    found: dict[str, tuple[Ring, ...]] = {}
    for row in load_csv("outlines.csv"):
        pairs = (pair.split(",") for pair in row["ring"].split())
        ring = tuple((float(east), float(north)) for east, north in pairs)
        found[row["country"]] = (*found.get(row["country"], ()), ring)
    return found


def find_middle(country: str) -> Point | None:
    """The middle of a country's largest ring; None where there is no outline."""
    boxes = [find_box(ring) for ring in load_outlines().get(country, ())]
    if not boxes:
        return None
    west, east, south, north = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
    return (west + east) / 2, (south + north) / 2


def find_box(points: Sequence[Point]) -> Box:
    """The smallest box around the points."""
    east, north = [one[0] for one in points], [one[1] for one in points]
    return min(east), max(east), min(north), max(north)
