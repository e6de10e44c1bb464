"""How well and how fast reports are read: `python tests/benchmarks/reading.py`.

Prints a table of what is wanted and what was reached. Accuracy is judged by the benchmarks beside
the project, in `../shared/benchmarks`, where they are; speed and cost are measured on the bundled
reports and on texts made to take long. It takes some minutes; `--each` adds the score of each
report.
"""

import sys
from collections.abc import Iterator

from judged import BENCHMARKS, score_dates, score_events
from pace import find_worst, measure_cost, measure_speed, read_bundled

from etl.dates.phrases import read_phrases
from etl.extract import extract

Row = tuple[str, str, str]
DATES = (
    ("FR-TimeBank", "interval F1", 90),
    ("FR-TimeBank", "relaxed F1", 94),
    ("WikiWars", "interval F1", 93),
    ("KRAUTS", "interval F1", 85),
    ("MEANTIME", "interval recall", 90),
)
EVENTS = (
    ("exact F1", "exact_F1", 0.90),
    ("actors F1, of matched", "actor_F1", 0.75),
    ("type, of matched", "type_acc", 0.80),
    ("place, of matched", "place_acc", 0.80),
)
SPEEDS = (
    ("dates", read_phrases, 200_000),
    ("whole extraction", lambda report: extract([report]), 50_000),
)
SIZES = {"100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
_WIDTHS = (46, 34, 12)
_MOST_RATIO, _MOST_SECONDS = 1.5, 2


def main() -> None:
    """Print the table, line by line as it is measured."""
    _print(("what", "reached", "bar"))
    _print(tuple("-" * width for width in _WIDTHS))
    if BENCHMARKS.is_dir():
        for row in (*judge_dates(), *judge_events()):
            _print(row)
    else:
        _print((f"accuracy: {BENCHMARKS} is not there", "not judged", "-"))
    for row in (*measure_speeds(), *measure_costs()):
        _print(row)
    if "--each" in sys.argv and BENCHMARKS.is_dir():
        for name, score in score_events().items():
            told = (f"{what} {score[key]:.2f}" for what, key, _ in EVENTS if score[key] is not None)
            print(f"  {name:<18} {', '.join(told)}, denied as fact {score['denied_taken_as_fact']}")


def judge_dates() -> Iterator[Row]:
    """The bars of date phrases."""
    scores = {corpus: score_dates(corpus) for corpus, _, _ in DATES}
    for corpus, what, bar in DATES:
        reached = scores[corpus][what]
        yield f"dates, {corpus}, {what}", f"{reached:.1f}{_miss(reached >= bar)}", f">= {bar}"


def judge_events() -> Iterator[Row]:
    """The bars of events, all reports together."""
    score = score_events()["ALL"]
    for what, key, bar in EVENTS:
        reached = score[key]
        told = f"{reached:.3f}{_miss(reached >= bar)}"
        yield f"events, {score['docs']} reports, {what}", told, f">= {bar:.2f}"
    told = score["denied_taken_as_fact"]
    yield "events, denied or hypothetical told as fact", f"{told}{_miss(told[:2] == '0/')}", "0"


def measure_speeds() -> Iterator[Row]:
    """The bars of speed, in characters per second of processor time, warm."""
    for what, read, bar in SPEEDS:
        reached = measure_speed(read_bundled(), read)
        told = f"{reached:,.0f} characters/s{_miss(reached >= bar)}"
        yield f"speed, {what}", told, f">= {bar:,}"


def measure_costs() -> Iterator[Row]:
    """Whether the cost grows with the length alone, and the slowest text that we know."""
    least = measure_cost(10_000)
    for name, size in SIZES.items():
        ratio = measure_cost(size) / least
        told = f"{ratio:.2f}{_miss(ratio <= _MOST_RATIO)}"
        yield f"cost a character, {name} against 10 KB", told, f"<= {_MOST_RATIO}"
    seconds, case = find_worst()
    told = f"{seconds:.1f} s ({case.language}: {case.name}){_miss(seconds <= _MOST_SECONDS)}"
    yield "slowest text of 100 KB", told, f"<= {_MOST_SECONDS} s"


def _miss(held: bool) -> str:
    return "" if held else " MISSED"


def _print(row: tuple[str, ...]) -> None:
    cells = (cell.ljust(width) for cell, width in zip(row, _WIDTHS, strict=True))
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
