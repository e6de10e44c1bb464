"""A report's text with every found phrase marked: plain text in, elements that hold text out."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page.browser import aria, press
from dashboard.page.card import KINDS, spans_of

Row = dict[str, Any]
Mark = tuple[int, int, str, str]  # start, end, kind, event_id
LONGEST = 20_000  # characters shown at once; a browser lays out no more in good time


def cut_parts(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Where each part of a text begins and ends, cut at line ends where there are any."""
    parts, start = [], 0
    while len(text) - start > longest:
        line = text.rfind("\n", start + longest // 2, start + longest)
        end = line + 1 if line > 0 else start + longest
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def find_part(parts: Sequence[tuple[int, int]], at: int) -> int:
    """The number of the part that holds the character `at`, counted from 0."""
    return next((number for number, (_, end) in enumerate(parts) if at < end), len(parts) - 1)


def mark_passage(
    text: str, mentions: Sequence[Row], part: tuple[int, int], chosen: str | None
) -> list[str | Component]:
    """One part of a report; a click on a sentence or its date chooses the event told there."""
    children: list[str | Component] = []
    at = part[0]
    for start, end, told in _list_sentences(mentions, len(text)):
        if start < at or end > part[1]:
            continue
        events = [one["event_id"] for one in told if one["event_id"]]
        act = (
            press("choose", next((one for one in events if one == chosen), events[0]))
            if events
            else {}
        )
        sentence = html.Span(
            list(_mark(text, start, end, told, chosen)),
            className="told chosen" if chosen and chosen in events else "told",
            dir="auto",
            **act,
        )
        children += [text[at:start], sentence]
        at = end
    return [one for one in [*children, text[at : part[1]]] if one != ""]


def _list_sentences(mentions: Sequence[Row], length: int) -> Iterator[tuple[int, int, list[Row]]]:
    """Each sentence that tells of something, with its mentions; of two that overlap, the first."""
    told: dict[tuple[int, int], list[Row]] = {}
    for one in mentions:
        if one["sentence_start"] is not None and one["sentence_end"] is not None:
            told.setdefault((one["sentence_start"], one["sentence_end"]), []).append(one)
    last = 0
    for (start, end), those in sorted(told.items(), key=lambda one: one[0]):
        if last <= start < end <= length:
            yield start, end, those
            last = end


def _mark(
    text: str, start: int, end: int, mentions: Sequence[Row], chosen: str | None
) -> Iterator[str | Component]:
    at = start
    for first, last, kind, event in _list_marks(mentions, start, end, chosen):
        yield text[at:first]
        words = text[first:last]
        act: dict[str, Any] = {}
        if kind == "date" and event:
            pressed = "true" if event == chosen else "false"
            act = {"role": "button", "tabIndex": 0, **press("choose", event)}
            act |= aria(pressed=pressed)
        yield html.Mark(words, className=kind, **act)
        at = last
    yield text[at:end]


def _list_marks(mentions: Sequence[Row], start: int, end: int, chosen: str | None) -> list[Mark]:
    """The phrases of one sentence in order; where two meet, those of the chosen event first."""
    found: list[Mark] = []
    for one in mentions:
        event = one["event_id"] or ""
        found += [(span["start"], span["end"], span["kind"], event) for span in spans_of(one)]
        if one["date_start"] is not None:
            found.append((one["date_start"], one["date_end"], "date", event))
    found.sort(key=lambda mark: (KINDS.index(mark[2]), mark[3] != chosen))
    kept: list[Mark] = []
    for mark in found:
        inside = start <= mark[0] < mark[1] <= end
        if inside and all(mark[1] <= other[0] or other[1] <= mark[0] for other in kept):
            kept.append(mark)
    return sorted(kept)
