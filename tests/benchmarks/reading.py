"""How well and how fast reports are read: `python tests/benchmarks/reading.py`.

Accuracy is judged by the scorers of the benchmarks beside the project, in `../shared/benchmarks`,
where they are; speed is measured on the bundled reports, in characters per second of processor
time, once everything is loaded.
"""

import contextlib
import importlib.util
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from etl.extract import extract
from etl.model import Report
from etl.phrases import read_phrases
from etl.reports import read_report
from etl.timex import list_timex
from etl.vocabulary import data_folder, list_languages

BENCHMARKS = Path(__file__).parents[3] / "shared" / "benchmarks"
CORPORA = {
    "FR-TimeBank": ("fr", ["fr_timebank"]),
    "WikiWars": ("en", ["wikiwars_en"]),
    "KRAUTS": ("de", ["krauts_diezeit", "krauts_dolomiten-42", "krauts_dolomiten-100"]),
    "MEANTIME": ("en", ["meantime_en"]),
}


def main() -> None:
    """Print what was measured."""
    if BENCHMARKS.is_dir():
        print("dates (F1; for MEANTIME the recall counts)")
        for name, (language, files) in CORPORA.items():
            if language in list_languages():
                print(f"  {name:<12} {score_dates(language, files)}")
        print("events")
        print(score_events())
    else:
        print(f"no benchmarks in {BENCHMARKS}: only the speed is measured")
    print("speed (characters per second of processor time)")
    reports = [read_report(path) for path in sorted((data_folder() / "reports").iterdir())]
    print(f"  dates       {measure_speed(reports, read_phrases):>10,.0f}")
    print(f"  extraction  {measure_speed(reports, lambda report: extract([report])):>10,.0f}")


def score_dates(language: str, files: list[str]) -> str:
    """Strict, relaxed and interval F1, and interval recall, of the files together."""
    scorer = load_scorer(BENCHMARKS / "dates" / "score_dates.py")
    gold = [
        json.loads(line)
        for file in files
        for line in (BENCHMARKS / "dates" / f"{file}.dev.jsonl").read_text().splitlines()
    ]
    found = []
    for document in gold:
        published = date.fromisoformat(document["dct"][:10]) if document["dct"] else None
        phrases = read_phrases(Report(document["text"], language, published))
        timex = [
            {"start": start, "end": end, "type": "DATE", "value": value}
            for one in phrases
            for start, end, value in list_timex(one)
        ]
        found.append({"id": document["id"], "timex": timex})
    score = scorer.score(gold, found, {"DATE", "TIME"})
    figures = [f"{kind} {100 * score[kind][2]:.1f}" for kind in ("strict", "relaxed", "interval")]
    return "  ".join([*figures, f"interval recall {100 * score['interval'][1]:.1f}"])


def score_events() -> str:
    """What the scorer says of the reports in the languages that are known."""
    folder = BENCHMARKS / "events"
    scorer = load_scorer(folder / "score_events.py")
    with tempfile.TemporaryDirectory() as scratch:
        gold, found = Path(scratch, "gold"), Path(scratch, "found")
        gold.mkdir()
        found.mkdir()
        for file in sorted((folder / "gold").glob("*.json")):
            told = json.loads(file.read_text())
            if told["language"] not in list_languages():
                continue
            (gold / file.name).write_text(file.read_text())
            text = folder / "reports" / f"{told['id']}.txt"
            report = read_report(text, date.fromisoformat(told["published"]), told["language"])
            (found / file.name).write_text(json.dumps({"events": list_events(report)}))
        sys.argv = [
            "",
            str(gold),
            str(found),
            "--per-doc",
            "--aliases",
            str(folder / "aliases.json"),
        ]
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            scorer.main()
    return printed.getvalue()


def list_events(report: Report) -> list[dict[str, Any]]:
    """The events of a report in the scorer's form."""
    table = extract([report]).table
    evidence = table.mentions.dropna(subset=["event_id"]).groupby("event_id").first()
    return [
        {
            "date_start": str(row["start"]),
            "date_end": str(row["end"] or report.published),
            "precision": row["precision"],
            "evidence_start_char": int(evidence["sentence_start"][row["event_id"]]),
            "evidence_end_char": int(evidence["sentence_end"][row["event_id"]]),
            "actors": [*row["actors"], *row["recipients"], *row["others"]],
            "type": row["type"],
            "place": row["place"],
            "status": row["status"],
            "killed": None if pd.isna(row["killed"]) else int(row["killed"]),
        }
        for row in table.events.to_dict("records")
    ]


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_speed(reports: list[Report], read: Callable[[Report], Any]) -> float:
    """Characters per second of processor time, warm."""
    for report in reports:
        read(report)
    begun, characters = time.process_time(), 0
    while time.process_time() - begun < 2:
        for report in reports:
            read(report)
            characters += len(report.text)
    return characters / (time.process_time() - begun)


if __name__ == "__main__":
    main()
