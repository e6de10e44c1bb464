"""Letters that are written in several ways are levelled, one for one, so that words compare.

A language file may have a table `letters` ("أ" = "ا"), `marks` that may be written into a word
or not, such as short vowels, and `clitics`, small words that are written as one with the next
("و", "ال").
"""

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from etl.model import Report
from etl.vocabulary import list_languages, load_toml

_KEPT = {"letters", "examples", "not", "name", "label"}
_SHORTEST = 2  # letters of a word that a clitic may stand before


def level(report: Report) -> Report:
    """The report with its letters levelled; every character stays in its place."""
    letters = load_letters(report.language)
    if not letters:
        return report
    return replace(
        report,
        text=level_text(report.text, report.language),
        title=level_text(report.title, report.language),
        written=report.shown,
    )


def level_text(text: str, language: str) -> str:
    """The text with its letters levelled; the marks in a word become blanks behind it."""
    levelled = text.translate(load_letters(language))
    marks = load_marks(language)
    if not marks:
        return levelled
    return re.sub(
        rf"(?<!\w)\w*+[{marks}][\w{marks}]*+",
        lambda word: re.sub(f"[{marks}]", "", word[0]).ljust(len(word[0])),
        levelled,
    )


def load_levelled(file: str, language: str) -> dict[str, Any]:
    """A vocabulary file of a language, the letters of its words and patterns levelled."""
    raw = load_toml(file)
    letters = load_letters(language)
    levelled: dict[str, Any] = _level_all(raw, letters) if letters else raw
    return levelled


@cache
def load_marks(language: str) -> str:
    """The marks that may be written into a word of a language or not."""
    known = language in list_languages()
    return str(load_toml(f"languages/{language}.toml").get("marks", "")) if known else ""


@cache
def load_letters(language: str) -> dict[int, str]:
    """What is levelled in a language, as str.translate takes it."""
    if language not in list_languages():
        return {}
    table = load_toml(f"languages/{language}.toml").get("letters", {})
    return {ord(one): str(plain) for one, plain in table.items()}


@cache
def load_all_letters() -> dict[int, str]:
    """What is levelled in any language."""
    return {
        letter: plain for code in list_languages() for letter, plain in load_letters(code).items()
    }


@cache
def load_clitics(language: str) -> tuple[str, ...]:
    """The small words that are written as one with the next, shortest first."""
    if language not in list_languages():
        return ()
    clitics = load_toml(f"languages/{language}.toml").get("clitics", [])
    letters = load_letters(language)
    return tuple(sorted({one.translate(letters) for one in clitics}, key=len))


@lru_cache(maxsize=4_000)
def list_parts(word: str, clitics: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The word whole, then without each clitic that it begins with, and how long that is."""
    if not word.startswith(clitics):
        return ((0, word),)
    shorter = (
        (len(one), word[len(one) :])
        for one in clitics
        if word.startswith(one) and len(word) >= len(one) + _SHORTEST
    )
    return ((0, word), *shorter)


def _level_all(value: Any, letters: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(letters)
    if isinstance(value, list):
        return [_level_all(one, letters) for one in value]
    if isinstance(value, dict):
        return {
            key: one if key in _KEPT else _level_all(one, letters) for key, one in value.items()
        }
    return value
