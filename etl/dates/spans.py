"""Find the phrases of a sentence that may be dates, by the rules of its language."""

import re
from dataclasses import dataclass

from etl.words.language import TOKEN, Language, Rule, fold
from etl.words.letters import list_parts

_REACH = 24
_FIGURES = {
    "day", "month_figure", "decade", "century", "count", "hour", "minute", "short_year", "bc",
}  # fmt: skip
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Characters `start` to `end` of a text that a rule takes for a date, and its slots.

    `ends` are, of a range, where its first end ends and where its last begins.
    """

    start: int
    end: int
    rule: Rule
    slots: dict[str, int | str]
    ends: tuple[int, int] | None = None


def find_date_spans(
    text: str, language: Language, start: int = 0, end: int | None = None
) -> list[DateSpan]:
    """The date phrases in `text` from `start` to `end`, in order, none over another.

    A longer phrase wins over a shorter, then the rule that stands first. A rule is tried only
    where words of all its slots occur.
    """
    sentence = text[start:end]
    present = _kinds_in(sentence, language)
    if not present:
        return []
    figures = len(_NUMBER.findall(sentence))
    found = [
        (match.start("phrase"), match.end("phrase"), order, match)
        for order, rule in language.rules_for(frozenset(present))
        if rule.figures <= figures
        for match in rule.pattern.finditer(sentence)
        if _fits(rule, sentence, match.start("phrase"), match.end("phrase"))
    ]
    found.sort(key=lambda one: (one[0] - one[1], one[2]))
    kept: list[DateSpan] = []
    taken = bytearray(len(sentence))
    for first, last, order, match in found:
        if any(taken[first:last]):
            continue
        taken[first:last] = b"\1" * (last - first)
        rule = language.rules[order]
        slots = {
            slot.replace("month_figure", "month"): _read(slot, word, language)
            for slot, word in match.groupdict().items()
            if word
        }
        slots.pop("phrase")
        kept.append(
            DateSpan(
                start + first, start + last, rule, {**rule.set, **slots}, _find_ends(match, start)
            )
        )
    return sorted(kept, key=lambda span: span.start)


def _find_ends(match: re.Match[str], start: int) -> tuple[int, int] | None:
    """Where the first end of a range ends and its last begins, by the places of their slots."""
    words = {slot for slot, word in match.groupdict().items() if word and slot != "phrase"}
    if not any(slot.endswith("2") for slot in words):
        return None
    slots = sorted((match.start(slot), match.end(slot), slot.endswith("2")) for slot in words)
    first = max((end for _, end, second in slots if not second), default=0)
    last = min((begin for begin, _, second in slots if second and begin >= first), default=0)
    inside = first and first <= last < match.end("phrase")
    return (start + first, start + last) if inside else None


def _kinds_in(sentence: str, language: Language) -> set[str]:
    kinds: set[str] = set()
    for token in TOKEN.findall(sentence):
        for _, word in list_parts(token, language.clitics) if language.clitics else [(0, token)]:
            if word[0].isdigit():
                if len(word) == 4:
                    kinds.add("year")
                if len(word) <= 7:
                    kinds |= _FIGURES
            known = language.kinds.get(word.casefold())
            if known:
                kinds |= known
    return kinds


def _fits(rule: Rule, sentence: str, start: int, end: int) -> bool:
    before, after = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
    return (
        (rule.only_after is None or bool(rule.only_after.search(before)))
        and (rule.never_after is None or not rule.never_after.search(before))
        and (rule.never_before is None or not rule.never_before.match(after))
    )


def _read(slot: str, word: str, language: Language) -> int | str:
    kind = slot.rstrip("2")
    known = language.words.get(kind, {}).get(fold(word))
    if known is not None:
        return known
    return word if kind == "phrase" else int(word)
