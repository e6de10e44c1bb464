"""How fast reports are read, in processor time, once everything is loaded."""

import random
import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from worst import Case, make_worst_cases, measure

from etl.extract import extract
from etl.files.reports import read_report
from etl.model import Report
from etl.vocabulary import data_folder, list_languages

_SEED = 3
_SHORT, _LONG = 10_000, 100_000
_SLOWEST = 25
_LEAST = 2.0
_NUMBER = re.compile(r"\b\d{1,2}\b|\b(?:19|20)\d\d\b")


def read_bundled() -> list[Report]:
    """The bundled reports."""
    return [read_report(path) for path in sorted((data_folder() / "reports").iterdir())]


def measure_speed(reports: list[Report], read: Callable[[Report], Any]) -> float:
    """Characters per second."""
    for report in reports:
        read(report)
    begun, characters = time.process_time(), 0
    while time.process_time() - begun < _LEAST:
        for report in reports:
            read(report)
            characters += len(report.text)
    return characters / (time.process_time() - begun)


def measure_cost(size: int) -> float:
    """Seconds a character for texts of so many characters, one in each bundled language."""
    reports = [vary(report, size) for report in read_bundled()]
    begun, times = time.process_time(), 0
    while time.process_time() - begun < _LEAST:
        extract(reports)
        times += 1
    return (time.process_time() - begun) / (times * sum(len(report.text) for report in reports))


def vary(report: Report, size: int) -> Report:
    """A report of so many characters: the same again and again, with other days and years."""
    chance = random.Random(_SEED)

    def change(number: re.Match[str]) -> str:
        return str(chance.randint(1990, 2023) if len(number[0]) > 2 else chance.randint(1, 28))

    told, text = report.text[report.body :], ""
    while len(text) < size:
        text += _NUMBER.sub(change, told) + "\n\n"
    return Report(text[:size], report.language, date(2024, 1, 25))


def find_worst() -> tuple[float, Case]:
    """The slowest case of 100 KB, and its seconds: of all, those that are slowest at 10 KB."""
    for language in list_languages():
        measure(Case("warm up", ".txt", language, b"2003"))
    short = [(measure(case), number) for number, case in enumerate(make_worst_cases(_SHORT))]
    slowest = {number for _, number in sorted(short, reverse=True)[:_SLOWEST]}
    cases = (case for number, case in enumerate(make_worst_cases(_LONG)) if number in slowest)
    return max(((measure(case), case) for case in cases), key=lambda one: one[0])
