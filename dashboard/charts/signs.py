"""The glyphs of the timeline as small pictures for its key, and which of them occur."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from dashboard.charts.forms import Row, find_kind, is_open
from dashboard.palette import Palette, fade
from etl.vocabulary import load_toml

WIDTH, HEIGHT = 40, 20  # pixels
_POINTS = {  # of each shape, around the middle
    "square": "-5,-5 5,-5 5,5 -5,5",
    "diamond": "-7,0 0,-7 7,0 0,7",
    "triangle-right": "-4,-7 7,0 -4,7",
    "triangle-left": "4,-7 -7,0 4,7",
    "star": "0,-8 1.9,-2.6 7.6,-2.5 3.1,1 4.7,6.5 0,3.3 -4.7,6.5 -3.1,1 -7.6,-2.5 -1.9,-2.6",
}


def list_types(rows: Sequence[Row]) -> dict[tuple[str, str], list[str]]:
    """The types that occur, in the order of their file, by what marks them: family and shape."""
    occurring = {row["type"] for row in rows}
    found: dict[tuple[str, str], list[str]] = {}
    for name, one in load_toml("event_types.toml").items():
        if name in occurring:
            found.setdefault((one["family"], one["shape"]), []).append(name)
    return found


def list_forms(rows: Sequence[Row]) -> list[str]:
    """The forms that occur, as `export.key_…` names them."""
    types = load_toml("event_types.toml")
    kinds = [(row, find_kind(row)) for row in rows]
    occurs = {
        "day": any(kind == "mark" for _, kind in kinds),
        "band": any(kind == "band" for _, kind in kinds),
        "bar": any(kind == "bar" for _, kind in kinds),
        "open": any(kind == "bar" and is_open(row) for row, kind in kinds),
        "ring": any(
            kind == "mark"
            and types[row["type"]]["family"] == "violence"
            and row["killed"] is None
            and row["status"] != "planned"
            for row, kind in kinds
        ),
        "killed": any(row["killed"] is not None for row in rows),
        "range": any(
            kind == "mark"
            and None not in (row["killed_low"], row["killed_high"])
            and row["killed_low"] != row["killed_high"]
            for row, kind in kinds
        ),
        "planned": any(row["status"] == "planned" for row in rows),
        "not_asserted": any(row["status"] == "not_asserted" for row in rows),
        "link": any(len({*row["actors"], *row["recipients"]}) > 1 for row in rows),
    }
    return [name for name, there in occurs.items() if there]


def draw_type(family: str, shape: str, palette: Palette) -> str:
    """The mark of a type as the address of a picture."""
    return _picture(_mark(shape, palette.families[family]))


def draw_form(name: str, palette: Palette) -> str:
    """A form of `list_forms` as the address of a picture."""
    return _picture(_FORMS[name](palette, palette.families["violence"]))


def _picture(body: str) -> str:
    middle = f"{-WIDTH / 2:g} {-HEIGHT / 2:g} {WIDTH} {HEIGHT}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{middle}">{body}</svg>'
    return f"data:image/svg+xml,{quote(svg)}"


def _mark(shape: str, colour: str, *, filled: bool = True, size: float = 1, x: float = 0) -> str:
    look = f'fill="{colour if filled else "none"}" stroke="{colour}" stroke-width="1.4"'
    place = f'transform="translate({x:g}) scale({size:g})"'
    if shape == "circle":
        return f'<circle r="5.5" {look} {place}/>'
    return f'<polygon points="{_POINTS[shape]}" {look} {place}/>'


def _band(palette: Palette, colour: str) -> str:
    stops = "".join(
        f'<stop offset="{at}" stop-color="{colour}" stop-opacity="{alpha}"/>'
        for at, alpha in ((0, 0), (0.3, 0.5), (0.7, 0.5), (1, 0))
    )
    return (
        f'<linearGradient id="soft">{stops}</linearGradient>'
        '<rect x="-18" y="-6" width="36" height="12" fill="url(#soft)"/>'
    )


def _outline(points: str, colour: str) -> str:
    fill = fade(colour, 0.14)
    return f'<polygon points="{points}" fill="{fill}" stroke="{colour}" stroke-width="1.3"/>'


def _line(points: str, colour: str) -> str:
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.3"/>'


_FORMS: dict[str, Callable[[Palette, str], str]] = {
    "day": lambda palette, colour: _mark("circle", colour),
    "band": _band,
    "bar": lambda palette, colour: _outline("-17,-6 17,-6 17,6 -17,6", colour),
    "open": lambda palette, colour: _outline("-17,-5 9,-5 9,-8 18,0 9,8 9,5 -17,5", colour),
    "ring": lambda palette, colour: (
        _mark("circle", colour, filled=False) + _mark("circle", colour, size=0.2)
    ),
    "killed": lambda palette, colour: "".join(
        _mark("circle", colour, size=size, x=x) for size, x in ((0.5, -14), (1, -4), (1.5, 11))
    ),
    "range": lambda palette, colour: (
        _mark("circle", colour) + _line("0,-3 0,-9 -3,-9 3,-9", palette.ink)
    ),
    "planned": lambda palette, colour: _mark("circle", colour, filled=False),
    "not_asserted": lambda palette, colour: (
        _mark("circle", colour) + _line("-13,0 13,0", palette.ink)
    ),
    "link": lambda palette, colour: (
        _mark("circle", colour, size=0.7, x=-14)
        + _line("-10,0 16,0", palette.edge)
        + f'<polygon points="18,0 11,-4 11,4" fill="{palette.edge}"/>'
    ),
}
