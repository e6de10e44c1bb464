"""How fast the page is: `python tests/benchmarks/page.py [EVENTS...]`.

Each number is the median of five in Chromium, in one run with `px.timeline` of the same rows in a
minimal Dash app, both behind waitress. First load: from the address to the first mark painted, with
nothing cached. Filter: from a changed control to the chart painted. Zoom: from a pressed button to
the chart painted (of px.timeline: from a new range). Server: the part of it that was waited for an
answer. KB: what came over the wire. The bars are set by px.timeline with 15 events.
"""

import contextlib
import json
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

NUMBERS = (15, 1_000, 10_000)
FILTERS = (
    ["battle"],
    ["battle", "armed_attack"],
    ["battle", "bombing"],
    ["battle", "protest"],
    ["armed_attack", "air_or_missile_strike", "bombing"],
)
WAYS = ("px.timeline", "page")
MOST = 10_000  # events that px.timeline is asked to draw
BARS = ((1, 1), (1.5, 1.5))  # for filter and zoom, up to a million events and beyond
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
FILTER = 'time(() => dash_clientside.set_props("types", {value: %s}))'
ZOOM = {
    "px.timeline": """time(() => {
      const chart = document.querySelector("#timeline .js-plotly-plot");
      const [from, to] = chart._fullLayout.xaxis.range.map((day) => Date.parse(day));
      const quarter = (to - from) / 4;
      return Plotly.relayout(chart, {"xaxis.range": [from + quarter, to - quarter]});
    })""",
    "page": 'time(() => document.getElementById("zoom-in").click())',
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians, in milliseconds and KB."""

    first: float
    filter: float
    filter_server: float
    zoom: float
    zoom_server: float
    kilobytes: float


def main() -> None:
    """Print the table, and whether the bars are met."""
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    numbers = [int(one) for one in sys.argv[1:]] or NUMBERS
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        print("| what | events | first load | filter | its server | zoom | its server | KB |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        found: dict[tuple[str, int], Measured] = {}
        for number in numbers:
            table = write_table_of(number, Path(folder))
            for way in WAYS if number <= MOST else WAYS[1:]:
                with run_server(way, table) as address:
                    found[way, number] = measured = measure(browser, way, address)
                cells = " | ".join(f"{getattr(measured, name):,.0f}" for name in Measured.__slots__)
                print(f"| {way} | {number:,} | {cells} |", flush=True)
        browser.close()
    bar = found["px.timeline", numbers[0]].filter
    for number in numbers:
        page, peer = found["page", number], found.get(("px.timeline", number))
        filter, zoom = (1, 2) if peer else BARS[number > 1_000_000]
        first = f", first load {page.first / peer.first:.2f} of px.timeline's" if peer else ""
        print(
            f"{number:,} events: filter {page.filter / bar:.2f} of the bar (at most {filter}), "
            f"zoom {page.zoom / bar:.2f} (at most {zoom}){first and f'{first} (at most 0.6)'}"
        )


def write_table_of(number: int, folder: Path) -> Path:
    """A synthetic table of that many events."""
    from synthetic import make_table

    return make_table(number, folder / f"events-{number}")


def measure(browser: Browser, way: str, address: str) -> Measured:
    """The medians of five loads, each with a filter that was not set before, and a zoom."""
    firsts, filters, zooms = [], [], []
    for types in FILTERS:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            bypass_csp=True,  # waiting evaluates a text
        )
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_function("window.first", timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        firsts.append(page.evaluate("window.first"))
        filters.append(run(page, FILTER % json.dumps(types)))
        zooms.append(run(page, ZOOM[way]))
        context.close()
    mid = statistics.median
    return Measured(
        mid(firsts),
        mid(one[0] for one in filters),
        mid(one[1] for one in filters),
        mid(one[0] for one in zooms),
        mid(one[1] for one in zooms),
        mid(one[2] for one in filters),
    )


def run(page: Page, script: str) -> Any:
    """What the script in the page comes to."""
    return page.evaluate(script)


@contextlib.contextmanager
def run_server(way: str, table: Path) -> Iterator[str]:
    """The address of a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, "--serve", way, str(table), str(port)])
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Return once somebody listens there."""
    import time

    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise RuntimeError(f"port {port}: nobody listens there")


def serve(way: str, table: Path, port: int) -> None:
    """Serve the page or its peer until ended."""
    import waitress
    from peer import create_peer

    from dashboard.app import create_app

    app = create_app(table) if way == "page" else create_peer(table)
    waitress.serve(app.server, host="127.0.0.1", port=port, threads=8)


if __name__ == "__main__":
    main()
