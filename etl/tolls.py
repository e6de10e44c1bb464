"""Find how many were killed or wounded in a sentence, and how many incidents it sums up."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from etl.language import fold, spell
from etl.model import Span, Toll, VocabularyError
from etl.vocabulary import list_languages, load_toml

_FIGURES = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3}){1,3}(?!\d)|\d{1,9}(?!\d)"
_BEFORE = r"(?<![\w+/$€£·-])(?<!\d[.,:'’])"
_AFTER = r"(?!\w|[.,:]\d|[-/]\w|\s?[%°])"
_WORD = r"[^\s,;:.()\d]{1,30}"
_SLOTS = {"number": "{number}", "none": "{none}"}
_SUMMED = {"killed", "wounded"}
_BOUND_REACH = 32
_REACH = 60
_AHEAD = 240
_THOUSAND = 1000
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
    bound: re.Pattern[str]
    ranges: tuple[tuple[str, str], ...]
    rises: re.Pattern[str]
    apart: re.Pattern[str]


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
    return [one for one in amounts if one.best <= _LARGEST and not words.apart.match(text, one.end)]


@cache
def load_number_words(language: str) -> NumberWords:
    """The words of a language for numbers, from its file of tolls."""
    raw = load_toml(f"tolls/{language}.toml")
    groups = {kind: _read_values(raw, kind) for kind in ("numbers", "multipliers", "alone")}
    joinable = _any(groups["numbers"])
    follower = _any(groups["numbers"] | groups["multipliers"])
    joints = "".join(rf"|(?<={word})\s{joint}\s" for word, joint in raw["joints"])
    return NumberWords(
        pattern=re.compile(
            rf"{_BEFORE}(?:(?P<figures>{_FIGURES})(?:\s(?P<scale>{_any(groups['multipliers'])}))?"
            rf"|(?P<words>{_any(groups['alone'])}|{joinable}(?:(?:[-\s]{joints}){follower}){{0,8}}))"
            rf"{_AFTER}",
            re.IGNORECASE,
        ),
        word=re.compile(rf"(?<!\w){follower}(?!\w)", re.IGNORECASE),
        values=groups["multipliers"] | groups["numbers"] | groups["alone"],
        multipliers=frozenset(groups["multipliers"]),
        articles=frozenset(raw["articles"]),
        bound=re.compile(
            rf"(?<!\w)(?:(?P<low>{_any(raw['low'])})|(?P<high>{_any(raw['high'])})"
            rf"|(?:{_any(raw['about'])}))\s?$",
            re.IGNORECASE,
        ),
        ranges=tuple((opening, link) for opening, link in raw["ranges"]),
        rises=re.compile(rf"(?<!\w)(?:{_any(raw['rises'])})\s$", re.IGNORECASE),
        apart=re.compile(rf"\s?(?:(?:{'|'.join(map(spell, raw['apart']))})(?!\w))", re.IGNORECASE),
    )


def _read_values(raw: dict[str, Any], kind: str) -> dict[str, int]:
    return {fold(word): int(value) for value, words in raw[kind].items() for word in words}


def _any(words: Mapping[str, int] | list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(spell(re.escape(word).replace(chr(92), '')) for word in longest_first)})"


def _read_numbers(text: str, words: NumberWords) -> Iterator[Amount]:
    for match in words.pattern.finditer(text):
        if match["figures"]:
            value = int(re.sub(r"\D", "", match["figures"]))
            value *= words.values[fold(match["scale"])] if match["scale"] else 1
        else:
            value = _compose(match["words"], words)
        article = fold(match[0]) in words.articles
        yield Amount(match.start(), match.end(), value, value, value, article)


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


@dataclass(frozen=True, slots=True)
class TollRule:
    """What stands before and after a number that tells a toll. `counts`: killed, wounded, count.

    `none` rules hold only where the number is none at all.
    """

    name: str
    counts: str
    none: bool
    before: re.Pattern[str]
    after: re.Pattern[str]
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
    amount: Amount
    ahead: bool


def find_tolls(text: str, language: str, offset: int = 0) -> Tolls:
    """The killed, the wounded and the incidents that a sentence counts.

    A range counts as its low and its high, and its best is the low. What is listed is added up:
    "killing two soldiers and a child". Where a sentence gives several numbers, the first counts.
    `offset` is added to the characters.
    """
    tallies = _find_tallies(text, language)
    killed = next((one for one in tallies if one.counts == "killed"), None)
    wounded = next((one for one in tallies if one.counts == "wounded"), None)
    toll = Toll(
        killed_low=killed.amount.low if killed else None,
        killed=killed.amount.best if killed else None,
        killed_high=killed.amount.high if killed else None,
        wounded_low=wounded.amount.low if wounded else None,
        wounded=wounded.amount.best if wounded else None,
        wounded_high=wounded.amount.high if wounded else None,
    )
    return Tolls(
        toll=toll,
        spans=tuple(
            Span(one.start + offset, one.end + offset, "toll", one.counts)
            for one in (killed, wounded)
            if one
        ),
        incidents=tuple(
            (one.amount.start + offset, one.amount.best)
            for one in tallies
            if one.counts == "count" and one.amount.best > 1
        ),
    )


@cache
def load_toll_rules(language: str) -> tuple[TollRule, ...]:
    """The rules of a language, in order; none for a language without a file of tolls."""
    if language not in list_languages():
        return ()
    raw = load_toml(f"tolls/{language}.toml")
    stops, asides = ("|".join(map(spell, raw[kind])) for kind in ("stops", "asides"))
    people = rf"(?P<people>(?:(?!(?:{stops})(?!\w)){_WORD}\s){{0,5}}?)"
    aside = rf"(?:{_WORD},\s(?:{asides})\s[^;:.()]{{1,80}}?,\s)?"
    rules = []
    for rule in raw["rule"]:
        slot = next((slot for slot in _SLOTS.values() if slot in rule["pattern"]), None)
        if slot is None or not rule.get("examples"):
            raise VocabularyError(
                f"tolls/{language}.toml: rule {rule['name']}: wants {{number}} or {{none}} "
                "in its pattern, and an example"
            )
        before, after = (
            spell(half).replace("{people}", people).replace("{aside}", aside)
            for half in rule["pattern"].split(slot, 1)
        )
        rules.append(
            TollRule(
                name=rule["name"],
                counts=rule["as"],
                none=slot == _SLOTS["none"],
                before=re.compile(rf"(?<!\w)(?:{before})$", re.IGNORECASE),
                after=re.compile(rf"(?:{after})(?!\w)", re.IGNORECASE),
                examples=rule["examples"],
                counterexamples=tuple(rule.get("not", ())),
            )
        )
    return tuple(rules)


def _find_tallies(text: str, language: str) -> list[_Tally]:
    rules = load_toll_rules(language)
    signals = [one.start() for one in _load_signals(language).finditer(text)] if rules else []
    if not signals:
        return []
    amounts = find_amounts(text, language)
    stops = [amount.start for amount in amounts[1:]] + [len(text)]
    read = [
        _read(text, amount, stop, rules) if _is_near(signals, amount) else None
        for amount, stop in zip(amounts, stops, strict=False)
    ]
    return [
        _add_up(text, tally, place, amounts, read, language)
        for place, tally in enumerate(read)
        if tally
    ]


def _is_near(signals: list[int], amount: Amount) -> bool:
    """Whether a word that tells of a toll is near enough for any rule."""
    after = bisect(signals, amount.start - _REACH)
    return after < len(signals) and signals[after] < amount.end + _AHEAD


def _read(text: str, amount: Amount, stop: int, rules: tuple[TollRule, ...]) -> _Tally | None:
    """What a number counts by the first rule that fits, its people named before `stop`."""
    context = max(0, amount.start - _REACH)
    before = text[context : amount.start]
    for rule in rules:
        if rule.none and amount.best:
            continue
        left = rule.before.search(before)
        right = rule.after.match(text, amount.end) if left else None
        if left is None or right is None:
            continue
        if "people" in rule.after.groupindex and right.end("people") > stop:
            continue
        start = context + left.start()
        return _Tally(start, right.end(), rule.counts, amount, left.end() > left.start())
    return None


def _add_up(
    text: str,
    tally: _Tally,
    place: int,
    amounts: list[Amount],
    read: list[_Tally | None],
    language: str,
) -> _Tally:
    """The tally with what is listed beside it: "six soldiers and four civilians were killed"."""
    if tally.counts not in _SUMMED:
        return tally
    joined, alone = _load_joiners(language)
    step = 1 if tally.ahead else -1
    first, last, total = tally.start, tally.end, tally.amount
    near = place + step
    while 0 <= near < len(amounts) and read[near] is None:
        left, right = sorted((near, near - step))
        other = amounts[near]
        if not joined.fullmatch(text, amounts[left].end, amounts[right].start):
            break
        if other.article and not (tally.ahead and alone.match(text, other.end)):
            break
        if not tally.ahead and re.search(r"\w\s?$", text[max(0, other.start - 2) : other.start]):
            break
        total = _sum(total, other)
        first, last = min(first, other.start), max(last, other.end)
        near += step
    return _Tally(first, last, tally.counts, total, tally.ahead)


def _sum(one: Amount, other: Amount) -> Amount:
    return Amount(
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        low=None if one.low is None or other.low is None else one.low + other.low,
        best=one.best + other.best,
        high=None if one.high is None or other.high is None else one.high + other.high,
    )


@cache
def _load_signals(language: str) -> re.Pattern[str]:
    stems = load_toml(f"tolls/{language}.toml")["signals"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(spell, stems))})", re.IGNORECASE)


@cache
def _load_joiners(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What joins two numbers of a list, and what ends a list behind "and a child"."""
    joiners = "|".join(spell(word) for word in load_toml(f"tolls/{language}.toml")["joiners"])
    return (
        re.compile(rf"(?:\s{_WORD}){{0,4}}(?:,|,?\s(?:{joiners}))\s", re.IGNORECASE),
        re.compile(r"\s\w{1,30}(?:[.,;:]|$)"),
    )
