"""Cut a text into sentences and clauses, with the characters where each begins and ends."""

import re
from collections.abc import Iterator

from etl.words.language import Language, fold

_BREAK = re.compile(r"\n[ \t]*\n|\n(?=#|[-*•] |\d{4}\n)|(?<=\n\d{4})\n")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'»”’)\]]*+(?=\s+[«“\"'‘(\[¿¡-]*[^\sa-zà-ÿ])")
_LAST_WORD = re.compile(r"[\w.]+$")
_WORD = re.compile(r"\w")
_LONGEST = 1000
_LONGEST_WORD = 100


def find_sentences(text: str, language: Language, begin: int = 0) -> Iterator[tuple[int, int]]:
    """First and last character of each sentence of `text` from `begin` on.

    A blank line always ends one, and a year that has a line of its own is one; a stop ends one
    unless it belongs to an abbreviation, an initial or an acronym. Marks without a word are no
    sentence. A text without stops is cut at a blank within 1,000 characters.
    """
    start = begin
    for gap in _BREAK.finditer(text, begin):
        yield from _cut_paragraph(text, start, gap.start(), language)
        start = gap.end()
    yield from _cut_paragraph(text, start, len(text), language)


def find_clauses(text: str, language: Language, start: int, end: int) -> list[tuple[int, int]]:
    """First and last character of each clause of the sentence from `start` to `end`."""
    clauses = []
    first = start
    for stop in language.clause_end.finditer(text, start, end):
        clauses.append((first, stop.start()))
        first = stop.end()
    return [*clauses, (first, end)]


def _cut_paragraph(
    text: str, start: int, end: int, language: Language
) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start, end):
        if stop[0] != "." or _ends_sentence(
            text[max(start, stop.start() - 24) : stop.start()], language
        ):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, end)


def _ends_sentence(before: str, language: Language) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    word = last[0]
    initial = len(word) == 1 and word.isupper()
    acronym = "." in word and len(word) < 8 and not any(figure.isdigit() for figure in word)
    return not (initial or acronym or fold(word) in language.abbreviations)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST - _LONGEST_WORD, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield start, cut
        start = cut + (blank > 0)
    if _WORD.search(text, start, end):
        yield start, end
