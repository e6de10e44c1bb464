"""The view as an address: what is shown, and how, to be copied, sent, and read back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.charts.lanes import GROUPS, ORDERS, WISH, Wish
from dashboard.counts import list_actors, list_places, list_types
from dashboard.query import Filters, Tables, select_event, select_source
from dashboard.texts import LANGUAGES

THEMES = ("light", "dark")
PANELS = ("activity", "map", "matrix", "table")  # the linked views, in the order of their places
LONGEST_TITLE = 200  # characters
_LONGEST = 8000  # characters of an address
_MOST = 200  # of its parts
_TO = ".."
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, and how.

    `zoom`: the first and the last day of the axis, None for all. `event`: the one chosen.
    `report`: the source whose text is open. `panels`: the linked views that are open.
    `theme`: light, dark, or "" for that of the system. `title`: "" for the one made of the rows.
    """

    filters: Filters = field(default_factory=Filters)
    zoom: tuple[date, date] | None = None
    event: str | None = None
    lanes: Wish = WISH
    language: str = _LANGUAGE
    theme: str = ""
    title: str = ""
    report: str | None = None
    panels: tuple[str, ...] = ()


def read_address(address: str, tables: Tables) -> tuple[View, list[str]]:
    """The view of an address or of the part behind its `?`, and the parts that mean nothing here.

    Whatever cannot be read is left as in the view that opens first.
    """
    if len(address) > _LONGEST:
        return View(), [address[:40] + "…"]
    query = urlsplit(address).query if "?" in address or "//" in address else address
    try:
        parts = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        return View(), [query[:40] + "…"]
    view, ignored = View(), []
    for name, value in parts:
        try:
            view = _READERS[name](view, value, tables)
        except (KeyError, ValueError, OverflowError):
            ignored.append(f"{name}={value}"[:80])
    filters = view.filters
    if filters.start and filters.end and filters.end < filters.start:
        ignored += [f"from={filters.start.year}", f"to={filters.end.year}"]
        view = replace(view, filters=replace(filters, start=None, end=None))
    return view, ignored


def write_address(view: View) -> str:
    """The address of a view, from its `?` on; empty for the view that opens first."""
    query = urlencode(list(_list_parts(view)))
    return f"?{query}" if query else ""


def _list_parts(view: View) -> Iterator[tuple[str, str]]:
    filters = view.filters
    yield from (("actor", name) for name in filters.actors)
    yield from (("type", name) for name in filters.types)
    if filters.start:
        yield "from", str(filters.start.year)
    if filters.end:
        yield "to", str(filters.end.year)
    if filters.text:
        yield "text", filters.text
    if filters.not_asserted:
        yield "denied", "1"
    yield from (("place", name) for name in filters.places)
    yield from (("source", name) for name in filters.sources)
    if view.zoom:
        yield "zoom", f"{view.zoom[0]}{_TO}{view.zoom[1]}"
    if view.event:
        yield "event", view.event
    if view.report:
        yield "report", view.report
    yield from (("panel", name) for name in view.panels)
    if view.lanes.by != WISH.by:
        yield "lanes", view.lanes.by
    if view.lanes.order != WISH.order:
        yield "order", view.lanes.order
    yield from (("lane", name) for name in view.lanes.by_hand)
    yield from (("hide", name) for name in view.lanes.hidden)
    yield from (("fold", name) for name in view.lanes.folded)
    if view.title:
        yield "title", view.title
    if view.language != _LANGUAGE:
        yield "language", view.language
    if view.theme:
        yield "theme", view.theme


def _read_actor(view: View, value: str, tables: Tables) -> View:
    names = _add(view.filters.actors, value, (name for name, _ in list_actors(tables)))
    return _filter(view, actors=names)


def _read_type(view: View, value: str, tables: Tables) -> View:
    return _filter(
        view, types=_add(view.filters.types, value, (name for name, _ in list_types(tables)))
    )


def _read_from(view: View, value: str, tables: Tables) -> View:
    return _filter(view, start=date(int(value), 1, 1))


def _read_to(view: View, value: str, tables: Tables) -> View:
    return _filter(view, end=date(int(value), 12, 31))


def _read_text(view: View, value: str, tables: Tables) -> View:
    return _filter(view, text=value)


def _read_denied(view: View, value: str, tables: Tables) -> View:
    return _filter(view, not_asserted=_one_of(value, ("0", "1")) == "1")


def _read_place(view: View, value: str, tables: Tables) -> View:
    names = _add(view.filters.places, value, (name for name, _ in list_places(tables)))
    return _filter(view, places=names)


def _read_source(view: View, value: str, tables: Tables) -> View:
    if select_source(tables, value) is None:
        raise ValueError(value)
    return _filter(view, sources=tuple(dict.fromkeys([*view.filters.sources, value])))


def _read_zoom(view: View, value: str, tables: Tables) -> View:
    first, _, last = value.partition(_TO)
    zoom = (date.fromisoformat(first), date.fromisoformat(last))
    if zoom[1] < zoom[0]:
        raise ValueError(value)
    return replace(view, zoom=zoom)


def _read_event(view: View, value: str, tables: Tables) -> View:
    if select_event(tables, value) is None:
        raise ValueError(value)
    return replace(view, event=value)


def _read_report(view: View, value: str, tables: Tables) -> View:
    source = select_source(tables, value)
    if source is None or not source["text"]:
        raise ValueError(value)
    return replace(view, report=value)


def _wish(view: View, **changed: Any) -> View:
    return replace(view, lanes=replace(view.lanes, **changed))


def _filter(view: View, **changed: Any) -> View:
    return replace(view, filters=replace(view.filters, **changed))


def _add(names: tuple[str, ...], name: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*names, _one_of(name, known)]))


def _shorten(title: str) -> str:
    """A title on one line, and no longer than a title is."""
    return " ".join(title.split())[:LONGEST_TITLE]


def _one_of(value: str, known: Iterable[str]) -> str:
    if value not in set(known):
        raise ValueError(value)
    return value


_READERS: dict[str, Callable[[View, str, Tables], View]] = {
    "actor": _read_actor,
    "type": _read_type,
    "from": _read_from,
    "to": _read_to,
    "text": _read_text,
    "denied": _read_denied,
    "place": _read_place,
    "source": _read_source,
    "zoom": _read_zoom,
    "event": _read_event,
    "report": _read_report,
    "panel": lambda view, value, _: replace(view, panels=_add(view.panels, value, PANELS)),
    "lanes": lambda view, value, _: _wish(view, by=_one_of(value, GROUPS)),
    "order": lambda view, value, _: _wish(view, order=_one_of(value, ORDERS)),
    "lane": lambda view, value, _: _wish(view, by_hand=(*view.lanes.by_hand, value)),
    "hide": lambda view, value, _: _wish(view, hidden=(*view.lanes.hidden, value)),
    "fold": lambda view, value, _: _wish(view, folded=(*view.lanes.folded, value)),
    "title": lambda view, value, _: replace(view, title=_shorten(value)),
    "language": lambda view, value, _: replace(view, language=_one_of(value, LANGUAGES)),
    "theme": lambda view, value, _: replace(view, theme=_one_of(value, THEMES)),
}
