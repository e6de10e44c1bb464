"""A small table of an invented conflict, a server that shows it, and a Chromium that looks."""

import hashlib
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from etl.tables.table import make_table, write_table

expect.set_options(timeout=15_000)
PUBLISHED = date(2021, 3, 18)  # a Thursday
NASTY = '<script>window.owned = 1</script> <img src=x onerror="window.owned = 2">'
ENGLISH = f"""Northland marched into Southmark in 2012.
Northland has kept soldiers in Southmark since 2012.
Its last tanks left Southmark in May 2016.
Northland and Southmark signed a truce in Port Sable in autumn 2017.
On 3 June 2019, a bomb of the Grey Brigade killed between 5 and 9 people in Port Sable.
Southmark held elections in 2019.
The Grey Brigade burned a Northland depot on 14 February 2020.
In December 2020 Southmark demanded that Northland pay.
Northland struck two camps of the Grey Brigade from the air on Saturday.
On Tuesday the Grey Brigade shelled Fort Alder, killing 4.
Northland denies that it shot a courier on 9 March 2021.
The parties will meet on 30 March 2021 in Port Sable {NASTY}.
Envoys spoke in Port Sable on Thursday.
One Monday, a bridge fell.
"""
FRENCH = """Mardi, la Brigade grise a bombardé Fort Alder, faisant 7 morts.
Des émissaires ont parlé jeudi à Port Sable.
"""
TEXTS = {"en": ENGLISH, "fr": FRENCH}
N, S, G = "Northland", "Southmark", "Grey Brigade"
NAMES = {N: ("actor", N), S: ("actor", S), G: ("actor", G), "Brigade grise": ("actor", G)}
NAMES |= {place: ("place", place) for place in ("Port Sable", "Fort Alder")}
NAMES |= {toll: ("toll", toll) for toll in ("between 5 and 9 people", "killing 4", "7 morts")}
NAMES |= dict.fromkeys(("marched", "signed", "bomb ", "struck", "shelled"), ("cue", "cue"))


def _event(
    number: int, title: str, days: str, precision: str, type: str, actors: list[str], **more: Any
) -> dict[str, Any]:
    first, _, last = days.partition("/")
    return {
        "event_id": f"e{number:02}",
        "title": title,
        "start": date.fromisoformat(first),
        "end": date.fromisoformat(last or first),
        "precision": precision,
        "extent": "within",
        "basis": "explicit",
        "status": "happened",
        "role": "news",
        "type": type,
        "actors": actors,
        "recipients": [],
        "others": [],
        "direction": "directed" if more.get("recipients") else "unknown",
        "sources": 1,
        "agreement": "single",
        "review": "machine",
    } | more


FORT = {"place": "Fort Alder", "latitude": 65.7, "longitude": -18.1, "place_precision": "point"}
PORT = {"place": "Port Sable", "latitude": 64.2, "longitude": -21.9, "place_precision": "area"}
FAR = {"country": "ISL", "place_precision": "country"}
EVENTS = [
    _event(1, "Northland marched into Southmark", "2012-01-01/2012-12-31", "year",
           "military_operation", [N], recipients=[S], role="background", **FAR),
    _event(2, "Northland has kept soldiers in Southmark", "2012-01-01/2021-03-18", "span",
           "deployment", [N], recipients=[S], extent="throughout", basis="reported_since"),
    _event(3, "Its last tanks left Southmark", "2016-05-01/2016-05-31", "month",
           "withdrawal", [N], role="background", **FAR),
    _event(4, "Northland and Southmark signed a truce", "2017-09-01/2017-11-30", "season",
           "ceasefire_or_agreement", [N], recipients=[S], direction="mutual", **PORT),
    _event(5, "A bomb of the Grey Brigade in Port Sable", "2019-06-03", "day", "bombing", [G],
           **PORT, killed_low=5, killed=7, killed_high=9),
    _event(6, "Southmark held elections", "2019-01-01/2019-12-31", "year",
           "election_or_politics", [S]),
    _event(7, "The Grey Brigade burned a Northland depot", "2020-02-14", "day", "armed_attack",
           [G], recipients=[N]),
    _event(8, "Southmark demanded that Northland pay", "2020-12-01/2020-12-31", "month",
           "demand", [S], recipients=[N]),
    _event(9, "Northland struck two camps of the Grey Brigade", "2021-03-13", "day",
           "air_or_missile_strike", [N], recipients=[G], basis="relative"),
    _event(10, "The Grey Brigade shelled Fort Alder", "2021-03-16", "day", "armed_attack", [G],
           basis="relative", **FORT, killed_low=4, killed=7, killed_high=7, sources=2,
           agreement="differ_toll"),
    _event(11, "Northland shot a courier", "2021-03-09", "day", "armed_attack", [N],
           status="not_asserted"),
    _event(12, f"The parties will meet {NASTY}"[:80], "2021-03-30", "day", "negotiation", [N, S],
           direction="mutual", status="planned", **PORT),
    _event(13, "Envoys spoke in Port Sable", "2021-03-18", "day", "statement", [N, S],
           basis="relative", **PORT, sources=2, agreement="agree"),
]  # fmt: skip
TOLD = [  # event, source, the sentence's line, date phrase, whether counted from publication
    *[(f"e{n:02}", "en", n - 1, phrase, False) for n, phrase in [
        (1, "2012"), (2, "since 2012"), (3, "May 2016"), (4, "autumn 2017"), (5, "3 June 2019"),
        (6, "2019"), (7, "14 February 2020"), (8, "December 2020"), (11, "9 March 2021"),
        (12, "30 March 2021")]],
    ("e09", "en", 8, "Saturday", True), ("e10", "en", 9, "Tuesday", True),
    ("e10", "fr", 0, "Mardi", True), ("e13", "en", 12, "Thursday", True),
    ("e13", "fr", 1, "jeudi", True), (None, "en", 13, "Monday", False),
]  # fmt: skip


