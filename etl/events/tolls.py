"""Find how many were killed or wounded in a sentence, and how many incidents it sums up."""

import re
from bisect import bisect
from dataclasses import dataclass

from etl.events.toll_rules import TollRule, load_joiners, load_signals, load_toll_rules
from etl.model import Span, Toll
from etl.words.numbers import Amount, add_amounts, find_amounts

_SUMMED = {"killed", "wounded"}
_REACH = 60
_AHEAD = 240


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


def _find_tallies(text: str, language: str) -> list[_Tally]:
    rules = load_toll_rules(language)
    signals = [one.start() for one in load_signals(language).finditer(text)] if rules else []
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
        right = rule.after.match(text, amount.end)
        left = rule.before.search(before) if right else None
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
    joined, alone = load_joiners(language)
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
        total = add_amounts(total, other)
        first, last = min(first, other.start), max(last, other.end)
        near += step
    return _Tally(first, last, tally.counts, total, tally.ahead)
