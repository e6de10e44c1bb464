"""A small table of sentences of our own, with one event of every kind that the page must draw."""

from datetime import date
from typing import Any

from etl.tables.table import Table, make_table

PUBLISHED = date(2024, 1, 25)


def make_event(event_id: str, start: str, end: str | None, **known: Any) -> dict[str, Any]:
    first, last = date.fromisoformat(start), end and date.fromisoformat(end)
    return {
        "event_id": event_id,
        "title": f"Event {event_id}",
        "start": first,
        "end": last,
        "precision": "day" if start == end else "span",
        "extent": "within",
        "basis": "explicit",
        "status": "happened",
        "role": "news",
        "type": "statement",
        "actors": [],
        "recipients": [],
        "others": [],
        "direction": "unknown",
        "sources": 1,
        "agreement": "single",
        "review": "machine",
    } | known


US, IRAQ, MILITIA = ["United States"], ["Iraq"], ["Kataib Hezbollah"]
DIRECTED: dict[str, Any] = {"actors": US, "recipients": IRAQ, "direction": "directed"}
EVENTS = [
    make_event(
        "invasion", "2003-01-01", "2003-12-31", precision="year", type="military_operation",
        title="The invasion of 2003", country="IRQ", **DIRECTED,
    ),
    make_event(
        "stay", "2003-01-01", "2024-01-25", extent="throughout", basis="reported_since",
        type="deployment", title="Troops have been there since", actors=US, country="IRQ",
    ),
    make_event(
        "leave", "2011-01-01", "2011-12-31", precision="year", type="withdrawal", actors=US,
        title="The last brigade left", country="IRQ", role="background",
    ),
    make_event(
        "return", "2014-01-01", "2014-12-31", precision="year", type="deployment", actors=US,
        title="Soldiers came back", country="IRQ",
    ),
    make_event(
        "raid", "2020-01-03", "2020-01-03", type="air_or_missile_strike", killed=10, killed_low=8,
        killed_high=12, place="Baghdad", title="=A raid at the airport & after", **DIRECTED,
    ),
    make_event(
        "pact", "2023-06-01", "2023-08-31", precision="season", type="ceasefire_or_agreement",
        title="A commission was agreed in summer", actors=US + IRAQ, direction="mutual",
    ),
    make_event(
        "winter", "2023-12-01", "2024-02-29", precision="season", title="A hard winter",
        type="displacement_or_humanitarian", others=["Refugees"],
    ),
    make_event(
        "claim", "2024-01-02", "2024-01-02", status="not_asserted", type="bombing",
        title="A blast that nobody confirms", actors=MILITIA,
    ),
    make_event(
        "rockets", "2024-01-20", "2024-01-20", type="air_or_missile_strike", actors=MILITIA,
        recipients=US, direction="directed", title="Rockets on a base",
    ),
    make_event(
        "meeting", "2024-02-10", "2024-02-10", status="planned", type="negotiation",
        title="Talks are to open", actors=US + IRAQ, direction="mutual",
    ),
    make_event(
        "siege", "2024-01-10", None, extent="throughout", type="military_operation",
        title="The siege goes on", actors=["Élan Front"],
    ),
]  # fmt: skip
SENTENCES = {
    "invasion": "They invaded in 2003.",
    "raid": "L’été d’après, le raid fut avoué à Tœrsk.",
    "pact": "In summer both agreed on a commission.",
    None: "One Thursday, nobody knows which, they signed.",
}


def make_small_table(events: list[dict[str, Any]] = EVENTS) -> Table:
    ids = {event["event_id"] for event in events}
    mentions: list[dict[str, Any]] = [
        {
            "event_id": event_id,
            "source_id": "s1",
            "sentence": sentence,
            "sentence_start": 10,
            "sentence_end": 10 + len(sentence),
            "anchor": PUBLISHED,
            "spans": [],
        }
        for event_id, sentence in SENTENCES.items()
        if event_id is None or event_id in ids
    ]
    source = {
        "source_id": "s1",
        "title": "A report",
        "publisher": "A paper",
        "language": "en",
        "published": PUBLISHED,
        "published_from": None,
        "file_name": "report.md",
        "sha256": "0",
        "kind": "report",
        "text": " ".join(SENTENCES.values()),
    }
    return make_table(events, mentions, [source])
