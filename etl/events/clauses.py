"""Cut a sentence into the clauses that tell of one happening each."""

from collections.abc import Sequence
from itertools import pairwise

from etl.dates.phrases import Sentence
from etl.model import DatePhrase, Span
from etl.words.language import Language
from etl.words.sentences import find_clauses

_LEAST_CLAUSE = 14
_LONGEST_CLAUSE = 500
_LONGEST_ASIDE = 40
_LIST_GAP = 3


def cut_clauses(
    text: str, language: Language, sentence: Sentence, named: Sequence[Span]
) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence; one that holds little but a date joins the next.

    No cut is made in a short aside in brackets, such as an acronym, nor between two names of a
    list. A clause of over 500 characters, such as a list without marks, is cut.
    """
    clauses: list[tuple[int, int]] = []
    first = sentence.start
    starts, ends = {span.start for span in named}, {span.end for span in named}
    parts = find_clauses(text, language, sentence.start, sentence.end)
    for (_, stop), (begin, _) in pairwise(parts):
        listed = stop in ends and any(begin + gap in starts for gap in range(_LIST_GAP))
        if listed or _is_in_aside(text, stop):
            continue
        inside = [one for one in sentence.phrases if first <= one.start < stop]
        held = sum(phrase.end - phrase.start for phrase in inside)
        cut = any(phrase.start <= stop < phrase.end for phrase in inside)
        if not cut and (not held or stop - first - held >= _LEAST_CLAUSE):
            clauses.append((first, stop))
            first = begin
    clauses.append((first, sentence.end))
    return tuple(
        (begin, min(begin + _LONGEST_CLAUSE, last))
        for first, last in clauses
        for begin in range(first, max(last, first + 1), _LONGEST_CLAUSE)
    )


def find_framing(
    text: str,
    language: Language,
    sentence: Sentence,
    clauses: tuple[tuple[int, int], ...],
) -> tuple[DatePhrase, ...]:
    """« The gravest attack ever this year »: the year frames the rank, it dates nothing."""
    comparing = language.signs["comparing"]
    return tuple(
        phrase
        for phrase in sentence.phrases
        for first, last in clauses
        if "demonstrative" in phrase.slots
        and "unit" in phrase.slots
        and first <= phrase.start < last
        and comparing.search(text, first, phrase.start)
    )


def _is_in_aside(text: str, stop: int) -> bool:
    """Whether a cut at `stop` would part a short aside in brackets from its sentence."""
    after = text[stop : stop + _LONGEST_ASIDE]
    if after[:1] == "(":
        return ")" in after
    opened = text.rfind("(", max(0, stop - _LONGEST_ASIDE), stop)
    return opened >= 0 and ")" not in text[opened:stop] and ")" in after
