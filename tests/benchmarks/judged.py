"""How well reports are read, by the scorers of the benchmarks beside the project."""

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from etl.dates.phrases import read_phrases
from etl.dates.timex import list_timex
from etl.extract import extract
from etl.files.reports import read_report
from etl.model import Report

BENCHMARKS = Path(__file__).parents[3] / "shared" / "benchmarks"
CORPORA = {
    "FR-TimeBank": ("fr", ["fr_timebank"]),
    "WikiWars": ("en", ["wikiwars_en"]),
    "KRAUTS": ("de", ["krauts_diezeit", "krauts_dolomiten-42", "krauts_dolomiten-100"]),
    "MEANTIME": ("en", ["meantime_en"]),
}


def score_dates(corpus: str) -> dict[str, float]:
    """Of the files of a corpus together: relaxed and interval F1, and interval recall, of 100."""
    scorer = _load_scorer(BENCHMARKS / "dates" / "score_dates.py")
    language, files = CORPORA[corpus]
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
    return {
        "relaxed F1": 100 * score["relaxed"][2],
        "interval F1": 100 * score["interval"][2],
        "interval recall": 100 * score["interval"][1],
    }


def score_events() -> dict[str, dict[str, Any]]:
    """What the scorer says of each report, of each language and, under `ALL`, of all together."""
    folder = BENCHMARKS / "events"
    scorer = _load_scorer(folder / "score_events.py")
    aliases = scorer.load_aliases(folder / "aliases.json")
    scores: dict[str, dict[str, int]] = {}
    for file in sorted((folder / "gold").glob("*.json")):
        told = json.loads(file.read_text())
        text = folder / "reports" / f"{told['id']}.txt"
        report = read_report(text, date.fromisoformat(told["published"]), told["language"])
        score = scorer.score_doc(told, list_events(report), aliases, False)
        for name in (told["id"], told["language"], "ALL"):
            scores[name] = scorer.add(scores[name], score) if name in scores else score
    return {name: scorer.metrics(score) for name, score in scores.items()}


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


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
