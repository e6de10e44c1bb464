"""Many events, many people: `python tests/benchmarks/many.py [EVENTS...]`.

Serves synthetic tables (a million and ten million events unless told otherwise) by gunicorn, two
processes of eight threads, and prints what a change of a filter takes at the server, what it sends,
the memory of the server, and for twenty people at once, each thinking three to seven seconds
between two changes, how long 95 of 100 changes take at most. The page itself is measured by page.py
with the same numbers.
"""

import http.client
import itertools
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from synthetic import FIRST, LAST, make_table

_PEOPLE, _CHANGES = 20, 6
_TYPES = ("battle", "armed_attack", "air_or_missile_strike", "bombing", "protest")
_CLIENT = {"width": 880, "window": 1280, "theme": "light"}
_LANES = {"by": "actor", "order": "count", "by_hand": [], "hidden": [], "folded": []}
_CHOICES = [list(one) for n in (1, 2, 3) for one in itertools.combinations(_TYPES, n)]


def main(numbers: list[int]) -> None:
    """Print the table."""
    print("| events | filter at the server | KB | memory | p95 of 20 people |")
    print("| --- | --- | --- | --- | --- |")
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            table = make_table(number, Path(folder) / "table")
            print(f"| {number:,} | {' | '.join(measure(table))} |", flush=True)


def measure(table: Path) -> list[str]:
    """What the columns of the table say of one table."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    call = f"dashboard.app:create_server('{table}')"
    options = ["--workers", "2", "--threads", "8", "--timeout", "600", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", *options, call]
    process = subprocess.Popen(command)
    try:
        wait_for(port)
        alone = [change(port, types) for types in _CHOICES[:9]]
        memory = sum_memory(process.pid)
        took = crowd(port)
        memory = max(memory, sum_memory(process.pid))
    finally:
        process.terminate()
        process.wait()
    filter = statistics.median(one[0] for one in alone[4:])  # each process draws its first slowly
    size = statistics.median(one[1] for one in alone)
    worst = sorted(took)[int(0.95 * len(took))]
    return [
        f"{filter * 1000:,.0f} ms",
        f"{size / 1024:,.0f}",
        f"{memory / 1e9:.1f} GB",
        f"{worst:.2f} s",
    ]


def change(port: int, types: list[str]) -> tuple[float, int]:
    """Seconds that a change of the filter takes, and bytes that are sent for it."""
    years = [int(FIRST[:4]), int(LAST[:4])]
    held: dict[str, Any] = {
        "actors": [], "types": types, "years": years, "text": "", "not_asserted": False,
        "places": [], "sources": [],
    }  # fmt: skip
    body = json.dumps([held, None, _LANES, _CLIENT, None, "en"])
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/chart", body, headers)
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"the server answers {answer.status}")
    return time.perf_counter() - began, size


def crowd(port: int) -> list[float]:
    """What the changes of twenty people take, each with a mind of their own."""
    took: list[float] = []

    def use(number: int) -> None:
        mind = random.Random(number)
        for _ in range(_CHANGES):
            time.sleep(mind.uniform(3, 7))
            took.append(change(port, mind.choice(_CHOICES))[0])

    people = [threading.Thread(target=use, args=(number,)) for number in range(_PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return took


def sum_memory(pid: int) -> int:
    """Bytes that a process and its children hold, what they share counted once (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    rolled = [Path(f"/proc/{one}/smaps_rollup").read_text("ascii") for one in (pid, *children)]
    lines = [line.split() for one in rolled for line in one.splitlines()]
    return sum(int(line[1]) * 1024 for line in lines if line[0] == "Pss:")


def wait_for(port: int) -> None:
    """Return when the server answers."""
    for _ in range(1200):
        try:
            change(port, ["battle"])
            return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [1_000_000, 10_000_000])
