"""Find numbers in a text, in figures or words, with their bounds and ranges."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from etl.words.language import fold, spell
from etl.words.letters import load_levelled

_FIGURES = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3}){1,3}(?!\d)|\d{1,9}(?!\d)"
_BEFORE = r"(?<![\w+/$€£·-])(?<!\d[.,:'’])"
_AFTER = r"(?!\w|[.,:]\d|[-/]\w|\s?[%°])"
_BOUND_REACH = 32
_THOUSAND = 1000
_GROUPS = ("numbers", "multipliers", "alone")
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Amount:
    """A number between `start` and `end`: its lowest, best and highest; None is not bounded."""

    start: int
    end: int
    low: int | None
    best: int
    high: int | None
    article: bool = False


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language writes numbers."""

    pattern: re.Pattern[str]
    word: re.Pattern[str]
    values: Mapping[str, int]
    multipliers: frozenset[str]
    articles: frozenset[str]
    persons: frozenset[str]
    bound: re.Pattern[str]
    ranges: tuple[tuple[str, str], ...]
    rises: re.Pattern[str]
    apart: re.Pattern[str]
    leading: re.Pattern[str] | None


def find_amounts(text: str, language: str) -> list[Amount]:
    """The numbers in `text`, in order, a range as one; what counts no persons is left out.

    "at least 14" has no highest, "up to 300" no lowest.
    """
    words = load_number_words(language)
    amounts: list[Amount] = []
    for amount in _read_numbers(text, words):
        opening = _find_opening(text, amounts[-1], amount, words) if amounts else None
        if opening is None:
            amounts.append(_bound(text, amount, words))
            continue
        first = amounts.pop()
        before = max(0, first.start - _BOUND_REACH)
        if rise := words.rises.search(text[before : first.start]):
            amounts.append(replace(amount, start=before + rise.start()))
        else:
            amounts.append(Amount(opening, amount.end, first.best, first.best, amount.best))
    return [one for one in amounts if _counts_persons(text, one, words)]


def _counts_persons(text: str, amount: Amount, words: NumberWords) -> bool:
    before = text[max(0, amount.start - _BOUND_REACH) : amount.start]
    led = amount.article and words.leading is not None and words.leading.search(before)
    return not led and amount.best <= _LARGEST and not words.apart.match(text, amount.end)


@cache
def load_number_words(language: str) -> NumberWords:
    """The words of a language for numbers, from its file of tolls."""
    raw = load_levelled(f"tolls/{language}.toml", language)
    numbers, multipliers, alone = (_list_words(raw[kind]) for kind in _GROUPS)
    joinable, follower = _any(numbers), _any([*numbers, *multipliers])
    persons = _list_words(raw.get("persons", {}))
    glued = f"(?:{'|'.join(raw['clitics'])})??" if "clitics" in raw else ""
    joints = [rf"(?<={word})\s{joint}\s" for word, joint in raw["joints"]]
    glue = raw.get("glue", [])
    gap = "|".join([r"[-\s]", *joints, *glue])
    whole = follower if glue else rf"(?<!\w){follower}(?!\w)"
    return NumberWords(
        pattern=re.compile(
            rf"{_BEFORE}{glued}(?P<number>(?P<figures>{_FIGURES})(?:\s(?P<scale>{_any(multipliers)}))?"
            rf"|(?P<words>{_any([*alone, *persons])}|{joinable}(?:(?:{gap}){follower}){{0,8}}))"
            rf"{_AFTER}",
            re.IGNORECASE,
        ),
        word=re.compile(whole, re.IGNORECASE),
        values={
            fold(word): int(value)
            for kind in (*_GROUPS, "persons")
            for value, words in raw.get(kind, {}).items()
            for word in words
        },
        multipliers=frozenset(fold(word) for word in multipliers),
        articles=frozenset(raw["articles"]),
        persons=frozenset(fold(word) for word in persons),
        bound=re.compile(
            rf"(?<!\w)(?:(?P<low>{_any(raw['low'])})|(?P<high>{_any(raw['high'])})"
            rf"|(?:{_any(raw['about'])}))\s?$",
            re.IGNORECASE,
        ),
        ranges=tuple((opening, link) for opening, link in raw["ranges"]),
        rises=re.compile(rf"(?<!\w)(?:{_any(raw['rises'])})\s$", re.IGNORECASE),
        apart=re.compile(rf"\s?(?:(?:{'|'.join(map(spell, raw['apart']))})(?!\w))", re.IGNORECASE),
        leading=re.compile(rf"(?<!\w)(?:{_any(raw['leading'])})\s$", re.IGNORECASE)
        if "leading" in raw
        else None,
    )


def _list_words(group: Mapping[str, list[str]]) -> list[str]:
    return [word for words in group.values() for word in words]


def _any(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(spell(re.escape(word).replace(chr(92), '')) for word in longest_first)})"


def _read_numbers(text: str, words: NumberWords) -> Iterator[Amount]:
    """The numbers in their order; "soldier" counts one only where no number stands before it."""
    last = 0
    for match in words.pattern.finditer(text):
        start, end = match.span("number")
        if match["figures"]:
            value = int(re.sub(r"\D", "", match["figures"]))
            value *= words.values[fold(match["scale"])] if match["scale"] else 1
        elif fold(match["words"]) in words.persons and last and not text[last:start].strip():
            continue
        else:
            value = _compose(match["words"], words)
        last = end
        yield Amount(start, end, value, value, value, fold(match["number"]) in words.articles)


def _compose(text: str, words: NumberWords) -> int:
    """The value of number words: `two hundred and fifty` is 250."""
    whole = words.values.get(fold(text))
    if whole is not None:
        return whole
    total = current = 0
    for match in words.word.finditer(text):
        word = fold(match[0])
        value = words.values[word]
        if word not in words.multipliers or not current:
            current += value
        elif value >= _THOUSAND:
            total, current = total + current * value, 0
        else:
            current *= value
    return total + current


def _find_opening(text: str, first: Amount, second: Amount, words: NumberWords) -> int | None:
    """Where a range of two numbers begins; None where they are no range."""
    gap = fold(text[first.end : second.start])
    if first.best >= second.best or len(gap) > _BOUND_REACH:
        return None
    before = text[max(0, first.start - _BOUND_REACH) : first.start]
    for opening, link in words.ranges:
        if gap == link and fold(before).endswith(opening):
            return first.start - len(opening) - 1 if opening else first.start
    return None


def _bound(text: str, amount: Amount, words: NumberWords) -> Amount:
    before = max(0, amount.start - _BOUND_REACH)
    bound = words.bound.search(text[before : amount.start])
    if bound is None:
        return amount
    return replace(
        amount,
        start=before + bound.start(),
        low=None if bound["high"] else amount.best,
        high=None if bound["low"] else amount.best,
        article=False,
    )


def add_amounts(one: Amount, other: Amount) -> Amount:
    """Both together; a bound that one lacks, the sum lacks."""
    return Amount(
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        low=None if one.low is None or other.low is None else one.low + other.low,
        best=one.best + other.best,
        high=None if one.high is None or other.high is None else one.high + other.high,
    )
