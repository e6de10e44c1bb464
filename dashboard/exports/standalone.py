"""The timeline as one HTML file, whole in itself: figure, fonts, plotly.js, sentences."""

import json
from collections import defaultdict
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import plotly.graph_objects as go

from dashboard.exports.captions import Provenance, name_source
from dashboard.exports.pictures import find_bundle, find_locales, write_font_faces
from dashboard.palette import load_palette
from dashboard.query import Row
from dashboard.texts import say, say_date


def write_page(
    figure: go.Figure,
    provenance: Provenance,
    events: list[Row],
    mentions: list[Row],
    theme: str = "light",
) -> bytes:
    """The page; a click on a mark shows the event's sentences. It asks no host for anything.

    Of the events, only those that have a mark are held.
    """
    language, palette = provenance.language, load_palette(theme)
    sentences: dict[str, list[Row]] = defaultdict(list)
    for one in mentions:
        source = name_source(
            one["source_title"], one["source_publisher"], one["source_published"], language
        )
        sentences[one["event_id"]].append({"sentence": one["sentence"] or "", "source": source})
    marked = _find_marked(figure)
    told = {
        event["event_id"]: {
            "title": event["title"],
            "days": say_date(
                event["start"], event["end"], event["precision"], language,
                extent=event["extent"], basis=event["basis"],
            ),
            "sentences": sentences[event["event_id"]],
        }
        for event in events
        if event["event_id"] in marked
    }  # fmt: skip
    locales = [path.read_text(encoding="utf-8") for path in find_locales()]
    template = Path(__file__).with_name("standalone.html").read_text(encoding="utf-8")
    page = Template(template).substitute(
        language=language,
        title=escape(provenance.title),
        fonts=write_font_faces(("latin",)),
        width=figure.layout.width,
        paper=palette.paper,
        ink=palette.ink,
        soft=palette.soft,
        line=palette.line,
        sans=palette.sans,
        serif=palette.serif,
        hint=escape(say(language, "export.sentences")),
        rows_as_csv=escape(say(language, "export.rows_as_csv")),
        plotly=_guard(find_bundle().read_text(encoding="utf-8")),
        locales="".join(f"<script>{_guard(text)}</script>" for text in locales),
        figure=_to_script(json.loads(figure.to_json())),
        told=_to_script(told),
    )
    return page.encode()


def _find_marked(figure: go.Figure) -> set[Any]:
    """The events that a click on the figure can choose; none where it shows numbers of events."""
    held = (trace.customdata for trace in figure.data if trace.customdata is not None)
    return {point[0] for points in held for point in points if isinstance(point[0], str)}


def _to_script(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _guard(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