def _mention(
    event_id: str | None, language: str, line: int, phrase: str, counted: bool
) -> dict[str, Any]:
    text = TEXTS[language]
    sentence = text.splitlines()[line]
    start = text.index(sentence)
    said = start + sentence.index(phrase)
    spans = [
        {"start": start + at, "end": start + at + len(word), "kind": kind, "name": name}
        for word, (kind, name) in NAMES.items()
        if (at := sentence.find(word)) >= 0
    ]
    days = next((one for one in EVENTS if one["event_id"] == event_id), None)
    return {
        "event_id": event_id,
        "source_id": language,
        "sentence": sentence,
        "sentence_start": start,
        "sentence_end": start + len(sentence),
        "date_text": phrase,
        "date_start": said,
        "date_end": said + len(phrase),
        "anchor": PUBLISHED if counted else None,
        "rule": "weekday" if counted else "year",
        "spans": [*spans, {"start": said, "end": said + len(phrase), "kind": "date", "name": ""}],
    } | ({name: days[name] for name in ("start", "end", "precision")} if days else {})


def _source(language: str, title: str, publisher: str, url: str) -> dict[str, Any]:
    return {
        "source_id": language,
        "title": title,
        "publisher": publisher,
        "language": language,
        "published": PUBLISHED,
        "published_from": None,
        "url": url,
        "file_name": f"{language}.md",
        "sha256": hashlib.sha256(TEXTS[language].encode()).hexdigest(),
        "kind": "report",
        "text": TEXTS[language],
        "version": "test",
    }


@pytest.fixture(scope="session")
def table_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = [
        _source(
            "en", "Northland and Southmark, ten years on", "The Sable Times", "javascript:alert(1)"
        ),
        _source("fr", "Fort Alder sous les obus", "Le Jour", "https://example.org/fort-alder"),
    ]
    mentions = [_mention(*one) for one in TOLD]
    return write_table(
        make_table(EVENTS, mentions, sources), tmp_path_factory.mktemp("tables") / "invented"
    )


@pytest.fixture(scope="session")
def address(table_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import waitress.server

    from dashboard.app import create_app, open_desk
    from dashboard.desk.routes import HOME

    listening = socket.create_server(("127.0.0.1", 0))
    desk = open_desk(table_folder, tmp_path_factory.mktemp("desk"), "127.0.0.1")
    page = desk.stand_before(create_app(table_folder, desk=HOME).server)
    server = waitress.server.create_server(page, sockets=[listening], threads=8)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    server.task_dispatcher.shutdown()
    server.close()
    desk.close()
    running.join(5)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("no chromium: install Debian's with `sudo apt-get install chromium`")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page at a width; at the end fails on console errors and on outside requests."""
    contexts, wrong = [], []

    def open(
        width: int = 1280, *, scheme: str = "light", locale: str = "en-GB", path: str = "/"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=locale,
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        home = urlsplit(address).netloc
        page.on(
            "console",
            lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                wrong.append(asked.url)
                if asked.url.startswith(("http", "ws")) and urlsplit(asked.url).netloc != home
                else None
            ),
        )
        page.goto(address.rstrip("/") + path)
        page.wait_for_selector("#timeline .main-svg .xtick, #timeline .main-svg .xaxislayer-above")
        page.wait_for_selector("#overview .main-svg")
        page.wait_for_function("document.querySelector('#shown').textContent !== ''")
        return page

    yield open
    for context in contexts:
        context.close()
    assert not wrong
