"""Find how many were killed or wounded in a sentence, and how many incidents it sums up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.language import fold, spell
from etl.model import Span, Toll
from etl.vocabulary import list_languages, load_toml

_FIGURES = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3}){1,2}|\d{1,6}"
_PEOPLE = r"(?:[^\s,;:.()]{1,30} ){0,5}?"
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class TollRule:
    """A way to tell a toll. `counts` is killed, wounded or count."""

    name: str
    counts: str
    pattern: re.Pattern[str]
    examples: Mapping[str, list[int]]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """What a sentence counts: its toll, the words that say so, and incidents summed up.

    `incidents` are pairs of a character and a number: "more than 60 attacks" is 60.
    """

    toll: Toll
    spans: tuple[Span, ...] = ()
    incidents: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Tally:
    start: int
    end: int
    counts: str
    low: int | None
    best: int
    high: int | None


def find_tolls(text: str, language: str, offset: int = 0) -> Tolls:
    """The killed, the wounded and the incidents that a sentence counts.

    A range counts as its low and its high, and its best is the low. Where a sentence gives
    several numbers, the first counts. `offset` is added to the characters.
    """
    tallies = _find_tallies(text, language)
    killed = next((one for one in tallies if one.counts == "killed"), None)
    wounded = next((one for one in tallies if one.counts == "wounded"), None)
    toll = Toll(
        killed_low=killed.low if killed else None,
        killed=killed.best if killed else None,
        killed_high=killed.high if killed else None,
        wounded_low=wounded.low if wounded else None,
        wounded=wounded.best if wounded else None,
        wounded_high=wounded.high if wounded else None,
    )
    return Tolls(
        toll=toll,
        spans=tuple(
            Span(one.start + offset, one.end + offset, "toll", one.counts)
            for one in (killed, wounded)
            if one
        ),
        incidents=tuple(
            (one.start + offset, one.best)
            for one in tallies
            if one.counts == "count" and one.best > 1
        ),
    )


@cache
def load_toll_rules(language: str) -> tuple[TollRule, ...]:
    """The rules of a language, in order; none for a language without a file of tolls."""
    if language not in list_languages():
        return ()
    raw = _load_file(language)
    words = sorted(_load_numbers(language), key=len, reverse=True)
    number = rf"(?:{_FIGURES}|{'|'.join(spell(re.escape(word)) for word in words)})"
    single = "|".join(spell(word) for word in (*raw["low"], *raw["high"], *raw["about"]))
    between = "|".join(
        spell(frame)
        .replace("{number}", f"(?P<from>{number})")
        .replace("{number2}", f"(?P<to>{number})")
        for frame in raw["between"][:1]
    )
    told = rf"(?:{between}|(?:(?P<bound>{single})\s)?(?P<number>{number})(?!\w|[.,]\d))"
    return tuple(
        TollRule(
            name=rule["name"],
            counts=rule["as"],
            pattern=re.compile(
                r"(?<![\w.,+-])"
                + spell(rule["pattern"].replace("{people}", _PEOPLE)).replace("{number}", told),
                re.IGNORECASE,
            ),
            examples=rule["examples"],
            counterexamples=tuple(rule.get("not", ())),
        )
        for rule in raw["rule"]
    )


def _find_tallies(text: str, language: str) -> list[_Tally]:
    found: list[_Tally] = []
    for rule in load_toll_rules(language):
        for match in rule.pattern.finditer(text):
            tally = _read(match, rule.counts, language)
            if tally and not any(
                one.counts == rule.counts and one.start < match.end() and match.start() < one.end
                for one in found
            ):
                found.append(tally)
    return sorted(found, key=lambda one: one.start)


def _read(match: re.Match[str], counts: str, language: str) -> _Tally | None:
    groups = match.groupdict()
    if groups.get("from"):
        low, high = _number(groups["from"], language), _number(groups["to"], language)
        if low > high:
            return None
        return _Tally(match.start(), match.end(), counts, low, low, high)
    best = _number(groups["number"], language)
    if best > _LARGEST:
        return None
    bound = fold(groups["bound"] or "")
    raw = _load_file(language)
    return _Tally(
        start=match.start(),
        end=match.end(),
        counts=counts,
        low=None if bound in raw["high"] else best,
        best=best,
        high=None if bound in raw["low"] else best,
    )


def _number(text: str, language: str) -> int:
    word = fold(text)
    figures = re.sub(r"[^\d]", "", word)
    return int(figures) if figures else _load_numbers(language)[word]


@cache
def _load_numbers(language: str) -> dict[str, int]:
    return {
        fold(word): int(value)
        for value, words in _load_file(language)["numbers"].items()
        for word in words
    }


@cache
def _load_file(language: str) -> dict[str, Any]:
    return load_toml(f"tolls/{language}.toml")
