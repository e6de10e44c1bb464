"""Find actors that no vocabulary knows: an acronym explained in brackets, "the … Front"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.model import Report, Span
from etl.words.language import TOKEN, Language
from etl.words.names import Names

_BRACKETS = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,9})(?=[,;)]| )")
_LONG_FORM = 120
_WORDS = 10
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Definition:
    """A long name, the acronym that a report gives it, and where the two stand."""

    start: int
    end: int
    name: str
    acronym: str


def find_newcomers(report: Report, language: Language, known: Sequence[Span]) -> Names:
    """The names by which this report calls actors that are not in the vocabulary.

    "Front for X (FX)" lets both forms stand for the long one in all of the report, or for the
    actor of the vocabulary that one of them names. Other names count by the words of the
    language ("… Brigade") alone.
    """
    names = Names(language.clitics)
    groups = language.newcomers.get("group")
    if groups is None:
        return names
    taken = sorted(known, key=lambda span: span.start)
    heads = language.newcomers["head"]
    for found in find_definitions(report.shown):
        named = next((one.name for one in _over(taken, found.start, found.end)), "")
        if named or heads.search(found.name):
            names.add(found.acronym, named or found.name)
            if not named:
                names.add(found.name, found.name)
    for match in groups.finditer(report.text):
        if not _over(taken, *match.span()):
            name = " ".join(report.shown[match.start() : match.end()].split())
            names.add(name, name)
    return names


def _over(spans: Sequence[Span], first: int, last: int) -> Sequence[Span]:
    """Of spans in order, none over another, those that share characters with `first` to `last`."""
    return spans[
        bisect_right(spans, first, key=lambda span: span.end) : bisect_left(
            spans, last, key=lambda span: span.start
        )
    ]


def find_definitions(text: str) -> Iterator[Definition]:
    """Each "long name (ACRONYM)" whose words begin with the letters of the acronym, in order."""
    for bracket in _BRACKETS.finditer(text):
        letters = [letter.lower() for letter in bracket[1] if letter.isalnum()]
        before = max(0, bracket.start() - _LONG_FORM)
        words = list(TOKEN.finditer(text, before, bracket.start()))[-_WORDS:]
        if sum(letter.isupper() for letter in bracket[1]) < _LEAST or not words:
            continue
        if re.search(r"[.;:!?()\n]", text[words[-1].end() : bracket.start()]):
            continue
        start = _match_initials(text, words, letters)
        if start is not None:
            name = " ".join(text[start : bracket.start()].split())
            yield Definition(start, bracket.start() - 1, name, bracket[1])


def _match_initials(text: str, words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Where the words begin whose initials, some left out, are these letters."""
    wanted = len(letters) - 1
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if word[0][0].lower() == letters[wanted]:
            wanted -= 1
            if wanted < 0:
                return word.start() if word[0][0].isupper() else None
        after = text[word.end() : words[place + 1].start()] if place + 1 < len(words) else ""
        if re.search(r"[.;:!?()\n,]", after):
            return None
    return None
